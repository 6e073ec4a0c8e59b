"""Which municipality, region or kommunalförbund a document belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from ..document import Note, Outline, Span, Value
from .lexicon import LexiconHit
from .passages import Passage, of_kind
from .profiles import Sign, forms
from .regions import region, union
from .tables import Tables

_OFFICIAL = re.compile(
    r"s?[ \n]{1,2}(?:[Kk]ommun(?:s|en|ens)?|KOMMUN|[Ss]tads?|STAD|[Kk]ommunfullmäktige|[Kk]ommunstyrelse)\b"
)
# What another municipality has done is told as an example; one's own is named so as well, and in other ways besides.
_EXAMPLE = re.compile(r"\s+(?:har|hade|inrättade|införde|började|startade|testade)\b")
_SEATED = re.compile(r"(?:[Kk]ommunfullmäktige|[Kk]ommunstyrelsen|KOMMUNFULLMÄKTIGE) i $")
_OF_PARTY = re.compile(r"(?:^|\n)\w*(?:partiet|demokraterna|[Mm]oderaterna|[Ll]iberalerna|MODERATERNA|LIBERALERNA) i $")
_OWN_NAME = re.compile(r"(?:^|\n)([A-ZÅÄÖ][\wåäöÅÄÖ-]+?)s? (?:[Kk]ommun|KOMMUN|[Ss]tad|STAD)\b")
BY_FORM = 0.8  # a municipality that is told by the paper's form alone is never surer than this
_AMBIGUOUS = frozenset(
    ("Mark", "Berg", "Kil", "Vara", "Ale", "Eda", "Sala", "Nora", "Mora", "Lund", "Åre", "Salem", "Sunne")
)


# Party names that are ordinary words elsewhere, or the name of other parties too.
_PLAIN_NAMES = ("Demokraterna", "Kommunens bästa", "Folkets väl", "Vår Framtid", "Kommunens Väl", "Kommunlistan")


_WEIGHTS = {
    "furniture": 3.0,
    "meta": 4.0,
    "signature": 4.0,
    "title": 2.0,
    "stem": 2.0,
    "basis": 0.4,
    "distribution": 0.4,
    "toc": 0.5,
}


_PROSE = frozenset({"background", "motivation"})

Look = Callable[[str], tuple[LexiconHit, ...]]


def unnamed(outline: Outline, place: Value[tuple[str, str | None]] | None) -> tuple[Note, ...]:
    """A note where the municipality is not named in the document, and was told by its form."""
    if place is None:
        return ()
    texts = (outline.transcript.text[span.start : span.end] for span in place.at)
    if any(place.value[0].lower() in text.lower() for text in texts) or place.value[1] is None:
        return ()
    at = tuple(outline.transcript.to_raw(span) for span in place.at)
    return (Note("tag.municipality-by-form", f"{place.value[0]} is not named; the paper's form is its.", at),)


class Places:
    """Which municipality a document belongs to, by how and where it is named."""

    def __init__(self, tables: Tables, signs: tuple[Sign, ...] = ()) -> None:
        self.tables = tables
        self.signs = signs
        self.lower = {name.lower(): name for name in tables.municipalities if name not in _AMBIGUOUS}
        shared = Counter(row.name for row in tables.parties)
        # A party of one municipality names it too, when its name is its alone.
        self.parties = {
            (row.code, v): row.scope[0]
            for row in tables.parties
            if len(row.scope) == 1 and row.scope[0] in tables.municipalities
            if shared[row.name] == 1 and row.name not in _PLAIN_NAMES
            for v in row.variants
        }
        self.members = re.compile(
            r"\b(?:kommunerna|städerna|kommuner som|[Ll]ikt|till exempel|i bland annat|"
            r"[Ii] exempelvis)\b[^.\n]{0,160}"
        )

    def named(self, text: str, looked: Iterable[LexiconHit]) -> Iterator[tuple[str, int, int, bool]]:
        """(name, start, end, official): every municipality in the text; official is "X kommun" or "X stad"."""
        for hit in looked:
            if hit.entry.type != "MUNICIPALITY":
                continue
            printed = text[hit.start : hit.end]
            if not printed[0].isupper():
                continue
            official = _OFFICIAL.match(text, hit.end - (printed[-1] == "s")) or _SEATED.search(text[: hit.start])
            if (
                official
                or _OF_PARTY.search(text[: hit.start])
                or self._alone(text, hit.entry.value, hit.start, hit.end)
            ):
                end = official.end() if official and official.end() > hit.end else hit.end
                yield hit.entry.value, hit.start, end, bool(official)

    def find(self, found: tuple[Passage, ...], look: Look) -> Value[tuple[str, str | None]] | None:
        """The municipality (name, code), or the region or kommunalförbund (name, None)."""
        other = region(found, self.tables) or union(found)
        if other:
            return other
        votes: dict[str, float] = {}
        at: dict[str, Span] = {}
        for p in found:
            weight = _WEIGHTS.get(p.kind, 1.0)
            looked = look(p.text)
            listed = [m.span() for m in self.members.finditer(p.text)]
            for name, start, end in self._local_parties(looked):
                votes[name] = votes.get(name, 0.0) + weight * 2.0
                at.setdefault(name, p.span(start, end))
            for name, start, end, official in self.named(p.text, looked):
                if any(a <= start < b for a, b in listed):
                    continue
                told = p.kind in _PROSE and _EXAMPLE.match(p.text, end)
                votes[name] = votes.get(name, 0.0) + weight * (3.0 if official and not told else 0.5)
                at.setdefault(name, p.span(start, end))
        named = set(votes)
        for form in forms(found, self.signs, self.lower) if not self._letterhead(found) else ():
            votes[form.municipality] = votes.get(form.municipality, 0.0) + form.weight
            at.setdefault(form.municipality, form.at)
        if not votes:
            return None
        (name, most), *others = sorted(votes.items(), key=lambda v: -v[1])
        share = most / (most + (others[0][1] if others else 0.0))
        if most < 1.0 and (others or name not in named):
            return None
        most_sure = 0.98 if name in named else BY_FORM
        return Value((name, self.tables.municipalities.get(name)), min(most_sure, 0.5 + share / 2), (at[name],))

    def _letterhead(self, found: tuple[Passage, ...]) -> bool:
        """Whether a municipality that no table knows names itself in the head: its form is nobody else's."""
        heads = (m for p in of_kind(found, "meta", "furniture") for m in _OWN_NAME.finditer(p.text))
        return any(m[1].title() not in self.tables.municipalities for m in heads)

    def _local_parties(self, looked: Iterable[LexiconHit]) -> Iterator[tuple[str, int, int]]:
        """Parties of one municipality name it too, when their name is theirs alone."""
        for hit in looked:
            name = self.parties.get((hit.entry.value, hit.entry.form)) if hit.entry.type == "PARTY" else None
            if name:
                yield name, hit.start, hit.end

    def _alone(self, text: str, name: str, start: int, end: int) -> bool:
        """Whether a bare place name is the place and not a surname, a street or a word at a sentence's head."""
        if name in _AMBIGUOUS:
            return False
        before, after = text[max(0, start - 14) : start], text[end : end + 3]
        if re.match(
            r" (?:[Uu]niversitet|[Hh]ögskola|tingsrätt|hovrätt|stift|[Ll]än|AB\b|FF\b|IF\b)", text[end : end + 14]
        ):
            return False
        return not re.search(r"[A-ZÅÄÖ][a-zåäö-]+ $", before) and not re.match(r" \(|-[a-z]", after)
