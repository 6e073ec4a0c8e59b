"""Heads of sections that are told by the number of their matter, and sections that are cited by a date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..document import Edit, Span

SIGN = "restore.section-sign"
NEAR = 3
_BY = r"(?:[ÄA]rendenummer|[ÄA]rende:|Dnr\b|Diarie(?:nummer|nr))"
_HEADED = re.compile(rf"^[ \t\f]*(?P<sign>[8$&S5])[ \t]{{0,2}}(?=\d{{1,3}}\s{{1,8}}{_BY})", re.M)
_FIRST = re.compile(
    r"^[ \t\f]*(?P<whole>[$§8&S][ \t]{1,2}[Il|])(?=[ \t]+(?:Dnr|Diarie(?:nummer|nr)|Ärendenummer)\b)", re.M
)
# The sign and the number of a head run together with the word behind them ("S1Dnr"), and a sign read as two letters.
_GLUED_HEAD = re.compile(r"^[ \t\f]*(?P<sign>[$&§8S5])[ \t]?(?P<n>\d{1,3})(?=(?:Dnr|Diarienummer)\b)", re.M)
_WITH_S = re.compile(r"^[ \t\f]*(?P<sign>[$&§]S)(?=[ \t]{1,2}\d{1,3}[ \t]+[A-ZÅÄÖ])", re.M)
_LONG_HEAD = re.compile(r"^[ \t\f]*(?P<sign>[$&])[ \t]{0,2}(?=\d{4}[ \t]{1,8}(?:Dnr|Diarie(?:nummer|nr))\b)", re.M)
# The word before the number of the matter, misread ("§ 76 Dar KS-2023-00076").
_DNR_LOST = re.compile(
    r"^[ \t\f]*[$&§8S5s][$&§8S]?[ \t]{0,2}[\w|!]{1,4}[ \t]+(?P<word>D[aáäouU]r|D[nm]r?t?|[OÖ]nr|D\wnr)"
    r"(?=[ \t]+(?:[A-ZÅÄÖ]{1,8}[ \t]?-?[ \t]?\d{2,4}[-/]\d|\d{4,5}/\d))",
    re.M,
)
_MATTER = re.compile(
    r"^[ \t\f]*(?P<sign>[8$&S5](?=[ \t]\d{1,3}[ \t]+\d{4}/\d\d\b)|8(?=\d{1,2}[ \t]+\d{4}/\d\d\b))", re.M
)  # no meeting has reached eight hundred sections
_GLUED_MATTER = re.compile(r"^[ \t\f]*(?P<whole>[$&§][ \t]?(?P<n>\d{1,3}))(?=\d{4}/\d\d\b)", re.M)
# "544 2025.393 KS" between § 42 and § 45.
_YEARLY_MATTER = re.compile(
    r"^[ \t\f]*(?P<sign>[58$&S])[ \t]?(?=(?P<n>\d{1,3})[ \t]+\d{4}\.\d{1,5}[ \t][A-ZÅÄÖ]{2,5}\b)", re.M
)
# Any sign read as a letter or two: "Lå 1 Dnr FG-2024-00003".
_ODD_SIGN = re.compile(
    r"^[ \t\f]*(?P<sign>(?!(?:[Nn]r|[Pp])\b)[^\W\d_]{1,2})"
    r"(?=[ \t](?P<n>\d{1,3})[ \t]+Dnr[ \t]+[A-ZÅÄÖ]{0,6}[- ]?\d{4}[-/]\d)",
    re.M,
)
_MONTH = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
# Where a meeting is named by its date, "den 8 juni 2023, 5 30.", no thousand has a comma before it.
_CITED = re.compile(
    rf"(?:\b(?:19|20)\d\d-\d\d-\d\d|\b{_MONTH} (?:19|20)\d\d),[ \t]+(?P<sign>5)"
    r"(?=[ \t](?:\d{1,3}[.,;]?[ \t]*$(?!\s*(?:kr|mkr|tkr|miljon|procent|person|invånare))"
    r"|\d\d?[.,;]?[ \t](?:och|samt|den)\b|\d{3}[.,;]?[ \t](?:och[ \t])?den\b))",
    re.M,
)
_NAMED = re.compile(r"\bParagraf(?:er)?:?[ \t]+(?P<sign>88|[8$&S5])(?=[ \t][\dIl]{1,3}\b)")
_ROW = re.compile(
    r"\b(?P<sign>88)(?=[ \t]\d{1,3},[ \t]\d{1,3}(?:,[ \t]\d{1,3})*[ \t]*$)", re.M
)  # beside others with §§
_ROMAN = re.compile(r"§[ \t](?P<range>(?=[\dIl]*[Il])[\dIl]{1,3}[-–][\dIl]{1,3})(?![\w.])")
_STROKES = str.maketrans("Il", "11")


def matter_edits(text: str, numbers: Collection[int] = ()) -> Iterator[Edit]:
    """Signs of heads that the number of their matter tells; ``numbers``: sections that were read well.

    >>> [e.text for e in matter_edits("S1Dnr FG-2024-00003")], [e.text for e in matter_edits("$S 98 Plan")]
    (['§', ' '], ['§'])
    >>> [e.text for e in matter_edits("576 Dar FG-2023-00076")], [e.text for e in matter_edits("5 98 Plan")]
    (['Dnr'], [])
    >>> [e.text for e in matter_edits("544 2025.393 KS", {42})], list(matter_edits("544 2025.393 KS", {544}))
    (['§ '], [])
    >>> [e.text for e in matter_edits("Lå 1 Dnr FG-2024-00003", {2})], list(matter_edits("Nr 1 Dnr FG-2024-00003", {2}))
    (['§'], [])
    """
    for match in (*_HEADED.finditer(text), *_MATTER.finditer(text)):
        yield Edit(Span(*match.span("sign")), "§", SIGN, 0.96)
    for match in (*_WITH_S.finditer(text), *_LONG_HEAD.finditer(text)):
        yield _put(match, text)
    for match in _GLUED_HEAD.finditer(text):
        if match["sign"] != "§":
            yield Edit(Span(*match.span("sign")), "§", SIGN, 0.95)
        yield Edit(Span(match.end("n"), match.end("n")), " ", "restore.split", 0.9)
    for match in _GLUED_MATTER.finditer(text) if "/" in text else ():
        yield Edit(Span(*match.span("whole")), f"§ {match['n']} ", SIGN, 0.85)
    for match in _FIRST.finditer(text):
        yield Edit(Span(*match.span("whole")), "§ 1", SIGN, 0.9)
    for match in _DNR_LOST.finditer(text):
        if match["word"] != "Dnr":
            yield Edit(Span(*match.span("word")), "Dnr", "restore.letters", 0.9)
    for match in _ODD_SIGN.finditer(text) if "Dnr" in text else ():
        if _near(int(match["n"]), numbers):
            yield _put(match, text)
    for match in _YEARLY_MATTER.finditer(text):
        whole = int(match["sign"] + match["n"]) if match["sign"].isdigit() else None
        if _near(int(match["n"]), numbers) and not (whole and _near(whole, numbers)):
            yield _put(match, text)


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
        yield _put(match, text)
    for match in _NAMED.finditer(text) if "Paragraf" in text else ():
        yield _put(match, text)
    for match in _ROW.finditer(text) if "§§" in text else ():
        yield _put(match, text)
    for match in _ROMAN.finditer(text) if "§ " in text else ():
        yield Edit(Span(*match.span("range")), match["range"].translate(_STROKES), SIGN, 0.85)


def _near(n: int, numbers: Collection[int]) -> bool:
    return any(abs(n - k) <= NEAR for k in numbers)


def _put(match: re.Match[str], text: str) -> Edit:
    """The sign in its place, with a blank where a number stands tight behind more than one misread sign or a digit."""
    sign = match["sign"]
    tight = text[match.end("sign") : match.end("sign") + 1].isdigit()
    new = "§§" if sign == "88" else "§ " if tight else "§"
    return Edit(Span(*match.span("sign")), new, SIGN, 0.95)
