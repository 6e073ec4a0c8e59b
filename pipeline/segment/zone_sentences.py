"""Proposals without a lead-in above them: a list right under the argument, or what one sentence asks for."""

from __future__ import annotations

import re

from .draft import Draft

QUOTES = '"”“»'
QUESTION_KINDS = {"interpellation", "fraga"}


def unled(draft: Draft, todo: list[int]) -> list[int]:
    """Att-satser right under the argument, without a lead-in: the last lines, each of which opens one or goes on."""
    items: list[int] = []
    for group in reversed(draft.groups(todo)):
        opens = [i for i in group if draft.lines[i].att or _OF_POINT.match(draft.lines[i].key)]
        if group[0] not in opens or (not draft.lines[group[0]].gap and not items):
            break
        items = [*group, *items]
    begun = sum(draft.lines[i].att or _OF_POINT.match(draft.lines[i].key) is not None for i in items)
    return items if begun > 1 and len(items) < len(todo) else []


_OF_POINT = re.compile(r"att-?sats \d{1,2}:? (bifall|avsl|anses|besvar)")


def in_sentence(draft: Draft, todo: list[int]) -> list[int]:
    """A proposal in one sentence: the last paragraph that asks the council for something."""
    for group in reversed(draft.groups(todo)):
        key = " ".join(draft.lines[i].key for i in group)
        tables = draft.tables
        asks = re.search(
            r"\b(foreslar|yrkar|hemstaller|begar)\b.{0,160}\batt\b|\b(mitt|vart) forslag (ar|blir)( \w+){0,2} att\b|"
            r"fullmaktige foreslas\b.{0,40}\bbesluta\b.{0,40}\batt\b|"
            r"\bvill (jag|vi|\w+partiet|\w+erna)( darfor)? att \w*fullmaktige\b",
            key,
        )
        quoted = draft.lines[group[0]].text[:1] in QUOTES
        if asks and not quoted and not tables.has("stem.past", key) and not tables.has("stem.of-other", key):
            return _sentence_lines(draft, group, asks.start())
        if draft.kind in QUESTION_KINDS and key.endswith("?"):
            return _questions(draft, todo, group)
        moves = _MOVES.search(key)
        if draft.kind == "yrkande" and moves:
            return _sentence_lines(draft, group, moves.start())
    return _wished(draft, todo)


def _wished(draft: Draft, todo: list[int]) -> list[int]:
    """The wish that the last paragraph of a motion tells, where nothing else in it asks."""
    groups = draft.groups(todo)
    if not groups or draft.kind not in {"motion", "medborgarforslag", "initiativ"}:
        return []
    wishes = _WISHES.search(" ".join(draft.lines[i].key for i in groups[-1]))
    quoted = draft.lines[groups[-1][0]].text[:1] in QUOTES
    return _sentence_lines(draft, groups[-1], wishes.start()) if wishes and not quoted else []


# The wish that a paper ends with, where nothing else in it asks: "Jag vill därför att kommunen bygger farthinder".
_WISHES = re.compile(
    r"\b(jag|vi) (vill|onskar|kraver|skulle vilja)( \w+){0,2}? att \w+|\b(vill|onskar|kraver) (jag|vi) att \w+|"
    r"\bvi som skrivit under kraver att\b"
)
_MOVES = re.compile(
    r"\byrkar( (vi|jag|\w+partiet|\w+erna|ocksa|aven|vidare|darfor|darmed|i (forsta|andra) hand,?)){0,3}? (pa |om )?"
    r"(i (forsta|andra) hand,? (pa )?)?(bifall|avslag|aterremiss|bordlaggning)\b"
)


def _questions(draft: Draft, todo: list[int], last: list[int]) -> list[int]:
    """The last paragraph that asks, and those right above it that are one question each."""
    asked = list(last)
    for group in reversed(draft.groups(todo[: todo.index(last[0])])):
        text = " ".join(draft.lines[i].text for i in group)
        if not text.endswith("?") or re.search(r"[.!?] ", text):
            break
        asked = [*group, *asked]
    return asked


def _sentence_lines(draft: Draft, group: list[int], at: int) -> list[int]:
    """The lines of a paragraph from the sentence that holds the folded offset ``at``."""
    offset, lines = 0, []
    for n, i in enumerate(group):
        length = len(draft.lines[i].key) + 1
        if offset + length > at:
            before = " ".join(draft.lines[j].key for j in group[:n])
            back = n
            while back and not before.endswith((".", "!", "?")):
                back -= 1
                before = " ".join(draft.lines[j].key for j in group[:back])
            lines = group[back:]
            break
        offset += length
    return lines
