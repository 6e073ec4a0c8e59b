"""The index file: opening it, and putting records in and out.

Writing is incremental: a record whose digest is known is skipped, a changed one replaces its entries.
Each batch is one transaction, so a crash leaves the last whole batch; readers go on while it is written (WAL).
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from ..export.mask_case import mask_case
from ..export.surrogates import storable
from .analysis import Analyzer
from .entries import Fate, fates
from .facets import Memory, Shared
from .incoming import Incoming, incoming
from .packing import unpack
from .preparing import Prepared, Preparer, told
from .side import UNCOLLECTED, prepared
from .writing import Writer

Json = dict[str, Any]

BATCH = 5_000  # records in one transaction: the fewer there are, the less often the full-text tables are merged
BATCH_TEXT = 20_000_000  # or this many characters of text, if they are long


@dataclass(slots=True)
class Counts:
    """What a run did, in records."""

    added: int = 0
    changed: int = 0
    same: int = 0
    deleted: int = 0
    entries: int = 0


@dataclass
class Index:
    """An open index. Make one with :func:`~pipeline.search.opening.open_index`; close it, or use it in a ``with``."""

    path: Path
    db: sqlite3.Connection
    words: Analyzer
    masked: bool

    def __post_init__(self) -> None:
        self._writer = Writer(self.db, self.words)
        self.shared = Shared(self.db)
        self.memory = Memory(self.db)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def put(
        self, records: Iterable[Json | bytes | Incoming], cases: Iterable[Json] | None = None, *, jobs: int = 1
    ) -> Counts:
        """Add or replace records.

        Args:
            records: valid records, or lines of UTF-8 JSON, in any order; the last one of an id wins. A line that the
                index holds already is not even parsed.
            cases: every case that is known, or None to keep those of the index.
            jobs: processes in all; this one writes, the others read, mask and analyse. The index is the same.
        """
        counts = Counts()
        if cases is not None:
            self._put_cases(list(cases))
        known = fates(self.cases())
        preparer = Preparer(self.words, known, masked=self.masked)
        trusted = self._writer.generation
        ahead: set[str] = set()
        with _seldom_collected():
            news = self._news(incoming(records), known, ahead, counts)
            for batch in _batches(prepared(news, preparer, jobs)):
                self._put_batch(batch, trusted, counts)
                ahead.clear()
                if self._writer.generation != trusted and jobs <= 1:
                    preparer.forget()
                    trusted = self._writer.generation
        if known or cases is not None:  # also where a crash came between the cases and the motions they tell of
            self._follow(known, counts)
        return counts

    def delete(self, ids: Iterable[str]) -> int:
        """Take records out, with every word that only they held; how many there were."""
        deleted = 0
        with self._transaction():
            for record_id in ids:
                self._writer.drop(record_id)
                deleted += self.db.execute("DELETE FROM documents WHERE id = ?", (record_id,)).rowcount
            if deleted:
                self._writer.forget_words()
        return deleted

    def ids(self) -> set[str]:
        """The ids of all records."""
        return {row[0] for row in self.db.execute("SELECT id FROM documents")}

    def record(self, record_id: str) -> Json | None:
        """One record as it was put in (masked, if the index is), or None."""
        return next(self._records(" WHERE d.id = ?", (record_id,)), None)

    def records(self) -> Iterator[Json]:
        """Every record, by id."""
        return self._records("", ())

    def cases(self) -> list[Json]:
        """Every case, by id."""
        return [json.loads(row[0]) for row in self.db.execute("SELECT json FROM cases ORDER BY id")]

    def optimize(self) -> None:
        """Merge the index into its smallest form and empty the log; worth it after a large run."""
        with self._transaction():
            self.db.execute("INSERT INTO exact (exact) VALUES ('optimize')")
            self.db.execute("INSERT INTO lemma (lemma) VALUES ('optimize')")
        self.db.execute("PRAGMA optimize")
        self.db.executescript("PRAGMA incremental_vacuum")
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            self._writer.begin()
            yield
            self._writer.flush()
        except BaseException:
            self.db.execute("ROLLBACK")
            self._writer.forget()
            raise
        self.db.execute("COMMIT")

    def _records(self, where: str, values: tuple[str, ...]) -> Iterator[Json]:
        """Some records, by id; record and texts in one statement, so that they are of one moment."""
        rows = self.db.execute(
            "SELECT d.id, d.record, e.item, e.text FROM documents d LEFT JOIN entries e ON e.record = d.id "
            f"AND e.level = 'matter'{where} ORDER BY d.id",
            values,
        )
        for _, group in groupby(rows, itemgetter(0)):
            of_one = list(group)
            yield unpack(of_one[0][1], {item: text for _, _, item, text in of_one})

    def _news(
        self, records: Iterable[Incoming], known: Mapping[str, Fate], ahead: set[str], counts: Counts
    ) -> Iterator[Incoming]:
        """The records that the index does not hold as they are; ``ahead`` collects ids that it cannot tell of yet."""
        if self.db.execute("SELECT 1 FROM documents LIMIT 1").fetchone() is None:
            yield from records  # what comes twice is found when it is written
            return
        for came in records:
            record_id = came.id()
            row = self.db.execute("SELECT digest, fate, source FROM documents WHERE id = ?", (record_id,)).fetchone()
            if row and record_id not in ahead and row[:2] == (came.digest(), told(known.get(row[2]))):
                counts.same += 1
            else:
                ahead.add(record_id)
                yield came

    def _put_batch(self, batch: list[Prepared], trusted: int, counts: Counts) -> None:
        changed = counts.changed
        with self._transaction():
            trust = self._writer.generation == trusted
            for made in batch:
                self._writer.meet(made.fresh)
                self._put(made, counts)
                if not trust:
                    self._writer.meet_again(made)
            if counts.changed > changed:
                self._writer.forget_words()

    def _put(self, made: Prepared, counts: Counts) -> None:
        row = self.db.execute("SELECT digest, fate FROM documents WHERE id = ?", (made.id,)).fetchone()
        if row and row == (made.digest, made.fate):
            counts.same += 1
            return
        if row:
            self._writer.drop(made.id)
            counts.changed += 1
        else:
            counts.added += 1
        self.db.execute(f"INSERT OR REPLACE INTO documents VALUES ({'?, ' * 9}?)", made.document)
        counts.entries += len(made.rows)
        self._writer.put(made)

    def _follow(self, known: dict[str, Fate], counts: Counts) -> None:
        """Bring motions up to date whose case has moved on, though their record has not."""
        rows = self.db.execute("SELECT id, source, fate FROM documents").fetchall()
        preparer = Preparer(self.words, known, masked=self.masked)
        with self._transaction():
            for record_id, source, before in rows:
                fate = known.get(source)
                shown = self.record(record_id) if before != told(fate) else None
                if shown:
                    self._writer.drop(record_id)
                    made = preparer.again(shown, fate)
                    self._writer.meet(made.fresh)
                    self._writer.put(made)
                    self.db.execute("UPDATE documents SET fate = ? WHERE id = ?", (told(fate), record_id))
                    counts.entries += len(made.rows)
                    counts.changed += 1

    def _put_cases(self, cases: list[Json]) -> None:
        with self._transaction():
            self.db.execute("DELETE FROM cases")
            self.db.execute("DELETE FROM case_documents")
            for case in map(storable, cases):
                case = mask_case(case) if self.masked else case
                text = json.dumps(case, ensure_ascii=False)
                values = (case["id"], case["title"], case["motion"], case["outcome"], case["decided"], text)
                self.db.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?)", values)
                self.db.executemany(
                    "INSERT OR IGNORE INTO case_documents VALUES (?, ?)",
                    [(document["record"], case["id"]) for document in case["documents"]],
                )


def _batches(records: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """The records in lists that go into one transaction each."""
    batch: list[Prepared] = []
    size = 0
    for record in records:
        batch.append(record)
        size += record.size
        if len(batch) == BATCH or size >= BATCH_TEXT:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let Python look for cycles more seldom, which costs a tenth of the time while many records are held."""
    before = gc.get_threshold()
    if gc.isenabled() and 0 < before[0] < UNCOLLECTED:
        gc.set_threshold(UNCOLLECTED, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
