"""What the head and the foot of a document say of it: its date and its diarienummer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import diary
from ..document import Item, Outline, Span, Value
from .dates import DateHit, dates
from .passages import Passage, of_kind

_YEAR = r"(?:19|20)\d\d"
_DNR = re.compile(
    rf"(?:\d\d/\d{{1,3}}\.\d{{3}}(?![\d.])|(?<=[Dd]nr )\d\d\.\d{{2,5}}(?:\.\d+)*|"
    rf"[A-ZÅÄÖ]{{2,5}} \d\d/\d{{1,5}}(?![\d/])|"
    rf"[A-ZÅÄÖ]{{2,5}} ?\d{{1,5}}(?:/\d\d|-{_YEAR})(?![\d/-])|"
    rf"[A-ZÅÄÖ]{{2,5}}[- ]?{_YEAR}[-/:]\d{{1,6}}(?:[-–]\d+)*|"
    rf"{_YEAR}-?[A-ZÅÄÖ]{{2,4}}\d{{3,6}}(?: \d{{3}})?(?![\d/])|"
    rf"{_YEAR}[./][A-ZÅÄÖ]{{2,4}} ?\d{{3,5}}(?: \d+)*|"
    rf"{_YEAR} [A-ZÅÄÖ]{{2,4}} \d{{3,5}}(?!\d)|"
    rf"{_YEAR}\.\d{{1,5}} [A-ZÅÄÖ]{{2,5}}|[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{{1,4}} ?\d{{1,6}}/{_YEAR}|\d{{1,6}}/{_YEAR}|"
    rf"{_YEAR}/\d{{1,6}}(?:[ -]?[A-ZÅÄÖ]{{2,4}}-\d+| [A-ZÅÄÖ]{{2,3}}(?=\n|$))?|"
    rf"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{{1,3}}/{_YEAR}:\d+|{_YEAR}[-–]\d{{3,6}}(?:[-–]\d+)?|"
    rf"[A-ZÅÄÖ]{{2,4}} \d{{1,2}}-{_YEAR}/\d+|\d\d/\d{{3,5}}(?:[-–]\d+)?(?!\d)|\d{{1,5}}/\d\d(?:[-–]\d+)?(?!\d))"
)
_FULL_DNR = re.compile(
    rf"(?<![\w-])\d\d[A-ZÅÄÖ]{{2,4}}\d{{2,5}}(?!\w)|(?:^|(?<=\n))[RKN]S\d{{6}}(?=\n|$)|"
    rf"(?<![\w-])[A-ZÅÄÖ]{{2,5}}[- ]{_YEAR}[-/]\d{{3,6}}(?![\d])"
)
# A number whose body letters or digits OCR confused: "K5-2021/2041", "KS-2O21/2041".
_RUINED = re.compile(
    r"(?P<body>(?=[A-ZÅÄÖ0-9]*[A-ZÅÄÖ])[A-ZÅÄÖ][A-ZÅÄÖ5]{1,4})(?P<j>[- /])(?P<y>[12lI][09OoQ][0-9OoQlI]{2})"
    r"(?P<k>[-/:])(?P<n>[0-9OoQlI]{1,6})(?![\w/-])"
)


def mended(m: re.Match[str]) -> str:
    """A number with its slips corrected: letters in the body's place, digits in the others.

    >>> mended(_RUINED.match("K5-2O21/204l"))
    'KS-2021/2041'
    """
    digits = str.maketrans("OoQlI", "00011")
    return m["body"].replace("5", "S") + m["j"] + m["y"].translate(digits) + m["k"] + m["n"].translate(digits)


_BESIDE = re.compile(r"(?:,| och| samt|;) (?=[A-ZÅÄÖ]{2,5}[ /-])")
_CUE = re.compile(
    r"(?<!\b[EeDd]r )(?<!\bErt )(?:\b[Dd]nr\.?|\b[Dd]iarie(?:nummer|nr|beteckning)|\b[ÄäAa]rende(?:nummer|nr)|"
    r"\b[Bb]eteckning)\b[ .:]*"
)
_AFTER_PARAGRAPH = re.compile(r"§§? ?\d+(?:/\d+)?[ ,]+(?:[Dd]nr\.? |[A-ZÅÄÖ][a-zåäö]{1,3} (?=\d\d/\d{1,3}\.\d{3}))?")


def dnr(found: Iterable[Passage]) -> list[Value[str]]:
    """The diarienummer printed in the head lines: after a cue, after the § number, or alone on its line."""
    values: dict[str, Value[str]] = {}

    def keep(p: Passage, m: re.Match[str], sure: float) -> None:
        printed = m.group()
        if dates_at(printed) or re.match(r"[.:/-]\d", p.text[m.end() :]):
            return  # a date, or only a part of a longer number
        values.setdefault(printed, Value(printed, sure, (p.span(m.start(), m.end()),)))

    found = tuple(found)
    for p in found:
        for cue in _CUE.finditer(p.text):
            ruined = _RUINED.match(p.text, cue.end())
            if ruined and not _DNR.fullmatch(ruined.group()):
                values.setdefault(mended(ruined), Value(mended(ruined), 0.8, (p.span(*ruined.span()),)))
                continue
            m = _DNR.search(p.text, cue.end(), cue.end() + 40)
            if m and re.fullmatch(r"(?:\s|[A-ZÅÄÖ:.]|\d{4}-\d\d-\d\d)*", p.text[cue.end() : m.start()]):
                keep(p, m, 0.97)
                while beside := _BESIDE.match(p.text, m.end()):  # "Dnr KS 2022/37, BN 2022/81"
                    m = _DNR.match(p.text, beside.end())
                    if m is None:
                        break
                    keep(p, m, 0.95)
        for cue in _AFTER_PARAGRAPH.finditer(p.text):
            m = _DNR.match(p.text, cue.end())
            if m:
                keep(p, m, 0.96)
        if not values:
            m = re.fullmatch(rf"\s*({_DNR.pattern})\s*", p.text)
            if m and not dates_at(m.group(1)):
                values.setdefault(m.group(1), Value(m.group(1), 0.9, (p.span(m.start(1), m.end(1)),)))
        if not values and p.kind == "meta":
            m = _FULL_DNR.search(p.text)
            if m:
                keep(p, m, 0.85)
    own = {v.at[0] for p in found if p.kind != "title" for v in values.values() if _within(p, v)}
    if own and len(own) < len(values):  # the number in a title is the paper's that is answered
        values = {printed: v for printed, v in values.items() if v.at[0] in own}
    return list((values or _as_printed(found)).values())


def _within(p: Passage, value: Value[str]) -> bool:
    """Whether a value was read in a passage."""
    return p.all().start <= value.at[0].start < p.all().end


def _as_printed(found: Iterable[Passage]) -> dict[str, Value[str]]:
    """The numbers in the forms of other houses, where none of the common forms is there; those of a title last."""
    values: dict[str, Value[str]] = {}
    for p in sorted(found, key=lambda p: p.kind == "title"):
        if p.kind == "title" and values:
            break
        start = 0
        for line in p.text.split("\n"):
            for a, b in diary.numbers(line):
                if not dates_at(line[a:b]):
                    values.setdefault(line[a:b], Value(line[a:b], 0.85, (p.span(start + a, start + b),)))
            start += len(line) + 1
    return values


def row_numbers(outline: Outline, item: Item) -> list[Value[str]]:
    """The diarienummer at the ends of the printed lines of one matter in a list of matters."""
    values: dict[str, Value[str]] = {}
    text = outline.transcript.text
    for start, end in (span for section in item.sections for span in section.at):
        for line in re.finditer(r"[^\n]+", text[start:end]):
            for a, b in diary.numbers(line[0]):
                if not dates_at(line[0][a:b]):
                    at = Span(start + line.start() + a, start + line.start() + b)
                    values.setdefault(line[0][a:b], Value(line[0][a:b], 0.85, (at,)))
    return list(values.values())


def dates_at(text: str) -> bool:
    """Whether the text is a date, behind the letters of a body perhaps, and no number of a matter."""
    text = re.sub(r"^[A-ZÅÄÖa-zåäö]{2,16}\.? ", "", text)
    return any(d.start == 0 and d.end == len(text) for d in dates(text))


_MEETS = re.compile(r"(?:[Ss]ammanträdes?datum|[Mm]ötesdatum)[\s.:]*(?:den )?$")
_SITS = re.compile(r"(?:nämnden|styrelsen|fullmäktige|utskottet|direktionen)s?(?: sammanträde)?(?: den)? $")
_OWN_DATE = re.compile(
    r"(?:[Ss]ammanträdes?datum|[Mm]ötesdatum|[Uu]tfärdat|[Uu]pprättad|(?<!usterings)(?<!nslags)[Dd]atum|[Dd]aterad)"
    r"[\s.:]*(?:den )?$"
)
_ARRIVED = re.compile(
    r"\b(?:[Ii]nk(?:om|ommen|ommet|\.)?|INK(?:OM)?|[Aa]nk(?:om|ommen|\.)?|ANK(?:OM)?|[Aa]nmäld|[Rr]egistrerad)(?:[^\n\d]{0,20}|[^\n\d]{0,38}\n)$"
)
_FOREIGN = re.compile(r"(?:[Bb]ilaga|§|[Jj]ustering\w*|[Aa]nslag\w*|uppsatt|nedtas|senast|Kf:s möte)[^\n\d]{0,30}$")


def date(outline: Outline, found: tuple[Passage, ...]) -> Value[str] | None:
    """The document's own date: of the meeting, of the head or of the sign-off; never one from the prose."""
    best: tuple[float, int, Passage, DateHit] | None = None
    meeting = outline.kind.value in ("protokoll", "protokollsutdrag")
    for n, p in enumerate(of_kind(found, "meta", "furniture", "signature", "attendance", "title")):
        for hit in dates(p.text):
            before = p.text[max(0, hit.start - 40) : hit.start]
            weight = {"meta": 2.0, "furniture": 1.0, "signature": 1.5, "attendance": 0.5, "title": 0.2}[p.kind]
            if not meeting and (_MEETS.search(before) or _SITS.search(before)):
                weight -= 1.0  # when it is to be dealt with, not when it was written
            elif _OWN_DATE.search(before):
                weight += 3.0
            elif _FOREIGN.search(before):
                weight -= 2.0
            elif _ARRIVED.search(before):
                weight -= 1.0  # the registrar's stamp
            if p.kind == "title":
                first = (
                    p.origin(0) < 200
                    and re.match(r"[\s\d()]*(?:[A-ZÅÄÖ]|$)", p.text[hit.end :])
                    and "Datum" in p.text[: hit.start]
                )
                if meeting or not (first or re.fullmatch(r"[\s\d.-]*", p.text[hit.end :])):
                    continue
                weight += 0.6 if first or _SIGNED_DATE.search(before) else 0.0
            if hit.compact and p.kind in ("furniture", "title"):
                continue
            if best is None or (weight, -n) > (best[0], -best[1]):
                best = (weight, n, p, hit)
    if best is None or best[0] < 0.6:
        if outline.kind.value == "kallelse" and (called := _called_date(found)):
            return called
        return _labelled_date(found) if meeting else _signed_date(found)
    weight, _, p, hit = best
    return Value(hit.iso, 0.98 if weight >= 2 else 0.9, (p.span(hit.start, hit.end),))


def _labelled_date(found: tuple[Passage, ...]) -> Value[str] | None:
    """A date behind "Datum" or "Sammanträdesdatum", whatever label its line got."""
    for p in found:
        if p.kind in ("basis", "toc", "distribution"):
            continue
        for hit in dates(p.text):
            if _OWN_DATE.search(p.text[max(0, hit.start - 40) : hit.start]):
                return Value(hit.iso, 0.8, (p.span(hit.start, hit.end),))
    return None


_CALLED = re.compile(
    r"\b(?:kallas|kallar|kallelse|sammanträder|sammanträde|möte|inbjuds)\b[^.]{0,80}? (?:den )?$", re.IGNORECASE
)


def _called_date(found: tuple[Passage, ...]) -> Value[str] | None:
    """The day of the meeting in the sentence of a notice that calls to it."""
    for p in of_kind(found, "other", "meta", "title"):
        for hit in dates(p.text):
            if _CALLED.search(p.text[: hit.start]):
                return Value(hit.iso, 0.85, (p.span(hit.start, hit.end),))
    return None


_SIGNED_DATE = re.compile(r"(?:^|\n| )(?:Datum:?|[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?,?(?: den)?) $")


def _signed_date(found: tuple[Passage, ...]) -> Value[str] | None:
    """A place and a date on their own at the end, whatever label the line got: "Tierp den 3 maj 2021"."""
    for p in reversed(found):
        if p.kind in ("basis", "toc", "distribution", "furniture"):
            continue
        for hit in dates(p.text):
            before, after = p.text[max(0, hit.start - 40) : hit.start], p.text[hit.end : hit.end + 3]
            lead = _SIGNED_DATE.search(before)
            if lead and (not after.strip() or (after[:1] in "\n " and after.strip()[:1].isupper())):
                alone = "\n" in lead.group() or hit.start - len(lead.group()) <= 1 or "Datum" in lead.group()
                if alone and not hit.compact:
                    return Value(hit.iso, 0.8, (p.span(hit.start, hit.end),))
    return None
