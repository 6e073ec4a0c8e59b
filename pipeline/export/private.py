"""What is private in a record: personnummer, private persons and their contact details.

Who acts in public office is not private; who raises a medborgarförslag is, whether the paper itself, a reply or minutes
name the person. In doubt a detail is private.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from ..citizens import NAME, STOPS, address_behind, citizens
from .handwritten import signed_names, written_details, written_names

Json = dict[str, Any]
Range = tuple[int, int]

PERSONNUMMER = re.compile(
    r"(?<![\d-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?P<between>[ ]?[-–+][ ]?|)"
    r"\d{4}(?![\d-])"
)
SIX_DIGITS = re.compile(r"\d{6}")
# Of UTF-8: a digit is 0, a byte that may begin another script's digit is x, all else is a blank.
DIGITS = bytes(48 if 48 <= byte < 58 else 120 if byte >= 0xC4 and byte != 0xE2 else 32 for byte in range(256))
EMAIL = re.compile(r"[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
MOBILE = re.compile(r"(?<![\d/-])(?:\+46|0046|0)[ -]?(?:\(0\)[ -]?)?7[02369](?:[ -]?\d){7}(?!\d)")
PHONE = re.compile(r"(?<![\d/-])0\d{1,3}[ -]\d{2,3}(?:[ -]?\d{2}){1,3}(?!\d)")
STREET = re.compile(
    r"\b[A-ZÅÄÖ][\w-]*(?:[ ][\w-]+)?(?:gata|gatan|väg|vägen|gränd|gränden|stig|stigen|torg|torget|plan|backe|backen|"
    r"allé|allén|vagen|vag)[ ]\d+[ ]?[A-Za-z]?\b(?:[ ]?(?:lgh|tr)[ ]?\d*)?"
    r"(?P<post>[,\s]{1,3}\d{3}[ ]?\d{2}[ ][A-ZÅÄÖ][\w-]+)?"
)
ADDRESS_LINE = re.compile(r"^[ \t]*(?:Adress|Postadress|Gatuadress|Bostadsadress)[ \t:.]+(?P<address>\S.*)$", re.M)
CONTACT_LINE = re.compile(  # whatever stands behind the label: OCR may have made a W of the at sign
    r"^[ \t]*(?:E-?post(?:adress)?|E-?mail|Mejl|Mail|Telefon(?:nummer)?|Tel|Tfn|Mobil(?:telefon|nummer)?)"
    r"(?:[ \t]*[:.]+[ \t]*|[ \t]+)(?P<contact>\S.*)$",
    re.M | re.I,
)
DETAIL = re.compile(r"\d[\d -]{4,}|\.(?:se|com|nu|net|org|eu)\b|@")  # "Mail skickas till alla" is none
BROKEN_EMAIL = re.compile(r"\b[\w.+-]{3,}(?:[@©®]|[WQ](?=[a-z]))[ ]?[\w-]+(?:\.[\w-]+)*\.(?:se|com|nu|net|org|eu)\b")
OFFICIAL_WORDS = re.compile(r"kommun|region|riksdag|myndighet|landsting|partiet|forbund|lansstyrelse|regeringskansliet")
PARTY_DOMAINS = frozenset(
    "sd sap socialdemokraterna moderaterna moderat centerpartiet vansterpartiet liberalerna kristdemokraterna "
    "kristdemokrat mp miljopartiet feministisktinitiativ".split()
)
CITIZENS = frozenset({"medborgarforslag"})  # kinds of document that a private person writes
SHORTEST_NAME = 3
BLOCK = "█"  # what one hidden character becomes
WITH_PARTY = re.compile(rf"({NAME})\s*,?\s*\((?:[A-ZÅÄÖ]{{1,4}}|[A-ZÅÄÖ][a-zåäö]{{1,2}})\)")


def hide(text: str) -> str:
    """The text with every letter, digit and sign hidden; spaces stay.

    >>> hide("Anna Ek")
    '████ ██'
    """
    return re.sub(r"\S", BLOCK, text)


def luhn(digits: str) -> bool:
    """Whether the last ten digits are a personnummer by its check digit.

    >>> luhn("8112189876"), luhn("8112189875")
    (True, False)
    """
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(digits[-10:]))
    return total % 10 == 0


def personnummer(text: str) -> Iterator[Range]:
    """Every personnummer of a text; without its hyphen only where the check digit is right.

    >>> list(personnummer("född 811218-9876, tel 8112189875"))
    [(5, 16)]
    """
    for match in PERSONNUMMER.finditer(text) if _may_have_six_digits(text) else ():
        if match["between"] or luhn(re.sub(r"\D", "", match[0])):
            yield match.span()


def _may_have_six_digits(text: str) -> bool:
    """Whether six digits may stand side by side: most texts are done with here, at a sixth of the search's time."""
    shape = text.encode("utf-8", "surrogatepass").translate(DIGITS)
    return b"000000" in shape or (b"x" in shape and SIX_DIGITS.search(text) is not None)


def contacts(text: str, kind: str) -> Iterator[Range]:
    """Every private contact detail of a text: addresses not of a public body, mobile numbers; in a citizen's paper
    every telephone number and street address too.

    >>> text = "Skriv till anna@exempel.se eller kommun@huddinge.se, 070-123 45 67 eller 08-535 300 00"
    >>> [text[a:b] for a, b in contacts(text, "motion")]
    ['anna@exempel.se', '070-123 45 67']
    >>> text = "Adress Hittade vägen 14, 952 99 Kalix"
    >>> [text[a:b] for a, b in contacts(text, "medborgarforslag")][-1]
    'Hittade vägen 14, 952 99 Kalix'
    >>> text = "E-post anna.ekWexample.se"
    >>> [text[a:b] for a, b in contacts(text, "medborgarforslag")][0]
    'anna.ekWexample.se'
    """
    if "@" in text:
        yield from (m.span() for m in EMAIL.finditer(text) if not is_official(m["domain"]))
    if "07" in text or "+46" in text or "0046" in text:
        yield from (m.span() for m in MOBILE.finditer(text))
    if kind in CITIZENS:
        yield from (m.span() for m in PHONE.finditer(text))
        yield from (m.span() for m in STREET.finditer(text))
        yield from (m.span("address") for m in ADDRESS_LINE.finditer(text))
        yield from (m.span("contact") for m in CONTACT_LINE.finditer(text) if DETAIL.search(m["contact"]))
        yield from (m.span() for m in BROKEN_EMAIL.finditer(text))
        yield from written_details(text)


def is_private_contact(text: str, kind: str) -> bool:
    """Whether a contact detail that was tagged is private: always in a citizen's paper."""
    return kind in CITIZENS or any(True for _ in contacts(text, kind))


def is_official(domain: str) -> bool:
    """Whether a mail domain belongs to a municipality, a region, an authority or a party.

    >>> is_official("huddinge.se"), is_official("buf.goteborg.se"), is_official("exempel.se")
    (True, True, False)
    """
    folded = "".join(c for c in unicodedata.normalize("NFD", domain.lower()) if not unicodedata.combining(c))
    labels = folded.split(".")[:-1]
    return any(label in _municipalities() or label in PARTY_DOMAINS for label in labels) or bool(
        OFFICIAL_WORDS.search(folded)
    )


@lru_cache(maxsize=1)
def _municipalities() -> frozenset[str]:
    """The names of all municipalities as they stand in domains."""
    table = resources.files("pipeline").joinpath("tables", "municipalities.tsv").read_text(encoding="utf-8")
    names = {row["name"].lower() for row in csv.DictReader(table.splitlines(), delimiter="\t")}
    folded = {"".join(c for c in unicodedata.normalize("NFD", n) if not unicodedata.combining(c)) for n in names}
    return frozenset(name.replace(" ", joint) for name in folded for joint in ("", "-"))


def is_private_author(author: Json) -> bool:
    """Whether an author of a case is a private person; cases of earlier versions do not say, and there whoever has no
    party may be."""
    return bool(author.get("private", author["party"] is None))


def private_people(record: Json) -> list[Json]:
    """Everybody in the record who is marked private."""
    return [person for person in _people(record) if person.get("private")]


def _people(record: Json) -> list[Json]:
    people = [*record["signatories"], *record["attendance"]]
    for item in record["items"]:
        people += [*item["motion_authors"], *item["reservations"]]
    return people


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns for private persons' names: each whole, and each part of one that no public person bears."""

    whole: tuple[re.Pattern[str], ...] = ()
    parts: tuple[re.Pattern[str], ...] = ()
    words: tuple[str, ...] = ()  # the parts themselves, in lower case

    def __iter__(self) -> Iterator[re.Pattern[str]]:
        return iter((*self.whole, *self.parts))


def private_names(record: Json) -> Names:
    """The names of all private persons: who is marked so, who wrote a citizen's paper by its own labels and signature,
    and whom the wording of any paper tells as having raised a citizen's proposal."""
    texts = {record["text"]["raw"], record["text"]["repaired"]}
    known = {person["name"] for person in _people(record) if not person.get("private")}
    names = {person["name"] for person in private_people(record)}
    for text in texts:
        names |= {citizen.name for citizen in citizens(text)} - known
        if record["kind"] in CITIZENS:
            names |= written_names(text)
    if record["kind"] in CITIZENS:
        names |= set(signed_names(_signed_lines(record)))
    return (
        names_of(names, known | {match[1] for text in texts for match in WITH_PARTY.finditer(text)})
        if names
        else Names()
    )


def names_of(names: Iterable[str], public: Iterable[str] = ()) -> Names:
    """Patterns for these names; parts that stand in a public person's name too are left alone."""
    names = {name for name in names if BLOCK not in name and len(name) >= SHORTEST_NAME}
    known = {part.lower() for name in public for part in name.split()}
    split = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) >= SHORTEST_NAME}
    parts = sorted(part for part in split if part.lower() not in known and part.lower() not in STOPS)
    whole = [r"(?:\s+|[_-])".join(map(_with_or_without_dots, name.split())) for name in sorted(names) if " " in name]
    single = [rf"(?<![^\W_]){_with_or_without_dots(part)}s?(?![^\W_])" for part in parts]
    ends = "(?:s(?![a-zåäöé])|(?![a-zåäöé]))"  # also where the next word is run on to it
    return Names(
        tuple(re.compile(f"(?i:{form}){ends}") for form in whole),
        tuple(map(re.compile, single)),
        tuple(part.lower() for part in parts),
    )


def _signed_lines(record: Json) -> list[str]:
    """The cells of the sections that are signatures."""
    sections = [*record["sections"], *(section for item in record["items"] for section in item["sections"])]
    ranges = [at["repaired"] for section in sections if section["kind"] == "signature" for at in section["at"]]
    return [cell for start, end in ranges for cell in re.split(r"\n|[ \t]{2,}", record["text"]["repaired"][start:end])]


def addresses(text: str, names: Names) -> Iterator[Range]:
    """The addresses that stand behind a private person's name, and where else each of them with a number stands."""
    found = {span for name in names.whole for m in name.finditer(text) if (span := address_behind(text, m.end()))}
    yield from found
    numbered = {re.split(r",|\n", text[start:end])[0].strip() for start, end in found}
    for address in sorted(a for a in numbered if re.search(r"[^\W\d_]{3}.*\d", a)):
        yield from (m.span() for m in re.finditer(r"\s+".join(map(re.escape, address.split())) + r"(?!\w)", text))


def _with_or_without_dots(name: str) -> str:
    """A pattern for a name as it is written, and as a machine without å, ä and ö writes it.

    >>> bool(re.fullmatch(_with_or_without_dots("Åkerlöf"), "Akerlof"))
    True
    """
    likely = {"å": "[åa]", "ä": "[äa]", "ö": "[öo]", "é": "[ée]", "Å": "[ÅA]", "Ä": "[ÄA]", "Ö": "[ÖO]"}
    return "".join(likely.get(letter, re.escape(letter)) for letter in name)
