"""Page images with the words' boxes drawn, for people who want to see what was read where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from ..document import Page, Scan, Word
from .image import frames, open_image
from .pdf import Pdf, draw
from .settings import OcrSettings
from .sniff import IMAGES, SNIFFED, kind_of

_COLOURS = ((0.9, (30, 130, 60)), (0.6, (210, 140, 0)), (0.0, (200, 30, 30)))
_UNKNOWN = (40, 90, 200)  # a text layer states no confidence


def keep_pages(
    scan: Scan, source: str | Path | bytes, folder: str | Path, *, settings: OcrSettings | None = None
) -> tuple[Path, ...]:
    """Save ``page-001.png`` ... in ``folder``: each page of ``scan`` with a box around every word.

    Green boxes were read with confidence 0.9 or more, orange ones with 0.6, red ones with less; blue ones come
    from a text layer. Text, ALTO and the like have no page images: nothing is saved.

    Args:
        scan: what :func:`pipeline.ocr.read` made of ``source``.
        source: the file, or its bytes.
        folder: made where it is missing.
        settings: the limits for page images.

    Raises:
        InputDamaged, InputEncrypted: ``source`` is not what was read.
    """
    folder = Path(folder)
    words: defaultdict[int, list[Word]] = defaultdict(list)
    for word in scan.words:
        words[word.page].append(word)
    kept = []
    for page, image in _images(scan, source, settings or OcrSettings()):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"page-{page.number:03d}.png"
        _marked(image, page, words[page.number]).save(path)
        kept.append(path)
    return tuple(kept)


def _images(scan: Scan, source: str | Path | bytes, settings: OcrSettings) -> Iterator[tuple[Page, Image.Image]]:
    content = source if isinstance(source, bytes) else Path(source)
    head = content[:SNIFFED] if isinstance(content, bytes) else _head(content)
    kind = kind_of(head)
    if kind == "pdf":
        with Pdf(content) as pdf:
            for page in scan.pages:
                drawable = 0 < page.width * page.height <= settings.max_pixels
                loaded = draw(pdf, page.number, (page.width, page.height, page.dpi)) if drawable else None
                if isinstance(loaded, tuple):
                    yield page, loaded[0]
    elif kind in IMAGES:
        wanted = {page.number: page for page in scan.pages}
        with open_image(content, max_pixels=settings.max_pixels) as image:
            for frame in frames(image, max_pixels=settings.max_pixels):
                loaded = frame.load() if frame.number in wanted else None
                if isinstance(loaded, tuple):
                    yield wanted[frame.number], loaded[0]


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SNIFFED)


def _marked(image: Image.Image, page: Page, words: list[Word]) -> Image.Image:
    marked = image.convert("RGB")
    pen = ImageDraw.Draw(marked)
    width = max(1, round((page.dpi or 150) / 100))
    for word in words:
        colour = _UNKNOWN
        if word.confidence is not None:
            colour = next(colour for least, colour in _COLOURS if word.confidence >= least)
        x0, y0, x1, y1 = word.box
        pen.rectangle((x0 - width, y0 - width, max(x0, x1) + width, max(y0, y1) + width), outline=colour, width=width)
    return marked
