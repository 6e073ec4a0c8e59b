"""The municipality that a paper's own form gives away, where its name is on a logo or nowhere.

A profile is a handful of signs in ``tables/profiles.tsv``: how the house numbers its matters, heads a §, calls its
nämnder. What the inhabitants are called ("göteborgarna", "mölndalsborna") is a sign for every municipality.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..document import Span
from ..needles import Quick
from .passages import Passage
from .tables import rows

_HEAD = ("meta", "title", "furniture")
_ENDINGS = re.compile(r"(?:are|arnas?|bor(?:nas?)?)\b")
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyzåäö")
_INHABITANTS = re.compile(r"\b([a-zåäö]{3,}?)(?:s?(?:are|arna|arnas)|s?bor(?:na|nas)?)\b")
INHABITANTS = 1.0  # weight of the inhabitants' name, each time up to three


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of the table: a pattern that speaks for a municipality with ``weight``."""

    municipality: str
    head: bool
    weight: float
    pattern: Quick


@dataclass(frozen=True, slots=True)
class Form:
    """A sign found: the municipality it speaks for, how strongly and where."""

    municipality: str
    weight: float
    at: Span


def read_profiles(path: Path) -> tuple[Sign, ...]:
    """The signs of all profiles."""
    lines = rows(path)
    return tuple(
        Sign(r["municipality"], r["zone"] == "head", float(r["weight"]), Quick(re.compile(r["pattern"], re.M)))
        for r in lines
    )


def forms(found: Iterable[Passage], signs: tuple[Sign, ...], municipalities: dict[str, str]) -> Iterator[Form]:
    """Every sign once, at its first place, and the names of inhabitants.

    Args:
        found: the running text of the document.
        signs: of :func:`read_profiles`.
        municipalities: the short names, in lower case, with the name as it is written.
    """
    passages = tuple(found)
    for sign in signs:
        for p in passages:
            m = sign.pattern.search(p.text) if not sign.head or p.kind in _HEAD else None
            if m:
                yield Form(sign.municipality, sign.weight, p.span(*m.span()))
                break
    left = 3
    for p in passages:
        for m in _inhabitants(p.text) if left else ():
            name = municipalities.get(m.group(1))
            if name and left:
                left -= 1
                yield Form(name, INHABITANTS, p.span(*m.span()))


def _inhabitants(text: str) -> Iterator[re.Match[str]]:
    """The words that may be what inhabitants are called: those with such an ending, which few words have.

    >>> [m[1] for m in _inhabitants("göteborgarna och Mölndalsborna, mölndalsborna")]
    ['göteborg', 'mölndal']
    """
    for ending in _ENDINGS.finditer(text):
        start = ending.start()
        while start and text[start - 1] in _SMALL:
            start -= 1
        word = _INHABITANTS.match(text, start)
        if word:
            yield word
