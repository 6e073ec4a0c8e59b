"""Yrkanden at the meeting and what the chair found: outcomes with act ``floor`` and the bifall of proposals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..document import Outcome
from ..roles import ON_BEHALF
from .alternatives import chosen
from .deciding import EXCEPT, of_sentence
from .names import PersonHit, Reading, bare, groups
from .objects import ABOUT_MATTERS, PARTLY, REFUSED, UNOWNED, Thing, asked_for, named_matter, points, the_other, things
from .other_objects import withdrawn
from .party_persons import persons
from .passages import Passage, sentences

_YRKAR = re.compile(
    r"\b(?:yrkar|yrkade|yrkat|föreslår|föreslog|föreslås|hemställer|begär|vill se|förordar|önskar(?= att ärendet)|"
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
_CLAUSE = re.compile(
    r"(?P<b>(?<!\b[Uu]tan )\b(?P<part>delvis )?[Bb]ifall(?:a|as|er)?\b|\btillstyrka\b|"
    r"^ ?(?:[Ee]nligt|[Ii] enlighet med)\b|"
    r"\bbeslutar? (?:enligt|i enlighet med)(?= (?:\w*(?:förvaltningens|kontorets|utskottets|styrelsens|nämndens)|"
    r"liggande|(?:motion|medborgarförslag|initiativ)(?:en|et)s?)\b))|"
    r"(?P<a>\b[Aa]vslag\b|\b[Aa]vslå(?:s|r)?\b|\bavstyrka\b)|"
    r"(?P<r>\b(?:[Mm]inoritets)?[Åå]terr?emiss\b)|(?P<t>\b[Bb]ordläggning\b)|"
    r"(?P<c>\banser?s?(?: vara)? (?:motionen|medborgarförslaget) (?:vara )?besvara[dt])|"
    r"(?P<p>\banser?s?(?: vara)? (?P<point>(?:den |motionens )?\w+ att-?sats(?:en)?) (?:vara )?besvara[dt])|"
    r"(?P<ärendet>\b(?:[Ää]rendet|[Ii]nterpellationen|[Mm]otionen|initiativet|medborgarförslaget|"
    r"frågan)(?: (?:om|angående|från|av) [^.]{3,90}?)? (?:ska(?:ll)?|skulle|bör|kan|får|i övrigt)?\s?"
    r"(?:ska |i första hand )?)"
    r"(?=(?P<v>avstyrk|avslå|tillstyrk|bifall|anses|återr?emi|bordlä|remitt|avgöra|få framställas|få ställas|"
    r"besvara|avskriv|överlåt|lämnas utan (?:bifall|avseende)))"
)
_RESULT = {
    "avstyrk": "avslag", "avslå": "avslag", "tillstyrk": "bifall", "bifall": "bifall", "anses": "besvarad",
    "besvara": "besvarad", "återremi": "aterremiss", "återemi": "aterremiss", "bordlä": "bordlagd",
    "remitt": "remitterad", "avgöra": "other",
    "överlåt": "remitterad", "lämnas utan bifall": "avslag", "lämnas utan avseende": "avslag",
    "få framställas": "far_stallas", "få ställas": "far_stallas", "avskriv": "avskriven",
}  # fmt: skip


_NEGATED = re.compile(r"\b(?:inte|ej|icke) (?:(?:ska(?:ll)?|bör|kan|får|må|måtte) )?$")


_JOINING = re.compile(r"(?:[ ,.]|\boch\b|\bsamt\b)+$")


def clauses(text: str, about: str) -> list[tuple[str, str]]:
    """(of, outcome) of everything that one yrkande asks for.

    >>> clauses("bifall till motionen och tilläggsyrkande från SD i kommunstyrelsen.", "motion")
    [('motion', 'bifall'), ('tilläggsyrkande by SD', 'bifall')]
    >>> clauses("att ärendet ska återremitteras enligt yrkande från SD den 3 mars 2023.", "motion")
    [('motion', 'aterremiss')]
    """
    found: list[tuple[str, str]] = []
    text = named_matter(REFUSED.sub(asked_for, text), about)
    marks = [m for m in _CLAUSE.finditer(text) if not re.search(r"\b(?:yrkandet|förslaget) om $", text[: m.start()])]
    whole = about if about in ABOUT_MATTERS else "ärendet"
    for n, m in enumerate(marks):
        stop = marks[n + 1].start() if n + 1 < len(marks) else len(text)
        if m.group("ärendet"):
            word = m.group("ärendet").split()[0].lower()
            of = about if word == "ärendet" and about in ABOUT_MATTERS else things(m.group("ärendet"))[0].of
            name = _RESULT[m.group("v")]
            if name == "avslag" and "i övrigt" in m.group("ärendet"):
                continue  # of what is left: the parts that were named say the rest
            part = name == "bifall" and PARTLY.search(text[m.end() : stop])
            found.append((of, "delvis_bifall" if part else name))
            continue
        if m.group("r") or m.group("t") or m.group("c"):
            found.append((whole, "aterremiss" if m.group("r") else "bordlagd" if m.group("t") else "besvarad"))
            continue
        if m.group("p"):
            found += [(f"proposal {number}", "besvarad") for number, _, _ in points(m.group("point") + ".")]
            continue
        name = "bifall" if m.group("b") else "avslag"
        denied, spared = _NEGATED.search(text[: m.start()]), EXCEPT.search(text, m.end(), stop)
        if (denied or spared) and name == "avslag":
            continue  # what is wanted instead is not said
        name = "avslag" if denied else "delvis_bifall" if spared else name
        single = points(_JOINING.sub("", text[m.end() : stop]) + ".")
        if single and single[0][1] <= 24 and "förslag" not in text[m.end() : stop]:
            found += [(f"proposal {number}", name) for number, _, _ in single]
            continue
        other = the_other(text[m.end() : stop]) if any(of.startswith("proposal") for of, _ in found) else None
        if other:
            found.append((f"proposal {other}", name))
            continue
        if name == "avslag" and re.search(r"\bi övrigt (?:avslå)?\s*$", text[: m.end()].removesuffix(m.group()) + " "):
            continue  # of what is left: the parts that were named say the rest
        objects = _objects(text, m.end(), stop)
        if m.group("part"):
            name = "delvis_bifall"
        partial = re.search(r"(?:två|tre|fyra|fem) första punkterna|punkt(?:en|erna) \d", text[m.end() : stop])
        if name == "bifall" and partial and objects:
            name = "delvis_bifall"
        if not objects and name == "bifall" and re.match(r"\s*(?:med|$|\.|,)", text[m.end() :]):
            objects = [Thing(about if about in ABOUT_MATTERS else "ärendet", m.end(), m.end())]
        if not objects and re.match(r" (?:på|till) förslaget\s*(?:$|[.,])", text[m.end() :]):
            objects = [Thing("liggande förslag", m.end(), m.end())]
        if not objects and m.group().lower() == "avslag" and not denied and re.match(r"\s*(?:$|[.,])", text[m.end() :]):
            objects = [Thing(whole, m.end(), m.end())]
        whole_named = bool(objects) and objects[-1].of in ABOUT_MATTERS
        if name == "bifall" and whole_named and PARTLY.match(text[objects[-1].end : stop]):
            name = "delvis_bifall"
        found += [(t.of, name) for t in objects]
    others = any("förslag" in of or (of, name) == (whole, "besvarad") for of, name in found)
    if any(of.startswith("proposal") and name == "bifall" for of, name in found) and whole == "motion" and not others:
        found.append((whole, "delvis_bifall"))
    return list(dict.fromkeys(found))


_PASSIVE = re.compile(
    r"\b(?:avslås|bifalls|bifalles|bifallas|tillstyrks|avstyrks|anse(?:s|r) (?:vara )?besvara(?:d|t|de))\b"
)


def _decided_points(text: str, about: str) -> list[tuple[str, str]]:
    """What is moved point by point: "att motionens första yrkande avslås och andra yrkandet bifalls".

    >>> _decided_points("att motionens första yrkande anses besvarat och att andra yrkandet avslås.", "motion")
    [('proposal 1', 'besvarad'), ('proposal 2', 'avslag')]
    """
    if not points(text) or not _PASSIVE.search(text):
        return []
    moved = of_sentence(text, about)
    single = [(of, name) for of, name in moved if of.startswith("proposal")]
    if "i övrigt" not in text:
        return single
    return moved if len(single) > 1 else []  # of one point and the rest the whole tells enough


def _objects(text: str, start: int, stop: int) -> list[Thing]:
    """The objects after "bifall till": the first, and those joined to it."""
    listed: list[Thing] = []
    for thing in things(text, start, stop):
        gap = text[listed[-1].end if listed else start : thing.start]
        if not listed and len(gap) > 60:
            break
        if listed and not re.fullmatch(
            r"(?: i (?:kommunstyrelsen|nämnden)| den \d{1,2} [a-z]{3,9} \d{4}| med.{0,40})?(?:,| och| samt|"
            r", samt)(?: till)?(?: det| de)? ",
            gap,
        ):
            continue
        if not listed and re.search(r"\b(?:enligt|att)\b", gap):
            break
        listed.append(thing)
    return listed


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
    for start, end in sentences(p.text):
        sentence = p.text[start:end]
        verbs = [v for v in _YRKAR.finditer(sentence) if not re.search(r"[\"”“][^\"”“]*$", sentence[: v.start()])]
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
            if named and not who:
                continue
            asked = _decided_points(sentence[begin:stop], about) or clauses(sentence[begin:stop], about)
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


_LEADER = re.compile(r"^\s*(?:Vice )?[Oo]rdföranden $")
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
