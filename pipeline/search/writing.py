"""Rows of entries, in and out of the tables; what many entries share is looked up once, and rows go in together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .analysis import WORD, Analyzer, fold
from .expand import quoted
from .preparing import Prepared, Preparer, Row

UNKNOWN = -1  # the version of the data before the first transaction
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
ONE_OF_SEVERAL = (
    "SELECT folded FROM vocabulary v WHERE word = ? "
    "AND EXISTS (SELECT 1 FROM vocabulary o WHERE o.folded = v.folded AND o.word <> v.word)"
)
ALIKE = "kind, municipality, body, year, parties, outcomes"


@dataclass
class Writer:
    """Writes entries within the transactions of one connection.

    Nothing is in the tables before :meth:`flush`; :meth:`begin` belongs at the start of each transaction.
    """

    db: sqlite3.Connection
    words: Analyzer
    generation: int = 0  # grows when words may have left the vocabulary
    _waiting: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in INSERT})
    _waiting_of: set[str] = field(default_factory=set)
    _fresh: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)
    _dropped: set[str] = field(default_factory=set)
    _alike: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _next: int = 0
    _version: int = UNKNOWN

    def __post_init__(self) -> None:
        self._preparer = Preparer(self.words, {}, masked=False)

    def begin(self) -> None:
        """Forget what another connection may have changed meanwhile."""
        version = self.db.execute("PRAGMA data_version").fetchone()[0]
        if self._version not in (UNKNOWN, version):
            self.forget()
        self._version = version
        self._next = self.db.execute("SELECT coalesce(max(rowid), 0) + 1 FROM entries").fetchone()[0]

    def forget(self) -> None:
        """Forget everything, also what waits: after a transaction that failed, or words that were deleted."""
        for rows in self._waiting.values():
            rows.clear()
        self._waiting_of.clear()
        self._fresh.clear()
        self._met.clear()
        self._dropped.clear()
        self._alike.clear()
        self.generation += 1

    def put(self, made: Prepared) -> None:
        """Let the entries of a record wait to be written."""
        for row in made.rows:
            self._put(row)
        self._waiting_of.add(made.id)
        if len(self._waiting["entries"]) >= TOGETHER:
            self.flush()

    def meet(self, fresh: Iterable[tuple[str, str, str]]) -> None:
        """Let the words of a record wait to be written, where they are not known to be there."""
        self._fresh.update((row[0], row) for row in fresh if row[0] not in self._met)

    def meet_again(self, made: Prepared) -> None:
        """The same for all words of a record, also those that its preparer took for known."""
        found = {word for row in made.rows for text in row.searched[:3] for word in WORD.findall(text)}
        unmet = {word for word in found if word.lower() not in self._met}
        self.meet((word.lower(), fold(word), self.words.word(word).lemma) for word in unmet)

    def flush(self) -> None:
        """Write what waits."""
        for name, rows in self._waiting.items():
            if rows:
                self.db.executemany(INSERT[name], rows)
                rows.clear()
        self.db.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?, ?, ?)", sorted(self._fresh.values()))
        self._met.update(self._fresh)
        self._fresh.clear()
        self._waiting_of.clear()

    def drop(self, record_id: str) -> None:
        """Take the entries of a record out, from all tables."""
        if record_id in self._waiting_of:
            self.flush()
        rows = self.db.execute(
            "SELECT rowid, title, text, people, dnr FROM entries WHERE record = ?", (record_id,)
        ).fetchall()
        for rowid, *searched in rows:
            self._dropped.update(word.lower() for text in searched[:3] for word in WORD.findall(text))
            self.db.execute(
                "INSERT INTO exact (exact, rowid, title, text, people, dnr) VALUES ('delete', ?, ?, ?, ?, ?)",
                (rowid, *searched),
            )
            title, text, people, dnr = searched
            lemmas = self._preparer.lemmas((title, text, people, dnr))
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
        for word in sorted(self._dropped):  # of vår and var, one may have gone
            row = self.db.execute(ONE_OF_SEVERAL, (word,)).fetchone()
            if row and not self._stands(word, row[0]):
                self.db.execute("DELETE FROM vocabulary WHERE word = ?", (word,))
        self.db.execute("DELETE FROM alike WHERE id NOT IN (SELECT alike FROM facets)")
        self.forget()

    def _put(self, row: Row) -> None:
        rowid, self._next = self._next, self._next + 1
        waiting = self._waiting
        waiting["entries"].append((rowid, *row.columns))
        waiting["facets"].append((rowid, row.level, self._alike_row(row.alike), row.date))
        waiting["exact"].append((rowid, *row.searched))
        waiting["lemma"].append((rowid, *row.lemmas))

    def _stands(self, word: str, folded: str) -> bool:
        """Whether any entry holds a word in this spelling."""
        texts = self.db.execute(
            "SELECT e.title || ' ' || e.text || ' ' || e.people FROM exact JOIN entries e ON e.rowid = exact.rowid "
            "WHERE exact MATCH ?",
            (quoted(folded),),
        )
        return any(
            word in lowered and word in WORD.findall(lowered) for (text,) in texts for lowered in (text.lower(),)
        )

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
