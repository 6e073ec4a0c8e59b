"""The repaired text: a scan and its edits, and the way between raw and repaired spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .scan import Note, Scan, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` replaces the raw ``span``; ``rule`` names why, ``confidence`` is the calibrated 0..1."""

    span: Span
    text: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class PageQuality:
    """The verdict on one page; ``damage`` is the estimated share of damaged words, 0..1."""

    page: int
    ocr: str
    damage: float
    source: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The verdict on the text: ``clean|wrong-language|noisy|mojibake|mixed|empty``.

    ``read_with`` is the language code of the OCR model that is thought to have read it
    (Tesseract's codes), or ``None`` when unknown; ``language`` that of the language it is written in.
    """

    ocr: str
    read_with: str | None
    damage: float
    confidence: float
    pages: tuple[PageQuality, ...] = ()
    language: str = "sv"


@dataclass(frozen=True)
class Transcript:
    """The scan and its edits. The repaired text *is* the edits applied to the raw text.

    >>> from pipeline.document import Page, Part, Source
    >>> source = Source("a.txt", "", "text/plain", 4, 1, Part(1, 1, (1, 1)))
    >>> scan = Scan(source, "&r du", (Page(1, Span(0, 5), "given"),))
    >>> t = Transcript(scan, (Edit(Span(0, 2), "är", "restore.letters", 0.99),), Quality("noisy", None, 0.5, 0.9))
    >>> t.text, t.to_raw(Span(1, 2)), t.to_repaired(Span(1, 2))
    ('är du', Span(start=0, end=2), Span(start=0, end=2))
    """

    scan: Scan
    edits: tuple[Edit, ...]
    quality: Quality
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        last = 0
        for edit in self.edits:
            if edit.span.start < last or edit.span.end < edit.span.start or edit.span.end > len(self.scan.text):
                raise ValueError(f"edits must be sorted, apart and inside the text: {edit}")
            last = edit.span.end

    @cached_property
    def text(self) -> str:
        """The repaired text."""
        parts, last = [], 0
        for edit in self.edits:
            parts += [self.scan.text[last : edit.span.start], edit.text]
            last = edit.span.end
        return "".join([*parts, self.scan.text[last:]])

    @cached_property
    def _repaired(self) -> tuple[Span, ...]:
        """The place of every edit in the repaired text."""
        shift, spans = 0, []
        for edit in self.edits:
            start = edit.span.start + shift
            spans.append(Span(start, start + len(edit.text)))
            shift += len(edit.text) - (edit.span.end - edit.span.start)
        return tuple(spans)

    def repaired_spans(self) -> tuple[Span, ...]:
        """The place of every edit in the repaired text, in the order of ``edits``."""
        return self._repaired

    def to_raw(self, span: Span) -> Span:
        """The raw span behind a repaired one; what begins or ends inside an edit widens to the whole edit.

        Text that was deleted at either end of the span stays outside.
        """
        here, there = self._repaired_side, self._raw_side
        start = here.start_of(span.start, there)
        return Span(start, max(start, here.end_of(span.end, there)))

    def to_repaired(self, span: Span) -> Span:
        """The repaired span of a raw one, with the same widening; text inserted at either end is taken along."""
        here, there = self._raw_side, self._repaired_side
        start = here.start_of(span.start, there, take_empty=True)
        return Span(start, max(start, here.end_of(span.end, there, take_empty=True)))

    @cached_property
    def _raw_side(self) -> _Side:
        return _Side([e.span.start for e in self.edits], [e.span.end for e in self.edits])

    @cached_property
    def _repaired_side(self) -> _Side:
        return _Side([s.start for s in self._repaired], [s.end for s in self._repaired])


class _Side(NamedTuple):
    """Starts and ends of all edits, in the coordinates of one text; both lists are sorted."""

    starts: list[int]
    ends: list[int]

    def start_of(self, offset: int, there: _Side, take_empty: bool = False) -> int:
        """Where a span that starts at ``offset`` starts in the other text.

        ``take_empty``: an edit without width that stands exactly at ``offset`` belongs to the span.
        """
        if take_empty:
            i = bisect_left(self.ends, offset)
            while i < len(self.ends) and self.ends[i] == offset and self.starts[i] < offset:
                i += 1
        else:
            i = bisect_right(self.ends, offset)
        if i < len(self.ends) and self.starts[i] <= offset:
            return there.starts[i]
        return offset + self._shift(i - 1, there)

    def end_of(self, offset: int, there: _Side, take_empty: bool = False) -> int:
        """Where a span that ends at ``offset`` ends in the other text."""
        if take_empty:
            i = bisect_right(self.starts, offset) - 1
            while i >= 0 and self.starts[i] == offset and self.ends[i] > offset:
                i -= 1
        else:
            i = bisect_left(self.starts, offset) - 1
        if i >= 0 and self.ends[i] >= offset:
            return there.ends[i]
        return offset + self._shift(i, there)

    def _shift(self, i: int, there: _Side) -> int:
        return there.ends[i] - self.ends[i] if i >= 0 else 0
