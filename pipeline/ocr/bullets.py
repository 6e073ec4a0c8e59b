"""List marks and dashes by their shape.

Tesseract's Swedish model does not know ``•``: it reads e, », « or +, and says so with great confidence. What stands
alone at the beginning of a line, is as wide as it is high, and much smaller than the letters beside it, is a mark:
a dot in the middle of the line, an asterisk at its top. The model knows ``-`` and ``—`` only; what stands
alone and is longer than a hyphen, but not nearly as long as the page's words are high, is ``–``.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from .page import Line, PageText, Token

_LIKE_DOT = frozenset("eo0*+»«°®©¢>·")
_SURELY_DOT = frozenset({"»", "«", "»«", "«»", "+»", "»+"})  # never printed alone and this small
_LIKE_STAR = frozenset("*+»«>'\"”’“x")
_DASHES = frozenset("-–—")
_LONGER, _LONGEST = 0.45, 0.86  # of the page's lower words: hyphens were at most .44, – .46 to .77, — .96 and more
_WORD = 4  # characters of a word whose height counts: boxes are often too high, so that the lower quarter is taken
_UPRIGHT = 2.0  # times as high as wide
_SMALL, _LARGE = 0.28, 0.62  # of the height of the words beside it
_MIDDLE, _NEAR_MIDDLE = (0.4, 0.6), (0.35, 0.68)  # below the words' tops; rings and dots raise those
_SMALLEST = 0.18  # of it, where it was read as nothing else than a mark can be
_ROUND = 0.14  # by how much of that height width and height may differ


def bullets_restored(page: PageText) -> PageText:
    """The page with ``•`` and ``*`` where a line begins with their shape, and with ``–``. Boxes must lie upright."""
    heights = sorted(token.box.y1 - token.box.y0 for token in page.tokens if len(token.text) >= _WORD)
    height = heights[len(heights) // 4] if heights else 0
    paragraphs = tuple(tuple(_dashed(_marked(line), height) for line in paragraph) for paragraph in page.paragraphs)
    return page if paragraphs == page.paragraphs else replace(page, paragraphs=paragraphs)


def _marked(line: Line) -> Line:
    if len(line) < 2 or not (len(line[0].text) == 1 or line[0].text in _SURELY_DOT):
        return line
    mark = _mark(line[0], line[1:])
    return (replace(line[0], text=mark), *line[1:]) if mark else line


def _dashed(line: Line, height: int) -> Line:
    """The line with short dashes where they are short, and without upright ones: those are dirt."""
    words = any(ch.isalnum() for other in line for ch in other.text)
    if not words or not height or not any(token.text in _DASHES for token in line):
        return line
    made: list[Token] = []
    for token in line:
        wide, high = token.box.x1 - token.box.x0, token.box.y1 - token.box.y0
        if token.text not in _DASHES or high <= _UPRIGHT * wide:
            longer = token.text == "—" or (token.text == "-" and wide >= _LONGER * height)
            dash = longer and wide <= _LONGEST * height
            made.append(replace(token, text="–") if dash else token)
    return tuple(made)


def _mark(token: Token, beside: Line) -> str | None:
    height = median(other.box.y1 - other.box.y0 for other in beside)
    if height <= 0:
        return None
    wide, high = (token.box.x1 - token.box.x0) / height, (token.box.y1 - token.box.y0) / height
    sure = token.text in _SURELY_DOT
    small, (upper, lower) = (_SMALLEST, _NEAR_MIDDLE) if sure else (_SMALL, _MIDDLE)
    if not (small <= high <= _LARGE and small <= wide <= _LARGE and abs(wide - high) <= _ROUND):
        return None
    middle = ((token.box.y0 + token.box.y1) / 2 - min(other.box.y0 for other in beside[:3])) / height
    if (token.text in _LIKE_DOT or sure) and upper <= middle <= lower:
        return "•"
    return "*" if token.text in _LIKE_STAR and 0.1 <= middle < 0.36 else None
