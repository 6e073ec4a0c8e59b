"""hOCR: HTML with boxes, as Tesseract, OCRopus and archives write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..document import Box
from .page import Line, PageText, Paragraph, Token

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"})


def read_hocr(data: bytes) -> Iterator[PageText]:
    """The pages of an hOCR file; it need not be well-formed XML."""
    parser = _Parser()
    parser.feed(data.decode("utf-8-sig", "replace"))
    parser.close()
    for number, page in enumerate(parser.pages, 1):
        paragraphs: list[Paragraph] = []
        for paragraph in page.paragraphs:
            lines: list[Line] = [tuple(line) for line in paragraph if line]
            if lines:
                paragraphs.append(tuple(lines))
        width, height = page.box.x1 - page.box.x0, page.box.y1 - page.box.y0
        yield PageText(number, "given", tuple(paragraphs), width, height, page.dpi)


@dataclass
class _Page:
    box: Box
    dpi: int
    paragraphs: list[list[list[Token]]] = field(default_factory=list)


class _Parser(HTMLParser):
    """Follows the open elements; a page holds paragraphs, a paragraph lines, a line words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[_Page] = []
        self._open: list[tuple[str, str]] = []  # tag and hOCR class
        self._word: tuple[Box, float | None] | None = None
        self._text: list[str] = []
        self._word_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        found = dict(attrs)
        kind = next((c for c in (found.get("class") or "").split() if c.startswith("ocr")), "")
        title = found.get("title") or ""
        self._open.append((tag, kind))
        if kind == "ocr_page":
            self.pages.append(_Page(_box(title), _dpi(title)))
        elif not self.pages:
            return
        elif kind in ("ocr_par", "ocr_carea"):
            self.pages[-1].paragraphs.append([])
        elif kind in _LINES:
            if not self.pages[-1].paragraphs:
                self.pages[-1].paragraphs.append([])
            self.pages[-1].paragraphs[-1].append([])
        elif kind == "ocrx_word" or (kind == "ocr_word" and self._word is None):
            self._word, self._text, self._word_depth = (_box(title), _confidence(title)), [], len(self._open)

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in (open_tag for open_tag, _ in self._open):
            return
        while self._open:
            closed, _ = self._open.pop()
            if self._word is not None and len(self._open) < self._word_depth:
                self._finish_word()
            if closed == tag:
                return

    def _finish_word(self) -> None:
        assert self._word is not None
        box, confidence = self._word
        self._word = None
        paragraphs = self.pages[-1].paragraphs
        if not paragraphs:
            paragraphs.append([])
        if not paragraphs[-1]:
            paragraphs[-1].append([])
        for text in "".join(self._text).split():
            paragraphs[-1][-1].append(Token(text, box, confidence))


def _box(title: str) -> Box:
    match = re.search(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)", title)
    return Box(*map(int, match.groups())) if match else Box(0, 0, 0, 0)


def _dpi(title: str) -> int:
    match = re.search(r"\bscan_res\s+(\d+)", title)
    return int(match[1]) if match else 0


def _confidence(title: str) -> float | None:
    match = re.search(r"\bx_wconf\s+(\d+(?:\.\d+)?)", title)
    return min(1.0, float(match[1]) / 100) if match else None
