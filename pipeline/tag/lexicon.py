"""All tables of fixed phrases in one look-up: one pass over the words of a text finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\d:[ae]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase: ``exact`` ones must be printed so, the others in any case; ``value`` is what it stands for."""

    form: str
    type: str
    value: str
    exact: bool
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconHit:
    """An entry found at ``text[start:end]`` (a genitive s belongs to it)."""

    entry: Entry
    start: int
    end: int


class Lexicon:
    """Phrases by their first word, longest first."""

    def __init__(self, entries: list[Entry]) -> None:
        self.first: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda e: (-len(e.form), not e.scope)):
            word = _WORD.search(entry.form)
            if word and word.start() == 0:
                self.first.setdefault(word.group().lower(), []).append(entry)
                if entry.form == word.group() and not entry.form.endswith("s"):
                    self.first.setdefault(word.group().lower() + "s", []).append(entry)

    def find(self, text: str) -> Iterator[LexiconHit]:
        """Every entry in the text; of entries at the same place the longest of each type (all of the same form)."""
        low = text.lower()
        if len(low) != len(text):  # a letter whose lower case is longer: positions would drift
            low = text
        for m in _WORD.finditer(low):
            entries = self.first.get(m.group())
            if not entries or (m.start() and (text[m.start() - 1] in "-_@" or text[m.start() - 1].isalnum())):
                continue
            types: dict[str, int] = {}
            for entry in entries:
                end = m.start() + len(entry.form)
                printed = text if entry.exact else low
                if types.get(entry.type, 0) > len(entry.form) or not printed.startswith(
                    entry.form if entry.exact else entry.form.lower(), m.start()
                ):
                    continue
                tail = low[end : end + 2]
                if tail[:1] == "s" and not tail[1:2].isalnum():
                    end += 1
                elif tail[:1].isalnum() or (tail[:1] == "-" and tail[1:2].isalpha()):
                    continue
                types[entry.type] = len(entry.form)
                yield LexiconHit(entry, m.start(), end)
