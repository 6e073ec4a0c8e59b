"""Persons by the shape of their names, standing bare or in lists, and what is remembered of a document's texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .lexicon import LexiconHit
from .parties import _UP as UP
from .parties import PartyBook, PartyHit, Scope
from .statutes import Found

_LETTER = f"{UP}À-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĶŁĻŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
TOKEN = rf"(?:(?:(?:al|el|as|ad|ul|d|l)[-'’])?[{_LETTER}][\w'’´?]{{0,40}}(?:[-.][\w'’´?]{{1,40}}){{0,5}}|[{_LETTER}]\.)"
NAME = rf"{TOKEN}(?: (?:(?:von|af|de|la|der|van|ben|bin|al|el|da|dos|di|du|le|ter|zu) ){{0,2}}{TOKEN}){{0,5}}"
OTHERS = r"(?:m\.? ?fl\b\.?|med flera|m fl\b)"
_NOT_A_NAME = {
    "ordförande", "ordföranden", "vice", "ledamot", "ledamoten", "ledamöterna", "gruppledare", "gruppledaren",
    "kommunalråd", "kommunalrådet", "oppositionsråd", "oppositionsrådet", "motion", "motionen", "interpellation",
    "interpellationen", "fråga", "initiativ", "reservation", "yrkande", "från", "av", "vidare", "därefter", "även",
    "också", "samt", "och", "yrkar", "yrkade", "representanterna", "sekreterare", "sekreteraren", "justerare",
    "justeraren", "protokolljusterare", "protokollsjusterare", "tjänstgörande", "ersättare", "ersättaren",
    "ersättarna", "kommunstyrelsen", "kommunstyrelsens", "kommunfullmäktige", "kommunfullmäktiges",
    "regionfullmäktige", "fullmäktige", "nämnden", "nämndens", "borgarråd", "motionären", "motionärerna",
    "interpellanten", "herr", "fru", "genom", "för", "till", "med", "beslutande", "ersätter", "ledamöter",
    "ordinarie", "närvarande", "övriga", "svar", "anmälan", "remittering", "beredning", "ja", "nej", "ingen",
    "presidiet", "gruppen", "partiet", "enligt", "den", "det", "de", "i", "på", "om", "att", "socialdemokraterna",
    "moderaterna", "sverigedemokraterna", "centerpartiet", "vänsterpartiet", "kristdemokraterna", "liberalerna",
    "miljöpartiet", "demokraterna", "folkpartiet", "kommun", "stad", "region", "datum", "sida", "protokoll",
    "sammanträde", "beslut", "plats", "tid", "paragrafer", "underskrifter", "handläggare", "telefon", "dnr",
    "diarienummer", "bilaga", "nämndordförande", "kommunstyrelseordförande", "regionråd", "utses", "valdes",
    "frånvarande", "jäv", "votering", "omröstning", "ledamotens", "deltar", "avstår", "ledamot:", "fastighets",
    "bostads", "ab", "namn", "x",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person named at ``text[start:end]``, with the party and the end of its bracket when there is one."""

    name: str
    party: str | None
    start: int
    end: int
    after: int
    sure: float


Bracket = tuple[PartyHit | None, PersonHit | None, int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known before persons are read: parties, the scope, and the given names of the country.

    ``seen`` remembers what was read in a text of this document, since many rules ask again.
    """

    book: PartyBook
    scope: Scope
    seen: dict[str, list[Bracket]] = field(default_factory=dict)
    people: dict[str, list[PersonHit]] = field(default_factory=dict)
    parties: dict[str, list[PartyHit]] = field(default_factory=dict)
    looked: dict[str, tuple[LexiconHit, ...]] = field(default_factory=dict)
    statutes: dict[str, list[Found]] = field(default_factory=dict)
    bearers: dict[str, PersonHit] = field(default_factory=dict)

    def look(self, text: str) -> tuple[LexiconHit, ...]:
        """Every phrase of the tables in a text, in its order."""
        if text not in self.looked:
            self.looked[text] = tuple(self.book.lexicon.find(text))
        return self.looked[text]

    def named(self, text: str) -> list[PartyHit]:
        """The parties that a text names by their names."""
        if text not in self.parties:
            self.parties[text] = self.book.named(text, self.scope, self.look(text))
        return self.parties[text]

    def within(self, scope: Scope) -> Reading:
        """The same reading of the same texts, once place and date are known."""
        return Reading(self.book, scope, looked=self.looked)

    def calling(self, bearers: dict[str, PersonHit]) -> Reading:
        """The same reading, once it is known whom the text calls by title and surname."""
        if not bearers:
            return self
        return Reading(self.book, self.scope, seen=self.seen, parties=self.parties, looked=self.looked, bearers=bearers)

    def given(self, token: str) -> bool:
        """Whether the token is, or begins as a double name with, a given name."""
        names = self.book.tables.given
        return token in names or (("-" in token) and any(part in names for part in token.split("-")[:2]))


def clean(name: str) -> str:
    """A name as it should be printed: "Stefan.Jägnert" -> "Stefan Jägnert"."""
    return " ".join(re.sub(r"(?<=[a-zåäö])\.(?=[A-ZÅÄÖ])", " ", name).split())


def trim(name: str, start: int) -> tuple[str, int]:
    """Drop what stands before the name proper ("Ordförande Lisa Ek" -> "Lisa Ek"), with the new start."""
    tokens = [(m.group(), m.start()) for m in re.finditer(r"\S+", name)]
    first = 0
    for n, (token, _) in enumerate(tokens):
        low = token.lower().strip(".,:")
        if (low in _NOT_A_NAME or low.endswith("-ledamoten")) and token != "de" and n < len(tokens) - 2:
            first = n + 1
    while len(tokens) > first + 1 and tokens[-1][0].lower().strip(".,:") in _NOT_A_NAME:
        tokens.pop()
    if tokens:
        name = name[: tokens[-1][1] + len(tokens[-1][0])]
    if tokens and tokens[first][0].lower().strip(".,:") in _NOT_A_NAME:
        return "", start
    return name[tokens[first][1] :], start + tokens[first][1]


def bare(text: str, reading: Reading) -> list[PersonHit]:
    """Names without brackets: two to four capitalised words, the first a given name."""
    found = []
    for m in re.finditer(NAME, text):
        name, start = trim(m.group(), m.start())
        tokens = name.split()
        if 2 <= len(tokens) <= 5 and reading.given(tokens[0]) and not tokens[-1].isupper():
            found.append(PersonHit(name, None, start, start + len(name), start + len(name), 0.75))
    return found


_BETWEEN = re.compile(
    r"^(?:\s*,\s*(?:och |samt )?|\s*(?:och|samt|&|/)\s*|\s*,? med instämmande av |\s+)"
    r"(?:(?:tjänstgörande ersättar(?:e|en|na)|ordförande[n]?|(?:\d:[ae] |förste |andre )?vice ordförande[n]?|"
    r"ledamöterna|ledamoten|[a-zåäö]*(?:partisten|demokraten|moderaten|liberalen))\s*)?$"
)


def groups(text: str, people: Iterable[PersonHit]) -> list[list[PersonHit]]:
    """Persons joined into lists by commas and "och": each list is one subject."""
    made: list[list[PersonHit]] = []
    for person in people:
        if made and _BETWEEN.match(text[made[-1][-1].after : person.start]):
            made[-1].append(person)
        else:
            made.append([person])
    return made
