"""Running text: background, summary or assessment of an office by its own model, the members' by :mod:`.argument`."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .argument import ArgumentModel, load_argument, passages_of
from .draft import Draft
from .tables import heading_key

LABELS = ("background", "summary", "assessment")
DIMENSIONS = 1 << 14
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[a-z0-9\"-])")
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class ProseModel:
    """Weights of shape ``(DIMENSIONS, 3)``, one bias a label, the temperature that calibrates; the members' model."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float
    cues: tuple[tuple[str, re.Pattern[str]], ...]
    argument: ArgumentModel

    def probabilities(self, features: dict[str, float]) -> NDArray[np.float64]:
        """The probability of each label of :data:`LABELS`."""
        rows = np.fromiter((crc32(name.encode()) % DIMENSIONS for name in features), dtype=np.int64)
        values = np.fromiter(features.values(), dtype=np.float64)
        scores = (values @ self.weights[rows] + self.bias) / self.temperature
        odds = np.exp(scores - scores.max())
        return np.asarray(odds / odds.sum(), dtype=np.float64)


def load_cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The table of cue words."""
    text = (Path(__file__).parents[1] / "tables" / "cues.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return tuple((name, re.compile(pattern)) for name, pattern, _ in rows)


def load_prose(folder: Path) -> ProseModel:
    """Read ``prose.npz`` and ``argument.npz`` from the model's folder."""
    cues = load_cues()
    with np.load(folder / "prose.npz") as data:
        weights, bias = data["weights"].astype(np.float32), data["bias"].astype(np.float32)
        return ProseModel(weights, bias, float(data["temperature"]), cues, load_argument(folder, cues))


def describe(
    draft: Draft, cues: tuple[tuple[str, re.Pattern[str]], ...]
) -> list[tuple[list[int], tuple[str, ...], dict[str, float]]]:
    """The open paragraphs of an office's draft with their features, neighbours included."""
    if all("motivation" in allowed for _, allowed, _ in draft.open):
        return []
    texts = [" ".join(draft.lines[i].key for i in group) for group, _, _ in draft.open]
    own = [_cues(text, cues) for text in texts]
    count = len(texts)
    described = []
    for n, (group, allowed, above) in enumerate(draft.open):
        features = _words(texts[n])
        features.update(own[n])
        for name, value in (own[n - 1] if n else {}).items():
            features[f"<{name}"] = value
        for name, value in (own[n + 1] if n + 1 < count else {}).items():
            features[f">{name}"] = value
        place = n / max(1, count - 1)
        features["bias"] = 1.0
        features["place"] = place
        features["place2"] = place * place
        features[f"kind {draft.kind}"] = 1.0
        features["first"] = float(n == 0)
        features["last"] = float(n == count - 1)
        features[f"above {above}"] = 1.0
        head = draft.head[group[0]]
        features[f"head {heading_key(draft.lines[head].key) if head is not None else ''}"] = 1.0
        features["many"] = math.log1p(count) / 3
        features["item"] = float(draft.lines[group[0]].mark is not None)
        features["size"] = math.log1p(len(texts[n])) / 7
        features["colon"] = float(texts[n].endswith(":"))
        described.append((group, allowed, features))
    return described


def _words(text: str) -> dict[str, float]:
    """Words and pairs of words, weighted so that long paragraphs do not shout."""
    words = [word if word.isalpha() else "#" for word in _WORD.findall(text)]
    found = {f"w {word}" for word in words}
    found.update(f"p {a} {b}" for a, b in itertools.pairwise(words))
    weight = 1.0 / math.sqrt(max(1, len(found)) / 12)
    return dict.fromkeys(sorted(found), weight)


def _cues(text: str, cues: tuple[tuple[str, re.Pattern[str]], ...]) -> dict[str, float]:
    """Share of the sentences that hold each cue, and whether the first or last one does."""
    sentences = _SENTENCE.split(text)
    values: dict[str, float] = {}
    for name, pattern in cues:
        hits = [bool(pattern.search(sentence)) for sentence in sentences]
        if any(hits):
            values[f"c {name}"] = sum(hits) / len(hits)
            values[f"c1 {name}"] = float(hits[0])
            values[f"c9 {name}"] = float(hits[-1])
    return values


def decide(draft: Draft, model: ProseModel) -> None:
    """Label every open paragraph with the likeliest label it may take."""
    members = passages_of(draft)
    for (group, _), sure in zip(members, model.argument.motivates([p for _, p in members]), strict=True):
        draft.put(group, "motivation" if sure > 0.5 else "background", max(float(sure), 1 - float(sure)))
    for group, allowed, features in describe(draft, model.cues):
        chances = model.probabilities(features)
        mask = np.array([label in allowed for label in LABELS])
        chances = np.where(mask, chances, 0.0)
        best = int(chances.argmax())
        total = float(chances.sum()) or 1.0
        draft.put(group, LABELS[best], float(chances[best]) / total)
