"""What was read: raw text, pages, words with boxes, and notes. All spans are raw."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


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


def around(*boxes: Box) -> Box:
    """The smallest box that holds the given ones (at least one).

    >>> around(Box(0, 5, 4, 9), Box(2, 1, 3, 6))
    Box(x0=0, y0=1, x1=4, y1=9)
    """
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


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
