"""Finding: a query and filters go in; ranked hits with snippets, and facet counts, come out."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from heapq import nsmallest
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..export.surrogates import storable
from .expand import Expansion, any_of, expand, quoted
from .facets import Counts, count
from .query import Clause, Filters, parse
from .snippet import Matcher, Snippet, snippet
from .store import Index
from .where import Wanted, Where, found_in, one_moment, where

if TYPE_CHECKING:
    from .columns import Columns

POOL = 50  # hits that are ranked once more by their exact forms
EXACT_BONUS, PHRASE_BONUS = 1.2, 1.3
MOST = 1000
MANY = 5_000  # above this, weighing every hit would take longer than people wait

MUCH = 1_000  # hits from which it is worth having in memory what filters and facets read


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
    clauses = parse(storable(text), exact=exact)
    with one_moment(index.db):
        wanted = interpret(index, clauses)
        columns = index.memory.columns()
        found = _found(index, wanted, filters) if columns is None else _found_in(columns, index, wanted, filters)
        top = _ranked(index.db, found, wanted, where(wanted, filters), min(limit, MOST), offset)
        hits = tuple(_hit(index.db, rowid, score, wanted.matcher) for rowid, score in top)
        counts = found.count() if facets else {}
    return Results(total=found.total, hits=hits, facets=counts, guesses=wanted.guesses)


@dataclass(frozen=True, slots=True)
class Found:
    """How many entries were found, and a way to count them by facet; their numbers in the order of the index, or
    where nothing was asked for, a way to have a page of them, the newest first."""

    total: int
    rows: Sequence[int]
    newest: Callable[[int, int], Sequence[int]]
    count: Callable[[], Counts]


def _found(index: Index, wanted: Wanted, filters: Filters) -> Found:
    """What fulfils query and filters, by SQL."""
    asked = where(wanted, filters)
    if wanted.lemma or wanted.exact:
        pairs = index.db.execute(f"SELECT f.rowid, f.alike FROM {asked.sql}", asked.values).fetchall()
        rows: Sequence[int] = list(map(itemgetter(0), pairs))
        alike = Counter(map(itemgetter(1), pairs))
    else:
        rows = ()
        counted = f"SELECT f.alike, count(*) FROM {asked.sql} GROUP BY f.alike"
        alike = Counter(dict(index.db.execute(counted, asked.values)))
    if alike.total() > MUCH:
        index.memory.is_missed()

    def newest(limit: int, offset: int) -> Sequence[int]:
        sql = f"SELECT f.rowid FROM {asked.sql} ORDER BY f.date DESC, f.rowid LIMIT ? OFFSET ?"
        return [row[0] for row in index.db.execute(sql, (*asked.values, limit, offset))]

    return Found(alike.total(), rows, newest, lambda: count(index.shared, alike))


def _found_in(columns: Columns, index: Index, wanted: Wanted, filters: Filters) -> Found:
    """The same by full text alone and what is in memory."""
    found = found_in(index.db, columns, wanted, filters)
    rows = columns.rowids[found].tolist() if wanted.lemma or wanted.exact else ()
    return Found(
        len(found), rows, lambda limit, offset: columns.newest(found, limit, offset), lambda: columns.count(found)
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


def _ranked(
    db: sqlite3.Connection, found: Found, wanted: Wanted, where: Where, limit: int, offset: int
) -> list[tuple[int, float]]:
    """The wanted page of hits, best first; those with the typed forms, side by side even, are lifted.

    Above ``MANY`` hits only those whose title matches are weighed; the others follow in the order of the index.
    """
    if not wanted.lemma and not wanted.exact:
        return [(rowid, 0.0) for rowid in found.newest(limit, offset)]
    pool = max(POOL, offset + limit)
    weighed = where
    if found.total > MANY:
        values = [f"{{title}}: ({value})" if value in (wanted.lemma, wanted.exact) else value for value in where.values]
        weighed = Where(where.sql, tuple(values), where.score)
    sql = f"SELECT {weighed.score}, f.rowid FROM {weighed.sql}"
    best = nsmallest(pool, db.execute(sql, weighed.values))
    scores = {rowid: -score for score, rowid in best}
    words = [word for word in wanted.typed if word]
    if words and wanted.exact == quoted(" ".join(words)) and not wanted.lemma:
        bonus = EXACT_BONUS * PHRASE_BONUS if len(words) > 1 else EXACT_BONUS
        scores = {rowid: score * bonus for rowid, score in scores.items()}  # a phrase alone: it stands in all of them
    elif words and scores:
        _lift(db, scores, " AND ".join(map(quoted, words)), EXACT_BONUS)
        if len(words) > 1:
            _lift(db, scores, quoted(" ".join(words)), PHRASE_BONUS)
    order = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if len(order) < pool:
        order += list(islice(((rowid, 0.0) for rowid in found.rows if rowid not in scores), pool - len(order)))
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
