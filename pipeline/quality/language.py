"""Which language a text is written in, from its function words; names and numbers do not count.

The table is ``tables/function_words.tsv``: a language and its words a line. Swedish has the shapes that wrong
readings leave of its words too (``for``, ``fran``), so that damaged Swedish is still Swedish.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"[A-ZÅÄÖÆØÜ]")


@dataclass(frozen=True)
class LanguageTable:
    """word -> (language, weight) pairs; a word of several languages weighs little."""

    words: dict[str, tuple[tuple[str, float], ...]]
    exclusive: dict[str, str]


def load_table() -> LanguageTable:
    """Read the function words that lie beside the package."""
    path = Path(__file__).resolve().parent.parent / "tables" / "function_words.tsv"
    owners: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, words = line.split("\t")
            for word in words.split():
                if language not in owners.setdefault(word, []):
                    owners[word].append(language)
    return LanguageTable(
        {word: tuple((language, 1.0 / len(found) ** 1.5) for language in found) for word, found in owners.items()},
        {word: found[0] for word, found in owners.items() if len(found) == 1},
    )


def language_of(text: str, table: LanguageTable) -> tuple[str, float]:
    """``sv|no|da|en|de|fi|other`` and a confidence. Without evidence it is Swedish: the archive's own language.

    >>> table = load_table()
    >>> language_of("Vi foreslar att kommunen inte ska bygga pa torget", table)[0]
    'sv'
    >>> language_of("The council shall not build on the square before it has been asked", table)[0]
    'en'
    """
    tally = Counter(_WORD.findall(text.lower()))
    total = sum(tally.values())
    if total and _foreign_script(text) > 0.5:
        return "other", 0.99
    score: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for word, count in tally.items():
        for language, weight in table.words.get(word, ()):
            score[language] += weight * count  # type: ignore[assignment]
        if word in table.exclusive:
            own[table.exclusive[word]] += count
    swedish = score["sv"]
    best = max(sorted(score), key=lambda language: score[language], default="sv")
    if best == "sv" or own[best] < 3 or score[best] < 1.5 * swedish + 1.5 or own[best] < 2 * own["sv"]:
        sure = swedish / (sum(score.values()) + 1.0) if score else 0.5
        return "sv", round(max(0.5, min(0.99, sure + 0.3)), 3)
    sure = score[best] / (score[best] + swedish + 1.0)
    return ("other" if best.startswith("x-") else best), round(min(0.99, sure), 3)


def _foreign_script(text: str) -> float:
    """Share of the letters beyond Latin script."""
    letters = [char for char in text if char.isalpha()] if not text.isascii() else []
    return sum(char > "\u024f" for char in letters) / len(letters) if letters else 0.0
