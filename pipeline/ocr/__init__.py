"""Reading: any file to a Scan (raw text, pages, words with boxes). The only stage that touches the world."""

from .bundle import split
from .keep import keep_pages
from .read import read
from .settings import EngineReport, OcrSettings
from .tesseract import probe

__all__ = ["EngineReport", "OcrSettings", "keep_pages", "probe", "read", "split"]
