"""Rows of dots between a title and its page, and the words beside them, which the engine reads as letters.

A row of dots is told by its ink: low pieces at even steps. What was read inside it is dropped, and where the engine
is unsure of the words beside it, the line is read again without its dots.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

from PIL import Image, ImageDraw

from ..document import Box, around
from .descent import BESIDE, Piece, pieces_of
from .page import Line, PageText, Token
from .second_look import read_again
from .tesseract import Tesseract

_UNSURE = 0.3  # rows of dots that were read as letters had 0 to .14
_DOUBTED = 0.7  # a word beside the dots: below, the line is read again
_LETTERS = 4
_DOTS = 8  # at least
_LOW, _NARROW = 0.3, 1.5  # of the line's tallest ink: height and width of a dot, or of some that run together
_APART = 2.0  # times the usual gap: a wider one at the end of the row is a blank
_TIGHT = 1.6  # times the usual gap: what stands nearer to the dots is one word with them
_DIRTY = 3  # dots on both sides of a piece that is none
_MOST = 40  # lines on a page


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of dots in a line: where, how many, and the gap between two of them."""

    x0: int
    x1: int
    dots: int
    gap: float


def leaders_told(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, languages: str) -> PageText:
    """The page with its rows of dots, and the words beside them; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    doubted = [line for paragraph in page.paragraphs for line in paragraph if _is_doubted(line)][:_MOST]
    if not doubted:
        return page
    grey = image if image.mode == "L" else image.convert("L")
    rows = {line: row for line in doubted if (row := _row_of(grey, line))}
    if not rows:
        return page
    words = {line: _words(line, row) for line, row in rows.items()}
    words |= _read_without_dots(engine, grey, words, rows, dpi, languages)
    told = {line: _told(grey, words[line], row, around(*(t.box for t in line))) for line, row in rows.items()}
    paragraphs = tuple(tuple(told.get(line, line) for line in paragraph) for paragraph in page.paragraphs)
    return replace(page, paragraphs=paragraphs)


def _is_doubted(line: Line) -> bool:
    """Whether the engine does not believe what it read there, and it is long or dots."""
    return any(
        len(token.text) >= _LETTERS and ((token.confidence or 0) < _UNSURE or ".." in token.text) for token in line
    )


def _row_of(grey: Image.Image, line: Line) -> _Row | None:
    box = around(*(token.box for token in line))
    pieces = pieces_of(grey, box, stops=True)
    if not pieces:
        return None
    dots = _even(max(_runs(pieces), key=len))
    if len(dots) < _DOTS:
        return None
    zero = box.x0 - BESIDE
    return _Row(zero + dots[0].x0, zero + dots[-1].x1, _number(dots), _gap(dots))


def _number(dots: Sequence[Piece]) -> int:
    """How many they are: some run together, and some are lost."""
    steps = [b.x0 - a.x0 for a, b in pairwise(dots)]
    step, one = median(steps), median(piece.x1 - piece.x0 for piece in dots)
    return 1 + sum(max(1, round(each / step)) for each in steps) + round((dots[-1].x1 - dots[-1].x0 - one) / step)


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Neighbours that are as low as dots, and no longer than some that run together; dirt may stand between them."""
    tallest = max(piece.bottom - piece.top for piece in pieces)
    low = [p.bottom - p.top <= _LOW * tallest and p.x1 - p.x0 <= _NARROW * tallest for p in pieces]
    for n in range(_DIRTY, len(pieces) - _DIRTY):
        low[n] = low[n] or all(low[n - _DIRTY : n] + low[n + 1 : n + 1 + _DIRTY])
    runs: list[list[Piece]] = [[]]
    for is_low, piece in zip(low, pieces, strict=True):
        if is_low:
            runs[-1].append(piece)
        elif runs[-1]:
            runs.append([])
    return runs


def _even(dots: list[Piece]) -> list[Piece]:
    """The dots without those at the ends that stand apart: the stop of a word before."""
    while len(dots) >= _DOTS:
        wide = _APART * _gap(dots)
        if dots[1].x0 - dots[0].x1 > wide:
            dots = dots[1:]
        elif dots[-1].x0 - dots[-2].x1 > wide:
            dots = dots[:-1]
        else:
            return dots
    return []


def _gap(dots: Sequence[Piece]) -> float:
    return median(b.x0 - a.x1 for a, b in pairwise(dots))


def _words(line: Line, row: _Row) -> Line:
    """The words beside the dots, without dots that were read together with them."""
    made: list[Token] = []
    for token in line:
        box = token.box
        if box.x0 >= row.x0:
            if box.x1 > row.x1 and (box.x0 + box.x1) / 2 > row.x1:
                made.append(token)
            continue
        text = token.text
        if box.x1 > row.x0:
            text = text.split("...")[0].rstrip(".")
        if text:
            made.append(replace(token, text=text, box=box._replace(x1=min(box.x1, row.x0))))
    return tuple(made)


def _read_without_dots(
    engine: Tesseract, grey: Image.Image, words: dict[Line, Line], rows: dict[Line, _Row], dpi: int, languages: str
) -> dict[Line, Line]:
    """The lines with an unsure word as they are read without the dots, where that is believed more.

    Behind the dots only a number is believed.
    """
    parts = [part for line, told in words.items() for part in _unsure(line, told, rows[line])]
    if not parts:
        return {}
    cleaned, paper = grey.copy(), max(grey.getextrema())
    pen = ImageDraw.Draw(cleaned)
    for line, row in rows.items():
        box = around(*(token.box for token in line))
        pen.rectangle((row.x0 - 1, box.y0, row.x1 + row.gap / 2, box.y1 + BESIDE), fill=paper)
    seen = read_again(engine, cleaned, [_place(part, rows[line]) for line, part in parts], dpi=dpi, language=languages)
    made: dict[Line, Line] = {}
    for (line, part), read in zip(parts, seen, strict=True):
        new, known = _words(read, rows[line]), made.get(line, words[line])
        if _is_page(new) or (part[0].box.x0 < rows[line].x0 and _sureness(new) > _sureness(part)):
            made[line] = (*new, *known[len(part) :]) if part == known[: len(part)] else (*known[: -len(part)], *new)
    return made


def _unsure(line: Line, told: Line, row: _Row) -> Iterator[tuple[Line, Line]]:
    """The words before the dots if one of them is unsure, and what stands behind them if it is no number."""
    before = tuple(token for token in told if token.box.x0 < row.x0)
    behind = tuple(token for token in told if token.box.x0 >= row.x0)
    if behind and not _is_page(behind):
        yield line, behind
    if any((token.confidence or 0) < _DOUBTED for token in before):
        yield line, before


def _is_page(line: Line) -> bool:
    return len(line) == 1 and line[0].text.isdigit()


def _place(part: Line, row: _Row) -> Box:
    """Where a part of the line stands, without the dots."""
    box = around(*(token.box for token in part))
    return box._replace(x0=max(box.x0, row.x1 + 1)) if part[0].box.x0 >= row.x0 else box


def _sureness(line: Line) -> float:
    return fmean(token.confidence or 0 for token in line) if line else -1.0


def _told(grey: Image.Image, words: Line, row: _Row, line: Box) -> Line:
    """The words and the dots between them; with the word before, if they stand as near to it as to each other."""
    before = [token for token in words if token.box.x0 < row.x0]
    dots = Token("." * row.dots, line._replace(x0=row.x0, x1=row.x1), 0.9)
    if before:
        last = before[-1]
        pieces = pieces_of(grey, last.box._replace(x1=row.x0 - 1 - BESIDE), stops=True)
        end = last.box.x0 - BESIDE + pieces[-1].x1 if pieces else last.box.x1
        if row.x0 - end <= max(_TIGHT * row.gap, row.gap + 1):
            dots = Token(last.text + dots.text, around(last.box, dots.box), last.confidence)
            before.pop()
    return (*before, dots, *(token for token in words if token.box.x0 >= row.x0))
