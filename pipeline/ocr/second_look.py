"""A second look at single places of a page, in another language and all of a page in one go."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from ..document import Box
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
    sheet, rows = _sheet(grey, boxes)
    seen = parse(engine.read(sheet, dpi=dpi, psm=6, languages=language)).tokens
    texts = []
    for top, bottom in rows:
        row = sorted((t for t in seen if top <= (t.box.y0 + t.box.y1) / 2 < bottom), key=lambda t: t.box.x0)
        texts.append(" ".join(token.text for token in row))
    return texts


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
