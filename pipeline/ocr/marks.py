"""Stamps, signatures and handwriting: noted with their place, not read as words.

Two signs tell them. What the engine read as a word of more than twice the height of the page's words, and does not
believe itself, is pen. And ink where no word was read, as large as a stamp, is no print.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..document import Box, Note
from .page import PageText, Token

_TALL = 2.2  # times the height of the page's words
_UNBELIEVED = 0.5
_FEW = 12  # words: with fewer nothing is said of their usual height
_CELL = 0.06  # inches
_INKED = 0.05  # share of a cell's pixels that are dark
_WIDE, _HIGH = 0.5, 0.25  # inches: smaller ink is a speck, a tick or a list mark
_FULL = 0.18  # share of its box's cells that hold ink: less is a frame or a rule
_MARGIN = 0.04  # of the page: shadows and punched holes

Grid = NDArray[np.bool_]


def marks_told(image: Image.Image, page: PageText, dpi: int) -> tuple[PageText, list[Box]]:
    """The page without words that are pen, and the places with ink that no word was read from.

    ``image`` is the upright page that the page's boxes speak of.
    """
    height = median(t.box.y1 - t.box.y0 for t in page.tokens) if len(page.tokens) >= _FEW else 0
    pen = [token for token in page.tokens if height and _is_pen(token, height)]
    boxes = [token.box for token in pen]
    boxes += [box for box in _unread(image, page, dpi) if not any(_meet(box, known) for known in boxes)]
    return page.without(set(pen)), boxes


def mark_note(box: Box) -> Note:
    """What is said of such a place; ``box`` in pixels of the page as it was delivered."""
    place = f"pixels {box.x0}, {box.y0} to {box.x1}, {box.y1}"
    return Note("ocr.mark", f"Ink that was not read as words: a stamp, a signature, a picture or lost print ({place}).")


def _is_pen(token: Token, height: float) -> bool:
    tall = token.box.y1 - token.box.y0 > _TALL * height
    return tall and token.confidence is not None and token.confidence < _UNBELIEVED


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _unread(image: Image.Image, page: PageText, dpi: int) -> Iterator[Box]:
    """Boxes of ink as large as a stamp in which no word was read."""
    size = max(3, round(_CELL * dpi))
    ink = _inked_cells(image, size)
    for token in page.tokens:
        x0, y0, x1, y1 = token.box
        ink[max(0, y0 // size - 1) : y1 // size + 2, max(0, x0 // size - 1) : x1 // size + 2] = False
    rows, columns = ink.shape
    edge_y, edge_x = int(rows * _MARGIN), int(columns * _MARGIN)
    for cells in _clusters(ink):
        ys, xs = [y for y, _ in cells], [x for _, x in cells]
        y0, x0, y1, x1 = min(ys), min(xs), max(ys) + 1, max(xs) + 1
        if y0 <= edge_y or x0 <= edge_x or y1 >= rows - edge_y or x1 >= columns - edge_x:
            continue
        large = (x1 - x0) * _CELL >= _WIDE and (y1 - y0) * _CELL >= _HIGH
        if large and len(cells) >= _FULL * (x1 - x0) * (y1 - y0):
            yield Box(x0 * size, y0 * size, min(image.width, x1 * size), min(image.height, y1 * size))


def _inked_cells(image: Image.Image, size: int) -> Grid:
    """Which squares of that many pixels hold ink."""
    grey = np.asarray(image.convert("L"))
    paper = float(np.percentile(grey[::8, ::8], 80))
    dark = grey < paper * 0.72
    rows, columns = dark.shape[0] // size, dark.shape[1] // size
    squares = dark[: rows * size, : columns * size].reshape(rows, size, columns, size)
    found: Grid = squares.mean(axis=(1, 3)) > _INKED
    return found


def _clusters(ink: Grid) -> Iterator[list[tuple[int, int]]]:
    """Cells that touch, or lie one cell apart."""
    waiting = set(zip(*(axis.tolist() for axis in np.nonzero(ink)), strict=True))
    while waiting:
        reached = [waiting.pop()]
        for y, x in reached:
            near = [(y + dy, x + dx) for dy in (-2, -1, 0, 1, 2) for dx in (-2, -1, 0, 1, 2)]
            found = [cell for cell in near if cell in waiting]
            waiting.difference_update(found)
            reached += found
        yield reached
