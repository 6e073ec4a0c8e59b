"""Sections that are cited: by the date of their meeting, as a row or a range, in a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Edit, Span
from .section_heads import SIGN, put

_MONTH = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
# Where a meeting is named by its date, "den 8 juni 2023, 5 30.", no thousand has a comma before it.
_CITED = re.compile(
    rf"(?:\b(?:19|20)\d\d-\d\d-\d\d|\b{_MONTH} (?:19|20)\d\d),[ \t]+(?P<sign>5)"
    r"(?=[ \t](?:\d{1,3}[.,;]?[ \t]*$(?!\s*(?:kr|mkr|tkr|miljon|procent|person|invånare))"
    r"|\d\d?[.,;]?[ \t](?:och|samt|den)\b|\d{3}[.,;]?[ \t](?:och[ \t])?den\b))",
    re.M,
)
_TIGHT_CITED = re.compile(
    rf"(?:\b(?:19|20)\d\d-\d\d-\d\d|\b{_MONTH} (?:19|20)\d\d),[ \t]+(?P<sign>8)"
    r"(?=\d{2,3}(?:[.,;]?[ \t]*$(?!\s*(?:kr|mkr|tkr|miljon|procent|person|invånare))|\.[ \t][A-ZÅÄÖ]))",
    re.M,
)
_NAMED = re.compile(r"\bParagraf(?:er)?:?[ \t]+(?P<sign>88|[8$&S5])(?=[ \t][\dIl]{1,3}\b)")
_ROW = re.compile(
    r"\b(?P<sign>88)(?=[ \t]\d{1,3},[ \t]\d{1,3}(?:,[ \t]\d{1,3})*[ \t]*$)", re.M
)  # beside others with §§
_ROMAN = re.compile(r"§[ \t](?P<range>(?=[\dIl]*[Il])[\dIl]{1,3}[-–][\dIl]{1,3})(?![\w.])")
_STROKES = str.maketrans("Il", "11")
_RANGE = re.compile(r"(?<=[a-zåäöé),][ \n])(?P<sign>[58$&S]{2}|§)(?=\s(?P<first>\d{1,4})[-–](?P<last>\d{1,4})\b)")
_RANGE_QUICK = re.compile(r"[58$&S§]\s\d{1,4}[-–]\d")
_PAIRED = re.compile(r"§§\s\d{1,4}[-–]\d")
RUN = 60  # sections that are named as one range at most
# "beslut, 2024-11-19 5 349": what was decided that day.
_DECIDED = re.compile(r" (?P<sign>5)(?= \d{1,3}(?:[.,;)]?[ \t]*$|[.,;]?[ \t]+[(A-ZÅÄÖ]))", re.M)
_DAY = re.compile(
    r"(?:\b(?:beslut|[Pp]rotokoll\w*)|utskott|utskottet|utskotts|styrelsen|nämnden|fullmäktige),?[ \t]+"
    r"(?:19|20)\d\d-\d\d-\d\d\Z"
)
_BACK = 50  # characters before a sign
_EXTRACT = re.compile(r"\b[Pp]rotokollsutdrag [$&§]?(?P<n>\d{1,3}) (?P<sign>[8$&])(?= [A-ZÅÄÖ][a-zåäö])")
_ACTS = ("SoL", "LSS", "LVU", "LVM", "KL", "PBL", "MB", "FL", "OSL", "HSL", "SFB", "LOU", "RF", "TF", "FB", "ÄB", "JB")
# Two sections at least: "6 f och 6 g 85 SoL".
_OF_ACTS = re.compile(rf"(?:\boch|,|[-–])\s\d{{1,3}}(?:\s[a-h])?\s(?P<sign>[58$&S]{{2}})(?=\s(?:{'|'.join(_ACTS)})\b)")
_BEFORE_COLON = re.compile(r"\b(?:under|enligt|i|av|till|och)\s\d{1,2}(?:\s[a-h])?\s(?P<sign>8)(?=:\s)")


def _ranges(text: str) -> Iterator[Edit]:
    """Two signs before a range of sections, misread or read as one where the text has two before others.

    >>> [e.text for e in _ranges("Ek (S), 58 106-123, §§ 107-108 Al (M), § 2-4")], list(_ranges("Ek § 2-4, Al §§ 6-7"))
    (['§§', '§§'], [])
    """
    found = _RANGE.finditer(text) if _RANGE_QUICK.search(text) else ()
    ranges = [m for m in found if 0 < int(m["last"]) - int(m["first"]) < RUN]
    if not ranges:
        return
    paired = len(_PAIRED.findall(text)) + sum(m["sign"] != "§" for m in ranges)
    single = sum(m["sign"] == "§" for m in ranges)
    for match in ranges:
        if match["sign"] != "§" or paired > single:
            yield Edit(Span(*match.span("sign")), "§§", SIGN, 0.9)


def cited_edits(text: str) -> Iterator[Edit]:
    """Signs of sections that are cited by the date of their meeting or as a row of paragraphs.

    >>> [e.text for e in cited_edits("Kommunfullmäktige 2024-11-05, 5 146")], list(cited_edits("2024, 5 500 kr"))
    (['§'], [])
    >>> [e.text for e in cited_edits("Sekreterare Bo Ek Paragrafer 8 1-11")]
    ['§']
    >>> [e.text for e in cited_edits("Paragrafer § I-II")], [e.text for e in cited_edits("Ek §§ 6, 7\\nAl 88 8, 9\\n")]
    (['1-11'], ['§§'])
    """
    for match in _CITED.finditer(text) if ", 5 " in text else ():
        yield put(match, text)
    for match in _TIGHT_CITED.finditer(text) if ", 8" in text else ():
        yield put(match, text)
    yield from _ranges(text)
    for match in _DECIDED.finditer(text) if " 5 " in text else ():
        if _DAY.search(text[max(0, match.start() - _BACK) : match.start()]):
            yield put(match, text)
    for match in _EXTRACT.finditer(text) if "rotokollsutdrag " in text else ():
        yield put(match, text)
    for match in _OF_ACTS.finditer(text) if any(act in text for act in _ACTS) else ():
        yield Edit(Span(*match.span("sign")), "§§", SIGN, 0.9)
    for match in _BEFORE_COLON.finditer(text) if " 8:" in text else ():
        yield put(match, text)
    for match in _NAMED.finditer(text) if "Paragraf" in text else ():
        yield put(match, text)
    for match in _ROW.finditer(text) if "§§" in text else ():
        yield put(match, text)
    for match in _ROMAN.finditer(text) if "§ " in text else ():
        yield Edit(Span(*match.span("range")), match["range"].translate(_STROKES), SIGN, 0.85)
