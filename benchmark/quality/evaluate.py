"""How good the verdict is: confusion matrix, error of the damage estimate, speed.

    python -m benchmark.quality.evaluate --clean TEXTS --pages FOLDER... [--json OUT]

TEXTS is a folder of clean ``.txt`` files; they are judged whole and in pieces of 1, 2, 3 and 8 lines, and garbled in
every way that the mojibake table knows. FOLDERs are as the scan factory leaves them (``ID.printed.txt`` beside
``ID.LANG.txt``). Pages read with the right language (``swe...``) count as clean below NOISY of damage, else as noisy.
Of the damage, the truth is the share of the read words that are not the printed ones (case and edges folded).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline import models
from pipeline.quality import QualityModel, load, verdict
from pipeline.quality.features import words_of
from pipeline.quality.train import damaged
from pipeline.quality.verdict import NOISY_DAMAGE

MIXUPS = [("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp850"), ("cp850", "cp1252"), ("mac_roman", "latin-1"),
          ("latin-1", "mac_roman"), ("latin-1", "cp850")]  # fmt: skip


class Sample(NamedTuple):
    """One text to judge; ``damage`` is None where no printed text is known."""

    name: str
    group: str
    want: str
    text: str
    damage: float | None


def clean_samples(folder: Path) -> Iterator[Sample]:
    """Whole texts, pieces of them, and the texts garbled."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield Sample(path.name, "whole", "clean", text, None)
        lines = [line for line in text.split("\n") if line.strip()]
        for size in (1, 2, 3, 8):
            for at in range(0, len(lines), size):
                piece = "\n".join(lines[at : at + size])
                if words_of(piece).forms:
                    yield Sample(f"{path.name}:{at + 1}", f"{size} line", "clean", piece, None)
        for written, read in MIXUPS:
            data = text.encode(written, "replace")
            garbled = "".join(bytes([b]).decode(read, "replace").replace("\ufffd", chr(b)) for b in data)
            yield Sample(f"{path.name} {written}>{read}", "mojibake", "mojibake", garbled, None)


def page_samples(folders: list[Path]) -> Iterator[Sample]:
    """Rendered documents by the language that read them."""
    for folder in folders:
        for printed in sorted(folder.glob("*.printed.txt")):
            stem = printed.name.removesuffix(".printed.txt")
            truth = words_of(printed.read_text(encoding="utf-8"))
            for path in sorted(folder.glob(stem + ".*.txt")):
                language = path.name[len(stem) + 1 : -4]
                if language == "printed":
                    continue
                text = path.read_text(encoding="utf-8")
                read = words_of(text)
                if not read.forms:
                    continue
                share = float(np.mean(damaged(truth, read)))
                want = language if not language.startswith("swe") else "noisy" if share >= NOISY_DAMAGE else "clean"
                yield Sample(f"{folder.name}/{path.name}", language, want, text, share)


def judge(samples: list[Sample], model: QualityModel) -> list[tuple[Sample, str, float]]:
    """What the model says of each sample: the reader's name for a wrong language, else the class."""
    said = []
    for sample in samples:
        found = verdict(sample.text, model)
        said.append((sample, found.read_with or found.ocr, found.damage))
    return said


def report(said: list[tuple[Sample, str, float]]) -> dict[str, object]:
    """Print the tables; return the figures."""
    matrix = Counter((sample.group, sample.want, answer) for sample, answer, _ in said)
    print("group        truth        said         texts")
    for (group, want, answer), count in sorted(matrix.items()):
        print(f"{group:12} {want:12} {answer:12} {count:6}{'' if want == answer else '  <'}")
    print("\ndamage       texts   mean truth   mean error   mean |error|   worst")
    figures: dict[str, object] = {"matrix": {" / ".join(key): count for key, count in sorted(matrix.items())}}
    for group in sorted({sample.group for sample, _, _ in said if sample.damage is not None}):
        pairs = [(sample.damage or 0.0, damage) for sample, _, damage in said if sample.group == group]
        error = np.array([b - a for a, b in pairs])
        row = (float(np.mean([a for a, _ in pairs])), float(error.mean()), float(np.abs(error).mean()))
        worst = float(np.abs(error).max())
        print(f"{group:12} {len(pairs):5} {row[0]:12.4f} {row[1]:+12.4f} {row[2]:14.4f} {worst:7.4f}")
        figures[f"damage {group}"] = {"texts": len(pairs), "mae": round(row[2], 4), "bias": round(row[1], 4)}
    return figures


def losses(said: list[tuple[Sample, str, float]]) -> None:
    """Every text that was judged wrongly."""
    print("\nwrongly judged")
    for sample, answer, damage in said:
        if answer != sample.want:
            truth = "" if sample.damage is None else f" ({sample.damage:.3f})"
            print(f"  {sample.want:9}{truth} -> {answer:9} {damage:.3f}  {sample.name}  {sample.text[:60]!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path)
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--skip", nargs="*", default=[], help="names of clean texts that are not clean")
    options = parser.parse_args()
    model = load(options.model or models.folder("quality-sv"))
    samples = [*(clean_samples(options.clean) if options.clean else []), *page_samples(options.pages)]
    samples = [sample for sample in samples if not any(name in sample.name for name in options.skip)]
    start = time.process_time()
    said = judge(samples, model)
    spent = time.process_time() - start
    figures = report(said)
    losses(said)
    characters = sum(len(sample.text) for sample in samples)
    print(f"\n{len(samples)} texts, {spent / characters * 3e6:.2f} ms per 3,000 characters")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
