"""How motions end, minutes decide, offices propose and members move: one paper each, and what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run


def cases(name: str) -> list[dict[str, Any]]:
    """The wordings of one table, each with what it says."""
    found: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases" / f"{name}.json").read_text("utf-8"))
    return found


def read(text: str, folder: Path) -> dict[str, Any]:
    """The record of one paper."""
    paper = folder / "paper.txt"
    paper.write_text(text, encoding="utf-8")
    (record,) = run.extract(paper, models=models.load())
    return record


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


@pytest.mark.parametrize("case", cases("motion_endings"), ids=lambda case: case["ending"][:50])
def test_what_a_motion_asks_for(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(MOTION.format(ending=case["ending"]), tmp_path)
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["want"]
    assert {p["act"] for p in item["proposals"]} == {"request"}
    assert item["title"] == "Gör centrum levande igen"
    assert [(s["name"], s["party"]) for s in record["signatories"]] == [("Karin Hultgren", "C")]


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


@pytest.mark.parametrize("case", cases("decisions_of_minutes"), ids=lambda case: case["decision"][:60])
def test_what_minutes_decide(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(MINUTES.format(decision=case["decision"]), tmp_path)
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["proposals"]
    assert [[o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert {v["act"] for v in (*item["proposals"], *item["outcomes"])} == {"decision"}
    assert (item["title"], item["dnr"], record["date"]) == ("Simundervisning för vuxna", ["KS 2021/233"], "2022-04-25")


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


@pytest.mark.parametrize("case", cases("proposals_of_offices"), ids=lambda case: case["proposed"][:60])
def test_what_an_office_proposes(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(LETTER.format(proposed=case["proposed"]), tmp_path)
    (item,) = record["items"]
    assert [p["text"] for p in item["proposals"]] == case["proposals"]
    assert [[o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert {v["act"] for v in (*item["proposals"], *item["outcomes"])} == {"recommendation"}
    assert (item["title"], item["dnr"], record["date"]) == ("Simundervisning för vuxna", ["KS 2021/233"], "2022-03-14")
    assert [s["name"] for s in record["signatories"]] == ["Annelie Hägg"]


MOVED = """Vaggeryds kommun                 SAMMANTRÄDESPROTOKOLL                 8 (31)
Kommunfullmäktige                2022-04-25

§ 41                             Dnr KS 2021/233

Motion om simundervisning för vuxna

Beslut
Kommunfullmäktige avslår motionen.

Ärendebeskrivning
Ylva Samuelsson (L) föreslår i en motion att kommunen ska erbjuda simundervisning för vuxna. Nämnden har yttrat sig.

Yrkanden
{moved}

Beslutsgång
Ordföranden ställer proposition på yrkandena och finner att kommunfullmäktige avslår motionen.

Beslutsunderlag
Kommunstyrelsens protokoll 2022-04-06, § 60
Motion 2021-11-01
"""


@pytest.mark.parametrize("case", cases("yrkanden_of_minutes"), ids=lambda case: case["floor"][:60])
def test_what_members_move(case: dict[str, Any], tmp_path: Path) -> None:
    (item,) = read(MOVED.format(moved=case["floor"]), tmp_path)["items"]
    moved = [[p["text"], p["by"]] for p in item["proposals"] if p["act"] == "floor"]
    assert moved == case["proposals"]
    wanted = [[o["of"], o["outcome"], o["by"]] for o in item["outcomes"] if o["act"] == "floor"]
    assert wanted == case["outcomes"]
    assert [(o["of"], o["outcome"]) for o in item["outcomes"] if o["act"] == "decision" and o["of"] == "motion"] == [
        ("motion", "avslag")
    ]


VOTED = """Vaggeryds kommun                 SAMMANTRÄDESPROTOKOLL                 8 (31)
Kommunfullmäktige                2022-04-25

§ 41                             Dnr KS 2021/233

Motion om simundervisning för vuxna

Beslut
Kommunfullmäktige avslår motionen.

Ärendebeskrivning
Ylva Samuelsson (L) föreslår i en motion att kommunen ska erbjuda simundervisning för vuxna. Nämnden har yttrat sig.

Yrkanden
Ylva Samuelsson (L) yrkar bifall till motionen.
Eva Ek (S) yrkar bifall till kommunstyrelsens förslag att avslå motionen.

{text}

Beslutet skickas till
Kultur- och fritidsnämnden
"""


@pytest.mark.parametrize("case", cases("votes_of_minutes"), ids=lambda case: case["text"][:60])
def test_how_minutes_vote_and_who_reserves(case: dict[str, Any], tmp_path: Path) -> None:
    (item,) = read(VOTED.format(text=case["text"]), tmp_path)["items"]
    votes = [[v[key] for key in ("for", "yes", "no", "abstain", "absent")] + [len(v["roll"])] for v in item["votes"]]
    assert votes == case["votes"]
    assert [[p["name"], p["party"]] for p in item["reservations"]] == case["reservations"]
    assert [[o["of"], o["outcome"]] for o in item["outcomes"] if o["act"] == "decision"] == case["outcomes"]


SIGNED = """{head}

De senaste åren har flera butiker i Alvesta centrum stängt.
Sedan 2019 har nio lokaler blivit tomma, och fler är på väg.

Vi menar att kommunen måste ta ett större ansvar.
Ett levande centrum är viktigt för tryggheten och för alla som inte har bil.

Därför föreslår vi att kommunfullmäktige beslutar

att ge kommunstyrelsen i uppdrag att ta fram en plan för centrum

att planen redovisas före årets slut

{signed}
"""


@pytest.mark.parametrize("case", cases("signatures_of_motions"), ids=lambda case: case["signed"][:60] or case["head"])
def test_who_signs_a_motion(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(SIGNED.format(head=case["head"], signed=case["signed"]), tmp_path)
    assert [[s["name"], s["party"], s["role"]] for s in record["signatories"]] == case["signatories"]
    assert record["date"] == case["date"]
    assert [p["text"] for p in record["items"][0]["proposals"]] == [
        "att ge kommunstyrelsen i uppdrag att ta fram en plan för centrum",
        "att planen redovisas före årets slut",
    ]


MATTER = """Vaggeryds kommun                 SAMMANTRÄDESPROTOKOLL                 8 (31)
Kommunfullmäktige                2022-04-25

{text}

§ 42                             Dnr KS 2022/80

Delårsrapport

Beslut
Kommunfullmäktige godkänner delårsrapporten.
"""


@pytest.mark.parametrize("case", cases("matters_of_minutes"), ids=lambda case: case["text"].replace("\n", " ")[34:120])
def test_what_becomes_of_a_matter(case: dict[str, Any], tmp_path: Path) -> None:
    item, other = read(MATTER.format(text=case["text"]), tmp_path)["items"]
    assert item["title"] == case["title"]
    assert [[p["name"], p["party"]] for p in item["motion_authors"]] == case["authors"]
    assert [[p["act"], p["text"]] for p in item["proposals"]] == case["proposals"]
    assert [[o["act"], o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert [p["text"] for p in other["proposals"]] == ["Kommunfullmäktige godkänner delårsrapporten."]


FRONT = """{front}

§ 12                             Dnr KS 2022/80

Delårsrapport

Beslut
Kommunstyrelsen godkänner delårsrapporten.

§ 13                             Dnr KS 2022/81

Svar på motion om simskola

Beslut
Kommunstyrelsen föreslår att kommunfullmäktige avslår motionen.
"""


@pytest.mark.parametrize("case", cases("fronts_of_minutes"), ids=lambda case: case["front"].replace("\n", " ")[:60])
def test_who_signs_minutes(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(FRONT.format(front=case["front"]), tmp_path)
    assert (record["body"], record["date"], record["kind"]) == (case["body"], case["date"], "protokoll")
    assert sorted([[s["name"], s["party"], s["role"]] for s in record["signatories"]]) == case["signatories"]
    assert [item["paragraph"] for item in record["items"]] == ["§ 12", "§ 13"]


OLD = """VAGGERYDS KOMMUN            SAMMANTRÄDESPROTOKOLL
Kommunfullmäktige           Sammanträdesdatum 1979-04-25            Blad 8

{text}

§ 42
Bokslut

Kommunfullmäktige beslutade

att godkänna bokslutet.
"""


@pytest.mark.parametrize("case", cases("old_minutes"), ids=lambda case: case["text"].replace("\n", " ")[:90])
def test_how_typed_minutes_of_old_decide(case: dict[str, Any], tmp_path: Path) -> None:
    item, other = read(OLD.format(text=case["text"]), tmp_path)["items"]
    assert item["title"] == case["title"]
    assert [[p["name"], p["party"]] for p in item["motion_authors"]] == case["authors"]
    assert [[p["act"], p["text"], p["by"]] for p in item["proposals"]] == case["proposals"]
    assert [[o["act"], o["of"], o["outcome"]] for o in item["outcomes"]] == case["outcomes"]
    assert [[v["for"], v["yes"], v["no"]] for v in item["votes"]] == case["votes"]
    assert [[p["name"], p["party"]] for p in item["reservations"]] == case["reservations"]
    assert [p["text"] for p in other["proposals"]] == ["att godkänna bokslutet."]


WRITTEN = """Yrkande
Kommunstyrelsen 2021-06-08
Ärende 14

Svar på motion om kulturskolans avgifter

Socialdemokraterna och Vänsterpartiet delar bilden av att kulturskolan behöver nå fler barn.

{text}

Kristina Edlund-Ek (S)
Jessica Eekhoff (V)
"""


@pytest.mark.parametrize("case", cases("written_yrkanden"), ids=lambda case: case["text"].replace("\n", " ")[:90])
def test_what_a_written_yrkande_asks_for(case: dict[str, Any], tmp_path: Path) -> None:
    record = read(WRITTEN.format(text=case["text"]), tmp_path)
    (item,) = record["items"]
    assert (record["kind"], {p["act"] for p in item["proposals"]} - {"floor"}) == ("yrkande", set())
    assert [p["text"] for p in item["proposals"]] == case["proposals"]
    assert [[o["of"], o["outcome"], o["act"], o["by"]] for o in item["outcomes"]] == case["outcomes"]
    assert [s["name"] for s in record["signatories"]] == ["Kristina Edlund-Ek", "Jessica Eekhoff"]
