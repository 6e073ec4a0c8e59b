"""Where clues wait on disk, a block for each municipality, so that memory holds one block at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from .clues import Clue, Raised, clues, raised
from .titles import fold

Json = dict[str, Any]
T = TypeVar("T", Raised, Clue)

_LAYOUT = """
create table if not exists told (record text, block text, motion integer, data text);
create index if not exists told_block on told (block, record);
create index if not exists told_record on told (record);
"""
_BATCH = 2000


class Store:
    """Clues of many records in one SQLite file (or in memory); a record that comes again replaces itself."""

    def __init__(self, path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:")
        self._db.executescript("pragma journal_mode = wal; pragma synchronous = normal;" + _LAYOUT)

    def add(self, records: Iterable[Json]) -> int:
        """Take in records; returns how many."""
        count = 0
        seen: list[tuple[str]] = []
        rows: list[tuple[str, str, int, str]] = []
        for record in records:
            count += 1
            seen.append((record["id"],))
            rows += _rows(record)
            if len(seen) >= _BATCH:
                self._flush(seen, rows)
                seen, rows = [], []
        self._flush(seen, rows)
        return count

    def _flush(self, seen: list[tuple[str]], rows: list[tuple[str, str, int, str]]) -> None:
        with self._db:
            self._db.executemany("delete from told where record = ?", seen)
            self._db.executemany("insert into told values (?, ?, ?, ?)", rows)

    def blocks(self) -> Iterator[tuple[list[Raised], list[Clue]]]:
        """The motions and clues of one municipality after the other, sorted, the same for any order of input.

        Where the store knows one municipality only, documents that name none belong to it.
        """
        names = [name for (name,) in self._db.execute("select distinct block from told order by block")]
        known = [name for name in names if name]
        groups = [["", *known]] if len(known) == 1 and "" in names else [[name] for name in names]
        for group in groups:
            marks = ",".join("?" * len(group))
            motions: list[Raised] = []
            found: list[Clue] = []
            for is_motion, data in self._db.execute(
                f"select motion, data from told where block in ({marks}) order by record, data", group
            ):
                if is_motion:
                    motions.append(_thaw(Raised, data))
                else:
                    found.append(_thaw(Clue, data))
            yield motions, found

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _rows(record: Json) -> Iterator[tuple[str, str, int, str]]:
    block = fold(record["municipality"]["name"]) if record["municipality"] else ""
    motion = raised(record)
    if motion:
        yield record["id"], block, 1, _freeze(motion)
    for clue in clues(record):
        yield record["id"], block, 0, _freeze(clue)


def _freeze(value: Raised | Clue) -> str:
    plain = asdict(value)
    plain["words"] = sorted(plain["words"])
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _thaw(cls: type[T], data: str) -> T:
    plain = json.loads(data)
    for field in fields(cls):
        value = plain[field.name]
        if field.name == "words":
            plain["words"] = frozenset(value)
        elif field.name == "authors":
            plain["authors"] = tuple((n, p) for n, p in value)
        elif isinstance(value, list):
            plain[field.name] = tuple(value)
    return cls(**plain)
