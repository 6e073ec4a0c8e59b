"""Invented papers in the manner of many municipalities: what must be read from each."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run

PAPERS = Path(__file__).parent / "cases" / "papers"
CASES = [
    pytest.param(path, field, id=f"{path.stem}-{field}")
    for path in sorted(PAPERS.glob("*.json"))
    for field in json.loads(path.read_text(encoding="utf-8"))
]
KNOWN = json.loads((PAPERS.parent / "papers-known.json").read_text(encoding="utf-8"))


@cache
def record(name: str) -> dict[str, Any]:
    (made,) = run.extract(PAPERS / f"{name}.txt", models=models.load())
    return made


def value(made: dict[str, Any], field: str) -> Any:
    """The field in the short form in which the cases are written."""
    items = made["items"]
    many = {
        "proposals": lambda p: [p["act"], p["text"], p["by"]],
        "signatories": lambda s: [s["name"], s["party"]],
        "motion_authors": lambda s: [s["name"], s["party"]],
        "reservations": lambda s: [s["name"], s["party"]],
        "outcomes": lambda o: [o["of"], o["outcome"], o["act"]],
        "votes": lambda v: [v["yes"], v["no"], [f"{b['name']} {b['vote']}" for b in v["roll"]]],
    }
    if field == "signatories":
        return [many[field](entry) for entry in made[field]]
    if field in many:
        return [many[field](entry) for item in items for entry in item[field]]
    if field in {"title", "dnr"}:
        return items[0][field]
    if field == "parties":
        return sorted(party["code"] for party in made["parties"])
    if field == "municipality":
        return (made[field] or {}).get("name")
    return made[field]


@pytest.mark.parametrize(("path", "field"), CASES)
def test_paper(path: Path, field: str, request: pytest.FixtureRequest) -> None:
    reason = KNOWN.get(f"{path.stem}-{field}")
    if reason:
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    assert value(record(path.stem), field) == json.loads(path.read_text(encoding="utf-8"))[field]
