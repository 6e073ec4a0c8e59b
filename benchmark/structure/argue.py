"""Train the model of background and motivation: sentences first, then the paragraphs that they make.

``sentences.json`` holds one letter a sentence (``b`` states, ``m`` argues), by document and offset of the paragraph,
by section of an interpellation, or by line and offset of the corpus: places and labels, no text.
"""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.segment.argument import (
    DIMENSIONS,
    ArgumentModel,
    Cues,
    Passage,
    layout_of,
    load_cues,
    passages_of,
    place,
    sentence_features,
    split_sentences,
)
from pipeline.segment.outline import layout
from pipeline.segment.tables import load_tables

from .gold import Gold

PARTS = 4  # the paragraphs learn from sentences that the model of sentences has not seen
INHERITED = 0.4  # weight of a sentence that has only its paragraph's label
TEMPERATURE = 1.0
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Argued:
    """A document to learn from: its passages, their labels (None: not labelled), the letters of their sentences."""

    matter: str
    passages: tuple[Passage, ...]
    labels: tuple[str | None, ...]
    letters: tuple[str | None, ...]
    loose: bool = False  # a paragraph out of its document tells nothing of places


def sentence_labels() -> dict[str, Any]:
    """The labels of ``sentences.json``."""
    found: dict[str, Any] = json.loads((HERE / "sentences.json").read_text(encoding="utf-8"))
    return found


def of_gold(gold: Gold, matter: str, letters: dict[str, str]) -> Argued:
    """A gold document with the label that most lines of each passage carry."""
    wanted = gold.labels()
    return _argued(gold.clean or gold.text, matter, letters, lambda lines, _: _most([wanted.get(n, "") for n in lines]))


def of_motion(text: str, matter: str, paragraphs: dict[str, str], letters: dict[str, str]) -> Argued:
    """A further motion whose paragraphs are labelled by their offsets."""
    return _argued(text, matter, letters, lambda _, start: _near(paragraphs, start))


def _argued(text: str, matter: str, letters: dict[str, str], label: Any) -> Argued:
    draft, _, _, _ = layout(text, load_tables())
    passages, labels, found = [], [], []
    for group, passage in passages_of(draft):
        start = draft.lines[group[0]].span.start
        named = label([draft.lines[i].n for i in group], start)
        own = _near(letters, start)
        passages.append(passage)
        labels.append(named if named in {"background", "motivation"} else None)
        found.append(own if own and len(own) == len(passage.sentences) else None)
    return Argued(matter, tuple(passages), tuple(labels), tuple(found))


def _most(labels: list[str]) -> str:
    return max(sorted(set(labels)), key=labels.count)


def _near(labels: dict[str, str], start: int) -> str | None:
    return next((label for at, label in labels.items() if abs(int(at) - start) < 3), None)


def further(shared: Path) -> list[Argued]:
    """Motions of ``gold/links``, interpellations and paragraphs of the corpus, as far as the files are there."""
    labels = sentence_labels()
    paragraphs = json.loads((HERE / "paragraphs-goteborg.json").read_text(encoding="utf-8"))
    found: list[Argued] = []
    motions = shared / "gold" / "links" / "documents.jsonl.xz"
    if motions.is_file():
        for document in _rows(motions):
            if document["id"] in paragraphs:
                letters = labels["documents"].get(document["id"], {})
                found.append(of_motion(document["text"], document["id"], paragraphs[document["id"]], letters))
    interpellations = shared / "data" / "interpellations.jsonl.xz"
    if interpellations.is_file():
        wanted = labels["interpellations"]
        found += [_interpellation(row, wanted[row["id"]]) for row in _rows(interpellations) if row["id"] in wanted]
    corpus = shared / "corpus" / "sv_admin.txt.xz"
    if corpus.is_file():
        found += _loose(corpus, labels["corpus"])
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _interpellation(row: dict[str, Any], letters: dict[str, str]) -> Argued:
    passages, labels, found = [], [], []
    for n, (section, own) in enumerate(sorted(letters.items(), key=lambda item: int(item[0]))):
        text = _plain(row["sections"][int(section)]["text"].replace("\u00ad", ""))
        passage = Passage(split_sentences(text), "interpellation", "", n, len(letters))
        if len(passage.sentences) == len(own):
            passages.append(passage)
            labels.append(_majority(own))
            found.append(own)
    return Argued(row["id"], tuple(passages), tuple(labels), tuple(found))


def _loose(corpus: Path, letters: dict[str, str]) -> list[Argued]:
    places = {int(key.split(":")[0]): (int(key.split(":")[1]), own) for key, own in letters.items()}
    found = []
    with lzma.open(corpus, "rt", encoding="utf-8", newline="\n") as lines:
        for n, line in enumerate(lines):
            if n in places:
                start, own = places[n]
                passage = Passage(split_sentences(line.rstrip("\n")[start:]), "yrkande", "", 0, 1)
                if len(passage.sentences) == len(own):
                    found.append(Argued(f"corpus {n}", (passage,), (_majority(own),), (own,), loose=True))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"-\n(?=[a-zåäö])", "", text)).strip()


def _majority(letters: str) -> str:
    argues = letters.count("m") * 2
    return "motivation" if argues > len(letters) or (argues == len(letters) and letters[-1] == "m") else "background"


def fit_argument(documents: Iterable[Argued]) -> ArgumentModel:
    """Both models; the second learns from scores of documents that the first has not seen."""
    documents = list(documents)
    cues = load_cues()
    parts = {matter: n % PARTS for n, matter in enumerate(sorted({d.matter for d in documents}))}
    rows: list[NDArray[np.float64]] = []
    labels: list[bool] = []
    weights: list[float] = []
    for part in range(PARTS):
        seen = _fit_sentences([d for d in documents if parts[d.matter] != part], cues)
        for document in documents:
            if parts[document.matter] == part and not document.loose and document.passages:
                table = layout_of(document.passages, [_scores(seen, p) for p in document.passages])
                for row, label, passage in zip(table, document.labels, document.passages, strict=True):
                    if label:
                        rows.append(row)
                        labels.append(label == "motivation")
                        weights.append(float(np.sqrt(sum(map(len, passage.sentences)) / 400)))
    second = LogisticRegression(C=0.3, max_iter=500, class_weight="balanced")
    second.fit(np.array(rows), labels, sample_weight=weights)
    first = _fit_sentences(documents, cues)
    return ArgumentModel(
        first.words,
        first.words_bias,
        second.coef_[0].astype(np.float32),
        float(second.intercept_[0]),
        TEMPERATURE,
        cues,
    )


@cache
def _features(sentence: str, cues: Cues) -> tuple[tuple[int, ...], tuple[float, ...]]:
    found = sentence_features(sentence, cues)
    return tuple(place(name) for name in found), tuple(found.values())


def _scores(model: ArgumentModel, passage: Passage) -> NDArray[np.float64]:
    """As :meth:`ArgumentModel.scores`, without working out the features again."""
    found = [_features(sentence, model.cues) for sentence in passage.sentences]
    return np.array([float(np.dot(values, model.words[list(rows)])) + model.words_bias for rows, values in found])


def _fit_sentences(documents: Sequence[Argued], cues: Cues) -> ArgumentModel:
    features: list[tuple[tuple[int, ...], tuple[float, ...]]] = []
    argues: list[bool] = []
    weights: list[float] = []
    for document in documents:
        for passage, label, letters in zip(document.passages, document.labels, document.letters, strict=True):
            if label is None:
                continue
            features += [_features(sentence, cues) for sentence in passage.sentences]
            inherited = "m" if label == "motivation" else "b"
            argues += [letter == "m" for letter in letters or inherited * len(passage.sentences)]
            weights += [1.0 if letters else INHERITED] * len(passage.sentences)
    model = LogisticRegression(C=1.0, max_iter=300)
    model.fit(_sparse(features, DIMENSIONS), argues, sample_weight=weights)
    words = model.coef_[0].astype(np.float32)
    return ArgumentModel(words, float(model.intercept_[0]), np.zeros(0, np.float32), 0.0, 1.0, cues)


def _sparse(features: Sequence[tuple[tuple[int, ...], tuple[float, ...]]], dimensions: int) -> csr_matrix:
    rows = np.repeat(np.arange(len(features)), [len(columns) for columns, _ in features])
    columns = np.fromiter((column for row, _ in features for column in row), dtype=np.int64)
    values = np.fromiter((value for _, row in features for value in row), dtype=np.float64)
    return csr_matrix((values, (rows, columns)), shape=(len(features), dimensions))
