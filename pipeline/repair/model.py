"""The trained model of restoration: flat arrays in one file, mapped into memory and shared between processes."""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ..errors import ModelMissing
from .skeleton import key

FORMAT = 2
UNIT = 12  # costs are -ln(probability) in twelfths, as integers: a byte reaches 21 nats
ID_BITS = 20
MIX = 0x9E3779B97F4A7C15
CODE = 0xFF00FFFF  # the bits of a skeleton's hash that the lexicon keeps
CACHED = 60_000  # entries of one cache: all together keep a process under 150 MB
SEED = 0x5EED  # of the second hash of a raw form
MASK = (1 << 64) - 1
BREAK, NUMBER, UNKNOWN, NAME, ACRONYM, MIXED = range(6)  # the first ids are classes, not words
CLASSES = ("<break>", "<number>", "<unknown>", "<name>", "<acronym>", "<mixed>")


@dataclass(frozen=True, slots=True)
class Grams:
    """N-grams of one order: buckets of sorted fingerprints (16 or 32 bits), with cost and back-off cost."""

    buckets: memoryview
    prints: memoryview
    cost: memoryview
    back: memoryview
    shift: int
    mask: int

    def find(self, code: int) -> int:
        """The row of an n-gram code, -1 when it is not there."""
        mixed = (code * MIX) & MASK
        bucket = mixed >> self.shift
        low, high = self.buckets[bucket], self.buckets[bucket + 1]
        mark = (mixed >> 16) & self.mask
        row = bisect_left(self.prints, mark, low, high)
        return row if row < high and self.prints[row] == mark else -1


@dataclass(frozen=True, slots=True)
class Ready:
    """Packed readings of common raw forms: those of the form with ``prints[i]`` are the cells from ``rows[i]`` on."""

    buckets: memoryview
    prints: memoryview
    rows: memoryview
    cells: memoryview

    def find(self, raw: str, start: int) -> Sequence[int]:
        """The cells of a raw form, empty when it is not there."""
        place, mark = fingerprint(raw, start)
        bucket = place & (len(self.buckets) - 2)
        prints = self.prints
        for i in range(self.buckets[bucket], self.buckets[bucket + 1]):
            if prints[i] == mark:
                return self.cells[self.rows[i] : self.rows[i + 1]]
        return ()


def fingerprint(raw: str, start: int) -> tuple[int, int]:
    """Two hashes of 32 bits: where a form lies, and what tells it from others there."""
    body = f"{start}{raw}".encode()
    return crc32(body), crc32(body, SEED)


@dataclass(frozen=True)
class RepairModel:
    """Weights for :func:`pipeline.repair.repair`; caches of candidates and scores grow inside, up to a bound."""

    name: str
    version: str
    channels: dict[str, Any]
    settings: dict[str, Any]
    calibration: dict[str, list[list[float]]]
    text: memoryview
    offsets: memoryview
    buckets: memoryview
    marks: memoryview
    single: memoryview
    single_back: memoryview
    shapes: memoryview
    heads: memoryview
    tails: memoryview
    pairs: Grams
    triples: Grams
    letters: Grams
    names: Grams
    ready: Ready
    codes: frozenset[int]  # what the skeletons of the lexicon hash to, for a quick no
    caches: dict[str, dict[Any, Any]] = field(default_factory=dict, repr=False, compare=False)

    def word(self, number: int) -> str:
        """The lower-case word with this id."""
        return str(self.text[self.offsets[number] : self.offsets[number + 1]], "utf-8")

    def lookup(self, folded: str) -> list[int]:
        """Ids of the words with this skeleton (a stranger is possible once in 256 words of the bucket)."""
        code = key(folded)
        bucket = code & 0xFFFF
        low, high = self.buckets[bucket], self.buckets[bucket + 1]
        mark, marks = code >> 24, self.marks
        if high - low == 1:
            return [low] if marks[low] == mark else []
        return [i for i in range(low, high) if marks[i] == mark]

    def lookup_all(self, many: Iterable[str]) -> list[int]:
        """The same for many skeletons, most of which no word has."""
        codes = self.codes
        likely = [folded for folded in many if crc32(folded.encode()) & CODE in codes]
        return [number for folded in likely for number in self.lookup(folded)]

    def cache(self, name: str) -> dict[Any, Any]:
        """A cache of this name, emptied when it has grown too large."""
        kept = self.caches.setdefault(name, {})
        if len(kept) > CACHED:
            kept.clear()
        return kept


def codes(buckets: memoryview, marks: memoryview) -> frozenset[int]:
    """The part of the hash that the lexicon keeps of every word: its bucket and its mark."""
    starts = np.frombuffer(buckets, dtype=np.uint32).astype(np.int64)
    bucket = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    mark = np.frombuffer(marks, dtype=np.uint8)[starts[0] :].astype(np.int64)
    return frozenset((bucket | mark << 24).tolist())


def load(folder: Path) -> RepairModel:
    """Map the model of a folder into memory.

    Raises:
        ModelMissing: the folder holds no model, or one of another format.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        with (folder / config["weights"]).open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError, KeyError) as e:
        raise ModelMissing(
            f"No repair model in {folder}: {e}", "Run 'make models' or install the package again."
        ) from e
    if config.get("format") != FORMAT:
        raise ModelMissing(f"The repair model in {folder} has format {config.get('format')}, not {FORMAT}.", "Upgrade.")

    def array(name: str) -> memoryview:
        start, length, kind = config["arrays"][name]
        return whole[start : start + length].cast(kind)

    def grams(name: str) -> Grams:
        buckets = array(f"{name}.buckets")
        shift = 64 - (len(buckets) - 1).bit_length() + 1
        prints = array(f"{name}.prints")
        mask = (1 << 8 * prints.itemsize) - 1
        return Grams(buckets, prints, array(f"{name}.cost"), array(f"{name}.back"), shift, mask)

    return RepairModel(
        name=config["name"],
        version=config["version"],
        channels=config["channels"],
        settings=config["settings"],
        calibration=config["calibration"],
        text=array("text"),
        offsets=array("offsets"),
        buckets=array("buckets"),
        marks=array("marks"),
        single=array("single"),
        single_back=array("single_back"),
        shapes=array("shapes"),
        heads=array("heads"),
        tails=array("tails"),
        pairs=grams("pairs"),
        triples=grams("triples"),
        letters=grams("letters"),
        names=grams("names"),
        ready=Ready(*(array(f"ready.{part}") for part in ("buckets", "prints", "rows", "cells"))),
        codes=codes(array("buckets"), array("marks")),
    )
