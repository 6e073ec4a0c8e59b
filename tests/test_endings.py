"""How motions end and how minutes decide: one paper each with the ways in which it is said, and what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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


DECIDED = json.loads((Path(__file__).parent / "cases" / "decisions_of_minutes.json").read_text(encoding="utf-8"))
MINUTES = """Vaggeryds kommun                 SAMMANTRÄDESPROTOKOLL                 8 (31)
Kommunfullmäktige                2022-04-25

§ 41                             Dnr KS 2021/233

Motion om simundervisning för vuxna

{decision}

Ärendebeskrivning
Ylva Samuelsson (L) föreslår i en motion att kommunen ska erbjuda simundervisning för vuxna. Nämnden har yttrat sig.

Beslutsunderlag
Kommunstyrelsens protokoll 2022-04-06, § 60
Motion 2021-11-01

Beslutet skickas till
Kultur- och fritidsnämnden
"""


@pytest.mark.parametrize("case", DECIDED, ids=lambda case: case["decision"][:60])
def test_what_minutes_decide(case: dict[str, Any], tmp_path: Path) -> None:
    paper = tmp_path / "minutes.txt"
    paper.write_text(MINUTES.format(decision=case["decision"]), encoding="utf-8")
    (record,) = run.extract(paper, models=models.load())
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["proposals"]
    assert [[o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert {v["act"] for v in (*item["proposals"], *item["outcomes"])} == {"decision"}
    assert (item["title"], item["dnr"], record["date"]) == ("Simundervisning för vuxna", ["KS 2021/233"], "2022-04-25")


PROPOSED = json.loads((Path(__file__).parent / "cases" / "proposals_of_offices.json").read_text(encoding="utf-8"))
LETTER = """Vaggeryds kommun
Kommunledningskontoret
Tjänsteskrivelse

2022-03-14                Dnr KS 2021/233

Till kommunstyrelsen

Svar på motion om simundervisning för vuxna

{proposed}

Sammanfattning
Ylva Samuelsson (L) föreslår i en motion att kommunen ska erbjuda simundervisning för vuxna.

Bedömning
Intresset är stort men simhallen är fullbokad. Kontoret bedömer att en ny simhall behövs först.

Beslutsunderlag
Motion 2021-11-01

Annelie Hägg
kommundirektör
"""


@pytest.mark.parametrize("case", PROPOSED, ids=lambda case: case["proposed"][:60])
def test_what_an_office_proposes(case: dict[str, Any], tmp_path: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text(LETTER.format(proposed=case["proposed"]), encoding="utf-8")
    (record,) = run.extract(paper, models=models.load())
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["proposals"]
    assert [[o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert {v["act"] for v in (*item["proposals"], *item["outcomes"])} == {"recommendation"}
    assert (item["title"], item["dnr"], record["date"]) == ("Simundervisning för vuxna", ["KS 2021/233"], "2022-03-14")
    assert [s["name"] for s in record["signatories"]] == ["Annelie Hägg"]
