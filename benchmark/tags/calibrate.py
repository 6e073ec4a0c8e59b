"""Fit what the rules' confidences are worth: isotonic knots by kind of value, and the calibration error.

    python -m benchmark.tags.calibrate [--text DIR SUFFIX] [--out models/ner-sv/calibration.json] GOLD_DIR …

Values of oracle outlines, of real outlines and, with ``--text``, of re-read pages are compared with the gold as the
scorer does. The rules were written on these documents, so the counts are shrunk towards .80 with the weight of
40 values: on other documents the rules err more. The error printed is cross-validated over five folds of documents.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark.tags.evaluate import Stages, bare_record, scorer
from benchmark.tags.oracle import outline
from pipeline import models
from pipeline.tag import load, tag

Point = tuple[str, float, bool, str]
PRIOR, WEIGHT = 0.8, 40.0


def values(record: dict[str, Any], gold: dict[str, Any], score: Any, name: str) -> Iterator[Point]:
    """(kind of value, rule's confidence, right, document) of every value of a record."""

    def matched(kind: str, have: list[Any], want: list[Any], key: Any) -> Iterator[Point]:
        left = [key(w) for w in want]
        for h in have:
            right = key(h) in left
            if right:
                left.remove(key(h))
            yield kind, h["confidence"], right, name

    items = record["items"]
    yield from matched(
        "parties", record["parties"], [{"code": p} for p in gold["parties"]], lambda p: p["code"].upper()
    )
    yield from matched("signatories", record["signatories"], gold["signatories"], score.name_key)
    for field in ("motion_authors", "reservations"):
        yield from matched(field, [x for i in items for x in i[field]], gold.get(field) or [], score.name_key)
    polled = [v for i in items for v in i["votes"]]
    yield from matched("votes", polled, gold["votes"], lambda v: (v["yes"], v["no"], v["abstain"]))
    for act in ("decision", "recommendation", "floor"):
        have = [o for i in items for o in i["outcomes"] if o["act"] == act]
        want = [o for o in gold["outcomes"] if o["act"] == act]
        yield from matched(f"outcomes.{act}", have, want, lambda o: (score.object_of(o), o["outcome"]))


def scalars(protocol: Any, gold: dict[str, Any], score: Any, name: str) -> Iterator[Point]:
    """The same for the values that a document has once."""
    if protocol.date:
        yield "date", protocol.date.confidence, protocol.date.value == gold["date"], name
    if protocol.addressee:
        yield (
            "addressee",
            protocol.addressee.confidence,
            score.fold(protocol.addressee.value) == score.fold(gold["addressee"]),
            name,
        )
    if protocol.municipality:
        yield (
            "municipality",
            protocol.municipality.confidence,
            protocol.municipality.value[0] == gold["municipality"],
            name,
        )
    for v in {v.value: v for m in protocol.matters for v in m.dnr}.values():
        yield "dnr", v.confidence, v.value in gold["dnr"], name


def isotonic(points: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Pool adjacent violators over the shrunk shares of ten bins: (confidence, probability) knots."""
    points = sorted(points)
    size = max(1, len(points) // 10)
    blocks: list[list[float]] = []  # sum of confidences, right, count
    for start in range(0, len(points), size):
        part = points[start : start + size]
        blocks.append([sum(c for c, _ in part), float(sum(r for _, r in part)), float(len(part))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    share = WEIGHT / max(1, len(blocks))
    return [(round(c / n, 4), round((r + PRIOR * share) / (n + share), 4)) for c, r, n in blocks]


def error(points: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins of equal mass."""
    points = sorted(points)
    size = max(1, len(points) // 10)
    total = 0.0
    for start in range(0, len(points), size):
        part = points[start : start + size]
        total += abs(sum(c for c, _ in part) - sum(r for _, r in part))
    return total / max(1, len(points))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="+", type=Path)
    ap.add_argument("--text", nargs=2, metavar=("DIR", "SUFFIX"))
    ap.add_argument("--out", type=Path, default=Path("models/ner-sv/calibration.json"))
    a = ap.parse_args()
    model = replace(load(models.folder("ner-sv")), calibration={}, nlp=None)
    stages, score, points = Stages(), scorer(), list[Point]()
    for path in (p for folder in a.gold for p in sorted(folder.glob("*.json"))):
        made, gold = outline(path)
        outlines = [made, stages.outline(made.transcript.text, path.stem)]
        other = Path(a.text[0]) / f"{path.stem}{a.text[1]}" if a.text else None
        if other and other.is_file():
            outlines.append(stages.outline(other.read_text(encoding="utf-8"), path.stem))
        for o in outlines:
            protocol = tag(o, model)
            points += values(bare_record(protocol), gold, score, path.stem)
            points += scalars(protocol, gold, score, path.stem)
    fit(points, a.out)


def fit(points: list[Point], out: Path) -> None:
    """Write the knots of all kinds and print the cross-validated error of each."""
    table, held = {}, list[tuple[float, bool]]()
    for kind in sorted({k for k, _, _, _ in points}):
        mine = [p for p in points if p[0] == kind]
        table[kind] = isotonic([(c, r) for _, c, r, _ in mine])
        documents = sorted({d for _, _, _, d in mine})
        tested: list[tuple[float, bool]] = []
        for fold in range(5):
            out_of = {d for n, d in enumerate(documents) if n % 5 == fold}
            knots = tuple(isotonic([(c, r) for _, c, r, d in mine if d not in out_of]))
            judge = replace_knots(knots)
            tested += [(judge(c), r) for _, c, r, d in mine if d in out_of]
        held += tested
        share = sum(r for _, _, r, _ in mine) / len(mine)
        print(f"{kind:24s} n={len(mine):5d} right {share:.3f}  ECE {error(tested):.3f}")
    print(f"{'all':24s} n={len(held):5d} ECE {error(held):.3f}")
    wrong = sorted(held)[: max(1, len(held) // 20)]
    errors = sum(not r for _, r in held)
    print(f"the 5 % least sure values hold {sum(not r for _, r in wrong)} of {errors} errors")
    out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def replace_knots(knots: tuple[tuple[float, float], ...]) -> Any:
    """A judge that maps a rule's confidence through the knots, as the model does."""
    from pipeline.tag.model import interpolate

    return lambda sure: interpolate(knots, sure)


if __name__ == "__main__":
    main()
