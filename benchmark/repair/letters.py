"""The letter model for words that the lexicon lacks: 6-grams of letters over word forms."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from pipeline.repair import unknown

from .smooth import Order, smooth

TOP = 6


def stream(forms: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """All forms as letter ids, with edges between."""
    edge = [unknown.EDGE] * (TOP - 1)
    ids = list(edge)
    for form in forms:
        ids.extend(unknown.letter_ids(form))
        ids.extend(edge)
    return np.array(ids, dtype=np.int64)


def orders(forms: Iterable[str]) -> list[Order]:
    """Smoothed 1- to 6-grams."""
    return smooth(stream(forms), TOP, unknown.LETTER_BITS, 1 << unknown.LETTER_BITS, (1, 1, 1, 2, 2, 2))


def packed(forms: Iterable[str]) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    """Codes (marked with their order), probabilities and back-off weights of all orders together."""
    codes, probability, back = [], [], []
    for n, order in enumerate(orders(forms), 1):
        k = order.keep
        codes.append(order.codes[k] | (1 << (unknown.LETTER_BITS * n)))
        probability.append(order.probability[k])
        back.append(order.back[k])
    return np.concatenate(codes), np.concatenate(probability), np.concatenate(back)
