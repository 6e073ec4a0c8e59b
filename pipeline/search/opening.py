"""Opening an index file, and making its tables."""

from __future__ import annotations

import sqlite3
from importlib import resources
from pathlib import Path

from .analysis import Analyzer, analyzer
from .failures import IndexMissing, IndexOutdated
from .store import Index

FORMAT = "4"  # 4: a record is packed without its text, which its entries hold
TABLES = (
    "exact", "lemma", "about", "facets", "alike", "entries", "documents", "vocabulary", "cases", "case_documents",
)  # fmt: skip
CACHE = -65_536  # KiB of pages: merging the full-text tables reads them over and over
FULL_TEXT = {
    "hashsize": 64 * 1024 * 1024,  # bytes of a full-text table gathered before they are written: a whole batch
    "automerge": 16,  # pieces of one size before they are merged: optimize() merges them all at the end of a run
}


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
        if about and about["format"] != FORMAT and not create:
            raise IndexOutdated(f"{path} was made by an earlier version.", "Make the index again.")
        if not about or about["analyzer"] != words.version or about["format"] != FORMAT:
            _make(db, words, masked)
            about = _about(db, path)
        db.execute("PRAGMA synchronous = NORMAL")  # with WAL, power loss costs the last commits and never the file
        db.execute(f"PRAGMA cache_size = {CACHE}")
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
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # what merging leaves empty can be given back, see optimize()
    db.execute("PRAGMA journal_mode = WAL")
    for name in TABLES:
        db.execute(f"DROP TABLE IF EXISTS {name}")
    script = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    db.executescript(f"BEGIN; {script}; COMMIT;")
    about = {"format": FORMAT, "analyzer": words.version, "masked": "yes" if masked else "no"}
    db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    for table in ("exact", "lemma"):
        for option, value in FULL_TEXT.items():
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('{option}', ?)", (value,))
