"""Every sample through every stage, compared with what a person has read and confirmed.

A golden (``samples/<id>/expected.json``) that is missing is written, and the test fails until somebody has read it
and put a name under ``read_by``. ``ATTSATS_REGENERATE=1`` writes them all anew; while it is set the tests fail.
What is known to be wrong stands under ``known_failures`` with its reason, and must keep failing until it is fixed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import ocr, run
from pipeline.document import Protocol
from pipeline.laws import validate
from pipeline.models import Models, load
from pipeline.record import record

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
IDS = sorted(path.parent.name for path in SAMPLES.glob("*/sample.json"))
REGENERATE = bool(os.environ.get("ATTSATS_REGENERATE"))
WHOLE = ("quality", "kind", "municipality", "addressee", "body", "date", "dnr", "signatories", "attendance", "parties")
PER_ITEM = ("paragraph", "title", "dnr", "motion_authors", "proposals", "outcomes", "votes", "reservations")


@cache
def models() -> Models:
    return load()


def about(sample: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SAMPLES / sample / "sample.json").read_text(encoding="utf-8"))
    return loaded


@cache
def understood(sample: str) -> Protocol:
    folder = SAMPLES / sample
    recorded = folder / "recorded"
    settings = run.Settings(ocr=ocr.OcrSettings(recorded=recorded if recorded.is_dir() else None))
    [protocol] = run.understand(folder / about(sample)["input"], settings=settings, models=models())
    return protocol


@cache
def made(sample: str) -> dict[str, Any]:
    return record(understood(sample), models=models().versions)


def expected(sample: str) -> dict[str, Any]:
    path = SAMPLES / sample / "expected.json"
    if not path.is_file():
        return {}
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


# The comparison: both sides in one plain shape.


def folded(text: str | None) -> str | None:
    return None if text is None else re.sub(r"\s+", " ", text).strip(" .,;").casefold()


BODIES = {"ks": "kommunstyrelsen", "kf": "kommunfullmäktige"}


def proposer(text: str | None) -> list[str] | None:
    """Who proposes: names without the parties in brackets, a body by its name."""
    if text is None:
        return None
    names = re.split(r",| och | med instämmande av ", re.sub(r"\s*\([^)]*\)", "", text).casefold())
    return [BODIES.get(name.strip(), name.strip()) for name in names]


def person(value: dict[str, Any]) -> list[Any]:
    return [value["name"], value["party"], value.get("role"), bool(value.get("private"))]


def plain(document: dict[str, Any], field: str) -> Any:
    """One field of a record or of a golden, without what a golden does not say."""
    if field.startswith("items."):
        _, n, name = field.split(".")
        item = document["items"][int(n)]
        return plain_item(item, name)
    value = document.get(field)
    if field == "quality":
        return value["ocr"] if isinstance(value, dict) else value
    if field == "signatories":
        return [person(p) for p in value or []]
    if field == "attendance":
        return [[p["name"], p["party"]] if isinstance(p, dict) else p for p in value or []]
    if field == "parties":
        return sorted(p["code"] if isinstance(p, dict) else p for p in value or [])
    return value


def plain_item(item: dict[str, Any], name: str) -> Any:
    value = item[name]
    if name == "title":
        return folded(value)
    if name in ("motion_authors", "reservations"):
        return [[p["name"], p["party"]] for p in value]
    if name == "proposals":
        return [[p["act"], proposer(p["by"]), folded(p["text"])] for p in value]
    if name == "outcomes":
        return sorted([o["act"], o["of"], o["outcome"]] for o in value)
    if name == "votes":
        return [[v["yes"], v["no"], v["abstain"], v["absent"]] for v in value]
    return value


def line_labels(document: dict[str, Any]) -> dict[int, str]:
    """The label of every non-blank raw line, by the section that covers most of it."""
    sections = [*document["sections"], *(s for item in document["items"] for s in item["sections"])]
    labels, start = {}, 0
    for n, line in enumerate(document["text"]["raw"].split("\n"), 1):
        end = start + len(line)
        cover: dict[str, int] = {}
        for section in sections:
            for at in section["at"]:
                shared = min(end, at["raw"][1]) - max(start, at["raw"][0])
                if shared > 0:
                    cover[section["kind"]] = cover.get(section["kind"], 0) + shared
        if line.strip():
            labels[n] = max(cover, key=lambda kind: cover[kind]) if cover else "none"
        start = end + 1
    return labels


def golden_labels(golden: dict[str, Any], lines: list[str]) -> dict[int, str]:
    return {n: label for a, b, label in golden["labels"] for n in range(a, b + 1) if lines[n - 1].strip()}


def word_errors(wrong: str, right: str) -> int:
    """Words to insert, delete or change (Levenshtein over white-space tokens)."""
    a, b = wrong.split(), right.split()
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


# Writing a golden that is missing.


def draft(document: dict[str, Any]) -> dict[str, Any]:
    """A golden as the pipeline would have it, for a person to read and correct."""
    labels: list[list[Any]] = []
    for n, label in line_labels(document).items():
        if labels and labels[-1][2] == label and labels[-1][1] == n - 1:
            labels[-1][1] = n
        else:
            labels.append([n, n, label])
    keep = ("name", "party", "role", "private")
    return {
        "read_by": None,
        "read_on": None,
        "pages": document["source"]["pages"],
        **{f: plain(document, f) for f in WHOLE if f != "signatories"},
        "signatories": [{k: p[k] for k in keep if k in p} for p in document["signatories"]],
        "items": [
            {
                "paragraph": item["paragraph"],
                "title": item["title"],
                "dnr": item["dnr"],
                "motion_authors": [{k: p[k] for k in ("name", "party")} for p in item["motion_authors"]],
                "proposals": [{k: p[k] for k in ("n", "act", "by", "text")} for p in item["proposals"]],
                "outcomes": [{k: o[k] for k in ("of", "outcome", "act")} for o in item["outcomes"]],
                "votes": [{k: v[k] for k in ("yes", "no", "abstain", "absent")} for v in item["votes"]],
                "reservations": [{k: p[k] for k in ("name", "party")} for p in item["reservations"]],
            }
            for item in document["items"]
        ],
        "labels": labels,
    }


@pytest.mark.parametrize("sample", IDS)
def test_golden_has_been_read(sample: str) -> None:
    path = SAMPLES / sample / "expected.json"
    if REGENERATE or not path.is_file():
        path.write_text(json.dumps(draft(made(sample)), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{path} was written: read it, correct it, and put your name under read_by")
    assert expected(sample).get("read_by"), f"{path}: nobody has read it yet"


def test_goldens_are_not_being_regenerated() -> None:
    assert not REGENERATE, "ATTSATS_REGENERATE is set: the goldens prove nothing"


def marked(sample: str, what: str) -> Any:
    """A case, expected to fail where the golden names a known failure."""
    known = expected(sample).get("known_failures", {})
    marks = [pytest.mark.xfail(strict=True, reason=known[what])] if what in known else []
    return pytest.param(sample, what, marks=marks, id=f"{sample}-{what}")


def fields(sample: str) -> list[str]:
    """The fields that a golden names."""
    golden = expected(sample)
    per_item = [f"items.{n}.{f}" for n, item in enumerate(golden.get("items", [])) for f in PER_ITEM if f in item]
    return [*(f for f in WHOLE if f in golden), *per_item]


@pytest.mark.parametrize("sample", IDS)
def test_known_failures_are_of_something(sample: str) -> None:
    known = expected(sample).get("known_failures", {})
    assert set(known) <= {*fields(sample), "labels", "repair", "items"}
    assert all(known.values()), "each known failure says why"


# The stages.


@pytest.mark.parametrize("sample", IDS)
def test_ocr(sample: str) -> None:
    scan = understood(sample).outline.transcript.scan
    assert len(scan.pages) == expected(sample)["pages"]
    scanned = about(sample)["input"] == about(sample).get("scan")
    assert bool(scan.words) == scanned
    assert all(scan.text[w.span.start : w.span.end].strip() for w in scan.words)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_the_engine_itself_reads_a_page() -> None:
    """Not the recording: whatever version is installed reads the page of good quality nearly without mistakes."""
    folder = SAMPLES / "motion-ystad-badplatser"
    scan = ocr.read(folder / about(folder.name)["input"])
    printed = (folder / "printed.txt").read_text(encoding="utf-8")
    assert word_errors(scan.text, printed) <= 0.06 * len(printed.split())
    assert {word.page for word in scan.words} == {1}
    assert scan.read_with == "swe+eng"


@pytest.mark.parametrize(("sample", "what"), [marked(sample, "repair") for sample in IDS])
def test_repair(sample: str, what: str) -> None:
    """No more wrong words than the golden allows, and never more than before."""
    transcript = understood(sample).outline.transcript
    printed = (SAMPLES / sample / "printed.txt").read_text(encoding="utf-8")
    before, after = word_errors(transcript.scan.text, printed), word_errors(transcript.text, printed)
    assert after <= before
    assert after <= expected(sample)["wrong_words_at_most"], f"{before} wrong words before, {after} after"


@pytest.mark.parametrize("sample", [name for name in IDS if name.startswith("seed")])
def test_repair_mends_the_seeds(sample: str) -> None:
    transcript = understood(sample).outline.transcript
    printed = (SAMPLES / sample / "printed.txt").read_text(encoding="utf-8")
    before, after = word_errors(transcript.scan.text, printed), word_errors(transcript.text, printed)
    assert after <= 0.05 * before, f"{before} wrong words before, {after} after: at least 95 % are to be mended"


CASES = [marked(sample, field) for sample in IDS for field in [*fields(sample), "labels"]]


@pytest.mark.parametrize(("sample", "field"), CASES)
def test_values(sample: str, field: str) -> None:
    document, golden = made(sample), expected(sample)
    if field == "labels":
        lines = document["text"]["raw"].split("\n")
        right, found = golden_labels(golden, lines), line_labels(document)
        wrong = {
            n: f"{found.get(n)} for {label}: {lines[n - 1]}" for n, label in right.items() if found.get(n) != label
        }
        assert wrong == {}
        return
    assert plain(document, field) == plain(golden, field)


@pytest.mark.parametrize("sample", IDS)
def test_record_is_valid(sample: str) -> None:
    assert validate(made(sample)) == []
    assert re.fullmatch("[0-9a-f]{24}", made(sample)["id"])


@pytest.mark.parametrize(("sample", "what"), [marked(sample, "items") for sample in IDS])
def test_every_matter_is_an_item(sample: str, what: str) -> None:
    assert len(made(sample)["items"]) == len(expected(sample)["items"])


def test_lost_line_of_the_motion_is_flagged() -> None:
    notes = made("seed-motion-huddinge")["notes"]
    lost = [
        note for note in notes if any("förtroendet" in at["quote"] or "fortroendet" in at["quote"] for at in note["at"])
    ]
    assert lost, f"no note at the break: {[note['code'] for note in notes]}"


# The samples themselves.


@pytest.mark.parametrize("sample", IDS)
def test_sample_is_described(sample: str) -> None:
    described = about(sample)
    assert {"input", "source", "licence", "shows"} <= set(described)
    assert (SAMPLES / sample / described["input"]).is_file()
    assert f"| `{sample}` |" in (SAMPLES / "README.md").read_text(encoding="utf-8")


def test_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 3_000_000
