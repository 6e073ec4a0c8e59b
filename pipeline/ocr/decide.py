"""Page by page of a PDF: keep the text layer, or read the image?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..document import Note
from .engine import PageImage, Pending
from .layer import read_layer
from .page import PageText
from .pdf import Pdf, PdfPage, draw
from .settings import OcrSettings

if TYPE_CHECKING:
    from ..quality import QualityModel

_FEW = 150  # letters: less beside a full-page image is a stamp or a page number, not the page's text
_SCANNED = 0.5  # share of the page under images from which the page is a scan


def decide(pdf: Pdf, settings: OcrSettings, quality: QualityModel | None) -> Iterator[Pending]:
    """The pages of a PDF: as text where the layer is good, as an image to read where it is not."""
    for number, page in enumerate(pdf.pages(), 1):
        if isinstance(page, Note):
            yield PageText(number, "ocr", notes=(page,))
            continue
        layer = read_layer(page)
        reason = _reason_to_read(page, layer, settings, quality)
        if reason is None:
            note = Note("ocr.text-layer-kept", "The PDF's own text layer was kept.")
            yield replace(layer, notes=(note,)) if layer.paragraphs else layer
        elif page.largest_image > settings.max_pixels:
            note = Note("ocr.page-too-large", f"An image of {page.largest_image:,} pixels was not read.")
            yield replace(layer, notes=(note,))
        else:
            yield _image(pdf, page, layer, reason, settings)


def _image(pdf: Pdf, page: PdfPage, layer: PageText, reason: str, settings: OcrSettings) -> PageImage:
    notes: tuple[Note, ...] = ()
    if layer.letters:
        notes = (Note("ocr.text-layer-reread", f"The page was read from its image: the text layer is {reason}."),)
    return PageImage(page.number, lambda: draw(pdf, page.number, page.canvas(settings)), notes)


def _reason_to_read(page: PdfPage, layer: PageText, settings: OcrSettings, quality: QualityModel | None) -> str | None:
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
    judged = _judge(layer, quality)
    if judged == "clean" or (judged in ("wrong-language", "mixed") and not scanned):
        return None
    return judged


def _judge(layer: PageText, quality: QualityModel | None) -> str:
    """The verdict on a page's text; without a model only rubbish is told from text."""
    text = "\n".join(" ".join(token.text for token in line) for paragraph in layer.paragraphs for line in paragraph)
    if quality is not None:
        from ..quality import verdict

        return verdict(text, quality).ocr
    strange = sum(ch == "\ufffd" or 0xE000 <= ord(ch) <= 0xF8FF or ch < " " for ch in text.replace("\n", ""))
    return "noisy" if strange > 0.05 * len(text) else "clean"
