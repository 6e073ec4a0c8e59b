"""Score ``tag`` on gold documents with the official scorer.

    python -m benchmark.tags.evaluate [--segment] [--text DIR SUFFIX] [--misses MEASURE] [--card PATH] GOLD_DIR …

Without ``--segment`` the outlines come from the gold labels (an oracle), so that only this stage's errors
count; with it they come from ``segment`` on the repaired text. The figures that belong to other
stages (kind, body, titles, proposals, labels) are left out of the card.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmark.tags.oracle import outline, transcript
from pipeline import models
from pipeline.document import Outline, Protocol
from pipeline.quality import assess
from pipeline.repair import repair
from pipeline.segment import segment
from pipeline.tag import load, tag

MINE = (
    "municipality", "addressee", "date", "dnr", "signatories", "signatories, whole set", "motion_authors",
    "reservations", "parties", "outcomes", "outcomes, any object", "votes",
)  # fmt: skip


def scorer() -> ModuleType:
    """The official scorer, from the shared folder beside the checkout or ``ATTSATS_SHARED``."""
    shared = Path(os.environ.get("ATTSATS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    if spec is None or spec.loader is None or not (shared / "gold" / "score.py").is_file():
        sys.exit("evaluate: score.py is not there; set ATTSATS_SHARED")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def bare_record(protocol: Protocol) -> dict[str, Any]:
    """The fields that the scorer reads, without the places."""
    o = protocol.outline

    def person(p: Any) -> dict[str, Any]:
        return {"name": p.name, "party": p.party, "confidence": p.confidence}

    return {
        "kind": o.kind.value,
        "municipality": {"name": protocol.municipality.value[0]} if protocol.municipality else None,
        "addressee": protocol.addressee.value if protocol.addressee else None,
        "body": o.body.value if o.body else None,
        "date": protocol.date.value if protocol.date else None,
        "dnr": [d.value for d in protocol.dnr],
        "signatories": [person(p) for p in protocol.signatories],
        "parties": [{"code": p.code, "confidence": p.confidence} for p in protocol.parties],
        "items": [
            {
                "paragraph": i.paragraph.value if i.paragraph else None,
                "title": i.title.value if i.title else None,
                "dnr": [d.value for d in m.dnr],
                "motion_authors": [person(p) for p in m.motion_authors],
                "reservations": [person(p) for p in m.reservations],
                "proposals": [{"text": p.text, "act": p.act} for p in i.proposals],
                "outcomes": [asdict(replace(x, at=())) for x in m.outcomes],
                "votes": [asdict(replace(v, at=())) for v in m.votes],
            }
            for i, m in zip(o.items, protocol.matters, strict=True)
        ],
        "text": {"raw": o.transcript.scan.text},
    }  # fmt: skip


class Stages:
    """The real stages before ``tag``, for texts whose outline is not given."""

    def __init__(self) -> None:
        self.models = models.load()

    def outline(self, text: str, name: str) -> Outline:
        """Repair and segment a text."""
        scan = transcript(text, name).scan
        repaired = repair(scan, self.models.repair, assess(scan, self.models.quality))
        return segment(repaired, self.models.structure)


def rows(
    golds: list[Path], scoring: ModuleType, use_segment: bool, texts: tuple[Path, str] | None
) -> tuple[dict[str, dict[str, Any]], dict[str, Any], float]:
    """Score rows and records by document, and seconds spent in ``tag``."""
    model = load(models.folder("ner-sv"))
    stages = Stages() if use_segment else None
    table: dict[str, dict[str, Any]] = {}
    records: dict[str, Any] = {}
    spent = 0.0
    for path in golds:
        made, gold = outline(path)
        text = made.transcript.text
        if texts is not None:
            other = texts[0] / f"{path.stem}{texts[1]}"
            if not other.is_file():
                continue
            text = other.read_text(encoding="utf-8")
        if stages is not None:
            made = stages.outline(text, path.stem + ".txt")
        start = time.process_time()
        protocol = tag(made, model)
        spent += time.process_time() - start
        record = bare_record(protocol)
        records[path.stem] = (record, gold, protocol)
        table[path.stem] = scoring.score_document(gold, record, text, True)
    return table, records, spent


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="+", type=Path)
    ap.add_argument("--segment", action="store_true")
    ap.add_argument("--text", nargs=2, metavar=("DIR", "SUFFIX"))
    ap.add_argument("--misses", metavar="MEASURE")
    ap.add_argument("--card", type=Path)
    a = ap.parse_args()
    scoring = scorer()
    golds = [p for folder in a.gold for p in sorted(folder.glob("*.json"))]
    texts = (Path(a.text[0]), a.text[1]) if a.text else None
    table, records, spent = rows(golds, scoring, a.segment or texts is not None, texts)
    card: dict[str, Any] = {
        "documents": len(table),
        "seconds per document": round(spent / max(1, len(table)), 4),
        "by document": {},
    }
    for name in (*MINE, "outcomes of the wrong sign (count)"):
        tp, found, wanted = scoring.total(table.values(), name)
        if name.endswith("(count)"):
            card[name] = tp
            print(f"{name:36s} {tp}")
            continue
        p, r, f = scoring.f1(tp, found, wanted)
        card[name] = {"precision": round(p, 4), "recall": round(r, 4), "f1": round(f, 4), "support": wanted}
        print(f"{name:36s} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  n={wanted}")
        card["by document"][name] = sorted(i for i, row in table.items() if name in row and len({*row[name]}) > 1)
    print(f"{1000 * card['seconds per document']:.1f} ms per document in tag")
    if a.misses:
        show_misses(a.misses, table, records)
    if a.card:
        if a.card.is_file():
            compare(json.loads(a.card.read_text(encoding="utf-8")), card)
        a.card.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def compare(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Gains and losses by document against the last card."""
    for name in MINE:
        before, after = set(old["by document"].get(name, [])), set(new["by document"].get(name, []))
        for word, ids in (("gained", before - after), ("lost", after - before)):
            for i in sorted(ids):
                print(f"{word}: {name}: {i}")


def show_misses(name: str, table: dict[str, dict[str, Any]], records: dict[str, Any]) -> None:
    """What was wanted and what was found, document by document."""
    for i, row in table.items():
        if name not in row or len({*row[name]}) == 1:
            continue
        record, gold, _ = records[i]
        print(f"\n## {i} {row[name]}")
        field = name.split(",")[0]
        if field in ("signatories", "parties") or field in ("municipality", "addressee", "date"):
            print("  want", gold[field], "\n  have", record[field])
        elif field == "dnr":
            print("  want", gold["dnr"], "\n  have", record["dnr"], [x["dnr"] for x in record["items"]])
        else:
            for w in gold[field]:
                print("  want", {k: v for k, v in w.items() if k != "verbatim"}, w.get("verbatim", "")[:140])
            for item in record["items"]:
                for h in item[field]:
                    print(
                        "  have",
                        {k: v for k, v in h.items() if k not in ("verbatim", "confidence", "at", "roll")},
                        h.get("verbatim", "")[:140],
                    )


if __name__ == "__main__":
    main()
