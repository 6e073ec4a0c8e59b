"""Which language a text is written in, from its function words; names and numbers do not count.

The table is ``tables/function_words.tsv``: a language and its words a line. Swedish has the shapes that wrong
readings leave of its words too (``for``, ``fran``), so that damaged Swedish is still Swedish.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_BEYOND = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u3040-\ud7ff]")  # Greek, Cyrillic, Arabic, ... ; no signs


@dataclass(frozen=True)
class LanguageTable:
    """word -> the languages that have it among their function words."""

    words: dict[str, frozenset[str]]


def load_table() -> LanguageTable:
    """Read the function words that lie beside the package."""
    path = Path(__file__).resolve().parent.parent / "tables" / "function_words.tsv"
    owners: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words = line.split("\t")
            for word in words.split():
                owners.setdefault(word, set()).add(language)
    return LanguageTable({word: frozenset(found) for word, found in owners.items()})


def language_of(text: str, table: LanguageTable) -> tuple[str, float]:
    """``sv|no|da|en|de|fi|other`` and a confidence. Without evidence it is Swedish: the archive's own language.

    >>> table = load_table()
    >>> language_of("Vi foreslar att kommunen inte ska bygga pa torget", table)[0]
    'sv'
    >>> language_of("The council shall not build on the square before it has been asked", table)[0]
    'en'
    >>> language_of("Ann Ek Ja Bo Lind Ja Eva Ask Nej Per Dahl Ja Siv Berg Ja", table)[0]
    'sv'
    """
    tally = Counter(text.lower().split())  # function words seldom have punctuation at their edge
    if not tally:
        return "sv", 0.5
    if _foreign_script(text) > 0.5:
        return "other", 0.99
    met = [(table.words[word], tally[word]) for word in tally.keys() & table.words.keys()]
    score: Counter[str] = Counter()
    for languages, count in met:
        for language in languages:
            score[language] += count
    best = max((language for language in sorted(score) if language != "sv"), key=score.__getitem__, default="sv")
    ours = sum(count for languages, count in met if best not in languages and "sv" in languages)
    alien = sorted(count for languages, count in met if best in languages and "sv" not in languages)
    theirs = sum(alien[:-1]) + min(alien[-1], sum(alien[:-1])) if alien else 0  # "Ja" of a vote by name is no Finnish
    if best == "sv" or theirs < 3 or theirs <= 3 * ours:
        return "sv", round(max(0.5, min(0.99, (ours + 1) / (ours + theirs + 2))), 3)
    sure = theirs / (theirs + ours + 1)
    return ("other" if best.startswith("x-") else best), round(min(0.99, sure), 3)


def _foreign_script(text: str) -> float:
    """Share of the letters beyond Latin script."""
    foreign = 0 if text.isascii() else len(_BEYOND.findall(text))
    return foreign / sum(char.isalpha() for char in text) if foreign else 0.0
