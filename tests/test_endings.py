"""How motions end: one motion with the ways in which members ask, each with what it asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import models, run

CASES = json.loads((Path(__file__).parent / "cases" / "motion_endings.json").read_text(encoding="utf-8"))
MOTION = """Motion till kommunfullmäktige i Alvesta

Gör centrum levande igen

De senaste åren har flera butiker i Alvesta centrum stängt.
Sedan 2019 har nio lokaler blivit tomma, och fler är på väg.

Vi menar att kommunen måste ta ett större ansvar.
Ett levande centrum är viktigt för tryggheten och för alla som inte har bil.

{ending}

Alvesta 2024-02-12

Karin Hultgren (C)
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["ending"][:50])
def test_what_a_motion_asks_for(case: dict[str, str], tmp_path: Path) -> None:
    paper = tmp_path / "motion.txt"
    paper.write_text(MOTION.format(ending=case["ending"]), encoding="utf-8")
    (record,) = run.extract(paper, models=models.load())
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["want"]
    assert {p["act"] for p in item["proposals"]} == {"request"}
    assert item["title"] == "Gör centrum levande igen"
    assert [(s["name"], s["party"]) for s in record["signatories"]] == [("Karin Hultgren", "C")]
