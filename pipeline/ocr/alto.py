"""ALTO 2 to 4: what library scanners and OCR servers write."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..document import Box, Note
from .page import Line, PageText, Paragraph, Token
from .xml import children, find, local, number_of, tree


def read_alto(data: bytes) -> Iterator[PageText]:
    """The pages of an ALTO file.

    A word that is hyphenated over a line end stays as it is printed: two parts, the first with its hyphen.

    Raises:
        InputDamaged: it is not well-formed.
    """
    root = tree(data, "ALTO")
    measured = find(root, "MeasurementUnit")
    unit = (measured.text or "pixel").strip() if measured is not None else "pixel"
    pages = [element for element in root.iter() if local(element) == "Page"]
    for number, page in enumerate(pages, 1):
        yield _page(page, number, unit)


def _page(page: Element, number: int, unit: str) -> PageText:
    dpi = {"mm10": 254, "inch1200": 1200}.get(unit, 0)
    paragraphs = tuple(p for p in (_block(block) for block in page.iter() if local(block) == "TextBlock") if p)
    width, height = round(number_of(page, "WIDTH")), round(number_of(page, "HEIGHT"))
    notes: tuple[Note, ...] = ()
    if unit not in ("pixel", "mm10", "inch1200"):
        notes = (Note("ocr.unknown-unit", f"The ALTO file measures in {unit!r}; its numbers are taken for pixels."),)
    return PageText(number, "given", paragraphs, width, height, dpi, notes)


def _block(block: Element) -> Paragraph:
    lines = (_line(line) for line in children(block, "TextLine"))
    return tuple(line for line in lines if line)


def _line(line: Element) -> Line:
    tokens: list[Token] = []
    glued = False  # strings without a space between them are one word
    for element in line:
        kind = local(element)
        if kind == "SP":
            glued = False
        elif kind == "HYP" and tokens:
            tokens[-1] = _joined(tokens[-1], element.get("CONTENT") or "-", _box(element))
        elif kind == "String":
            for token in _tokens(element):
                if glued and tokens and _touch(tokens[-1].box, token.box):
                    tokens[-1] = _joined(tokens[-1], token.text, token.box)
                else:
                    tokens.append(token)
            glued = True
    return tuple(tokens)


def _tokens(element: Element) -> Iterator[Token]:
    """Usually one; a String that holds blanks is taken apart, its box shared."""
    confidence = element.get("WC")
    known = max(0.0, min(1.0, float(confidence))) if confidence else None
    for text in (element.get("CONTENT") or "").split():
        yield Token(text, _box(element), known)


def _box(element: Element) -> Box:
    x, y = number_of(element, "HPOS"), number_of(element, "VPOS")
    return Box(round(x), round(y), round(x + number_of(element, "WIDTH")), round(y + number_of(element, "HEIGHT")))


def _touch(left: Box, right: Box) -> bool:
    """Whether two strings without an SP between them also stand close: some writers leave SP out everywhere."""
    return left.x1 > left.x0 and 0 <= right.x0 - left.x1 < 0.12 * (left.y1 - left.y0)


def _joined(token: Token, text: str, box: Box) -> Token:
    if token.text.endswith(text) and text in "-\u00ad\u2010":
        return token
    whole = token.box
    if box.x1 > box.x0:
        whole = Box(min(whole.x0, box.x0), min(whole.y0, box.y0), max(whole.x1, box.x1), max(whole.y1, box.y1))
    return Token(token.text + text.replace("\u00ad", "-"), whole, token.confidence)
