"""Interpolated modified Kneser-Ney smoothing over n-grams that are packed into 64-bit integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Order:
    """All n-grams of one order, sorted by code: probability, back-off weight as a context, and which to keep."""

    codes: Ints
    probability: Floats
    back: Floats
    keep: NDArray[np.bool_]


def discounts(counts: Floats) -> tuple[float, float, float]:
    """Chen and Goodman's three discounts from the counts of counts."""
    n1, n2, n3, n4 = (float(max(1, np.sum(counts == k))) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    return (
        min(0.95, max(0.1, 1 - 2 * y * n2 / n1)),
        min(1.9, max(0.2, 2 - 3 * y * n3 / n2)),
        min(2.9, max(0.3, 3 - 4 * y * n4 / n3)),
    )


def order_of(
    codes: Ints, counts: Floats, keep: NDArray[np.bool_], lower: Order | None, bits: int, width: int, types: int
) -> Order:
    """Smooth one order given the one below, whose codes take ``width`` bits.

    Single tokens (``lower`` is ``None``) are mixed with the uniform distribution over ``types``.
    """
    d1, d2, d3 = discounts(counts)
    cut = np.where(counts >= 3, d3, np.where(counts >= 2, d2, np.where(counts >= 1, d1, 0.0)))
    context = codes >> bits
    starts = np.flatnonzero(np.r_[True, context[1:] != context[:-1]])
    sizes = np.diff(np.r_[starts, len(codes)])
    total = np.repeat(np.add.reduceat(counts, starts), sizes)
    own = np.where(keep, np.maximum(counts - cut, 1e-9) / total, 0.0)
    left = np.clip(1.0 - np.add.reduceat(own, starts), 1e-6, 1.0)
    if lower is None:
        return Order(codes, own + left[0] / types, np.ones(len(codes)), keep)
    rows = np.searchsorted(lower.codes, codes & ((1 << width) - 1))
    contexts = context[starts]
    at = np.searchsorted(lower.codes, contexts)
    at[at == len(lower.codes)] = 0
    there = lower.codes[at] == contexts
    lower.back[at[there]] = left[there]
    return Order(codes, own + np.repeat(left, sizes) * lower.probability[rows], np.ones(len(codes)), keep)


def smooth(stream: Ints, top: int, bits: int, types: int, least: tuple[int, ...]) -> list[Order]:
    """Smooth the 1..``top``-grams of a token stream; ``least[k-1]`` is the count from which a k-gram is kept.

    Tokens are in 0..2**bits-1; an n-gram's code is its tokens one after another, ``bits`` each.
    """
    raw: list[tuple[Ints, Floats]] = []
    for n in range(1, top + 1):
        codes = np.zeros(len(stream) - n + 1, dtype=np.int64)
        for k in range(n):
            codes = (codes << bits) | stream[k : len(stream) - n + 1 + k]
        unique, counts = np.unique(codes, return_counts=True)
        raw.append((unique, counts.astype(np.float64)))
    below: Order | None = None
    orders = []
    for n in range(1, top + 1):
        codes, counts = raw[n - 1]
        keep = counts >= least[n - 1]
        if n < top:
            mask = (1 << (bits * n)) - 1
            seen, ways = np.unique(raw[n][0] & mask, return_counts=True)
            full = np.zeros(len(codes))
            full[np.searchsorted(codes, seen)] = ways
            counts = np.maximum(full, 1.0)
        below = order_of(codes, counts, keep, below, bits, bits * (n - 1), types)
        orders.append(below)
    return orders
