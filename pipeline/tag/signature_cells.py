"""Names, parties and roles in the columns of a sign-off."""

from __future__ import annotations

import re

from ..roles import MANDATE, OFFICE
from .names import NAME, PersonHit, Reading, trim
from .passages import Passage

_NAME_WORD = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_ROLE_LINE = re.compile(
    rf"(?i)^(?:(?:tf\.? |bitr(?:ädande|\.) |(?:\d:[ae] |förste |andre )?vice |\w+(?:sk|ig|ad) )?"
    rf"[\wåäö-]*(?:{OFFICE}|{MANDATE}))\b.*"
)


def columns(line: str) -> list[tuple[int, str]]:
    """The columns of a printed line: (offset, text), parted by two spaces or more."""
    return [(m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", line)]


def printed_lines(p: Passage, text: str) -> list[tuple[int, str]]:
    """The printed lines of a passage, in repaired coordinates."""
    start = text.rfind("\n", 0, p.origin(0)) + 1
    end = p.all().end
    made = []
    for line in text[start:end].split("\n"):
        made.append((start, line))
        start += len(line) + 1
    return made


# In whose name several sign: "För (S): Eva Ek och Bo Al".
_FOR_CODE = re.compile(r"[Ff]ör \(([A-ZÅÄÖ]{1,4})\):? ")


def loose_names(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """Names that stand alone in a column of a signature line, with the party behind a comma or none."""
    made = []
    for start, line in printed_lines(p, text):
        for at, cell in columns(line):
            owner = _FOR_CODE.match(cell)
            party = next((h for h in reading.named(cell) if h.start == 0), None)
            lead = party.end if party and re.match(r"[ :,/]", cell[party.end : party.end + 1]) else 0
            lead = owner.end() if owner else lead
            names: list[tuple[str, int, str]] = []
            for part in re.finditer(r"(?:(?!, | och | samt |; ).)+", cell[lead:]):
                skip = re.match(
                    r"(?:[ :/]|[Gg]enom:?|[Gg]m\.?(?= )|[Ff]ör [\w ]+:|(?:i|I) [A-ZÅÄÖ]\w+(?: kommun)?:?(?= genom)|"
                    r"(?:[Uu]ndertecknat?|[Dd]igitalt|[Ee]lektroniskt)(?: digitalt| elektroniskt| \w+[dt])? av:?|"
                    r"[Nn]amn:|[Ss]ign\.:?|"
                    r"(?:Förslagsställare|Motionär(?:er)?|Namnförtydligande|Underskrift|Insändare|Avsändare|"
                    r"Inlämna(?:d|t) av|Inskicka(?:d|t) av):|"
                    r"och |samt |, )*",
                    part.group(),
                )
                begin = lead + part.start() + (skip.end() if skip else 0)
                names += [
                    (n, begin + o, f"({owner[1]})" if owner else r or cell[lead + part.end() :])
                    for n, o, r in cell_names(cell[begin : lead + part.end()], reading)
                ]
            for name, offset, rest in names:
                where = inside(p, start + at + offset)
                if where is None:
                    continue
                end = where + len(name)
                sure = 0.85 if reading.given(name.split()[0]) else 0.6
                made.append(PersonHit(name, party_behind(rest, reading), where, end, end, sure))
    return made


def cell_names(cell: str, reading: Reading) -> list[tuple[str, int, str]]:
    """(name, offset, what follows) of the names that fill a cell; OCR runs two columns into one."""
    m = (
        re.match(rf"({NAME})(?=$|,| ?/| - [a-z]{{1,2}}$| \d{{4}}-\d\d)", cell)
        or _NAME_ROLE.match(cell)
        or _NAME_PLACE.match(cell)
    )
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
        return [(first, offset, ""), *((n, offset + len(first) + 1 + o, r) for n, o, r in cell_names(rest, reading))]
    if not 2 <= len(tokens) <= 4 or not (reading.given(tokens[0]) or len(tokens) == 2):
        return []
    return [(name, offset, cell[m.end() :])]


def party_behind(rest: str, reading: Reading) -> str | None:
    """The party after a name: ", Feministiskt initiativ" or a role and a bracket."""
    code = next((h.code for h in reading.named(rest)), None)
    bracket = re.search(r"\(([^()]{1,6})\)\s*$", rest)
    if bracket and code is None:
        code, _ = reading.book.code(bracket.group(1), reading.scope, after_name=True)
    bare_code = re.fullmatch(r"(?:, ?| ?/| - )([A-ZÅÄÖ]{1,3}|s|m|c|l|v|fp|kd|mp|sd)/?\s*", rest)
    if bare_code and code is None:
        code, _ = reading.book.code(bare_code.group(1), reading.scope, after_name=bare_code[1].islower())
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
    r"fullmäktige\w*|demokraterna|kungsbackaborna|alternativet|miljöparti|ab|förbund\w*|datum|bilag\w*|\w+kontoret|\w+kansliet)\b"
)


def inside(p: Passage, origin: int) -> int | None:
    """The offset in the passage of a repaired offset, None when it is not part of it."""
    for start, piece in reversed(tuple(zip(p.starts, p.origins, strict=True))):  # the break before a piece is no part
        if piece <= origin:
            at = start + origin - piece
            if at < len(p.text) and p.origin(at) == origin:
                return at
    return None


def role_of(p: Passage, hit: PersonHit, text: str, reading: Reading) -> str | None:
    """The role printed after the name or under it, in the same column."""
    after = p.text[hit.after : hit.after + 40]
    roles = [
        m.group()
        for m in re.finditer(
            r"\b[\wåäö:]*(?:ordförande|gruppledare|ledamot|ersättare|kommunalråd|oppositionsråd|regionråd|"
            r"sekreterare|protokolls?justerare|justerare|justerande)\b",
            after,
        )
    ]
    if roles and re.match(r"[ ,]{0,2}\S{0,20} ?" + re.escape(roles[0]), after):
        return roles[0]
    origin = p.origin(hit.start)
    start = text.rfind("\n", 0, origin) + 1
    end = text.find("\n", origin)
    lines = [line for line in text[end + 1 :].split("\n")[:4] if line.strip()] if end >= 0 else []
    if len(lines) > 1 and _of_party_alone(lines[0], reading):
        lines = lines[1:]
    below = lines[0] if lines else ""
    cells = columns(below)
    side = columns(text[start:end])
    if len(cells) == 1 and len(side) == 1:  # two columns run into one
        names = [name for name, _, _ in cell_names(side[0][1], reading)]
        parts = re.split(r"(?<=[a-zåäö]) (?=[A-ZÅÄÖ])", cells[0][1])
        if len(names) == len(parts) > 1 and hit.name in names and all(_ROLE_LINE.match(part) for part in parts):
            return _plain_role(parts[names.index(hit.name)])
    near = min(cells, key=lambda c: abs(c[0] - (origin - start)), default=None)
    return _plain_role(near[1]) if near and _ROLE_LINE.match(near[1]) else None


def _of_party_alone(line: str, reading: Reading) -> bool:
    """Whether a line under a name only says its party: "Kommunens Väl (KV)"."""
    cells = columns(line)
    return len(cells) == 1 and bool(
        (re.fullmatch(r"[^(),]{3,40} \([A-ZÅÄÖ]{1,4}\)", cells[0][1]) and not reading.given(cells[0][1].split()[0]))
        or any(hit.start == 0 and hit.end == len(cells[0][1]) for hit in reading.named(cells[0][1]))
    )


def _plain_role(printed: str) -> str:
    """A role in lower case; "Ledamot i kommunfullmäktige" is a ledamot.

    >>> _plain_role("Ledamot Kommunfullmäktige"), _plain_role("Biträdande kommundirektör")
    ('ledamot', 'biträdande kommundirektör')
    """
    m = re.match(r"(?i)(ledamot|gruppledare|ersättare)\b", printed)
    return m.group(1).lower() if m else printed[:1].lower() + printed[1:]
