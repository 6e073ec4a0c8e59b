"""Train the classifier of running text on gold paragraphs: ``python -m benchmark.structure.train [--shared DIR]``."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.segment.outline import layout
from pipeline.segment.prose import DIMENSIONS, LABELS, ProseModel, describe, load_cues
from pipeline.segment.tables import load_tables

from .argue import Argued, fit_argument, further, matrix, of_gold, sentence_labels
from .gold import Gold, read_gold, read_own, shared_folder

Sample = tuple[dict[str, float], str, tuple[str, ...]]
STRENGTH = 1.0
TEMPERATURE = 1.1  # least cross-validated log loss, ECE 0.06
HERE = Path(__file__).resolve().parent


def argued_gold(gold: Gold) -> Argued:
    """The members' paragraphs of a gold document."""
    matter = json.loads((HERE.parent / "folds.json").read_text(encoding="utf-8"))[gold.id]["matter"]
    return of_gold(gold, matter, sentence_labels()["documents"].get(gold.id, {}))


def argued_own(gold: Gold) -> Argued:
    """The members' paragraphs of an invented paper: a matter of its own, no sentence labelled."""
    return of_gold(gold, f"own {gold.id}", {})


def samples(gold: Gold) -> list[Sample]:
    """The open paragraphs of an office's document with the label that most of their lines carry."""
    draft, _, _, _ = layout(gold.clean or gold.text, load_tables())
    wanted = gold.labels()
    found = []
    for group, allowed, features in describe(draft, load_cues()):
        votes = Counter(wanted.get(draft.lines[i].n, "") for i in group)
        label = votes.most_common(1)[0][0]
        if label in LABELS:
            found.append((features, label, allowed))
    return found


def fit(rows: Iterable[Sample], argued: Iterable[Argued]) -> ProseModel:
    """One weight a feature and label, by regularised logistic regression; the members' model beside it."""
    rows = list(rows)
    labels = [r[1] for r in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(matrix([r[0] for r in rows], DIMENSIONS), labels)
    weights = np.zeros((DIMENSIONS, len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), -9.0, dtype=np.float32)
    for row, name in enumerate(model.classes_):
        weights[:, LABELS.index(name)] = model.coef_[row]
        bias[LABELS.index(name)] = model.intercept_[row]
    return ProseModel(weights, bias, TEMPERATURE, load_cues(), fit_argument(argued))


def main() -> None:
    """Train on every gold document and write the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared")
    parser.add_argument("--out", default=str(Path(__file__).resolve().parents[2] / "models" / "structure-sv"))
    args = parser.parse_args()
    shared = shared_folder(args.shared)
    golds = read_gold(shared)
    own = read_own()
    rows = [row for gold in golds + own for row in samples(gold)]
    argued = [argued_gold(gold) for gold in golds] + further(shared) + [argued_own(gold) for gold in own]
    model = fit(rows, argued)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out / "prose.npz",
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        temperature=np.float32(model.temperature),
    )
    argument = model.argument
    np.savez_compressed(
        out / "argument.npz",
        words=argument.words.astype(np.float16),
        words_bias=np.float32(argument.words_bias),
        layout=argument.layout,
        layout_bias=np.float32(argument.layout_bias),
        temperature=np.float32(argument.temperature),
    )
    labelled = [
        passage
        for document in argued
        for passage, label in zip(document.passages, document.labels, strict=True)
        if label
    ]
    config = {
        "name": "structure-sv",
        "version": "2",
        "paragraphs": len(rows) + len(labelled),
        "sentences": sum(len(passage.sentences) for passage in labelled),
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    print(config, *(f"{path.name} {path.stat().st_size} bytes" for path in sorted(out.glob("*.npz"))))


if __name__ == "__main__":
    main()
