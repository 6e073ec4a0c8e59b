"""Page by page of a PDF: keep the text layer, or read the image?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from ..document import Note
from ..quality import QualityModel, verdict
from .engine import PageImage, Pending
from .layer import read_layer
from .page import PageText
from .pdf import Pdf, PdfPage, draw
from .settings import OcrSettings

_FEW = 150  # letters: less beside a full-page image is a stamp or a page number, not the page's text
_SCANNED = 0.5  # share of the page under images from which the page is a scan
_RUINED = 0.4  # damage from which even print that was born digital is drawn and read
_SHORT = 300  # letters: a shorter page is judged together with the page before it
_KEPT = Note("ocr.text-layer-kept", "The PDF's own text layer was kept.")


def decide(pdf: Pdf, settings: OcrSettings, quality: QualityModel | None) -> Iterator[Pending]:
    """The pages of a PDF: as text where the layer is good, as an image to read where it is not."""
    judge = _Judge(quality)
    bookmarks = pdf.bookmarks()
    for number, page in enumerate(pdf.pages(), 1):
        pending = _decided(pdf, page, number, settings, judge)
        if number in bookmarks and len(bookmarks) > 1:
            pending = replace(pending, notes=(*pending.notes, Note("ocr.bookmark", bookmarks[number])))
        yield pending


def _decided(pdf: Pdf, page: PdfPage | Note, number: int, settings: OcrSettings, judge: _Judge) -> Pending:
    if isinstance(page, Note):
        return PageText(number, "ocr", notes=(page,))
    layer = read_layer(page)
    reason = _reason_to_read(page, layer, settings, judge)
    width, height, _ = page.canvas(settings)
    if reason is None:
        return replace(layer, notes=(_KEPT,)) if layer.paragraphs else layer
    if page.largest_image > settings.max_pixels or width * height > 1.1 * settings.max_pixels:
        note = Note("ocr.page-too-large", f"A page image of {page.largest_image:,} pixels was not read.")
        return replace(layer, notes=(note,))
    return _image(pdf, page, layer, reason, settings, judge)


def _image(pdf: Pdf, page: PdfPage, layer: PageText, reason: str, settings: OcrSettings, judge: _Judge) -> PageImage:
    def load() -> tuple[Image.Image, int] | Note:
        return draw(pdf, page.number, page.canvas(settings))

    if not layer.letters:
        return PageImage(page.number, load)
    note = Note("ocr.text-layer-reread", f"The page was read from its image: the text layer is {reason}.")
    return PageImage(page.number, load, (note,), layer, judge.better)


def _reason_to_read(page: PdfPage, layer: PageText, settings: OcrSettings, judge: _Judge) -> str | None:
    """Why the page's image has to be read; None to keep what the layer says."""
    scanned = page.image_share >= _SCANNED
    if settings.text_layer == "keep" and layer.letters:
        return None
    if settings.text_layer == "reread" and (scanned or not layer.letters):
        return "not wanted"
    if not layer.letters:
        return "empty"
    if scanned and layer.letters < _FEW:
        return "too short for a whole page"
    said, damage = judge.of(layer)
    if said == "clean" or (not scanned and damage < _RUINED):
        return None
    return said


class _Judge:
    """Asks the verdict about text layers; without its model only rubbish is told from text."""

    def __init__(self, model: QualityModel | None) -> None:
        self._model = model
        self._before = ""

    def of(self, layer: PageText) -> tuple[str, float]:
        """What the layer is, and how much of it is damaged (0..1)."""
        text = layer.plain
        strange = sum(ch == "\ufffd" or 0xE000 <= ord(ch) <= 0xF8FF or ch < " " for ch in text if ch != "\n")
        if strange > 0.05 * len(text):
            return "noisy", 1.0
        if self._model is None:
            return "clean", 0.0
        if layer.letters < _SHORT:
            text = f"{self._before}\n{text}"
        else:
            self._before = text
        said = verdict(text, self._model)
        return said.ocr, said.damage

    def better(self, layer: PageText, read: PageText) -> PageText:
        """Which of the two to keep: the reading, unless it is clearly the worse."""
        if self._model is None or layer.letters < _FEW:
            return read
        if read.letters < 0.5 * layer.letters or (
            verdict(read.plain, self._model).damage > verdict(layer.plain, self._model).damage + 0.02
        ):
            note = Note("ocr.text-layer-kept", "The text layer was kept: its image reads no better.")
            return replace(layer, notes=(*read.notes, note))
        return read
