"""Fit and judge the confidence of links: of those said at 0.9, nine in ten must be right.

    python -m benchmark.link.calibrate [--records 20000] [--gold GOLD/links --read RECORDS.jsonl]

Every clue's likeliest motion is a row, linked or not: its confidence, and whether it is the right one.
Printed is the error of the confidences as they are, and what a further curve would mend: with a slope near 1 and
a shift near 0 nothing is left to mend; else multiply into ``SLOPE`` and ``SHIFT`` of ``pipeline/link/match.py``.
The curve (logistic, two numbers) is fitted on invented records, on all municipalities but one fifth, and judged
on that fifth.  Real records join by matter: a motion with all of its handling lies in one fold.
``RECORDS.jsonl`` is what ``evaluate --records`` kept.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.link import Store
from pipeline.link.clues import Raised
from pipeline.link.index import Index
from pipeline.link.match import ACCEPT, rank

from .invent import records

Json = dict[str, Any]
Row = tuple[float, bool]
FOLDS = 5


def main() -> int:
    """Print the curve and the errors of calibration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--read", type=Path)
    args = parser.parse_args()
    folds: list[list[Row]] = [[] for _ in range(FOLDS)]
    for towns in (20, 60, 290):  # dense and thin municipalities
        made = list(records(args.records, seed=towns, municipalities=towns))
        truth = {record["id"]: owner for record, owner in made}
        for number, rows in enumerate(_blocks(record for record, _ in made)):
            folds[number % FOLDS] += [(s, truth[clue] == motion.record) for s, motion, clue in rows]
    real = [*_real(args.gold, args.read)] if args.gold and args.read else []
    for matter, row in real:
        folds[zlib.crc32(matter.encode()) % FOLDS].append(row)
    judged: list[Row] = []
    for held in range(FOLDS):
        slope, shift = fit([row for n, fold in enumerate(folds) if n != held for row in fold])
        judged += [(bent(s, slope, shift), right) for s, right in folds[held]]
    raw = [row for fold in folds for row in fold]
    slope, shift = fit(raw)
    print(f"curve: slope {slope:.3f}, shift {shift:.3f} (all folds)")
    print(f"as they are: {_report(raw)}")
    print(f"cross-validated over municipalities and matters: {_report(judged)}")
    if real:
        print(f"real, as they are: {_report([row for _, row in real])}")
        print(f"real, with the curve of all folds: {_report([(bent(s, slope, shift), ok) for _, (s, ok) in real])}")
    return 0


def _real(gold: Path, read: Path) -> Iterator[tuple[str, Row]]:
    """The same rows of real records, with the source of their motion."""
    links = json.loads((gold / "links.json").read_text("utf-8"))
    wanted = {(link["motion"], document["id"]) for link in links for document in link["documents"]}
    with read.open(encoding="utf-8") as lines:
        made = [json.loads(line) for line in lines]
    name = {record["id"]: record["source"]["name"].split(".")[0] for record in made}
    for rows in _blocks(made):
        for share, motion, clue in rows:
            source = motion.source.split(".")[0]
            yield source, (share, (source, name[clue]) in wanted)


def _blocks(made: Iterable[Json]) -> Iterator[list[tuple[float, Raised, str]]]:
    """For each municipality the likeliest motion of every clue: its share, the motion, the clue's record."""
    store = Store()
    store.add(made)
    for motions, clues in store.blocks():
        index = Index(motions)
        rows = []
        for clue in clues:
            ranked = rank(index, clue)
            if ranked and clue.how != "reference":
                rows.append((ranked[0].confidence, motions[ranked[0].motion], clue.record))
        yield rows
    store.close()


def fit(rows: list[Row]) -> tuple[float, float]:
    """Slope and shift of the log odds, by Newton's method."""
    slope, shift = 1.0, 0.0
    points = [(_logit(share), right) for share, right in rows]
    for _ in range(30):
        g0 = g1 = h00 = h01 = h11 = 0.0
        for x, right in points:
            p = 1.0 / (1.0 + math.exp(-(slope * x + shift)))
            w = max(1e-9, p * (1.0 - p))
            g0, g1 = g0 + (right - p) * x, g1 + (right - p)
            h00, h01, h11 = h00 + w * x * x, h01 + w * x, h11 + w
        down = h00 * h11 - h01 * h01
        slope, shift = slope + (h11 * g0 - h01 * g1) / down, shift + (h00 * g1 - h01 * g0) / down
    return slope, shift


def bent(share: float, slope: float, shift: float) -> float:
    """The calibrated probability."""
    return 1.0 / (1.0 + math.exp(-(slope * _logit(share) + shift)))


def _logit(share: float) -> float:
    share = min(max(share, 1e-6), 1.0 - 1e-6)
    return math.log(share / (1.0 - share))


def _report(rows: list[Row]) -> str:
    linked = [row for row in rows if row[0] >= ACCEPT]
    return f"ECE of all {_ece(rows):.4f} (n={len(rows)}), of links {_ece(linked):.4f} (n={len(linked)})"


def _ece(rows: list[Row]) -> float:
    """Expected calibration error over ten bins of equal mass."""
    rows = sorted(rows)
    error = 0.0
    for n in range(10):
        part = rows[n * len(rows) // 10 : (n + 1) * len(rows) // 10]
        if part:
            error += abs(sum(p for p, _ in part) - sum(right for _, right in part))
    return error / max(1, len(rows))


if __name__ == "__main__":
    sys.exit(main())
