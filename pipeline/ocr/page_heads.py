"""What the lines of a page's head say: which kind of document this is, and what belongs to a letter's head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = 9  # lines in which a document names itself
VERY_TOP = 3
_TABLES = Path(__file__).resolve().parent.parent / "tables"

DATE = r"(?:\d{4}-\d\d-\d\d|(?:den )?\d{1,2} [a-z]{3,9} \d{4})"
# How an entry of a list of documents ends.
_ENTRY_END = re.compile(r",\s\d{4}-\d\d-\d\d\W*$|,\s(?:[A-Z]\w* )?\d{4} nr \d+\W*$")
_IN_OFFICE = re.compile(
    r"(?:[A-ZÅÄÖ][\w.’-]+ ){2,4}(?:\w+s )?[\w-]*(?:ledare|ordförande|råd|ledamot|ersättare)"
    r"(?: [A-ZÅÄÖ]\w+)? \([A-ZÅÄÖ]\w{0,3}\)"
)
_NAMES = re.compile(r"(?:\W*[A-ZÅÄÖ][\w.’-]+){2,4}\W*(?:\([A-ZÅÄÖ]\w{0,3}\))?(?:\s{2,}|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """What ``tables/first_pages.json`` lists; it says what each list is."""

    headings: frozenset[str]
    starts: tuple[str, ...]
    meta: tuple[str, ...]
    ambiguous: frozenset[str]
    fronts: tuple[str, ...]
    closings: tuple[str, ...]
    lists: frozenset[str]
    listed_under: frozenset[str]


@cache
def table() -> Table:
    """The table, read once."""
    found = json.loads((_TABLES / "first_pages.json").read_text(encoding="utf-8"))
    return Table(
        frozenset(found["headings"]),
        tuple(found["heading_starts"]),
        tuple(found["meta"]),
        frozenset(found["ambiguous"]),
        tuple(found["protocol_fronts"]),
        tuple(found["closings"]),
        frozenset(found["lists"]),
        frozenset(found["listed_under"]),
    )


def titles(lines: Iterable[str]) -> int:
    """How many lines begin as the title of a document does."""
    return sum(plain(line).startswith(table().starts) for line in lines)


def plain(line: str) -> str:
    """The words alone: no digits, no case, and not what a logo leaves before them (``@ PROTOKOLL``)."""
    words = re.sub(r"[\d()]+", "", " ".join(line.lower().split())).strip(" .:-–")
    return re.sub(r"^(?:\w?[^\w\s]+\w? |\w )+", "", words)


def is_names(line: str) -> bool:
    """Whether a line holds nothing but people's names, as signed; with their offices if the party stands behind.

    >>> is_names("Carin Lind (C)      Bo Ek (C)"), is_names("Bo Ek"), is_names("Mossby kommun vill")
    (True, True, False)
    >>> is_names("Bo Ek gruppledare Mossby (C)"), is_names("Bo Ek yrkar bifall till Carin Lind (C)")
    (True, False)
    """
    return bool(line) and (not _NAMES.sub("", line).strip() or bool(_IN_OFFICE.fullmatch(line.strip())))


def announcements(head: Iterable[str]) -> list[tuple[str, float]]:
    """The lines that name a kind of document as a heading does, and their weight: more at the very top.

    Under a § they are only the matter's title; in a list of documents only its entries.
    """
    known, lines = table(), tuple(head)
    found = []
    paragraph = any(re.match(r"\s*§ ?\d+", line) for line in lines[:6])
    for place, line in enumerate(lines[:TOP]):
        running = len(line.strip()) > 75 and not re.search(r"\s{3,}|\t", line.strip())
        if running and place >= VERY_TOP:
            break  # what follows running text is no head
        if line.rstrip().endswith((",", ";")) or _is_entry_of_list(lines[place : place + 4]):
            continue
        chunks = [plain(chunk) for chunk in re.split(r"\s{3,}|\t|/", line)] + [plain(line), _undated(line)]
        begun = not paragraph and any(chunk.startswith(known.starts) for chunk in chunks)
        top = 0.75 * (place < VERY_TOP)
        if any(chunk in known.headings for chunk in chunks) or begun:
            found.append((line, 1.5 + top))
        elif any(chunk in known.ambiguous for chunk in chunks):
            found.append((line, 0.75 + top))
    return found


def _undated(line: str) -> str:
    """The line without a place and date at its end: ``Motion Mossby 2024-03-04`` is a motion's name."""
    found = re.search(rf"(?<=\w)(?:\s+[A-ZÅÄÖ][a-zåäö]+,?)?\s+{DATE}$", line.strip())
    return plain(line.strip()[: found.start()]) if found else ""


def _is_entry_of_list(lines: tuple[str, ...]) -> bool:
    """Whether a heading's line and the three after it are an entry of a list of documents, with its date or number."""
    return any(_ENTRY_END.search("\n".join(line.strip() for line in lines[: n + 1])) for n in range(len(lines)))


def label(line: str) -> str:
    """The label of an office letter's head with which the line begins, or nothing."""
    words = plain(line)
    return next((said for said in table().meta if words == said or words.startswith((f"{said}:", f"{said} "))), "")
