"""Fit what the rules' confidences are worth, and say how far the fitted ones are from the truth.

    python -m benchmark.tags.calibrate GOLD_DIR ... [--read DIR SUFFIX] [--again DIR SUFFIX] [--forms DIR_OR_FILE]
        [--out models/ner-sv/calibration.json] [--write docs/confidence.md]

Values of the annotated documents, of the same documents re-read with the wrong language (``--read``) and of invented
forms of other municipalities (``--forms``) are compared with what a person read. The curves are those of
``shrinkage``. All figures are cross-validated: a whole matter lies in one fold, and so does a whole form. ``--again``
is another printing of the annotated documents, which no fit sees.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmark.tags import forms
from benchmark.tags.confidence_page import Judged, show, write
from benchmark.tags.evaluate import Stages, bare_record, scorer
from benchmark.tags.oracle import outline
from benchmark.tags.shrinkage import Said, chosen
from pipeline import models
from pipeline.document import Outline, Protocol
from pipeline.tag import load, tag

FOLDS = Path(__file__).resolve().parents[1] / "folds.json"
NUMBER = 5  # folds
UNMET = ("attendance",)  # kinds that nobody annotated: the curve that all kinds share
# Two readings of one document are not two documents; the forms, invented to differ, weigh as much as they did when
# there were a third as many, so that confidences on real papers do not promise too little.
WEIGHTS = {"as given": 0.5, "wrong language": 0.5, "wrong language, again": 0.0, "forms": 0.3}
Value = tuple[str, float, bool]


def values(record: dict[str, Any], gold: dict[str, Any], score: Any) -> Iterator[Value]:
    """(kind of value, rule's confidence, right) of every value of a record that there may be several of."""

    def matched(kind: str, have: list[Any], want: list[Any], key: Any) -> Iterator[Value]:
        left = [key(w) for w in want]
        for h in have:
            right = key(h) in left
            if right:
                left.remove(key(h))
            yield kind, h["confidence"], right

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


def scalars(protocol: Protocol, gold: dict[str, Any], score: Any) -> Iterator[Value]:
    """The same for the values that a document has once, and its numbers."""
    date, addressee, municipality = protocol.date, protocol.addressee, protocol.municipality
    if date:
        yield "date", date.confidence, date.value == gold["date"]
    if addressee:
        yield "addressee", addressee.confidence, score.fold(addressee.value) == score.fold(gold["addressee"])
    if municipality:
        yield "municipality", municipality.confidence, municipality.value[0] == gold["municipality"]
    for v in {v.value: v for m in protocol.matters for v in m.dnr}.values():
        yield "dnr", v.confidence, v.value in gold["dnr"]


def gather(
    golds: Sequence[Path],
    readings: dict[str, tuple[Path, str]],
    made: Callable[[str, str], Outline],
    tagged: Callable[[Outline], Protocol],
) -> list[Said]:
    """Every value said about the annotated documents, as given and in each reading."""
    score, found = scorer(), list[Said]()
    for path in (p for folder in golds for p in sorted(folder.glob("*.json"))):
        oracle, gold = outline(path)
        texts = {"as given": oracle.transcript.text}
        for name, (folder, suffix) in readings.items():
            other = folder / f"{path.stem}{suffix}"
            if other.is_file():
                texts[name] = other.read_text(encoding="utf-8")
        for name, text in texts.items():
            protocol = tagged(made(text, path.stem))
            for value in (*values(bare_record(protocol), gold, score), *scalars(protocol, gold, score)):
                found.append(Said(*value, path.stem, name))
    return found


def matters(values: Sequence[Said]) -> dict[str, tuple[str, int]]:
    """The matter of every document and the fold it lies in; forms, each a matter of its own, in turn."""
    entries = json.loads(FOLDS.read_text(encoding="utf-8"))
    of = {name: (entry["matter"], entry["fold"]) for name, entry in entries.items()}
    others = sorted({v.document for v in values} - set(of))
    return {**of, **{name: (name, n % NUMBER) for n, name in enumerate(others)}}


def held_out(values: Sequence[Said]) -> list[Judged]:
    """Every value with the probability given by a fit that has not seen its matter."""
    of = matters(values)
    fold_of = {name: fold for name, (_, fold) in of.items()}
    judged = []
    for fold in sorted({fold_of[v.document] for v in values}):
        curve, _ = chosen([v for v in values if fold_of[v.document] != fold and v.weight], fold_of)
        for v in values:
            if fold_of[v.document] == fold:
                said = curve.probability(v.kind, v.sure)
                judged.append(Judged(v.kind, v.reading, of[v.document][0], said, v.right))
    return judged


def main() -> None:
    """Gather, fit, write the table and the page."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", nargs="+", type=Path)
    ap.add_argument("--read", nargs=2, metavar=("DIR", "SUFFIX"), help="the documents re-read with the wrong language")
    ap.add_argument("--again", nargs=2, metavar=("DIR", "SUFFIX"), help="another such printing, for the figures only")
    ap.add_argument("--forms", type=Path, help="their folder, read now, or the record of a first reading (.json)")
    ap.add_argument("--out", type=Path, default=Path("models/ner-sv/calibration.json"))
    ap.add_argument("--write", type=Path, help="page whose table is renewed; its plot lies in images/ beside it")
    a = ap.parse_args()
    model = replace(load(models.folder("ner-sv")), calibration={}, nlp=None)
    stages = Stages()
    readings = {"wrong language": a.read, "wrong language, again": a.again}
    places = {name: (Path(given[0]), given[1]) for name, given in readings.items() if given}
    found = gather(a.gold, places, stages.outline, lambda o: tag(o, model))
    if a.forms:
        read_now = a.forms.suffix != ".json"
        found += forms.values(a.forms, stages.outline, lambda o: tag(o, model)) if read_now else forms.recorded(a.forms)
    found = [replace(v, weight=WEIGHTS[v.reading]) for v in found]
    fold_of = {name: fold for name, (_, fold) in matters(found).items()}
    curve, spread = chosen([v for v in found if v.weight], fold_of)
    print(f"log-odds = {curve.a:.2f} + {curve.b:.2f} x log-odds of the rule; spread of kinds {spread}")
    table = {kind: curve.knots(kind) for kind in sorted({*curve.lift, *UNMET})}
    lines = [f"{json.dumps(kind)}: {json.dumps(knots)}" for kind, knots in table.items()]
    a.out.write_text("{\n " + ",\n ".join(lines) + "\n}\n", encoding="utf-8")
    judged = held_out(found)
    print(show(judged))
    if a.write:
        write(a.write, judged)


if __name__ == "__main__":
    main()
