"""``20–25`` read as ``20-25``: between digits a hyphen is half as long as the digits are high, and – nearly as long."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median

from PIL import Image

from .descent import Piece, pieces_of
from .page import Line, PageText, Token

_MARKED = re.compile(r"(?<=\d)[-–—]{1,2}(?=\d)")
_LONGER, _LONGEST = 0.5, 1.0  # of the digits' height: hyphens were at most .43, – .59 and more; — is longer
_FLAT = 0.3  # of the digits' height
_LEAST = 0.2  # of it: a narrower piece is a speck
_MIDDLE = range(30, 80)  # per cent of it, from the top
_DIGIT = 0.7  # of the tallest: a digit at least
_DIGITS = 3


def dashes_told(image: Image.Image, page: PageText) -> PageText:
    """The page with – between digits where it is as wide; ``image`` is what the page's boxes speak of."""
    if not any(_MARKED.search(token.text) for token in page.tokens):
        return page
    grey = image if image.mode == "L" else image.convert("L")

    def told(line: Line) -> Line:
        return tuple(_told(grey, token) if _MARKED.search(token.text) else token for token in line)

    paragraphs = tuple(tuple(told(line) for line in paragraph) for paragraph in page.paragraphs)
    return replace(page, paragraphs=paragraphs)


def _told(grey: Image.Image, token: Token) -> Token:
    pieces = pieces_of(grey, token.box, stops=True)
    if not pieces:
        return token
    tallest = max(piece.bottom - piece.top for piece in pieces)
    top = min(piece.top for piece in pieces if piece.bottom - piece.top == tallest)
    dashes = [piece for piece in pieces if _is_dash(piece, top, tallest)]
    heights = [high for piece in pieces if (high := piece.bottom - piece.top) > _DIGIT * tallest]
    if len(dashes) != len(_MARKED.findall(token.text)) or len(heights) < _DIGITS:
        return token
    height, found = median(heights), iter(dashes)

    def sign(read: re.Match[str]) -> str:
        dash = next(found)
        return "–" if _LONGER * height <= dash.x1 - dash.x0 <= _LONGEST * height else read[0]

    text = _MARKED.sub(sign, token.text)
    return token if text == token.text else replace(token, text=text)


def _is_dash(piece: Piece, top: float, tallest: float) -> bool:
    wide, middle = piece.x1 - piece.x0, (piece.top + piece.bottom) / 2 - top
    flat = piece.bottom - piece.top <= _FLAT * tallest and wide >= _LEAST * tallest
    return flat and round(100 * middle / tallest) in _MIDDLE
