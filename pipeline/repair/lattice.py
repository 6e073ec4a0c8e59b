"""The best readings of a whole text: a trigram lattice over the candidates, with posterior probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from operator import itemgetter
from typing import NamedTuple

from .candidates import Candidate
from .model import BREAK, ID_BITS, UNIT, RepairModel

BEAM = 5
WIDTH = 90
_LOW = (1 << ID_BITS) - 1
_FAR = 1 << 60
_BY_CHOICE = itemgetter(1)
Step = list[tuple[int, int, int, int]]  # from state, to state, choice, cost
Row = tuple[Candidate, ...]


class Choice(NamedTuple):
    """What the language model can tell apart: the best of the candidates with one id.

    ``mass`` is how likely all of them are together, with the best as 1.
    """

    word: int
    cost: int
    best: Candidate
    mass: float


Choices = tuple[Choice, ...]


def choices(row: Row) -> Choices:
    """Candidates of one piece by the id that the language model knows them by.

    >>> [(c.best.text, round(c.mass, 2)) for c in choices((Candidate(7, 0, "plan"), Candidate(7, 12, "Plan")))]
    [('plan', 1.37)]
    """
    by_word: dict[int, list[Candidate]] = {}
    for candidate in row:
        by_word.setdefault(candidate.word, []).append(candidate)
    found = []
    for word, same in by_word.items():
        best = same[0] if len(same) == 1 else min(same, key=lambda c: c.cost)
        mass = 1.0 if len(same) == 1 else sum(exp((best.cost - c.cost) / UNIT) for c in same)
        found.append(Choice(word, best.cost, best, mass))
    return tuple(found)


def after(model: RepairModel, state: int, word: int) -> int:
    """Cost of a word after two others; ``state`` packs the two ids.

    A trigram is believed only where both its pairs are known: a fingerprint alone may be another's.
    """
    return _behind(model, state, model.pairs.find(state), word)


def _behind(model: RepairModel, state: int, context: int, word: int) -> int:
    """The same where the row of the two others' pair is known."""
    pairs = model.pairs
    last = state & _LOW
    pair = pairs.find(last << ID_BITS | word)
    if pair < 0:
        passed = pairs.back[context] if context >= 0 else 0
        return int(passed + model.single_back[last] + model.single[word])
    if context < 0:
        return int(pairs.cost[pair])
    row = model.triples.find(state << ID_BITS | word)
    return int(model.triples.cost[row]) if row >= 0 else int(pairs.back[context] + pairs.cost[pair])


def decode(model: RepairModel, rows: Sequence[Choices], starts: Sequence[bool]) -> list[tuple[Candidate, float]]:
    """The chosen candidate of every row with its posterior; ``starts`` marks rows that follow a break."""
    chosen: list[tuple[Candidate, float]] = [(row[0].best, 1.0 / row[0].mass) for row in rows]
    cache = model.cache("after")
    state = 0
    i, n = 0, len(rows)
    while i < n:
        if starts[i]:
            state = (state & _LOW) << ID_BITS | BREAK
        if len(rows[i]) == 1:
            state = (state & _LOW) << ID_BITS | rows[i][0].word
            i += 1
        elif ahead := _closed_by(rows, starts, i):
            chosen[i] = _alone(model, rows, starts, i, ahead, state, cache)
            i += ahead
            state = (BREAK if starts[i - 1] else rows[i - 2][0].word) << ID_BITS | rows[i - 1][0].word
        else:
            i, state = _stretch(model, rows, starts, i, state, cache, chosen)
    return chosen


def _closed_by(rows: Sequence[Choices], starts: Sequence[bool], i: int) -> int:
    """How many rows from an open one on are a stretch, where nothing else is open in it; else 0."""
    if i + 1 >= len(rows) or len(rows[i + 1]) > 1:
        return 0
    if starts[i + 1]:
        return 2
    return 3 if i + 2 < len(rows) and len(rows[i + 2]) == 1 else 0


def _alone(
    model: RepairModel,
    rows: Sequence[Choices],
    starts: Sequence[bool],
    i: int,
    ahead: int,
    state: int,
    cache: dict[int, int],
) -> tuple[Candidate, float]:
    """The choice in the one open row of a stretch, with its posterior: the same as :func:`_stretch` finds, sooner."""
    row = rows[i]
    alive = [(_cached(model, state, word, cache) + own, c) for c, (word, own, _, _) in enumerate(row)]
    before = (state & _LOW) << ID_BITS
    keys = [before | choice.word for choice in row]
    for k in range(i + 1, i + ahead):
        alive = _likely(alive)
        if starts[k]:
            keys = [(key & _LOW) << ID_BITS | BREAK for key in keys]
        word = rows[k][0].word
        alive = [(cost + _cached(model, keys[c], word, cache), c) for cost, c in alive]
        keys = [(key & _LOW) << ID_BITS | word for key in keys]
    best, pick = min(alive)
    weights = [exp((best - cost) / UNIT) * row[c].mass for cost, c in alive]
    return row[pick].best, 1.0 / sum(weights)


def _likely(alive: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The choices that are followed, of all with their costs."""
    cut = min(alive)[0] + WIDTH
    return sorted([pair for pair in sorted(alive)[:BEAM] if pair[0] <= cut], key=_BY_CHOICE)


def _cached(model: RepairModel, state: int, word: int, cache: dict[int, int]) -> int:
    code = state << ID_BITS | word
    cost = cache.get(code)
    if cost is None:
        cost = cache[code] = _behind(model, state, model.pairs.find(state), word)
    return cost


def _stretch(
    model: RepairModel,
    rows: Sequence[Choices],
    starts: Sequence[bool],
    first: int,
    state: int,
    cache: dict[int, int],
    chosen: list[tuple[Candidate, float]],
) -> tuple[int, int]:
    """Decode from an open row until only one state is left; returns where it ended and that state."""
    keys, costs = [state], [0]
    fronts = [costs]  # the cost of reaching each state, before every step
    steps: list[Step] = []
    i, n = first, len(rows)
    while i < n:
        if starts[i] and i > first:
            # Through a break, the words before it still matter once: they cost what the break costs after them.
            keys = [(k & _LOW) << ID_BITS | BREAK for k in keys]
        place: dict[int, int] = {}
        new_keys: list[int] = []
        new_costs: list[int] = []
        step: Step = []
        row = rows[i]
        for a, key in enumerate(keys):
            so_far = costs[a]
            base = key << ID_BITS
            shifted = (key & _LOW) << ID_BITS
            context = None
            for c, (word, own, _, _) in enumerate(row):
                code = base | word
                cost = cache.get(code)
                if cost is None:
                    if context is None:
                        context = model.pairs.find(key)
                    cost = cache[code] = _behind(model, key, context, word)
                cost += own
                to = shifted | word
                b = place.get(to)
                if b is None:
                    b = place[to] = len(new_keys)
                    new_keys.append(to)
                    new_costs.append(so_far + cost)
                elif so_far + cost < new_costs[b]:
                    new_costs[b] = so_far + cost
                step.append((a, b, c, cost))
        if len(new_keys) > 1:
            keys, costs, step = _pruned(new_keys, new_costs, step)
        else:
            keys, costs = new_keys, new_costs
        steps.append(step)
        fronts.append(costs)
        i += 1
        if len(keys) == 1:
            break
    _settle(rows, first, steps, fronts, chosen)
    return i, keys[costs.index(min(costs))]


def _pruned(keys: list[int], costs: list[int], step: Step) -> tuple[list[int], list[int], Step]:
    cut = min(costs) + WIDTH
    if len(keys) <= BEAM and max(costs) <= cut:
        return keys, costs, step
    order = sorted(range(len(keys)), key=costs.__getitem__)
    alive = [k for k in order[:BEAM] if costs[k] <= cut]
    new = {k: j for j, k in enumerate(alive)}
    return (
        [keys[k] for k in alive],
        [costs[k] for k in alive],
        [(a, new[b], c, cost) for a, b, c, cost in step if b in new],
    )


def _settle(
    rows: Sequence[Choices],
    first: int,
    steps: list[Step],
    fronts: list[list[int]],
    chosen: list[tuple[Candidate, float]],
) -> None:
    """Backward pass: the best path and, for every row, how much of the probability its choice holds."""
    last = fronts[-1]
    best = min(last)
    backward = dict.fromkeys(range(len(last)), 0)
    for k in range(len(steps) - 1, -1, -1):
        before, row = fronts[k], rows[first + k]
        earlier: dict[int, int] = {}
        if len(row) == 1:  # nothing to choose
            for a, b, _, cost in steps[k]:
                if b in backward:
                    rest = backward[b] + cost
                    if rest < earlier.get(a, _FAR):
                        earlier[a] = rest
            backward = earlier
            continue
        lowest = [_FAR] * len(row)
        weights = [0.0] * len(row)
        for a, b, c, cost in steps[k]:
            if b not in backward:  # all that followed it was pruned
                continue
            rest = backward[b] + cost
            if rest < earlier.get(a, _FAR):
                earlier[a] = rest
            total = before[a] + rest
            weights[c] += exp((best - total) / UNIT)
            if total < lowest[c]:
                lowest[c] = total
        backward = earlier
        pick = lowest.index(min(lowest))
        whole = sum(w * choice.mass for w, choice in zip(weights, row, strict=True))
        chosen[first + k] = (row[pick].best, weights[pick] / whole)
