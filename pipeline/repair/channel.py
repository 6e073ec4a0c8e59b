"""How a printed word may have been read: the cost of a raw word given what stood on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .skeleton import skeleton

Ways = Mapping[str, int]
FAR = 10_000
LIKELY = 100  # confusions tried letter by letter in unknown words


@dataclass(frozen=True)
class Channel:
    """Letters (one or two) and what they are read as, with costs; ``other`` is the cost of any other slip.

    ``rules`` lead back from what is read to the skeleton of what may have been printed; ``sources`` to the letters.
    """

    name: str
    letters: Mapping[str, Ways]
    doubles: Mapping[str, Ways]
    other: int
    case: Mapping[str, tuple[int, ...]]
    words: Mapping[str, Ways]
    rules: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    sources: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    likely: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    lost: tuple[tuple[str, int], ...] = ()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def cost(self, raw: str, word: str, limit: int) -> int:
        """Cost of reading the lower-case ``word`` as the lower-case ``raw``; ``FAR`` when above ``limit``."""
        if raw == word:
            return 0
        own = self.words.get(word)
        if own is not None and raw in own:
            return own[raw]
        letters = self.letters
        if len(raw) == len(word):
            total = 0
            for r, w in zip(raw, word, strict=True):
                if r != w:
                    ways = letters.get(w)
                    step = ways.get(r) if ways is not None else None
                    if step is None:
                        break
                    total += step
            else:
                return total if total <= limit else FAR
        return self._align(raw, word, limit)

    def _align(self, raw: str, word: str, limit: int) -> int:
        n, m, other = len(raw), len(word), self.other
        if abs(n - m) > 4:
            return FAR
        ahead: dict[int, int] = {0: 0}
        later: dict[int, int] = {}
        for j in range(m):
            now, ahead, later = ahead, later, {}
            w = word[j]
            ways = self.letters.get(w, {})
            pair = self.doubles.get(word[j : j + 2])
            for i, cost in now.items():
                for size in range(min(3, n - i) + 1):
                    read = raw[i : i + size]
                    step = ways.get(read)
                    if read == w:
                        step = 0 if step is None else min(step, 2)
                    elif step is None:
                        step = other if size < 2 or (size == 2 and w in read) else None
                    if step is not None and cost + step <= limit and cost + step < ahead.get(i + size, FAR):
                        ahead[i + size] = cost + step
                    if pair is not None:
                        step = pair.get(read)
                        if step is not None and cost + step <= limit and cost + step < later.get(i + size, FAR):
                            later[i + size] = cost + step
        return ahead.get(n, FAR)

    def case_cost(self, raw: str, word: str) -> int:
        """Cost of the letter case of ``raw`` when ``word`` (cased) was printed."""
        if raw == word:
            return 0
        if raw[0] in "l1|!{[t" and word[0] in "Ii" and len(raw) == len(word) and raw[1:].islower():
            return 0 if word[0] == "I" else 60  # an upright stroke in front was a capital
        if raw == "|":  # an upright stroke was a capital I, hardly ever an i
            return 45 if word == "i" else 0
        total = 0
        if len(raw) == len(word):
            if raw[1:].islower() and word[1:].islower():  # most often only the first letter can differ
                r, w = raw[0], word[0]
                return self._flip(w, True) if r.isalpha() and r.isupper() != w.isupper() else 0
            for i, (r, w) in enumerate(zip(raw, word, strict=True)):
                if r.isalpha() and r.isupper() != w.isupper():
                    total += self._flip(w, i == 0)
            return total
        if raw[:1].isalpha() and raw[:1].isupper() != word[:1].isupper():
            total += self._flip(word[0], True)
        uppers = sum(c.isupper() for c in raw[1:]) - sum(c.isupper() for c in word[1:])
        return total + 40 * abs(uppers)

    def _flip(self, printed: str, first: bool) -> int:
        row = self.case.get(printed.lower())
        return row[2 * first + printed.isupper()] if row is not None else 110


def _taken(words: Mapping[str, Ways]) -> dict[str, tuple[str, ...]]:
    """What is read to the whole words that it was taken from."""
    found: dict[str, list[str]] = {}
    for word, ways in words.items():
        for read in ways:
            found.setdefault(read, []).append(word)
    return {read: tuple(sorted(origins)) for read, origins in found.items()}


def build(name: str, table: Mapping[str, Any]) -> Channel:
    """A channel from its table in the model."""
    letters = {a: ways for a, ways in table["letters"].items() if len(a) == 1}
    doubles = {a: ways for a, ways in table["letters"].items() if len(a) == 2}
    rules: dict[str, dict[str, int]] = {}
    sources: dict[str, list[tuple[str, int]]] = {}
    lost = []
    for printed, ways in table["letters"].items():
        for read, cost in ways.items():
            if read == printed:
                continue
            if not read:
                lost.append((skeleton(printed), cost))
                continue
            if len(printed) == 1:
                sources.setdefault(read, []).append((printed, cost))
            folded = skeleton(printed)
            if folded != skeleton(read):
                known = rules.setdefault(read, {})
                known[folded] = min(cost, known.get(folded, FAR))
    return Channel(
        name,
        letters,
        doubles,
        int(table["other"]),
        {c: tuple(row) for c, row in table["case"].items()},
        table["words"],
        {read: tuple(sorted(to.items(), key=lambda x: x[1])) for read, to in rules.items()},
        {read: tuple(sorted(to, key=lambda x: x[1])) for read, to in sources.items()},
        {
            read: kept
            for read, to in sources.items()
            if (kept := tuple(x for x in to if x[0] in "åäöé" and x[1] < LIKELY))
        },
        tuple(sorted(lost, key=lambda x: x[1])),
        _taken(table["words"]),
    )
