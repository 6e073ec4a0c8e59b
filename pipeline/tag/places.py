"""Which municipality, region or kommunalförbund a document belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from ..document import Span, Value
from .lexicon import LexiconHit
from .passages import Passage, of_kind
from .tables import Tables

_OFFICIAL = re.compile(
    r"s?[ \n]{1,2}(?:[Kk]ommun(?:s|en|ens)?|KOMMUN|[Ss]tads?|STAD|[Kk]ommunfullmäktige|[Kk]ommunstyrelse)\b"
)
_SEATED = re.compile(r"(?:[Kk]ommunfullmäktige|[Kk]ommunstyrelsen|KOMMUNFULLMÄKTIGE) i $")
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


_REGION = re.compile(r"\bRegion(?: [A-ZÅÄÖ][\wåäö]+){1,2}(?: län)?")


def _region(found: tuple[Passage, ...]) -> Value[tuple[str, str | None]] | None:
    """The region that a paper to a regionfullmäktige names most."""
    heads = of_kind(found, "meta", "furniture", "title", "stem")
    if not any(re.search(r"(?i)\bregion(fullmäktige|styrelsen)\b", p.text) for p in heads):
        return None
    named = [(m.group(), p.span(m.start(), m.end())) for p in found for m in _REGION.finditer(p.text)]
    for name, _ in Counter(name for name, _ in named).most_common(1):
        return Value((name, None), 0.85, (next(span for other, span in named if other == name),))
    return None


Look = Callable[[str], tuple[LexiconHit, ...]]


class Places:
    """Which municipality a document belongs to, by how and where it is named."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
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
        self.union = re.compile(
            r"\b((?:[A-ZÅÄÖ][\wåäö]*kommunalförbund(?:et)?|[A-ZÅÄÖ][\wåäö]*förbundet|Kommunalförbundet|"
            r"Tolkförmedling|Region|Landstinget|Räddningstjänsten)(?: (?:i )?[A-ZÅÄÖ][\wåäö]+){1,3}(?: län\b)?)"
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
            if official or self._alone(text, hit.entry.value, hit.start, hit.end):
                end = official.end() if official and official.end() > hit.end else hit.end
                yield hit.entry.value, hit.start, end, bool(official)

    def find(self, found: tuple[Passage, ...], look: Look) -> Value[tuple[str, str | None]] | None:
        """The municipality (name, code), or the region or kommunalförbund (name, None)."""
        union = self._union(found) or _region(found)
        if union:
            return union
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
                votes[name] = votes.get(name, 0.0) + weight * (3.0 if official else 0.5)
                at.setdefault(name, p.span(start, end))
        if not votes:
            return None
        (name, most), *others = sorted(votes.items(), key=lambda v: -v[1])
        share = most / (most + (others[0][1] if others else 0.0))
        if most < 1.0 and others:
            return None
        return Value((name, self.tables.municipalities.get(name)), min(0.98, 0.5 + share / 2), (at[name],))

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

    def _union(self, found: tuple[Passage, ...]) -> Value[tuple[str, str | None]] | None:
        for p in of_kind(found, "meta", "furniture"):
            m = self.union.search(p.text)
            if m and not re.search(r"\b(?:arbetsutskott|Sida|Datum)\b", m.group(1)):
                name = re.sub(
                    r" (?:Direktionen|Förbundsstyrelsen|Protokoll|Regionfullmäktige|Regionstyrelsen|Dnr|Datum).*$",
                    "",
                    m.group(1),
                )
                return Value((name, None), 0.85, (p.span(m.start(1), m.start(1) + len(name)),))
        counted = Counter(
            m.group(1)
            for p in found
            for m in self.union.finditer(p.text)
            if m.group(1).split()[0].endswith("förbundet")
        )
        for name, n in counted.most_common(1):
            bodies = any(
                re.search(r"\b(?:[Ff]örbundsstyrelsen|[Dd]irektionen)\b", p.text)
                for p in of_kind(found, "meta", "furniture")
            )
            if n >= 1 and bodies:
                p = next(p for p in found if name in p.text)
                return Value((name, None), 0.75, (p.span(p.text.find(name), p.text.find(name) + len(name)),))
        return None
