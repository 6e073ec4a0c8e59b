"""Persons with their party: before a bracket, sharing one, with a code between commas, behind the party's name."""

from __future__ import annotations

import re

from .honorifics import called
from .names import NAME, PersonHit, Reading, trim
from .party_brackets import brackets


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
    taken += called(text, reading.bearers, taken)
    return sorted([*taken, *_after_party(text, reading, taken)], key=lambda p: p.start)


# One party said of all that are named: "Ann Ek, Bo Ax och Cia Al, samtliga (M)", "Ann Ek och Bo Ax (båda S)".
_ALL_OF = re.compile(r",? \(?(?:samtliga|alla|båda|bägge)(?: för| från)? \(?([A-ZÅÄÖa-zåäö]{1,4})\)")
_ALL_OF_NAMED = re.compile(r",? \(?(?:samtliga|alla|båda|bägge)(?: för| från)? $")
# The code without its brackets: "Ann Ek, S, yrkar", "Bo Ax, SJVP, har".
_WITH_CODE_QUICK = re.compile(r", [A-ZÅÄÖ]{1,5}(?=,|\n|\)|\.?$| (?:och|samt|har|yrkar|yrkade|föreslår|reserverar)\b)")
_WITH_CODE = re.compile(
    rf"(?<!\w)({NAME}), ([A-ZÅÄÖ]{{1,5}})(?=,|\n|\)|\.?$| (?:och|samt|har|yrkar|yrkade|föreslår|reserverar)\b)"
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
