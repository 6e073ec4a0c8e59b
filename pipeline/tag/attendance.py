"""Who was there: members, substitutes and officials of the attendance block, and who stood in for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from ..document import Person
from .names import NAME, PersonHit, Reading, bare, trim
from .party_persons import persons
from .passages import Passage, of_kind
from .signature_cells import cell_names, columns, inside, printed_lines

# What a heading of the block says of the names under it or behind it; the longer form first.
_HEADINGS = (
    (r"(?:ej|icke) tjänstgörande ersättare|närvarande (?:ersättare|ej tjänstgörande)|övriga ersättare", "ersättare"),
    (r"(?:ledamöter och )tjänstgörande ersättare", "tjänstgörande"),
    (r"tjänstgörande ersättare", "tjänstgörande ersättare"),
    (r"(?:icke närvarande|frånvarande|förhindrade?|anmält förhinder)(?: ledamöter)?", "frånvarande"),
    (r"övriga(?: närvarande| deltagande| deltagare)|tjänstemän|tjänstepersoner|även närvarande", "övrig"),
    (r"ersättare", "ersättare"),
    (r"beslutande(?: ledamöter)?|närvarande(?: ledamöter)?|(?:ordinarie )?ledamöter", "tjänstgörande"),
)
_HEADING = re.compile(rf"(?i)(?:{'|'.join(f'(?P<h{n}>{form})' for n, (form, _) in enumerate(_HEADINGS))})(?=$|:|\s)")
_ROLE = r"(?:(?:\d:[aev] |förste |första |andre |andra |tredje )?(?:vice |v\.? ?)?(?:ordförande|ordf\b\.?))"
_ROLE_AFTER = re.compile(rf"(?i),? ?\(?({_ROLE})")
_ROLE_BEFORE = re.compile(rf"(?i)({_ROLE})[ :,]{{1,3}}$")
_STANDS_IN = re.compile(
    r"(?i),? ?(?:§§? ?[\d–, -]+,? ?)?(?:ersätter|(?:tjänstgörande |tjg\.? ?)ers(?:ättare|\.)?(?: för)?|"
    r"ersättare för|tjänstgör (?:som ersättare )?för|i stället för|istället för)(?: §§? ?[\d–, -]+)? ?$"
)
_FOR = re.compile(r",? för $")
_REPLACED = re.compile(r"(?i),? ?(?:§§? ?[\d–, -]+,? ?)?ersätts av (?:tjänstgörande ersättaren )?$")
_SUBSTITUTE = re.compile(r"(?i),? ?(?:ersätter|tjänstgörande ersättare|tjg\.? ?ers)\b")
# Party behind a comma, as older lists print it: "Anna Berg, s, ordförande".
_COMMA_PARTY = re.compile(
    rf"({NAME}), ?(s|m|c|fp|kd|kds|v|vpk|mp|nyd|sd|l|S|M|C|FP|KD|V|MP|SD|L)(?=[,;\n]|$| §| [A-ZÅÄÖ]| ordf)"
)


def attendance(
    found: tuple[Passage, ...], text: str, reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """The members and substitutes of the attendance block, with role, status and whom they replace."""
    made: dict[str, Person] = {}
    for p in of_kind(found, "attendance"):
        listed = [*persons(p.text, reading), *_after_commas(p.text, reading), *_in_columns(p, text, reading)]
        hits = sorted(listed, key=lambda h: h.start)
        for n in range(len(hits)):
            value = _attendee(p, hits, n, text, spelled)
            made.setdefault(value.name, value)
        for loose in bare(p.text, reading):
            title = re.match(r", ([a-zåäö][\wåäö -]{3,40}?)(?=[,;]| §|\s+[A-ZÅÄÖ]|$)", p.text[loose.end :])
            if title and all(loose.end <= h.start or loose.start >= h.after for h in hits):
                at = (p.span(loose.start, loose.end),)
                made.setdefault(loose.name, Person(loose.name, None, title.group(1), 0.7, at, "övrig"))
    return tuple(made.values())


def _after_commas(text: str, reading: Reading) -> list[PersonHit]:
    made = []
    for m in _COMMA_PARTY.finditer(text):
        code, sure = reading.book.code(m[2], reading.scope, after_name=True)
        name, start = trim(m[1], m.start(1))
        tokens = name.split()
        if code and 2 <= len(tokens) <= 4 and reading.given(tokens[0]):
            made.append(PersonHit(name, code, start, start + len(name), m.end(2), min(0.8, sure)))
    return made


def _in_columns(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """The rows of a table: the name in one column, the party's code in the next."""
    made = []
    for start, line in printed_lines(p, text):
        cells = columns(line)
        for (at, cell), (_, below) in pairwise(cells):
            code = re.fullmatch(r"[A-ZÅÄÖ]{1,4}|\([A-ZÅÄÖ]{1,4}\)", below)
            party, sure = reading.book.code(below.strip("()"), reading.scope, after_name=True) if code else (None, 0.0)
            names = cell_names(cell, reading) if party else []
            where = inside(p, start + at + names[0][1]) if names and not names[0][2] else None
            if where is not None and "(" not in below and reading.given(cell.split()[0]):
                end = where + len(names[0][0])
                made.append(PersonHit(names[0][0], party, where, end, end + 1 + len(below), min(0.8, sure)))
    return made


def _attendee(p: Passage, hits: list[PersonHit], n: int, text: str, spelled: Mapping[str, str]) -> Person:
    """One person of the list: the words between the names say who stands in for whom."""
    hit = hits[n]
    last = hits[n - 1] if n else None
    before = p.text[max(last.after if last else 0, hit.start - 60) : hit.start]
    after = p.text[hit.after : hits[n + 1].start if n + 1 < len(hits) else hit.after + 50]
    status = _status(text, p.origin(hit.start), p.all().start)
    replaces = None
    following = hits[n + 1].name if n + 1 < len(hits) else None
    if last and (_STANDS_IN.fullmatch(before) or (status == "tjänstgörande ersättare" and _FOR.fullmatch(before))):
        status = "frånvarande"
    elif last and _REPLACED.fullmatch(before):
        status, replaces = "tjänstgörande ersättare", last.name
    elif following and _REPLACED.fullmatch(after):
        status = "frånvarande"
    elif following and (_STANDS_IN.fullmatch(after) or (status == "tjänstgörande ersättare" and _FOR.fullmatch(after))):
        status, replaces = "tjänstgörande ersättare", following
    elif _SUBSTITUTE.match(after):
        status = "tjänstgörande ersättare"
    role = _role_beside(p, hit, before, after, text)
    named = spelled.get(hit.name, hit.name)
    at = (p.span(hit.start, hit.end),)
    made = Person(named, hit.party, role, min(0.9, hit.sure), at, status)
    return replace(made, replaces=spelled.get(replaces, replaces)) if replaces else made


def _role_beside(p: Passage, hit: PersonHit, before: str, after: str, text: str) -> str | None:
    """The chair's role behind the name, or before it, on the same printed line."""
    behind, ahead = _ROLE_AFTER.match(after), _ROLE_BEFORE.search(before)
    if behind and "\n" not in text[p.origin(hit.after - 1) : p.origin(hit.after + behind.start(1))]:
        return _role(behind[1])
    if ahead:
        begin = hit.start - len(before) + ahead.start(1)
        line = text[text.rfind("\n", 0, p.origin(begin)) + 1 : p.origin(begin)]
        if "\n" not in text[p.origin(begin) : p.origin(hit.start)] and not line.strip():
            return _role(ahead[1])
    return None


def _role(printed: str) -> str:
    """A chair's role in one form.

    >>> _role("Ordf."), _role("förste vice ordförande"), _role("2:e v. ordf.")
    ('ordförande', '1:e vice ordförande', '2:e vice ordförande')
    """
    low = re.sub(r"\bv\.? ?(?=ordf)", "vice ", printed.lower())
    low = re.sub(r"ordf(?:örande)?\.?$", "ordförande", low)
    for word, number in (("förste", "1:e"), ("första", "1:e"), ("andre", "2:e"), ("andra", "2:e"), ("tredje", "3:e")):
        low = low.replace(word, number)
    return re.sub(r":[av]\b", ":e", low)


def _status(text: str, at: int, first: int) -> str:
    """What the nearest heading above says: of several on one line the one whose column the name stands in."""
    begin = text.rfind("\n", 0, at) + 1
    column = at - begin
    start = begin
    while True:
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        heads = [m for m in _headings(line) if start < begin or m.start() < column]
        if heads:
            near = [m for m in heads if m.start() <= column + 3] or heads[:1]
            chosen = near[-1] if len(heads) > 1 else heads[0]
            return next(status for n, (_, status) in enumerate(_HEADINGS) if chosen[f"h{n}"])
        if start <= first or start == 0:
            return "tjänstgörande"
        start = text.rfind("\n", 0, start - 1) + 1


def _headings(line: str) -> list[re.Match[str]]:
    """The headings of a line: each begins a column, and no name follows a comma before it."""
    made = []
    for cell in re.finditer(r"\S+(?: \S+)*", line):
        m = _HEADING.match(line, cell.start(), cell.end())
        if m and (m.end() == cell.end() or line[m.end()] == ":" or re.match(r" [A-ZÅÄÖ]", line[m.end() :])):
            made.append(m)
    return made
