"""Who signs minutes: secretary, chair and those who check them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..document import Person, Span
from .names import NAME, PersonHit, Reading, bare
from .party_persons import persons
from .passages import Passage, of_kind
from .people import person
from .signature_cells import cell_names, columns, loose_names, printed_lines, role_of

_SIGN_LABEL = re.compile(
    r"(?i)^\W*(?:underskrift(?:er)?:? )?(sekreterare|ordf\w{1,3}rande|"
    r"protokolls?justerare|justerare|justerande|justeras|justerat(?:[ :]+\d{4}-\d\d-\d\d)?|"
    r"vid protokollet)\b[ :.…_-]*(.*)$"
)


def signed_minutes(
    found: tuple[Passage, ...], text: str, reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Secretary, chair and justerare of the sign-off; their parties from the attendance."""
    parties = {x.name: x.party for p in found for x in persons(p.text, reading)}
    parties |= {x.name: x.party for p in of_kind(found, "attendance") for x in persons(p.text, reading)}
    made: dict[str, Person] = {}
    for p in of_kind(found, "attendance", "signature"):
        for hit, where, label in _labelled(p, text, reading):
            name = spelled.get(hit.name, hit.name)
            span = Span(where, where + len(hit.name))
            made.setdefault(name, Person(name, hit.party or parties.get(name), label, hit.sure, (span,)))
        if p.kind == "signature" and not _ANNEX.match(p.heading):
            first = not made
            for hit in [*persons(p.text, reading), *loose_names(p, text, reading)]:
                value = person(hit, p, spelled, role=role_of(p, hit, text, reading))
                if first or value.role in _SIGNS.values() or (value.role or "").endswith("sekreterare"):
                    value = replace(value, party=value.party or parties.get(value.name))
                    made.setdefault(value.name, value)
    alone = {value.role for value in made.values()} == {"ordförande"} and not of_kind(found, "signature")
    return () if alone else tuple(made.values())  # a chair in the attendance list signs nothing


# The text of a reservation or of a statement behind the minutes has signatures of its own.
_ANNEX = re.compile(r"(?i)bilaga|reservation|särskilt yttrande|protokollsanteckning|röstförklaring")


def _labelled(p: Passage, text: str, reading: Reading) -> list[tuple[PersonHit, int, str]]:
    """The names behind or under "Sekreterare", "Ordförande" and "Justerare", with their places in the text."""
    made = []
    label, since = None, 0
    for start, line in printed_lines(p, text):
        since += bool(line.strip())
        cells = columns(line)
        for n, (at, cell) in enumerate(cells):
            m = _SIGN_LABEL.match(cell)
            if m and not m.group(2) and any(cell_names(other, reading) for _, other in cells[:n]):
                break  # what the one is whose row this is
            if m and re.match(rf"{NAME}|$", m.group(2)):
                label, since = _SIGNS[m.group(1).lower()[:4]], 0
                cell, at = m.group(2), at + m.start(2)
            if not label or not cell.strip() or since > 3:
                continue
            hits = persons(cell, reading) or [h for h in bare(cell, reading) if h.start == 0]
            if "ersätt" in cell.lower() or re.search(r"\), ", cell):
                hits = []
            made += [(hit, start + at + hit.start, label) for hit in hits]
            other = re.match(r"(?!Paragrafe?r?|Datum)[A-ZÅÄÖ][a-zåäö]+$", cell)
            if (hits and label != "justerare") or (not hits and other):
                label = None
    return made


_SIGNS = {
    "sekr": "sekreterare",
    "ordf": "ordförande",
    "prot": "justerare",
    "just": "justerare",
    "vid ": "sekreterare",
}
