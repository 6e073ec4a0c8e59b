"""Heads of sections that are told by the number of their matter."""

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
# A head in the line after the number of its matter: "Dnr 26/0001-1", "8 620 Årsredovisning 2025".
_UNDER_MATTER = re.compile(r"^[ \t\f]*(?P<sign>[8$&S])(?=[ \t]\d{1,3}[ \t]+[A-ZÅÄÖ][a-zåäö]{3})", re.M)
_ABOVE = re.compile(r"\b(?:Dnr|Diarienummer)[.:]?[ \t]+\S*\d\S*[ \t]*\n[ \t]*\n?\Z")
_BACK = 80  # characters of the line above
_START = re.compile(r"^[ \t\f]*(?=[$&§8S5s]|[^\W\d_]{1,2}[ \t]\d)", re.M)  # of the lines that any of these finds


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
    starts = [match.start() for match in _START.finditer(text)]

    def lines(*patterns: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (found for pattern in patterns for at in starts if (found := pattern.match(text, at)))

    for match in lines(_HEADED, _MATTER):
        yield Edit(Span(*match.span("sign")), "§", SIGN, 0.96)
    for match in lines(_WITH_S, _LONG_HEAD):
        yield put(match, text)
    for match in lines(_GLUED_HEAD):
        if match["sign"] != "§":
            yield Edit(Span(*match.span("sign")), "§", SIGN, 0.95)
        yield Edit(Span(match.end("n"), match.end("n")), " ", "restore.split", 0.9)
    for match in lines(_GLUED_MATTER):
        yield Edit(Span(*match.span("whole")), f"§ {match['n']} ", SIGN, 0.85)
    for match in lines(_FIRST):
        yield Edit(Span(*match.span("whole")), "§ 1", SIGN, 0.9)
    for match in lines(_DNR_LOST):
        if match["word"] != "Dnr":
            yield Edit(Span(*match.span("word")), "Dnr", "restore.letters", 0.9)
    for match in lines(_ODD_SIGN):
        if _near(int(match["n"]), numbers):
            yield put(match, text)
    for match in lines(_UNDER_MATTER):
        if _ABOVE.search(text[max(0, match.start() - _BACK) : match.start()]):
            yield put(match, text)
    for match in lines(_YEARLY_MATTER):
        whole = int(match["sign"] + match["n"]) if match["sign"].isdigit() else None
        if _near(int(match["n"]), numbers) and not (whole and _near(whole, numbers)):
            yield put(match, text)


def _near(n: int, numbers: Collection[int]) -> bool:
    return any(abs(n - k) <= NEAR for k in numbers)


def put(match: re.Match[str], text: str) -> Edit:
    """The sign in its place, with a blank where a number stands tight behind more than one misread sign or a digit."""
    sign = match["sign"]
    tight = text[match.end("sign") : match.end("sign") + 1].isdigit()
    new = "§§" if sign == "88" else "§ " if tight else "§"
    return Edit(Span(*match.span("sign")), new, SIGN, 0.95)
