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

    def which(self, wanted: Iterable[bool]) -> Marks:
        """The rows whose value is wanted, of which ``wanted`` tells for each different value."""
        return np.fromiter(wanted, np.bool_, len(self.values))[self.codes]

    def counted(self, weights: NDArray[Any]) -> dict[Value, int]:
        """How much each value that there is weighs in all rows together."""
        sums = np.bincount(self.codes, weights, len(self.values))
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

    def all(self) -> Marks:
        """Every entry."""
        return np.ones(len(self.rowids), np.bool_)

    def having(self, rowids: Iterable[int]) -> Marks:
        """The entries of these numbers."""
        return self._among(self.rowids, rowids)

    def of_level(self, level: str) -> Marks:
        """The entries of a level."""
        return self.levels.which(value == level for value in self.levels.values)

    def between(self, since: str | None, until: str | None) -> Marks:
        """The entries with a date that is neither before the one nor after the other."""
        return self.dates.which(
            date is not None and (since is None or date >= since) and (until is None or date <= until)
            for date in self.dates.values
        )

    def sharing(self, alike: Iterable[int]) -> Marks:
        """The entries that have one of these rows of ``alike``."""
        return self._among(self.alike_ids, alike)[self.alike]

    def count(self, found: Marks) -> Counts:
        """How many of these entries have each value of each facet."""
        hits = np.bincount(self.alike[found], minlength=len(self.alike_ids))
        return by_facet(column.counted(hits) for column in self.shared)

    def newest(self, found: Marks, limit: int, offset: int) -> list[int]:
        """The numbers of some of these entries, the newest first, those without a date last."""
        dates = sorted(range(len(self.dates.values)), key=lambda n: self.dates.values[n] or "", reverse=True)
        order = np.argsort(np.argsort(np.array(dates, np.int64))[self.dates.codes[found]], kind="stable")
        return [int(rowid) for rowid in self.rowids[found][order[offset : offset + limit]]]

    @staticmethod
    def _among(numbers: Whole, wanted: Iterable[int]) -> Marks:
        """Which of these sorted numbers are wanted."""
        marks = np.zeros(len(numbers), np.bool_)
        asked = np.fromiter(wanted, np.int64)
        at = np.searchsorted(numbers, asked)
        inside = at < len(numbers)
        at, asked = at[inside], asked[inside]
        marks[at[numbers[at] == asked]] = True
        return marks
