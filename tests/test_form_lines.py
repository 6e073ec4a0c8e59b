"""Which label the lines of invented papers and minutes get: layout and wordings that many houses share.

A case names the beginning of a printed line (its first occurrence) and its label.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from pipeline import models, run

CASES_AT = Path(__file__).parent / "cases"
CASES: dict[str, dict[str, str]] = json.loads((CASES_AT / "form_lines.json").read_text("utf-8"))


@functools.cache
def labels(name: str) -> dict[str, str]:
    """The label of each printed line; the first of equal lines counts."""
    path = CASES_AT / f"{name}.txt"
    (made,) = run.extract(path, models=models.load())
    spans = [
        (*at["raw"], section["kind"])
        for sections in (made["sections"], *(item["sections"] for item in made["items"]))
        for section in sections
        for at in section["at"]
    ]
    found: dict[str, str] = {}
    start = 0
    for line in path.read_text("utf-8").split("\n"):
        middle = start + len(line) - len(line.lstrip())
        for first, last, kind in spans:
            if first <= middle < last and line.strip():
                found.setdefault(line, kind)
        start += len(line) + 1
    return found


@pytest.mark.parametrize(("name", "begins", "label"), [(n, b, w) for n, rows in CASES.items() for b, w in rows.items()])
def test_label_of_a_line(name: str, begins: str, label: str) -> None:
    found = [kind for line, kind in labels(name).items() if line.startswith(begins)]
    assert found[:1] == [label]
