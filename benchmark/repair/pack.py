"""Smoothed counts into the flat arrays of the model file."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.repair import model, skeleton

from .corpus import Corpus
from .smooth import Floats, Ints, Order

PER_BUCKET = 8
NEVER = 255


def costs(probability: Floats) -> NDArray[np.uint8]:
    """Probabilities as byte costs."""
    return np.clip(np.round(-np.log(np.maximum(probability, 1e-12)) * model.UNIT), 0, 254).astype(np.uint8)


def grams(
    name: str, codes: Ints, probability: Floats, back: Floats | None, *, wide: bool = False
) -> dict[str, NDArray[Any]]:
    """Bucketed fingerprint table of n-grams; ``wide`` fingerprints of 32 bits hardly ever mistake one for another."""
    bits = max(4, math.ceil(math.log2(max(1, len(codes)) / PER_BUCKET)))
    mixed = codes.astype(np.uint64) * np.uint64(model.MIX)
    bucket = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    mark = ((mixed >> np.uint64(16)) & np.uint64(0xFFFFFFFF if wide else 0xFFFF)).astype(np.int64)
    order = np.lexsort((codes, mark, bucket))
    starts = np.searchsorted(bucket[order], np.arange((1 << bits) + 1))
    return {
        f"{name}.buckets": starts.astype(np.uint32),
        f"{name}.prints": mark[order].astype(np.uint32 if wide else np.uint16),
        f"{name}.cost": costs(probability)[order],
        f"{name}.back": costs(back)[order] if back is not None else np.zeros(1, dtype=np.uint8),
    }


def kept(name: str, order: Order, *, back: bool) -> dict[str, NDArray[Any]]:
    """The n-grams of one order that are kept."""
    k = order.keep
    return grams(name, order.codes[k], order.probability[k], order.back[k] if back else None, wide=back)


def lexicon(corpus: Corpus, single: Order) -> dict[str, NDArray[Any]]:
    """Words by skeleton bucket, with their cost, case habits and use in compounds."""
    words = corpus.words
    blobs = [w.encode() for w in words]
    codes = [skeleton.key(skeleton.skeleton(w)) for w in words]
    first = len(model.CLASSES)
    probability = np.full(len(words), 0.0)
    back = np.ones(len(words))
    probability[single.codes] = single.probability
    back[single.codes] = single.back
    cost = costs(probability)
    cost[probability == 0.0] = NEVER
    shapes = corpus.shapes + 0.15 * np.array([4.0, 1.0, 0.3, 0.1]) / 5.4
    shapes = -np.log(shapes / shapes.sum(axis=1, keepdims=True)) / 0.75
    nibbles = np.clip(np.round(shapes), 0, 15).astype(np.uint16)
    return {
        "text": np.frombuffer(b"".join(blobs), dtype=np.uint8),
        "offsets": np.cumsum([0, *map(len, blobs)]).astype(np.uint32),
        "buckets": np.searchsorted([c & 0xFFFF for c in codes[first:]], np.arange(0x10001)).astype(np.uint32) + first,
        "marks": np.array([c >> 24 for c in codes], dtype=np.uint8),
        "single": cost,
        "single_back": costs(back),
        "shapes": (nibbles[:, 0] | nibbles[:, 1] << 4 | nibbles[:, 2] << 8 | nibbles[:, 3] << 12).astype(np.uint16),
        "heads": parts(corpus.heads),
        "tails": parts(corpus.tails),
    }


def parts(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Costs of words as parts of compounds."""
    total = counts.sum()
    return np.where(counts > 0, costs(counts / max(1, total)), NEVER).astype(np.uint8)


def write(folder: Path, arrays: dict[str, NDArray[Any]], config: dict[str, Any]) -> int:
    """Write ``weights.bin`` and ``config.json``; returns the bytes of weights."""
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[str, tuple[int, int, str]] = {}
    at = 0
    with (folder / "weights.bin").open("wb") as file:
        for name in sorted(arrays):
            values = np.ascontiguousarray(arrays[name])
            kind = {np.dtype(np.uint8): "B", np.dtype(np.uint16): "H", np.dtype(np.uint32): "I"}[values.dtype]
            body = values.astype(values.dtype.newbyteorder("<")).tobytes()
            places[name] = (at, len(body), kind)
            padding = -len(body) % 8
            file.write(body + b"\0" * padding)
            at += len(body) + padding
    whole = {"format": model.FORMAT, "weights": "weights.bin", "arrays": places, **config}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    (folder / "config.json").write_text(text, encoding="utf-8")
    return at
