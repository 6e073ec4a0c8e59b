"""The row of dashes under the head of a table, ``| --- | --- |``, which the engine skips or reads as letters.

Below a row with upright lines, one step from line to line further down, there is nothing but upright lines and short
dashes half way up: that is told by the ink, and nothing is asked of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..document import Box, around
from .page import Line, PageText, Paragraph, Token

_BAR = frozenset("|I1l]![)")
_BARS = 2  # upright lines at least, in the row above as well
_KNOWN = re.compile(r"\|(?: -{3,} \|)+")
_DARK = 0.72  # of the paper's grey
_BAND = 0.2  # of the step from line to line, above and below the middle: dashes stand there
_HALF = 0.42  # of it: what is looked at
_TALL = 0.6  # of the step: a bar at least
_THIN = 0.25  # of it: a bar or the height of a dash at most
_LONG = 1.2  # of it: three dashes that run together
_SPECKS = 3  # dark pixels that are no ink
_LEAST = 3  # dashes that such a row has in each column
_NEAR = 0.5  # of the step: a line that was read there is this row
_SURE = 0.9

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Ink:
    """A piece of the row from left to right, in pixels of the page: an upright line or a dash."""

    x0: int
    x1: int
    bar: bool


def dash_rows_told(image: Image.Image, page: PageText) -> PageText:
    """The page with such rows; ``image`` is what the page's boxes speak of."""
    lines = [line for paragraph in page.paragraphs for line in paragraph if line]
    heads = [line for line in lines if _has_bars(line)]
    step = _step(lines) if heads else 0.0
    if not step:
        return page
    grey = np.asarray(image if image.mode == "L" else image.convert("L"))
    dark: Mask = grey < _DARK * float(np.percentile(grey[::8, ::8], 80))
    found = {line: row for line in heads if (row := _row_below(dark, line, step))}
    for head, row in found.items():
        page = _put_in(page, head, row, step)
    return page


def _has_bars(line: Line) -> bool:
    return sum(len(token.text) == 1 and token.text in _BAR for token in line) >= _BARS


def _step(lines: list[Line]) -> float:
    """From line to line; 0 where there is only one."""
    middles = [_middle(line) for line in lines]
    steps = [below - above for above, below in pairwise(middles) if below > above]
    return median(steps) if steps else 0.0


def _middle(line: Line) -> float:
    box = around(*(token.box for token in line))
    return (box.y0 + box.y1) / 2


def _row_below(dark: Mask, head: Line, step: float) -> Line | None:
    """The row of dashes below that line, if the ink is just that."""
    middle = round(_middle(head) + step)
    left, right = max(0, round(head[0].box.x0 - step)), round(head[-1].box.x1 + step)
    ink = list(_inked(dark, middle, left, max(right, dark.shape[1] // 2), step))
    groups = [(bar, list(pieces)) for bar, pieces in groupby(ink, key=lambda piece: piece.bar)]
    bars = sum(len(pieces) for bar, pieces in groups if bar)
    if bars < _BARS or not groups[0][0] or not groups[-1][0] or any(len(p) > 1 for bar, p in groups if bar):
        return None
    if any(piece.x1 - piece.x0 > _LONG * step for piece in ink):
        return None
    y0, y1 = round(middle - _HALF * step), round(middle + _HALF * step)
    return tuple(
        Token("|" if bar else "-" * max(_LEAST, len(pieces)), Box(pieces[0].x0, y0, pieces[-1].x1, y1), _SURE)
        for bar, pieces in groups
    )


def _inked(dark: Mask, middle: int, left: int, right: int, step: float) -> Iterator[_Ink]:
    """The pieces of the row; a piece that is neither upright line nor dash is told as two lines side by side."""
    top, band = max(0, round(middle - _HALF * step)), max(2, round(_BAND * step))
    area = dark[top : round(middle + _HALF * step), left:right]
    centre = middle - top
    if area.shape[0] < centre + band:
        return
    columns = np.flatnonzero(area[centre - band : centre + band].any(axis=0))
    for x0, x1 in _runs(columns):
        inside = area[centre - band : centre + band, x0:x1]
        if int(inside.sum()) <= _SPECKS:
            continue
        rows = int(area[:, max(0, x0 - 1) : x1 + 1].any(axis=1).sum())
        high = int(inside.any(axis=1).sum())
        bar = rows >= _TALL * step and x1 - x0 <= _THIN * step
        yield _Ink(left + x0, left + x1, bar)
        if not bar and high > _THIN * step:
            yield _Ink(left + x0, left + x1, True)
            yield _Ink(left + x0, left + x1, True)


def _runs(columns: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    if len(columns):
        breaks = np.flatnonzero(np.diff(columns) > 1)
        for first, last in zip(np.r_[0, breaks + 1], np.r_[breaks, len(columns) - 1], strict=True):
            yield int(columns[first]), int(columns[last]) + 1


def _put_in(page: PageText, head: Line, row: Line, step: float) -> PageText:
    """The page with the row below its head, in place of what was read there."""
    place = _middle(row)
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = []
        for line in paragraph:
            if line is head:
                lines += [line, row]
            elif not (abs(_middle(line) - place) < _NEAR * step and _beside(line, row)):
                lines.append(line)
        if lines:
            paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))


def _beside(line: Line, row: Line) -> bool:
    """Whether a line stands where the row does, from left to right."""
    one, two = around(*(token.box for token in line)), around(*(token.box for token in row))
    return one.x0 < two.x1 and two.x0 < one.x1
