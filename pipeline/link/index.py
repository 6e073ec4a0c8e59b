"""Motions of one municipality by what a handling may name: never all pairs, and never a long list to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from .clues import Clue, Raised
from .titles import tokens

FREQUENT = 48  # a word or name in more motions than this is only looked up together with another such
TOGETHER = 9  # frequent words or names of one motion or clue that are paired
BUDGET = 160  # entries of lists that are read for one clue, the shortest lists first
CANDIDATES = 8
OUTWEIGHED = 4  # a motion that shares this many times less than the best is left out


class Index:
    """The motions of one municipality by the words of their titles, their movers and their dnr.

    What is frequent is kept in pairs, so that lists stay short however many motions there are.
    """

    def __init__(self, motions: list[Raised]) -> None:
        self.motions = motions
        self._by_key: dict[str, list[int]] = defaultdict(list)
        kept = [list(dict.fromkeys(_of_motion(motion))) for motion in motions]
        for number, keys in enumerate(kept):
            for key in keys:
                self._by_key[key].append(number)
        self._frequent = {key for key, holders in self._by_key.items() if len(holders) > FREQUENT}
        for number, keys in enumerate(kept):
            for pair in self._pairs(keys):
                self._by_key[pair].append(number)
        for key in self._frequent:
            del self._by_key[key]

    def candidates(self, clue: Clue) -> list[int]:
        """The motions that share most with the clue, weighed by how rare what they share is, the likeliest first."""
        keys = list(dict.fromkeys(_keys(tokens(clue.text)[:16], clue.surnames, clue.dnr)))
        lists = [held for key in [*keys, *self._pairs(keys)] if (held := self._by_key.get(key))]
        weights: dict[int, int] = defaultdict(int)
        read = 0
        for held in sorted(lists, key=len):
            if read and read + len(held) > BUDGET:
                break
            weight = 1000 // (1 + len(held))
            for number in held[-BUDGET:]:
                weights[number] += weight
            read += len(held)
        least = max(weights.values(), default=0) // OUTWEIGHED
        likely = [number for number, weight in weights.items() if weight >= least]
        return sorted(likely, key=lambda n: (-weights[n], self.motions[n].record))[:CANDIDATES]

    def _pairs(self, keys: list[str]) -> Iterator[str]:
        frequent = [key for key in keys if key in self._frequent][:TOGETHER]
        return (f"{a}&{b}" for a, b in combinations(sorted(frequent), 2))


def _of_motion(motion: Raised) -> Iterator[str]:
    return _keys(tokens(motion.title), motion.surnames, motion.dnr)


def _keys(words: list[str], names: tuple[str, ...], dnr: tuple[str, ...]) -> Iterator[str]:
    yield from (f"d:{d}" for d in dnr)
    yield from (f"n:{n}" for n in names)
    yield from (f"w:{w}" for w in words)
