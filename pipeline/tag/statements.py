"""Särskilda yttranden, protokollsanteckningar, jäv, and who takes no part in a decision."""

from __future__ import annotations

import re

from ..document import Statement
from .names import Reading, groups
from .party_persons import persons
from .passages import Passage, of_kind, sentences
from .reserving import GROUP, groups_named

_JAV = re.compile(r"\b(?:jäv|jävig|jäviga|jävsanmälan)\b", re.IGNORECASE)
_NO_PART = re.compile(r"\b(?:deltar|deltog|deltagit) (?:inte|ej|icke)\b")
_NOT_ABOUT = re.compile(r"(?i)\bjävs?(?:regler|bestämmelser|nämnd)\w*|\bfråga om jäv\b|\binte (?:är |var )?jäv")


def statements(found: tuple[Passage, ...], item: int, reading: Reading) -> tuple[Statement, ...]:
    """The statements of a matter with who makes them; jäv and taking no part are statements too."""
    made = [_statement(p, reading) for p in of_kind(found, "statement", item=item) if not _only_jav(p)]
    for p in of_kind(
        found, "statement", "procedure", "floor", "other", "decision", "votes", "attendance", "summary", item=item
    ):
        made += _aside(p, reading)
    return tuple(made)


def _only_jav(p: Passage) -> bool:
    """Whether a short note only tells who did not take part."""
    return (
        len(p.text) < 300
        and bool(_JAV.search(f"{p.heading} {p.text}") or _NO_PART.search(p.text))
        and not re.search(r"(?i)särskilt yttrande|protokollsanteckning|antecknas", f"{p.heading} {p.text}")
    )


def _statement(p: Passage, reading: Reading) -> Statement:
    low = (p.heading + " " + p.text[:160]).lower()
    kind = "sarskilt_yttrande" if re.search(r"särskil(?:t|da) yttrande", low) else "protokollsanteckning"
    people = groups(p.text, persons(p.text[:400], reading))
    by = ", ".join(x.name for x in people[0]) if people else None
    if by is None and GROUP.search(p.text[:200]):
        by = next((text for text, _, _, _ in groups_named(p.text[:200], 0, reading)), None)
    if by is None:
        by = next((p.text[h.start : h.end] for h in reading.named(p.text[:200])), None)
    return Statement(kind, by, 0.85, (p.all(),))


def _aside(p: Passage, reading: Reading) -> list[Statement]:
    """ "Anna Berg (S) anmäler jäv och deltar inte i beslutet"."""
    if not (_JAV.search(p.text) or _NO_PART.search(p.text)):
        return []
    made = []
    under = bool(re.match(r"(?i)jäv\b", p.heading))
    for start, end in sentences(p.text):
        sentence = p.text[start:end]
        jav = _JAV.search(sentence) or under
        if _NOT_ABOUT.search(sentence) or not (jav or _NO_PART.search(sentence)):
            continue
        who = persons(sentence, reading)
        listed = groups(sentence, who)
        if listed:
            span = p.span(start + listed[0][0].start, end)
            by = ", ".join(x.name for x in listed[0])
            made.append(Statement("jav" if jav else "deltar_ej", by, 0.85, (span,)))
    return made
