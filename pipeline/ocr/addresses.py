"""E-mail addresses and long hexadecimal numbers, which the engine's Swedish model has no sense for.

It does not know ``@`` and reads it as Q, O or (P, and in the numbers that signatures carry it reads some characters
twice. Both are looked at again in English, and that reading is taken where it proves itself: an address that is the
same but for the sign, a number with as many characters as there are pieces of ink where the first had more or fewer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from PIL import Image

from .descent import pieces_of
from .page import PageText, Token
from .second_look import looked_at_again
from .tesseract import Tesseract

_ADDRESS = re.compile(r"(?!www\.|https?:)[^\s@/]+[^\s@/.]\.[^\s@/]*[a-z]\.[a-z]{2,3}")
_LONGEST_SIGN = 2  # characters that @ is read as
_HEXADECIMAL = re.compile(r"(?=.*\d)(?=.*[A-F])[0-9A-FGIJOQS]{16,}")
_DIGITS = str.maketrans("OQSI", "0051")
_FEWEST = 16
_MOST = 12  # on a page


def addresses_told(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, language: str) -> PageText:
    """The page with addresses and numbers as the second look proves them; ``image`` is what its boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    grey = image if image.mode == "L" else image.convert("L")
    doubted = [token for token in page.tokens if _is_doubted(grey, token)][:_MOST]
    if not doubted:
        return page
    seen = looked_at_again(engine, grey, [token.box for token in doubted], dpi=dpi, language=language)
    told = {
        token: replace(token, text=proven)
        for token, text in zip(doubted, seen, strict=True)
        if (proven := _address(token.text, text) or _number(grey, token, text))
    }
    paragraphs = tuple(
        tuple(tuple(told.get(token, token) for token in line) for line in paragraph) for paragraph in page.paragraphs
    )
    return replace(page, paragraphs=paragraphs) if told else page


def _is_doubted(grey: Image.Image, token: Token) -> bool:
    if _HEXADECIMAL.fullmatch(token.text):
        return len(pieces_of(grey, token.box)) != len(token.text)
    return bool(_ADDRESS.fullmatch(token.text))


def _address(read: str, seen: str) -> str | None:
    """The address in the second look, if it is what was read but for its sign.

    >>> _address("eva.ekQlund.se", ": eva.ek@lund.se"), _address("eva.ekQlund.se", "eva.ok@lund.se")
    ('eva.ek@lund.se', None)
    """
    for word in seen.split():
        name, sign, place = word.partition("@")
        same = read.startswith(name) and read.endswith(place)
        if sign and name and place and same and 0 < len(read) - len(name) - len(place) <= _LONGEST_SIGN:
            return word
    return None


def _number(grey: Image.Image, token: Token, seen: str) -> str | None:
    """The number in the second look, if it has as many characters as there are pieces of ink."""
    if not _HEXADECIMAL.fullmatch(token.text):
        return None
    characters = "".join(word for word in seen.split() if word.isalnum()).translate(_DIGITS)
    known = re.fullmatch(rf"[0-9A-F]{{{_FEWEST},}}", characters)
    return characters if known and len(characters) == len(pieces_of(grey, token.box)) else None
