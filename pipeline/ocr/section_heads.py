"""``§ 191`` at the head of a line, read as a word: ``sin``, or with a number that is none: ``$ [18``.

The Swedish model does not know the sign, so that it takes sign and number for a word; but it is not sure of it. Such
a word is looked at again in English.
"""

from __future__ import annotations

import re
from dataclasses import replace

from PIL import Image

from ..document import Box, around
from .page import Line, PageText, Token
from .second_look import looked_at_again
from .tesseract import Tesseract

_UNSURE = 0.65
_SHORT = range(2, 6)  # letters of the word
_SIGN = re.compile(r"[38$&S]")
_LIKE_NUMBER = re.compile(r"[\[\]|lI\d]{1,4}[.,]?")
_HEAD = re.compile(r"\W*§ ?(\d{1,3})\W?")
_MOST = 12  # on a page


def section_heads_told(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, language: str) -> PageText:
    """The page with the sections that the second look shows; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    lines = [line for paragraph in page.paragraphs for line in paragraph]
    places = {line: words for line in lines if (words := _doubtful(line))}
    places = dict(list(places.items())[:_MOST])
    if not places:
        return page
    grey = image if image.mode == "L" else image.convert("L")
    boxes = [around(line[0].box, line[words - 1].box) for line, words in places.items()]
    seen = looked_at_again(engine, grey, boxes, dpi=dpi, language=language)
    told = {
        line: (*_head(box, shown[1], line[0]), *line[words:])
        for (line, words), box, text in zip(places.items(), boxes, seen, strict=True)
        if (shown := _HEAD.fullmatch(text))
    }
    return replace(
        page,
        paragraphs=tuple(tuple(told.get(line, line) for line in paragraph) for paragraph in page.paragraphs),
    )


def _doubtful(line: Line) -> int:
    """How many words at its beginning may be a sign and its number; 0 for none."""
    word = line[0] if line else None
    if word is None or "§" in word.text:
        return 0
    if len(line) > 1 and _SIGN.fullmatch(word.text) and _misread_number(line[1].text):
        return 2
    unsure = word.confidence is not None and word.confidence < _UNSURE
    return int(unsure and len(word.text) in _SHORT and any(ch.isalpha() for ch in word.text))


def _misread_number(text: str) -> bool:
    return bool(_LIKE_NUMBER.fullmatch(text)) and not text.rstrip(".,").isdigit()


def _head(box: Box, number: str, read: Token) -> tuple[Token, Token]:
    """Sign and number, the box shared out between them."""
    middle = box.x0 + (box.x1 - box.x0) // (len(number) + 1)
    return (
        Token("§", box._replace(x1=middle), read.confidence),
        Token(number, box._replace(x0=middle), read.confidence),
    )
