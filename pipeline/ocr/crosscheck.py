"""Where two engines are worth more than one: possible §, words with digits, and words that were read unsurely.

The second engine sees single words, so a page costs it a twentieth of Tesseract's time. It changes a word only when it
is sure of every letter of its own reading, and never to take a ring or dots off a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from ..document import Box, Note
from .page import Line, PageText, Token
from .ppocr import LineReader, Reading
from .signs import Place, places_in, sign_in

_UNSURE = 0.7  # Tesseract's confidence under which a word is read again
_SURE = 0.9  # the second engine's confidence from which it is believed
_SURER = 0.95  # where Tesseract was sure of another number
_SURE_OF_SIGN = 0.6
_MOST = 150  # words on a page: a table of figures would cost as much as the page itself
_FOREIGN = re.compile(r"[^\u0020-\u024f–—‘’“”„…•€§]")
_CHANGED = Note("ocr.cross-checked", "Signs, numbers and unsure words that a second engine read otherwise, and surely.")


def cross_checked(reader: LineReader, image: Image.Image, page: PageText) -> PageText:
    """The page with what the second engine knows better; ``image`` is what the page's boxes speak of."""
    grey = image if image.mode == "L" else image.convert("L")
    left = _MOST
    paragraphs, changes = [], 0
    for paragraph in page.paragraphs:
        lines = []
        for line in paragraph:
            places = places_in(line)[:left]
            left -= len(places)
            doubtful = _doubtful(line)[:left]
            left -= len(doubtful)
            changed = _checked(reader, grey, line, places, doubtful)
            changes += sum(a != b for a, b in zip(line, changed, strict=True))
            lines.append(changed)
        paragraphs.append(tuple(lines))
    if not changes:
        return page
    return replace(page, paragraphs=tuple(paragraphs), notes=(*page.notes, replace(_CHANGED, count=changes)))


def _doubtful(line: Line) -> list[int]:
    """The indexes of the words to read again."""
    return [
        i
        for i, token in enumerate(line)
        if any(ch.isdigit() for ch in token.text)
        or (token.confidence is not None and token.confidence < _UNSURE and sum(ch.isalnum() for ch in token.text) > 1)
    ]


def _checked(reader: LineReader, grey: Image.Image, line: Line, places: Sequence[Place], doubtful: list[int]) -> Line:
    made = list(line)
    for place in places:
        said = reader.read_line(_cut(grey, place.box))
        if said.confidence >= _SURE_OF_SIGN and (text := sign_in(place, said.text)):
            made[line.index(place.token)] = replace(place.token, text=text)
    for i in doubtful:
        if made[i] == line[i] and "§" not in line[i].text:
            made[i] = _settled(line[i], reader.read_line(_cut(grey, line[i].box)))
    return tuple(made)


def _settled(token: Token, said: Reading) -> Token:
    """The token as it is, or with the second engine's text."""
    text, before = said.text.replace(" ", ""), token.text
    needed = _SURER if (token.confidence or 0.0) >= _SURE else _SURE
    if said.confidence < needed or text == before or not text or _FOREIGN.search(text):
        return token
    if abs(len(text) - len(before)) > 2 or (_bare(text) == _bare(before) and _marks(text) < _marks(before)):
        return token
    return replace(token, text=text, confidence=said.confidence)


def _bare(text: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))


def _marks(text: str) -> int:
    return sum(1 for ch in unicodedata.normalize("NFD", text) if unicodedata.combining(ch))


def _cut(grey: Image.Image, box: Box) -> Image.Image:
    """The box with a little paper around it."""
    gap = max(2, (box.y1 - box.y0) // 6)
    return grey.crop((box.x0 - gap, box.y0 - gap, box.x1 + gap, box.y1 + gap))
