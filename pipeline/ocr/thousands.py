"""``20 019`` read as ``20019``: the blank between thousands, which is narrower than one between words.

Digits stand as far from each other as they are wide. Where the step from one digit to the next is longer before the
last three than anywhere else in the number, and so is the white between them, there is a blank.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PIL import Image

from .descent import BESIDE, pieces_of
from .page import Line, PageText, Token

_DIGITS = range(4, 7)
_STEP = 1.3  # times the next longest: steps with a blank were 1.4 times the others
_WHITE = 1.7  # times the next widest
_BLANK = 0.3  # of the digits' height


def thousands_parted(image: Image.Image, page: PageText) -> PageText:
    """The page with such numbers as two words; ``image`` is what the page's boxes speak of."""
    grey = image if image.mode == "L" else image.convert("L")
    paragraphs = tuple(tuple(_parted(grey, line) for line in paragraph) for paragraph in page.paragraphs)
    return page if paragraphs == page.paragraphs else replace(page, paragraphs=paragraphs)


def _parted(grey: Image.Image, line: Line) -> Line:
    if not any(_may_have_blank(token) for token in line):
        return line
    return tuple(part for token in line for part in (_parts(grey, token) if _may_have_blank(token) else (token,)))


def _may_have_blank(token: Token) -> bool:
    digits = token.text.rstrip(".,")
    return digits.isdigit() and len(digits) in _DIGITS and digits[0] != "0" and len(token.text) - len(digits) < 2


def _parts(grey: Image.Image, token: Token) -> tuple[Token, ...]:
    digits = len(token.text.rstrip(".,"))
    pieces = pieces_of(grey, token.box)
    if len(pieces) != digits:
        return (token,)
    at = digits - 4  # the step before the last three
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(pieces)]
    white = [b.x0 - a.x1 for a, b in pairwise(pieces)]
    step, blank = steps.pop(at), white.pop(at)
    height = max(piece.bottom - piece.top for piece in pieces)
    if step < _STEP * max(steps) or blank < _WHITE * max(white) or blank < _BLANK * height:
        return (token,)
    left, right = pieces[at].x1 + token.box.x0 - BESIDE, pieces[at + 1].x0 + token.box.x0 - BESIDE
    return (
        replace(token, text=token.text[: at + 1], box=token.box._replace(x1=left)),
        replace(token, text=token.text[at + 1 :], box=token.box._replace(x0=right)),
    )
