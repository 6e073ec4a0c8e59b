"""What is done to a page image so that the engine can read it, and the way back to the page's own pixels."""

from __future__ import annotations

from PIL import Image

from .page import PageText
from .tesseract import Tesseract
from .tsv import parse


def read_prepared(engine: Tesseract, image: Image.Image, *, number: int, dpi: int) -> PageText:
    """Read one page image; boxes are in pixels of ``image``."""
    return parse(engine.read(image, dpi=dpi), number=number, dpi=dpi)
