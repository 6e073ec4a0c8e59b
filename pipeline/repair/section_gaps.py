"""The number of a section that its sign was read together with: ``Sö`` between § 4 and § 6 is § 5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..document import Edit, Span
from .sections import SIGN

_NUMBERED = r"[ \t]+(?:Dnr|Diarie(?:nummer|nr)|Ärendenummer|Ärende)\b"
_HEAD = re.compile(r"^[ \t\f]*§[ \t]{0,3}(?P<n>\d{1,3})(?=[ \t]*$|[ \t]+[A-ZÅÄÖ])", re.M)
_LOST = re.compile(r"^[ \t\f]*(?P<read>[sS58$&][ \t]?[\w|!]{1,3})(?=[ \t]*$)", re.M)
_LOST_NUMBERED = re.compile(
    rf"^[ \t\f]*(?P<read>(?:[sS3589$&]|§(?=[ \t]?\d*[^\W\d]))[ \t]?(?P<n>[\w|!]{{1,3}}))(?={_NUMBERED})", re.M
)
_MATTER = re.compile(r"[ \t]+\w+[.:]?[ \t]+(?P<dnr>[A-ZÅÄÖ]{0,8}-?\d{2,5}[-/]\d{2,5})\b")
_STROKES = str.maketrans({"I": "1", "l": "1", "L": "1", "|": "1", "!": "1", "i": "1", "H": "11", "O": "0", "o": "0"})
_MOST = 3  # numbers missing in a row
_WORD = re.compile(r"(?:[Ss]e|[Ss]å|[Ss]id|[Ss]ida|[Ss]t|SD|[Ss]om|[Ss]var|[Ss]ak)$")


def section_gap_edits(text: str) -> list[Edit]:
    """The numbers that are missing between two heads of sections, where as many short lines may be them; and the one
    after the last head, where the number of the matter stands behind it.

    >>> [e.text for e in section_gap_edits("§ 4\\nVal\\nSö\\nBudget\\n§ 6\\nPlan")]
    ['§ 5']
    >>> section_gap_edits("§ 4\\nVal\\nSD\\nBudget\\n§ 6\\nPlan"), section_gap_edits("§ 4\\nSö\\n§ 7")
    ([], [])
    >>> [e.text for e in section_gap_edits("§ 4 Dnr 1\\nVal\\nSö Dnr 2\\nBudget\\ns6 Dnr 3\\nPlan\\nS9 Dnr 4")]
    ['§ 5', '§ 6']
    """
    heads = [(int(m["n"]), m) for m in _HEAD.finditer(text)] if "§" in text else []
    found = {edit.span: edit for edit in _behind(text, heads)}
    for edit in _between(text, heads):
        found.setdefault(edit.span, edit)
    return [found[span] for span in sorted(found)]


def _behind(text: str, heads: list[tuple[int, re.Match[str]]]) -> Iterator[Edit]:
    """Heads with the number of their matter behind them: the next number, unless digits say another.

    The first after a list of contents has no number before it, but the next one behind it.

    >>> [e.text for e in section_gap_edits("§ 10 Dnr 1\\n§ 11 Dnr 2\\n31 Dnr 1\\nVal\\n§ 2 Dnr 2")]
    ['§ 1']
    """
    lost = [(m.start(), None, m) for m in _LOST_NUMBERED.finditer(text)] if heads else []
    last: int | None = None
    same = {dnr: n for n, m in heads if (dnr := _dnr(text, m))}
    places = sorted([*lost, *((m.start(), n, m) for n, m in heads)], key=lambda place: place[0])
    following = [n for _, n, _ in places[1:]] + [None]
    for (_, n, match), after in zip(places, following, strict=False):
        if n is not None:
            last = n
            continue
        told = same.get(_dnr(text, match)) or _next(match["n"], last, after)
        if told is not None:
            last = told
            yield Edit(Span(*match.span("read")), f"§ {told}", SIGN, 0.85)


def _dnr(text: str, head: re.Match[str]) -> str:
    """The number of the matter behind a head, which a list of contents and the section itself both have."""
    found = _MATTER.match(text, head.end())
    return found["dnr"] if found else ""


def _next(read: str, last: int | None, after: int | None) -> int | None:
    """The number that follows the one before or goes before the one behind, whichever looks like what was read.

    >>> _next("12", 11, None), _next("HI", 10, None), _next("IL", 11, 2), _next("7", 11, None)
    (12, 11, 1, None)
    """
    likely = ([last + 1] if last is not None else []) + ([after - 1] if after is not None and after > 1 else [])
    if read.isdigit():
        return next((n for n in likely if read == str(n)), None)
    digits = read.translate(_STROKES)
    return min(likely, key=lambda n: _unlike(str(n), digits), default=None)


def _unlike(told: str, digits: str) -> tuple[bool, bool, int]:
    """How much the digits that were read differ: strokes may be doubled before a number changes."""
    return told != digits, set(told) != set(digits), abs(len(told) - len(digits))


def _between(text: str, heads: list[tuple[int, re.Match[str]]]) -> Iterator[Edit]:
    for (above, first), (below, last) in pairwise(heads):
        missing = range(above + 1, below)
        if not 0 < len(missing) <= _MOST:
            continue
        lost = [m for m in _LOST.finditer(text, first.end(), last.start()) if not _WORD.match(m["read"])]
        if len(lost) != len(missing):
            continue
        numbered = list(zip(missing, lost, strict=True))
        if len(lost) == 1 or any(m["read"].endswith(str(n)) for n, m in numbered):
            for n, m in numbered:
                yield Edit(Span(*m.span("read")), f"§ {n}", SIGN, 0.85)
