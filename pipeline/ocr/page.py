"""What every reader yields, page by page, and how pages become a Scan.

A reader knows lines and paragraphs of tokens; the raw text is defined here, in one place: tokens joined by
one space, lines ended by a line feed, one blank line between paragraphs, pages separated by a form feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from ..document import Box, Note, Page, Scan, Source, Span, Word


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its box in pixels of the page; ``confidence`` 0..1 or None."""

    text: str
    box: Box
    confidence: float | None = None


Line = tuple[Token, ...]
Paragraph = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read. ``notes`` speak of the whole page; their spans are put in when it joins a Scan."""

    number: int
    source: str
    paragraphs: tuple[Paragraph, ...] = ()
    width: int = 0
    height: int = 0
    dpi: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens in reading order."""
        return tuple(token for paragraph in self.paragraphs for line in paragraph for token in line)

    @property
    def plain(self) -> str:
        """The lines as text, without blank lines."""
        return "\n".join(" ".join(token.text for token in line) for paragraph in self.paragraphs for line in paragraph)

    def without(self, gone: Set[Token]) -> PageText:
        """The page less some of its tokens, and less the lines and paragraphs that are empty then."""
        if not gone:
            return self
        paragraphs: list[Paragraph] = []
        for paragraph in self.paragraphs:
            kept: list[Line] = [tuple(token for token in line if token not in gone) for line in paragraph]
            if lines := tuple(line for line in kept if line):
                paragraphs.append(lines)
        return replace(self, paragraphs=tuple(paragraphs))

    @property
    def confidence(self) -> float:
        """Mean confidence of the tokens, weighted by their length; 0 for a page without text."""
        known = [(t.confidence, len(t.text)) for t in self.tokens if t.confidence is not None]
        return sum(c * n for c, n in known) / sum(n for _, n in known) if known else 0.0

    @property
    def letters(self) -> int:
        """How many letters and digits stand on the page."""
        return sum(ch.isalnum() for token in self.tokens for ch in token.text)


def assemble(source: Source, pages: Iterable[PageText], *, read_with: str | None, notes: Iterable[Note] = ()) -> Scan:
    """Join pages into a Scan; see the head of this module for the text it makes."""
    parts: list[str] = []
    words: list[Word] = []
    made: list[Page] = []
    found = list(notes)
    at = 0
    for page in pages:
        if made:
            parts.append("\f")
            at += 1
        text, page_words = _lay(page, at)
        span = Span(at, at + len(text))
        made.append(Page(page.number, span, page.source, page.width, page.height, page.dpi))
        parts.append(text)
        words += page_words
        found += [replace(note, at=note.at or (span,)) for note in page.notes]
        at = span.end
    return Scan(source, "".join(parts), tuple(made), tuple(words), read_with, merge(found))


def _lay(page: PageText, at: int) -> tuple[str, list[Word]]:
    """The raw text of one page that begins at the offset ``at``, and its words."""
    parts: list[str] = []
    words: list[Word] = []
    line_number, start = 0, at
    for p, paragraph in enumerate(page.paragraphs):
        if p:
            parts.append("\n")
            at += 1
        for line in paragraph:
            for t, token in enumerate(line):
                if t:
                    parts.append(" ")
                    at += 1
                span = Span(at, at + len(token.text))
                words.append(Word(span, page.number, token.box, token.confidence, line_number))
                parts.append(token.text)
                at = span.end
            parts.append("\n")
            at += 1
            line_number += 1
    text = "".join(parts)
    assert at - start == len(text)
    return text, words


def merge(notes: Iterable[Note]) -> tuple[Note, ...]:
    """One note for each code and message, with the spans of all of them and their number."""
    merged: dict[tuple[str, str], Note] = {}
    for note in notes:
        seen = merged.get((note.code, note.message))
        merged[note.code, note.message] = (
            note if seen is None else replace(seen, at=seen.at + note.at, count=seen.count + note.count)
        )
    return tuple(merged.values())
