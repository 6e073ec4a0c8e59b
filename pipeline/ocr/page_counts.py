"""``1 (16)`` at the head or foot of a page, read as ``1(16)``, ``1:(16)`` or ``1116)``: told by its ink.

A bracket is thin and reaches above and below the digits; the blank before it is wider than the gaps between them.
``1 (1)`` is four thin strokes, whatever letters they were read as. A bracket that was not read at all is found so too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from PIL import Image

from ..document import Box, around
from .descent import BESIDE, Piece, pieces_of
from .page import Line, PageText, Paragraph, Token

_COUNT = re.compile(r"\d{1,3} ?\(\d{1,3}\)")
_LIKE_COUNT = re.compile(r"(\d{1,4})[:.]?\(?(\d{1,4})?\)")
_LIKE_ONE_OF_ONE = re.compile(r"\w\S{0,3}[)D]")
_LEVEL = 0.6  # of the lower one's height: how much of it stands beside the other
_REACHES = 0.08  # of the digits' height, above and below them
_REACHES_READ = 0.04  # of it, for a bracket that was read as one
_BLANK = 0.4  # of the digits' height; gaps between digits were at most .25
_NARROW = 0.5  # of its height
_STROKE = 0.5  # of its height: a 1 was at most .48 wide, other digits at least .55


def page_counts_told(image: Image.Image, page: PageText) -> PageText:
    """The page with the number of the page and of all pages apart; ``image`` is what the page's boxes speak of."""
    grey: Image.Image | None = None
    page = _in_its_line(page)
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = []
        for line in paragraph:
            if line and (_LIKE_COUNT.fullmatch(line[-1].text) or _LIKE_ONE_OF_ONE.fullmatch(line[-1].text)):
                grey = grey or (image if image.mode == "L" else image.convert("L"))
                line = (*line[:-1], *_told(grey, line[-1]))
            lines.append(line)
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))


def _in_its_line(page: PageText) -> PageText:
    """The page with a count that stands alone at the end of the line on whose height it stands, left of it."""
    lines = [line for paragraph in page.paragraphs for line in paragraph if line]
    moved: dict[Line, Line] = {}
    for count in lines:
        if not _COUNT.fullmatch(" ".join(token.text for token in count)):
            continue
        box = around(*(token.box for token in count))
        beside = [line for line in lines if line is not count and _ends_before(line, box)]
        if len(beside) == 1 and lines.index(count) != lines.index(beside[0]) + 1:
            moved[beside[0]], moved[count] = (*beside[0], *count), ()
    if not moved:
        return page
    made = (tuple(told for line in paragraph if (told := moved.get(line, line))) for paragraph in page.paragraphs)
    return replace(page, paragraphs=tuple(paragraph for paragraph in made if paragraph))


def _ends_before(line: Line, box: Box) -> bool:
    other = around(*(token.box for token in line))
    height = min(box.y1 - box.y0, other.y1 - other.y0)
    return other.x1 <= box.x0 and min(box.y1, other.y1) - max(box.y0, other.y0) >= _LEVEL * height


def _told(grey: Image.Image, token: Token) -> tuple[Token, ...]:
    """The token as number and bracketed number, if a blank stands between them."""
    pieces = pieces_of(grey, token.box)
    characters, zero = re.sub(r"[:.]", "", token.text), token.box.x0 - BESIDE
    lost = "(" not in characters and len(pieces) == len(characters) + 1  # the bracket was not read
    if len(pieces) == 4 and all(piece.x1 - piece.x0 <= _STROKE * (piece.bottom - piece.top) for piece in pieces):
        characters = "1(1)"
        lost = False
    if len(pieces) != len(characters) + lost or len(pieces) < 4:
        return (token,)
    for i in range(1, len(pieces) - 2):
        if _opens(pieces, i, _REACHES_READ if token.text[i : i + 1] == "(" else _REACHES):
            number, total = characters[:i], characters[i + (not lost) : -1]
            if not total.isdigit() or not number.isdigit() or int(number) > int(total):
                return (token,)
            left, right = token.box._replace(x1=zero + pieces[i - 1].x1), token.box._replace(x0=zero + pieces[i].x0)
            return Token(number, left, token.confidence), Token(f"({total})", right, token.confidence)
    return (token,)


def _opens(pieces: list[Piece], i: int, reaches: float) -> bool:
    """Whether that piece is a bracket that stands apart from the number before it, and is closed by the last."""
    digits = [*pieces[:i], *pieces[i + 1 : -1]]
    top, bottom = min(piece.top for piece in digits), max(piece.bottom for piece in digits)
    height = bottom - top
    reaching = all(
        piece.bottom >= bottom + reaches * height and piece.x1 - piece.x0 <= _NARROW * height
        for piece in (pieces[i], pieces[-1])
    )
    return reaching and pieces[i].x0 - pieces[i - 1].x1 >= _BLANK * height
