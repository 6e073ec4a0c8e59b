"""Lines of print that the engine left out: found by their ink, read on their own and put in at their place.

On a grainy page the engine takes some lines between others for no text at all, or two of them for one tall word.
Ink that no word covers, as high as a line and in the column of the lines above or below it, is such a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ..document import Box, around
from .page import Line, PageText, Token
from .tesseract import Tesseract
from .tsv import parse

_DARK = 0.72  # of the paper's grey
_PITCH = 0.8  # of the way from line to line
_STEP = 2  # every second column is counted
_BESIDE = 0.5  # of a line's height, left and right of a word that may be ink of it
_COVERED = 0.75  # of a line's height, above and below a word's middle: boxes are often higher than their words
_INKED = 0.4  # of a line's height: dark pixels that make a row of pixels part of a line
_GAP = 0.15  # of it: rows without ink inside a line
_LOW = 0.4  # of it, the ink at least
_WIDE = 2.0  # of it, the ink at least
_BLANK = 3.0  # of it: wider gaps part what stands beside each other
_NEAR = 3.2  # of it: so far from the next line's middle, at most
_LEVEL = 0.6  # of the lower one's height: how much of it stands beside the other
_MARGIN = 0.04  # of the page: shadows and punched holes
_TALL = 1.8  # times a line's height
_UNSURE, _SURE = 0.3, 0.7  # of a tall word that is read again; of what is put in
_READ_AT = 32  # pixels: the engine takes smaller lines for no text now and then
_LETTERS = 3
_FEW = 12  # words: with fewer nothing is said of their usual height
_MOST = 8  # on a page: with more it is a picture or a table

Mask = NDArray[np.bool_]


def lost_lines_read(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, languages: str) -> PageText:
    """The page with the lines that were left out; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    if len(page.tokens) < _FEW:
        return page
    height = _height(page)
    doubted = {token for token in page.tokens if _is_doubted(token, height)}
    grey = image if image.mode == "L" else image.convert("L")
    lines = [line for paragraph in page.without(doubted).paragraphs for line in paragraph]
    cleaned = _without_words(grey, lines, height)
    places = _in_column(list(_bands(cleaned, height)), lines, height)
    if not 0 < len(places) <= _MOST:
        return page
    found = [line for box in places for line in _read(engine, cleaned, box, height, dpi, languages)]
    if not found:
        return page
    covered = {token for token in doubted if not any(_meets(token.box, line) for line in found)}
    made = page.without(doubted - covered)
    for line in found:
        made = _put_in(made, line)
    return made


def _height(page: PageText) -> float:
    """How high lines are: boxes are often higher than their words, but seldom than the way to the next line."""
    lines = [around(line[0].box, line[-1].box) for paragraph in page.paragraphs for line in paragraph]
    middles = [(box.y0 + box.y1) / 2 for box in lines]
    steps = [below - above for above, below in pairwise(middles) if below > above]
    boxes = quantiles((box.y1 - box.y0 for box in lines), n=4)[0]
    return min(boxes, _PITCH * quantiles(steps, n=4)[0]) if len(steps) > 1 else boxes


def _is_doubted(token: Token, height: float) -> bool:
    """Whether it is a tall word that the engine does not believe: two lines taken for one."""
    unsure = token.confidence is not None and token.confidence < _UNSURE
    return unsure and token.box.y1 - token.box.y0 > _TALL * height


def _without_words(grey: Image.Image, lines: Sequence[Line], height: float) -> Image.Image:
    """The page with paper where words were read, and in the blanks between them: boxes lie beside their words."""
    cleaned, pixels = grey.copy(), np.asarray(grey)
    paper = float(np.percentile(pixels[::8, ::8], 80))
    pen = ImageDraw.Draw(cleaned)
    beside = _BESIDE * height
    for line in lines:
        right = -beside
        for x0, y0, x1, y1 in sorted(token.box for token in line):
            left = min(x0, right) if 0 <= x0 - right <= 2 * beside else x0 - beside
            top, bottom = _covered(pixels, Box(x0, y0, x1, y1), height, paper)
            pen.rectangle((left, top, x1 + beside, bottom), fill=int(paper))
            right = x1
    return cleaned


def _covered(pixels: NDArray[np.uint8], box: Box, height: float, paper: float) -> tuple[float, float]:
    """First and last row of the word in a box, which may be higher: as high as a line, where most of the ink is."""
    reach = _COVERED * height
    middle = (box.y0 + box.y1) / 2
    if box.y1 - box.y0 > 2 * reach:
        inked = (pixels[box.y0 : box.y1, box.x0 : box.x1] < _DARK * paper).sum(axis=1)
        sums = np.convolve(inked, np.ones(int(height)), "valid")
        middle = box.y0 + float(np.flatnonzero(sums == sums.max()).mean()) + height / 2
    return max(box.y0 - 2, middle - reach), min(box.y1 + 2, middle + reach)


def _bands(cleaned: Image.Image, height: float) -> Iterator[Box]:
    """Ink as high as a line or some lines, and wide enough for words."""
    grey = np.asarray(cleaned)[:, ::_STEP]
    dark: Mask = grey < _DARK * float(np.percentile(grey[::8, ::4], 80))
    edge_y, edge_x = int(dark.shape[0] * _MARGIN), int(dark.shape[1] * _MARGIN)
    dark = dark.copy()
    dark[:edge_y], dark[len(dark) - edge_y :] = False, False
    dark[:, :edge_x], dark[:, dark.shape[1] - edge_x :] = False, False
    inked: Mask = np.asarray(dark.sum(axis=1) >= _INKED * height)
    for y0, y1 in _runs(inked, max(1, int(_GAP * height))):
        if y1 - y0 < _LOW * height:
            continue
        columns: Mask = np.asarray(dark[y0:y1].any(axis=0))
        for x0, x1 in _runs(columns, max(1, int(_BLANK * height / _STEP))):
            if (x1 - x0) * _STEP >= _WIDE * height:
                yield Box(x0 * _STEP, y0, x1 * _STEP, y1)


def _runs(inked: Mask, gap: int) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of what is inked, gaps of so many and fewer not counted."""
    at = np.flatnonzero(inked)
    if not len(at):
        return
    breaks = np.flatnonzero(np.diff(at) > gap + 1)
    yield from zip(at[np.r_[0, breaks + 1]].tolist(), (at[np.r_[breaks, len(at) - 1]] + 1).tolist(), strict=True)


def _in_column(boxes: Sequence[Box], lines: Sequence[Line], height: float) -> list[Box]:
    """Those boxes of ink that stand close above or below a line, or below another of them that does."""
    column, found = [around(line[0].box, line[-1].box) for line in lines], []
    for box in boxes:
        if any(_is_near(box, other, height) for other in column):
            found.append(box)
            column.append(box)
    return found


def _is_near(box: Box, other: Box, height: float) -> bool:
    middle = (other.y0 + other.y1) / 2
    apart = min(abs(middle - box.y0), abs(middle - box.y1))
    shared = min(box.x1, other.x1) - max(box.x0, other.x0)
    return apart <= _NEAR * height and shared >= 0.5 * min(box.x1 - box.x0, other.x1 - other.x0)


def _read(engine: Tesseract, cleaned: Image.Image, box: Box, height: float, dpi: int, languages: str) -> list[Line]:
    """The lines that stand in the box, if the engine believes them."""
    gap = round(0.35 * height)
    x, y = max(0, box.x0 - 2 * gap), max(0, box.y0 - gap)
    strip = cleaned.crop((x, y, min(cleaned.width, box.x1 + 2 * gap), min(cleaned.height, box.y1 + gap)))
    larger = max(1.0, _READ_AT / height)
    size = (round(strip.width * larger), round(strip.height * larger))
    strip = strip.resize(size, Image.Resampling.LANCZOS)
    read = parse(engine.read(strip, dpi=round(dpi * larger), psm=6, languages=languages))
    lines: list[Line] = []
    for line in (line for paragraph in read.paragraphs for line in paragraph):
        known = [(token.confidence or 0.0) * len(token.text) for token in line]
        letters = sum(len(token.text) for token in line)
        if sum(known) >= _SURE * letters and sum(ch.isalnum() for token in line for ch in token.text) >= _LETTERS:
            lines.append(tuple(replace(t, box=_on_page(t.box, larger, x, y)) for t in line))
    return lines


def _on_page(box: Box, larger: float, x: int, y: int) -> Box:
    x0, y0, x1, y1 = (round(side / larger) for side in box)
    return Box(x0 + x, y0 + y, x1 + x, y1 + y)


def _meets(box: Box, line: Line) -> bool:
    other = around(line[0].box, line[-1].box)
    return box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1


def _put_in(page: PageText, line: Line) -> PageText:
    """The page with the line in its place: the rest of a line on the same height, else below the last one above it."""
    lines = [(p, n, other) for p, paragraph in enumerate(page.paragraphs) for n, other in enumerate(paragraph)]
    middle = _middle(line)
    for p, n, other in lines:
        if _continues(line, other):
            return _changed(page, p, n, tuple(sorted((*other, *line), key=lambda token: token.box.x0)))
    above = [
        (_middle(other), p, n)
        for p, n, other in lines
        if _middle(other) < middle and other[0].box.x0 < line[-1].box.x1 and line[0].box.x0 < other[-1].box.x1
    ]
    if not above:
        return replace(page, paragraphs=((line,), *page.paragraphs))
    _, p, n = max(above)
    return _changed(page, p, n, page.paragraphs[p][n], line)


def _changed(page: PageText, p: int, n: int, *lines: Line) -> PageText:
    """The page with these lines instead of one."""
    whole = (*page.paragraphs[p][:n], *lines, *page.paragraphs[p][n + 1 :])
    return replace(page, paragraphs=(*page.paragraphs[:p], whole, *page.paragraphs[p + 1 :]))


def _middle(line: Line) -> float:
    box = around(line[0].box, line[-1].box)
    return (box.y0 + box.y1) / 2


def _continues(line: Line, other: Line) -> bool:
    """Whether both stand on one height, close together, and no word over a word: the rest of a line, or its middle."""
    one, two = around(line[0].box, line[-1].box), around(other[0].box, other[-1].box)
    height = min(one.y1 - one.y0, two.y1 - two.y0)
    level = min(one.y1, two.y1) - max(one.y0, two.y0) >= _LEVEL * height
    gap = min(max(one.x0, box.x0) - min(one.x1, box.x1) for box in (token.box for token in other))
    return level and -_BESIDE * height < gap < _BLANK * height
