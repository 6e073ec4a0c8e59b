"""Rows of a table that the engine took apart: what stands on the height of a row with upright lines belongs to it."""

from __future__ import annotations

from dataclasses import replace

from ..document import Box, around
from .page import Line, PageText

_BAR = frozenset("|I1l]![)")
_CELL = _BAR | frozenset("Xx")
_BARS = 2  # in the row
_LEVEL = 0.6  # of the lower one's height: how much of it stands beside the other
_OVER = 0.3  # of a word's width: how far it may reach over another


def rows_joined(page: PageText) -> PageText:
    """The page with such pieces in their rows, from left to right."""
    lines = [line for paragraph in page.paragraphs for line in paragraph if line]
    rows = [line for line in lines if _bars(line) >= _BARS]
    joined: dict[Line, Line] = {}
    gone: set[Line] = set()
    for row in rows:
        if row in gone:
            continue
        whole = row
        for piece in lines:
            if piece is not row and piece not in gone and piece not in joined and _belongs(piece, whole):
                whole = tuple(sorted((*whole, *piece), key=lambda token: token.box.x0))
                gone.add(piece)
        if whole is not row:
            joined[row] = whole
    if not gone:
        return page
    made = (tuple(joined.get(line, line) for line in paragraph if line not in gone) for paragraph in page.paragraphs)
    return replace(page, paragraphs=tuple(paragraph for paragraph in made if paragraph))


def _bars(line: Line) -> int:
    """How many characters of the line may be upright lines; none where none was surely read as one."""
    if not any("|" in token.text for token in line):
        return 0
    cells = (token.text for token in line if set(token.text) <= _CELL)
    return sum(character in _BAR for text in cells for character in text)


def _belongs(piece: Line, row: Line) -> bool:
    """Whether a line stands on the height of the row, in its blanks, and not far outside of it."""
    one, two = _box(piece), _box(row)
    height = min(one.y1 - one.y0, two.y1 - two.y0)
    if min(one.y1, two.y1) - max(one.y0, two.y0) < _LEVEL * height:
        return False
    inside = one.x1 > two.x0 and one.x0 < two.x1
    cells = all(set(token.text) <= _CELL for token in piece)
    return (inside or cells) and not any(_over(a.box, b.box) for a in piece for b in row)


def _box(line: Line) -> Box:
    return around(*(token.box for token in line))


def _over(one: Box, other: Box) -> bool:
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > _OVER * min(one.x1 - one.x0, other.x1 - other.x0)
