"""Votes that no total in ja and nej tells: closed ballots on persons, and lists of names with their sum."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .counts import COUNT, number
from .names import NAME

# "Eva Ek (S) har erhållit 22 röster och Bo Al (M) 17 röster", "22 röster för Eva Ek och 17 för Bo Al"
_GIVEN = re.compile(
    rf"({NAME})(?: \([A-Za-zÅÄÖåäö]{{1,5}}\))?(?:,| har| hade)* (?:erhållit|erhöll|erhåller|fått|fick|får)? ?"
    rf"{COUNT} (?:av \w+ )?röster"
)
_FOR = re.compile(rf"\b{COUNT} (?:röster |röst |avgivna )?för ({NAME})")
_BLANK = re.compile(
    rf"\b{COUNT} (?:av )?(?:röst(?:er)?|(?:val|röst)sed(?:lar|el))?,? ?(?:är |var |lämnades |avgavs )?blank(?:a|t)?\b|"
    rf"\bblanka (?:röster|(?:val|röst)sedlar):? {COUNT}\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?i)\b(?:val|röst)sedlar\b|\bsluten omröstning\b|\bslutna omröstningen\b")
_SUM = r"= ?(\d{1,3})"
_LIST = r"(?:-?röst(?:er|ar))?(?: för [^:]{3,60}| ?\([^):]{2,25}\))?: ?[^\d=:]{3,600}?" + _SUM
SUMMED = re.compile(rf"\bJa{_LIST}\.?\s+Nej{_LIST}")


@dataclass(frozen=True, slots=True)
class Poll:
    """A closed ballot: who got most of the votes, that number, all others', the blank ones, and where it stands."""

    elected: str
    votes: int
    others: int
    blank: int
    start: int
    end: int


def closed_ballot(text: str) -> Poll | None:
    """The closed ballot that a paragraph tells of.

    >>> closed_ballot("Avlämnade valsedlar 9. Eva Ek har erhållit 5 röster och Bo Al 3 röster. En valsedel var blank.")
    Poll(elected='Eva Ek', votes=5, others=3, blank=1, start=23, end=93)
    >>> closed_ballot("Eva Ek fick 512 röster i valet.") is None
    True
    """
    if not _CLOSED.search(text):
        return None
    given = [(m[1], number(m[2]), m.start(), m.end()) for m in _GIVEN.finditer(text)]
    given = given or [(m[2], number(m[1]), m.start(), m.end()) for m in _FOR.finditer(text)]
    if not given:
        return None
    most = max(given, key=lambda row: row[1])
    blank = _BLANK.search(text)
    end = max(given[-1][3], blank.end() if blank else 0)
    others = sum(row[1] for row in given) - most[1]
    return Poll(
        most[0], most[1], others, number(next(g for g in blank.groups() if g)) if blank else 0, given[0][2], end
    )
