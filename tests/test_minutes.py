"""Minutes written for these tests, through structure and tags: who decides, what fell in a vote, who had what noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import segment, tag
from pipeline.document import Page, Part, Protocol, Quality, Scan, Source, Span, Transcript

MODELS = Path(__file__).resolve().parents[1] / "models"
BOARD = """Sundby kommun Kommunstyrelsen, protokoll
Sammanträdesdatum: 2024-03-06

§ 41 Ärendenummer KS-2024-00113
"""
COUNCIL = """Sundby kommun Kommunfullmäktige, protokoll
Sammanträdesdatum: 2024-03-21

§ 12 Ärendenummer KS-2024-00113
"""


@pytest.fixture(scope="module")
def models() -> tuple[Any, Any]:
    return segment.load(MODELS / "structure-sv"), tag.load(MODELS / "ner-sv")


def read(text: str, models: tuple[Any, Any]) -> Protocol:
    source = Source("minutes.txt", "0" * 64, "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    scan = Scan(source, text, (Page(1, Span(0, len(text)), "given"),))
    outline = segment.segment(Transcript(scan, (), Quality("clean", None, 0.0, 0.99)), models[0])
    return tag.tag(outline, models[1])


def decided(protocol: Protocol) -> list[tuple[str, str]]:
    return [(o.of, o.outcome) for o in protocol.matters[0].outcomes if o.act == "decision"]


def test_the_board_decides_and_then_proposes(models: tuple[Any, Any]) -> None:
    text = f"""{BOARD}
Program för hamnens bryggor och bodar
Beslut

Enligt samhällsförvaltningens förslag:
Förvaltningens redovisning av uppdraget om bryggorna antecknas.
Kommunstyrelsen tillstyrker yrkande från S och MP den 4 mars 2024 och föreslår att
kommunfullmäktige beslutar:
1. Program för hamnens bryggor antas.
2. Tekniska nämnden får i uppdrag att rusta bodarna.

Handling

Samhällsförvaltningens tjänsteskrivelse den 2 februari 2024.
"""
    proposals = read(text, models).outline.items[0].proposals
    assert [(p.act, p.by, p.text) for p in proposals] == [
        ("decision", "kommunstyrelsen", "Förvaltningens redovisning av uppdraget om bryggorna antecknas."),
        ("recommendation", "Kommunstyrelsen", "Program för hamnens bryggor antas."),
        ("recommendation", "Kommunstyrelsen", "Tekniska nämnden får i uppdrag att rusta bodarna."),
    ]


@pytest.mark.parametrize(
    ("lead", "item"),
    [
        (
            "På förslag av tjänstgörande ersättaren Karl-Johan Sundström Ek (S):",
            "Ärendet bordläggs till den 3 april 2024.",
        ),
        ("Bifall till samhällsförvaltningens förslag:", "Planen för bryggorna godkänns."),
        ("Enligt samhällsförvaltningens förslag.", "Yttrande över betänkandet Bryggor i hamn översänds till regionen."),
    ],
)
def test_what_others_proposed_is_decided_by_the_body(lead: str, item: str, models: tuple[Any, Any]) -> None:
    text = f"{BOARD}\nPlan för bryggor\nBeslut\n\n{lead}\n{item}\n\nHandling\n\nTjänsteskrivelse den 2 februari 2024.\n"
    (proposal,) = read(text, models).outline.items[0].proposals
    assert (proposal.act, proposal.by, proposal.text) == ("decision", "kommunstyrelsen", item)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Plan för stadens arbete med bryggor och bodar under åren\n2024-2030", "under åren 2024-2030"),
        ("Plan för stadens arbete med bryggor, bodar och god\nhamn 2024–2030", "god hamn 2024–2030"),
        ("Årsredovisning för hamnens samverkansgrupp och bodar\n2023", "bodar 2023"),
        (
            "Överföring av ansvaret för hamnens alla bryggor från styrelsen till\ntekniska nämnden",
            "till tekniska nämnden",
        ),
    ],
)
def test_a_title_that_breaks_before_years_or_a_body(printed: str, title: str, models: tuple[Any, Any]) -> None:
    text = f"{BOARD}\n{printed}\nBeslut\n\nPå förslag av Bo Ström (M):\nÄrendet bordläggs till den 3 april 2024.\n"
    outline = read(text, models).outline
    found = outline.items[0].title
    assert found is not None
    assert found.value.endswith(title)
    assert outline.body is not None
    assert outline.body.value == "kommunstyrelsen"


def test_each_note_to_the_minutes_has_its_own_maker(models: tuple[Any, Any]) -> None:
    text = f"""{BOARD}
Plan för bryggor
Beslut

Enligt samhällsförvaltningens förslag:
Planen för bryggorna godkänns.

Protokollsanteckningar

Bo Ström (M) deltar inte i beslutet.
Representanterna från S, V och MP antecknar som yttrande en skrivelse från
den 5 mars 2024.
Lena Gren (C) antecknar som yttrande en skrivelse från den 6 mars 2024.
"""
    made = [(s.kind, s.by) for s in read(text, models).matters[0].statements]
    assert sorted(made) == [
        ("deltar_ej", "Bo Ström"),
        ("protokollsanteckning", "Lena Gren"),
        ("protokollsanteckning", "S, V, MP"),
    ]


RIVAL, ADDED = "yrkande by Bo Ström", "tilläggsyrkande by M och KD"
PUT = """
Plan för bryggor
Beslut

Enligt samhällsförvaltningens förslag och tilläggsyrkande från M och KD i kommunstyrelsen:
1. Planen för bryggorna godkänns.
2. Tekniska nämnden får i uppdrag att måla bodarna.

Yrkanden

Eva Falk (S) och Ove Lind (V) yrkar bifall till kommunstyrelsens förslag.
Bo Ström (M) yrkar bifall till förslaget från M och KD i kommunstyrelsen samt
tilläggsyrkande från M och KD i kommunstyrelsen.

Propositionsordning

Ordföranden ställer först propositioner på kommunstyrelsens förslag och yrkandet från
Bo Ström och finner att kommunstyrelsens förslag har bifallits. Omröstning begärs.

Omröstning

Godkänd voteringsproposition: "Ja för bifall till kommunstyrelsens förslag. Nej för bifall
till yrkandet från Bo Ström".
Omröstningen utfaller med {first}. Hur var och en röstar framgår av bilaga 6.

Propositionsordning

Ordföranden ställer härefter propositioner på bifall respektive avslag på tilläggsyrkandet
från M och KD i kommunstyrelsen och finner att det har avslagits. Omröstning begärs.

Omröstning

Godkänd voteringsproposition: "Ja för avslag och Nej för bifall till tilläggsyrkandet från
M och KD i kommunstyrelsen".
Omröstningen utfaller med {second}. Hur var och en röstar framgår av bilaga 7.
"""


@pytest.mark.parametrize(
    ("first", "second", "want"),
    [
        ("20 Ja mot 21 Nej", "20 Ja mot 21 Nej", [(RIVAL, "bifall"), (ADDED, "bifall")]),
        ("20 Ja mot 21 Nej", "21 Ja mot 20 Nej", [(RIVAL, "bifall"), (ADDED, "avslag")]),
        ("21 Ja mot 20 Nej", "21 Ja mot 20 Nej", [("KS förslag", "bifall"), (ADDED, "avslag")]),
    ],
)  # fmt: skip
def test_a_vote_overturns_the_finding_right_before_it(
    first: str, second: str, want: list[tuple[str, str]], models: tuple[Any, Any]
) -> None:
    found = decided(read(COUNCIL + PUT.format(first=first, second=second), models))
    assert sorted(found) == sorted(want)


def test_a_minority_puts_the_matter_off_after_the_vote(models: tuple[Any, Any]) -> None:
    text = f"""{COUNCIL}
Plan för bryggor
Beslut

Ärendet bordläggs till sammanträdet den 25 april 2024.

Yrkanden

Bo Ström (M) yrkar att ärendet ska bordläggas.
Eva Falk (S) yrkar att ärendet ska avgöras vid dagens sammanträde.

Propositionsordning

Ordföranden ställer propositioner på dels ärendets bordläggning och dels ärendets
avgörande idag och finner att kommunfullmäktige beslutat avgöra ärendet vid dagens
sammanträde. Omröstning begärs.

Omröstning

Omröstningen utfaller med 24 Ja mot 17 Nej.
Ordföranden finner att kommunfullmäktige beslutat bordlägga ärendet till sammanträdet
den 25 april 2024 (minoritetsbordläggning).
"""
    assert decided(read(text, models)) == [("ärendet", "bordlagd")]


def test_additions_of_one_party_are_told_apart_by_what_they_are_about(models: tuple[Any, Any]) -> None:
    text = f"""{COUNCIL}
Plan för bryggor
Beslut

Enligt kommunstyrelsens förslag:
Planen för bryggorna godkänns.

Yrkanden

Eva Falk (S) yrkar bifall till kommunstyrelsens förslag.
Bo Ström (M) yrkar bifall till tilläggsyrkande från M och KD beträffande båtplatser samt
tilläggsyrkande från M och KD beträffande bodar.

Propositionsordning

Kommunfullmäktige beslutar först att bifalla kommunstyrelsens förslag.
Ordföranden ställer härefter propositioner på bifall respektive avslag på tilläggsyrkandet
från M och KD beträffande båtplatser och finner att det har avslagits.
Ordföranden ställer härefter propositioner på bifall respektive avslag på tilläggsyrkandet
från M och KD beträffande bodar och finner att det har bifallits.
"""
    found = read(text, models)
    assert [o.of for o in found.matters[0].outcomes if o.by == "Bo Ström"] == [
        "tilläggsyrkande by M och KD beträffande båtplatser",
        "tilläggsyrkande by M och KD beträffande bodar",
    ]
    assert decided(found) == [
        ("KS förslag", "bifall"),
        ("tilläggsyrkande by M och KD beträffande båtplatser", "avslag"),
        ("tilläggsyrkande by M och KD beträffande bodar", "bifall"),
    ]
