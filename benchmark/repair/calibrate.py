"""Fit the confidence of edits on pages that the channel was not learnt from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline import repair
from pipeline.repair.confidence import PRINTED

from .evaluate import closed
from .judge import judge, scan_of

FEW = 40
KNOTS = 10


Seen = defaultdict[str, list[tuple[float, bool]]]


def tables(model: repair.RepairModel, pages: Iterable[tuple[str, str]]) -> dict[str, list[list[float]]]:
    """Knots (posterior, share of right edits) per rule."""
    return {rule: knots(sorted(pairs)) for rule, pairs in sorted(_edits(model, pages).items())}


def printed_tables(model: repair.RepairModel, pages: Iterable[tuple[str, str]]) -> dict[str, list[list[float]]]:
    """The same on pages that the right language read: rules with few edits there are taken together."""
    as_said = replace(model, calibration={PRINTED: [[0.0, 0.0], [1.0, 1.0]]})
    seen = _edits(as_said, pages)
    many = {rule: pairs for rule, pairs in seen.items() if len(pairs) >= FEW and rule.startswith("restore.")}
    rest = sorted(p for rule, pairs in seen.items() if rule.startswith("restore.") and rule not in many for p in pairs)
    found = {PRINTED + rule: knots(sorted(pairs)) for rule, pairs in sorted(many.items())}
    return found | ({PRINTED: knots(rest)} if rest else {})


def _edits(model: repair.RepairModel, pages: Iterable[tuple[str, str]]) -> Seen:
    seen: Seen = defaultdict(list)
    for read, printed in pages:
        transcript = repair.repair(scan_of(read), model)
        for rule, confidence, right in judge(transcript, closed(printed, model)).edits:
            seen[rule].append((confidence, right))
    return seen


def knots(pairs: list[tuple[float, bool]]) -> list[list[float]]:
    """Isotonic steps of sorted (posterior, right) pairs as a few knots; one flat knot where the pairs are few.

    Edits that are as sure are counted together, so that the wrong ones among them do not look less sure.

    >>> knots([(0.5, False)] * 50 + [(0.9, True)] * 50)
    [[0.5, 0.0192], [0.9, 0.9808]]
    >>> knots([(1.0, False)] * 20 + [(1.0, True)] * 76)
    [[1.0, 0.7857]]
    """
    if len(pairs) < FEW:
        said = sum(c for c, _ in pairs) / len(pairs)
        share = (sum(r for _, r in pairs) + 10 * said) / (len(pairs) + 10)
        return [[round(said, 4), round(share, 4)]]
    size = max(FEW // 2, len(pairs) // 60)
    bins: list[list[float]] = []  # sum of posteriors, right, how many
    k = 0
    while k < len(pairs):
        end = min(k + size, len(pairs))
        while end < len(pairs) and pairs[end][0] == pairs[end - 1][0]:
            end += 1
        part, k = pairs[k:end], end
        bins.append([sum(c for c, _ in part), float(sum(r for _, r in part)), float(len(part))])
        while len(bins) > 1 and bins[-2][1] / bins[-2][2] >= bins[-1][1] / bins[-1][2]:
            last = bins.pop()
            bins[-1] = [a + b for a, b in zip(bins[-1], last, strict=True)]
    while len(bins) > KNOTS:
        gaps = [bins[k + 1][1] / bins[k + 1][2] - bins[k][1] / bins[k][2] for k in range(len(bins) - 1)]
        k = gaps.index(min(gaps))
        bins[k : k + 2] = [[a + b for a, b in zip(bins[k], bins[k + 1], strict=True)]]
    return [[round(c / n, 4), round((r + 1) / (n + 2), 4)] for c, r, n in bins]
