"""From the glyphs of a PDF's text layer to lines and paragraphs of words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from ..document import Box
from .page import Line, PageText, Paragraph, Token
from .pdf import Glyph, PdfPage


def read_layer(page: PdfPage) -> PageText:
    """The page's text layer as text with boxes; confidence is None, since a text layer states none."""
    width, height, dpi = page.layer_canvas
    scale = dpi / 72
    lines = [line for line in (tuple(_words(glyphs, scale)) for glyphs in _lines(page.glyphs)) if line]
    return PageText(page.number, "text-layer", tuple(_paragraphs(lines)), width, height, dpi)


def _lines(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    line: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char in "\n\u2028\u2029\x0b\x0c":
            yield line
            line = []
        else:
            line.append(glyph)
    yield line


def _words(line: list[Glyph], scale: float) -> Iterator[Token]:
    word: list[Glyph] = []
    for glyph in [*line, Glyph(" ", (0, 0, 0, 0))]:
        if not glyph.char.isspace() and glyph.char != "\u200b":
            word.append(glyph)
        elif word:
            yield Token("".join(g.char for g in word), _hull(word, scale))
            word = []


def _hull(glyphs: list[Glyph], scale: float) -> Box:
    drawn = [g.box for g in glyphs if g.box[2] > g.box[0] or g.box[3] > g.box[1]] or [g.box for g in glyphs]
    return Box(
        max(0, math.floor(min(b[0] for b in drawn) * scale)),
        max(0, math.floor(min(b[1] for b in drawn) * scale)),
        max(0, math.ceil(max(b[2] for b in drawn) * scale)),
        max(0, math.ceil(max(b[3] for b in drawn) * scale)),
    )


def _paragraphs(lines: list[Line]) -> Iterator[Paragraph]:
    """A new paragraph where the next line is clearly further down than lines are, or is not below at all."""
    if not lines:
        return
    bottoms = [max(t.box.y1 for t in line) for line in lines]
    steps = [b - a for a, b in pairwise(bottoms) if b > a]
    height = median(t.box.y1 - t.box.y0 for line in lines for t in line) or 1
    near = [step for step in steps if step < 3.5 * height]
    pitch = median(near) if near else 1.5 * height
    paragraph = [lines[0]]
    for (above, here), line in zip(pairwise(bottoms), lines[1:], strict=True):
        if not -0.5 * height <= here - above <= 1.35 * pitch:
            yield tuple(paragraph)
            paragraph = []
        paragraph.append(line)
    yield tuple(paragraph)
