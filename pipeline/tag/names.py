"""Persons by the shape of their names: before party brackets, in lists, and standing bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .lexicon import LexiconHit
from .parties import _UP as UP
from .parties import BRACKET, INDEPENDENT, PartyBook, PartyHit, Scope, split_codes
from .statutes import Found

_LETTER = f"{UP}À-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĶŁĻŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
TOKEN = rf"(?:(?:(?:al|el|as|ad|ul|d|l)[-'’])?[{_LETTER}][\w'’´?]*(?:[-.][\w'’´?]+)*|[{_LETTER}]\.)"
NAME = rf"{TOKEN}(?: (?:(?:von|af|de|la|der|van|ben|bin|al|el|da|dos|di|du|le|ter|zu) ){{0,2}}{TOKEN}){{0,5}}"
OTHERS = r"(?:m\.? ?fl\b\.?|med flera|m fl\b)"
_BEFORE = re.compile(rf"({NAME})(?:,? {OTHERS})?[ ,/]{{0,2}}$")
# Words in which the name of a house, a project or a local party ends or begins; a code behind it is its abbreviation.
_NO_PERSON = re.compile(
    r"(?:skolan|tjänsten|förbundet|förbund|huset|bolaget|centrum|verket|nämnden|rådet|föreningen|projektet|akademin|"
    r"gruppen|planen|programmet|leden|museet|biblioteket|högskolan|universitetet|sjukhuset|polisen|myndigheten)$"
)
_PARTY_ENDS = ("partiet", "listan", "demokraterna", "alternativet", "väl", "bästa", "framtid", "lista", "vilja")
_LOCAL_PARTY = re.compile(
    r"(?:^|[ (])((?:[A-ZÅÄÖ][\wåäö-]+ (?:för |i )?){0,3}"
    r"(?:[A-ZÅÄÖ][\wåäö-]*(?:partiet|listan|demokraterna|alternativet)|"
    r"(?:[A-ZÅÄÖ][\wåäö-]+ )(?:[Vv]äl|[Bb]ästa|[Ff]ramtid|[Ll]ista|[Vv]ilja))) $"
)
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
    looked: dict[str, tuple[LexiconHit, ...]] = field(default_factory=dict)
    statutes: dict[str, list[Found]] = field(default_factory=dict)

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
        lead = text[max(0, m.start() - 60) : m.start()]
        local = _LOCAL_PARTY.search(lead) if lead.rstrip().lower().endswith(_PARTY_ENDS) else None
        if local and re.fullmatch(r"[A-ZÅÄÖ][A-ZÅÄÖa-zåäö]{0,5}", content):
            known = reading.book.full.get(local.group(1).lower())
            code = reading.book.canonical(known.code, reading.scope) if known else content.upper()
            yield PartyHit(code, m.start(), m.end(), 0.9), None, m.start(), m.end()
            continue
        if len(codes) == 1 and (raised := _OF_A_LIST.search(left)) and _initials(raised.group(1)) == content:
            yield PartyHit(content, m.start(), m.end(), 0.8), None, m.start(), m.end()
            continue
        if len(codes) > 1:
            hits = [reading.book.code(c, reading.scope, after_name=False) for c in codes]
            if sum(c is not None for c, _ in hits) >= 2:  # in such company an unknown code is a local party's
                hits = [reading.book.code(c, reading.scope, after_name=True) for c in codes]
            if all(c for c, _ in hits):
                for c, sure in hits:
                    yield PartyHit(c or "", m.start(), m.end(), sure), None, m.start(), m.end()
            continue
        surname = bool(_SURNAME.search(left)) and len(content) > 1
        code, sure = reading.book.code(content, reading.scope, after_name=named or (surname and content.islower()))
        if named and code and sure < 0.8 and _abbreviates(content, name, reading):
            continue
        independent = content.strip(" .").lower() in INDEPENDENT
        if code is None and not (named and independent):
            continue
        if code is not None and not named and not _plausible(text, m.start(), m.end()):
            continue
        party = PartyHit(code, m.start(), m.end(), sure) if code else None
        person = PersonHit(name, code, start, start + length, m.end(), sure) if named else None
        yield party, person, m.start(), m.end()


# A list that no table knows raises something: "motion från Folkets kust (FK)".
_OF_A_LIST = re.compile(
    r"\b(?i:motion(?:en)?|interpellation(?:en)?|initiativ(?:et)?|yrkande(?:t)?|fråga(?:n)?|reservation(?:en)?)"
    r"(?: väckt)? (?:från|av) ([A-ZÅÄÖ][\w-]+(?: [\w-]+){1,3})$"
)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()).upper()


def _abbreviates(code: str, name: str, reading: Reading) -> bool:
    """Whether an unknown code is the abbreviation of a name that is no person's: "Stora Teatern (ST)"."""
    tokens = name.split()
    if reading.given(tokens[0]):
        return False
    initials = "".join(t[0] for t in tokens)
    return (
        bool(_NO_PERSON.search(tokens[0].lower()) or _NO_PERSON.search(tokens[-1].lower())) or initials == code.upper()
    )


# A surname by itself in a list: "Ja röstar: Ek, Nordin (mp) och Alm (c)".
_SURNAME = re.compile(r"(?:[,:]|\boch|\bsamt) [A-ZÅÄÖ][a-zåäöé]{2,}$")
_LISTED = re.compile(r"(?:,| och| samt)+ ?\([A-ZÅÄÖ]{1,2}\)")


def _plausible(text: str, at: int, end: int) -> bool:
    """Whether a bracket without a full name before it can be a party: not at a line's start, not after a digit."""
    before = text[max(0, at - 24) : at].rstrip(" ")
    if not before or before[-1] in "\n":
        return bool(_LISTED.match(text, end))
    return before[-1] not in ".:;§0123456789"


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
            left = text[base:at]
            joined = _JOINED.search(left) if left.rstrip().endswith((",", "och", "samt", "/", "&")) else None
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
    taken += _of_one_party(text, reading, taken)
    taken += _with_code(text, reading, taken)
    return sorted([*taken, *_after_party(text, reading, taken)], key=lambda p: p.start)


# One party said of all that are named: "Ann Ek, Bo Ax och Cia Al, samtliga (M)", "Ann Ek och Bo Ax (båda S)".
_ALL_OF = re.compile(r",? \(?(?:samtliga|alla|båda|bägge)(?: för| från)? \(?([A-ZÅÄÖa-zåäö]{1,4})\)")
_ALL_OF_NAMED = re.compile(r",? \(?(?:samtliga|alla|båda|bägge)(?: för| från)? $")
# The code without its brackets: "Ann Ek, S, yrkar", "Bo Ax, SJVP, har".
_WITH_CODE_QUICK = re.compile(r", [A-ZÅÄÖ]{1,5}(?=,|\n|\.?$| (?:och|samt|har|yrkar|yrkade|föreslår|reserverar)\b)")
_WITH_CODE = re.compile(
    rf"(?<!\w)({NAME}), ([A-ZÅÄÖ]{{1,5}})(?=,|\n|\.?$| (?:och|samt|har|yrkar|yrkade|föreslår|reserverar)\b)"
)
_LAST_NAME = re.compile(rf"(?<!\w)({NAME})(?:,| och| samt)? ?$")


def _of_one_party(text: str, reading: Reading, taken: list[PersonHit]) -> list[PersonHit]:
    """The names before a bracket that tells the party of them all."""
    made: list[PersonHit] = []
    told = [(m.start(), m.end(), reading.book.code(m.group(1), reading.scope, after_name=True))
            for m in _ALL_OF.finditer(text)]  # fmt: skip
    told += [
        (all_of.start(), hit.end, (hit.code, 0.85))
        for hit in reading.named(text)
        if (all_of := _ALL_OF_NAMED.search(text, max(0, hit.start - 24), hit.start))
    ]
    for begin, end_of, (code, sure) in told:
        at, after = begin, end_of
        while code and (left := _LAST_NAME.search(text, max(0, at - 60), at)):
            name, start = trim(left.group(1), left.start(1))
            tokens = name.split()
            if not 2 <= len(tokens) <= 4 or not reading.given(tokens[0]) or any(p.start == start for p in taken):
                break
            end = start + len(name)
            made.append(PersonHit(name, code, start, end, after or end, min(sure, 0.85)))
            at, after = start, 0
    return made


def _with_code(text: str, reading: Reading, taken: list[PersonHit]) -> list[PersonHit]:
    """Names with the code of a party that is known here, between commas."""
    made: list[PersonHit] = []
    for m in _WITH_CODE.finditer(text) if _WITH_CODE_QUICK.search(text) else ():
        name, start = trim(m.group(1), m.start(1))
        tokens = name.split()
        local = len(m.group(2)) > 2  # "Ann Ek, VD, har" names no party
        code, sure = reading.book.code(m.group(2), reading.scope, after_name=local)
        if code and 2 <= len(tokens) <= 4 and reading.given(tokens[0]) and all(p.start != start for p in taken):
            made.append(PersonHit(name, code, start, start + len(name), m.end(), min(sure, 0.85)))
    return made


_JOINED = re.compile(rf"(?<!\w)({NAME}) ?(?:,|och|samt|/|&) ?$")
_NEXT_NAME = re.compile(
    rf"(?: |, | och | samt |: |s?(?: [\wåäö]*grupp(?:en)?)?(?: i [A-ZÅÄÖ][\wåäö]+)?,? genom )({NAME})(?! ?\(|[\w-])"
)
_NAME_COMMA = re.compile(rf"(?<!\w)({NAME}), (?:för )?$")
_ENDS = re.compile(r"\s*(?:[,.;)\n]|$|och\b|samt\b)")


def _after_party(text: str, reading: Reading, taken: list[PersonHit]) -> list[PersonHit]:
    """Party without brackets, before the names ("Moderaterna Dick Berg och Anki Ek") or behind one and a comma."""
    made: list[PersonHit] = []

    def sound(tokens: list[str], start: int) -> bool:
        free = not any(p.start <= start < p.after for p in [*taken, *made])
        return free and 2 <= len(tokens) <= 4 and reading.given(tokens[0])

    for party in reading.named(text):
        joined = text[max(0, party.start - 6) : party.start].endswith((", ", ", för "))
        left = _NAME_COMMA.search(text[max(0, party.start - 70) : party.start]) if joined else None
        if left and _ENDS.match(text, party.end):
            name, start = trim(left.group(1), max(0, party.start - 70) + left.start(1))
            if sound(name.split(), start):
                made.append(PersonHit(name, party.code, start, start + len(name), party.end, 0.85))
                continue
        at = party.end
        while m := _NEXT_NAME.match(text, at):
            first = at == party.end
            glued = (first and m.group().startswith((",", " och", " samt")) and " genom " not in m.group()) or (
                not first and m.group()[0] not in ", "
            )
            if glued or not sound(m.group(1).split(), m.start(1)):
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
