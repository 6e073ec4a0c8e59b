"""The yrkanden of a floor passage: whose paragraphs they are, and lists of what one member moves."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..document import Span
from .floor import MOVERS, moves, names_movers, tells
from .items import split_items
from .lines import Line, paragraphs
from .running import running, sats, spans_of, text_of
from .tables import Tables

# Who moves, alone above what is moved: "Eva Ek (S) yrkar:".
_MOVER_ALONE = re.compile(
    r"(?P<by>[A-ZÅÄÖ][^.:]{3,160}\)) (?:yrkar|yrkade|föreslår|föreslog)(?:(?: följande)?:?| att:?)$"
)
# A list of movers that breaks off behind a comma or in the middle of a name.
_UNFINISHED = re.compile(
    r"(?:(?:[A-ZÅÄÖ][\w-]+ ){2,4}\([A-Za-zÅÄÖåäö]{1,4}\),? ?(?:och )?)+"
    r"(?:[A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)?|(?<=[,h] ))"
)
# What leads in the att-satser on the lines below: "Eva Ek (S) yrkar", "... föreslår att fullmäktige beslutar".
_LEADS = re.compile(
    r"(?:\b(?:yrkar|yrkade|föreslår|föreslog|hemställer|hemställde|besluta|beslutar|skulle besluta|följande)|:)$"
)
_NEXT = re.compile(rf"(?:{MOVERS}|[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+) (?:yrkar|yrkade|föreslår|föreslog|instämmer)\b")
# Why a matter should go back, in paragraphs of their own.
_REASONED = re.compile(r"återremiss\b.*\bmed (?:följande|nedanstående) motivering:", re.I)


_OF_PARTY = re.compile(r"\w*[Yy]rkande(?:n)?,? \((?P<by>[A-ZÅÄÖ]{1,4})\)[:.]?$")


_OF_MEMBER = re.compile(r"\w*[Yy]rkande(?:n)? (?:från|av) (?P<by>[^.:]{4,120}\))[:.]?$")


class Moved(NamedTuple):
    """One yrkande as it was printed: its clean text, its lines, and who moves it."""

    text: str
    at: tuple[Span, ...]
    by: str | None


def of_floor(lines: list[Line], width: int, tables: Tables, heading: str | None = None) -> list[Moved]:
    """The yrkanden of neighbouring lines of label ``floor``; a heading such as "Yrkande (KD)" says whose they are."""
    found: list[Moved] = []
    named = _OF_PARTY.match(heading or "") or _OF_MEMBER.match(heading or "")
    last: str | None = named["by"] if named else None
    groups = [part for group in _with_movers(paragraphs(lines, width)) for part in _cut(group)]
    for group in groups:
        text = running(line.text for line in group)
        if group[0].mark and not re.search(r"\b(yrkar|yrkade)\b|\) (föreslår|föreslog) att\b", text):
            found.append(Moved(sats(text_of(group)), spans_of(group), last))
            continue
        if said := _MOVER_ALONE.match(text):
            last = said["by"]
            continue
        if last and group[0].att and not group[0].mark:
            items = split_items(group, width, tables, member=False)
            found += [Moved(sats(text_of(item)), spans_of(item), last) for item in items]
            continue
        if listed := _listed(group, width, tables):
            found += listed
            last = listed[-1].by
            continue
        made = moves(text)
        if made and not (len(groups) > 1 and text.rstrip().endswith(":") and len(made) == 1 and len(made[0].text) < 40):
            found += [Moved(move.text, spans_of(group), move.by) for move in made]
            last = made[-1].by
        elif made:
            last = made[0].by
        elif found and not group[0].mark and (found[-1].text.endswith(":") or _REASONED.search(found[-1].text)):
            found[-1] = Moved(f"{found[-1].text} {text}", (*found[-1].at, *spans_of(group)), found[-1].by)
        elif (
            (found or last) and not re.search(r"\b(instämmer|ansluter sig|stödjer|deltar)\b", text) and not tells(text)
        ):
            found.append(Moved(sats(text), spans_of(group), last))
    return found


def _lead(group: list[Line]) -> int:
    """How many lines lead in a list of att-satser below them; 0 where there is no such list."""
    first = next((n for n, line in enumerate(group) if n and line.att and not line.mark), None)
    if first is None:
        return 0
    begun = [n for n in range(first, min(first + 3, len(group))) if group[n].att and not group[n].mark]
    leads = [n for n in begun if _LEADS.search(running(line.text for line in group[max(0, n - 4) : n]))]
    # A lead-in may hold another: "yrkar / att kommunstyrelsen föreslår fullmäktige besluta / att A".
    return leads[-1] if leads[:1] == begun[:1] else 0


def _cut(group: list[Line]) -> list[list[Line]]:
    """A paragraph with a list of att-satser, cut where the next member moves something on a line of its own."""
    parts: list[list[Line]] = []
    while first := _lead(group):
        behind = next((n for n, line in enumerate(group) if n > first and _NEXT.match(line.text)), 0)
        if not behind:
            break
        parts.append(group[:behind])
        group = group[behind:]
    return [*parts, group]


def _listed(group: list[Line], width: int, tables: Tables) -> list[Moved]:
    """What one member moves in a list without marks: "Eva Ek (S) yrkar / att A / att B"."""
    first = _lead(group)
    if not first:
        return []
    items = split_items(group[first:], width, tables, member=False)
    lead = running(line.text for line in group[:first])
    made = moves(f"{lead} {text_of(items[0])}")
    if not made:
        return []
    before = [Moved(move.text, spans_of(group[:first]), move.by) for move in made[:-1]]
    by = made[-1].by
    return [*before, *(Moved(sats(text_of(item)), spans_of(item), by) for item in items)]


def _with_movers(groups: list[list[Line]]) -> list[list[Line]]:
    """The paragraphs, each name that stands alone above its yrkande (``Eva Ek (S):``) together with it."""
    grouped: list[list[Line]] = []
    for group in groups:
        above = running(line.text for line in grouped[-1]) if grouped else ""
        if (above and not group[0].gap and names_movers(above)) or _UNFINISHED.fullmatch(above):
            grouped[-1] = [*grouped[-1], *group]
        else:
            grouped.append(list(group))
    return grouped
