"""Cross-validated score of the structure stage: ``python -m benchmark.structure.evaluate [--shared DIR]``.

Every document is scored by a model trained on other folds (a matter is in one fold),
or, with ``--leave municipality``, on other municipalities.
The records hold what the outline says and nothing else, so the rows of persons, dates and outcomes mean nothing here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import types
from pathlib import Path
from typing import Any

from pipeline.document import Outline, Span, Transcript
from pipeline.segment.outline import SegmentModel, segment
from pipeline.segment.tables import load_tables

from .argue import fit_argument, further
from .gold import Gold, read_gold, read_own, shared_folder, transcript
from .train import argued_gold, argued_own

HERE = Path(__file__).resolve().parent
ROWS = ("kind", "body", "title (soft)", "paragraphs", "line labels", "lines of background", "lines of motivation",
        "lines of proposal", "proposals: request", "requests, whole set right", "proposals: recommendation",
        "proposals: floor", "proposals: decision", "proposals, any act (soft)", "proposals' act")  # fmt: skip


def small_record(outline: Outline) -> dict[str, Any]:
    """What the scorer reads of an outline."""
    t = outline.transcript

    def at(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
        return [{"raw": list(t.to_raw(s)), "repaired": list(s), "quote": _quote(t, s)} for s in spans]

    def sections(found: Any) -> list[dict[str, Any]]:
        return [{"kind": s.kind, "at": at(s.at)} for s in found]

    return {
        "source": {"name": t.scan.source.name},
        "kind": outline.kind.value,
        "body": outline.body.value if outline.body else None,
        "text": {"raw": t.scan.text},
        "sections": sections(outline.sections),
        "items": [
            {
                "paragraph": item.paragraph.value if item.paragraph else None,
                "title": item.title.value if item.title else None,
                "sections": sections(item.sections),
                "proposals": [{"n": p.n, "text": p.text, "act": p.act, "at": at(p.at)} for p in item.proposals],
            }
            for item in outline.items
        ],
    }


def _quote(t: Transcript, span: Span) -> str:
    raw = t.to_raw(span)
    return t.scan.text[raw.start : raw.end]


def cross_validate(
    golds: list[Gold], by: str, shared: Path, texts: dict[str, Transcript] | None = None
) -> list[dict[str, Any]]:
    """One record a document, from a model that has seen nothing of its fold (``by`` names the key of folds.json)."""
    folds = json.loads((HERE.parent / "folds.json").read_text(encoding="utf-8"))
    argued = {gold.id: argued_gold(gold) for gold in golds}
    more = further(shared)
    taught = [argued_own(gold) for gold in read_own()]
    abroad = [document for document in more if document.matter.startswith("ipq")]
    records = []
    for fold in sorted({str(folds[gold.id][by]) for gold in golds}):
        told = [argued[gold.id] for gold in golds if str(folds[gold.id][by]) != fold]
        model = SegmentModel(load_tables(), fit_argument(told + taught + (abroad if fold == "goteborg" else more)))
        for gold in golds:
            if str(folds[gold.id][by]) == fold:
                if texts is not None and gold.id not in texts:
                    continue
                t = texts[gold.id] if texts else transcript(f"{gold.id}.txt", gold.text, gold.clean)
                records.append(small_record(segment(t, model)))
    return records


def scorer(shared: Path) -> types.ModuleType:
    """The official scorer as a module."""
    spec = importlib.util.spec_from_file_location("official_score", shared / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer in {shared / 'gold'}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def card(golds: list[Gold], records: list[dict[str, Any]], shared: Path, values_only: bool) -> dict[str, Any]:
    """Figures by row and, for gains and losses, by document."""
    score = scorer(shared)
    by_id = {r["source"]["name"].split(".")[0]: r for r in records}
    documents = {}
    for gold in golds:
        if gold.id in by_id:
            row = score.score_document(gold.data, by_id[gold.id], gold.text, values_only)
            documents[gold.id] = {name: list(row[name]) for name in ROWS if name in row}
    figures = {}
    for name in ROWS:
        total = score.total(list(documents.values()), name)
        if total[2] or total[1]:
            p, r, f = score.f1(*total)
            figures[name] = {"precision": round(p, 4), "recall": round(r, 4), "f1": round(f, 4), "n": total[2]}
    return {"figures": figures, "documents": documents}


def gains(old: dict[str, Any], new: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Rows of documents that are better, and that are worse, than on the last card."""
    better, worse = [], []
    for document, rows in new["documents"].items():
        for name, (hits, found, wanted) in rows.items():
            before = old.get("documents", {}).get(document, {}).get(name)
            if before is None:
                continue
            now, then = 2 * hits / max(1, found + wanted), 2 * before[0] / max(1, before[1] + before[2])
            if abs(now - then) > 0.004:
                (better if now > then else worse).append(f"{document}: {name} {then:.3f} -> {now:.3f}")
    return better, worse


def main() -> None:
    """Print the figures, gains and losses; ``--write`` makes this the card to compare with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared")
    parser.add_argument("--leave", default="fold", choices=("fold", "municipality"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--records", help="also write the records here")
    parser.add_argument("--misses", action="store_true", help="documents that are not perfect, by row")
    args = parser.parse_args()
    shared = shared_folder(args.shared)
    golds = read_gold(shared)
    records = cross_validate(golds, args.leave, shared)
    if args.records:
        Path(args.records).write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    new = card(golds, records, shared, False)
    path = HERE / f"card-{args.leave}.json"
    old = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    for name, f in new["figures"].items():
        then = old.get("figures", {}).get(name, {}).get("f1")
        change = f" ({f['f1'] - then:+.4f})" if then is not None and abs(f["f1"] - then) > 1e-9 else ""
        print(f"{name:28s} P {f['precision']:.3f} R {f['recall']:.3f} F1 {f['f1']:.4f}{change} n={f['n']}")
        if args.misses:
            bad = [
                d
                for d, rows in new["documents"].items()
                if name in rows and not rows[name][0] == rows[name][1] == rows[name][2]
            ]
            print("   ", ", ".join(bad))
    better, worse = gains(old, new)
    print(f"{len(better)} gains, {len(worse)} losses")
    print("\n".join([*("+ " + b for b in better), *("- " + w for w in worse)]))
    if args.write:
        path.write_text(json.dumps(new, ensure_ascii=False, indent=None) + "\n", encoding="utf-8")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
