"""What the chair found, after putting the proposals: decisions told under Beslutsgång and Omröstning."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..document import Outcome
from .names import Reading
from .objects import ABOUT_MATTERS, Thing, things
from .party_persons import persons
from .passages import Passage, sentences

_FOUND = re.compile(
    r"\b(?:[Ff]inner|fann|utslagsröst|konstaterar|bedömer|beslutar|beslutade|beslutat|antar|antas|frågar|prövar|"
    r"ställer|har (?:därmed |således |alltså )?(?:fallit|bifallit)|(?:avslår|avslog) yrkandet)\b"
)
_TAKES = re.compile(
    r"\b(?:bifaller|bifalla|bifallit|biföll|antar|anta|antagit|godkänner|godkänna|godkänt|"
    r"majoriteten biträder|(?<=finner )bifall (?:till|för)|"
    r"(?:beslutar|beslutat|beslutade|besluta)(?: således| därmed| alltså)?"
    r"(?: att besluta| \w+(?:styrelsen|nämnden|fullmäktige|utskottet))? "
    r"(?:enligt|i enlighet med))\b"
    r"(?: att)?(?: kommunfullmäktige| nämnden| kommunstyrelsen)?(?= )"
)
_TAKEN = re.compile(
    r"\b(?P<perfect>har )?(?:antas|antagits|bifalls|bifölls|bifallits|godkänns|vinner(?: bifall)?|"
    r"antaget|antagen|bifallet|bifallen|(?P<no>avslås|avslagits|avslogs|avslaget|avslagen|fallit|faller))\b"
    r"(?! som motförslag)"
)


# One proposal put by itself, and what became of it in a word: "ställer proposition på avslag och finner att utskottet
# bifaller detsamma"; what was put off or sent back is told by :func:`.floor.kept_on_the_table`.
_PUT = re.compile(
    r"\b[Pp]roposition(?:er)? på (?!återremiss|bordläggning)(?:bifall (?:mot|respektive|och|eller) avslag på )?"
    r"(?P<what>[^.]{4,120}?),? och (?:finner|fann) (?:att )?[^.]{0,40}?\b"
    r"(?:(?P<no>avsl(?:og|år|agit))|bif(?:aller|öll|allit)|antar|antagit) (?:detsamma|densamma|det|yrkandet)\b"
)


def found_by_chair(
    passages: Iterable[Passage],
    about: str,
    by: str | None,
    reading: Reading,
    *,
    finished: bool = False,
    won: frozenset[str] | None = None,
    chair: str | None = None,
) -> list[Outcome]:
    """What the meeting took: "finner att kommunstyrelsen bifaller Anna Eks yrkande".

    ``finished`` also takes what the chair finds to have been taken ("har bifallits"), which a vote may follow.
    ``chair`` is the name of who puts the questions, where the passages themselves do not say it.
    ``won`` is what a vote took against the chair: what was found before that vote and is not in it, did not stand.
    """
    made: list[Outcome] = []
    context = ""
    for p in passages:
        for start, end in sentences(p.text):
            sentence = p.text[start:end]
            if re.search(r"\b[Jj]a(?:-röst)?\b.{0,12}\b(?:för|innebär)\b", sentence):
                continue
            if won is not None and _CALLED.search(sentence):
                made = [o for o in made if o.outcome != "bifall" or o.of in won]
            for of, name, sure in _taken(sentence, context, about, reading, finished, chair):
                made.append(Outcome(of, name, by, "decision", sentence, sure, (p.span(start, end),)))
            context = f"{context} {sentence}"[-500:]
    return made


_NO_MEANS = re.compile(r"\b(?:[Nn]ej|NEJ)(?:-röst)?(?::| för| till| innebär)(?P<what> [^.\n]{3,120})")


def meant_by_no(passages: Iterable[Passage]) -> frozenset[str]:
    """What those who vote Nej take: "Nej-röst för Eva Eks yrkande"."""
    return frozenset(t.of for p in passages for m in _NO_MEANS.finditer(p.text) for t in things(m["what"])[:1])


_CALLED = re.compile(r"\b(?:[Vv]otering|[Oo]mröstning|[Rr]östräkning)\b[^.]{0,20}\bbegär")


# "... förklarar ordföranden interpellationen besvarad"; "finner att nämnden avslår yrkandet härom".
_ANSWERED = re.compile(
    r"\b(?:förklarar|förklarade) ordföranden (?:därefter )?(?P<a>interpellationen|frågan) (?:vara )?besvarad|"
    r"\b[Oo]rdföranden (?:förklarar|förklarade) (?P<b>interpellationen|frågan) (?:vara )?besvarad"
)
_REFUSED_ASKING = re.compile(
    r"\b(?:frågan|yrkandet) om (?:återremiss|bordläggning|remiss)\b[^.]{0,80}?\b(?:finner|fann)\b"
    r"[^.]{0,60}?\b(?:avslår|avslog|avslagit)\b"
)


# "... enligt utskottets förslag eller enligt Eva Eks förslag och finner att styrelsen beslutar enligt det senare"
_OF_TWO = re.compile(
    r"\bfinner\b[^.]{0,60}\b(?:enligt|bifaller|antar) (?:det|den) "
    r"(?:(?P<first>förra|förstnämnda|först nämnda)|senare|sistnämnda|sist nämnda)\b"
)


def chair_named(passages: Iterable[Passage], reading: Reading) -> str | None:
    """Who leads the meeting, where somebody is called so with the name: "Ordföranden Eva Ek (S) yrkar"."""
    for p in passages:
        for m in _LEADS.finditer(p.text):
            who = next(iter(persons(p.text[m.end() : m.end() + 80], reading)), None)
            if who is not None and who.start == 0:
                return who.name
    return None


_LEADS = re.compile(r"(?<![Vv]ice )\b[Oo]rdföranden (?=[A-ZÅÄÖ])")


def _taken(
    sentence: str, context: str, about: str, reading: Reading, finished: bool, leads: str | None
) -> list[tuple[str, str, float]]:
    if answered := _ANSWERED.search(sentence):
        return [("interpellation" if "interp" in (answered["a"] or answered["b"]) else "fråga", "besvarad", 0.88)]
    if _REFUSED_ASKING.search(sentence):
        return [("yrkande", "avslag", 0.85)]
    if not _FOUND.search(sentence) or "motförslag" in sentence:
        return []
    ballot = re.search(r"\d+ ja", sentence, re.IGNORECASE)
    if two := _OF_TWO.search(sentence):
        pair = [t.of for t in things(sentence, 0, two.start()) if t.of not in ABOUT_MATTERS]
        if len(pair) == 2:
            return [(pair[0] if two["first"] else pair[1], "bifall", 0.85)]
    asked = re.search(
        r"\b(?:frågar|prövar)\b.{0,40}?\bom (.+?) kan (\w+(?: enligt [^.]{5,90}?)?) och finner att (?:så sker|det)",
        sentence,
    )
    if asked:
        return [(t.of, "bifall", 0.88) for t in _question(asked.group(1), asked.group(2))]
    own = re.search(r"(?:hans|hennes|sitt|det) (?:eget |egna )(?:förslag|yrkande)", sentence)
    if own and re.search(r"\bfinner\b", sentence):
        chair = next((x.name for x in persons(f"{context} {sentence}", reading)), leads)
        if ("bifallits" in sentence[own.start() :] and not finished) or not chair:
            return []
        return [(f"yrkande by {chair}", "bifall", 0.8)]
    results: list[tuple[str, str, float]] = []
    if put := _PUT.search(sentence):
        named = next((t.of for t in things(put["what"]) if t.of not in ABOUT_MATTERS), "yrkande")
        if finished or named.startswith("tillägg"):
            results.append((named, "avslag" if put["no"] else "bifall", 0.85))
    if finished and re.search(r"\bendast finns ett förslag\b", sentence):
        results.append(("liggande förslag", "bifall", 0.8))
    sent = re.search(
        r"\b(?:beslutat|beslutar|beslutade)(?: att)? (återremittera|bordlägga) (ärendet|motionen)", sentence
    )
    if sent and not _unsaid(sentence, sent.start()):
        of = about if about in ABOUT_MATTERS else "ärendet"
        results.append((of, "aterremiss" if sent.group(1).startswith("å") else "bordlagd", 0.88))
    results += _refused_or_taken(sentence)
    for m in _TAKES.finditer(sentence):
        if _unsaid(sentence, m.start()):
            continue
        rest = sentence[m.end() : m.end() + 140]
        if ordinal := re.match(r" (?:det|den) (?:(?P<last>sistnämnda|senare)|förstnämnda|förra)\b", rest):
            put = re.search(r"\b[Pp]roposition(?:er)? på ([^.]{4,300}?),? (?:och|samt) (?:finner|fann)\b", sentence)
            offered = [t.of for t in things(put[1])][-1 if ordinal["last"] else 0 :][:1] if put else []
            results += [(of, "bifall", 0.85) for of in offered if of not in ABOUT_MATTERS]
            continue
        if re.match(r" (?:det|detta|förslaget)\b(?! liggande)", rest):
            results += _resolved(f"{context} {sentence[: m.start()]}")
            continue
        first = next((t for t in things(rest) if t.start <= 24), None)
        if (
            first
            and first.of not in ABOUT_MATTERS
            and not re.search(r"\b(?:ställer|kan)\b.{0,30}$", sentence[: m.start()])
        ):
            results.append((first.of, "bifall", 0.9))
    if every := _EVERY.search(sentence):
        added = [t for t in things(sentence, 0, every.start()) if t.of.startswith("tillägg")]
        return [(t.of, "avslag" if every["no"] else "bifall", 0.85) for t in added]
    for m in _TAKEN.finditer(sentence):
        if _unsaid(sentence, m.start()):
            continue
        results += _passive(sentence, m, finished or bool(ballot))
    return list(dict.fromkeys(results))


# What the chair asks has not been answered yet.
_ASKING = re.compile(r"\b(?:frågar|frågade|prövar|prövade)\b(?![^.]*\b(?:finner|fann)\b)")
# "finner inte att nämnden bifaller", "har inte antagit": what was done instead is not said.
_DENIED = re.compile(r"\b(?:inte|ej|icke) (?:har |hade |kan |ska |skall )?$|\b(?:finner|fann) (?:inte|ej|icke)\b[^.]*$")


def _unsaid(sentence: str, start: int) -> bool:
    """Whether the verb at ``start`` is asked about only, or denied."""
    before = sentence[:start]
    return bool(_ASKING.search(before) or _DENIED.search(before))


# "ställer A mot B och finner bifall till det senare"; what was put is told by its first or its last.
_AGAINST = re.compile(
    r"\b(?:ställer|ställde|ställt) (?:först )?(?P<first>[^.]{2,160}?) mot (?P<last>[^.]{2,160}?),? och (?:finner|fann) "
    r"(?P<found>[^.]{0,80}?)"
    r"\b(?:(?:det|den) (?:förra|förstnämnda|(?P<latter>senare|sistnämnda))(?! (?:har )?(?:avsl|förkast|fall|inte|ej))|"
    r"(?P<no>avslår|avslog) yrkandet(?! (?:om|från|av)\b))"
)
_REFUSES = re.compile(r"\b(?:avsl|förkast|fall(?:er|it)|(?:inte|ej|icke)\b)")
_SENDING = re.compile(
    r"\b(?:finner|fann) (?:att )?(?:[^.]{0,40}? )?"
    r"(?P<verb>bifaller|bifallit|biföll|bifall till|(?P<no>avslår|avslagit|avslog)) "
    r"(?:yrkandet om )?(?:(?P<refer>(?:minoritets)?återremiss(?:en)?)|bordläggning(?:en)?)(?!\w)|"
    r"\b[Ff]inner (?:att )?(?:(?P<refer2>återremissen)|bordläggningen) (?P<no2>avslås|avslagits)"
)
_PLAIN = re.compile(
    r"^(?:[A-ZÅÄÖ][\wåäö]+ ){1,2}(?P<no>avslår|avslog) yrkandet[.]?$|"
    r"\bfrågar om \w+ beslutar [^.]{3,80}? och (?:finner|fann) att \w+ (?:bifaller|(?P<no2>avslår)) yrkandet[.]?$"
)
_PUT_TO = re.compile(
    r"\bfrågar (?:först |sedan |därefter )?om (?P<what>[^.]{4,90}?) (?:bifalls|antas) (?:eller|och) "
    r"(?:avslås|förkastas) och (?:finner|fann) att (?:det|detta|förslaget|yrkandet) "
    r"(?:(?P<no>avslås|avslagits|förkastas)|bifalls|bifallits|antas)"
)


def _refused_or_taken(sentence: str) -> list[tuple[str, str, float]]:
    """What was put against another thing or by itself, and is called by a word alone in what the chair found."""
    if (m := _SENDING.search(sentence)) and not (m["verb"] and _unsaid(sentence, m.start("verb"))):
        of = "återremissyrkande" if m["refer"] or m["refer2"] else "bordläggningsyrkande"
        return [(of, "avslag" if m["no"] or m["no2"] else "bifall", 0.85)]
    if m := _AGAINST.search(sentence):
        if _REFUSES.search(m["found"]):
            return []
        if m["no"]:  # whichever of the two is a yrkande
            asked = {t.of for t in (*things(m["first"]), *things(m["last"])) if "yrkande" in t.of}
            return [(asked.pop(), "avslag", 0.85)] if len(asked) == 1 else []
        put = things(m["last"] if m["latter"] else m["first"])
        named = [t.of for t in put if t.of not in ABOUT_MATTERS]
        return [(named[-1], "bifall", 0.85)] if named else []
    if m := _PUT_TO.search(sentence):
        return [(t.of, "avslag" if m["no"] else "bifall", 0.85) for t in things(m["what"])[:1]]
    if m := _PLAIN.search(sentence.strip()):
        return [("yrkande", "avslag" if m["no"] or m["no2"] else "bifall", 0.8)]
    return []


# What is put by itself, against a no: what becomes of it, Beslut does not say.
_BY_ITSELF = ("tillägg", "återremissyrkande by")
_EVERY = re.compile(
    r"\b(?:finner|fann) att (?:varje|båda|samtliga|alla) tilläggsyrkande\w* (?:har )?"
    r"(?:bifallits|bifalls|(?P<no>avslagits|avslås))\b"
)
_ORDINAL = re.compile(r"\b(?:förra|förstnämnda|senare|sistnämnda)\b")  # one of two that are named before


def _passive(sentence: str, m: re.Match[str], counts: bool) -> list[tuple[str, str, float]]:
    """ "... finner att Per Malms förslag antas", "med 7 ja ... antas Anna Eks förslag"."""
    after = next((t for t in things(sentence, m.end()) if t.start - m.end() <= 2), None)
    before = [
        t
        for t in things(sentence, 0, m.start())
        if m.start() - t.end <= 26 and not _ORDINAL.search(sentence, t.end, m.start())
    ]
    chosen = after or (before[-1] if before else None)
    name = "avslag" if m.group("no") else "bifall"
    if chosen is None and re.search(r"finner att det (?:har )?$", f"{sentence[: m.start()].rstrip()} "):
        earlier = [t for t in things(sentence, 0, m.start()) if t.of.startswith(_BY_ITSELF)]
        return [(earlier[-1].of, name, 0.85)] if earlier else []
    if chosen is None or chosen.of in ABOUT_MATTERS:
        return []
    if m.group().endswith("its") and not counts and not chosen.of.startswith(_BY_ITSELF):
        return []  # the chair's finding before a vote or beside Beslut: Beslut itself says what became of the matter
    return [(chosen.of, name, 0.88)]


def _question(asked: str, verb: str) -> list[Thing]:
    """ "frågar om kommunstyrelsens förslag kan antas": what was asked about."""
    if re.search(r"\b(?:remittera|godkänna|notera|anse|läggas|anses)\b", f"{asked} {verb}"):
        return []
    if re.search(r"\bde föreslagna\b", asked):
        return [Thing("valberedningens förslag", 0, 0)]
    return [t for t in things(f"{asked} {verb}") if t.of not in ABOUT_MATTERS][-1:]


def _resolved(context: str) -> list[tuple[str, str, float]]:
    """What "bifaller det" takes: the one proposal that was named before."""
    tail = context[-420:]
    if re.search(r"\bkan (?:remittera|godkänna|notera|anse|lägga|utse|ta del)\b[^.]*$", tail):
        return []
    elliptic = re.search(
        r"ett förslag till beslut[,.] (?:det vill säga )?([A-ZÅÄÖa-zåäö ]*?(?:förvaltnings|utskotts|förvaltningens|"
        r"kontorets))\.",
        tail,
    )
    if elliptic:
        of = "förvaltningens förslag" if "förvaltning" in elliptic.group(1) else "KSAU förslag"
        return [(of, "bifall", 0.88)]
    named = [t for t in things(tail) if t.of not in ABOUT_MATTERS and "förslag" in t.of]
    return [(named[-1].of, "bifall", 0.85)] if named else []
