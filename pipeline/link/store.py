"""Where clues wait on disk, a block for each municipality, so that memory holds one block's motions at a time."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .clues import Clue, Raised, clues, raised
from .frozen import freeze, thaw
from .places import LAYOUT as SIGNS_LAYOUT
from .places import block_of, forget, places, remember

Json = dict[str, Any]

_LAYOUT = (
    """
create table if not exists told
  (id integer primary key, record text, block text, motion integer, data text, words blob);
create index if not exists told_block on told (block, motion, record);
create index if not exists told_record on told (record);
"""
    + SIGNS_LAYOUT
)
_BATCH = 2000
_CACHE_KIB = 65536  # of pages that SQLite keeps in memory: enough for the indexes of a million records

_BLOCK = """
select record, id from told
where block = :name and motion = :motion and record not in (select record from adopted)
union all
select record, id from adopted join told using (record) where home = :name and motion = :motion
"""


class Store:
    """Clues of many records in one SQLite file; a record that comes again replaces itself.

    Without a path the file is SQLite's own temporary one: on disk as soon as it outgrows the cache, gone at the end.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or "")
        pragmas = f"pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -{_CACHE_KIB};"
        self._db.executescript(pragmas + _LAYOUT)

    def add(self, records: Iterable[Json]) -> int:
        """Take in records; returns how many."""
        count = 0
        batch: dict[str, list[Raised | Clue]] = {}
        for record in records:
            count += 1
            batch[record["id"]] = _told(record)
            if len(batch) >= _BATCH:
                self._flush(batch)
                batch = {}
        self._flush(batch)
        return count

    def _flush(self, batch: dict[str, list[Raised | Clue]]) -> None:
        rows = [row for told in batch.values() for row in told]
        with self._db:
            self._forget(batch)
            frozen = ((row.record, block_of(row), isinstance(row, Raised), *freeze(row)) for row in rows)
            self._db.executemany("insert into told (record, block, motion, data, words) values (?, ?, ?, ?, ?)", frozen)
            remember(self._db, rows)

    def _forget(self, names: Iterable[str]) -> None:
        """Drop what was told by records that come again."""
        for name in names:
            held = self._db.execute("select id, motion, data, words from told where record = ?", (name,)).fetchall()
            if held:
                forget(self._db, [_thawed(*row[1:]) for row in held])
                self._db.executemany("delete from told where id = ?", [row[:1] for row in held])

    def blocks(self) -> Iterator[tuple[list[Raised], Iterator[Clue]]]:
        """The motions and clues of one municipality after the other, sorted, the same for any order of input.

        The clues are read from disk one by one.
        A document that names no municipality goes where most of its signs are known, if that is one place,
        and so does a motion that nobody in the municipality it names has heard of;
        where the store knows one municipality only, a document that names none belongs there.
        """
        names = [name for (name,) in self._db.execute("select distinct block from told order by block")]
        self._db.executescript(
            "drop table if exists temp.adopted; create temp table adopted (record text primary key, home text);"
            "create index temp.adopted_home on adopted (home);"
        )
        self._db.executemany("insert into temp.adopted values (?, ?)", self._homes([n for n in names if n]))
        for name in names:
            yield [thaw(Raised, *row) for row in self._rows(name, True)], self._clues(name)

    def _homes(self, known: list[str]) -> list[tuple[str, str]]:
        homes = dict(places(self._db))
        if len(known) == 1:
            homeless = self._db.execute("select distinct record from told where block = ''").fetchall()
            homes = {record: known[0] for (record,) in homeless} | homes
        return sorted(homes.items())

    def _clues(self, name: str) -> Iterator[Clue]:
        return (thaw(Clue, *row) for row in self._rows(name, False))

    def _rows(self, name: str, motions: bool) -> Iterator[tuple[str, bytes]]:
        """What is stored, in order of record and, within a record, as the record has it."""
        listed = self._db.execute(_BLOCK, {"name": name, "motion": motions}).fetchall()
        for number in array("q", [number for _, number in sorted(listed)]):
            yield self._db.execute("select data, words from told where id = ?", (number,)).fetchone()

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _told(record: Json) -> list[Raised | Clue]:
    motion = raised(record)
    return [motion] if motion else [*clues(record)]


def _thawed(motion: bool, data: str, words: bytes) -> Raised | Clue:
    return thaw(Raised, data, words) if motion else thaw(Clue, data, words)
