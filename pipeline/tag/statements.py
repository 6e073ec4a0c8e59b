"""Särskilda yttranden, protokollsanteckningar, jäv, and who takes no part in a decision."""

from __future__ import annotations

import re

from ..document import Statement
from .group_names import GROUP, groups_named
from .names import Reading, groups
from .party_persons import persons
from .passages import Passage, of_kind, sentences

_JAV = re.compile(r"\b(?:jäv|jävig|jäviga|jävsanmälan)\b", re.IGNORECASE)
_NO_PART = re.compile(
    r"\b(?:deltar|deltog|deltagit) (?:inte|ej|icke)\b|\b(?:hon|han|de|hen) (?:inte|ej|icke) (?:deltar|deltog)\b|"
    r"\bavst(?:år|od) från att delta\b|\b[Ee]j deltagande\b"
)
_NOT_ABOUT = re.compile(r"(?i)\bjävs?(?:regler|bestämmelser|nämnd)\w*|\bfråga om jäv\b|\binte (?:är |var )?jäv")


def statements(found: tuple[Passage, ...], item: int, reading: Reading) -> tuple[Statement, ...]:
    """The statements of a matter with who makes them; jäv and taking no part are statements too."""
    made: list[Statement] = []
    for p in of_kind(found, "statement", item=item):
        made += _notes(p, reading) or ([] if _only_jav(p) or _absent(p, reading) else [_statement(p, reading)])
    for p in of_kind(found, "reservation", item=item):
        made += _beside(p, reading)
    for p in of_kind(
        found,
        "statement",
        "reservation",
        "procedure",
        "floor",
        "other",
        "decision",
        "votes",
        "attendance",
        "summary",
        item=item,
    ):
        made += _aside(p, reading)
    return tuple(made)


_BESIDE = re.compile(r"\b(?:[Ss]ärskil(?:t|da) yttrande|[Pp]rotokollsanteckning|[Rr]östförklaring)")


def _beside(p: Passage, reading: Reading) -> list[Statement]:
    """Statements told among reservations: "Särskilt yttrande lämnas av Anna Berg (S)"."""
    made = []
    for start, end in sentences(p.text):
        sentence = p.text[start:end]
        who = groups(sentence, persons(sentence, reading)) if _BESIDE.search(sentence) else []
        if who and not re.search(r"\b[Rr]eserv", sentence):
            by = ", ".join(x.name for x in who[0])
            made.append(Statement(_kind(p, sentence), by, 0.8, (p.span(start, end),)))
    return made


def _only_jav(p: Passage) -> bool:
    """Whether a short note only tells who did not take part."""
    return (
        len(p.text) < 300
        and bool(_JAV.search(f"{p.heading} {p.text}") or _NO_PART.search(p.text))
        and not re.search(r"(?i)särskilt yttrande|protokollsanteckning|antecknas", f"{p.heading} {p.text}")
    )


def _absent(p: Passage, reading: Reading) -> bool:
    """Whether a note says nothing but who takes no part, which :func:`_aside` tells."""
    return all(_NO_PART.search(p.text[a:b]) for a, b in sentences(p.text)) and bool(_aside(p, reading))


def _parties(sentence: str, reading: Reading) -> str | None:
    """The parties that a sentence begins with: "Sverigedemokraterna deltar inte i beslutet"."""
    no_part = _NO_PART.search(sentence)
    named = [h for h in reading.named(sentence) if no_part and h.end <= no_part.start()]
    if not named or named[0].start or sentence[named[-1].end : no_part.start() if no_part else 0].strip():
        return None
    return ", ".join(sentence[h.start : h.end] for h in named)


# What opens a note to the minutes: "Eva Ek (S) antecknar som yttrande ...", "Ledamöterna från V deltar inte ...".
_NOTES = re.compile(
    r"\b(?:antecknar|deltar (?:inte|ej)|(?:lämnar|lämnade|anmäler|anmälde|avger|avgav|inkommer|inkom)\b[^.]{0,60}"
    r"(?:yttrande|anteckning|röstförklaring))"
)


def _notes(p: Passage, reading: Reading) -> list[Statement]:
    """The notes under one heading, where several makers have one each; none where it is one statement.

    Who only says that they take no part is told by :func:`_aside`.
    """
    opened = [(start, p.text[start:end]) for start, end in sentences(p.text)]
    makers = [(start, sentence, _maker(sentence, reading)) for start, sentence in opened]
    begun = [(start, sentence, by) for start, sentence, by in makers if by]
    if len(begun) < 2 or begun[0][0] != opened[0][0]:
        return []
    ends = [start for start, _, _ in begun[1:]] + [len(p.text)]
    return [
        Statement(_kind(p, sentence), by, 0.85, (p.span(start, start + len(p.text[start:end].rstrip())),))
        for (start, sentence, by), end in zip(begun, ends, strict=True)
        if not _NO_PART.search(sentence)
    ]


def _maker(sentence: str, reading: Reading) -> str | None:
    """Who makes the note that a sentence opens."""
    verb = _NOTES.search(sentence)
    if verb is None:
        return None
    subject = sentence[: verb.start()]
    people = groups(subject, persons(subject, reading))
    if people and people[0][0].start <= _SOON:
        return ", ".join(x.name for x in people[0])
    group = GROUP.search(subject[: 2 * _SOON])
    return _joined(subject, group.end(), reading) if group else None


_SOON = 40  # a note begins with its maker, a role or a title before the name


def _joined(text: str, start: int, reading: Reading) -> str | None:
    """The parties of "Ledamöterna från V, S och MP", as printed."""
    listed: list[str] = []
    last = start
    for printed, _, a, b in groups_named(text, start, reading):
        if not _JOINS.fullmatch(text[last:a]):
            break
        listed.append(printed)
        last = b
    return ", ".join(listed) or None


_JOINS = re.compile(r"(?:,| och| samt)* ?(?:från |för )?")


def _kind(p: Passage, text: str) -> str:
    low = (p.heading + " " + text[:160]).lower()
    return "sarskilt_yttrande" if re.search(r"särskil(?:t|da) yttrande", low) else "protokollsanteckning"


def _statement(p: Passage, reading: Reading) -> Statement:
    people = groups(p.text, persons(p.text[:400], reading))
    by = ", ".join(x.name for x in people[0]) if people else None
    if by is None and (group := GROUP.search(p.text[:200])):
        by = _joined(p.text[:200], group.end(), reading) or next(
            (text for text, _, _, _ in groups_named(p.text[:200], 0, reading)), None
        )
    if by is None:
        by = next((p.text[h.start : h.end] for h in reading.named(p.text[:200])), None)
    return Statement(_kind(p, p.text), by, 0.85, (p.all(),))


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
        group = None if listed else GROUP.search(sentence[: 2 * _SOON])
        by = (
            ", ".join(x.name for x in listed[0])
            if listed
            else _joined(sentence, group.end(), reading)
            if group
            else _parties(sentence, reading)
        )
        if by:
            first = listed[0][0].start if listed else group.start() if group else 0
            span = p.span(start + first, end)
            made.append(Statement("jav" if jav else "deltar_ej", by, 0.85, (span,)))
    return made
