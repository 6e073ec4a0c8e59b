"""A record laid out for reading: blocks of one label, lines, and pieces that carry one set of marks.

Offsets are those of ``text.repaired``. Nothing here knows of terminals or HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count
from typing import Any

from .visible import visible

SHOW_THEMSELVES = {"repair.low-confidence", "segment.section-uncertain"}
MANY, PLACE = 12, 600  # a note with more places, or longer ones, is told beside the text and not in it

Json = dict[str, Any]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the repaired text and the index of the thing it marks."""

    start: int
    end: int
    index: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Text with one set of marks: indices into ``entities``, ``repairs`` and the view's proposals, or None.

    A repair that deletes gives a piece without text, and so does a note, at the place where it begins.
    """

    text: str
    start: int
    proposal: int | None
    entity: int | None
    repair: int | None
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text; ``pieces`` is empty for a blank one."""

    start: int
    page: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that share a section. ``item`` counts the record's items; None is what belongs to no item."""

    label: str
    item: int | None
    confidence: float | None
    lines: tuple[Line, ...]
    first_of_item: bool = False
    page: int | None = None  # the page that begins with this block


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with where it stands: its item, its place in the item, and its ranges."""

    item: int
    at: tuple[Range, ...]
    value: Json


@dataclass(frozen=True, slots=True)
class View:
    """All that a reading view shows of one record."""

    record: Json
    blocks: tuple[Block, ...]
    proposals: tuple[Proposal, ...]


def view(record: Json) -> View:
    """Lay out one valid record."""
    proposals = tuple(
        Proposal(i, tuple(_ranges(value)), value)
        for i, item in enumerate(record["items"])
        for value in item["proposals"]
    )
    text = visible(record["text"]["repaired"])
    marks = _Marks(record, proposals)
    first = record["source"]["part"]["pages"][0]
    lines = [Line(a, first + page, tuple(marks.pieces(text, a, b))) for a, b, page in _line_ranges(text)]
    return View(record, tuple(_blocks(record, lines)), proposals)


def _ranges(value: Json) -> Iterator[Range]:
    for at in value["at"]:
        yield at["repaired"][0], at["repaired"][1]


def _line_ranges(text: str) -> Iterator[tuple[int, int, int]]:
    """The lines without their ends, each with how many pages were before it; a form feed ends line and page."""
    start = page = 0
    for end in re.finditer("[\n\f]", text):
        yield start, end.start(), page
        start = end.end()
        page += end.group() == "\f"
    yield start, len(text), page


class _Marks:
    """Which entity, repair and proposal lies at which character."""

    def __init__(self, record: Json, proposals: tuple[Proposal, ...]) -> None:
        self._entities = _flat([Mark(a, b, i) for i, e in enumerate(record["entities"]) for a, b in _ranges(e)])
        self._repairs = [
            Mark(repair["repaired"][0], repair["repaired"][1], i) for i, repair in enumerate(record["repairs"])
        ]
        self._proposals = _flat([Mark(a, b, i) for i, p in enumerate(proposals) for a, b in p.at])
        self._notes = noted(record)
        marks = (*self._entities, *self._repairs, *self._proposals)
        self._edges = sorted({edge for m in marks for edge in (m.start, m.end)} | set(self._notes))

    def pieces(self, text: str, start: int, end: int) -> Iterator[Piece]:
        """The pieces of one line."""
        if not text[start:end].strip():
            return
        inner = [edge for edge in _between(self._edges, start, end) if start < edge < end]
        for a, b in zip([start, *inner], [*inner, end], strict=True):
            for note in self._notes.get(a, ()):
                yield Piece("", a, _at(self._proposals, a), _at(self._entities, a), None, note)
            for mark in _deletions(self._repairs, a):
                yield Piece("", a, _at(self._proposals, a), _at(self._entities, a), mark.index)
            yield Piece(text[a:b], a, _at(self._proposals, a), _at(self._entities, a), _at(self._repairs, a))
        for mark in _deletions(self._repairs, end):
            yield Piece("", end, None, None, mark.index)


def noted(record: Json) -> dict[int, list[int]]:
    """The notes that belong to places: their indices by the offset where they are shown.

    Left out are notes on the whole text, and doubtful repairs, which show themselves.
    """
    shown: dict[int, list[int]] = {}
    place = min(PLACE, len(record["text"]["repaired"]) // 2)
    for i, note in enumerate(record["notes"]):
        if note["code"] in SHOW_THEMSELVES or len(note["at"]) > MANY:
            continue
        for start, end in _ranges(note):
            if end - start <= place:
                shown.setdefault(start, []).append(i)
    return shown


def _flat(marks: list[Mark]) -> list[Mark]:
    """Sorted marks that do not overlap: of two that do, the earlier and then the longer stays."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.start < mark.end and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def _between(edges: list[int], start: int, end: int) -> list[int]:
    return edges[bisect_left(edges, start) : bisect_right(edges, end)]


def _at(marks: list[Mark], offset: int) -> int | None:
    """The index of the mark that holds the offset."""
    i = bisect_right(marks, offset, key=lambda m: m.start) - 1
    while i >= 0 and marks[i].start == marks[i].end:  # deletions hold no character
        i -= 1
    return marks[i].index if i >= 0 and marks[i].start <= offset < marks[i].end else None


def _deletions(repairs: list[Mark], offset: int) -> list[Mark]:
    """The repairs that leave nothing at an offset."""
    found = []
    for mark in repairs[bisect_left(repairs, offset, key=lambda m: m.start) :]:
        if mark.start != offset:
            break
        if mark.end == offset:
            found.append(mark)
    return found


def _blocks(record: Json, lines: list[Line]) -> Iterator[Block]:
    """Consecutive lines of one page and one section, without the blank lines around them."""
    sections = _Sections(record)
    gathered: list[Line] = []
    here: Section = NOWHERE
    item_seen: set[int | None] = {None}
    page_seen = record["source"]["part"]["pages"][0]

    def block() -> Block:
        nonlocal page_seen
        while not gathered[-1].pieces:
            gathered.pop()
        page = gathered[0].page
        made = Block(
            here.label,
            here.item,
            here.confidence,
            tuple(gathered),
            first_of_item=here.item not in item_seen,
            page=page if page != page_seen else None,
        )
        item_seen.add(here.item)
        page_seen = page
        gathered.clear()
        return made

    for line in lines:
        if line.pieces:
            section = sections.at(line.start, line.pieces[-1].start + len(line.pieces[-1].text))
            if gathered and (section.number != here.number or gathered[0].page != line.page):
                yield block()
            here = section
            gathered.append(line)
        elif gathered:
            gathered.append(line)
    if gathered:
        yield block()


@dataclass(frozen=True, slots=True)
class Section:
    """One range of a section of the record."""

    start: int
    end: int
    item: int | None
    label: str
    confidence: float | None
    number: int  # of the section in the record: its ranges share it


NOWHERE = Section(0, 0, None, "other", None, -1)


class _Sections:
    """Which section covers most of a line."""

    def __init__(self, record: Json) -> None:
        self._all = sorted(_section_ranges(record), key=lambda section: section.start)
        self._starts = [section.start for section in self._all]
        self._reach = list(accumulate((section.end for section in self._all), max))

    def at(self, start: int, end: int) -> Section:
        """The section; ``NOWHERE`` where none reaches."""
        best, most = NOWHERE, 0
        for i in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self._reach[i] <= start:
                break
            shared = min(end, self._all[i].end) - max(start, self._all[i].start)
            if shared >= max(most, 1):
                best, most = self._all[i], shared
        return best


def _section_ranges(record: Json) -> Iterator[Section]:
    numbers = count()
    for item, holder in [(None, record), *enumerate(record["items"])]:
        for section in holder["sections"]:
            number = next(numbers)
            for start, end in _ranges(section):
                yield Section(start, end, item, section["kind"], section["confidence"], number)
