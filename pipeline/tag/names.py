"""Persons by the shape of their names: before party brackets, in lists, and standing bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .parties import _UP as UP
from .parties import BRACKET, PartyBook, PartyHit, Scope, split_codes

_LETTER = f"{UP}À-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĶŁĻŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
TOKEN = rf"(?:[{_LETTER}][\w'’´?]*(?:[-.][\w'’´?]+)*|[{_LETTER}]\.)"
NAME = rf"{TOKEN}(?: (?:(?:von|af|de|la|der|van|ben|bin|al|el|da|dos|di|du|le|ter|zu) ){{0,2}}{TOKEN}){{0,5}}"
_BEFORE = re.compile(rf"({NAME})[ ,/]{{0,2}}$")
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
    "bostads", "ab", "namn",
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

    def named(self, text: str) -> list[PartyHit]:
        """The parties that a text names by their names."""
        if text not in self.parties:
            self.parties[text] = self.book.named(text, self.scope)
        return self.parties[text]

    def given(self, token: str) -> bool:
        """Whether the token is, or begins as a double name with, a given name."""
        names = self.book.tables.given
        return token in names or (("-" in token) and token.split("-")[0] in names)


def clean(name: str) -> str:
    """A name as it should be printed: "Stefan.Jägnert" -> "Stefan Jägnert"."""
    return " ".join(re.sub(r"(?<=[a-zåäö])\.(?=[A-ZÅÄÖ])", " ", name).split())


def trim(name: str, start: int) -> tuple[str, int]:
    """Drop what stands before the name proper ("Ordförande Lisa Ek" -> "Lisa Ek"), with the new start."""
    tokens = [(m.group(), m.start()) for m in re.finditer(r"\S+", name)]
    first = 0
    for n, (token, _) in enumerate(tokens):
        if token.lower().strip(".,:") in _NOT_A_NAME and token != "de" and n < len(tokens) - 2:
            first = n + 1
    while len(tokens) > first + 1 and tokens[-1][0].lower().strip(".,:") in _NOT_A_NAME:
        tokens.pop()
    if tokens:
        name = name[: tokens[-1][1] + len(tokens[-1][0])]
    if tokens and tokens[first][0].lower().strip(".,:") in _NOT_A_NAME:
        return "", start
    return name[tokens[first][1] :], start + tokens[first][1]


def brackets(text: str, reading: Reading) -> list[Bracket]:
    """Every bracket that holds a party, with the person before it: (party, person, start, end)."""
    if text not in reading.seen:
        reading.seen[text] = list(_brackets(text, reading))
    return reading.seen[text]


def _brackets(text: str, reading: Reading) -> Iterator[Bracket]:
    for m in BRACKET.finditer(text):
        content = m.group(1) or m.group(2) or ""
        left = text[max(0, m.start() - 90) : m.start()].rstrip()
        found = _BEFORE.search(left)
        name, start = "", 0
        if found and "\n" not in found.group(1):
            offset = max(0, m.start() - 90)
            name, start = trim(found.group(1), offset + found.start(1))
        length, name = len(name), clean(name)
        named = len(name.split()) >= 2
        codes = split_codes(content)
        if len(codes) > 1:
            hits = [reading.book.code(c, reading.scope, after_name=False) for c in codes]
            if sum(c is not None for c, _ in hits) >= 2:  # in such company an unknown code is a local party's
                hits = [reading.book.code(c, reading.scope, after_name=True) for c in codes]
            if all(c for c, _ in hits):
                for c, sure in hits:
                    yield PartyHit(c or "", m.start(), m.end(), sure), None, m.start(), m.end()
            continue
        code, sure = reading.book.code(content, reading.scope, after_name=named)
        independent = content.strip(" .").lower() in {"-", "–", "—", "--", "pl", "vilde", "partilös", "oberoende"}
        if code is None and not (named and independent):
            continue
        if code is not None and not named and not _plausible(text, m.start()):
            continue
        party = PartyHit(code, m.start(), m.end(), sure) if code else None
        person = PersonHit(name, code, start, start + length, m.end(), sure) if named else None
        yield party, person, m.start(), m.end()


def _plausible(text: str, at: int) -> bool:
    """Whether a bracket without a full name before it can be a party: not at a line's start, not after a digit."""
    before = text[max(0, at - 24) : at].rstrip(" ")
    return bool(before) and before[-1] not in "\n.:;§0123456789" and not before.endswith("\n")


def persons(text: str, reading: Reading) -> list[PersonHit]:
    """Every person with a party bracket, and those who share one: "Ann Ek och Bo Ax (S)"."""
    if text not in reading.people:
        reading.people[text] = _persons(text, reading)
    return reading.people[text]


def _persons(text: str, reading: Reading) -> list[PersonHit]:
    found = [person for _, person, _, _ in brackets(text, reading) if person]
    shared: list[PersonHit] = []
    for hit in found:
        at = hit.start
        while True:
            base = max(0, at - 70)
            joined = _JOINED.search(text[base:at])
            if not joined:
                break
            name, start = trim(joined.group(1), base + joined.start(1))
            tokens = name.split()
            if (
                not 2 <= len(tokens) <= 4
                or not reading.given(tokens[0])
                or any(p.start <= start < p.after for p in found)
            ):
                break
            shared.append(PersonHit(name, hit.party, start, start + len(name), at, 0.7))
            at = start
    taken = [*found, *shared]
    return sorted([*taken, *_after_party(text, reading, taken)], key=lambda p: p.start)


_JOINED = re.compile(rf"(?<!\w)({NAME}) ?(?:,|och|samt|/) ?$")
_NEXT_NAME = re.compile(rf"(?: |, | och | samt )({NAME})(?! ?\(|[\w-])")


def _after_party(text: str, reading: Reading, taken: list[PersonHit]) -> list[PersonHit]:
    """Party before the names, without brackets: "Moderaterna Dick Berg och Anki Ek"."""
    made = []
    for party in reading.named(text):
        at = party.end
        while m := _NEXT_NAME.match(text, at):
            tokens = m.group(1).split()
            glued = at == party.end and m.group().startswith((",", " och", " samt"))
            if (
                glued
                or not 2 <= len(tokens) <= 4
                or not reading.given(tokens[0])
                or any(p.start <= m.start(1) < p.after for p in taken)
            ):
                break
            made.append(PersonHit(m.group(1), party.code, m.start(1), m.end(1), m.end(1), 0.85))
            at = m.end(1)
    return made


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
    r"ledamöterna|ledamoten)\s*)?$"
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
