"""What people type, as clauses: words, "phrases", beginnings*, and -what is not wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .analysis import WORD, fold
from .failures import QueryInvalid

TOKEN = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
SHORTEST_PREFIX = 2
SMALL_WORDS = frozenset(
    "i på pa av och eller att en ett för for om till med den det de som är vid från fran under inom hos samt".split()
)
MOST_CLAUSES = 32


@dataclass(frozen=True, slots=True)
class Clause:
    """One demand: ``kind`` is word, phrase or prefix; ``words`` are folded but for a word, which is as typed."""

    kind: str
    words: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """Facet values to hold to; None leaves a facet free. Dates are ISO and inclusive."""

    level: str | None = "matter"
    municipality: str | None = None
    body: str | None = None
    party: str | None = None
    kind: str | None = None
    year: int | None = None
    outcome: str | None = None
    since: str | None = None
    until: str | None = None


def parse(text: str, *, exact: bool = False) -> tuple[Clause, ...]:
    """The clauses of a query; all must hold.

    A word with signs inside, such as a diarienummer, is a phrase of its parts.
    Small words such as i and på need not be found where there are others.
    ``exact`` asks for the forms as typed (but for letter case and dots).

    Raises:
        QueryInvalid: it has no word at all, or more than a person would type.

    >>> parse('våld "nära relationer" skol* -budget KS-2021/77')[0]
    Clause(kind='word', words=('våld',), wanted=True)
    >>> [(c.kind, c.words, c.wanted) for c in parse('skol* -budget KS-2021/77')]
    [('prefix', ('skol',), True), ('word', ('budget',), False), ('phrase', ('ks', '2021', '77'), True)]
    """
    clauses: list[Clause] = []
    for match in TOKEN.finditer(text):
        clause = _clause(match, exact)
        if clause and clause not in clauses:
            clauses.append(clause)
    clauses = _without_small_words(clauses)
    if text.strip() and not clauses:
        raise QueryInvalid(f"There is no word in {text!r}.", "Type a word, a name or a diarienummer.")
    if len(clauses) > MOST_CLAUSES:
        raise QueryInvalid(f"The query has {len(clauses)} words.", f"Type at most {MOST_CLAUSES}.")
    return tuple(clauses)


def _clause(match: re.Match[str], exact: bool) -> Clause | None:
    wanted = match["minus"] is None
    typed = match["phrase"] if match["phrase"] is not None else match["word"]
    words = WORD.findall(typed)
    if not words:
        return None
    folded = tuple(fold(word) for word in words)
    if match["phrase"] is not None or len(words) > 1:
        return Clause("phrase", folded, wanted)
    if typed.endswith("*") and len(words[0]) >= SHORTEST_PREFIX:
        return Clause("prefix", folded, wanted)
    return Clause("phrase", folded, wanted) if exact else Clause("word", (words[0],), wanted)


def _without_small_words(clauses: list[Clause]) -> list[Clause]:
    """Leave out och, i, på and their like: a text need not hold them. A query of nothing else keeps them."""
    kept = [c for c in clauses if c.kind != "word" or not c.wanted or c.words[0].lower() not in SMALL_WORDS]
    return kept if any(c.wanted for c in kept) else clauses
