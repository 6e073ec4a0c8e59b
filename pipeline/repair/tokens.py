"""Raw text into the pieces that are restored: runs of letters and of what an engine reads for letters.

A piece is what the language model calls a word: ``EU-frågor`` is two, ``(KS-2021/2041)`` is three. What stands
between pieces is left alone here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

LOWER, TITLE, UPPER, OTHER = range(4)

# Letters and digits; inside or at the edge of a word also the signs that stand for letters: &r, v|ll, f¢r.
_PIECE = re.compile(
    r"(?:\||(?<![^\s(])[\[{](?=\w+(?:[-.,;:]|\s)(?![^\n]*[\]}])))?"  # |GOR is IGOR, {drott is Idrott
    r"[^\W_]+(?:(?:[|&¢£€®©¥@]|(?<=[a-zåäö])!(?=[a-zåäö]))[^\W_]+)*"
    r"(?:(?<=[^\W\d_])(?:[&@}€¢](?![^\s.,;:)])|!(?=\s[a-zåäö])))?"  # s& is så, fal! is fall
    r"|[&¢£€@](?=[^\W\d_])[^\W_]+(?:[|&¢£€@][^\W_]+)*"
    r"|(?<![)|\]] )\|(?=\s+[^\W_]{2})"
)
INSIDE, START, HALFWAY = range(3)
_BREAK = re.compile(r"[.!?:;](?=[\s\"”)])")
_ITEM = re.compile(r"\n\s*(?:[•●▪*»«¢°©®e-]|\d{1,2}[.)])\s")
_HALF = re.compile(r"[)\]]? (?:[-–—&/] )?[(\"”]?|[)\]]? [-–—&/] ")


class Piece(NamedTuple):
    """One run of letters: raw offsets, the letters, and how it stands after what is before it.

    ``start`` is ``INSIDE`` a sentence, at its ``START``, or ``HALFWAY``: after a dash or an ampersand, where a
    capital is as likely as not.
    """

    begin: int
    end: int
    text: str
    start: int


_piece = Piece._make

# Marks, addresses, file names, rows of a table drawn with strokes: no Swedish words there.
_MARK = r"<[^<>\s]{1,12}>"
_ADDRESS = (
    r"(?<![^\s(\[<\"])(?:[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?:|www\.)\S+"
    r"|[^\s()]+\.(?:se|com|org|net|nu|eu|pdf|csv|docx?|xlsx?)\b\S*|[a-z0-9]+(?:-[a-z0-9]+){4,}(?![^\s).,]))"
)
_DRAWN = r"(?m:^[^\n|]*(?:\|[^\n|]*){3,}$)"
_CLOSED = re.compile(f"{_MARK}|{_ADDRESS}|{_DRAWN}")
_UNADDRESSED = re.compile(f"{_MARK}|{_DRAWN}")
_ROW = re.compile(r"^[^\n|]*(?:\|[^\n|]*){3,}$", re.M)
ROWS = 2  # lines drawn with strokes that make a table of a page
_BAR = re.compile(r"(?<!\w)\|(?!\w)|(?<=\s)\|(?=\d)")
NEAR = 700  # characters from a row to a line that may belong to it
# No heading and no sentence ends with them, as an engine may read them.
_UNFINISHED = frozenset(
    "att som det den de en ett är har från fran ska inte där dar så sa vilket vilka kan bör bor".split()
)
# One of these stands in every address: to look for them is faster.
_HINTS = ("http", "www.", ".se", ".com", ".org", ".net", ".nu", ".eu", ".pdf", ".csv", ".doc", ".xls")
_MAIL = re.compile(r"@[\w-]+\.")
_SLUG = re.compile(r"-[a-z0-9]+(?:-[a-z0-9]+){3}")


def closed(text: str) -> list[tuple[int, int]]:
    """Stretches where nothing is restored; in a row of a table only its strokes.

    >>> closed("se www.huddinge.se nu")
    [(3, 18)]
    """
    found: list[tuple[int, int]] = []
    addressed = any(hint in text for hint in _HINTS) or _SLUG.search(text) or _MAIL.search(text)
    if not addressed and "<" not in text and text.count("|") < 3:
        return found
    for match in (_CLOSED if addressed else _UNADDRESSED).finditer(text):
        begin, end = match.span()
        row = match.group()
        if row.count("|") >= 3 and not row.startswith(("<", "http", "www")):
            found += [(begin + m.start(), begin + m.end()) for m in re.finditer(r"\||<[^<>\s]{1,12}>", row)]
        else:
            found.append((begin, end))
    bars = _bars(text) if tabled(text) else []
    return sorted({*found, *bars}) if bars else found


def _bars(text: str) -> list[tuple[int, int]]:
    """Strokes in the rows of a table, and in the lines that a row was broken into."""
    rows = [match.span() for match in _ROW.finditer(text)]
    ends = [end for _, end in rows]
    found = []
    for match in _BAR.finditer(text):
        k = bisect_left(ends, match.start() - NEAR)
        if k < len(rows) and rows[k][0] <= match.start() + NEAR:
            found.append(match.span())
    return found


def tabled(text: str) -> bool:
    """Whether a page holds a table whose rows are drawn with strokes.

    >>> tabled("| Ja | Nej |\\n| 3 | 4 |"), tabled("| dag vill v| |")
    (True, False)
    """
    return text.count("|") > 3 * ROWS - 1 and len(_ROW.findall(text)) >= ROWS


def pieces(text: str) -> list[Piece]:
    """All pieces of a text in order.

    >>> [(p.text, p.start) for p in pieces("F6r EU-fragor. | dag 12 – nu")]
    [('F6r', 1), ('EU', 0), ('fragor', 0), ('|', 1), ('dag', 0), ('12', 0), ('nu', 2)]
    """
    found: list[Piece] = []
    last, before = 0, ""
    width = _width(text)
    shut = closed(text)
    open_all = not shut
    shut.append((len(text) + 1, 0))
    next_shut = 0
    for match in _PIECE.finditer(text):
        begin, end = match.span()
        if not open_all:
            while shut[next_shut][1] <= begin and next_shut + 1 < len(shut):
                next_shut += 1
            if shut[next_shut][0] < end:
                continue
        between = text[last:begin]
        word = match[0]
        if between == " " and last:  # most often
            start = HALFWAY if before.isdigit() and _numbered(text, last - len(before)) else INSIDE
        elif last == 0 or _BREAK.search(between) is not None:
            start = START
        elif "\n" in between:
            start = _after_line(text, between, last, word, width)
        else:
            start = HALFWAY if _HALF.fullmatch(between) else INSIDE
        found.append(_piece((begin, end, word, start)))
        last, before = end, word
    return found


def _numbered(text: str, at: int) -> bool:
    """Whether a number stands behind §: what follows it may be a heading."""
    return text[max(0, at - 2) : at].rstrip(" ").endswith("§")


def _width(text: str) -> float:
    """Length that lines reach where the text fills them."""
    lengths = sorted(n for line in text.split("\n") if (n := len(line)) > 30)
    return 0.8 * lengths[len(lengths) * 9 // 10] if lengths else 0.0


def _after_line(text: str, between: str, last: int, word: str, width: float) -> int:
    """Whether a new line begins a sentence: where the word would have fitted on the line before, it was meant to."""
    if _ITEM.search(between):
        return START
    before = text.rfind("\n", 0, last) + 1
    if text[max(before, text.rfind(" ", 0, last) + 1) : last] in _UNFINISHED:
        return INSIDE
    line = last - before
    if word[:1].isupper() and between.endswith("\n") and text[last + len(between) + len(word) :][:1] in ("\n", ""):
        return START
    if line + 1 + len(word) < width:
        return START
    blank = between.count("\n") > 1
    return START if blank and not word[:1].islower() else INSIDE


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


def cased_as(raw: str, word: str) -> str:
    """A lower-case word with the capitals of a raw one of the same length.

    >>> cased_as("MélnBo", "mölnbo")
    'MölnBo'
    """
    above = (False, *(r.isupper() for r in raw))  # whether the letter before is a capital
    return "".join(
        r if r.lower() == w else w.upper() if r.isupper() and high else w
        for r, w, high in zip(raw, word, above, strict=False)
    )
