"""Who reserves themselves: named members, whole groups, and members told by their surnames."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..document import Person
from .group_names import GROUP, SHORT, group_names, groups_alone, parties_alone, whole_groups
from .names import Reading, bare
from .party_persons import persons
from .passages import Passage, of_kind, sentences

_RESERVES = re.compile(
    r"^[Rr]eservation(?:er)?:(?= )|(?<=\))[,:]? (?:[Ss]kriftlig|[Mm]untlig) reservation\b|"
    r"\banmäl(?:er|de|des)\b(?=[^.]{0,120}\b(?:reservation|avvikande mening|skiljaktig mening)\b)|"
    r"\btill förmån för (?:eget|sitt|egna|sina)\b|"
    # A list below a heading, without a verb: "Eva Ek (S) mot beslutet under punkt 2.", "S-ledamöterna till förmån för"
    r"(?<=\)) mot beslutet\b|(?<=ledamöter) till förmån för\b|(?<=\)) till förmån för\b|"
    r"\breserver(?:ar|ade|at)\b(?! sig (?:inte|ej|icke)\b)(?: sig)?|\b(?:anmäler|anmäls|lämnar|lämnade|lämnas|"
    r"avger|avgav|inger|anför) (?:en )?(?:skriftlig |muntlig |blank )?reservation(?:er)?\b|"
    r"\banfö(?:r|rde|rdes|res|rs)(?: av)?\b(?=[^.]{3,120}\breservation(?:er)?[.]?$)|"
    r"\b[Rr]eservation(?:er)?(?: mot beslutet| till förmån för [^.]{3,60}?)?"
    r"(?: (?:anmäls|anmäldes|lämnas|lämnades|anförs|anföres|anfördes|"
    r"avges|avgavs|inlämnas))?(?: skriftligt)? (?:av|från)\b"
)


def _inverted(sentence: str, verb: re.Match[str], reading: Reading) -> str:
    """What follows the verb, where the reserving persons stand there: "Mot beslutet reserverar sig N.N."."""
    rest = sentence[verb.end() :]
    first = next(iter(persons(rest, reading)), None)
    before = sentence[: verb.start()]
    led = GROUP.search(rest, 0, 60)  # "... samtliga ledamöter från V samt N.N."
    if first is None or (first.start > 22 and not led) or persons(before, reading) or GROUP.search(before):
        return ""
    return _before_reason(rest, first.start)


_SURNAME = re.compile(r"(?:[,:]|\boch|\bsamt) ([A-ZÅÄÖ][a-zåäöé]{2,}) \(([A-Za-zÅÄÖåäö]{1,4})\)")


def _surnames(found: tuple[Passage, ...], reading: Reading) -> dict[str, str | None]:
    """The parties of those whom a list names by their surnames: "Ja röstar: Ek, Nordin (mp) och Alm (c)"."""
    return {
        m[1]: reading.book.code(m[2], reading.scope, after_name=True)[0]
        for p in found
        for m in _SURNAME.finditer(p.text)
    }


# What somebody reserves themselves for, among the names of those who do.
_REASONS = re.compile(
    r"\b(?:till förmån för|mot beslutet|med hänvisning till|enligt)\b[^.]*?"
    r"(?=(?:,? samt|,? och|,) [A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+ (?:till förmån|med hänvisning|enligt)|[.]?$)"
)


def _inverted_bare(sentence: str, verb: re.Match[str], reading: Reading) -> str:
    """As :func:`_inverted`, names without parties: what follows the verb, its reasons blanked out."""
    rest = sentence[verb.end() :]
    if not re.match(r"(?: skriftligen| muntligen)?(?: mot beslutet)? (?=[A-ZÅÄÖ])", rest):
        return ""
    if GROUP.search(sentence) or persons(sentence, reading) or bare(sentence[: verb.start()], reading):
        return ""
    return _REASONS.sub(lambda m: " " * len(m.group()), rest)


def _before_reason(rest: str, after: int = 0) -> str:
    """The text up to "till förmån för ...", where others are named."""
    end = re.search(r"\b(?:till förmån|mot beslutet|med hänvisning|enligt)\b", rest)
    return rest[: end.start()] if end and end.start() > after else rest


def reservations(
    found: tuple[Passage, ...],
    item: int,
    kind: str,
    reading: Reading,
    spelled: Mapping[str, str],
    signed: tuple[Person, ...],
) -> tuple[Person, ...]:
    """Who reserves themselves: named members, or whole groups ("Ledamöterna från SD")."""
    made: dict[tuple[str, str | None], Person] = {}
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    for p in of_kind(found, "reservation", item=item):
        for start, end in sentences(p.text):
            sentence = p.text[start:end]
            verb = _RESERVES.search(sentence)
            if not verb or re.search(r"[\"”“][^\"”“]*$", sentence[: verb.start()]):
                continue
            subject = sentence[: verb.start()]
            listed = verb.group().strip().startswith(("till", "mot"))  # who, and for what, without a verb
            inverted = "" if listed else _inverted(sentence, verb, reading)
            named = persons(inverted or subject, reading)
            if not named and not listed and (inverted := _inverted_bare(sentence, verb, reading)):
                told = _surnames(found, reading)
                named = [
                    replace(h, party=known.get(h.name) or told.get(h.name.split()[-1])) for h in bare(inverted, reading)
                ]
            whole = whole_groups(_before_reason(sentence), reading)
            if named and re.search(r"\bför (?:den |hela )?\w+ grupp(?:en)?\b", sentence):
                whole = []  # on whose behalf the member speaks
            if whole and re.search(r"\banmäler att\b", subject):
                named = []  # who speaks for the group
            for name, code, a, b in whole:
                made.setdefault((name, code), Person(name, code, None, 0.85, (p.span(start + a, start + b),)))
            if not named and (bearer := reading.bearers.get(subject.strip())):  # by the surname alone
                first = subject.index(subject.strip())
                named = [replace(bearer, start=first, end=first + len(subject.strip()), after=len(subject))]
            if not named and not GROUP.search(subject):
                named = [replace(h, party=known[h.name]) for h in bare(subject, reading) if h.name in known]
            for hit in named:
                shift = start + (verb.end() if inverted else 0)
                name = spelled.get(hit.name, hit.name)
                made.setdefault(
                    (name, hit.party),
                    Person(name, hit.party, None, hit.sure, (p.span(shift + hit.start, shift + hit.end),)),
                )
            if inverted and named and not whole and (beside := GROUP.search(inverted)):
                for name, code, a, b in group_names(inverted, beside, reading):
                    at = (p.span(start + verb.end() + a, start + verb.end() + b),)
                    made.setdefault((name, code), Person(name, code, None, 0.9, at))
            group = None if whole else GROUP.search(subject)
            behind = None if group or named or whole else GROUP.search(sentence[verb.end() : verb.end() + 40])
            if group or behind:
                shift = start if group else start + verb.end()
                text = subject if group else _before_reason(sentence[verb.end() :])
                for name, code, a, b in group_names(text, group or behind, reading):
                    made.setdefault((name, code), Person(name, code, None, 0.92, (p.span(shift + a, shift + b),)))
            if not made and not group and not whole:
                for h in reading.named(subject):
                    members = re.match(r" ledamöter(?:na)?\b", subject[h.end :])
                    end = h.end + (members.end() if members else 0)
                    at = (p.span(start + h.start, start + end),)
                    made.setdefault(
                        (subject[h.start : end], h.code), Person(subject[h.start : end], h.code, None, 0.7, at)
                    )
            if not made:
                for h in parties_alone(sentence, verb, reading):
                    name = sentence[h.start : h.end]
                    at = (p.span(start + h.start, start + h.end),)
                    made.setdefault((name, h.code), Person(name, h.code, None, 0.8, at))
            if not made and verb.group().startswith("reserver") and (alone := _UNKNOWN.fullmatch(subject)):
                name = alone["party"]
                code = _abbreviated(name, set(known.values()) - reading.book.national)
                made[(name, code)] = Person(name, code, None, 0.6, (p.span(start, start + len(name)),))
        if not made and not _NO_RESERVATION.search(p.text) and len(p.text) < 400:
            loose = [replace(h, party=known[h.name]) for h in bare(p.text, reading) if known.get(h.name)]
            for hit in persons(p.text, reading) or loose:  # a heading and names alone
                name = spelled.get(hit.name, hit.name)
                at = (p.span(hit.start, hit.end),)
                made.setdefault((name, hit.party), Person(name, hit.party, None, 0.7, at))
        if not made and not _NO_RESERVATION.search(p.text) and len(p.text) < SHORT:
            for name, code, a, b in groups_alone(p.text, reading):
                made.setdefault((name, code), Person(name, code, None, 0.7, (p.span(a, b),)))
    if kind == "reservation" and signed and all(_is_party(name, reading) for name, _ in made):
        return tuple(Person(s.name, s.party, s.role, s.confidence, s.at) for s in signed)
    return tuple(made.values())


_NO_RESERVATION = re.compile(
    r"\b(?:[Rr]eserv|(?:deltar|deltog) (?:inte|ej)|(?:inte|ej) (?:deltar|deltog|delta)\b|"
    r"avstår|avstod|[Ee]j deltagande|[Ss]ärskil(?:t|da) yttrande|"
    r"[Pp]rotokollsanteckning)"
)
# A local party that no list has, by the end of its name: "Bygdens väl-listan reserverar sig".
_UNKNOWN = re.compile(r"(?P<party>[A-ZÅÄÖ][\wåäö-]*(?: \w+)?(?:partiet|listan|demokraterna)(?: i [A-ZÅÄÖ]\w+)?) ")


def _abbreviated(name: str, codes: Iterable[str | None]) -> str | None:
    """The one code of members of local parties whose letters the party's name has in their order, None if several.

    >>> _abbreviated("Samelistan", ["SL", "KV"]), _abbreviated("Bygdelistan", ["BL", "BYL"])
    ('SL', None)
    """
    fits = [c for c in codes if c and re.match(".*".join(map(re.escape, c)), name, re.IGNORECASE)]
    return fits[0] if len(fits) == 1 else None


def _is_party(name: str, reading: Reading) -> bool:
    return any((h.start, h.end) == (0, len(name)) for h in reading.named(name))
