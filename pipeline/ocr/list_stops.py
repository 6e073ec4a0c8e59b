"""The full stop of ``1.`` at the head of an item, where it was not read and the next item has its own.

A stop is a speck of ink behind the number, on the line; the engine takes it for the foot of a 1 in narrow print.
"""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from .descent import pieces_of
from .page import Line, PageText

_STOP = 0.35  # of the digits' height
_LEVEL = 0.15  # of it: how far from the line the stop may end
_ALIGNED = 1.0  # heights: items begin below each other


def list_stops_told(image: Image.Image, page: PageText) -> PageText:
    """The page with the stops of such items; ``image`` is what the page's boxes speak of."""
    lines = [line for paragraph in page.paragraphs for line in paragraph if line]
    heads = {line[0].text: line for line in lines if line[0].text[:-1].isdigit() and line[0].text.endswith(".")}
    bare = [line for line in lines if len(line) > 1 and line[0].text.isdigit() and len(line[0].text) <= 2]
    bare = [line for line in bare if _is_sister(line, heads)]
    if not bare:
        return page
    grey = image if image.mode == "L" else image.convert("L")
    told = {line: (replace(line[0], text=f"{line[0].text}."), *line[1:]) for line in bare if _has_stop(grey, line)}
    paragraphs = tuple(tuple(told.get(line, line) for line in paragraph) for paragraph in page.paragraphs)
    return replace(page, paragraphs=paragraphs)


def _is_sister(line: Line, heads: dict[str, Line]) -> bool:
    """Whether an item with the number before or after stands with a stop at the same margin."""
    number, box = int(line[0].text), line[0].box
    near = (heads[head] for other in (number - 1, number + 1) if (head := f"{other}.") in heads)
    return any(abs(other[0].box.x0 - box.x0) <= _ALIGNED * (box.y1 - box.y0) for other in near)


def _has_stop(grey: Image.Image, line: Line) -> bool:
    box = line[0].box._replace(x1=max(line[0].box.x1, line[1].box.x0 - 3))
    pieces = pieces_of(grey, box, stops=True)
    if len(pieces) != len(line[0].text) + 1:
        return False
    *digits, stop = pieces
    height = max(piece.bottom - piece.top for piece in digits)
    ground = max(piece.bottom for piece in digits)
    return stop.bottom - stop.top <= _STOP * height and abs(stop.bottom - ground) <= _LEVEL * height
