"""Raw text into the pieces that are restored: runs of letters and of what an engine reads for letters.

A piece is what the language model calls a word: ``EU-frågor`` is two, ``(KS-2021/2041)`` is three. What stands
between pieces is left alone here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LOWER, TITLE, UPPER, OTHER = range(4)

# Letters and digits; inside or at the edge of a word also the signs that stand for letters: &r, v|ll, f¢r.
_PIECE = re.compile(
    r"\|?[^\W_]+(?:[|&¢£€®©¥][^\W_]+)*"  # |GOR is IGOR
    r"|[&¢£€](?=[^\W\d_])[^\W_]+(?:[|&¢£€][^\W_]+)*"
    r"|\|(?=\s|$)"
)
_BREAK = re.compile(r"[.!?:;](?=[\s\"”)])|\n\s*\n|\n(?=\s*(?:[•●▪*»«¢°©®e-]|\d{1,2}[.)])\s)")


class Piece(NamedTuple):
    """One run of letters: raw offsets, the letters, and how it stands after what is before it.

    ``start`` is true after the end of a sentence, a blank line or a bullet; ``glued`` when no space parts it from
    the piece before (``EU-frågor``); ``number`` when it is digits only.
    """

    begin: int
    end: int
    text: str
    start: bool
    glued: bool
    number: bool


def pieces(text: str) -> list[Piece]:
    """All pieces of a text in order.

    >>> [(p.text, p.start) for p in pieces("F6r EU-fragor. | dag 12")]
    [('F6r', True), ('EU', False), ('fragor', False), ('|', True), ('dag', False), ('12', False)]
    """
    found = []
    last = 0
    for match in _PIECE.finditer(text):
        begin, end = match.span()
        between = text[last:begin]
        word = match.group()
        start = last == 0 or (between != " " and _BREAK.search(between) is not None)
        found.append(Piece(begin, end, word, start, len(between) == 1 and between in "-/’'", word.isdigit()))
        last = end
    return found


def shape(word: str) -> int:
    """Letter case of a word as one of four shapes.

    >>> [shape(w) for w in ("att", "Att", "ATT", "SiS", "I")]
    [0, 1, 2, 3, 1]
    """
    if word.islower():
        return LOWER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower() or not any(c.isalpha() for c in word[1:])):
        return TITLE
    if word.isupper():
        return UPPER
    return OTHER if any(c.isupper() for c in word) else LOWER


def dress(word: str, wanted: int) -> str:
    """A lower-case word in the wanted shape.

    >>> dress("ökad", TITLE), dress("ökad", UPPER)
    ('Ökad', 'ÖKAD')
    """
    if wanted == TITLE:
        return word[:1].upper() + word[1:]
    return word.upper() if wanted == UPPER else word
