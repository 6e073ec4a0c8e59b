"""The frozen values that travel between the stages.

``Scan`` -> ``Transcript`` -> ``Outline`` -> ``Protocol``: each holds the one before it, so a wrong order
does not type-check and every value walks back to raw characters and to a box on the page.

Coordinates: a :class:`Span` is half-open and counts Unicode code points.
``Scan``, ``Edit``, ``Word``, ``Page`` and ``Note`` speak of the *raw* text.
``Outline`` and ``Protocol`` speak of the *repaired* text; :meth:`Transcript.to_raw` leads back.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Span(NamedTuple):
    """Half-open range ``[start, end)`` of code points."""

    start: int
    end: int


class Box(NamedTuple):
    """Rectangle in pixels of its page, origin at the top left."""

    x0: int
    y0: int
    x1: int
    y1: int


class Word(NamedTuple):
    """One word as the engine or the text layer gave it.

    ``span`` is in the raw text, ``page`` counts from 1, ``confidence`` is 0..1 (or ``None`` where the
    source gives none), ``line`` numbers the printed lines of the page from 0.
    """

    span: Span
    page: int
    box: Box
    confidence: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its range of the raw text and, for images, its size in pixels at ``dpi``.

    ``source`` says how the text was had: ``text-layer``, ``ocr`` or ``given`` (plain text, ALTO, hOCR).
    """

    number: int
    span: Span
    source: str
    width: int = 0
    height: int = 0
    dpi: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """An oddity, coded ``stage.what``; ``at`` are raw spans, ``count`` how often it was met."""

    code: str
    message: str
    at: tuple[Span, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """Which document of a bundle this is: the ``n``-th ``of``, with first and last page of the file."""

    n: int
    of: int
    pages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the bytes came from; ``also`` are further names of the same bytes."""

    name: str
    sha256: str
    media_type: str
    bytes: int
    pages: int
    part: Part
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scan:
    """What was read: immutable raw text, pages, and words with boxes (none for plain text)."""

    source: Source
    text: str
    pages: tuple[Page, ...]
    words: tuple[Word, ...] = ()
    read_with: str | None = None
    notes: tuple[Note, ...] = ()

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.span.start for page in self.pages]

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.span.start for word in self.words]

    def page_at(self, offset: int) -> Page:
        """The page that holds the raw ``offset`` (the separator after a page belongs to that page)."""
        return self.pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The words that share at least one character with the raw ``span``."""
        first = max(0, bisect_right(self._word_starts, span.start) - 1)
        found = []
        for word in self.words[first:]:
            if word.span.start >= span.end:
                break
            if word.span.end > span.start:
                found.append(word)
        return tuple(found)


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
    (Tesseract's codes), or ``None`` when unknown.
    """

    ocr: str
    read_with: str | None
    damage: float
    confidence: float
    pages: tuple[PageQuality, ...] = ()


@dataclass(frozen=True)
class Transcript:
    """The scan and its edits. The repaired text *is* the edits applied to the raw text.

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


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value with its probability of being right and the repaired spans it was read from."""

    value: T
    confidence: float
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one label (``gold`` labels: background, motivation, stem, proposal, ...)."""

    kind: str
    at: tuple[Span, ...]
    confidence: float
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One att-sats (or proposal sentence). ``act``: request, recommendation, floor or decision.

    ``by`` is who proposes, as printed; ``tag`` resolves it to a party code or a body.
    """

    n: int
    text: str
    stem: str | None
    by: str | None
    act: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One matter (one § of a protocol; exactly one for a motion or a reply); ``span`` is all of its text."""

    span: Span
    paragraph: Value[str] | None
    title: Value[str] | None
    sections: tuple[Section, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Outline:
    """What ``segment`` found: the kind of document, its matters, and the sections outside any matter."""

    transcript: Transcript
    kind: Value[str]
    body: Value[str] | None
    items: tuple[Item, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in the text; ``type`` is one of the entity types of the record."""

    type: str
    text: str
    normalized: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a role; ``status`` is for attendance (tjänstgörande, ersättare, frånvarande ...)."""

    name: str
    party: str | None
    role: str | None
    confidence: float
    at: tuple[Span, ...]
    status: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """A party that the text names: code as printed for local parties, canonical for the others."""

    code: str
    name: str | None
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the text says of what it says: ``of`` motion | proposal N | yrkande by X | ... ."""

    of: str
    outcome: str
    by: str | None
    act: str
    verbatim: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One printed line of a roll call; ``vote`` is ja, nej, avstår or frånvarande."""

    name: str
    party: str | None
    vote: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One votering; what is not printed counts as 0; ``verified`` is None where no roll is printed."""

    about: str | None
    yes: int
    no: int
    abstain: int
    absent: int
    yes_means: str | None
    no_means: str | None
    verified: bool | None
    roll: tuple[Ballot, ...]
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A särskilt yttrande or protokollsanteckning."""

    kind: str
    by: str | None
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What a matter refers to: the motion's title, earlier §§ with body and date, laws."""

    motion_title: str | None = None
    paragraphs: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What ``tag`` found in one item of the outline, in the same order."""

    dnr: tuple[Value[str], ...] = ()
    motion_authors: tuple[Person, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    votes: tuple[Vote, ...] = ()
    reservations: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    references: References = field(default_factory=References)
    proposers: tuple[str | None, ...] = ()  # who proposes, resolved, one for each proposal of the item


@dataclass(frozen=True)
class Protocol:
    """What ``tag`` found: mentions and values of the whole document, and one matter per item."""

    outline: Outline
    municipality: Value[tuple[str, str | None]] | None  # name, kommunkod (None for regions, kommunalförbund)
    addressee: Value[str] | None
    date: Value[str] | None
    dnr: tuple[Value[str], ...]
    signatories: tuple[Person, ...]
    attendance: tuple[Person, ...]
    parties: tuple[Party, ...]
    matters: tuple[Matter, ...]
    mentions: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if len(self.matters) != len(self.outline.items):
            raise ValueError("one matter for each item of the outline")


def all_notes(protocol: Protocol) -> tuple[Note, ...]:
    """Every stage's notes, in the order of the stages."""
    outline, transcript = protocol.outline, protocol.outline.transcript
    return (*transcript.scan.notes, *transcript.notes, *outline.notes, *protocol.notes)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of them.

    >>> hull([Span(3, 5), Span(9, 12)])
    Span(start=3, end=12)
    """
    spans = tuple(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
