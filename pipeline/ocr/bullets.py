"""List marks and dashes by their shape.

Tesseract's Swedish model does not know ``•``: it reads e, », « or +, and says so with great confidence. What stands
alone at the beginning of a line, is as wide as it is high, and much smaller than the letters beside it, is a mark:
a dot in the middle of the line, an asterisk at its top. The model knows ``-`` and ``—`` only; what stands
alone and is longer than a hyphen, but no longer than the words are high, is ``–``.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from .page import Line, PageText, Token

_LIKE_DOT = frozenset("eo0*+»«°®©¢>·")
_SURELY_DOT = frozenset({"»", "«", "»«", "«»", "+»", "»+"})  # never printed alone and this small
_LIKE_STAR = frozenset("*+»«>'\"”’“x")
_DASHES = frozenset("-–—")
_LONGER = 0.45  # of the words' height: hyphens that stood alone were at most .42 long, dashes .46 and more
_UPRIGHT = 2.0  # times as high as wide
_SMALL, _LARGE = 0.28, 0.62  # of the height of the words beside it
_MIDDLE, _NEAR_MIDDLE = (0.4, 0.6), (0.35, 0.68)  # below the words' tops; rings and dots raise those
_SMALLEST = 0.18  # of it, where it was read as nothing else than a mark can be
_ROUND = 0.14  # by how much of that height width and height may differ


def bullets_restored(page: PageText) -> PageText:
    """The page with ``•`` and ``*`` where a line begins with their shape, and with ``–``. Boxes must lie upright."""
    paragraphs = tuple(tuple(_dashed(_marked(line)) for line in paragraph) for paragraph in page.paragraphs)
    return page if paragraphs == page.paragraphs else replace(page, paragraphs=paragraphs)


def _marked(line: Line) -> Line:
    if len(line) < 2 or not (len(line[0].text) == 1 or line[0].text in _SURELY_DOT):
        return line
    mark = _mark(line[0], line[1:])
    return (replace(line[0], text=mark), *line[1:]) if mark else line


def _dashed(line: Line) -> Line:
    """The line with short dashes where they are short, and without upright ones: those are dirt."""
    words = [other.box.y1 - other.box.y0 for other in line if any(ch.isalnum() for ch in other.text)]
    if not words or not any(token.text in _DASHES for token in line):
        return line
    short, made = median(words), []
    for token in line:
        wide, high = token.box.x1 - token.box.x0, token.box.y1 - token.box.y0
        if token.text not in _DASHES or high <= _UPRIGHT * wide:
            dash = wide <= short and (token.text == "—" or (token.text == "-" and wide >= _LONGER * short))
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
