"""What a text must hold for a regular expression to match in it: looking for a few strings is many times as fast.

``\\b(votering|omrostning)(en)? begar`` is tried at every letter of a text; that it holds neither ``votering`` nor
``omrostning`` is known at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from re import _constants as ops  # type: ignore[attr-defined]  # private, alike in all Pythons we allow; tested
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 32  # more strings than this are no quicker than the pattern

Needles = frozenset[str]
NONE: Needles = frozenset()


class Quick:
    """A compiled pattern that looks for its needles first; only for texts that it mostly does not match."""

    __slots__ = ("_needles", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._needles = tuple(sorted(needles(pattern)))

    def search(self, text: str) -> re.Match[str] | None:
        """As the pattern's own.

        >>> quick = Quick(re.compile(r"\\b(votering|omrostning)(en)? begar"))
        >>> quick.search("nagon votering begars"), quick.search("ingen beslutar")
        (<re.Match object; span=(6, 20), match='votering begar'>, None)
        """
        for needle in self._needles:  # a loop: any() takes twice the time
            if needle in text:
                return self.pattern.search(text)
        return None if self._needles else self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As the pattern's own."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def may_match(self, text: str) -> bool:
        """False only where the pattern matches nowhere in the text."""
        return not self._needles or any(needle in text for needle in self._needles)


@lru_cache(maxsize=1024)
def needles(pattern: re.Pattern[str]) -> Needles:
    """Strings of which at least one stands in whatever the pattern matches; none where that cannot be told.

    >>> sorted(needles(re.compile(r"\\b(reservation|jag (yrkar|foreslar))\\b.{0,9}$")))
    ['jag ', 'reservation']
    >>> needles(re.compile(r"\\d{4}")), needles(re.compile("a|b?"))
    (frozenset(), frozenset())
    """
    if pattern.flags & re.IGNORECASE:
        return NONE
    found = _of_run(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    shortest = frozenset(a for a in found if not any(b in a for b in found - {a}))
    return shortest if len(shortest) <= MOST else NONE


def _of_run(run: Iterable[tuple[Any, Any]]) -> Needles:
    """Those of a sequence: of the literal strings in it and of what its parts must hold, the most telling."""
    choices: list[Needles] = []
    literal = ""
    for op, value in run:
        if op is ops.LITERAL:
            literal += chr(value)
            continue
        choices += [frozenset((literal,)), _of_part(op, value)]
        literal = ""
    choices.append(frozenset((literal,)))
    return max((c for c in choices if c and "" not in c), key=_telling, default=NONE)


def _of_part(op: Any, value: Any) -> Needles:
    """Those of one part of a sequence."""
    if op is ops.SUBPATTERN:
        _, added, _, inner = value
        return NONE if added & re.IGNORECASE else _of_run(inner)
    if op is ops.BRANCH:
        return _of_any(value[1])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
        return _of_run(value[2])
    return NONE


def _of_any(branches: Sequence[Iterable[tuple[Any, Any]]]) -> Needles:
    """Those of alternatives: each has to have some."""
    found = [_of_run(branch) for branch in branches]
    return NONE.union(*found) if all(found) else NONE


def _telling(choice: Needles) -> tuple[int, int]:
    """Long strings are rare ones; of as long ones, few are quicker."""
    return min(4, min(map(len, choice))), -len(choice)
