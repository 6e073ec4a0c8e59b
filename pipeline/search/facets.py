"""Counting hits by facet: what entries share is read once, and again only when the file has changed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .columns import Columns

FACETS = ("municipality", "body", "party", "kind", "year", "outcome")
COLUMNS = {"kind": "kind", "municipality": "municipality", "body": "body", "year": "year"}
LISTS = {"party": "parties", "outcome": "outcomes"}  # columns that hold a JSON list
SHARED = (*COLUMNS.values(), *LISTS.values())  # columns of ``alike``
FEW = 1_000  # rows that are asked for by number: fewer than all are

Counts = dict[str, tuple[tuple[str, int], ...]]
Values = tuple[Any, ...]  # in the order of COLUMNS, then of LISTS


class Shared:
    """The rows of the table ``alike`` of an open index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[int, Values] = {}
        self._read_at: tuple[int, int] | None = None

    def values(self, numbers: Iterable[int]) -> Mapping[int, Values]:
        """At least those of these rows that there are."""
        asked = list(numbers)
        now = (self._db.execute("PRAGMA data_version").fetchone()[0], self._db.total_changes)
        if now == self._read_at:
            return self._rows
        if len(asked) <= FEW:
            return self._read(f" WHERE id IN ({','.join(map(str, asked))})")
        self._rows, self._read_at = self._read(), now
        return self._rows

    def _read(self, where: str = "") -> dict[int, Values]:
        return {row[0]: row[1:] for row in self._db.execute(f"SELECT id, {', '.join(SHARED)} FROM alike{where}")}


class Memory:
    """The columns of an open index, read once a file is searched again as it was, and until it changes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._columns: Columns | None = None
        self._state: tuple[int, int] | None = None

    def columns(self) -> Columns | None:
        """All of them, or None where they are not in memory as they are now in the file."""
        return self._columns if self._state == self._now() else None

    def is_missed(self) -> None:
        """Read them, if they were missed before and the file has not changed since."""
        from .columns import Columns  # here: most runs search once, and need no arrays

        now = self._now()
        self._columns = Columns.read(self._db) if self._state == now else None
        self._state = now

    def _now(self) -> tuple[int, int]:
        return self._db.execute("PRAGMA data_version").fetchone()[0], self._db.total_changes


def count(shared: Shared, alike: Mapping[int, int]) -> Counts:
    """How many hits have each value of each facet, the most frequent first; years newest first.

    Args:
        shared: what the entries of the index share.
        alike: how many hits there are of each row of ``alike``.
    """
    rows = shared.values(alike)
    found: tuple[defaultdict[Any, int], ...] = tuple(defaultdict(int) for _ in (*COLUMNS, *LISTS))
    kinds, municipalities, bodies, years, parties, outcomes = found
    for number, hits in alike.items():
        if number in rows:  # else it was deleted since it was found
            kind, municipality, body, year, party, outcome = rows[number]
            kinds[kind] += hits
            municipalities[municipality] += hits
            bodies[body] += hits
            years[year] += hits
            parties[party] += hits
            outcomes[outcome] += hits
    return by_facet(found)


def by_facet(counted: Iterable[Mapping[Any, int]]) -> Counts:
    """Counts by facet, of how often each value stands in each of the columns ``SHARED``."""
    counts = dict(zip((*COLUMNS, *LISTS), counted, strict=True))
    single = {name: {str(value): n for value, n in counts[name].items() if value is not None} for name in COLUMNS}
    lists = {name: _members(counts[name]) for name in LISTS}
    made = {name: _sorted({**single, **lists}[name]) for name in FACETS}
    made["year"] = tuple(sorted(made["year"], reverse=True))
    return made


def _members(told: Mapping[str, int]) -> dict[str, int]:
    """How often each member stands in lists that are given as JSON."""
    members: Counter[str] = Counter()
    for text, hits in told.items():
        for value in json.loads(text):
            members[value] += hits
    return members


def _sorted(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
