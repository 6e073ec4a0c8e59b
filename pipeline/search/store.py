"""The index file: opening it, and putting records in and out.

Writing is incremental: a record whose digest is known is skipped, a changed one replaces its entries.
Each batch is one transaction, so a crash leaves the last whole batch; readers go on while it is written (WAL).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

from ..export.mask import mask
from .analysis import WORD, Analyzer, analyzer, fold
from .entries import Entry, Fate, entries, fates
from .failures import IndexMissing, IndexOutdated
from .packing import pack, slim, unpack

Json = dict[str, Any]

FORMAT = "2"
BATCH = 500
encode = json.JSONEncoder(ensure_ascii=False).encode
ENTRY = (
    "id, record, level, item, n, source, kind, municipality, body, date, year, paragraph, title, act, parties, "
    "outcomes, people, dnr, text"
)


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
    """An open index. Make one with :func:`open_index`, and close it, or use it in a ``with`` statement."""

    path: Path
    db: sqlite3.Connection
    words: Analyzer
    masked: bool
    _met: set[str] = field(default_factory=set, repr=False)

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
        remaining = iter(records)
        while batch := list(islice(remaining, BATCH)):
            with self._transaction():
                for record in batch:
                    self._put(record, known.get(record["source"]["name"]), counts)
        if cases is not None:
            self._follow(known, counts)
        return counts

    def delete(self, ids: Iterable[str]) -> int:
        """Take records out, with every word that only they held; how many there were."""
        deleted = 0
        with self._transaction():
            for record_id in ids:
                self._drop_entries(record_id)
                deleted += self.db.execute("DELETE FROM documents WHERE id = ?", (record_id,)).rowcount
                self.db.execute("DELETE FROM case_documents WHERE record = ?", (record_id,))
            if deleted:
                self._forget_words()
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
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            self._met.clear()
            raise
        self.db.execute("COMMIT")

    def _put(self, record: Json, fate: Fate | None, counts: Counts) -> None:
        slimmed = slim(record)
        digest = hashlib.sha256(slimmed).hexdigest()[:32]
        row = self.db.execute("SELECT digest, fate FROM documents WHERE id = ?", (record["id"],)).fetchone()
        if row and row == (digest, _told(fate)):
            counts.same += 1
            return
        if row:
            self._drop_entries(record["id"])
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
        for entry in made:
            self._insert(entry)

    def _follow(self, known: dict[str, Fate], counts: Counts) -> None:
        """Bring motions up to date whose case has moved on, though their record has not."""
        rows = self.db.execute("SELECT id, source, fate FROM documents").fetchall()
        with self._transaction():
            for record_id, source, told in rows:
                fate = known.get(source)
                shown = self.record(record_id) if told != _told(fate) else None
                if shown:
                    self._drop_entries(record_id)
                    self._put_entries(shown, fate, counts)
                    self.db.execute("UPDATE documents SET fate = ? WHERE id = ?", (_told(fate), record_id))
                    counts.changed += 1

    def _insert(self, entry: Entry) -> None:
        lists = [encode(v) if v else "[]" for v in (entry.parties, entry.outcomes, entry.people, entry.dnr)]
        values = (
            *(entry.id, entry.record, entry.level, entry.item, entry.n, entry.source, entry.kind, entry.municipality),
            *(entry.body, entry.date, entry.year, entry.paragraph, entry.title, entry.act, *lists, entry.text),
        )
        rowid = self.db.execute(f"INSERT INTO entries ({ENTRY}) VALUES ({'?, ' * 18}?)", values).lastrowid
        assert rowid is not None
        alike = self._alike((entry.kind, entry.municipality, entry.body, entry.year, *lists[:2]))
        self.db.execute("INSERT INTO facets VALUES (?, ?, ?, ?)", (rowid, entry.level, alike, entry.date))
        searched = (entry.title, entry.text, lists[2], lists[3])
        self.db.execute(
            "INSERT INTO exact (rowid, title, text, people, dnr) VALUES (?, ?, ?, ?, ?)", (rowid, *searched)
        )
        found = [WORD.findall(column) for column in searched[:3]]
        sql = "INSERT INTO lemma (rowid, title, text, people, dnr, parts) VALUES (?, ?, ?, ?, ?, ?)"
        self.db.execute(sql, (rowid, *self._lemmas(found, lists[3])))
        self._meet(set().union(*found))

    def _lemmas(self, found: list[list[str]], dnr: str) -> tuple[str, str, str, str, str]:
        """The columns of the lemma table; made again, the same, when the entry is deleted."""
        titles, title_parts = self.words.words(found[0])
        lemmas, parts = self.words.words(found[1])
        return titles, lemmas, self.words.words(found[2])[0], dnr, f"{title_parts} {parts}".strip()

    def _alike(self, values: tuple[Any, ...]) -> int:
        """The row that entries with these facet values share."""
        where = "kind = ? AND municipality IS ? AND body IS ? AND year IS ? AND parties = ? AND outcomes = ?"
        row = self.db.execute(f"SELECT id FROM alike WHERE {where}", values).fetchone()
        if row:
            return int(row[0])
        sql = "INSERT INTO alike (kind, municipality, body, year, parties, outcomes) VALUES (?, ?, ?, ?, ?, ?)"
        return int(self.db.execute(sql, values).lastrowid or 0)

    def _meet(self, words: set[str]) -> None:
        """Put unmet words into the vocabulary."""
        unmet = words - self._met
        if unmet:
            rows = [(word.lower(), fold(word), self.words.word(word).lemma) for word in unmet]
            self.db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?, ?)", rows)
            self._met |= unmet

    def _drop_entries(self, record_id: str) -> None:
        rows = self.db.execute("SELECT rowid, title, text, people, dnr FROM entries WHERE record = ?", (record_id,))
        for rowid, *searched in rows.fetchall():
            self.db.execute(
                "INSERT INTO exact (exact, rowid, title, text, people, dnr) VALUES ('delete', ?, ?, ?, ?, ?)",
                (rowid, *searched),
            )
            self.db.execute(
                "INSERT INTO lemma (lemma, rowid, title, text, people, dnr, parts) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
                (rowid, *self._lemmas([WORD.findall(column) for column in searched[:3]], searched[3])),
            )
            self.db.execute("DELETE FROM facets WHERE rowid = ?", (rowid,))
        self.db.execute("DELETE FROM entries WHERE record = ?", (record_id,))

    def _forget_words(self) -> None:
        """Drop words that no text holds any more: a deleted name must not live on in suggestions."""
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab ('main', 'exact', 'row')")
        self.db.execute("DELETE FROM vocabulary WHERE folded NOT IN (SELECT term FROM temp.terms)")
        self.db.execute("DELETE FROM alike WHERE id NOT IN (SELECT alike FROM facets)")
        self._met.clear()

    def _put_cases(self, cases: list[Json]) -> None:
        with self._transaction():
            self.db.execute("DELETE FROM cases")
            self.db.execute("DELETE FROM case_documents")
            for case in cases:
                told = json.dumps(case, ensure_ascii=False)
                values = (case["id"], case["title"], case["motion"], case["outcome"], case["decided"], told)
                self.db.execute("INSERT OR REPLACE INTO cases VALUES (?, ?, ?, ?, ?, ?)", values)
                self.db.executemany(
                    "INSERT OR IGNORE INTO case_documents VALUES (?, ?)",
                    [(document["record"], case["id"]) for document in case["documents"]],
                )


def _told(fate: Fate | None) -> str:
    """A fate as text that can be compared."""
    return json.dumps([fate.whole, sorted(fate.proposals.items())]) if fate else ""


def open_index(
    path: str | Path,
    *,
    create: bool = False,
    masked: bool = True,
    words: Analyzer | None = None,
    threads: bool = False,
) -> Index:
    """Open an index file.

    Args:
        path: the file.
        create: make it where it is missing, and make it anew where other rules made it.
        masked: whether a new index hides private details; an existing one stays what it is.
        words: the analyzer; the best one of this installation by default.
        threads: let several threads use the connection, one at a time.

    Raises:
        IndexMissing: no such file, or it is no index.
        IndexOutdated: other rules made it, and ``create`` was not asked for.
    """
    path = Path(path)
    words = words or analyzer()
    if not create and not path.is_file():
        raise IndexMissing(f"There is no index {path}.", "Make one with 'attsats index RECORDS.jsonl --db FILE'.")
    db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=not threads)
    try:
        about = _about(db, path)
        if about and about["analyzer"] != words.version and not create:
            raise IndexOutdated(
                f"{path} was made with {about['analyzer']}, and this installation has {words.version}.",
                "Install the extra attsats[search] that made it, or make the index again.",
            )
        if not about or about["analyzer"] != words.version or about["format"] != FORMAT:
            _make(db, words, masked)
            about = _about(db, path)
        db.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        db.close()
        raise
    return Index(path, db, words, about["masked"] == "yes")


def _about(db: sqlite3.Connection, path: Path) -> dict[str, str]:
    """What the file says of itself; empty for a new file."""
    try:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError:
        raise IndexMissing(f"{path} is no SQLite file.", "Give the file that 'attsats index' wrote.") from None
    if not tables:
        return {}
    if "about" not in tables:
        raise IndexMissing(f"{path} is a database, but no index of attsats.", "Choose another file name.")
    return dict(db.execute("SELECT key, value FROM about"))


def _make(db: sqlite3.Connection, words: Analyzer, masked: bool) -> None:
    """Make the tables, after dropping those of an older index."""
    db.execute("PRAGMA page_size = 16384")  # a § is longer than half a page of the usual 4096
    db.execute("PRAGMA journal_mode = WAL")
    for name in (
        "exact",
        "lemma",
        "about",
        "facets",
        "alike",
        "entries",
        "documents",
        "vocabulary",
        "cases",
        "case_documents",
    ):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    script = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    db.executescript(f"BEGIN; {script}; COMMIT;")
    about = {"format": FORMAT, "analyzer": words.version, "masked": "yes" if masked else "no"}
    db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
