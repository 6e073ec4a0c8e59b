"""The raw forms that pages show most often, and their readings worked out beforehand."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.candidates import NEVER, candidates
from pipeline.repair.channel import Channel
from pipeline.repair.model import CLASSES, UNIT, RepairModel, fingerprint
from pipeline.repair.ready import packed
from pipeline.repair.tokens import HALFWAY, INSIDE, LOWER, START, TITLE, UPPER, dress

MOST = 520_000
SEEN = 0.7  # a form is expected as often as this in the corpus, or left out
PRINTED = 0.3  # as a word is printed: how much that counts beside what it is read as
OPENING, HALF, LISTED = 0.15, 0.04, 0.03  # of a word's uses: opening a sentence, after a dash, first in a list
SHARES = (0.84, 0.5, 0.17, 0.06, 0.02, 0.005)  # of a word's uses in one shape, by the shape's cost in the model
WIDEST = 24  # readings of a word kept while it is spelled


def read_as(word: str, channel: Channel, least: int) -> dict[str, int]:
    """Readings of a lower-case word with their costs up to ``least``.

    >>> from pipeline.repair.channel import build
    >>> channel = build("x", {"letters": {"ä": {"a": 2, "i": 40}}, "other": 99, "case": {}, "words": {}})
    >>> read_as("där", channel, 50)
    {'dar': 2, 'dir': 40}
    """
    beams: list[dict[str, int]] = [{"": 0}, *({} for _ in word)]
    for i, letter in enumerate(word):
        for text, cost in sorted(beams[i].items(), key=lambda x: (x[1], x[0]))[:WIDEST]:
            ways = channel.letters.get(letter, {letter: 0})
            for read, step in (*ways.items(), *(() if letter in ways or letter in "åäö" else ((letter, 0),))):
                _offer(beams[i + 1], text + read, cost + step, least)
            for read, step in channel.doubles.get(word[i : i + 2], {}).items():
                _offer(beams[i + 2], text + read, cost + step, least)
    found = dict(beams[-1])
    found.update({read: cost for read, cost in channel.words.get(word, {}).items() if cost <= least})
    return found


def _offer(beam: dict[str, int], text: str, cost: int, least: int) -> None:
    if cost <= min(least, beam.get(text, least)):
        beam[text] = cost


def common(model: RepairModel, channel: Channel) -> list[tuple[str, int]]:
    """The raw forms to be expected most, each with where in a sentence it stands; commonest first."""
    weights: defaultdict[tuple[str, int], float] = defaultdict(float)
    for number in range(len(CLASSES), len(model.single)):
        cost = model.single[number]
        times = math.exp(-cost / UNIT) * model.settings["tokens"] if cost != NEVER else 0.0
        if times >= SEEN:
            word = model.word(number)
            readings = read_as(word, channel, round(math.log(times / SEEN) * UNIT))
            odds = {read: math.exp(-paid / UNIT) for read, paid in readings.items()}
            odds[word] = max(odds.get(word, 0.0), PRINTED)
            for shape, start, share in _uses(model.shapes[number]):
                for read, chance in odds.items():
                    weights[dress(read, shape), start] += times * share * chance
    ranked = sorted((w, form) for form, w in weights.items() if w >= SEEN)
    return [form for _, form in ranked[: -MOST - 1 : -1]]


def _uses(habits: int) -> Iterator[tuple[int, int, float]]:
    """How a word is written where: shape, place in the sentence, share of its uses."""
    for shape in (LOWER, TITLE, UPPER):
        share = SHARES[min((habits >> 4 * shape) & 15, len(SHARES) - 1)]
        yield shape, INSIDE, share
        yield shape, HALFWAY, HALF * share
        yield max(shape, TITLE), START, OPENING * share
        if shape == LOWER:
            yield shape, START, LISTED * share


def table(model: RepairModel, channel: Channel) -> dict[str, NDArray[Any]]:
    """The arrays of :class:`pipeline.repair.model.Ready`, worked out with a model that has none yet."""
    found: list[tuple[int, int, list[int]]] = []
    forms = [(raw, start) for raw, start in common(model, channel) if raw.isalnum()]
    bits = max(1, math.ceil(math.log2(max(2, len(forms)))) - 1)  # one or two forms a bucket
    for raw, start in forms:
        cells = packed(candidates(model, channel, raw, start), raw, model)
        if cells:
            place, mark = fingerprint(raw, start)
            found.append((place & ((1 << bits) - 1), mark, cells))
    found.sort(key=lambda x: x[:2])
    return {
        "ready.buckets": np.searchsorted([b for b, _, _ in found], np.arange((1 << bits) + 1)).astype(np.uint32),
        "ready.prints": np.array([m for _, m, _ in found], dtype=np.uint32),
        "ready.rows": np.cumsum([0, *(len(c) for _, _, c in found)]).astype(np.uint32),
        "ready.cells": np.array([cell for _, _, c in found for cell in c], dtype=np.uint32),
    }


def empty() -> dict[str, NDArray[Any]]:
    """The same arrays with nothing in them."""
    return {
        "ready.buckets": np.zeros(3, dtype=np.uint32),
        "ready.prints": np.zeros(0, dtype=np.uint32),
        "ready.rows": np.zeros(1, dtype=np.uint32),
        "ready.cells": np.zeros(0, dtype=np.uint32),
    }
