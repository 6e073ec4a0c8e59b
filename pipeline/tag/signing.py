"""Who signs a document, and who was there: sign-offs in columns, justering blocks, attendance lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from ..document import Outline, Person, Span
from ..roles import MANDATE, OFFICE
from .names import NAME, PersonHit, Reading, bare, persons, trim
from .passages import Passage, of_kind
from .people import AUTHORED, one_party, person, raisers

_NAME_WORD = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_OFFICIAL = {"tjansteskrivelse", "protokoll", "protokollsutdrag", "kallelse", "other"}
_ROLE_LINE = re.compile(rf"(?i)^(?:(?:tf\.? |bitr(?:ädande|\.) )?[\wåäö-]*(?:{OFFICE}|{MANDATE}))\b.*")
_SIGN_LABEL = re.compile(
    r"(?i)^\W*(sekreterare|ordf\w{1,3}rande|protokolls?justerare|justerare|justerande|justeras|"
    r"justerat(?:[ :]+\d{4}-\d\d-\d\d)?|"
    r"vid protokollet)\b[ :.…_-]*(.*)$"
)


def columns(line: str) -> list[tuple[int, str]]:
    """The columns of a printed line: (offset, text), parted by two spaces or more."""
    return [(m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", line)]


def _lines(p: Passage, text: str) -> list[tuple[int, str]]:
    """The printed lines of a passage, in repaired coordinates."""
    start = text.rfind("\n", 0, p.origin(0)) + 1
    end = p.all().end
    made = []
    for line in text[start:end].split("\n"):
        made.append((start, line))
        start += len(line) + 1
    return made


def signatories(
    outline: Outline, found: tuple[Passage, ...], reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Those who raise or sign the document itself."""
    kind = outline.kind.value
    text = outline.transcript.text
    if kind in ("protokoll", "protokollsutdrag"):
        return _signed_protocol(found, text, reading, spelled)
    made: dict[str, Person] = {}
    signed = of_kind(found, "signature")
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    default = None if kind in _OFFICIAL else one_party(found, reading)
    for p in signed:
        paired = _paired(p, text, reading)
        across = [h for h in persons(p.text, reading) if all(h.after <= b.start or h.start >= b.end for b in paired)]
        hits = [*paired, *across]
        loose = [b for b in _loose(p, text, reading) if all(b.name not in h.name for h in hits)]
        for hit in [*hits, *loose]:
            party = (
                hit.party
                or known.get(hit.name)
                or (default if kind in AUTHORED | {"yrkande", "reservation", "sarskilt_yttrande"} else None)
            )
            fixed = PersonHit(hit.name, party, hit.start, hit.end, hit.after, hit.sure)
            role = _role(p, fixed, text, reading)
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
    if not made and kind == "medborgarforslag":  # a citizen's name must not stay open because its line was misjudged
        for p in [p for p in found if p.kind not in ("furniture", "title", "toc")][-3:]:
            for hit in _loose(p, text, reading):
                if reading.given(hit.name.split()[0]):
                    made.setdefault(hit.name, person(hit, p, spelled, private=True))
    if not made and kind == "kallelse":
        made = {x.name: x for x in _convener(found, text, reading)}
    return tuple(made.values())


_FOR_PARTY = re.compile(r"För (?:det |de )?[A-ZÅÄÖ][\w-]*(?: [\wåäö()-]+){0,3}$")
_GROUP = re.compile(r"\b([A-ZÅÄÖ]{1,3})-grupp")
_ASIDE = 4  # columns that a name may stand to the left of its party
_NAMED = re.compile(rf"\b[Nn]amn(?:förtydligande)?:? ({NAME})")


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
        named = _NAMED.search(p.text)
        if named:
            name, start = trim(named.group(1), named.start(1))
            hit = PersonHit(name, None, start, start + len(name), start + len(name), 0.8)
            made += [person(hit, p, {}, private=kind == "medborgarforslag")] if name else []
    return made


def _loose(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """Names that stand alone in a column of a signature line, with the party behind a comma or none."""
    made = []
    for start, line in _lines(p, text):
        for at, cell in columns(line):
            party = next((h for h in reading.named(cell) if h.start == 0), None)
            lead = party.end if party and re.match(r"[ :,/]", cell[party.end : party.end + 1]) else 0
            names: list[tuple[str, int, str]] = []
            for part in re.finditer(r"(?:(?!, | och | samt |; ).)+", cell[lead:]):
                skip = re.match(
                    r"(?:[ :/]|[Gg]enom:?|[Ff]ör [\w ]+:|(?:i|I) [A-ZÅÄÖ]\w+(?: kommun)?:?(?= genom)|"
                    r"[Uu]ndertecknat? av:?|[Nn]amn:|och |samt |, )*",
                    part.group(),
                )
                begin = lead + part.start() + (skip.end() if skip else 0)
                names += [
                    (n, begin + o, r or cell[lead + part.end() :])
                    for n, o, r in _cell_names(cell[begin : lead + part.end()], reading)
                ]
            for name, offset, rest in names:
                where = _inside(p, start + at + offset)
                if where is None:
                    continue
                end = where + len(name)
                sure = 0.85 if reading.given(name.split()[0]) else 0.6
                made.append(PersonHit(name, _party_behind(rest, reading), where, end, end, sure))
    return made


def _paired(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """Names side by side with their parties under or above them, column by column."""
    made: list[PersonHit] = []
    printed = [(start, line) for start, line in _lines(p, text) if line.strip()]
    standing: dict[int, str | None] = {}  # the parties above the names, by their columns; None: not known
    for (first, upper), (second, lower) in pairwise(printed):
        above, below, start = columns(upper), columns(lower), first
        if all(_FOR_PARTY.match(cell) for _, cell in above):
            standing = {at: _party_of(cell, reading) for at, cell in above}
        if standing:
            made += _under(p, second, below, standing, reading)
            continue
        if len(above) != len(below) or len(above) < 2:
            continue
        found = [_cell_names(cell, reading) for _, cell in above]
        parties = [_party_behind(cell if "(" in cell else f"({cell})", reading) for _, cell in below]
        if all(len(names) == 1 and not names[0][2] for names in found) and all(parties):
            for (at, _), [(name, offset, _)], party in zip(above, found, parties, strict=True):
                where = _inside(p, start + at + offset)
                if where is not None:
                    made.append(PersonHit(name, party, where, where + len(name), where + len(name), 0.9))
    return made


def _under(
    p: Passage, start: int, cells: list[tuple[int, str]], standing: Mapping[int, str | None], reading: Reading
) -> list[PersonHit]:
    """Further names in the columns that parties head: the second and third of each party."""
    made = []
    for at, cell in cells:
        names = _cell_names(cell, reading)
        where = _inside(p, start + at + names[0][1]) if len(names) == 1 and not names[0][2] else None
        column = max((key for key in standing if key <= at + _ASIDE), default=None)
        if column is not None and where is not None and (standing[column] or len(standing) > 1):
            end = where + len(names[0][0])
            made.append(PersonHit(names[0][0], standing[column], where, end, end, 0.85))
    return made


def _party_of(cell: str, reading: Reading) -> str | None:
    """The party that a column is signed for: ``För Centerpartiet``, ``För S-gruppen``, ``För Framtid (FA)``."""
    group = _GROUP.search(cell)
    return _party_behind(f"({group[1]})" if group else cell if "(" in cell else f"({cell})", reading)


def _cell_names(cell: str, reading: Reading) -> list[tuple[str, int, str]]:
    """(name, offset, what follows) of the names that fill a cell; OCR runs two columns into one."""
    m = re.match(rf"({NAME})(?=$|,| /)", cell) or _NAME_ROLE.match(cell) or _NAME_PLACE.match(cell)
    if not m or _ROLE_LINE.match(cell):
        return []
    name, offset = trim(m.group(1), 0)
    tokens = name.split()
    if any(t.isupper() and len(t) > 1 for t in tokens) or _ORGANISATION.search(name):
        return []
    second = next((n for n in range(2, len(tokens) - 1) if len(tokens) >= 4 and reading.given(tokens[n])), None)
    if second is not None and reading.given(tokens[0]) and not reading.given(tokens[1]):
        first = " ".join(tokens[:second])
        rest = name[len(first) + 1 :]
        return [(first, offset, ""), *((n, offset + len(first) + 1 + o, r) for n, o, r in _cell_names(rest, reading))]
    if not 2 <= len(tokens) <= 4 or not (reading.given(tokens[0]) or len(tokens) == 2):
        return []
    return [(name, offset, cell[m.end() :])]


def _party_behind(rest: str, reading: Reading) -> str | None:
    """The party after a name: ", Feministiskt initiativ" or a role and a bracket."""
    code = next((h.code for h in reading.named(rest)), None)
    bracket = re.search(r"\(([^()]{1,6})\)\s*$", rest)
    if bracket and code is None:
        code, _ = reading.book.code(bracket.group(1), reading.scope, after_name=True)
    bare_code = re.fullmatch(r", ?([A-ZÅÄÖ]{1,3})\s*", rest)
    if bare_code and code is None:
        code, _ = reading.book.code(bare_code.group(1), reading.scope, after_name=False)
    return code


_BODY_WORD = r"(?![A-ZÅÄÖ][a-zåäö]*(?:styrelsens?|fullmäktiges?|nämndens?|utskottets?|gruppens)\b)"
_TITLE = (
    r"(?:ordförande|gruppledare|ledamot|råd|chef|direktör|sekreterare|handläggare|utredare|strateg|controller|"
    r"jurist|arkitekt|"
    r"samordnare|ersättare|ledare|ekonom)"
)
_NAME_ROLE = re.compile(
    rf"({_NAME_WORD}(?: {_BODY_WORD}(?![A-ZÅÄÖ]?[a-zåäö]*{_TITLE}\b){_NAME_WORD}){{1,3}}) "
    rf"(?=(?:{_NAME_WORD} )?[\wåäöÅÄÖ:]*{_TITLE}\b)"
)
_NAME_PLACE = re.compile(
    rf"({_NAME_WORD}(?: {_NAME_WORD}){{1,2}}?) (?=[A-ZÅÄÖ][a-zåäö]+ kommun\b|Paragrafer\b|Datum\b)"
)
_ORGANISATION = re.compile(
    r"(?i)\b(?:kommun\w*|stad|stads|region\w*|nämnd\w*|förvaltning\w*|styrelse\w*|\w*partiet|gruppen|"
    r"fullmäktige\w*|demokraterna|kungsbackaborna|ab|förbund\w*|datum|bilag\w*|\w+kontoret|\w+kansliet)\b"
)


def _inside(p: Passage, origin: int) -> int | None:
    """The offset in the passage of a repaired offset, None when it is not part of it."""
    for start, piece in reversed(tuple(zip(p.starts, p.origins, strict=True))):  # the break before a piece is no part
        if piece <= origin:
            at = start + origin - piece
            if at < len(p.text) and p.origin(at) == origin:
                return at
    return None


def _role(p: Passage, hit: PersonHit, text: str, reading: Reading) -> str | None:
    """The role printed after the name or under it, in the same column."""
    after = p.text[hit.after : hit.after + 40]
    roles = [
        m.group()
        for m in re.finditer(
            r"\b[\wåäö:]*(?:ordförande|gruppledare|ledamot|ersättare|kommunalråd|oppositionsråd|regionråd|"
            r"sekreterare)\b",
            after,
        )
    ]
    if roles and re.match(r"[ ,]{0,2}\S{0,20} ?" + re.escape(roles[0]), after):
        return roles[0]
    origin = p.origin(hit.start)
    start = text.rfind("\n", 0, origin) + 1
    end = text.find("\n", origin)
    below = next((line for line in text[end + 1 :].split("\n")[:3] if line.strip()), "") if end >= 0 else ""
    cells = columns(below)
    side = columns(text[start:end])
    if len(cells) == 1 and len(side) == 1:  # two columns run into one
        names = [name for name, _, _ in _cell_names(side[0][1], reading)]
        parts = re.split(r"(?<=[a-zåäö]) (?=[A-ZÅÄÖ])", cells[0][1])
        if len(names) == len(parts) > 1 and hit.name in names and all(_ROLE_LINE.match(part) for part in parts):
            return _plain_role(parts[names.index(hit.name)])
    near = min(cells, key=lambda c: abs(c[0] - (origin - start)), default=None)
    return _plain_role(near[1]) if near and _ROLE_LINE.match(near[1]) else None


def _plain_role(printed: str) -> str:
    """A role in lower case; "Ledamot i kommunfullmäktige" is a ledamot.

    >>> _plain_role("Ledamot Kommunfullmäktige"), _plain_role("Biträdande kommundirektör")
    ('ledamot', 'biträdande kommundirektör')
    """
    m = re.match(r"(?i)(ledamot|gruppledare|ersättare)\b", printed)
    return m.group(1).lower() if m else printed[:1].lower() + printed[1:]


def _convener(found: tuple[Passage, ...], text: str, reading: Reading) -> list[Person]:
    """A kallelse is signed by the official whose role stands under the name in the head."""
    for p in of_kind(found, "meta", "signature"):
        for hit in _loose(p, text, reading):
            role = _role(p, hit, text, reading)
            if role:
                return [person(hit, p, {}, role=role)]
    return []


def _signed_protocol(
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
            for hit in [*persons(p.text, reading), *_loose(p, text, reading)]:
                value = person(hit, p, spelled, role=_role(p, hit, text, reading))
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
    for start, line in _lines(p, text):
        since += bool(line.strip())
        for at, cell in columns(line):
            m = _SIGN_LABEL.match(cell)
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
