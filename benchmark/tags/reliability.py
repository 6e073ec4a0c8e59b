"""How far confidences are from the share that is right, and how much of that is chance.

Values with the same confidence are one group: no order among them may decide which bin they fall into.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BINS = 10
DRAWS = 500

Array = NDArray[np.float64]


def pooled(sure: Sequence[float], right: Sequence[bool]) -> tuple[Array, Array]:
    """Confidences in rising order, and beside each the share right among all that have the same confidence."""
    order = np.argsort(np.asarray(sure, dtype=float), kind="stable")
    level = np.round(np.asarray(sure, dtype=float)[order], 4)
    _, group = np.unique(level, return_inverse=True)
    share = np.bincount(group, np.asarray(right, dtype=float)[order]) / np.bincount(group)
    return level, share[group]


def bins(sure: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, count) of ten bins of equal mass, fewer where there are fewer values."""
    level, share = pooled(sure, right)
    edges = np.round(np.linspace(0, len(level), BINS + 1)).astype(int)
    parts = [(a, b) for a, b in pairwise(edges) if b > a]
    return [(float(level[a:b].mean()), float(share[a:b].mean()), int(b - a)) for a, b in parts]


def error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error over ten bins of equal mass.

    >>> error([0.5] * 4, [True, False, False, True]), round(error([0.9] * 4, [True, False, False, True]), 3)
    (0.0, 0.4)
    """
    found = bins(sure, right)
    return sum(n * abs(said - was) for said, was, n in found) / max(1, sum(n for _, _, n in found))


def by_chance(sure: Sequence[float]) -> tuple[float, float]:
    """The error that these confidences would show if they were exactly true: its mean and its 95th percentile.

    >>> few, many = by_chance([0.9] * 20), by_chance([0.9] * 2000)
    >>> few[0] > 5 * many[0], many[1] < 0.02
    (True, True)
    """
    rng = np.random.default_rng(1)
    drawn = sorted(error(sure, rng.random(len(sure)) < np.asarray(sure)) for _ in range(DRAWS))
    return sum(drawn) / DRAWS, drawn[DRAWS * 95 // 100]


def interval(sure: Sequence[float], right: Sequence[bool], matters: Sequence[str]) -> tuple[float, float]:
    """95 % bootstrap interval of the error, drawing whole matters."""
    rng = np.random.default_rng(2)
    names = sorted(set(matters))
    rows: dict[str, list[int]] = {name: [] for name in names}
    for place, name in enumerate(matters):
        rows[name].append(place)
    said, was = np.asarray(sure), np.asarray(right)
    found = []
    for _ in range(DRAWS):
        chosen = [p for k in rng.integers(0, len(names), len(names)) for p in rows[names[k]]]
        found.append(error(said[chosen].tolist(), was[chosen].tolist()))
    found.sort()
    return found[DRAWS // 40], found[-1 - DRAWS // 40]


def held_in_queue(sure: Sequence[float], right: Sequence[bool], share: float = 0.05) -> tuple[float, int]:
    """(errors among the least sure share of values, errors in all); a tie at the edge counts by its share.

    >>> held_in_queue([0.2, 0.8, 0.9, 0.9], [False, True, False, True], 0.5)
    (1.0, 2)
    """
    level, shares = pooled(sure, right)
    size = max(1, round(share * len(level)))
    return float(size - shares[:size].sum()), len(right) - sum(right)
