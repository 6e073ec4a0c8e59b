"""What an index writes of a record, made ready without it: no lock is held, and any process may do it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..export.mask import mask
from .analysis import Analyzer, fold
from .entries import Entry, Fate, entries
from .incoming import Incoming
from .packing import pack, parts, slim, slimmed
from .pieces import Pieces

Json = dict[str, Any]
Found = tuple[str, str]  # lemmas and parts

LISTS = 100_000  # lists whose JSON is remembered
TITLED = Entry._fields.index("title") + 1  # up to there the columns of the table are those of an entry

encode = json.JSONEncoder(ensure_ascii=False).encode


class Row(NamedTuple):
    """One entry: its columns from ``id`` to ``text``, what it shares with others like it, its date, its lemmas."""

    columns: tuple[Any, ...]
    alike: tuple[Any, ...]
    level: str
    date: str | None
    searched: tuple[str, str, str, str]
    lemmas: tuple[str, str, str, str, str]


class Prepared(NamedTuple):
    """One record, ready to be written.

    ``document`` is its row in that table; ``fresh`` are rows for the vocabulary: the words of the record that whoever
    prepared it had not met before.
    """

    id: str
    digest: str
    fate: str
    document: tuple[Any, ...]
    rows: tuple[Row, ...]
    fresh: tuple[tuple[str, str, str], ...]
    size: int


class Preparer:
    """Prepares one record after another, and remembers the words that it met."""

    def __init__(self, words: Analyzer, known: Mapping[str, Fate], *, masked: bool) -> None:
        """Args:
        words: the analyzer of the index.
        known: what became of motions, by the source name of their record.
        masked: whether private details are hidden.
        """
        self.known = known
        self.masked = masked
        self.words = words
        self._pieces = Pieces(words)
        self._short: dict[str, Found] = {}
        self._lists: dict[tuple[str, ...], str] = {(): "[]"}

    def prepare(self, came: Incoming) -> Prepared:
        """One record, ready to be written.

        Raises:
            RecordInvalid: it is no JSON.
            KeyError: it is no valid record.
        """
        came = came.parsed()
        record = came.record or {}
        shown = mask(record) if self.masked else record
        fate = self.known.get(shown["source"]["name"])
        found = entries(shown, fate)
        text = parts(shown, texts_of(found))
        packed = pack(slimmed(came.text, text) if shown is record else slim(shown, text))
        return self._made(shown, fate, found, came.digest(), packed)

    def again(self, shown: Json, fate: Fate | None) -> Prepared:
        """The same for a record that an index holds already, masked if it is to be; its digest is left empty."""
        return self._made(shown, fate, entries(shown, fate), "", b"")

    def forget(self) -> None:
        """Take every word for a fresh one again."""
        self._pieces.forget()

    def _made(self, shown: Json, fate: Fate | None, found: list[Entry], digest: str, packed: bytes) -> Prepared:
        place = shown["municipality"]["name"] if shown["municipality"] else None
        source, quality = shown["source"], shown["quality"]["ocr"]
        document = (
            *(shown["id"], source["name"], source["sha256"], shown["kind"], place, shown["date"]),
            *(quality, digest, told(fate), packed),
        )
        self._short.clear()
        rows = tuple(map(self._row, found))
        return Prepared(
            shown["id"], digest, told(fate), document, rows, self._fresh(), len(shown["text"]["repaired"])
        )  # fmt: skip

    def _row(self, entry: Entry) -> Row:
        lists = [self._list(names) for names in (entry.parties, entry.outcomes, entry.people, entry.dnr)]
        columns = (*entry[:TITLED], entry.act, *lists, entry.text)
        searched = (entry.title, entry.text, lists[2], lists[3])
        alike = (entry.kind, entry.municipality, entry.body, entry.year, lists[0], lists[1])
        return Row(columns, alike, entry.level, entry.date, searched, self.lemmas(searched))

    def lemmas(self, searched: tuple[str, str, str, str]) -> tuple[str, str, str, str, str]:
        """The columns of an entry in the lemma table; the same when the entry is deleted."""
        title, text, people, dnr = searched
        titles, title_parts = self._of_short(title)
        names, _ = self._of_short(people)
        lemmas, parts = self._pieces.text(text)
        return titles, lemmas, names, dnr, f"{title_parts} {parts}"

    def _of_short(self, text: str) -> Found:
        """The lemmas and parts of a title or of names, which the att-satser of a matter share."""
        made = self._short.get(text)
        if made is None:
            made = self._short[text] = self._pieces.text(text)
        return made

    def _list(self, values: tuple[str, ...]) -> str:
        """A list as JSON; most come again."""
        made = self._lists.get(values)
        if made is None:
            if len(self._lists) >= LISTS:
                self._lists.clear()
            made = self._lists[values] = encode(values)
        return made

    def _fresh(self) -> tuple[tuple[str, str, str], ...]:
        fresh = self._pieces.fresh
        rows = tuple((word.lower(), fold(word), self.words.word(word).lemma) for word in sorted(fresh))
        fresh.clear()
        return rows


def texts_of(found: Iterable[Entry]) -> dict[int, str]:
    """The texts of matters by their number, that of the front page (-1) first: what a record's own text is made of."""
    return dict(sorted((entry.item, entry.text) for entry in found if entry.level == "matter"))


def told(fate: Fate | None) -> str:
    """A fate as text that can be compared."""
    return json.dumps([fate.whole, sorted(fate.proposals.items())]) if fate else ""
