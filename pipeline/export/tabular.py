"""The tidy tables as files: a folder of Parquet or CSV, or one SQLite file."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from .. import frames

Json = dict[str, Any]

SQL_TYPES = {"string": "TEXT", "strings": "TEXT", "int": "INTEGER", "float": "REAL", "bool": "INTEGER"}


def write_parquet(records: Iterable[Json], folder: Path) -> list[Path]:
    """One Parquet file per table, compressed with zstd."""
    tables = frames.arrow(records)
    parquet = import_module("pyarrow.parquet")
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables.items():
        paths.append(folder / f"{name}.parquet")
        parquet.write_table(table, paths[-1], compression="zstd")
    return paths


def write_csv(records: Iterable[Json], folder: Path) -> list[Path]:
    """One CSV file per table, UTF-8; a list is a JSON list in its cell, an empty cell is a missing value."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, rows in frames.tables(records).items():
        paths.append(folder / f"{name}.csv")
        with paths[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(frames.COLUMNS[name]))
            writer.writeheader()
            writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    return paths


def write_sqlite(records: Iterable[Json], path: Path) -> list[Path]:
    """One SQLite file with a table for each, joined by ``record``; it replaces a file of that name when it is whole."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(new)
    try:
        for name, columns in frames.COLUMNS.items():
            told = ", ".join(f'"{column}" {SQL_TYPES[kind]}' for column, kind in columns.items())
            key = ", PRIMARY KEY (record)" if name == "documents" else ", FOREIGN KEY (record) REFERENCES documents"
            db.execute(f"CREATE TABLE {name} ({told}{key})")
            if name != "documents":
                db.execute(f"CREATE INDEX {name}_record ON {name} (record)")
        for name, rows in frames.tables(records).items():
            marks = ", ".join("?" * len(frames.COLUMNS[name]))
            values = ([_cell(value) for value in row.values()] for row in rows)
            db.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", values)
        db.commit()
    finally:
        db.close()
    new.replace(path)
    return [path]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
