"""The tidy tables: nothing of a record is lost or doubled, and types are the same however empty a table is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import frames

COUNCIL = frames.read(Path(__file__).parent / "cases" / "council.jsonl")


def test_every_value_has_its_row() -> None:
    tables = frames.tables(COUNCIL)
    assert len(tables["documents"]) == len(COUNCIL)
    assert len(tables["matters"]) == sum(len(r["items"]) for r in COUNCIL)
    for name in ("proposals", "outcomes", "votes"):
        assert len(tables[name]) == sum(len(i[name]) for r in COUNCIL for i in r["items"])
    assert len(tables["repairs"]) == sum(len(r["repairs"]) for r in COUNCIL)
    assert {p["as"] for p in tables["signatories"]} == {"signatory", "attendance", "author"}


def test_places_lead_back_to_the_text() -> None:
    raw = {r["id"]: r["text"]["raw"] for r in COUNCIL if not r["repairs"]}
    for row in frames.tables(COUNCIL)["proposals"]:
        if row["record"] in raw:
            assert raw[row["record"]][row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_tables_keep_their_columns(library: str) -> None:
    pytest.importorskip({"arrow": "pyarrow"}.get(library, library), reason=f"{library} is not installed")
    make = {"pandas": frames.pandas, "polars": frames.polars, "arrow": frames.arrow}[library]
    full, empty = make(COUNCIL), make([])
    for name, columns in frames.COLUMNS.items():
        for table in (full[name], empty[name]):
            told = table.column_names if library == "arrow" else list(table.columns)
            assert told == list(columns)
        same = "schema" if library != "pandas" else "dtypes"
        assert str(getattr(full[name], same)) == str(getattr(empty[name], same))


def test_missing_numbers_stay_missing() -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    record = json.loads(json.dumps(COUNCIL[0])) | {"date": None, "municipality": None}
    documents = frames.pandas([record, COUNCIL[1]])["documents"]
    assert documents["year"].dtype == pd.Int64Dtype()
    assert documents["year"].isna().tolist() == [True, False]
