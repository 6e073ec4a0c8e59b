"""Train the classifier of running text on gold paragraphs: ``python -m benchmark.structure.train [--shared DIR]``."""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.segment.outline import layout
from pipeline.segment.prose import DIMENSIONS, LABELS, ProseModel, describe, load_cues
from pipeline.segment.tables import load_tables

from .gold import Gold, read_gold, shared_folder

Sample = tuple[dict[str, float], str, tuple[str, ...]]
STRENGTH = 1.0
TEMPERATURE = 1.1  # least cross-validated log loss, ECE 0.06
HERE = Path(__file__).resolve().parent


def samples(gold: Gold) -> list[Sample]:
    """The open paragraphs of a gold document with the label that most of their lines carry."""
    draft, _, _, _ = layout(gold.clean or gold.text, load_tables())
    wanted = gold.labels()
    found = []
    for group, allowed, features in describe(draft, load_cues()):
        votes = Counter(wanted.get(draft.lines[i].n, "") for i in group)
        label = votes.most_common(1)[0][0]
        if label in LABELS:
            found.append((features, label, allowed))
    return found


def more_samples(shared: Path) -> list[Sample]:
    """Paragraphs of further motions (``gold/links``), labelled by the project: see ``paragraphs-goteborg.json``.

    The file holds, for each document, the offset at which a paragraph begins and its label.
    """
    labels = json.loads((HERE / "paragraphs-goteborg.json").read_text(encoding="utf-8"))
    found: list[Sample] = []
    with lzma.open(shared / "gold" / "links" / "documents.jsonl.xz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    for document in documents:
        row = {int(offset): label for offset, label in labels.get(document["id"], {}).items()}
        if not row:
            continue
        draft, _, _, _ = layout(document["text"], load_tables())
        for group, allowed, features in describe(draft, load_cues()):
            start = draft.lines[group[0]].span.start
            label = next((row[offset] for offset in row if abs(offset - start) < 3), None)
            if label and label in allowed:
                found.append((features, label, allowed))
    return found


def fit(rows: Iterable[Sample]) -> ProseModel:
    """One weight a feature and label, by regularised logistic regression."""
    rows = list(rows)
    matrix, labels = _matrix([r[0] for r in rows]), [r[1] for r in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(matrix, labels)
    weights = np.zeros((DIMENSIONS, len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), -9.0, dtype=np.float32)
    for row, name in enumerate(model.classes_):
        weights[:, LABELS.index(name)] = model.coef_[row]
        bias[LABELS.index(name)] = model.intercept_[row]
    return ProseModel(weights, bias, TEMPERATURE, load_cues())


def _matrix(features: list[dict[str, float]]) -> csr_matrix:
    rows, columns, values = [], [], []
    for n, described in enumerate(features):
        for name, value in described.items():
            rows.append(n)
            columns.append(crc32(name.encode()) % DIMENSIONS)
            values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(features), DIMENSIONS))


def main() -> None:
    """Train on every gold document and write the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared")
    parser.add_argument("--out", default=str(Path(__file__).resolve().parents[2] / "models" / "structure-sv"))
    args = parser.parse_args()
    shared = shared_folder(args.shared)
    rows = [row for gold in read_gold(shared) for row in samples(gold)] + more_samples(shared)
    model = fit(rows)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "prose.npz",
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        temperature=np.float32(model.temperature),
    )
    config = {"name": "structure-sv", "version": "1", "paragraphs": len(rows)}
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    print(f"{len(rows)} paragraphs, {(out / 'prose.npz').stat().st_size} bytes")


if __name__ == "__main__":
    main()
