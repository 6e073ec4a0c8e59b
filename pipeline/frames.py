"""Records as tidy tables, for notebooks: one row per document, matter, proposal, person, outcome, vote, repair.

    from pipeline import frames
    tables = frames.tables(records)             # plain rows, nothing to install
    proposals = frames.pandas(records)["proposals"]
    proposals = frames.polars(records)["proposals"]

Every table has the columns ``record`` (the id) and, below a document, ``item`` (the matter, from 0), to join by.
Ranges are code points of the raw text, half-open. Reading and other formats need the extra ``attsats[research]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from .export.surrogates import storable
from .search.failures import ExtraMissing

Json = dict[str, Any]
Rows = list[Json]

_DOCUMENT = {"record": "string"}
_MATTER = {"record": "string", "item": "int"}
_PLACE = {"page": "int", "start": "int", "end": "int"}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        **_DOCUMENT, "source": "string", "sha256": "string", "part": "int", "kind": "string",
        "municipality": "string", "municipality_code": "string", "addressee": "string", "body": "string",
        "date": "string", "year": "int", "dnr": "strings", "ocr": "string", "read_with": "string", "damage": "float",
        "pages": "int", "characters": "int", "matters": "int", "proposals": "int", "repairs": "int", "review": "int",
        "kind_confidence": "float",
    },
    "matters": {
        **_MATTER, "paragraph": "string", "title": "string", "dnr": "strings", "motion_title": "string",
        "authors": "strings", "author_parties": "strings", "proposals": "int", "outcomes": "int", "votes": "int",
        "laws": "strings", "references": "strings",
    },
    "proposals": {
        **_MATTER, "n": "int", "act": "string", "by": "string", "stem": "string", "text": "string",
        "confidence": "float", **_PLACE,
    },
    "signatories": {
        "record": "string", "item": "int", "as": "string", "name": "string", "party": "string", "role": "string",
        "status": "string", "private": "bool", "confidence": "float", **_PLACE,
    },
    "outcomes": {
        **_MATTER, "of": "string", "outcome": "string", "by": "string", "act": "string", "verbatim": "string",
        "confidence": "float", **_PLACE,
    },
    "votes": {
        **_MATTER, "vote": "int", "for": "string", "yes": "int", "no": "int", "abstain": "int", "absent": "int",
        "yes_means": "string", "verified": "bool", "confidence": "float", **_PLACE,
    },
    "ballots": {**_MATTER, "vote": "int", "name": "string", "party": "string", "ballot": "string"},
    "sections": {
        "record": "string", "item": "int", "section": "int", "kind": "string", "heading": "string", "text": "string",
        "confidence": "float", **_PLACE,
    },
    "repairs": {
        **_DOCUMENT, "start": "int", "end": "int", "from": "string", "to": "string", "rule": "string",
        "confidence": "float",
    },
    "review": {**_DOCUMENT, "field": "string", "reason": "string", "confidence": "float"},
}  # fmt: skip
"""Every table with the type of each column: string, strings (a list), int, float or bool."""


def read(path: str | Path) -> list[Json]:
    """The records of a JSON Lines file."""
    with Path(path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tables(records: Iterable[Json]) -> dict[str, Rows]:
    """Every table as plain rows, in the order of the records.

    Args:
        records: valid records; give masked ones where the tables leave the house.
    """
    made: dict[str, Rows] = {name: [] for name in COLUMNS}
    for record in map(storable, records):
        for name, row in _rows(record):
            made[name].append({column: row.get(column) for column in COLUMNS[name]})
    return made


def arrow(records: Iterable[Json]) -> dict[str, Any]:
    """Every table as a ``pyarrow.Table`` of a fixed schema: also an empty table has all of its columns."""
    pa = _needed("pyarrow")
    types = {
        "string": pa.string(), "strings": pa.list_(pa.string()), "int": pa.int64(), "float": pa.float64(),
        "bool": pa.bool_(),
    }  # fmt: skip
    schemas = {name: pa.schema([(c, types[t]) for c, t in columns.items()]) for name, columns in COLUMNS.items()}
    return {name: pa.Table.from_pylist(rows, schema=schemas[name]) for name, rows in tables(records).items()}


def pandas(records: Iterable[Json]) -> dict[str, Any]:
    """Every table as a ``pandas.DataFrame``; missing numbers stay missing, and do not make a column of floats."""
    pd = _needed("pandas")
    types = {"string": "string", "strings": "object", "int": "Int64", "float": "float64", "bool": "boolean"}
    return {
        name: pd.DataFrame(rows, columns=list(COLUMNS[name])).astype({c: types[t] for c, t in COLUMNS[name].items()})
        for name, rows in tables(records).items()
    }


def polars(records: Iterable[Json]) -> dict[str, Any]:
    """Every table as a ``polars.DataFrame``."""
    pl = _needed("polars")
    types = {
        "string": pl.String,
        "strings": pl.List(pl.String),
        "int": pl.Int64,
        "float": pl.Float64,
        "bool": pl.Boolean,
    }
    return {
        name: pl.DataFrame(rows, schema={c: types[t] for c, t in COLUMNS[name].items()}, orient="row")
        for name, rows in tables(records).items()
    }


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise ExtraMissing(f"{name} is not installed.", "Run: pip install 'attsats[research]'.") from error


def _rows(record: Json) -> Iterator[tuple[str, Json]]:
    """Every row of one record, with the name of its table."""
    base = {"record": record["id"]}
    yield "documents", base | _document(record)
    yield from _people(base | {"item": None}, "signatory", record["signatories"])
    yield from _people(base | {"item": None}, "attendance", record["attendance"])
    yield from _sections(record, base | {"item": None}, record["sections"])
    for i, item in enumerate(record["items"]):
        yield from _matter(record, base | {"item": i}, item)
    for repair in record["repairs"]:
        yield "repairs", base | repair | {"start": repair["raw"][0], "end": repair["raw"][1]}
    for entry in record["review"]:
        yield "review", base | entry


def _document(record: Json) -> Json:
    place = record["municipality"] or {"name": None, "code": None}
    source, quality = record["source"], record["quality"]
    return {
        **{key: record[key] for key in ("kind", "addressee", "body", "date", "dnr")},
        **{key: quality[key] for key in ("ocr", "read_with", "damage")},
        "source": source["name"],
        "sha256": source["sha256"],
        "part": source["part"]["n"],
        "municipality": place["name"],
        "municipality_code": place["code"],
        "year": int(record["date"][:4]) if record["date"] else None,
        "pages": source["part"]["pages"][1] - source["part"]["pages"][0] + 1,
        "characters": len(record["text"]["repaired"]),
        "matters": len(record["items"]),
        "proposals": sum(len(item["proposals"]) for item in record["items"]),
        "repairs": len(record["repairs"]),
        "review": len(record["review"]),
        "kind_confidence": record["evidence"].get("kind", {}).get("confidence"),
    }


def _matter(record: Json, base: Json, item: Json) -> Iterator[tuple[str, Json]]:
    authors = item["motion_authors"]
    yield (
        "matters",
        base
        | {key: item[key] for key in ("paragraph", "title", "dnr")}
        | {key: len(item[key]) for key in ("proposals", "outcomes", "votes")}
        | {
            "motion_title": item["references"]["motion_title"],
            "laws": item["references"]["laws"],
            "references": item["references"]["paragraphs"],
            "authors": [a["name"] for a in authors],
            "author_parties": list(dict.fromkeys(a["party"] for a in authors if a["party"])),
        },
    )
    yield from _people(base, "author", authors)
    yield from _people(base, "reservation", item["reservations"])
    yield from _sections(record, base, item["sections"])
    for name in ("proposals", "outcomes"):
        for value in item[name]:
            yield name, base | value | _place(value)
    for number, vote in enumerate(item["votes"]):
        yield "votes", base | vote | _place(vote) | {"vote": number}
        for ballot in vote["roll"]:
            yield "ballots", base | ballot | {"vote": number, "ballot": ballot["vote"]}


def _people(base: Json, role: str, people: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    for person in people:
        yield "signatories", base | person | _place(person) | {"as": role, "private": person.get("private", False)}


def _sections(record: Json, base: Json, sections: Iterable[Json]) -> Iterator[tuple[str, Json]]:
    text = record["text"]["repaired"]
    for number, section in enumerate(sections):
        shown = "\n".join(text[slice(*at["repaired"])] for at in section["at"])
        yield "sections", base | section | _place(section) | {"section": number, "text": shown}


def _place(value: Json) -> Json:
    """Page and raw range of the first place; empty where there is none."""
    if not value["at"]:
        return {}
    first, last = value["at"][0], value["at"][-1]
    return {"page": first["page"], "start": first["raw"][0], "end": last["raw"][1]}
