"""Background or motivation: a linear model of sentences, and one of the paragraphs that they make in their document."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..needles import Quick
from .draft import Draft
from .floor_sentences import sentences
from .lines import fold
from .running import running

DIMENSIONS = 1 << 15
KINDS = ("motion", "yrkande")
HEADINGS = ("body", "background")
_WORD = re.compile(r"[a-z]+|\d+")
# A paragraph that opens with what its author thinks or wants goes on to say why.
_OPINION = re.compile(
    r"^(darfor |men |och |har )?((vi|jag|undertecknade?)( \w+)? (menar|anser|vill|tycker|foreslar|yrkar)"
    r"|(menar|anser|vill|tycker|foreslar) (vi|jag)"
    r"|\w*(partiet|demokraterna|moderaterna|liberalerna|initiativ|partierna)( \w+){0,3} "
    r"(menar|anser|vill|tycker|foreslar))\b"
)
_CAP = 4.0  # no sentence weighs more than this, however sure

Cues = tuple[tuple[str, Quick], ...]


@dataclass(frozen=True)
class Passage:
    """A paragraph of a member's document: its sentences, and where it stands."""

    sentences: tuple[str, ...]
    kind: str
    above: str
    number: int
    count: int


@dataclass(frozen=True)
class ArgumentModel:
    """Weights of hashed words of shape ``(DIMENSIONS,)``, weights of :func:`layout_of` and both biases."""

    words: NDArray[np.float32]
    words_bias: float
    layout: NDArray[np.float32]
    layout_bias: float
    temperature: float
    cues: Cues

    def scores(self, passage: Passage) -> NDArray[np.float64]:
        """How much each sentence argues: log odds."""
        return np.array([self._score(sentence) for sentence in passage.sentences], dtype=np.float64)

    def _score(self, sentence: str) -> float:
        found = sentence_features(sentence, self.cues)
        rows = np.fromiter((place(name) for name in found), dtype=np.int64, count=len(found))
        values = np.fromiter(found.values(), dtype=np.float64, count=len(found))
        return float(values @ self.words[rows]) + self.words_bias

    def motivates(self, passages: Sequence[Passage]) -> NDArray[np.float64]:
        """The probability that each paragraph of one document is motivation."""
        if not passages:
            return np.zeros(0)
        table = layout_of(passages, [self.scores(passage) for passage in passages])
        odds = (table @ self.layout + self.layout_bias) / self.temperature
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def load_cues() -> Cues:
    """The table of cue words."""
    text = (Path(__file__).parents[1] / "tables" / "cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return tuple((name, Quick(re.compile(pattern))) for name, pattern, _ in rows)


def load_argument(folder: Path) -> ArgumentModel:
    """Read ``argument.npz`` from the model's folder, and the table of cue words."""
    with np.load(folder / "argument.npz") as data:
        return ArgumentModel(
            data["words"].astype(np.float32),
            float(data["words_bias"]),
            data["layout"].astype(np.float32),
            float(data["layout_bias"]),
            float(data["temperature"]),
            load_cues(),
        )


def place(name: str) -> int:
    """The weight that a feature has, by its name."""
    return crc32(name.encode()) % DIMENSIONS


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a running text.

    >>> split_sentences("Det är halt. Kommunen bör sanda.")
    ('Det är halt.', 'Kommunen bör sanda.')
    """
    return tuple(text[a:b] for a, b in sentences(text))


def passages_of(draft: Draft) -> list[tuple[list[int], Passage]]:
    """The open paragraphs that are background or motivation."""
    found: list[tuple[list[int], Passage]] = []
    for number, (group, above) in enumerate(draft.open):
        text = running(draft.lines[i].text for i in group)
        found.append((group, Passage(split_sentences(text), draft.kind, above, number, len(draft.open))))
    return found


def argue(draft: Draft, model: ArgumentModel) -> None:
    """Label every open paragraph with the likelier of background and motivation."""
    passages = passages_of(draft)
    for (group, _), sure in zip(passages, model.motivates([p for _, p in passages]), strict=True):
        draft.put(group, "motivation" if sure > 0.5 else "background", max(float(sure), 1 - float(sure)))


def sentence_features(sentence: str, cues: Cues) -> dict[str, float]:
    """Words, pairs of words, beginnings of words, cues and the sentence's first words, each with its weight."""
    key = fold(sentence)
    words = [word if word.isalpha() else "#" for word in _WORD.findall(key)]
    names = {f"w {word}" for word in words}
    names.update(f"p {a} {b}" for a, b in itertools.pairwise(["^", *words]))
    names.update(f"s {word[:5]}" for word in words if len(word) > 5)
    found = dict.fromkeys(sorted(names), 1.0 / math.sqrt(max(1, len(names)) / 12))
    for name, pattern in cues:
        if pattern.search(key):
            found[f"c {name}"] = 1.0
    found["size"] = math.log1p(len(words)) / 4
    found["question"] = float(key.endswith("?"))
    found["digit"] = float("#" in words)
    found["first two " + " ".join(words[:2])] = 0.7
    found["first " + " ".join(words[:1])] = 0.7
    return found


def layout_of(passages: Sequence[Passage], scores: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """What the scores of its sentences, its neighbours and its place say of each paragraph: one row a paragraph."""
    capped = [np.clip(score, -_CAP, _CAP) for score in scores]
    means = [float(score.mean()) for score in capped]
    rows = []
    last = len(passages) - 1
    for n, (passage, score) in enumerate(zip(passages, capped, strict=True)):
        lengths = np.array([len(sentence) for sentence in passage.sentences], dtype=np.float64)
        at = passage.number / max(1, passage.count - 1)
        rows.append(
            [
                means[n],
                float((1 / (1 + np.exp(-scores[n]))).mean()) * 3,
                float((score * lengths).sum() / lengths.sum()),
                score[0] / 2,
                score[-1] / 2,
                score.max() / 2,
                score.min() / 2,
                means[n - 1] if n else 0.0,
                means[n + 1] if n < last else 0.0,
                float(np.mean(means[:n])) if n else 0.0,
                float(np.mean(means[n + 1 :])) if n < last else 0.0,
                at,
                at * at,
                float(n == 0),
                float(n == last),
                math.log1p(len(passages)) / 3,
                len(passage.sentences) / 5,
                float(_OPINION.match(fold(passage.sentences[0])) is not None),
                *(float(passage.kind == kind) for kind in KINDS),
                *(float(passage.above == heading) for heading in HEADINGS),
            ]
        )
    return np.array(rows, dtype=np.float64)
