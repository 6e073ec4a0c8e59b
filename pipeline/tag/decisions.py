"""Outcomes of decisions and recommendations: what Beslut, a proposal to a council or a lead-in says."""

from __future__ import annotations

import re

from ..document import Outcome, Proposal, Span
from .deciding import of_sentence
from .floor_clauses import clauses
from .objects import ABOUT_MATTERS
from .passages import Passage, sentences


def from_proposals(proposals: tuple[Proposal, ...], about: str, by: str | None) -> list[Outcome]:
    """The outcomes of an item's decisions and recommendations, and of yrkanden that stand in a list or a paper."""
    made: list[Outcome] = []
    for proposal in proposals:
        if proposal.act == "request":
            continue
        if proposal.act == "decision" and any(o.outcome == "aterremiss" and o.of in ABOUT_MATTERS for o in made):
            continue  # why it goes back, and what is to be looked into
        if proposal.act == "floor" and not _MOVED.match(proposal.text):
            continue
        for start, end in sentences(proposal.text):
            if proposal.act == "decision" and made and made[-1].outcome == "aterremiss" and start:
                break
            for of, name in _of_proposal(proposal, proposal.text[start:end], about):
                sure = 0.95 if proposal.act == "decision" else 0.93
                if of in ABOUT_MATTERS and name == "bifall" and _REFUSES_PART.search(proposal.text[end:]):
                    name = "delvis_bifall"
                if of in ABOUT_MATTERS and name == "avslag" and _refuses_rest(proposal, proposals, about):
                    name = "delvis_bifall"
                made.append(
                    outcome(
                        of,
                        name,
                        _plain_name(proposal.by) or by,
                        proposal.act,
                        proposal.text[start:end],
                        sure,
                        proposal.at,
                    )
                )
    return _whole(made)


def _of_proposal(proposal: Proposal, sentence: str, about: str) -> list[tuple[str, str]]:
    """What a sentence decides of its matter; of a yrkande also what it asks for another body's proposal."""
    found = of_sentence(sentence, about)
    if proposal.act == "floor" and _NOUN.match(sentence):
        found = clauses(sentence, about) or found
    if proposal.act == "floor" and (told := _CAPTIONED.match(sentence)):
        found = found or [(f"proposal {told['n']}", _NAMED[told["what"].lower()])]
    if proposal.act == "floor":
        found += [one for one in clauses(sentence, about) if "förslag" in one[0] and one not in found]
    return found


# "bifall till motionens att-sats 1 och avslag på att-sats 2": what is asked for told by nouns.
_NOUN = re.compile(
    r"(?:i (?:första|andra|tredje) hand,? )?(?:på )?(?:bifall|avslag|återremiss|bordläggning)\b", re.IGNORECASE
)
_CAPTIONED = re.compile(r"att-?sats (?P<n>\d+): ?(?P<what>bifall|avslag|besvarad)\b", re.IGNORECASE)
_NAMED = {"bifall": "bifall", "avslag": "avslag", "besvarad": "besvarad"}

# Which yrkanden may tell an outcome: "bifall till motionen", "Nämnden tillstyrker motionen", "att kommunstyrelsen
# föreslår fullmäktige att avslå motionen".
_DOES = r"(?:besluta[rs]?|ska(?:ll)?|föreslå[rs]?|hemställer?)"
_MOVED = re.compile(
    rf"(?:att )?(?:[\w-]*(?:nämnden|styrelsen|fullmäktige|utskottet)(?: för [\wåäö ]{{3,30}}?)? )?"
    rf"(?:{_DOES}(?: [\w-]*(?:nämnden|styrelsen|fullmäktige))?(?: att)? )*(?:i övrigt )?"
    r"(?:(?:i (?:första|andra|tredje) hand,? )?(?:på )?(?:bifall|avslag|återremiss|bordläggning)\b|"
    r"(?:motionens )?(?:första|andra|tredje|fjärde)\b|"
    r"att-?sats|avslå|bifall|tillstyrk|avstyrk|anser? |förklara|återremi|bordlägg|remitter|den\b|punkt|motion|"
    r"initiativ|interpellation|medborgarf|ärendet)",
    re.IGNORECASE,
)


def _plain_name(by: str | None) -> str | None:
    """Who moves, without the party in brackets, as outcomes name them."""
    plain = re.sub(r" \([A-Za-zÅÄÖåäö]{1,4}\)", "", by) if by else None
    return lowered(plain) if plain and _BODY.search(plain) else plain


_BODY = re.compile(r"(?:fullmäktige|styrelsen|nämnden|utskottet|direktionen|förvaltningen|kontoret)$")


def _refuses_rest(proposal: Proposal, proposals: tuple[Proposal, ...], about: str) -> bool:
    """Whether "i övrigt avslå motionen" stands beside what is done of it, told in words of its own."""
    if not re.search(r"\bi övrigt\b", proposal.text):
        return False
    beside = [p for p in proposals if p.act == proposal.act and p is not proposal]
    return bool(beside) and not any(of_sentence(p.text, about) for p in beside)


# A part that the sentence after an approval refuses: "Förslaget om växthus avslås.", "I övriga delar avslås förslaget."
_REFUSES_PART = re.compile(
    r"^\s*(?:(?:Förslaget|Förslagen|Önskemålet|Delen|Den del(?: av (?:motionen|förslaget))?|I (?:de )?övriga? delar|"
    r"I övrigt|Övriga (?:delar|förslag)) )[^.]{0,120}?\b(?:avslås|avslogs|avstyrks|bifalls inte)\b"
)


def from_stems(
    found: tuple[Passage, ...], about: str, act: str, by: str | None, *, office: bool = False
) -> list[Outcome]:
    """Lead-ins that decide themselves: "Kommunfullmäktige bifaller delvis motionen och beslutar följande:".

    ``office``: in a paper of an office they say what it wants its board to say.
    """
    made = []
    for p in found:
        if re.search(r"\byrkande\b" if office else r"\b(?:yrkande|tillstyrker)\b", p.text):
            continue
        proposed = None if office else re.match(r"([A-ZÅÄÖ][\wåäö ]+?) föreslår\b", p.text)
        spoken = "recommendation" if proposed else act
        who = lowered(proposed.group(1)) if proposed else by
        for of, name in of_sentence(p.text, about):
            if name in ("bifall", "delvis_bifall", "avslag", "besvarad", "aterremiss"):
                made.append(outcome(of, name, who, spoken, p.text, 0.9, (p.all(),)))
    return made


def outcome(of: str, name: str, by: str | None, act: str, verbatim: str, sure: float, at: tuple[Span, ...]) -> Outcome:
    """An outcome whose words stand in one line."""
    return Outcome(of, name, by, act, " ".join(verbatim.split()), sure, at)


def _whole(made: list[Outcome]) -> list[Outcome]:
    """Decisions on several parts of one motion: approval of one and refusal of another is partial."""
    kinds = {(o.outcome, o.act) for o in made if o.of == "motion"}
    rest = {o.act for o in made if o.of == "motion" and o.outcome == "besvarad" and "i övrigt" in o.verbatim}
    kept = []
    for o in made:
        if o.of == "motion" and o.act in rest and o.outcome in ("besvarad", "delvis_bifall"):
            kept += [o] if o.outcome == "besvarad" else []  # the points were told one by one, and then the rest
            continue
        if o.outcome == "far_stallas" and (o.of, "remitterad", o.act) in {(x.of, x.outcome, x.act) for x in made}:
            continue
        another = re.search(r"\b[Mm]otionen (?:från|av|väckt)\b", o.verbatim)  # one of several in the paper
        if (
            o.of == "motion"
            and o.outcome in ("avslag", "besvarad")
            and ("delvis_bifall", o.act) in kinds
            and not another
        ):
            continue
        kept.append(o)
    return kept


def lowered(name: str) -> str:
    """A body's name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
