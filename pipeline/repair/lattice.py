"""The best readings of a whole text: a trigram lattice over the candidates, with posterior probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from .candidates import Candidate
from .model import BREAK, ID_BITS, UNIT, RepairModel

BEAM = 8
WIDTH = 130
_LOW = (1 << ID_BITS) - 1
Step = list[tuple[int, int, int, int]]  # from state, to state, candidate, cost


def after(model: RepairModel, state: int, word: int) -> int:
    """Cost of a word after two others; ``state`` packs the two ids.

    A trigram is believed only where both its pairs are known: a fingerprint alone may be another's.
    """
    pairs = model.pairs
    last = state & _LOW
    context = pairs.find(state)
    pair = pairs.find(last << ID_BITS | word)
    if pair < 0:
        passed = pairs.back[context] if context >= 0 else 0
        return int(passed + model.single_back[last] + model.single[word])
    if context < 0:
        return int(pairs.cost[pair])
    row = model.triples.find(state << ID_BITS | word)
    return int(model.triples.cost[row]) if row >= 0 else int(pairs.back[context] + pairs.cost[pair])


def decode(
    model: RepairModel, rows: Sequence[tuple[Candidate, ...]], starts: Sequence[bool]
) -> list[tuple[Candidate, float]]:
    """The chosen candidate of every row with its posterior; ``starts`` marks rows that follow a break."""
    chosen: list[tuple[Candidate, float]] = [(row[0], 1.0) for row in rows]
    cache = model.cache("after")
    state = 0
    i, n = 0, len(rows)
    while i < n:
        if starts[i]:
            state = (state & _LOW) << ID_BITS | BREAK
        if len(rows[i]) == 1:
            state = (state & _LOW) << ID_BITS | rows[i][0].word
            i += 1
        else:
            i, state = _stretch(model, rows, starts, i, state, cache, chosen)
    return chosen


def _stretch(
    model: RepairModel,
    rows: Sequence[tuple[Candidate, ...]],
    starts: Sequence[bool],
    first: int,
    state: int,
    cache: dict[int, int],
    chosen: list[tuple[Candidate, float]],
) -> tuple[int, int]:
    """Decode from an open row until only one state is left; returns where it ended and that state."""
    keys, costs = [state], [0]
    steps: list[Step] = []
    i = first
    while i < len(rows):
        if i > first and starts[i]:
            # Through a break, the words before it still matter once: they cost what the break costs after them.
            keys = [(k & _LOW) << ID_BITS | BREAK for k in keys]
        place: dict[int, int] = {}
        new_keys: list[int] = []
        new_costs: list[int] = []
        step: Step = []
        for a, key in enumerate(keys):
            so_far = costs[a]
            base = key << ID_BITS
            shifted = (key & _LOW) << ID_BITS
            for c, (word, own, _) in enumerate(rows[i]):
                code = base | word
                cost = cache.get(code)
                if cost is None:
                    cost = cache[code] = after(model, key, word)
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
        keys, costs, step = _pruned(new_keys, new_costs, step)
        steps.append(step)
        i += 1
        if len(keys) == 1:
            break
    _settle(rows, first, steps, costs, chosen)
    best = min(range(len(keys)), key=costs.__getitem__)
    return i, keys[best]


def _pruned(keys: list[int], costs: list[int], step: Step) -> tuple[list[int], list[int], Step]:
    if len(keys) == 1:
        return keys, costs, step
    order = sorted(range(len(keys)), key=costs.__getitem__)
    cut = costs[order[0]] + WIDTH
    alive = [k for k in order[:BEAM] if costs[k] <= cut]
    if len(alive) == len(keys):
        return keys, costs, step
    new = {k: j for j, k in enumerate(alive)}
    return (
        [keys[k] for k in alive],
        [costs[k] for k in alive],
        [(a, new[b], c, cost) for a, b, c, cost in step if b in new],
    )


def _settle(
    rows: Sequence[tuple[Candidate, ...]],
    first: int,
    steps: list[Step],
    last: list[int],
    chosen: list[tuple[Candidate, float]],
) -> None:
    """Backward pass: the best path and, for every row, how much of the probability its choice holds."""
    forward: list[dict[int, int]] = [{0: 0}]
    for step in steps:
        here: dict[int, int] = {}
        before = forward[-1]
        for a, b, _, cost in step:
            total = before[a] + cost
            if total < here.get(b, 1 << 60):
                here[b] = total
        forward.append(here)
    best = min(last)
    backward = dict.fromkeys(range(len(last)), 0)
    for k in range(len(steps) - 1, -1, -1):
        before = forward[k]
        weights: dict[int, float] = {}
        earlier: dict[int, int] = {}
        top, pick = 1 << 60, 0
        for a, b, c, cost in steps[k]:
            if b not in backward:  # all that followed it was pruned
                continue
            rest = backward[b] + cost
            if rest < earlier.get(a, 1 << 60):
                earlier[a] = rest
            total = before[a] + rest
            weights[c] = weights.get(c, 0.0) + exp((best - total) / UNIT)
            if total < top:
                top, pick = total, c
        backward = earlier
        row = rows[first + k]
        if len(row) > 1:
            chosen[first + k] = (row[pick], weights[pick] / sum(weights.values()))
