"""Brackets that hold a party, with the person before them: ``Ann Ek (S)``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .names import NAME, OTHERS, Bracket, PersonHit, Reading, clean, trim
from .parties import BRACKET, INDEPENDENT, PartyHit, split_codes

_BEFORE = re.compile(rf"({NAME})(?:,? {OTHERS})?[ ,/]{{0,2}}$")
# Words in which the name of a house, a project or a local party ends or begins; a code behind it is its abbreviation.
_NO_PERSON = re.compile(
    r"(?:skolan|tjänsten|förbundet|förbund|huset|bolaget|centrum|verket|nämnden|rådet|föreningen|projektet|akademin|"
    r"gruppen|planen|programmet|leden|museet|biblioteket|högskolan|universitetet|sjukhuset|polisen|myndigheten)$"
)
_PARTY_ENDS = ("partiet", "listan", "demokraterna", "alternativet", "väl", "bästa", "framtid", "lista", "vilja")
_LOCAL_PARTY = re.compile(
    r"(?:^|[ (\n])((?:[A-ZÅÄÖ][\wåäö-]+ (?:för |i )?){0,3}"
    r"(?:[A-ZÅÄÖ][\wåäö-]*(?:[Pp]artiet|[Ll]istan|[Dd]emokraterna|[Aa]lternativet)|"
    r"(?:[A-ZÅÄÖ][\wåäö-]+ )(?:[Vv]äl|[Bb]ästa|[Ff]ramtid|[Ll]ista|[Vv]ilja))) $"
)


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
