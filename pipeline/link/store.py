"""Where clues wait on disk, a block for each municipality, so that memory holds one block at a time."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from .clues import Clue, Raised, clues, raised
from .titles import fold, tokens

Json = dict[str, Any]
T = TypeVar("T", Raised, Clue)

_LAYOUT = """
create table if not exists told (record text, block text, motion integer, data text);
create index if not exists told_block on told (block, record);
create index if not exists told_record on told (record);
create table if not exists signs (sign integer, block text, motion integer, record text);
create index if not exists signs_sign on signs (sign, block);
create index if not exists signs_record on signs (record);
"""
# Which municipalities know the signs of a document that names none, or of a motion (its prose may name others).
_KNOWN = """
select here.record, here.block, there.block, count(distinct here.sign)
from signs here join signs there on there.sign = here.sign and there.motion != here.motion and there.block != ''
where here.block = '' or here.motion group by here.record, there.block order by here.record
"""
_SURE = 2  # signs that must be known elsewhere, and none at home, before a motion moves
_BATCH = 2000

_BLOCK = """
select record, data, motion from told
where block = :name and record not in (select record from adopted)
union all
select record, data, motion from adopted join told using (record) where home = :name
"""


class Store:
    """Clues of many records in one SQLite file (or in memory); a record that comes again replaces itself."""

    def __init__(self, path: Path | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:")
        self._db.executescript("pragma journal_mode = wal; pragma synchronous = normal;" + _LAYOUT)

    def add(self, records: Iterable[Json]) -> int:
        """Take in records; returns how many."""
        count = 0
        seen: list[tuple[str]] = []
        rows: list[Raised | Clue] = []
        for record in records:
            count += 1
            seen.append((record["id"],))
            rows += _told(record)
            if len(seen) >= _BATCH:
                self._flush(seen, rows)
                seen, rows = [], []
        self._flush(seen, rows)
        return count

    def _flush(self, seen: list[tuple[str]], rows: list[Raised | Clue]) -> None:
        told = [(row.record, _block(row), isinstance(row, Raised), _freeze(row)) for row in rows]
        marks = [(sign, _block(row), isinstance(row, Raised), row.record) for row in rows for sign in _signs(row)]
        with self._db:
            for table in ("told", "signs"):
                self._db.executemany(f"delete from {table} where record = ?", seen)
            self._db.executemany("insert into told values (?, ?, ?, ?)", told)
            self._db.executemany("insert into signs values (?, ?, ?, ?)", marks)

    def blocks(self) -> Iterator[tuple[list[Raised], list[Clue]]]:
        """The motions and clues of one municipality after the other, sorted, the same for any order of input.

        A document that names no municipality goes where most of its signs are known, if that is one place,
        and so does a motion that nobody in the municipality it names has heard of;
        where the store knows one municipality only, a document that names none belongs there.
        """
        names = [name for (name,) in self._db.execute("select distinct block from told order by block")]
        known = [name for name in names if name]
        self._settle(known)
        for name in names:
            motions: list[Raised] = []
            found: list[Clue] = []
            for _, data, is_motion in sorted(self._db.execute(_BLOCK, {"name": name})):
                if is_motion:
                    motions.append(_thaw(Raised, data))
                else:
                    found.append(_thaw(Clue, data))
            yield motions, found

    def _settle(self, known: list[str]) -> None:
        """Say for every document without a municipality where it goes."""
        self._db.executescript(
            "drop table if exists temp.adopted; create temp table adopted (record text primary key, home text);"
            "create index temp.adopted_home on adopted (home);"
        )
        homes: dict[str, str] = {}
        if len(known) == 1:
            homeless = self._db.execute("select distinct record from told where block = ''")
            homes = {record: known[0] for (record,) in homeless}
        for (record, own), rows in groupby(self._db.execute(_KNOWN), key=lambda row: (row[0], row[1])):
            places = sorted(((count, block) for _, _, block, count in rows), reverse=True)
            alone = len(places) == 1 or places[0][0] > places[1][0]
            at_home = any(block == own for _, block in places)
            if alone and not at_home and (not own or places[0][0] >= _SURE):
                homes[record] = places[0][1]
        self._db.executemany("insert into temp.adopted values (?, ?)", homes.items())

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _told(record: Json) -> list[Raised | Clue]:
    motion = raised(record)
    return [motion] if motion else [*clues(record)]


def _block(row: Raised | Clue) -> str:
    return fold(row.municipality["name"]) if row.municipality else ""


def _signs(row: Raised | Clue) -> list[int]:
    """Numbers for what a motion and its handling have in common: the subject, the movers with the subject."""
    title = row.title if isinstance(row, Raised) else row.text
    words = tokens(title)[:8]
    longest = sorted(words, key=lambda w: (-len(w), w))[:2]
    marks = ["t " + " ".join(sorted(words[:4]))] if len(words) > 2 else []
    marks += [f"n {name} {word}" for name in row.surnames[:4] for word in longest]
    return [int.from_bytes(hashlib.blake2b(m.encode(), digest_size=7).digest(), "big") for m in marks]


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
