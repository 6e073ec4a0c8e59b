"""What engines make of a bullet: a sign that nobody prints there, or several where a list has one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Edit, Span

# What engines make of a bullet when it stands alone at the start of a line.
_BULLET = re.compile(r"^(?P<lead>[ \t]*)(?P<sign>\+»|[eo¢«»+°©®*·¤\x22])(?:(?P<gap>[ \t]+)(?=[^\W_]|\||§)|(?=§))", re.M)
_TILDE = re.compile(r"^[ \t]*(?P<sign>~)(?=[ \t]+[^\W_])", re.M)
_DASH = re.compile(r"^[ \t]*[-–][ \t]", re.M)
_NEVER_PRINTED = frozenset(("¢", "©", "®", "¤", "+»"))
_SURE = frozenset(("+»", *"e¢«+°©®·¤"))
_MIXED = frozenset(("+»", *'e¢©®¤«»+*°"'))  # what the bullets of one list are read as
_ODD = frozenset(("+»", *"¢©®¤«+e"))  # of those, what hardly anybody prints as one
_ALONE = frozenset("+e")  # and what no list of two items has throughout, unless a plus stands against a minus
LIST = 2


def bullet_edits(text: str, *, cautious: bool) -> Iterator[Edit]:
    """Edits that put bullets back; ``cautious``: only what can hardly be printed that way.

    >>> [e.text for e in bullet_edits("+ Ja\\n+ Nu", cautious=True)], list(bullet_edits("+ Ja\\n- Nu", cautious=True))
    (['•', '•'], [])
    >>> [e.text for e in bullet_edits("* Ja\\n« Nu\\n* Då", cautious=True)]
    ['•', '•', '•']
    >>> list(bullet_edits("* Ja\\n* Nu\\n* Då", cautious=True))
    []
    """
    matches = list(_BULLET.finditer(text))
    if cautious:
        matches = _proved(text, matches)
    sure = sum(m["sign"] in _SURE for m in matches)
    stars = sum(m["sign"] == "*" for m in matches)
    for match in matches:
        sign = match["sign"]
        if not cautious and sign not in _SURE and sure < LIST and not (sign == "*" and sure and stars > 1):
            continue
        start = match.start("sign")
        if sign == "e" and _follows(text, start):
            continue
        bullet = "•" if match["gap"] else "• "
        yield Edit(Span(start, match.end("sign")), bullet, "restore.bullet", 0.98)


def _proved(text: str, matches: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Those that are bullets in text that is mostly as printed.

    Two signs that are never printed prove all others, and so do several different signs, since a list has one. Where
    there is one sign only, it must be one that is no bullet in print.
    """
    if sum(m["sign"] in _NEVER_PRINTED for m in matches) >= LIST:
        return list(matches)
    listed = [m for m in matches if m["sign"] in _MIXED]
    kinds = {m["sign"] for m in listed}
    if len(listed) > LIST and len(kinds) > 1 and kinds & _ODD:
        return listed
    if len(listed) >= LIST and len(kinds) == 1 and kinds <= _ALONE and not _DASH.search(text):
        return listed
    return [m for m in matches if m["sign"] in _NEVER_PRINTED]


def dash_edits(text: str) -> Iterator[Edit]:
    """A dash before the items of a list, read as a tilde."""
    for match in _TILDE.finditer(text):
        yield Edit(Span(match.start("sign"), match.end("sign")), "-", "restore.bullet", 0.95)


def _follows(text: str, at: int) -> bool:
    """Whether the line before ends in the middle of a word (``sjuk- / e vård``): then it is no bullet."""
    before = text[:at].rstrip(" \t")
    return before.endswith("-\n")
