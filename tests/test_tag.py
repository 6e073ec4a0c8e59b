"""Parties, persons, dates, votes and outcomes: tables of cases, negatives among them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run
from pipeline.document import (
    Item,
    Outline,
    Page,
    Part,
    Proposal,
    Protocol,
    Quality,
    Scan,
    Section,
    Source,
    Span,
    Transcript,
    Value,
)  # fmt: skip
from pipeline.errors import ModelMissing
from pipeline.tag import TagModel, chair, decisions, floor, load, objects, reports, tag
from pipeline.tag.deciding import of_sentence
from pipeline.tag.names import Reading
from pipeline.tag.parties import Scope
from pipeline.tag.party_persons import persons
from pipeline.tag.passages import passages
from pipeline.tag.references import private_data
from pipeline.tag.spellings import plain

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """The cases of a table; those with ``xfail`` are known failures, strictly."""
    rows = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [
        pytest.param(row, marks=pytest.mark.xfail(reason=row["xfail"], strict=True)) if "xfail" in row else row
        for row in rows
    ]


@pytest.fixture(scope="module")
def model() -> TagModel:
    return load(models.folder("ner-sv"))


def outline(
    kind: str, blocks: list[list[str]], body: str | None = None, proposals: list[list[str]] | None = None
) -> Outline:
    """An outline out of (label, text) blocks; ``proposals`` are (text, act, by)."""
    text, sections = "", []
    for label, block in blocks:
        sections.append(Section(label, (Span(len(text), len(text) + len(block)),), 1.0))
        text += block + "\n\n"
    source = Source("case.txt", "", "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    scan = Scan(source, text, (Page(1, Span(0, len(text)), "given"),))
    made = tuple(
        Proposal(n, words, None, by, act, 1.0, (Span(max(0, text.find(words)), max(0, text.find(words)) + len(words)),))
        for n, (words, act, by) in enumerate(proposals or [], 1)
    )
    title = next((Value(block, 1.0) for label, block in blocks if label == "title"), None)
    item = Item(Span(0, len(text)), None, title, tuple(sections), made)
    transcript = Transcript(scan, (), Quality("clean", None, 0.0, 1.0))
    return Outline(transcript, Value(kind, 1.0), Value(body, 1.0) if body else None, (item,))


def reading(model: TagModel, row: dict[str, Any]) -> Reading:
    return Reading(model.book, Scope(row.get("municipality"), row.get("date")))


@pytest.mark.parametrize("row", cases("tag_decisions"), ids=lambda r: r["text"][:50])
def test_decisions(row: dict[str, Any]) -> None:
    found = decisions.of_sentence(row["text"], row.get("about", "motion"))
    assert [list(pair) for pair in found] == row["want"]


@pytest.mark.parametrize("row", cases("tag_yrkanden"), ids=lambda r: r["text"][:50])
def test_yrkanden(row: dict[str, Any], model: TagModel) -> None:
    [p] = passages(outline("protokollsutdrag", [["floor", row["text"]]]))
    found = floor.moved(p, "motion", reading(model, row))
    assert [[o.by, o.of, o.outcome] for o in found] == row["want"]
    assert all(o.act == "floor" for o in found)


@pytest.mark.parametrize("row", cases("tag_chair"), ids=lambda r: r["text"][-50:])
def test_chair(row: dict[str, Any], model: TagModel) -> None:
    found = chair.found_by_chair(
        passages(outline("protokollsutdrag", [["procedure", row["text"]]])), "motion", None, reading(model, row)
    )
    assert [[o.of, o.outcome] for o in found] == row["want"]


@pytest.mark.parametrize("row", cases("tag_votes"), ids=lambda r: r["text"][:50])
def test_votes(row: dict[str, Any], model: TagModel) -> None:
    found = tag(outline("protokollsutdrag", [["votes", row["text"]]]), model).matters[0].votes
    if row["want"] is None:
        assert found == ()
        return
    [vote] = found
    assert [vote.yes, vote.no, vote.abstain, vote.absent] == row["want"]
    for key in ("verified", "yes_means", "no_means"):
        if key in row:
            assert getattr(vote, key) == row[key]


@pytest.mark.parametrize("row", cases("tag_names"), ids=lambda r: r["text"][:50])
def test_names(row: dict[str, Any], model: TagModel) -> None:
    assert [[p.name, p.party] for p in persons(row["text"], reading(model, row))] == row["want"]


@pytest.mark.parametrize("row", cases("tag_parties"), ids=lambda r: r["text"][:50])
def test_parties(row: dict[str, Any], model: TagModel) -> None:
    blocks = [["summary", row["text"]]]
    if "municipality" in row:
        blocks.insert(0, ["meta", f"{row['municipality']} kommun"])
    if "date" in row:
        blocks.insert(0, ["meta", f"Datum\n{row['date']}"])
    found = tag(outline("protokollsutdrag", blocks), model).parties
    assert [p.code for p in found] == row["want"]


@pytest.mark.parametrize("row", cases("tag_entities"), ids=lambda r: r["text"][:50])
def test_entities(row: dict[str, Any], model: TagModel) -> None:
    dated = [["meta", f"Datum\n{row['date']}"]] if "date" in row else []
    made = outline("protokollsutdrag", [*dated, ["background", row["text"]]])
    start = made.transcript.text.find(row["text"])
    found = [m for m in tag(made, model).mentions if m.type == row["of"] and m.at[0].start >= start]
    assert [m.normalized for m in found] == row["want"]
    for m in found:
        assert made.transcript.text[slice(*m.at[0])] == m.text


@pytest.mark.parametrize("row", cases("tag_heads"), ids=lambda r: r["blocks"][0][1][:40])
def test_heads(row: dict[str, Any], model: TagModel) -> None:
    found = tag(outline(row["kind"], row["blocks"]), model)
    if "date" in row:
        assert (found.date.value if found.date else None) == row["date"]
    if "dnr" in row:
        assert [d.value for d in found.dnr] == row["dnr"]
    if "addressee" in row:
        assert (found.addressee.value if found.addressee else None) == row["addressee"]
    if "municipality" in row:
        assert found.municipality is not None
        assert found.municipality.value[0] == row["municipality"]


def everything(protocol: Protocol) -> dict[str, Any]:
    """The values of a protocol that has one matter, in the shape of the cases."""
    [matter] = protocol.matters
    return {
        "signatories": [[p.name, p.party] for p in protocol.signatories],
        "roles": [p.role for p in protocol.signatories],
        "motion_authors": [[p.name, p.party] for p in matter.motion_authors],
        "reservations": [[p.name, p.party] for p in matter.reservations],
        "outcomes": [[o.of, o.outcome, o.act] for o in matter.outcomes],
        "parties": [p.code for p in protocol.parties],
        "attendance": [[p.name, p.status] for p in protocol.attendance],
        "votes": [[v.yes, v.no] for v in matter.votes],
        "statements": [[s.kind, s.by] for s in matter.statements],
        "paragraphs": list(matter.references.paragraphs),
        "laws": list(matter.references.laws),
        "proposers": list(matter.proposers),
        "private": [p.private for p in protocol.signatories],
        "notes": [n.code for n in protocol.notes],
        "mentions": [[m.type, m.normalized] for m in protocol.mentions],
    }


@pytest.mark.parametrize("row", cases("tag_documents"), ids=lambda r: r["id"])
def test_documents(row: dict[str, Any], model: TagModel) -> None:
    protocol = tag(outline(row["kind"], row["blocks"], row.get("body"), row.get("proposals")), model)
    found = everything(protocol)
    for key, want in row["want"].items():
        if key == "mentions":
            assert [m for m in want if m not in found[key]] == []
        else:
            assert found[key] == want, key


@pytest.mark.parametrize("row", cases("tag_documents"), ids=lambda r: r["id"])
def test_every_place_is_what_it_names(row: dict[str, Any], model: TagModel) -> None:
    made = outline(row["kind"], row["blocks"], row.get("body"), row.get("proposals"))
    text = made.transcript.text
    protocol = tag(made, model)
    values = [
        *protocol.signatories,
        *protocol.attendance,
        *protocol.matters[0].reservations,
        *protocol.matters[0].motion_authors,
    ]
    for person in values:
        for start, end in person.at:
            assert 0 <= start < end <= len(text)
            assert plain(person.name.split()[-1])[:3] in plain(text[start:end]) or person.name.startswith("Ledam")
    for m in protocol.mentions:
        for start, end in m.at:
            assert 0 <= start < end <= len(text)
            assert "".join(m.text.split())[:4] in "".join(text[start:end].split())


SIGNED = """Tjänsteskrivelse

Datum 2024-03-05
Diarienummer TN 2024-00031

Svar på motion om cykelpumpar

Förslag till beslut i tekniska nämnden

Tekniska nämnden föreslår att kommunfullmäktige avslår motionen.

Sammanfattning

Maria Loskander (M) har lämnat en motion om cykelpumpar vid stationen.
Förvaltningen bedömer att pumparna skulle kosta mer än de är värda.

Beslutet skickas till

Kommunstyrelsen

Vera Tanfelt

Besöksadress
Nämndsekreterare Stadshuset, Storgatan 4
Telefon 0555-12 34 00
\fTANKEBY KOMMUN
2 (2)

Ulrika Ahlefors                    Emir Halvarin

Förvaltningschef                   Verksamhetschef
"""


def test_the_place_of_a_name_behind_a_break_is_the_whole_name(tmp_path: Path) -> None:
    path = tmp_path / "signed.txt"
    path.write_text(SIGNED, encoding="utf-8")
    signed = run.extract(path, models=models.load())[0]["signatories"]
    assert {"Ulrika Ahlefors", "Emir Halvarin"} <= {person["name"] for person in signed}
    assert all(person["at"][0]["quote"] == person["name"] for person in signed)


@pytest.mark.parametrize("row", cases("tag_attendance"), ids=lambda r: r["text"][:50])
def test_attendance(row: dict[str, Any], model: TagModel) -> None:
    found = tag(outline("protokoll", [["attendance", row["text"]]]), model).attendance
    assert [[p.name, p.party, p.role, p.status, p.replaces] for p in found] == row["want"]


@pytest.mark.parametrize("row", cases("tag_statements"), ids=lambda r: r["text"][:50])
def test_statements(row: dict[str, Any], model: TagModel) -> None:
    [matter] = tag(outline("protokollsutdrag", [[row["label"], row["text"]]]), model).matters
    assert [[s.kind, s.by] for s in matter.statements] == row["want"]


@pytest.mark.parametrize("row", cases("tag_reservations"), ids=lambda r: r["text"][:50])
def test_reservations(row: dict[str, Any], model: TagModel) -> None:
    [matter] = tag(outline("protokollsutdrag", [["reservation", row["text"]]]), model).matters
    assert [[p.name, p.party] for p in matter.reservations] == row["want"]


def test_personnummer_and_contacts_are_found() -> None:
    text = "Karin Ek, 811218-9876, Storgatan 4 B, 123 45 Lund, karin.ek@example.se, tel. 070-123 45 67, Vallda 20:3"
    found = {(f.type, f.normalized) for f in private_data(text, addresses=True)}
    assert ("PERSONNUMMER", "811218-9876") in found
    assert ("CONTACT", "karin.ek@example.se") in found
    assert ("CONTACT", "0701234567") in found
    assert any(t == "CONTACT" and n.startswith("Storgatan") for t, n in found)


def test_numbers_that_are_no_personnummer() -> None:
    assert not [
        f
        for f in private_data("Dnr 2024-00740, 2023-09-24, fastigheten 20:3, KS 990000-1234", addresses=True)
        if f.type == "PERSONNUMMER"
    ]


def test_factories_serve_other_pipelines() -> None:
    import spacy

    import pipeline.tag.components as components

    nlp = components.swedish()
    assert spacy.blank("sv").lang == nlp.lang
    nlp.add_pipe("attsats_parties", config={"municipality": "Huddinge"})
    nlp.add_pipe("attsats_persons", config={"municipality": "Huddinge"})
    nlp.add_pipe("attsats_references")
    doc = nlp("Anna Berg (HP) m.fl. hänvisar till kommunallagen 5 kap. 35 § den 3 maj 2021.")
    found = {(span.label_, span.kb_id_) for span in doc.spans["attsats"]}
    assert {("PARTY", "HP"), ("PER", "Anna Berg"), ("DATE", "2021-05-03")} <= found
    assert "m.fl." in [token.text for token in doc]


def test_recogniser_finds_persons_that_no_bracket_marks(model: TagModel) -> None:
    text = "I boken skriver professor Bengt Göransson om skolan, och Lena Nyman svarar honom."
    found = tag(outline("motion", [["background", text]]), model).mentions
    assert "Bengt Göransson" in [m.normalized for m in found if m.type == "PER"]


def test_model_folder_must_be_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        load(tmp_path)


def test_confidences_are_probabilities(model: TagModel) -> None:
    protocol = tag(outline("motion", [["signature", "Anna Berg (S)"], ["title", "Fler bänkar i Lund"]]), model)
    [person] = protocol.signatories
    assert 0.5 < person.confidence < 1.0


def test_a_finding_without_full_stops_takes_no_more_than_its_length() -> None:
    long = "Ordföranden ställer Anna Eks yrkande mot förslaget och finner bifall till " * 400
    begun = time.process_time()
    chair._refused_or_taken(long)
    assert time.process_time() - begun < 2.0


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Hemställan från Bo AB avseende garaget anses besvarad.", [("hemställan by Bo AB", "besvarad")]),
        ("Hemställan från Bo AB om ett kapitaltillskott på 60 mnkr godkänns.", [("hemställan by Bo AB", "bifall")]),
        ("Parknämndens begäran om förvärv av fastigheten Ek 7:5, godkänns.", [("begäran by parknämnden", "bifall")]),
        ("Redovisning av nämndens hemställan om mer pengar godkänns.", []),
        ("Avtal enligt nämndens framställning om tomten godkänns.", []),
        ("Tekniska nämndens hemställan om att elever som beviljas skolskjuts ska få kort avslås.",
         [("hemställan by tekniska nämnden", "avslag")]),
        ("Förskolenämndens framställningar om ersättning avslås med hänvisning till att kostnaderna är små.",
         [("framställning by förskolenämnden", "avslag")]),
        ("Miljönämndens hemställan om mer pengar bifalles till den del som uppgår till 92 mnkr.",
         [("hemställan by miljönämnden", "delvis_bifall")]),
        ("Kommunstyrelsens förslag avslås.", [("KS förslag", "avslag")]),
        ("Yrkandet avslås.", [("yrkande", "avslag")]),
        ("att i övrigt avslå fastighetsnämndens hemställan till fullmäktige", [("hemställan", "avslag")]),
        ("Val av styrelse i Bo AB bordläggs till sammanträdet den 29 maj.", [("val av styrelse i Bo AB", "bordlagd")]),
        ("Beslutsärendena under paragraferna 27-31 bordläggs.", [("ärendet", "bordlagd")]),
        ("På förslag av Eva Ek (M): Punkterna 2-4 i stadsledningskontorets förslag bordläggs till den 21 maj.",
         [("stadsledningskontorets förslag", "bordlagd")]),
        ("Riktlinjen för familjehem återremitteras till nämnden för att förtydligas.", [("ärendet", "aterremiss")]),
        ("Punkt 2 i ordförandens förslag till beslut avslås.", [("ordförandens förslag", "avslag")]),
        ("I övrigt bifalles ordförandens förslag.", [("ordförandens förslag", "bifall")]),
        ("Styrelsen för förbundet beviljas ansvarsfrihet.", []),
        ("Ärenden som bordläggs av nämnden ska tas upp igen.", []),
        ("Anförandet besvaras av ordföranden.", []),
    ],
)  # fmt: skip
def test_what_is_decided_of_letters_and_of_what_is_put_off(sentence: str, found: list[tuple[str, str]]) -> None:
    assert of_sentence(sentence, "ärendet") == found


def test_yrkanden_in_a_list_below_their_mover_and_in_the_second_place() -> None:
    paper = (
        "Lunds kommun\nKommunstyrelsen\nSammanträdesprotokoll 2022-05-03\n\n§ 55 Svar på motion om skolmat\n\n"
        "Yrkanden\nEva Ek (C) yrkar:\n\natt bifalla motionens första och tredje att-sats\n"
        "att motionen i övrigt anses besvarad\n\nBo Al (SD) och Ann By (L):\nI första hand återremiss för en "
        "kalkyl. I andra hand avslag på motionen.\n\nBeslut\n\nKommunstyrelsen avslår motionen.\n"
    )
    (record,) = run.extract(paper.encode(), name="protokoll.txt", models=models.load())
    told = [(o["of"], o["outcome"], o["by"]) for i in record["items"] for o in i["outcomes"] if o["act"] == "floor"]
    assert ("proposal 1", "bifall", "Eva Ek") in told
    assert ("proposal 3", "bifall", "Eva Ek") in told
    assert ("motion", "besvarad", "Eva Ek") in told
    assert ("motion", "aterremiss", "Bo Al, Ann By") in told
    assert ("motion", "avslag", "Bo Al, Ann By") in told


@pytest.mark.parametrize("unit", ["_", "x", "a-", "Tekniska och ", "yrkandet om avslag på "])
def test_objects_of_a_long_line_take_time_in_proportion(unit: str) -> None:
    def spent(size: int) -> float:
        text = (unit * size)[:size]
        started = time.process_time()
        objects.things(text)
        return time.process_time() - started

    small = min(spent(3000) for _ in range(3))
    assert min(spent(12000) for _ in range(3)) < 10 * small + 0.05


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Tekniska nämnden föreslår inte att motionen avslås.", []),
        ("Motionen har remitterats. Tekniska nämnden tillstyrker, med undantag av punkt 2.", []),
        ("Motionen har remitterats. Tekniska nämnden avstyrker.", [("tekniska nämnden", "avslag")]),
    ],
)
def test_told(text: str, want: list[tuple[str, str]]) -> None:
    [p] = passages(outline("protokollsutdrag", [["summary", text]]))
    assert [(o.by, o.outcome) for o in reports.reported(p, None)] == want


def test_what_the_meeting_overruled_was_not_decided(model: TagModel) -> None:
    found = "Ordföranden finner att nämnden bifaller Eva Eks yrkande. Votering begärs. "
    blocks = [["votes", found + "Omröstningen utfaller med 20 ja-röster mot 29 nej-röster."]]
    assert tag(outline("protokollsutdrag", blocks), model).matters[0].outcomes == ()
    no = "Nej-röst för Eva Eks yrkande. Omröstningen utfaller med 20 ja-röster mot 29 nej-röster."
    [taken] = tag(outline("protokollsutdrag", [["votes", found + no]]), model).matters[0].outcomes
    assert (taken.of, taken.outcome) == ("yrkande by Eva Ek", "bifall")
    blocks = [["votes", found + "Omröstningen utfaller med 29 ja-röster mot 20 nej-röster."]]
    [kept] = tag(outline("protokollsutdrag", blocks), model).matters[0].outcomes
    assert (kept.of, kept.outcome) == ("yrkande by Eva Ek", "bifall")


@pytest.mark.parametrize("row", cases("tag_written_yrkanden"), ids=lambda r: r["text"][:50])
def test_written_yrkanden(row: dict[str, Any]) -> None:
    proposal = Proposal(1, row["text"], None, "V", "floor", 1.0, (Span(0, len(row["text"])),))
    found = decisions.from_proposals((proposal,), "motion", "V")
    assert [[o.of, o.outcome] for o in found] == row["want"]
    assert all((o.act, o.by) == ("floor", "V") for o in found)
