"""How good the repair is on pages whose print is known.

python -m benchmark.repair.evaluate DIR [--model models/repair-sv] [--ocr eng] [--ocr swe+eng] [--top 30] [--json OUT]

DIR holds ID.printed.txt and ID.LANG.txt as a scan factory writes them. A word is right with its case and its
punctuation; dashes and quotes of all kinds count as one. Intervals: 2,000 bootstrap samples over documents.
ECE: ten bins of equal mass, equal confidences in one group.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline import repair
from pipeline.repair.compose import apply
from pipeline.repair.lines import hyphen_edits

from ..tags.reliability import error
from . import align
from .judge import Judged, judge, scan_of

LEGIBLE = 0.005
SAMPLES = 2000


def interval(rows: list[tuple[int, int]]) -> tuple[float, float, float]:
    """Rate of (wrong, of) pairs in per cent with its 95 % bootstrap interval."""
    rng = random.Random(1)
    rate = 100 * sum(a for a, _ in rows) / max(1, sum(b for _, b in rows))
    rates = []
    for _ in range(SAMPLES):
        drawn = rng.choices(rows, k=len(rows))
        rates.append(100 * sum(a for a, _ in drawn) / max(1, sum(b for _, b in drawn)))
    rates.sort()
    return rate, rates[SAMPLES // 40], rates[-SAMPLES // 40]


def measure(
    folder: Path, language: str, model: repair.RepairModel
) -> tuple[list[tuple[str, Judged]], dict[str, float]]:
    """Repair and judge every document of a folder; and the speed, cold and warm, in characters per CPU second."""
    documents = []
    for path in sorted(folder.glob("*.printed.txt")):
        read = path.with_name(path.name.replace(".printed.", f".{language}."))
        if read.exists():
            scan = scan_of(read.read_text(encoding="utf-8"))
            documents.append((path.name[:-12], scan, path.read_text(encoding="utf-8")))
    size = sum(len(scan.text) for _, scan, _ in documents)
    clock = time.process_time()
    transcripts = [repair.repair(scan, model) for _, scan, _ in documents]
    cold = time.process_time() - clock
    clock = time.process_time()
    for _, scan, _ in documents:
        repair.repair(scan, model)
    warm = time.process_time() - clock
    judged = [(name, judge(t, closed(p, model))) for (name, _, p), t in zip(documents, transcripts, strict=True)]
    return judged, {"characters": size, "cold": size / max(cold, 1e-9), "warm": size / max(warm, 1e-9)}


def closed(printed: str, model: repair.RepairModel) -> str:
    """The printed text with the words that its lines broke closed, as the repair closes them."""
    return apply(printed, hyphen_edits(printed, lambda word: repair.word_count(model, word)))


def report(name: str, judged: list[tuple[str, Judged]], speed: dict[str, float], top: int) -> dict[str, Any]:
    """Print and return the figures."""
    rows = [j for _, j in judged]
    figures: dict[str, Any] = {
        "documents": len(rows),
        "words": sum(j.words for j in rows),
        "wer_before": interval([(j.before, j.words) for j in rows]),
        "wer_after": interval([(j.after, j.words) for j in rows]),
        "cer_after": interval([(j.letters_wrong, j.letters) for j in rows]),
        "median_wer": 100 * sorted(j.after / max(1, j.words) for j in rows)[len(rows) // 2],
        "wrong_to_right": sum(j.mended for j in rows),
        "right_to_wrong": sum(j.broken for j in rows),
        "worse_documents": [n for n, j in judged if j.after > j.before],
        "edits": sum(len(j.edits) for j in rows),
        "edits_right": sum(r for j in rows for *_, r in j.edits) / max(1, sum(len(j.edits) for j in rows)),
        "ece": error([c for j in rows for _, c, _ in j.edits], [r for j in rows for *_, r in j.edits]),
        "speed": {k: round(v) for k, v in speed.items()},
    }
    print(f"== {name}")
    for key, value in figures.items():
        shown = "{:.3f} [{:.3f}, {:.3f}]".format(*value) if isinstance(value, tuple) else value
        print(f"{key:16} {shown}")
    if top:
        print("-- left")
        for (read, printed), n in Counter(pair for j in rows for pair in j.left).most_common(top):
            print(f"{n:4} {read!r} for {printed!r}")
        print("-- right before, wrong now")
        for triple, n in Counter(t for j in rows for t in j.hurt).most_common(top):
            print(f"{n:4} {triple}")
    return figures


def legible(folder: Path) -> set[str]:
    """Documents that the right language read almost without error."""
    found = set()
    for path in folder.glob("*.printed.txt"):
        read = path.with_name(path.name.replace(".printed.", ".swe+eng."))
        if read.exists():
            printed = path.read_text(encoding="utf-8")
            if align.errors(read.read_text(encoding="utf-8"), printed) <= LEGIBLE * len(printed.split()):
                found.add(path.name[:-12])
    return found


def main() -> None:
    """Evaluate."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--model", type=Path, default=Path("models/repair-sv"))
    ap.add_argument("--ocr", action="append")
    ap.add_argument("--top", type=int, default=30)
    ap.add_argument("--json", type=Path)
    a = ap.parse_args()
    figures = {}
    clear = legible(a.folder)
    for language in a.ocr or ["eng", "swe+eng"]:
        clock = time.perf_counter()
        model = repair.load(a.model)
        loading = time.perf_counter() - clock
        judged, speed = measure(a.folder, language, model)
        if judged:
            speed["load_ms"] = 1000 * loading
            figures[language] = report(language, judged, speed, a.top)
            easy = [(n, j) for n, j in judged if n in clear]
            if easy:
                figures[f"{language}, legible"] = report(f"{language}, legible pages", easy, speed, 0)
    if a.json:
        a.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
