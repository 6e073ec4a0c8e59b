"""Printed rolls of a votering: tables, columns of spaces with an X, one name and vote a line, lists under headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..document import Ballot, Span
from .names import NAME, PersonHit, Reading
from .party_persons import persons

_ROW = re.compile(r"^\|(.+)\|$")
_HEADER = re.compile(r"(?i)\bja\b.*\bnej\b")
_COLUMN = re.compile(r"(?i)(?<!\w)(ja|nej|avst\w*\.?|frånv\w*\.?)(?!\w)")
_MARK = re.compile(r"(?<!\S)[Xx×✓✔1](?!\S)")
_SUMS = re.compile(r"(?i)^\W*(?:summa|s:a|totalt|antal(?: röster)?|röster|resultat)\b")
_NEW_LIST = re.compile(r"(?i)^\W*(?:omröstningslista|omröstnings(?:protokoll|resultat)|voteringslista|votering nr)\b")
_WIDE = 400  # signs; no line of a roll is longer
_WORD = r"(Ja|Nej|Avstår|Avstod|Avst\.?|Frånv(?:arande|\.)?)"
_DIGITAL = re.compile(rf"^\s*(?:\d+\.? )?(.{{3,60}}?\([^)]{{1,6}}\))[ \t|:–-]+{_WORD}\s*$", re.IGNORECASE)
_GAP = r"(?:\s{2,}|\t)"
_CELL = rf"(?:\d+\.? )?([^()\n]{{3,60}}?\([^)]{{1,6}}\))[ \t:|–-]+{_WORD}"
_DIGITALS = re.compile(rf"{_CELL}(?:(?=\s{{2,}}|\t|[,;]|\s*$)[,;]?\s*)", re.IGNORECASE)
_PARTY_COLUMN = re.compile(rf"^\s*(?:\d+\.? )?({NAME})(?:{_GAP}|, )\(?([A-ZÅÄÖ]{{1,4}})\)?{_GAP}\s*{_WORD}\s*$")
_VOTE_FIRST = re.compile(rf"^\s*{_WORD}[ \t:]+(.{{3,60}}?\([^)]{{1,6}}\))\s*$", re.IGNORECASE)
_HEADED = re.compile(
    r"(?:(?<=\n)|(?<=[.:;)] )|(?<=röster )|(?<=[–-] \d )|(?<=[–-] \d\d )|^)"
    r"(?:Följande (?:ledamöter |personer )?(?:har )?röst(?:ar|ade|at) (?:för )?(?P<a>ja|nej)|"
    r"(?:Vid upprop(?:et)? )?[Rr]östar följande (?:ledamöter )?(?P<d>ja|nej)|"
    r"(?P<b>Ja|Nej|JA|NEJ)(?:[- ](?:röster|röstar|röstade|röstande|röst|sidan))?|"
    r"(?P<c>Avstår|Avstod|Avstående|Avstår från att rösta|Frånvarande))(?: avges av| lämnas av| avgavs av)?"
    r"(?: ?\((?P<n>\d+)\)| ?(?P<m>\d+))?: ?(?=[A-ZÅÄÖ])"
)


@dataclass(slots=True)
class Roll:
    """Ballots with the printed sums, if any, and where they stand."""

    ballots: list[Ballot] = field(default_factory=list)
    printed: dict[str, int] = field(default_factory=dict)
    first: int = -1
    last: int = 0

    def add(self, name: str, party: str | None, vote: str, start: int, end: int) -> None:
        self.ballots.append(Ballot(name, party, vote))
        self.first = self.first if self.first >= 0 else start
        self.last = max(self.last, end)


def vote_of(word: str) -> str | None:
    """The vote that a printed word means: ja, nej, avstår or frånvarande."""
    low = word.lower()
    for start, vote in (("ja", "ja"), ("nej", "nej"), ("avst", "avstår"), ("frånv", "frånvarande")):
        if low.startswith(start):
            return vote
    return None


def tables(raw: str, span: Span, reading: Reading) -> list[Roll]:
    """The rolls in the printed lines of a matter, parted where a new list is announced."""
    roll = Roll()
    made = [roll]
    header: list[str] = []  # of a table with bars
    columns: list[tuple[int, str]] = []  # of a table made of spaces: middle of the heading, vote
    listed = False  # whether only names have stood under the heading so far
    at = span.start
    for line in raw[span.start : span.end].split("\n"):
        row = _ROW.match(line.strip())
        if row:
            cells = [" ".join(c.replace("<br>", " ").split()) for c in row.group(1).split("|")]
            low = [c.lower() for c in cells]
            if any(c.startswith("ja") for c in low) and any(c.startswith("nej") for c in low):
                header = low
            elif header and len(cells) <= len(header):
                _barred(roll, header, cells, at, at + len(line), reading)
        elif _HEADER.search(line) and re.search(r"(?i)\bja\b(?:\s{2,}|\t)", line) and not re.search(r"[\d(]", line):
            columns, listed = _headings(line), True
        elif columns and _spaced(roll, columns, line, at, reading):
            listed = False
        elif listed and _side_by_side(roll, columns, line, at, reading):
            pass
        else:
            listed = False
            _one_line(roll, line, at, reading)
        if _NEW_LIST.match(line) and roll.ballots:
            roll, header, columns = Roll(), [], []
            made.append(roll)
        at += len(line) + 1
    return [r for r in made if r.ballots]


def _barred(roll: Roll, header: list[str], cells: list[str], start: int, end: int, reading: Reading) -> None:
    pairs = list(zip(header, cells, strict=False))
    if _SUMS.match(cells[0]) or _SUMS.match(cells[1 % len(cells)]):
        roll.printed |= {v: int(c) for h, c in pairs if (v := vote_of(h)) and c.isdigit()}
        return
    vote = next((vote_of(h) for h, c in pairs if c.upper() in ("X", "1", "V") and vote_of(h)), None)
    who = next(iter(persons(cells[0] or cells[1 % len(cells)], reading)), None) or _with_party(cells, reading)
    if vote and who:
        roll.add(who.name, who.party, vote, start, end)


def _with_party(cells: list[str], reading: Reading) -> PersonHit | None:
    """The name of a row whose party stands in a cell of its own."""
    for name, code in pairwise(cells):
        if re.fullmatch(r"\(?[A-ZÅÄÖ]{1,4}\)?", code) and code.upper() not in ("X", "JA", "NEJ"):
            return next(iter(persons(f"{name} ({code.strip('()')})", reading)), None)
    return None


def _headings(line: str) -> list[tuple[int, str]]:
    return [((m.start() + m.end()) // 2, vote_of(m[1]) or "") for m in _COLUMN.finditer(line.expandtabs())]


def _spaced(roll: Roll, columns: list[tuple[int, str]], line: str, at: int, reading: Reading) -> bool:
    """A row of a table made of spaces: the X stands under its heading."""
    wide = line.expandtabs()

    def under(x: int) -> str:
        return min(columns, key=lambda c: abs(c[0] - x))[1]

    if _SUMS.match(wide):
        numbers = [m for m in re.finditer(r"\d+", wide) if m.start() >= columns[0][0] - 6]
        roll.printed |= {under((m.start() + m.end()) // 2): int(m.group()) for m in numbers}
        return True
    marks = [m.start() for m in _MARK.finditer(wide) if m.start() >= columns[0][0] - 6]
    if len(marks) != 1:
        return False
    cells = re.split(r"\s{2,}", wide[: marks[0]].strip())
    who = next(iter(persons(wide[: marks[0]], reading)), None) or _with_party([*cells, ""], reading)
    if who:
        roll.add(who.name, who.party, under(marks[0]), at, at + len(line))
    return who is not None


def _side_by_side(roll: Roll, columns: list[tuple[int, str]], line: str, at: int, reading: Reading) -> bool:
    """A row of names in columns headed Ja and Nej: every cell is one member, under the vote it begins nearest to."""
    cells = list(re.finditer(r"\S+(?: \S+)*", line.expandtabs()))
    found = [(cell, persons(cell.group(), reading)) for cell in cells]
    if not cells or len(cells) > len(columns) or any(len(who) != 1 or who[0].party is None for _, who in found):
        return False
    if any(who[0].after < len(cell.group()) for cell, who in found):
        return False  # more than a name
    for cell, (who,) in found:
        roll.add(who.name, who.party, min(columns, key=lambda c: abs(c[0] - cell.start()))[1], at, at + len(line))
    return True


def _one_line(roll: Roll, line: str, at: int, reading: Reading) -> None:
    """ "Anna Berg (S) Ja", more of them side by side, "JA  Anna Berg (S)" or "Anna Berg   S   Ja"."""
    if len(line) > _WIDE:
        return
    cells = list(_DIGITALS.finditer(line.strip()))
    if len(cells) > 1 and sum(len(cell.group()) for cell in cells) == len(line.strip()):
        for cell in cells:
            _one(roll, cell[1], cell[2], at, at + len(line), reading)
        return
    digital, first, column = _DIGITAL.match(line), _VOTE_FIRST.match(line), _PARTY_COLUMN.match(line)
    if digital:
        printed, word = digital[1], digital[2]
    elif first:
        printed, word = first[2], first[1]
    elif column:
        printed, word = f"{column[1]} ({column[2]})", column[3]
    else:
        return
    _one(roll, printed, word, at, at + len(line), reading)


def _one(roll: Roll, printed: str, word: str, start: int, end: int, reading: Reading) -> None:
    who = persons(printed, reading)
    if len(who) == 1:
        roll.add(who[0].name, who[0].party, vote_of(word) or "ja", start, end)


_SAYS = re.compile(r"[\s:–-]+(ja|nej|avstår|avstod)(?=\s*(?:[,.;]|$)|\s+och\b)", re.IGNORECASE)


def one_by_one(text: str, reading: Reading) -> list[tuple[PersonHit, str]]:
    """Members who each are told with their vote in running text: "Anna Berg (S) ja, Bo Ek (M) nej"."""
    told = [(who, m[1]) for who in persons(text, reading) if (m := _SAYS.match(text, who.after))]
    return [(who, vote_of(word) or "ja") for who, word in told] if len(told) > 1 else []


def headed(text: str, reading: Reading) -> Roll:
    """Lists under "Ja-röster:" and "Nej-röster:", or behind "Följande ledamöter röstar ja:"."""
    roll = Roll()
    marks = list(_HEADED.finditer(text))
    votes = [vote_of(m["a"] or m["b"] or m["c"] or m["d"]) or "" for m in marks]
    if not {"ja", "nej"} & set(votes):
        return roll
    people = persons(text, reading)
    for m, vote, stop in zip(marks, votes, [*(m.start() for m in marks[1:]), len(text)], strict=True):
        for who in _listed(text, people, m.end(), stop):
            roll.add(who.name, who.party, vote, m.start(), who.after)
        if roll.ballots and (m["n"] or m["m"]):
            roll.printed[vote] = int(m["n"] or m["m"])
    return roll


def _listed(text: str, people: list[PersonHit], start: int, stop: int) -> Iterator[PersonHit]:
    """The persons that follow one another without a sentence between them."""
    at = start
    for who in people:
        if not start <= who.start < stop:
            continue
        if re.search(r"[.;](?!\w)|[a-zåäö]{7,} [a-zåäö]{5,}", text[at : who.start]):
            return
        yield who
        at = who.after
