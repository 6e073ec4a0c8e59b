"""Yrkanden at the meeting and what the chair found: outcomes with act ``floor`` and the bifall of proposals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..document import Outcome
from ..yrkanden import BY_WHAT, ON_BEHALF
from .alternatives import chosen
from .deciding import of_sentence
from .floor_clauses import clauses, decided_points
from .names import PersonHit, Reading, bare, groups
from .objects import ABOUT_MATTERS, UNOWNED, things
from .other_objects import withdrawn
from .party_persons import persons
from .passages import Passage, sentences

_YRKAR = re.compile(
    r"\b(?:[Yy]rkar|yrkade|yrkat|yrkas(?! av)|"
    r"föreslår|föreslog|föreslås|hemställer|begär|vill se|förordar|önskar(?= att ärendet)|"
    r"(?:fram(?:för|förde|ställer|ställde)|lägger|lade|lämnar|lämnade)(?: fram)? (?:ett |följande )?"
    r"(?:yrkande|förslag)(?: om| på|:)|"
    r"(?P<support>stöder|stödjer|instämmer i|biträder|"
    r"tillstyrker|ansluter sig till|ställer sig bakom))\b(?: på| även|"
    r" också| vidare)?|"
    r"(?<=\))(?::| [–—-])"
    r"(?= ?(?:[Bb]ifall|[Aa]vslag|[ÅåÄä]terremiss|[Mm]otionen|[Ii] första hand|[Ee]nligt|[Ää]rendet|[Aa]tt)\b)|"
    r"(?<=^Yrkande )(?:av|från)(?= [^.]{3,90}? om )|"
    r"(?<=[a-zåäö]):(?= att \w)"
)
# What is moved stands between the verb and the next name, so that name is another's.
_MOVED = re.compile(r"\b(?:bifall|avslag|återremiss|bordläggning) (?:till|på|av)\b")


def speakers(sentence: str, verb: re.Match[str], reading: Reading) -> tuple[list[PersonHit], int]:
    """Who moves, and where the motion's text begins; the subject may follow its verb ("Vidare yrkade N.N. ...")."""
    people = persons(sentence, reading)
    before = [p for p in people if p.after <= verb.start()]
    if before:
        return groups(sentence, before)[-1], verb.end()
    after = [
        g
        for g in groups(sentence, [p for p in people if p.start >= verb.end()])
        if g[0].start - verb.end() < 30 and not _MOVED.search(sentence, verb.end(), g[0].start)
    ]
    if after:
        return after[0], after[0][-1].after
    names = bare(sentence, reading)
    loose = [p for p in names if p.end <= verb.start()]
    if not loose and (first := [p for p in names if 0 < p.start - verb.end() < 3]) and _BEHALF.match(sentence):
        return first[:1], first[0].end
    return (groups(sentence, loose)[-1] if loose else []), verb.end()


_BEHALF = re.compile(rf"{ON_BEHALF} ")


def moved(p: Passage, about: str, reading: Reading, *, named: bool = False) -> list[Outcome]:
    """The yrkanden of a floor passage; ``named`` asks that a person moves (for passages of other labels)."""
    made = []
    last: list[PersonHit] = []
    for start, end in _sentences(p.text):
        sentence = p.text[start:end]
        verbs = [v for v in _YRKAR.finditer(sentence) if not re.search(r"[\"”“][^\"”“]*$", sentence[: v.start()])]
        if p.kind == "floor":
            verbs = sorted([*verbs, *_without_verb(sentence)], key=lambda v: v.start())
        made += [] if verbs else _taken_back(p, start, sentence, reading)
        made += [] if verbs else _moved_by(p, start, sentence, about, reading)
        if not verbs and made and _SECOND_HAND.match(sentence):
            at = (p.span(start, end),)
            made += [
                replace(made[-1], of=of, outcome=name, verbatim=sentence.strip(), at=at)
                for of, name in clauses(sentence, about)
            ]
        for n, verb in enumerate(verbs):
            stop = verbs[n + 1].start() if n + 1 < len(verbs) else len(sentence)
            who, begin = speakers(sentence[:stop], verb, reading)
            if n and not [x for x in who if x.start > verbs[n - 1].end()]:
                begin, who = verb.end(), last
            led = not n and not who and _LEADER.search(sentence[: verb.start()]) is not None
            last = [] if led else who or last
            by = ", ".join(x.name for x in last) or ("ordföranden" if led else None)
            if by is None and not n and (own := [h for h in reading.named(sentence[: verb.start()]) if not h.start]):
                by = own[0].code  # a party that moves as one
            if named and not who:
                continue
            asked = decided_points(sentence[begin:stop], about) or clauses(sentence[begin:stop], about)
            if not asked and re.match(r" ?att\b", sentence[begin:stop]):
                asked = [(of, name) for of, name in of_sentence(sentence[begin:stop], about) if of in ABOUT_MATTERS]
            if not asked and (verb["support"] or _PROPOSAL_ITSELF.match(sentence, begin)):
                taken = things(sentence, begin, stop)[:1]
                asked = [(t.of, "bifall") for t in taken if t.start - begin <= 3 and t.of not in UNOWNED]
            asked = asked or chosen(sentence[begin:stop])
            if n + 1 == len(verbs):
                asked += withdrawn(sentence[begin:])
            for of, name in asked:
                at = (p.span(start + (who[0].start if who else 0), start + stop),)
                made.append(Outcome(of, name, by, "floor", sentence.strip(), 0.88, at))
    return made


# A noun right behind a member, where the verb is not said (again): "... och Bo Al (M) avslag på motionen".
_NOUN = re.compile(r"(?<=\))(?= (?:[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Bb]ordläggning)\b(?![^.:]{0,90}: [A-ZÅÄÖ]))")
_JOINING_IN = re.compile(r"(?:\b(?:instämmande|biträde|stöd) (?:av|från)|\b(?:tillsammans med|jämte)) [^.]{0,120}$")


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences, those of a list "Bifall till motionen: Eva Ek (S)" parted where no full stop parts them."""
    made = []
    for start, end in sentences(text):
        for cut in BY_WHAT.finditer(text, start, end):
            made.append((start, cut.start()))
            start = cut.end()
        made.append((start, end))
    return made


def _without_verb(sentence: str) -> list[re.Match[str]]:
    return [m for m in _NOUN.finditer(sentence) if not _JOINING_IN.search(sentence[: m.start()])]


_LEADER = re.compile(r"^\s*(?:Vice )?[Oo]rdföranden (?:\([A-ZÅÄÖ]{1,4}\) )?$")
# What is moved if the first falls, in a sentence without its mover.
_SECOND_HAND = re.compile(r"I (?:andra|tredje|sista) hand,? (?:\w+ )?(?:bifall|avslag|återremiss|bordläggning)\b")
# "föreslår kommunstyrelsens förslag": what another body proposes.
_PROPOSAL_ITSELF = re.compile(
    r" (?:\w+ ){0,2}?\w+(?:styrelsens|nämndens|utskottets|förvaltningens|kontorets) förslag\b"
)
_TAKES_BACK = re.compile(
    r"\b(?:återtar|återtog|återkallar|återkallade|drar tillbaka|tar tillbaka|frånfaller|frånföll) "
    r"(?:sitt|sina) \w*yrkande"
)


def _taken_back(p: Passage, start: int, sentence: str, reading: Reading) -> list[Outcome]:
    """What is taken back without moving anything else: "N.N. (D) anmäler att yrkandet från D återtas"."""
    movers = groups(sentence, persons(sentence, reading))[:1]
    if not movers:
        return []
    by = ", ".join(x.name for x in movers[0])
    back = withdrawn(sentence) or ([(f"yrkande by {by}", "atertagen")] if _TAKES_BACK.search(sentence) else [])
    at = (p.span(start + movers[0][0].start, start + len(sentence)),)
    return [Outcome(of, name, by, "floor", sentence.strip(), 0.85, at) for of, name in back]


# What is moved stands before who moves it: "Bifall till motionen yrkas av N.N. (S)."
_MOVED_BY = re.compile(
    r"^\s*(?:[Yy]rkande(?:n)? om |[Ff]örslag om )?"
    r"(?P<what>(?:[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Bb]ordläggning)\b[^.]{0,120}?)"
    r"(?: (?:har )?(?:yrkas|yrkades|yrkats|framställs|framställdes|framställts|begärs|begärdes|begärts) av\b|"
    r": ?(?=[A-ZÅÄÖ]))"
)


def _moved_by(p: Passage, start: int, sentence: str, about: str, reading: Reading) -> list[Outcome]:
    """What is moved in the passive: "Yrkande om avslag på motionen framställs av N.N. (D)"."""
    passive = _MOVED_BY.match(sentence)
    movers = [x for x in persons(sentence, reading) if passive and x.start >= passive.end()]
    if passive is None or not movers:
        return []
    by = ", ".join(x.name for x in groups(sentence, movers)[0])
    at = (p.span(start, start + len(sentence)),)
    return [Outcome(of, name, by, "floor", sentence.strip(), 0.85, at) for of, name in clauses(passive["what"], about)]


_DECIDED_TODAY = re.compile(
    r"\b(?:beslutat|beslutar|beslutade)\b[^.]{0,50}\bavgöra (?:ärendet|det)\b|"
    r"\bfinner\b[^.]{0,60}\b(?:ärendet|det) (?:ska(?:ll)?|skulle) avgöras (?:i ?dag|nu|vid)|\bfinner beslut i ?dag\b|"
    r"\bfinner\b[^.]{0,60}\bavgör (?:ärendet|det) (?:i ?dag|nu)\b|"
    # "ställer proposition på återremiss och finner att nämnden avslår densamma", or that it has been refused
    r"\b[Pp]roposition på (?:yrkandet om )?(?:återremiss|bordläggning)\w*\b[^.]{0,70}?\b"
    r"(?:finner|fann)\b[^.]{0,60}\b(?:avslår|avslog|avslås|avslagit|avslagits|avslagen|avslaget)\b"
)
_SENDER = re.compile(r"återr?emi\w*[^.]{0,60}? från ((?:[A-ZÅÄÖ]{1,4}(?:, | och | samt )?)+)\b")


def kept_on_the_table(passages: Iterable[Passage], made: list[Outcome], body: str | None) -> list[Outcome]:
    """Deciding the matter today refuses the yrkande to send it back or to put it off."""
    if any(o.outcome == "aterremiss" and o.act == "decision" for o in made):
        return []
    done = {o.outcome for o in made if o.act == "decision" and o.of in ABOUT_MATTERS}  # by a minority, after the vote
    moves = [o for o in made if o.outcome in ("aterremiss", "bordlagd") and o.act == "floor" and o.outcome not in done]
    for p in passages:
        today = _DECIDED_TODAY.search(p.text) if p.kind in ("procedure", "floor", "votes") else None
        if today and moves:
            sender = _SENDER.search(moves[0].verbatim)
            of = f"yrkande by {sender.group(1).strip() if sender else moves[0].by}"
            at = p.span(today.start(), today.end())
            return [Outcome(of, "avslag", body, "decision", today.group(), 0.75, (at,))]
    return []
