"""Who signs a document: names in columns, under their parties, on forms, or those who convene a meeting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from ..document import Outline, Person
from .names import NAME, PersonHit, Reading, trim
from .party_persons import persons
from .passages import Passage, of_kind
from .people import AUTHORED, GROUP, one_party, person, raisers
from .signature_cells import cell_names, columns, inside, loose_names, party_behind, printed_lines, role_of
from .signed_minutes import signed_minutes

_OFFICIAL = {"tjansteskrivelse", "protokoll", "protokollsutdrag", "kallelse", "other"}


def signatories(
    outline: Outline, found: tuple[Passage, ...], reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Those who raise or sign the document itself."""
    kind = outline.kind.value
    text = outline.transcript.text
    if kind in ("protokoll", "protokollsutdrag"):
        return signed_minutes(found, text, reading, spelled)
    made: dict[str, Person] = {}
    signed = of_kind(found, "signature")
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    if kind in AUTHORED:  # of a form's own field: "Eva Ek, Lerums Lista (LL)"
        fields = [hit for p in of_kind(found, "meta") for hit in loose_names(p, text, reading) if hit.party]
        known = {hit.name: hit.party for hit in fields} | known
    default = None if kind in _OFFICIAL else one_party(found, reading)
    for p in signed:
        paired = _paired(p, text, reading)
        across = [
            _own_column(h, p, text)
            for h in persons(p.text, reading)
            if all(h.after <= b.start or h.start >= b.end for b in paired)
        ]
        hits = [*paired, *across]
        loose = [b for b in loose_names(p, text, reading) if all(b.name not in h.name for h in hits)]
        for hit in sorted([*hits, *loose], key=lambda h: h.start):
            other = _OWN_LIST.match(p.text, hit.end) is not None and hit.party is None
            party = (
                None
                if other
                else (
                    hit.party
                    or known.get(hit.name)
                    or (default if kind in AUTHORED | {"yrkande", "reservation", "sarskilt_yttrande"} else None)
                )
            )
            fixed = PersonHit(hit.name, party, hit.start, hit.end, hit.after, hit.sure)
            role = role_of(p, fixed, text, reading)
            value = person(fixed, p, spelled, role=role, private=kind == "medborgarforslag")
            made.setdefault(value.name, value)
    if kind in AUTHORED:
        for p in of_kind(found, "title", "meta"):
            for group in raisers(p, reading):
                for hit in group:
                    value = person(hit, p, spelled, private=kind == "medborgarforslag")
                    if all(value.name not in n and n not in value.name for n in made):
                        made.setdefault(value.name, value)
    if not made and kind in AUTHORED:
        made = {x.name: x for x in _unlabelled(found, reading, kind)}
    if not made and kind in AUTHORED:  # of a form that begins with who fills it in
        made = {x.name: x for p in of_kind(found, "meta") for x in _captioned(p, kind)}
    if not made and kind == "medborgarforslag":  # a citizen's name must not stay open because its line was misjudged
        for p in [p for p in found if p.kind not in ("furniture", "title", "toc")][-3:]:
            for hit in loose_names(p, text, reading):
                if reading.given(hit.name.split()[0]):
                    made.setdefault(hit.name, person(hit, p, spelled, private=True))
    if not made and kind == "kallelse":
        made = {x.name: x for x in _convener(found, text, reading)}
    return tuple(made.values())


# A list that no table knows, behind the name: it is not the party of the others who sign.
_OWN_LIST = re.compile(r", [A-ZÅÄÖ]\w+(?:partiet|listan|alternativet|demokraterna)\b")
_FOR_PARTY = re.compile(r"För (?:det |de )?[A-ZÅÄÖ][\w-]*(?: [\wåäö()-]+){0,3}$")
_ASIDE = 4  # columns that a name may stand to the left of its party
_NAMED = re.compile(rf"\b(?:[Nn]amn(?:förtydligande)?|[Ff]örslagsställare|[Ii]nlämnat av|[Ii]nsändare):? ({NAME})")


def _unlabelled(found: tuple[Passage, ...], reading: Reading, kind: str) -> list[Person]:
    """A sign-off that was not recognised as one: lines of names at the end, "Namn: N.N." on a form."""
    made = []
    for p in found[-4:]:
        if p.kind == "furniture":
            continue
        for m in re.finditer(r"[^\n]+", p.text):
            hits = persons(m.group(), reading) if p is found[-1] else []
            if hits and sum(h.after - h.start for h in hits) >= 0.6 * len(m.group()):
                moved = [replace(h, start=h.start + m.start(), end=h.end + m.start()) for h in hits]
                made += [person(h, p, {}, private=kind == "medborgarforslag") for h in moved]
        made += _captioned(p, kind)
    return made


def _captioned(p: Passage, kind: str) -> list[Person]:
    """Whom a form's own caption names: "Namn: N.N."."""
    named = _NAMED.search(p.text)
    name, start = trim(named.group(1), named.start(1)) if named else ("", 0)
    hit = PersonHit(name, None, start, start + len(name), start + len(name), 0.8)
    return [person(hit, p, {}, private=kind == "medborgarforslag")] if len(name.split()) > 1 else []


def _own_column(hit: PersonHit, p: Passage, text: str) -> PersonHit:
    """Of two names that stand far apart on one line the one whose party it is."""
    printed = text[p.origin(hit.start) : p.origin(hit.end - 1) + 1]
    gap = printed.rfind("   ")
    if gap < 0 or "\n" in printed:
        return hit
    name = printed[gap:].strip()
    return replace(hit, name=name, start=hit.end - len(name)) if len(name.split()) > 1 else hit


def _paired(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """Names side by side with their parties under or above them, column by column."""
    made: list[PersonHit] = []
    printed = [(start, line) for start, line in printed_lines(p, text) if line.strip()]
    of_above = -1  # the line of parties that belong to the names above it
    standing: dict[int, str | None] = {}  # the parties above the names, by their columns; None: not known
    for (first, upper), (second, lower) in pairwise(printed):
        above, below, start = columns(upper), columns(lower), first
        heads = first != of_above and _parties_only(above, below, reading)
        if all(_FOR_PARTY.match(cell) for _, cell in above) or heads:
            standing = {at: _party_of(cell, reading) for at, cell in above}
        if standing:
            made += _under(p, second, below, standing, reading)
            continue
        if len(above) != len(below) or len(above) < 2:
            continue
        found = [cell_names(cell, reading) for _, cell in above]
        parties = [party_behind(cell if "(" in cell else f"({cell})", reading) for _, cell in below]
        if all(len(names) == 1 and not names[0][2] for names in found) and all(parties):
            of_above = second
            for (at, _), [(name, offset, _)], party in zip(above, found, parties, strict=True):
                where = inside(p, start + at + offset)
                if where is not None:
                    made.append(PersonHit(name, party, where, where + len(name), where + len(name), 0.9))
    return made


def _parties_only(above: list[tuple[int, str]], below: list[tuple[int, str]], reading: Reading) -> bool:
    """Whether several parties stand side by side, each above a name of its own column."""
    named = (any((h.start, h.end) == (0, len(cell)) for h in reading.named(cell)) for _, cell in above)
    return len(above) > 1 and _aligned(above, below) and all(named)


def _aligned(above: list[tuple[int, str]], below: list[tuple[int, str]]) -> bool:
    """Whether two lines have the same columns, a few places to the left or right."""
    return len(above) == len(below) and all(abs(a - b) <= _ASIDE for (a, _), (b, _) in zip(above, below, strict=True))


def _under(
    p: Passage, start: int, cells: list[tuple[int, str]], standing: Mapping[int, str | None], reading: Reading
) -> list[PersonHit]:
    """Further names in the columns that parties head: the second and third of each party."""
    made = []
    for at, cell in cells:
        names = cell_names(cell, reading)
        where = inside(p, start + at + names[0][1]) if len(names) == 1 and not names[0][2] else None
        column = max((key for key in standing if key <= at + _ASIDE), default=None)
        if column is not None and where is not None and (standing[column] or len(standing) > 1):
            end = where + len(names[0][0])
            made.append(PersonHit(names[0][0], standing[column], where, end, end, 0.85))
    return made


def _party_of(cell: str, reading: Reading) -> str | None:
    """The party that a column is signed for: ``För Centerpartiet``, ``För S-gruppen``, ``För Framtid (FA)``."""
    group = GROUP.search(cell)
    return party_behind(f"({group[1]})" if group else cell if "(" in cell else f"({cell})", reading)


def _convener(found: tuple[Passage, ...], text: str, reading: Reading) -> list[Person]:
    """A kallelse is signed by the official whose role stands under the name in the head."""
    for p in of_kind(found, "meta", "signature"):
        for hit in loose_names(p, text, reading):
            role = role_of(p, hit, text, reading)
            if role:
                return [person(hit, p, {}, role=role)]
    return []
