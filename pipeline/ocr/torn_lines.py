"""Lines that the engine tore in two: put together, and read again as one.

On a poor page the engine takes the two halves of a line for parts of different blocks, so that one of them ends up
far away and the letters at the tear are lost. Two pieces on the same height are one line if another line of their
blocks runs on across the gap between them; between columns none does.
"""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from ..document import Box, around
from .page import Line, PageText
from .tesseract import Tesseract
from .tsv import parse

_LEVEL = 0.6  # of the lower piece's height: how much of it stands beside the other
_WIDEST = 4.0  # heights: a wider gap is no tear
_NEAR = 4.0  # heights: how far above or below the line stands that runs across
_MOST = 8  # on a page: with more, it is a table

Lines = list[tuple[int, Line]]  # with the number of the paragraph that they stand in


def torn_lines_mended(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, languages: str) -> PageText:
    """The page with such lines whole, in the place of the first of their pieces; ``image`` is what its boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    lines = [(n, line) for n, paragraph in enumerate(page.paragraphs) for line in paragraph if line]
    torn = _torn(lines)
    if not 0 < len(torn) <= _MOST:
        return page
    whole = {left: _whole(engine, image, left, right, dpi, languages) for left, right in torn.items()}
    gone = set(torn.values())
    paragraphs = (
        tuple(whole.get(line, line) for line in paragraph if line not in gone) for paragraph in page.paragraphs
    )
    return replace(page, paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph))


def _torn(lines: Lines) -> dict[Line, Line]:
    """The left and right pieces of lines; none stands in two pairs."""
    boxes = {line: around(*(token.box for token in line)) for _, line in lines}
    found: dict[Line, Line] = {}
    for a, left in lines:
        for b, right in lines:
            if a == b or not _beside(boxes[left], boxes[right]) or {left, right} & {*found, *found.values()}:
                continue
            others = (line for n, line in lines if n in (a, b) and line not in (left, right))
            if any(_across(boxes[left], boxes[right], line) for line in others):
                found[left] = right
    return found


def _beside(left: Box, right: Box) -> bool:
    height = min(left.y1 - left.y0, right.y1 - right.y0)
    level = min(left.y1, right.y1) - max(left.y0, right.y0) >= _LEVEL * height
    return level and left.x0 < right.x0 and -height < right.x0 - left.x1 < _WIDEST * height


def _across(left: Box, right: Box, other: Line) -> bool:
    """Whether a word of another line, close by, stands over or under the gap, and the line goes on behind it."""
    height = min(left.y1 - left.y0, right.y1 - right.y0)
    near = abs(other[0].box.y0 - left.y0) < _NEAR * height
    return (
        near
        and other[-1].box.x1 > right.x0 + height
        and any(token.box.x0 < right.x0 and token.box.x1 > left.x1 for token in other)
    )


def _whole(engine: Tesseract, image: Image.Image, left: Line, right: Line, dpi: int, languages: str) -> Line:
    """The line as it is read in one piece; the two pieces as they are where that finds less."""
    box, gap = around(*(token.box for token in (*left, *right))), max(4, (left[0].box.y1 - left[0].box.y0) // 3)
    grey = image if image.mode == "L" else image.convert("L")
    strip = grey.crop((box.x0 - gap, box.y0 - gap, box.x1 + gap, box.y1 + gap))
    read = parse(engine.read(strip, dpi=dpi, psm=7, languages=languages)).tokens
    x, y = box.x0 - gap, box.y0 - gap
    made = tuple(
        replace(t, box=Box(t.box.x0 + x, t.box.y0 + y, t.box.x1 + x, t.box.y1 + y))
        for t in sorted(read, key=lambda token: token.box.x0)
    )
    letters = sum(len(token.text) for token in made)
    return made if letters >= sum(len(token.text) for token in (*left, *right)) else (*left, *right)
