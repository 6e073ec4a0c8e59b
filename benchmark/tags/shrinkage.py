"""One curve from the rules' confidence to the probability of being right, and how far each kind lies from it.

log-odds(right) = a + b · log-odds(confidence) + d · (log-odds(confidence) below those of ``TURN``) + c[kind]: what the
rules doubt themselves has a slope of its own. c[kind] is drawn towards 0: a kind with many values stands for itself,
a kind with few leans on all the others. How strongly it is drawn (``spread``, the standard deviation
expected among kinds) is chosen by the likelihood of values in documents that the fit has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPREADS = (0.25, 0.5, 1.0, 2.0)
TURN = 0.6
STEEP = 0.5  # how far b is expected to lie from 1: the rules' confidences are meant as such
EVEN = float(np.log(TURN / (1 - TURN)))
GRID = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Said:
    """A value that was said: its kind, the rules' confidence, whether it is right, where, and its weight."""

    kind: str
    sure: float
    right: bool
    document: str
    reading: str
    weight: float = 1.0


@dataclass(frozen=True)
class Curve:
    """The fitted curve; ``lift`` is c by kind, 0 for a kind never met."""

    a: float
    b: float
    d: float
    lift: dict[str, float]

    def probability(self, kind: str, sure: float) -> float:
        """The probability that a value said with ``sure`` is right."""
        odds = float(log_odds(np.array([sure]))[0])
        score = self.a + self.b * odds + self.d * min(0.0, odds - EVEN) + self.lift.get(kind, 0.0)
        return float(1 / (1 + np.exp(-score)))

    def knots(self, kind: str) -> list[tuple[float, float]]:
        """The curve of a kind as points to draw straight lines between."""
        return [(sure, round(self.probability(kind, sure), 4)) for sure in GRID]


def log_odds(sure: Array) -> Array:
    """Log-odds, kept within those of 0.02 and 0.995: no rule is surer than that."""
    held = np.clip(sure, 0.02, 0.995)
    return np.asarray(np.log(held / (1 - held)), dtype=np.float64)


def fit(values: Sequence[Said], spread: float) -> Curve:
    """The curve most likely to give the values seen (Newton's method on a concave function)."""
    kinds = sorted({v.kind for v in values})
    place = {kind: 3 + n for n, kind in enumerate(kinds)}
    design = np.zeros((len(values), 3 + len(kinds)))
    design[:, 0] = 1.0
    design[:, 1] = log_odds(np.array([v.sure for v in values]))
    design[:, 2] = np.minimum(0.0, design[:, 1] - EVEN)
    design[np.arange(len(values)), [place[v.kind] for v in values]] = 1.0
    right = np.array([float(v.right) for v in values])
    weight = np.array([v.weight for v in values])
    centre = np.zeros(3 + len(kinds))
    centre[1] = 1.0
    pull = np.diag([1e-2, STEEP**-2, 1.0, *[spread**-2] * len(kinds)])
    found = centre.copy()
    for _ in range(60):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (weight * (right - chance)) - pull @ (found - centre)
        bend = (design * (weight * chance * (1 - chance))[:, None]).T @ design + pull
        step = np.linalg.solve(bend, slope)
        found += step * min(1.0, 2.0 / float(np.abs(step).max() + 1e-12))
        if float(np.abs(step).max()) < 1e-9:
            break
    return Curve(float(found[0]), float(found[1]), float(found[2]), {kind: float(found[place[kind]]) for kind in kinds})


def loss(curve: Curve, values: Sequence[Said]) -> float:
    """Weighted logarithmic loss of values under a curve."""
    total = 0.0
    for v in values:
        chance = min(0.9999, max(0.0001, curve.probability(v.kind, v.sure)))
        total -= v.weight * float(np.log(chance if v.right else 1 - chance))
    return total


def chosen(values: Sequence[Said], fold_of: dict[str, int]) -> tuple[Curve, float]:
    """The curve over all values with the spread that does best on documents held out, fold by fold."""

    def held_out(spread: float) -> float:
        total = 0.0
        for fold in sorted({fold_of[v.document] for v in values}):
            inside = [v for v in values if fold_of[v.document] != fold]
            total += loss(fit(inside, spread), [v for v in values if fold_of[v.document] == fold])
        return total

    best = min(SPREADS, key=held_out)
    return fit(values, best), best
