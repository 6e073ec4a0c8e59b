"""The annotated papers of our own: whole annotations, and valid records of every paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run
from pipeline.laws import validate

PAPERS = sorted((Path(__file__).resolve().parents[1] / "benchmark" / "annotated").glob("*/*.json"))


@pytest.fixture(scope="module")
def loaded() -> models.Models:
    return models.load()


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_line_has_one_label(path: Path) -> None:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lines = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
    labelled = [n for first, last, _ in gold["labels"] for n in range(first, last + 1) if lines[n - 1].strip()]
    assert labelled == [n for n, line in enumerate(lines, 1) if line.strip()]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_paper_gives_valid_records(path: Path, loaded: models.Models) -> None:
    records = run.extract(path.with_suffix(".txt"), models=loaded)
    assert records
    assert [error for record in records for error in validate(record)] == []


LEARNT = [path for path in PAPERS if path.parent.name == "train"]
ASKING = [path for path in LEARNT if '"act": "request"' in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.stem)
def test_every_request_is_found_word_for_word(path: Path, loaded: models.Models) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))["proposals"]
    (record,) = run.extract(path.with_suffix(".txt"), models=loaded)
    made = [p for item in record["items"] for p in item["proposals"]]
    assert _requests(made) == _requests(wanted)


def _requests(proposals: list[dict[str, Any]]) -> list[str]:
    return sorted(p["text"].casefold().strip(" .,;:") for p in proposals if p["act"] == "request")


def test_most_lines_have_the_label_that_a_reader_gave_them(loaded: models.Models) -> None:
    """Judgements differ, and some errors are known: nine lines of ten is what holds, and must go on to hold."""
    right = total = 0
    for path in LEARNT:
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        wanted = {n: label for a, b, label in json.loads(path.read_text("utf-8"))["labels"] for n in range(a, b + 1)}
        found: dict[int, str] = {}
        for record in run.extract(path.with_suffix(".txt"), models=loaded):
            for section in record["sections"] + [s for item in record["items"] for s in item["sections"]]:
                for at in section["at"]:
                    first, last = (text.count("\n", 0, at["raw"][0]), text.count("\n", 0, at["raw"][1] - 1))
                    found |= {n + 1: section["kind"] for n in range(first, last + 1)}
        lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
        right += sum(found.get(n) == wanted[n] for n in lines)
        total += len(lines)
    assert right / total > 0.9
