"""What has been done, kept so that nothing finished is ever lost: one SQLite file in the output folder.

Outcomes are kept by content hash, not by name or place. Commits are whole or absent, so that a kill at any
moment leaves a journal that can be gone on with; a second process finds it locked.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from .inputs import Entry
from .refusal import Refused
from .task import Failure, Outcome

FOLDER, FILE = ".attsats", "journal.sqlite"
_COMMIT_EVERY = 0.5  # seconds; what is not committed when the power goes is done again

_TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS inputs(seq INTEGER PRIMARY KEY, path BLOB NOT NULL, name TEXT NOT NULL,
  size INTEGER NOT NULL, sha TEXT, problem TEXT);
CREATE INDEX IF NOT EXISTS inputs_sha ON inputs(sha, seq);
CREATE TABLE IF NOT EXISTS results(sha TEXT PRIMARY KEY, name TEXT NOT NULL, failure TEXT, lines BLOB,
  ids TEXT NOT NULL, pages INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS strikes(sha TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen(path BLOB PRIMARY KEY, mark TEXT NOT NULL, sha TEXT NOT NULL) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """One input, with what became of it; ``first`` is the place of the first input of the same bytes."""

    seq: int
    path: bytes
    name: str
    size: int
    sha: str | None
    problem: str | None
    first: int | None
    done_as: str | None
    failure: str | None
    lines: bytes | None
    ids: str | None
    pages: int | None


class Journal:
    """The journal of one output folder."""

    def __init__(self, out: Path) -> None:
        self.path = out / FOLDER / FILE
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(self.path, isolation_level=None, timeout=1.0)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")  # also: no shared memory, which network disks lack
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA cache_size=-4000")
            self._db.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" in str(error):
                raise Refused(f"Another batch is writing to {out}.", "Wait for it, or choose another --out.") from None
            raise Refused(f"The journal {self.path} cannot be opened: {error}.", "Choose another --out.") from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise Refused(f"{self.path} is not a journal: {error}.", "Choose another --out.") from error
        self._begun: float | None = None

    # -- facts about the run -------------------------------------------------------------------------------------

    def get(self, key: str) -> Any:
        """A fact about the run, or ``None``."""
        row = self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, key: str, value: Any) -> None:
        """Remember a fact about the run."""
        self._write("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, json.dumps(value, sort_keys=True)))

    # -- inputs --------------------------------------------------------------------------------------------------

    def list_inputs(self, entries: Iterable[Entry], shard: tuple[int, int] = (1, 1)) -> str:
        """Replace the list. A path that is named twice counts once; of N shards only every N-th stays.

        Returns:
            The hash of the whole list, by which shards of one list know each other.
        """
        self.commit()
        run = self._db.execute
        run("CREATE TEMP TABLE listing(part INTEGER, place BLOB, path BLOB, name TEXT, size INTEGER)")
        run("BEGIN")
        self._db.executemany("INSERT INTO listing VALUES(?, ?, ?, ?, ?)", entries)
        run("CREATE INDEX temp.listing_path ON listing(path, part, place)")
        run("CREATE INDEX temp.listing_order ON listing(part, place)")
        run("DELETE FROM inputs")
        k, n = shard
        run(
            "INSERT INTO inputs SELECT seq, path, name, size, NULL, NULL FROM ("
            " SELECT row_number() OVER (ORDER BY part, place) - 1 AS seq, path, name, size FROM listing AS l"
            " WHERE rowid = (SELECT rowid FROM listing AS o WHERE o.path = l.path ORDER BY part, place LIMIT 1))"
            " WHERE seq % ? = ?",
            (n, k - 1),
        )
        digest = hashlib.sha256()
        for (path,) in run("SELECT path FROM listing ORDER BY part, place"):
            digest.update(path + b"\0")
        run("COMMIT")
        run("DROP TABLE listing")
        return digest.hexdigest()

    def totals(self) -> tuple[int, int]:
        """How many inputs there are, and their bytes."""
        count, size = self._db.execute("SELECT count(*), coalesce(sum(max(size, 0)), 0) FROM inputs").fetchone()
        return int(count), int(size)

    def pending(self) -> int:
        """How many inputs have no outcome."""
        (count,) = self._db.execute(
            "SELECT count(*) FROM inputs AS i WHERE problem IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM results AS r WHERE r.sha = i.sha)"
        ).fetchone()
        return int(count)

    def outcomes(self) -> int:
        """How many outcomes are kept."""
        (count,) = self._db.execute("SELECT count(*) FROM results").fetchone()
        return int(count)

    def inputs_after(self, seq: int, most: int) -> list[tuple[int, bytes, str, int]]:
        """The next inputs of the list: place, path, name, size."""
        return self._db.execute(
            "SELECT seq, path, name, size FROM inputs WHERE seq > ? ORDER BY seq LIMIT ?", (seq, most)
        ).fetchall()

    def hashed(self, seq: int, sha: str, size: int) -> None:
        """An input's content hash is known."""
        self._write("UPDATE inputs SET sha=?, size=?, problem=NULL WHERE seq=?", (sha, size, seq))

    def unreadable(self, seq: int, failure: Failure) -> None:
        """An input could not even be hashed."""
        self._write("UPDATE inputs SET problem=? WHERE seq=?", (json.dumps(asdict(failure)), seq))

    def seen(self, path: bytes, mark: str) -> str | None:
        """The hash of a file that has not been touched since it was hashed."""
        row = self._db.execute("SELECT sha FROM seen WHERE path=? AND mark=?", (path, mark)).fetchone()
        return row[0] if row else None

    def remember(self, path: bytes, mark: str, sha: str) -> None:
        """Keep a file's hash for as long as ``mark`` (size, times, inode) stays."""
        self._write("INSERT OR REPLACE INTO seen VALUES(?, ?, ?)", (path, mark, sha))

    # -- outcomes ------------------------------------------------------------------------------------------------

    def is_done(self, sha: str) -> bool:
        """Whether these bytes have an outcome."""
        return self._db.execute("SELECT 1 FROM results WHERE sha=?", (sha,)).fetchone() is not None

    def keep(self, name: str, outcome: Outcome) -> None:
        """Keep an outcome; ``name`` is the one its records bear."""
        failure = json.dumps(asdict(outcome.failure), ensure_ascii=True) if outcome.failure else None
        self._write(
            "INSERT OR REPLACE INTO results VALUES(?, ?, ?, ?, ?, ?)",
            (outcome.sha256, name, failure, outcome.lines, json.dumps(outcome.ids), outcome.pages),
        )

    def strike(self, sha: str) -> int:
        """Count a worker that died with this document; at once on the disk, in case we die with it."""
        sql = "INSERT INTO strikes VALUES(?, 1) ON CONFLICT(sha) DO UPDATE SET n = n + 1 RETURNING n"
        self._start()
        (n,) = self._db.execute(sql, (sha,)).fetchone()
        self.commit()
        return int(n)

    def forget_failures(self, codes: tuple[str, ...] | None = None) -> int:
        """Let failures be tried again: all, or those with one of these codes."""
        self._start()
        where = "failure IS NOT NULL"
        if codes is not None:
            where += f" AND json_extract(failure, '$.code') IN ({','.join('?' * len(codes))})"
        found = self._db.execute(f"DELETE FROM results WHERE {where}", codes or ()).rowcount
        if codes is None:
            self._db.execute("DELETE FROM strikes")
        self.commit()
        return found

    def rows(self) -> Iterator[Row]:
        """All inputs in order, with what became of them."""
        cursor = self._db.cursor()
        cursor.execute(
            "SELECT i.seq, i.path, i.name, i.size, i.sha, i.problem,"
            " (SELECT min(seq) FROM inputs AS j WHERE j.sha = i.sha),"
            " r.name, r.failure, r.lines, r.ids, r.pages"
            " FROM inputs AS i LEFT JOIN results AS r ON r.sha = i.sha ORDER BY i.seq"
        )
        yield from map(Row._make, cursor)

    def names_of(self, sha: str) -> list[str]:
        """All names of the same bytes, in the order of the list."""
        found = self._db.execute("SELECT name FROM inputs WHERE sha=? ORDER BY seq", (sha,)).fetchall()
        return [name for (name,) in found]

    def name_at(self, seq: int) -> str:
        """The name of one input."""
        (name,) = self._db.execute("SELECT name FROM inputs WHERE seq=?", (seq,)).fetchone()
        return str(name)

    def take_in(self, shard: Path) -> None:
        """Copy another journal's inputs and outcomes into this one."""
        self.commit()
        self._db.execute("ATTACH ? AS shard", (str(shard),))
        try:
            self._db.execute("BEGIN")
            self._db.execute("INSERT INTO inputs SELECT * FROM shard.inputs")
            self._db.execute("INSERT OR IGNORE INTO results SELECT * FROM shard.results")
            self._db.execute("COMMIT")
        finally:
            self._db.execute("DETACH shard")

    def clear(self) -> None:
        """Forget inputs and outcomes."""
        self._write("DELETE FROM inputs", ())
        self._write("DELETE FROM results", ())
        self.commit()

    # -- commits -------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Commit if it is time."""
        if self._begun is not None and time.monotonic() - self._begun >= _COMMIT_EVERY:
            self.commit()

    def commit(self) -> None:
        """Everything up to now is on the disk afterwards."""
        if self._begun is not None:
            self._db.execute("COMMIT")
            self._begun = None

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._db.close()

    def _start(self) -> None:
        if self._begun is None:
            self._db.execute("BEGIN")
            self._begun = time.monotonic()

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        self._start()
        self._db.execute(sql, values)
