"""What is private in a record: personnummer, private persons and their contact details.

Who acts in public office is not private; who writes a medborgarförslag is. In doubt a detail is private.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

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


def private_people(record: Json) -> list[Json]:
    """Everybody in the record who is marked private."""
    people = [*record["signatories"], *record["attendance"]]
    for item in record["items"]:
        people += [*item["motion_authors"], *item["reservations"]]
    return [person for person in people if person.get("private")]


def private_names(record: Json) -> list[re.Pattern[str]]:
    """Patterns for every private person's name: the whole name, and each part of it that no public person bears."""
    people = private_people(record)
    if not people:
        return []
    public = {
        part.lower()
        for group in (record["signatories"], record["attendance"], *(i["motion_authors"] for i in record["items"]))
        for person in group
        if not person.get("private")
        for part in person["name"].split()
    }
    names = {person["name"] for person in people}
    parts = {part for name in names for part in re.split(r"[\s-]+", name) if len(part) >= SHORTEST_NAME}
    whole = [re.compile(r"\s+".join(map(_with_or_without_dots, name.split())), re.IGNORECASE) for name in sorted(names)]
    single = [
        re.compile(rf"\b{_with_or_without_dots(part)}s?\b") for part in sorted(parts) if part.lower() not in public
    ]
    return [*whole, *single]


def _with_or_without_dots(name: str) -> str:
    """A pattern for a name as it is written, and as a machine without å, ä and ö writes it.

    >>> bool(re.fullmatch(_with_or_without_dots("Åkerlöf"), "Akerlof"))
    True
    """
    likely = {"å": "[åa]", "ä": "[äa]", "ö": "[öo]", "é": "[ée]", "Å": "[ÅA]", "Ä": "[ÄA]", "Ö": "[ÖO]"}
    return "".join(likely.get(letter, re.escape(letter)) for letter in name)
