"""Clean text into what is counted: a stream of token ids, the lexicon, and how each word is written."""

from __future__ import annotations

import lzma
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.repair import model, skeleton, tokens
from pipeline.repair.tokens import LOWER, TITLE, UPPER

_TOKEN = re.compile(r"[^\W_]+|[.!?:;](?=[\s\"”)]|$)")
_STOPS = frozenset(".!?:;")
LEAST = 2  # forms seen once are mostly names and slips
SHORTEST_PART, PART_SEEN = 3, 5


@dataclass(frozen=True)
class Corpus:
    """``stream`` holds ids of ``words`` (the first are the model's classes); ``shapes`` counts case by word.

    ``shapes`` is [words, 4] away from sentence starts; ``heads`` and ``tails`` count compounds by their parts.
    """

    words: list[str]
    stream: NDArray[np.int64]
    shapes: NDArray[np.int64]
    heads: NDArray[np.int64]
    tails: NDArray[np.int64]
    once: list[str]
    once_named: list[str]


def paragraphs(paths: Iterable[Path]) -> Iterator[str]:
    """Lines of text files, packed with xz or not."""
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
            yield from file


def held_back(index: int) -> bool:
    """Whether the paragraph is kept for tests on clean text: every hundredth."""
    return index % 100 == 7


OPENING = 6


def openings(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Every run of six words of some texts: a paragraph that opens with one is on those pages."""
    found = set()
    for text in texts:
        words = [w.strip(".,:;") for w in text.split()]
        found.update(tuple(words[i : i + OPENING]) for i in range(len(words) - OPENING + 1))
    return frozenset(found)


def unprinted(lines: Iterable[str], printed: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """Paragraphs that are not on the pages, so that the language model meets those pages as it meets any others."""
    for line in lines:
        if tuple(w.strip(".,:;") for w in line.split(maxsplit=OPENING)[:OPENING]) not in printed:
            yield line


def count(lines: Iterable[str], extra: Iterable[str] = ()) -> Corpus:
    """Count a corpus, paragraph by paragraph; ``extra`` are forms that join the lexicon without a count."""
    ids: dict[str, int] = {}
    stream = array("I")
    for index, line in enumerate(lines):
        if not held_back(index):
            stream.extend([ids.setdefault(x, len(ids)) for x in _TOKEN.findall(line)])
            stream.append(0xFFFFFFFF)
    raw = np.frombuffer(stream, dtype=np.uint32).astype(np.int64)
    raw[raw == 0xFFFFFFFF] = len(ids)
    return _number(raw, [*ids, "."], extra)


def _number(raw: NDArray[np.int64], forms: list[str], extra: Iterable[str]) -> Corpus:
    """Give lower-case words that were seen often enough an id, and everything else a class."""
    lowered: dict[str, int] = {}
    low = np.array([lowered.setdefault(f.lower(), len(lowered)) for f in forms], dtype=np.int64)
    seen = np.bincount(low[raw], minlength=len(lowered))
    names = list(lowered)
    proper = [w for i, w in enumerate(names) if seen[i] >= LEAST and w.isalpha()]
    once = sorted(w for i, w in enumerate(names) if seen[i] < LEAST and w.isalpha())
    counts = {w: int(seen[lowered[w]]) for w in proper}
    parts = compounds(counts)
    lexicon = {*proper, *(w for w in extra if w.isalpha() and w == w.lower())}
    words = [*model.CLASSES, *sorted(lexicon, key=_place)]
    number = {w: i for i, w in enumerate(words)}
    shape = np.array([tokens.shape(f) if f not in _STOPS else 0 for f in forms], dtype=np.int64)
    of_form = np.array([number.get(f.lower(), -1) if f.isalpha() else _class_of(f) for f in forms], dtype=np.int64)
    rare = np.array([(model.UNKNOWN, model.NAME, model.ACRONYM, model.NAME)[s] for s in shape], dtype=np.int64)
    of_form = np.where(of_form < 0, rare, of_form)
    tokens_ = of_form[raw]
    keep = np.r_[True, (tokens_[1:] != model.BREAK) | (tokens_[:-1] != model.BREAK)]
    tokens_, raw = tokens_[keep], raw[keep]
    inside = np.r_[False, tokens_[:-1] != model.BREAK]
    shapes = np.zeros((len(words), 4), dtype=np.int64)
    np.add.at(shapes, (tokens_[inside], shape[raw[inside]]), 1)
    heads, tails = np.zeros(len(words), dtype=np.int64), np.zeros(len(words), dtype=np.int64)
    for (head, tail), n in parts.items():
        heads[number[head]] += n
        tails[number[tail]] += n
    named = {f for f in forms if f.istitle() and f.isalpha()}
    once_named = [w for w in once if w.capitalize() in named]
    return Corpus(words, tokens_, shapes, heads, tails, once, once_named)


def names(corpus: Corpus) -> list[str]:
    """Words that are mostly written with a capital away from sentence starts, and those seen once that way."""
    lower, title = corpus.shapes[:, LOWER], corpus.shapes[:, TITLE]
    mostly = np.flatnonzero((title > 2 * lower) & (title > corpus.shapes[:, UPPER]))
    return [*(corpus.words[i] for i in mostly if i >= len(model.CLASSES)), *corpus.once_named]


def _class_of(form: str) -> int:
    if form in _STOPS:
        return model.BREAK
    return model.NUMBER if form.isdigit() else model.MIXED


def _place(word: str) -> tuple[int, int, str]:
    code = skeleton.key(skeleton.skeleton(word))
    return code & 0xFFFF, code >> 24, word


def compounds(counts: dict[str, int]) -> dict[tuple[str, str], int]:
    """Split the words that are two others: how many words each pair of parts makes (1 each, by type).

    >>> compounds({"polis": 9, "område": 9, "polisområde": 2})
    {('polis', 'område'): 1}
    """
    common = {w for w, n in counts.items() if n >= PART_SEEN and len(w) >= SHORTEST_PART}
    found: dict[tuple[str, str], int] = {}
    for word in counts:
        if len(word) < 2 * SHORTEST_PART:
            continue
        best, pair = 0, None
        for i in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head, tail = word[:i], word[i:]
            if head in common and tail in common:
                score = min(counts[head], 200) * min(counts[tail], 200) * min(len(head), len(tail), 5) ** 3
                if score > best:
                    best, pair = score, (head, tail)
        if pair:
            found[pair] = found.get(pair, 0) + 1
    return found
