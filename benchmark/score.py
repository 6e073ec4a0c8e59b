"""Score the whole pipeline against annotated documents, and say what was gained and lost, document by document.

    python -m benchmark.score GOLD [--texts DIR --ending .eng.txt] [--card FILE] [--write]

GOLD holds ``score.py`` and folders of annotated documents (``ID.txt`` with ``ID.json``).
With ``--texts`` the same documents are read from another folder, for instance re-read with the wrong OCR language;
then only values are scored, since lines differ.
Models trained on the annotated documents are flattered by this card: the cross-validated figures are printed by
``benchmark.structure`` and ``benchmark.tags``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import models, run

Json = dict[str, Any]
Card = dict[str, Any]


def main(argv: list[str] | None = None) -> int:
    """Run the pipeline over the folders, print the official score, compare with the committed card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--texts", type=Path, help="read the documents from here instead")
    parser.add_argument("--ending", default=".txt", help="file ending of those texts, e.g. .eng.txt")
    parser.add_argument("--card", type=Path, default=Path(__file__).parent / "scores.json")
    parser.add_argument("--write", action="store_true", help="make this run the committed card")
    parser.add_argument("--records", type=Path, help="keep the records here")
    args = parser.parse_args(argv)
    folders = sorted({path.parent for path in args.gold.glob("*/*.json") if (path.with_suffix(".txt")).exists()})
    if not folders:
        parser.error(f"no annotated documents in {args.gold}")
    scorer = load_scorer(args.gold / "score.py")
    gold = dict(read_gold(folders))
    records = extract_all(gold, args.texts, args.ending)
    if args.records:
        args.records.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records.values()), "utf-8")
    rows = {
        name: scorer.score_document(json.loads(path.read_text("utf-8")), records.get(name), text, bool(args.texts))
        for name, (path, text) in gold.items()
    }
    name = args.texts.name + args.ending if args.texts else "as given"
    card: Card = {
        "totals": totals(scorer, rows),
        "documents": {n: per_document(scorer, row) for n, row in rows.items()},
    }
    committed: dict[str, Card] = json.loads(args.card.read_text("utf-8")) if args.card.exists() else {}
    report(card, committed.get(name), len(gold), len(records))
    if args.write:
        committed[name] = card
        args.card.write_text(json.dumps(committed, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def load_scorer(path: Path) -> ModuleType:
    """The scorer that comes with the annotated documents, as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if spec is None or spec.loader is None:
        sys.exit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_gold(folders: list[Path]) -> Iterator[tuple[str, tuple[Path, str]]]:
    """Every annotated document: id, path of its annotation, text."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            text = path.with_suffix(".txt")
            if text.exists():
                yield path.stem, (path, text.read_text("utf-8"))


def extract_all(gold: dict[str, tuple[Path, str]], texts: Path | None, ending: str) -> dict[str, Json]:
    """The first record of each document."""
    loaded, made = models.load(), {}
    for name, (path, _) in gold.items():
        source = texts / f"{name}{ending}" if texts else path.with_suffix(".txt")
        try:
            made[name] = run.extract(source, models=loaded, name=f"{name}.txt")[0]
        except Exception as error:  # a benchmark counts a crash as a miss and goes on
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    return made


def totals(scorer: ModuleType, rows: dict[str, Json]) -> Json:
    """Micro-averaged F1 (or count) of every measure."""
    names = dict.fromkeys(name for row in rows.values() for name in row)
    made: Json = {}
    for name in names:
        hits, found, wanted = scorer.total(list(rows.values()), name)
        made[name] = hits if name.endswith("(count)") else round(scorer.f1(hits, found, wanted)[2], 4)
    return made


def per_document(scorer: ModuleType, row: Json) -> Json:
    """The same for one document."""
    return {
        name: cell[0] if name.endswith("(count)") else round(scorer.f1(*cell)[2], 4)
        for name, cell in row.items()
        if any(cell)
    }


def report(card: Card, committed: Card | None, wanted: int, found: int) -> None:
    """Print the figures, the change of each, and the documents that gained or lost."""
    print(f"{wanted} documents, {wanted - found} without a record")
    before = committed["totals"] if committed else {}
    for name, value in card["totals"].items():
        change = f"  ({value - before[name]:+.4g})" if name in before and value != before[name] else ""
        print(f"{name:40s} {value:8.4g}{change}")
    if not committed:
        return
    for document, row in sorted(card["documents"].items()):
        old = committed["documents"].get(document, {})
        changes = {n: v - old.get(n, 0) for n, v in row.items() if abs(v - old.get(n, 0)) > 1e-4}
        for name, change in sorted(changes.items(), key=lambda kv: kv[1]):
            better = (change < 0) == name.endswith("(count)")
            print(f"{'gain' if better else 'LOSS'} {document}: {name} {change:+.3f}")


if __name__ == "__main__":
    sys.exit(main())
