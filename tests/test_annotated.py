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
