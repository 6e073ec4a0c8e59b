"""Finding: a query and filters go in; ranked hits with snippets, and facet counts, come out."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from ..export.surrogates import storable
from .expand import Expansion, any_of, expand, quoted
from .facets import count
from .query import Clause, Filters, parse
from .snippet import Matcher, Snippet, snippet
from .store import Index

WEIGHTS = "5.0, 1.0, 3.0, 3.0"  # title, text, people, dnr
PARTS_WEIGHT = "0.25"  # a part of a compound says less than the word itself
POOL = 50  # hits that are ranked once more by their exact forms
EXACT_BONUS, PHRASE_BONUS = 1.2, 1.3
MOST = 1000

MANY = 5_000  # above this, weighing every hit would take longer than people wait

Row = tuple[int, int]  # an entry and the row of ``alike`` that holds its facet values


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that was found: its columns (see :class:`~pipeline.search.entries.Entry`), score and snippet."""

    entry: Mapping[str, Any]
    score: float
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. ``guesses`` tells which printed words were taken for a typed one that no text holds."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    guesses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query in the index's own terms: FTS5 expressions for both tables, and what to mark."""

    lemma: str
    exact: str
    unwanted: tuple[tuple[str, str], ...]
    matcher: Matcher
    typed: tuple[str, ...]
    guesses: Mapping[str, tuple[str, ...]]


def search(
    index: Index,
    text: str = "",
    filters: Filters | None = None,
    *,
    limit: int = 10,
    offset: int = 0,
    exact: bool = False,
    facets: bool = True,
) -> Results:
    """Search an index.

    Args:
        index: an open index.
        text: what people type (see :func:`pipeline.search.query.parse`); empty finds everything, newest first.
        filters: facet values to hold to; matters only by default.
        limit, offset: the page of hits.
        exact: only the forms as typed, no lemmas and no parts of compounds.
        facets: whether to count facets.

    Raises:
        QueryInvalid: nothing in the query can be looked for.
    """
    filters = filters or Filters()
    filters = replace(filters, **storable(asdict(filters)))
    wanted = interpret(index, parse(storable(text), exact=exact))
    where = _where(wanted, filters)
    if wanted.lemma or wanted.exact:
        rows: list[Row] = index.db.execute(f"SELECT f.rowid, f.alike FROM {where.sql}", where.values).fetchall()
        alike = Counter(map(itemgetter(1), rows))
    else:
        rows = []
        counted = f"SELECT f.alike, count(*) FROM {where.sql} GROUP BY f.alike"
        alike = Counter(dict(index.db.execute(counted, where.values)))
    top = _ranked(index.db, rows, wanted, where, min(limit, MOST), offset)
    return Results(
        total=alike.total(),
        hits=tuple(_hit(index.db, rowid, score, wanted.matcher) for rowid, score in top),
        facets=count(index.shared, alike) if facets else {},
        guesses=wanted.guesses,
    )


def interpret(index: Index, clauses: Sequence[Clause]) -> Wanted:
    """The clauses in the index's own terms."""
    lemma, exact, unwanted = [], [], []
    lemmas: set[str] = set()
    guesses = {}
    for clause in clauses:
        if clause.kind == "word":
            expansion = expand(clause.words[0], index.words, index.db)
            if clause.wanted:
                lemma.append(_expression(expansion))
                lemmas |= expansion.lemmas | set(expansion.parts)
            else:
                unwanted.append(("lemma", f"{{title text people dnr}}: {_expression(expansion)}"))
            if expansion.guessed and clause.wanted:
                guesses[clause.words[0]] = expansion.guessed
        else:
            expression = quoted(" ".join(clause.words)) + (" *" if clause.kind == "prefix" else "")
            if clause.wanted:
                exact.append(expression)
            else:
                unwanted.append(("exact", expression))
    wanted = [clause for clause in clauses if clause.wanted]
    matcher = Matcher(
        index.words,
        frozenset(lemmas),
        tuple(clause.words[0] for clause in wanted if clause.kind == "prefix"),
        tuple(clause.words for clause in wanted if clause.kind == "phrase"),
    )
    typed = tuple(word for clause in wanted for word in clause.words)
    return Wanted(" AND ".join(lemma), " AND ".join(exact), tuple(unwanted), matcher, typed, guesses)


def _expression(expansion: Expansion) -> str:
    if expansion.parts:
        return "(" + " AND ".join(quoted(part) for part in expansion.parts) + ")"
    return any_of(expansion.lemmas)


@dataclass(frozen=True, slots=True)
class Where:
    """Tables and conditions of a search, from ``FROM`` on, with their values; ``score`` is SQL, best lowest."""

    sql: str
    values: tuple[Any, ...]
    score: str


def _where(wanted: Wanted, filters: Filters) -> Where:
    """SQL for every entry that fulfils query and filters."""
    tables, where, values = "facets f", [], []
    score = "0.0"
    if wanted.lemma:
        tables += " JOIN lemma ON lemma.rowid = f.rowid"
        where.append("lemma MATCH ?")
        values.append(wanted.lemma)
        score = f"bm25(lemma, {WEIGHTS}, {PARTS_WEIGHT})"
    if wanted.exact and wanted.lemma:
        where.append("f.rowid IN (SELECT rowid FROM exact WHERE exact MATCH ?)")
        values.append(wanted.exact)
    elif wanted.exact:
        tables += " JOIN exact ON exact.rowid = f.rowid"
        where.append("exact MATCH ?")
        values.append(wanted.exact)
        score = f"bm25(exact, {WEIGHTS})"
    for table, expression in wanted.unwanted:
        where.append(f"f.rowid NOT IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
        values.append(expression)
    conditions, more = _conditions(filters)
    condition = " AND ".join([*where, *conditions]) or "1"
    return Where(f"{tables} WHERE {condition}", (*values, *more), score)


def _conditions(filters: Filters) -> tuple[list[str], list[Any]]:
    """SQL for the filters; lists are JSON, so a member is its quoted string inside."""
    own = {"f.level = ?": filters.level, "f.date >= ?": filters.since, "f.date <= ?": filters.until}
    shared = {
        "municipality = ? COLLATE NOCASE": filters.municipality,
        "body = ? COLLATE NOCASE": filters.body,
        "kind = ?": filters.kind,
        "year = ?": filters.year,
        "instr(parties, ?)": json.dumps(filters.party, ensure_ascii=False) if filters.party else None,
        "instr(outcomes, ?)": json.dumps(filters.outcome, ensure_ascii=False) if filters.outcome else None,
    }
    conditions = [sql for sql, value in own.items() if value is not None]
    asked = [sql for sql, value in shared.items() if value is not None]
    if asked:
        conditions.append(f"f.alike IN (SELECT id FROM alike WHERE {' AND '.join(asked)})")
    return conditions, [value for value in (*own.values(), *shared.values()) if value is not None]


def _ranked(
    db: sqlite3.Connection, rows: Sequence[Row], wanted: Wanted, where: Where, limit: int, offset: int
) -> list[tuple[int, float]]:
    """The wanted page of hits, best first; those with the typed forms, side by side even, are lifted.

    Above ``MANY`` hits only those whose title matches are weighed; the others follow in the order of the index.
    """
    if not wanted.lemma and not wanted.exact:
        sql = f"SELECT f.rowid FROM {where.sql} ORDER BY f.date DESC, f.rowid LIMIT ? OFFSET ?"
        return [(row[0], 0.0) for row in db.execute(sql, (*where.values, limit, offset))]
    pool = max(POOL, offset + limit)
    weighed = where
    if len(rows) > MANY:
        values = [f"{{title}}: ({value})" if value in (wanted.lemma, wanted.exact) else value for value in where.values]
        weighed = Where(where.sql, tuple(values), where.score)
    sql = f"SELECT {weighed.score}, f.rowid FROM {weighed.sql}"
    best = nsmallest(pool, db.execute(sql, weighed.values))
    scores = {rowid: -score for score, rowid in best}
    words = [word for word in wanted.typed if word]
    if words and scores:
        _lift(db, scores, " AND ".join(map(quoted, words)), EXACT_BONUS)
        if len(words) > 1:
            _lift(db, scores, quoted(" ".join(words)), PHRASE_BONUS)
    order = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if len(order) < pool:
        order += [(rowid, 0.0) for rowid, _ in rows if rowid not in scores][: pool - len(order)]
    return order[offset : offset + limit]


def _lift(db: sqlite3.Connection, scores: dict[int, float], match: str, factor: float) -> None:
    """Lift what fulfils an expression. All that do so are looked through once (``+`` lets SQLite not ask by number):
    asked for one entry that does not, the full-text table searches to its end."""
    ids = ",".join(map(str, scores))
    for (rowid,) in db.execute(f"SELECT rowid FROM exact WHERE exact MATCH ? AND +rowid IN ({ids})", (match,)):
        scores[rowid] *= factor


def _hit(db: sqlite3.Connection, rowid: int, score: float, matcher: Matcher) -> Hit:
    cursor = db.execute("SELECT * FROM entries WHERE rowid = ?", (rowid,))
    entry = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    for key in ("parties", "outcomes", "people", "dnr"):
        entry[key] = json.loads(entry[key])
    return Hit(entry, round(score, 4), snippet(entry["text"], matcher))
