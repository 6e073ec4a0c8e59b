"""What a search asks the index for: SQL for a query and filters, and the same of entries in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .query import Filters
from .snippet import Matcher

if TYPE_CHECKING:
    from .columns import Columns, Whole

WEIGHTS = "5.0, 1.0, 3.0, 3.0"  # title, text, people, dnr
PARTS_WEIGHT = "0.25"  # a part of a compound says less than the word itself


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query in the index's own terms: FTS5 expressions for both tables, and what to mark."""

    lemma: str
    exact: str
    unwanted: tuple[tuple[str, str], ...]
    matcher: Matcher
    typed: tuple[str, ...]
    guesses: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Where:
    """Tables and conditions of a search, from ``FROM`` on, with their values; ``score`` is SQL, best lowest."""

    sql: str
    values: tuple[Any, ...]
    score: str


def where(wanted: Wanted, filters: Filters) -> Where:
    """SQL for every entry that fulfils query and filters."""
    tables, conditions, values = "facets f", [], []
    score = "0.0"
    if wanted.lemma:
        tables += " JOIN lemma ON lemma.rowid = f.rowid"
        conditions.append("lemma MATCH ?")
        values.append(wanted.lemma)
        score = f"bm25(lemma, {WEIGHTS}, {PARTS_WEIGHT})"
    if wanted.exact and wanted.lemma:
        conditions.append("f.rowid IN (SELECT rowid FROM exact WHERE exact MATCH ?)")
        values.append(wanted.exact)
    elif wanted.exact:
        tables += " JOIN exact ON exact.rowid = f.rowid"
        conditions.append("exact MATCH ?")
        values.append(wanted.exact)
        score = f"bm25(exact, {WEIGHTS})"
    for table, expression in wanted.unwanted:
        conditions.append(f"f.rowid NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
        values.append(expression)
    own, more = _conditions(filters)
    condition = " AND ".join([*conditions, *own]) or "1"
    return Where(f"{tables} WHERE {condition}", (*values, *more), score)


def _conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    """SQL for the filters."""
    own = {"f.level = ?": filters.level, "f.date >= ?": filters.since, "f.date <= ?": filters.until}
    conditions = [sql for sql, value in own.items() if value is not None]
    values = [value for value in own.values() if value is not None]
    shared, more = _shared(filters)
    return [*conditions, *([f"f.alike IN ({shared})"] if shared else [])], [*values, *more]


def _shared(filters: Filters) -> tuple[str, list[Any]]:
    """SQL for the rows of ``alike`` that fulfil the filters, empty where there is none to fulfil; lists are JSON, so a
    member is its quoted string inside."""
    asked = {
        "municipality = ? COLLATE NOCASE": filters.municipality,
        "body = ? COLLATE NOCASE": filters.body,
        "kind = ?": filters.kind,
        "year = ?": filters.year,
        "instr(parties, ?)": json.dumps(filters.party, ensure_ascii=False) if filters.party else None,
        "instr(outcomes, ?)": json.dumps(filters.outcome, ensure_ascii=False) if filters.outcome else None,
    }
    told = {sql: value for sql, value in asked.items() if value is not None}
    return (f"SELECT id FROM alike WHERE {' AND '.join(told)}" if told else ""), list(told.values())


def found_in(db: sqlite3.Connection, columns: Columns, wanted: Wanted, filters: Filters) -> Whole:
    """The places of what :func:`where` finds: only full text and the few rows of ``alike`` are asked for."""
    texts = [(table, text) for table, text in (("lemma", wanted.lemma), ("exact", wanted.exact)) if text]
    found = columns.having(_matching(db, *texts[0])) if texts else columns.all()
    for table, expression in texts[1:]:
        found = columns.both(found, columns.having(_matching(db, table, expression)))
    for table, expression in wanted.unwanted:
        found = columns.without(found, columns.having(_matching(db, table, expression)))
    if filters.level is not None:
        found = columns.of_level(found, filters.level)
    if filters.since is not None or filters.until is not None:
        found = columns.between(found, filters.since, filters.until)
    sql, values = _shared(filters)
    return columns.sharing(found, (row[0] for row in db.execute(sql, values))) if sql else found


def _matching(db: sqlite3.Connection, table: str, expression: str) -> Iterator[int]:
    return (row[0] for row in db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (expression,)))


@contextmanager
def one_moment(db: sqlite3.Connection) -> Iterator[None]:
    """Let all that is read be of one moment, whatever is written meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")
