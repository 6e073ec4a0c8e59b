"""What one yrkande asks for: of what, and which outcome, clause by clause."""

from __future__ import annotations

import re

from .deciding import EXCEPT, of_sentence
from .objects import ABOUT_MATTERS, PARTLY, REFUSED, Thing, asked_for, named_matter, points, the_other, things

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
        if not objects and name == "bifall" and re.match(r"\s*(?:med|och\b|samt\b|$|\.|,)", text[m.end() :]):
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


def decided_points(text: str, about: str) -> list[tuple[str, str]]:
    """What is moved point by point: "att motionens första yrkande avslås och andra yrkandet bifalls".

    >>> decided_points("att motionens första yrkande anses besvarat och att andra yrkandet avslås.", "motion")
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
