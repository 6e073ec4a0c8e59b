"""Train the classifier of members' running text on gold: ``python -m benchmark.structure.train [--shared DIR]``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from .argue import Argued, fit_argument, further, of_gold, sentence_labels
from .gold import Gold, read_gold, read_own, shared_folder

HERE = Path(__file__).resolve().parent


def argued_gold(gold: Gold) -> Argued:
    """The members' paragraphs of a gold document."""
    matter = json.loads((HERE.parent / "folds.json").read_text(encoding="utf-8"))[gold.id]["matter"]
    return of_gold(gold, matter, sentence_labels()["documents"].get(gold.id, {}))


def argued_own(gold: Gold) -> Argued:
    """The members' paragraphs of an invented paper: a matter of its own, no sentence labelled."""
    return of_gold(gold, f"own {gold.id}", {})


def main() -> None:
    """Train on every gold document and write the model's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared")
    parser.add_argument("--out", default=str(Path(__file__).resolve().parents[2] / "models" / "structure-sv"))
    args = parser.parse_args()
    shared = shared_folder(args.shared)
    golds = read_gold(shared)
    own = read_own()
    argued = [argued_gold(gold) for gold in golds] + further(shared) + [argued_own(gold) for gold in own]
    argument = fit_argument(argued)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
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
        "version": "3",
        "paragraphs": len(labelled),
        "sentences": sum(len(passage.sentences) for passage in labelled),
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    print(config, *(f"{path.name} {path.stat().st_size} bytes" for path in sorted(out.glob("*.npz"))))


if __name__ == "__main__":
    main()
