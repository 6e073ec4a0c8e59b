"""The index file: opening it, and putting records in and out.

Writing is incremental: a record whose digest is known is skipped, a changed one replaces its entries.
Each batch is one transaction, so a crash leaves the last whole batch; readers go on while it is written (WAL).
"""

from __future__ import annotations

import gc
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..export.mask import mask
from ..export.surrogates import storable
from .analysis import Analyzer
from .entries import Fate, entries, fates
from .packing import pack, slim, unpack
from .writing import Writer

Json = dict[str, Any]

BATCH = 1_000  # records in one transaction
BATCH_TEXT = 20_000_000  # or this many characters of text, if they are long
UNCOLLECTED = 100_000  # objects made between two searches for cycles: a batch holds a million that are in none


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

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def put(self, records: Iterable[Json], cases: Iterable[Json] | None = None) -> Counts:
        """Add or replace records.

        Args:
            records: valid records, in any order; the last one of an id wins.
            cases: every case that is known, or None to keep those of the index.
        """
        counts = Counts()
        if cases is not None:
            self._put_cases(list(cases))
        known = fates(self.cases())
        with _seldom_collected():
            for batch in _batches(records):
                self._put_batch(batch, known, counts)
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
        row = self.db.execute("SELECT record FROM documents WHERE id = ?", (record_id,)).fetchone()
        return unpack(row[0]) if row else None

    def records(self) -> Iterator[Json]:
        """Every record, by id."""
        for row in self.db.execute("SELECT record FROM documents ORDER BY id"):
            yield unpack(row[0])

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

    def _put_batch(self, batch: list[Json], known: dict[str, Fate], counts: Counts) -> None:
        changed = counts.changed
        with self._transaction():
            for record in batch:
                self._put(record, known, counts)
            if counts.changed > changed:
                self._writer.forget_words()

    def _put(self, record: Json, known: dict[str, Fate], counts: Counts) -> None:
        try:
            slimmed = slim(record)
        except UnicodeEncodeError:
            record = storable(record)
            slimmed = slim(record)
        fate = known.get(record["source"]["name"])
        digest = hashlib.sha256(slimmed).hexdigest()[:32]
        row = self.db.execute("SELECT digest, fate FROM documents WHERE id = ?", (record["id"],)).fetchone()
        if row and row == (digest, _told(fate)):
            counts.same += 1
            return
        if row:
            self._writer.drop(record["id"])
            counts.changed += 1
        else:
            counts.added += 1
        shown = mask(record) if self.masked else record
        packed = pack(slimmed if shown is record else slim(shown))
        place = shown["municipality"]["name"] if shown["municipality"] else None
        source, quality = shown["source"], shown["quality"]["ocr"]
        self.db.execute(
            f"INSERT OR REPLACE INTO documents VALUES ({'?, ' * 9}?)",
            (
                *(shown["id"], source["name"], source["sha256"], shown["kind"], place, shown["date"]),
                *(quality, digest, _told(fate), packed),
            ),
        )
        self._put_entries(shown, fate, counts)

    def _put_entries(self, shown: Json, fate: Fate | None, counts: Counts) -> None:
        made = entries(shown, fate)
        counts.entries += len(made)
        self._writer.put(made)

    def _follow(self, known: dict[str, Fate], counts: Counts) -> None:
        """Bring motions up to date whose case has moved on, though their record has not."""
        rows = self.db.execute("SELECT id, source, fate FROM documents").fetchall()
        with self._transaction():
            for record_id, source, told in rows:
                fate = known.get(source)
                shown = self.record(record_id) if told != _told(fate) else None
                if shown:
                    self._writer.drop(record_id)
                    self._put_entries(shown, fate, counts)
                    self.db.execute("UPDATE documents SET fate = ? WHERE id = ?", (_told(fate), record_id))
                    counts.changed += 1

    def _put_cases(self, cases: list[Json]) -> None:
        with self._transaction():
            self.db.execute("DELETE FROM cases")
            self.db.execute("DELETE FROM case_documents")
            for case in map(storable, cases):
                told = json.dumps(case, ensure_ascii=False)
                values = (case["id"], case["title"], case["motion"], case["outcome"], case["decided"], told)
                self.db.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?)", values)
                self.db.executemany(
                    "INSERT OR IGNORE INTO case_documents VALUES (?, ?)",
                    [(document["record"], case["id"]) for document in case["documents"]],
                )


def _batches(records: Iterable[Json]) -> Iterator[list[Json]]:
    """The records in lists that go into one transaction each."""
    batch: list[Json] = []
    size = 0
    for record in records:
        batch.append(record)
        size += len(record["text"]["raw"]) if "text" in record else 0
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


def _told(fate: Fate | None) -> str:
    """A fate as text that can be compared."""
    return json.dumps([fate.whole, sorted(fate.proposals.items())]) if fate else ""
