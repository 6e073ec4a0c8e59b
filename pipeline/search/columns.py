"""What filters and facets read, of every entry, in memory: for searches that find much."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from .facets import SHARED, Counts, by_facet

Value = TypeVar("Value", bound=Hashable)
Whole = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded(Generic[Value]):
    """A column: its different values, and which of them each row has."""

    values: Sequence[Value]
    codes: Whole

    @classmethod
    def of(cls, column: Sequence[Value]) -> Coded[Value]:
        """A column of values."""
        numbers = {value: n for n, value in enumerate(dict.fromkeys(column))}
        return cls(tuple(numbers), np.fromiter(map(numbers.__getitem__, column), np.int64, len(column)))

    def which(self, rows: Whole, wanted: Iterable[bool]) -> Marks:
        """Of which of these rows the value is wanted; ``wanted`` tells for each different value."""
        return np.fromiter(wanted, np.bool_, len(self.values))[self.codes[rows]]

    def counted(self, rows: Whole, weights: Whole) -> dict[Value, int]:
        """How much each value weighs in these rows together."""
        sums = np.bincount(self.codes[rows], weights, len(self.values))
        return {value: int(n) for value, n in zip(self.values, sums.tolist(), strict=True) if n}


@dataclass(frozen=True, slots=True)
class Columns:
    """The tables ``facets`` and ``alike``, in the order of their numbers; ``alike`` gives rows of the latter."""

    rowids: Whole
    levels: Coded[str]
    dates: Coded[str | None]
    alike: Whole
    alike_ids: Whole
    shared: tuple[Coded[Any], ...]

    @classmethod
    def read(cls, db: sqlite3.Connection) -> Columns:
        """All of it."""
        entries = db.execute("SELECT rowid, level, date, alike FROM facets ORDER BY rowid").fetchall()
        shared = db.execute(f"SELECT id, {', '.join(SHARED)} FROM alike ORDER BY id").fetchall()
        rowids, levels, dates, alike = zip(*entries, strict=True) if entries else ((), (), (), ())
        ids, *values = zip(*shared, strict=True) if shared else ((), *((),) * len(SHARED))
        alike_ids = np.array(ids, np.int64)
        return cls(
            np.array(rowids, np.int64),
            Coded.of(levels),
            Coded.of(dates),
            np.searchsorted(alike_ids, np.array(alike, np.int64)),
            alike_ids,
            tuple(map(Coded.of, values)),
        )

    def all(self) -> Whole:
        """The places of all entries."""
        return np.arange(len(self.rowids))

    def having(self, rowids: Iterable[int]) -> Whole:
        """The places of the entries of these numbers."""
        return _places(self.rowids, rowids)

    def both(self, found: Whole, others: Whole) -> Whole:
        """The places that are among both."""
        return found[np.isin(found, others)]

    def without(self, found: Whole, others: Whole) -> Whole:
        """The places that are not among the others."""
        return found[np.isin(found, others, invert=True)]

    def of_level(self, found: Whole, level: str) -> Whole:
        """Those of some places whose entries are of a level."""
        return found[self.levels.which(found, (value == level for value in self.levels.values))]

    def between(self, found: Whole, since: str | None, until: str | None) -> Whole:
        """Those whose entries have a date that is neither before the one nor after the other."""
        dates = (
            date is not None and (since is None or date >= since) and (until is None or date <= until)
            for date in self.dates.values
        )
        return found[self.dates.which(found, dates)]

    def sharing(self, found: Whole, alike: Iterable[int]) -> Whole:
        """Those whose entries have one of these rows of ``alike``."""
        wanted = np.zeros(len(self.alike_ids), np.bool_)
        wanted[_places(self.alike_ids, alike)] = True
        return found[wanted[self.alike[found]]]

    def count(self, found: Whole) -> Counts:
        """How many of these entries have each value of each facet."""
        hits = np.bincount(self.alike[found])
        alike = np.flatnonzero(hits)
        return by_facet(column.counted(alike, hits[alike]) for column in self.shared)

    def newest(self, found: Whole, limit: int, offset: int) -> list[int]:
        """The numbers of some of these entries, the newest first, those without a date last."""
        dates = sorted(range(len(self.dates.values)), key=lambda n: self.dates.values[n] or "", reverse=True)
        order = np.argsort(np.argsort(np.array(dates, np.int64))[self.dates.codes[found]], kind="stable")
        return [int(rowid) for rowid in self.rowids[found[order[offset : offset + limit]]]]


def _places(numbers: Whole, wanted: Iterable[int]) -> Whole:
    """Where those of the wanted numbers stand that are among these sorted ones."""
    asked = np.fromiter(wanted, np.int64)
    at = np.searchsorted(numbers, asked)
    inside = at < len(numbers)
    at, asked = at[inside], asked[inside]
    found: Whole = at[numbers[at] == asked]
    return found
