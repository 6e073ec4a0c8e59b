"""Signs that a wrong language misreads: bullets at the start of a line, § before and after numbers, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Edit, Span

# What engines make of a bullet when it stands alone at the start of a line.
_BULLET = re.compile(r"^(?P<lead>[ \t]*)(?P<sign>[eo¢«»+°©®*·¤\"]|\.)(?P<gap>[ \t]+)(?=[^\W_]|\|)", re.M)
_SURE = frozenset("e¢«»+°©®·¤")
_SECTION = (
    # the sign before a number that a protocol would print there
    re.compile(
        r"(?P<before>\d{4}-\d\d-\d\d,?[ \t]|\b(?:19|20)\d\d,?[ \t])(?P<sign>[$8&])(?=[ \t]\d{1,3}\b(?![-:/.,]\d))"
    ),
    re.compile(r"(?P<before>)(?P<sign>\$\$|\$|&)(?=[ \t]?\d{1,3}\b)"),
    # after the number, in a law
    re.compile(r"(?P<before>\bkap\.?[ \t]\d{1,2}[a-z]?[ \t])(?P<sign>[$8&])(?=[ \t.,;)]|$)", re.M),
    re.compile(r"(?P<before>\b\d{1,3}[ \t])(?P<sign>\$\$|\$)(?=[ \t.,;)]|$)", re.M),
)
_BRACKET = re.compile(r"(?<![^\W_])[({\[](?P<inner>5D|SO|S0|5|8|\$|K0|Mp|M|S|SD|C|V|KD|L|MP|l|1|I|\\/)[)}\]](?![^\W_])")
_PARTY = {
    "5D": "SD",
    "SO": "SD",
    "S0": "SD",
    "5": "S",
    "8": "S",
    "$": "S",
    "K0": "KD",
    "Mp": "MP",
    "l": "L",
    "1": "L",
    "I": "L",
    "\\/": "V",
}
_NAMED = re.compile(r"[A-ZÅÄÖ][^\W\d_]+[ \t\n]*$")


def sign_edits(text: str) -> list[Edit]:
    """Edits for bullets, section signs and party brackets in text read with a wrong language.

    >>> [(e.span, e.text) for e in sign_edits("e |IGOR bidrar till")]
    [(Span(start=0, end=1), '•')]
    """
    found = sorted((*_bullets(text), *_sections(text), *_brackets(text)), key=lambda e: e.span)
    apart: list[Edit] = []
    for edit in found:
        if not apart or edit.span.start >= apart[-1].span.end:
            apart.append(edit)
    return apart


def _bullets(text: str) -> Iterator[Edit]:
    matches = list(_BULLET.finditer(text))
    sure = sum(m["sign"] in _SURE for m in matches)
    for match in matches:
        sign = match["sign"]
        if sign not in _SURE and not (sign in "*o" and (sign == "*" or sure >= 2)) and sure < 2:
            continue
        if sign == "e" and _follows(text, match.start("sign")):
            continue
        start = match.start("sign")
        yield Edit(Span(start, match.end("sign")), "•", "restore.bullet", 0.97 if sign in _SURE else 0.9)


def _follows(text: str, at: int) -> bool:
    """Whether the line before ends in the middle of a word (``sjuk- / e vård``): then it is no bullet."""
    before = text[:at].rstrip(" \t")
    return before.endswith("-\n")


def _sections(text: str) -> Iterator[Edit]:
    for pattern in _SECTION:
        for match in pattern.finditer(text):
            sign = match["sign"]
            new = "§§" if sign == "$$" else "§"
            yield Edit(Span(match.start("sign"), match.end("sign")), new, "restore.section-sign", 0.95)


def _brackets(text: str) -> Iterator[Edit]:
    for match in _BRACKET.finditer(text):
        inner = match["inner"]
        new = f"({_PARTY.get(inner, inner)})"
        if new != match.group() and _NAMED.search(text[max(0, match.start() - 40) : match.start()]):
            yield Edit(Span(*match.span()), new, "restore.bracket", 0.93)
