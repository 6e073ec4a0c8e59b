"""Forms that no rule of endings leads back to their word: bostäder, ledamöter, antagen.

The dictionary has them as words of their own. The table is ``tables/irregular_words.tsv``; its nouns also end
compounds (hyresbostäder), its verbs also follow a prefix (antog, tillsatte).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

PREFIXES = frozenset(  # and none at all
    "an av be bi bort del er fast fort fram från för före genom ge hop i igen ihop in inne kvar med ned ner om på sam "
    "till under upp ut ute vid å åter över".split()
) | {""}
SHORTEST_HEAD = 3  # letters of a compound before its irregular last part


@dataclass(frozen=True)
class Irregular:
    """The table: form to bases, and the forms that may end a longer word, by kind."""

    nouns: Mapping[str, str]
    verbs: Mapping[str, str]
    rest: Mapping[str, tuple[str, ...]]
    words: frozenset[str]
    ends: Mapping[str, tuple[str, ...]]  # every form and base by its last two letters: settles most words at once

    def bases_of(self, word: str) -> tuple[str, ...]:
        """The words that a lower-case form may belong to; none where it is not irregular.

        >>> [table().bases_of(w) for w in ("bostäder", "hyresbostäderna", "antogs", "beslut")]
        [('bostad',), ('hyresbostad',), ('anta',), ()]
        """
        if not self._may_be(word):
            return ()
        noun = self.noun_of(word)
        if noun or word in self.words:
            return (noun or word,)
        verb = next((w[0] + self.verbs[w[1]] for w in _cuts(word) if w[0] in PREFIXES and w[1] in self.verbs), "")
        return (*((verb,) if verb else ()), *self.rest.get(word, ()))

    def noun_of(self, word: str) -> str:
        """The noun of an irregular form, which can be nothing else: bönder; empty for band, which may be a verb's."""
        if not self._may_be(word):
            return ""
        ends = (cut for cut in _cuts(word) if cut[1] in self.nouns and (not cut[0] or len(cut[0]) >= SHORTEST_HEAD))
        return next((head + self.nouns[tail] for head, tail in ends), "")

    def _may_be(self, word: str) -> bool:
        """Whether a word ends as an irregular one does."""
        return word.endswith(self.ends.get(word[-2:], ()))


def _cuts(word: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a word in two, the longest second part first."""
    return ((word[:i], word[i:]) for i in range(len(word) - 1))


@lru_cache(maxsize=1)
def table() -> Irregular:
    """The table, read once."""
    text = resources.files("pipeline").joinpath("tables", "irregular_words.tsv").read_text(encoding="utf-8")
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    rest: dict[str, tuple[str, ...]] = {}
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t"))
    for row in rows:
        itself = [row["base"]] if row["kind"] == "verb" else []
        for form in (*itself, *row["forms"].split()):
            if row["kind"] == "other":
                rest[form] = (*rest.get(form, ()), row["base"])
            else:
                (nouns if row["kind"] == "noun" else verbs)[form] = row["base"]
    words = frozenset(row["base"] for row in rows)
    ends: dict[str, tuple[str, ...]] = {}
    for end in {*nouns, *verbs, *rest, *words}:
        ends[end[-2:]] = (*ends.get(end[-2:], ()), end)
    return Irregular(nouns, verbs, rest, words, ends)
