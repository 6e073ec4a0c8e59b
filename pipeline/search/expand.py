"""From a typed word to what the index may hold for it: lemmas, dots that were not typed, compounds, slips."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from .analysis import Analyzer, fold

SHORTEST_GUESS = 4  # shorter words are never corrected: too many others are one letter away
LONG_WORD = 8  # from this length two slips are forgiven
GUESSES = 4


@dataclass(frozen=True, slots=True)
class Expansion:
    """What to look for in place of a typed word: any one of ``lemmas``, or, for a compound that the index has
    never met, all of ``parts``; ``guessed`` are the printed words taken for a slip."""

    lemmas: frozenset[str]
    parts: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()


def expand(word: str, words: Analyzer, db: sqlite3.Connection) -> Expansion:
    """What the index may hold for a typed word."""
    folded = fold(word)
    lemmas = words.lemmas(word) | {folded}
    lemmas |= {row[0] for row in db.execute("SELECT lemma FROM vocabulary WHERE folded = ?", (folded,))}
    if _known(lemmas, db):
        return Expansion(frozenset(lemmas))
    parts = words.word(word).parts
    if parts and all(_known({part}, db) for part in parts):
        return Expansion(frozenset(lemmas), parts=parts)
    guesses = guess(folded, db)
    return Expansion(
        frozenset(lemmas) | {lemma for _, lemma in guesses}, guessed=tuple(dict.fromkeys(w for w, _ in guesses))
    )


def guess(folded: str, db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Printed words (with lemma) that are the fewest slips away from a folded word; none where all are too far.

    A slip is a letter more, less or other, or two swapped.
    """
    from rapidfuzz import process  # here: most searches guess nothing
    from rapidfuzz.distance import OSA

    if len(folded) < SHORTEST_GUESS or folded.isdigit():
        return []
    most = 2 if len(folded) >= LONG_WORD else 1
    rows = db.execute(
        "SELECT word, folded, lemma FROM vocabulary WHERE length(folded) BETWEEN ? AND ? AND "
        "(substr(folded, 1, 1) = ? OR substr(folded, 2, 1) = ? OR substr(folded, 1, 1) = ?)",
        (len(folded) - most, len(folded) + most, folded[0], folded[1], folded[1]),
    )
    met = rows.fetchall()
    alike = process.extract(folded, [row[1] for row in met], scorer=OSA.distance, score_cutoff=most, limit=None)
    nearest = min((away for _, away, _ in alike), default=0)
    return sorted((met[at][0], met[at][2]) for _, away, at in alike if away == nearest)[:GUESSES]


def _known(lemmas: Iterable[str], db: sqlite3.Connection) -> bool:
    """Whether the index holds any of these."""
    match = any_of(lemmas)
    return db.execute("SELECT 1 FROM lemma WHERE lemma MATCH ? LIMIT 1", (match,)).fetchone() is not None


def any_of(terms: Iterable[str]) -> str:
    """An FTS5 expression that any of the terms fulfils; terms are quoted, so nothing in them is syntax.

    >>> any_of(["vald", "välja"])
    '("vald" OR "välja")'
    """
    return "(" + " OR ".join(quoted(term) for term in sorted(terms)) + ")"


def quoted(term: str) -> str:
    """A term as an FTS5 string."""
    return '"' + term.replace('"', '""') + '"'
