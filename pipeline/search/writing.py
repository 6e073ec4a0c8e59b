"""Rows of entries, in and out of the tables; what many entries share is looked up once, and rows go in together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .analysis import Analyzer, fold
from .entries import Entry
from .pieces import Pieces

encode = json.JSONEncoder(ensure_ascii=False).encode
TOGETHER = 1_000  # entries that go in with one statement for each table
COLUMNS = (
    "rowid, id, record, level, item, n, source, kind, municipality, body, date, year, paragraph, title, act, parties, "
    "outcomes, people, dnr, text"
)
INSERT = {
    "entries": f"INSERT INTO entries ({COLUMNS}) VALUES ({'?, ' * 19}?)",
    "facets": "INSERT INTO facets VALUES (?, ?, ?, ?)",
    "exact": "INSERT INTO exact (rowid, title, text, people, dnr) VALUES (?, ?, ?, ?, ?)",
    "lemma": "INSERT INTO lemma (rowid, title, text, people, dnr, parts) VALUES (?, ?, ?, ?, ?, ?)",
}
ALIKE = "kind, municipality, body, year, parties, outcomes"

Searched = tuple[str, str, str, str]  # title, text, people and dnr, as the full-text tables have them
Found = tuple[str, str]  # lemmas and parts


@dataclass
class Writer:
    """Writes entries within the transactions of one connection.

    Nothing is in the tables before :meth:`flush`; :meth:`begin` belongs at the start of each transaction.
    """

    db: sqlite3.Connection
    words: Analyzer
    _waiting: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in INSERT})
    _waiting_of: set[str] = field(default_factory=set)
    _met: set[str] = field(default_factory=set)
    _alike: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _short: dict[str, Found] = field(default_factory=dict)
    _next: int = 0
    _version: int = -1

    def __post_init__(self) -> None:
        self._pieces = Pieces(self.words)

    def begin(self) -> None:
        """Forget what another connection may have changed meanwhile."""
        version = self.db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self.forget()
            self._version = version
        self._next = self.db.execute("SELECT coalesce(max(rowid), 0) + 1 FROM entries").fetchone()[0]

    def forget(self) -> None:
        """Forget everything, also what waits: after a transaction that failed, or words that were deleted."""
        for rows in self._waiting.values():
            rows.clear()
        self._waiting_of.clear()
        self._pieces.forget()
        self._short.clear()
        self._met.clear()
        self._alike.clear()

    def put(self, made: Iterable[Entry]) -> None:
        """Let the entries of a record wait to be written."""
        for entry in made:
            self._put(entry)
            self._waiting_of.add(entry.record)
        if len(self._waiting["entries"]) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for name, rows in self._waiting.items():
            if rows:
                self.db.executemany(INSERT[name], rows)
                rows.clear()
        self._meet()
        self._waiting_of.clear()
        self._short.clear()

    def drop(self, record_id: str) -> None:
        """Take the entries of a record out, from all tables."""
        if record_id in self._waiting_of:
            self.flush()
        rows = self.db.execute(
            "SELECT rowid, title, text, people, dnr FROM entries WHERE record = ?", (record_id,)
        ).fetchall()
        for rowid, *searched in rows:
            self.db.execute(
                "INSERT INTO exact (exact, rowid, title, text, people, dnr) VALUES ('delete', ?, ?, ?, ?, ?)",
                (rowid, *searched),
            )
            title, text, people, dnr = searched
            lemmas = self._lemmas((title, text, people, dnr))
            self.db.execute(
                "INSERT INTO lemma (lemma, rowid, title, text, people, dnr, parts) VALUES ('delete', ?, ?, ?, ?, ?, ?)",
                (rowid, *lemmas),
            )
            self.db.execute("DELETE FROM facets WHERE rowid = ?", (rowid,))
        self.db.execute("DELETE FROM entries WHERE record = ?", (record_id,))

    def forget_words(self) -> None:
        """Drop words that no text holds any more: a deleted name must not live on in suggestions."""
        self.flush()
        self.db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab ('main', 'exact', 'row')")
        self.db.execute("DELETE FROM vocabulary WHERE folded NOT IN (SELECT term FROM temp.terms)")
        self.db.execute("DELETE FROM alike WHERE id NOT IN (SELECT alike FROM facets)")
        self.forget()

    def _put(self, entry: Entry) -> None:
        rowid, self._next = self._next, self._next + 1
        lists = [encode(v) if v else "[]" for v in (entry.parties, entry.outcomes, entry.people, entry.dnr)]
        searched = (entry.title, entry.text, lists[2], lists[3])
        lemmas = self._lemmas(searched)
        alike = self._alike_row((entry.kind, entry.municipality, entry.body, entry.year, *lists[:2]))
        waiting = self._waiting
        waiting["entries"].append(
            (
                *(rowid, entry.id, entry.record, entry.level, entry.item, entry.n, entry.source, entry.kind),
                *(entry.municipality, entry.body, entry.date, entry.year, entry.paragraph, entry.title, entry.act),
                *(*lists, entry.text),
            )
        )
        waiting["facets"].append((rowid, entry.level, alike, entry.date))
        waiting["exact"].append((rowid, *searched))
        waiting["lemma"].append((rowid, *lemmas))

    def _lemmas(self, searched: Searched) -> tuple[str, str, str, str, str]:
        """The columns of an entry in the lemma table; the same when the entry is deleted."""
        title, text, people, dnr = searched
        titles, title_parts = self._of_short(title)
        names, _ = self._of_short(people)
        lemmas, parts = self._pieces.text(text)
        return titles, lemmas, names, dnr, f"{title_parts} {parts}"

    def _of_short(self, text: str) -> Found:
        """The lemmas and parts of a title or of names, which the att-satser of a matter share."""
        made = self._short.get(text)
        if made is None:
            made = self._short[text] = self._pieces.text(text)
        return made

    def _alike_row(self, values: tuple[Any, ...]) -> int:
        """The row that entries with these facet values share."""
        known = self._alike.get(values)
        if known is None:
            known = self._alike[values] = self._stored_alike(values)
        return known

    def _stored_alike(self, values: Sequence[Any]) -> int:
        where = "kind = ? AND municipality IS ? AND body IS ? AND year IS ? AND parties = ? AND outcomes = ?"
        row = self.db.execute(f"SELECT id FROM alike WHERE {where}", values).fetchone()
        if row:
            return int(row[0])
        return int(self.db.execute(f"INSERT INTO alike ({ALIKE}) VALUES (?, ?, ?, ?, ?, ?)", values).lastrowid or 0)

    def _meet(self) -> None:
        """Put the words of the entries, where they are not known to be there, into the vocabulary."""
        unmet = self._pieces.fresh - self._met
        rows = [(word.lower(), fold(word), self.words.word(word).lemma) for word in sorted(unmet)]
        self.db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?, ?)", rows)
        self._met |= unmet
        self._pieces.fresh.clear()
