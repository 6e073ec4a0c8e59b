"""Fit the confidence of edits on pages that the channel was not learnt from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipeline import repair

from .evaluate import closed
from .judge import judge, scan_of

FEW = 40
KNOTS = 10


def tables(model: repair.RepairModel, pages: Iterable[tuple[str, str]]) -> dict[str, list[list[float]]]:
    """Knots (posterior, share of right edits) per rule."""
    seen: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for read, printed in pages:
        transcript = repair.repair(scan_of(read), model)
        for rule, confidence, right in judge(transcript, closed(printed, model)).edits:
            seen[rule].append((confidence, right))
    return {rule: knots(sorted(pairs)) for rule, pairs in sorted(seen.items())}


def knots(pairs: list[tuple[float, bool]]) -> list[list[float]]:
    """Isotonic steps of sorted (posterior, right) pairs as a few knots; one flat knot where the pairs are few.

    >>> knots([(0.5, False)] * 50 + [(0.9, True)] * 50)
    [[0.5, 0.0238], [0.7, 0.5], [0.9, 0.9762]]
    """
    if len(pairs) < FEW:
        said = sum(c for c, _ in pairs) / len(pairs)
        share = (sum(r for _, r in pairs) + 10 * said) / (len(pairs) + 10)
        return [[round(said, 4), round(share, 4)]]
    size = max(FEW // 2, len(pairs) // 60)
    bins: list[list[float]] = []  # sum of posteriors, right, how many
    for k in range(0, len(pairs), size):
        part = pairs[k : k + size]
        bins.append([sum(c for c, _ in part), float(sum(r for _, r in part)), float(len(part))])
        while len(bins) > 1 and bins[-2][1] / bins[-2][2] >= bins[-1][1] / bins[-1][2]:
            last = bins.pop()
            bins[-1] = [a + b for a, b in zip(bins[-1], last, strict=True)]
    while len(bins) > KNOTS:
        gaps = [bins[k + 1][1] / bins[k + 1][2] - bins[k][1] / bins[k][2] for k in range(len(bins) - 1)]
        k = gaps.index(min(gaps))
        bins[k : k + 2] = [[a + b for a, b in zip(bins[k], bins[k + 1], strict=True)]]
    return [[round(c / n, 4), round((r + 1) / (n + 2), 4)] for c, r, n in bins]
