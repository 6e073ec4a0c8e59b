"""The upright lines of a table, read as I, 1 or ], and rows of dots, read as letters: told by their ink.

An upright line is thin, and both higher and lower than the letters beside it. A row of dots is as low as a full
stop and long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from PIL import Image

from ..document import Box, around
from .descent import BESIDE, Piece, pieces_of
from .page import Line, PageText, Paragraph, Token

_LIKE_BAR = frozenset("|I1l]![)")
_CELL = frozenset("|I1l]![)Xx")
_KNOWN = 0.08  # by how much bars of a table may differ in height
_ABOVE_LETTERS = 1.06  # times as high as letters they are at least
_THIN = 0.17  # of its height
_TALL = 1.2  # of the height of the letters beside it
_ALIKE = 1.15  # times as high or low letters of the same size may be, by what is on them
_LONGEST = 5  # characters of a token that is bars and a cross
_ROW = 4  # dots at least
_FLAT = 0.35  # of the height of the words beside it, the row of dots at most
_UNSURE = 0.3  # rows of dots that were read as letters had 0 to .14
_EVEN = 0.5  # times as wide as the others a dot is at least, and twice as wide at most
_BEFORE_ROW = re.compile(r"(.*?\w[^\w\s.]?)\.{3,}\S*")


def upright_told(image: Image.Image, page: PageText) -> PageText:
    """The page with ``|`` and ``....`` where the ink has them; ``image`` is what the page's boxes speak of."""
    grey = image if image.mode == "L" else image.convert("L")
    table = [line for paragraph in page.paragraphs for line in paragraph if _has_bars(line)]
    usual = known = 0.0
    if any(_may_be_bars(token) for line in table for token in line):
        usual = _usual(grey, table)
        known = _known(grey, table, usual)
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [_barred(grey, _dotted(grey, line), usual, known) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))


def _usual(grey: Image.Image, lines: list[Line]) -> float:
    """How high letters are on the lines of a table, of which one may have none, or a ring on its tallest."""
    heights = [height for line in lines if (height := _letters(grey, line))]
    return median(heights) if heights else 0.0


def _known(grey: Image.Image, lines: list[Line], usual: float) -> float:
    """How high the bars are that were read as bars; 0 where there are none, or they are no higher than letters."""
    bars = [token for line in lines for token in line if token.text == "|" and (token.confidence or 0) >= _UNSURE]
    heights = [piece.bottom - piece.top for bar in bars for piece in pieces_of(grey, bar.box)]
    known = median(heights) if heights else 0.0
    return known if known >= _ABOVE_LETTERS * usual else 0.0


def _has_bars(line: Line) -> bool:
    """Whether it has two characters that may be upright lines."""
    cells = [token.text for token in line if set(token.text) <= _CELL]
    return sum(character in _LIKE_BAR for text in cells for character in text) >= 2


def _barred(grey: Image.Image, line: Line, usual: float, known: float) -> Line:
    if not usual or not _has_bars(line) or not any(_may_be_bars(token) for token in line):
        return line
    height = _letters(grey, line)
    height = min(height, usual) if usual / _ALIKE < height < usual * _ALIKE else height or usual
    made: list[Token] = []
    for token in line:
        made += (_may_be_bars(token) and _bars(grey, token, height, known)) or [token]
    return tuple(made)


def _may_be_bars(token: Token) -> bool:
    text = token.text
    return text != "|" and len(text) <= _LONGEST and set(text) <= _CELL and bool(set(text) & _LIKE_BAR)


def _letters(grey: Image.Image, line: Line) -> float:
    """The height of the line's tallest letters; 0 where it has none."""
    words = [
        token
        for token in line
        if len(token.text) > 2
        and token.text.isalpha()
        and not set(token.text) <= _LIKE_BAR
        and (token.confidence or 0) >= _UNSURE
    ]
    tallest = [
        max(piece.bottom - piece.top for piece in found) for word in words if (found := pieces_of(grey, word.box))
    ]
    return median(tallest) if tallest else 0.0


def _bars(grey: Image.Image, token: Token, height: float, known: float) -> list[Token]:
    """The token's bars and crosses one by one; nothing unless its ink is just that."""
    crosses = [character for character in token.text if character in "Xx"]
    made: list[Token] = []
    for piece in pieces_of(grey, token.box):
        tall = piece.bottom - piece.top
        enough = min(_TALL * height, (1 - _KNOWN) * known) if known else _TALL * height
        bar = tall >= enough and piece.x1 - piece.x0 <= _THIN * tall
        if not bar and not crosses:
            return []
        made.append(Token("|" if bar else crosses.pop(0), _box(token.box, piece), token.confidence))
    return [] if crosses else made


def _box(around: Box, piece: Piece) -> Box:
    x0, y0 = around.x0 - BESIDE, around.y0 - BESIDE
    return Box(x0 + piece.x0, round(y0 + piece.top), x0 + piece.x1, round(y0 + piece.bottom))


def _dotted(grey: Image.Image, line: Line) -> Line:
    """The line with its rows of dots as dots, one token for each row."""
    if not any(_may_be_row(token) for token in line):
        return line
    flat = _FLAT * _letters(grey, line)
    made: list[Token] = []
    for token in line:
        dots = _dots(grey, token.box, flat)
        if made and made[-1].text.endswith("." * _ROW) and dots:
            made[-1] = _longer(grey, made[-1], token, dots, flat)
        elif dots >= _ROW and _may_be_row(token):
            begun = _dots(grey, made[-1].box, flat) if made and len(made[-1].text) > 1 else 0
            before = made.pop() if begun > 1 else None
            row = replace(token, text="." * dots)
            made.append(_longer(grey, replace(before, text="." * begun), row, dots, flat) if before else row)
        else:
            made.append(_with_row(grey, token, flat))
    return tuple(made)


def _longer(grey: Image.Image, row: Token, token: Token, dots: int, flat: float) -> Token:
    """The token that ends with a row of dots, with those of the next token, which may be some of the same."""
    if token.box.x1 <= row.box.x1 + flat:
        return row
    box = around(row.box, token.box)
    known = _dots(grey, box, flat) if set(row.text) == {"."} else 0
    return replace(row, text="." * known if known else row.text + "." * dots, box=box)


def _may_be_row(token: Token) -> bool:
    """Whether it is long and seldom a word: letters were read with no confidence, or dots."""
    return len(token.text) >= _ROW and (".." in token.text or (token.confidence or 0) < _UNSURE)


def _dots(grey: Image.Image, box: Box, flat: float) -> int:
    """How many dots the ink is, if it is nothing else; 0 otherwise."""
    pieces = pieces_of(grey, box)
    return len(pieces) if pieces and _low(pieces) == len(pieces) and _height(pieces) <= flat else 0


def _with_row(grey: Image.Image, token: Token, flat: float) -> Token:
    """The token with the row of dots at its end, if it has one, as dots."""
    found = _BEFORE_ROW.fullmatch(token.text)
    if not found:
        return token
    pieces = pieces_of(grey, token.box, stops=True)
    dots = next((n for n in range(len(pieces) - 1, _ROW, -1) if _height(pieces[-n:]) <= flat), 0)
    return replace(token, text=found[1] + "." * dots) if dots and _low(pieces[-dots:]) == dots else token


def _height(pieces: Sequence[Piece]) -> float:
    return max(piece.bottom for piece in pieces) - min(piece.top for piece in pieces)


def _low(pieces: Sequence[Piece]) -> int:
    """How many of the pieces are as wide as a dot of their row."""
    widths = [piece.x1 - piece.x0 for piece in pieces]
    usual = median(widths)
    return sum(_EVEN * usual <= width <= usual / _EVEN for width in widths)
