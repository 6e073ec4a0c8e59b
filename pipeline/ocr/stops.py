"""Commas read as full stops, and full stops read as commas: a comma hangs below the line, a full stop stands on it."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from ..document import Box
from .descent import stop_depth
from .page import Line, PageText, Paragraph, Token

_HANGS = 0.07  # of the letters' height: full stops were at most .04 below the line, commas .05 to .3
_STANDS = 0.015
_BEFORE = 4  # characters that the stop is held against
_UNEVEN = frozenset("gjpqyçQ,;()[]/|_§$")  # that hang themselves


def stops_told(image: Image.Image, page: PageText) -> PageText:
    """The page with the stop at a word's end as its ink has it; ``image`` is what the page's boxes speak of."""
    grey = image if image.mode == "L" else image.convert("L")
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [tuple(_told(grey, token) for token in line) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))


def _told(grey: Image.Image, token: Token) -> Token:
    word, stop = token.text[:-1], token.text[-1:]
    if stop not in (".", ",") or not word[-1:].isalnum() or set(word[-_BEFORE:]) & _UNEVEN:
        return token
    depth = stop_depth(grey, _end(token))
    if depth is None or not (depth >= _HANGS if stop == "." else depth <= _STANDS):
        return token
    return replace(token, text=word + ("," if stop == "." else "."))


def _end(token: Token) -> Box:
    """The box of the token's last few characters."""
    box, share = token.box, min(1.0, (_BEFORE + 0.5) / len(token.text))
    return Box(round(box.x1 - share * (box.x1 - box.x0)), box.y0, box.x1, box.y1)
