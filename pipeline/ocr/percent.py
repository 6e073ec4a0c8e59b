"""``%``, which Tesseract's Swedish model does not know and reads as 26, 90, 96 or 960.

Two digits are two pieces of ink, and where they touch they are half as wide again as a digit is high. A per cent sign
is one piece, about as wide as it is high. Where a number ends so it is looked at again in English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PIL import Image

from ..document import Box, around
from .descent import pieces_of
from .page import Line, PageText, Token
from .second_look import looked_at_again
from .tesseract import Tesseract

_LIKE_PERCENT = tuple(
    re.compile(rf"(\(?)(\d{{0,3}}(?:[.,]\d{{1,2}})?)([02-689]{{{digits}}})([.,:;)]{{0,3}})") for digits in (2, 3)
)
_NUMBER = re.compile(r"\(?([–-]?\d+(?:[.,]\d+)?)")
_SHOWN = re.compile(r"(\d[\d.,]*) ?%")
_NARROWEST, _WIDEST = 0.8, 1.2  # times its height: digits were at most .72 wide, two that touch at least 1.26
_SPACED = 0.4  # of its height: a blank before it
_MOST = 40  # on a page


@dataclass(frozen=True, slots=True)
class _Place:
    """A token that may end in a per cent sign: the number before the sign, and what to make of the token."""

    token: Token
    box: Box
    number: str
    text: str


def percents_told(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, language: str) -> PageText:
    """The page with ``%`` where ink and second look show one; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    grey = image if image.mode == "L" else image.convert("L")
    lines = [line for paragraph in page.paragraphs for line in paragraph]
    places = [place for line in lines for i in range(len(line)) if (place := _place(grey, line, i))][:_MOST]
    if not places:
        return page
    seen = looked_at_again(engine, grey, [place.box for place in places], dpi=dpi, language=language)
    told = {
        place.token: replace(place.token, text=place.text)
        for place, text in zip(places, seen, strict=True)
        if any(shown[1].replace(".", ",").endswith(place.number) for shown in _SHOWN.finditer(text))
    }
    paragraphs = tuple(
        tuple(tuple(told.get(token, token) for token in line) for line in paragraph) for paragraph in page.paragraphs
    )
    return replace(page, paragraphs=paragraphs)


def _place(grey: Image.Image, line: Line, i: int) -> _Place | None:
    """The token at ``i`` if it may be or end in a sign by its ink."""
    readings = (found for pattern in _LIKE_PERCENT if (found := pattern.fullmatch(line[i].text)))
    return next((place for found in readings if (place := _sign_in(grey, line, i, found))), None)


def _sign_in(grey: Image.Image, line: Line, i: int, found: re.Match[str]) -> _Place | None:
    token, before = line[i], line[i - 1] if i else None
    bracket, number, _, behind = found.groups()
    own = number.replace(".", ",")
    if number:
        known, box = own, token.box
    elif before and (other := _NUMBER.fullmatch(before.text)) and not bracket:
        known, box = other[1].lstrip("–-").replace(".", ","), around(before.box, token.box)
    else:
        return None
    pieces = pieces_of(grey, token.box)
    first = len(bracket) + sum(ch.isdigit() for ch in number)
    if len(pieces) != first + 1 + behind.count(")"):
        return None
    sign = pieces[first]
    height = sign.bottom - sign.top
    if not _NARROWEST <= (sign.x1 - sign.x0) / height <= _WIDEST:
        return None
    blank = " " if number and sign.x0 - pieces[first - 1].x1 >= _SPACED * height else ""
    return _Place(token, box, known, f"{bracket}{number}{blank}%{behind}")
