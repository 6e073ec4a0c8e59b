"""A second look at single places of a page, in another language and all of a page in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from ..document import Box
from .page import Line, Token
from .tesseract import Tesseract
from .tsv import parse

_HEIGHT = 40  # pixels: smaller letters are enlarged


def looked_at_again(
    engine: Tesseract, grey: Image.Image, boxes: Sequence[Box], *, dpi: int, language: str
) -> list[str]:
    """What stands in each box, read in that language.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    seen = read_again(engine, grey, boxes, dpi=dpi, language=language)
    return [" ".join(token.text for token in line) for line in seen]


def read_again(engine: Tesseract, grey: Image.Image, boxes: Sequence[Box], *, dpi: int, language: str) -> list[Line]:
    """The same as lines of words in their places; empty where nothing was read.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    sheet, rows = _sheet(grey, boxes)
    seen = parse(engine.read(sheet, dpi=dpi, psm=6, languages=language)).tokens
    lines: list[Line] = []
    for (top, bottom), box in zip(rows, boxes, strict=True):
        row = sorted((t for t in seen if top <= (t.box.y0 + t.box.y1) / 2 < bottom), key=lambda t: t.box.x0)
        lines.append(tuple(_in_place(token, box, (top, bottom)) for token in row))
    return lines


def _in_place(token: Token, box: Box, row: tuple[int, int]) -> Token:
    """The word with its place on the page; from the top to the bottom of what was cut out."""
    gap, left = max(4, (box.y1 - box.y0) // 2), _HEIGHT // 2
    larger = (row[1] - row[0]) / (box.y1 - box.y0 + 2 * (gap // 2))
    x0, x1 = (round(box.x0 - gap + (x - left) / larger) for x in (token.box.x0, token.box.x1))
    return replace(token, box=Box(x0, box.y0, max(x0 + 1, x1), box.y1))


def _sheet(grey: Image.Image, boxes: Sequence[Box]) -> tuple[Image.Image, list[tuple[int, int]]]:
    """The boxes cut out, enlarged and put under each other as lines of a sheet, and the top and bottom of each."""
    cuts = []
    for x0, y0, x1, y1 in boxes:
        gap = max(4, (y1 - y0) // 2)
        cut = grey.crop((x0 - gap, y0 - gap // 2, x1 + gap, y1 + gap // 2))
        larger = min(3.0, _HEIGHT / max(1, y1 - y0))
        if larger > 1.2:
            size = (round(cut.width * larger), round(cut.height * larger))
            cut = cut.resize(size, Image.Resampling.LANCZOS)
        cuts.append(cut)
    gap = _HEIGHT // 2
    sheet = Image.new("L", (max(cut.width for cut in cuts) + 2 * gap, sum(cut.height + gap for cut in cuts) + gap), 255)
    rows, y = [], gap
    for cut in cuts:
        sheet.paste(cut, (gap, y))
        rows.append((y, y + cut.height))
        y += cut.height + gap
    return sheet, rows
