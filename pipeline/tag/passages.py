"""Sections as running text: line breaks and page furniture taken out, every character still traceable.

Names, yrkanden and voting results run over line ends, hyphens and page breaks; rules read a
:class:`Passage` and lead back to the repaired text through :meth:`Passage.span`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..document import Outline, Section, Span

_RUN = re.compile(r"\S+(?: \S+)*")
_BULLET = re.compile(r"(?:[-–—•·»*\uf0b7]\s?|e |\d{1,2}[.)] |[a-z]\) |[Aa]tt )")
_COLUMN = 3  # blanks that part columns
_KEEP_HYPHEN = re.compile(r"(?:och|eller|samt|respektive)\b")


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text of one label, ``item`` is the matter's number or -1 for the document as a whole."""

    kind: str
    heading: str
    item: int
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    confidence: float = 1.0

    def origin(self, at: int) -> int:
        """The offset in the repaired text of the character ``at`` of this passage."""
        piece = max(0, bisect_right(self.starts, at) - 1)
        return self.origins[piece] + at - self.starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The repaired span of ``text[start:end]``."""
        first = self.origin(start)
        return Span(first, max(first, self.origin(max(start, end - 1)) + 1))

    def columns(self) -> str:
        """The text with a tab for the space where three or more blanks part two columns of a printed line."""
        marked = list(self.text)
        for n in range(1, len(self.starts) - 1):
            at, width = self.starts[n], self.starts[n + 1] - self.starts[n]
            left = self.origins[n - 1] + at - self.starts[n - 1]
            if width == 1 and marked[at] == " " and self.origins[n + 1] - left >= _COLUMN:
                marked[at] = "\t"
        return "".join(marked)

    def all(self) -> Span:
        """The repaired span of the whole passage."""
        return self.span(0, len(self.text))


# In these a line is a unit of its own, except where a list of names runs on.
_PRINTED_LINES = ("meta", "furniture", "signature")


def _runs_on(last: str) -> bool:
    """Whether a printed line goes on in the next: it ends in a comma or "och", or breaks off inside a list."""
    return last.endswith((",", " och", " samt")) or ("), " in last and not last.endswith(")"))


class _Builder:
    """Collects the lines of one passage."""

    def __init__(self, kind: str, heading: str, item: int) -> None:
        self.kind, self.heading, self.item = kind, heading, item
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.length = 0
        self.confidence = 1.0
        self.blank = False
        self.width = 0

    def glue(self, line: str, origin: int) -> None:
        """Join the next line with a space, with nothing after a hyphen, or with a paragraph break."""
        if not self.parts:
            return
        last = self.parts[-1]
        printed = self.kind in _PRINTED_LINES
        joiner = "\n" if printed and not _runs_on(last) and not line.startswith("(") else " "
        if last.endswith("-") and len(last) > 1 and last[-2].isalpha() and not line.startswith("-"):
            joiner = self._after_hyphen(last, line)
        elif (self.blank and not line.startswith("(") and not _runs_on(last) and self._ended(last, line)) or (
            _BULLET.match(line) and not line.startswith(("att ", "e "))
        ):
            joiner = "\n"
        elif re.match(r"[a-zåäö]{1,2}[/(]", line) and last[-1:].isalpha():
            joiner = ""  # the end of a name that was read on the next line
        if joiner:
            self.add(joiner, origin)

    def _ended(self, last: str, line: str) -> bool:
        """Whether a blank line parts paragraphs: not where a long line breaks off in mid-sentence."""
        return last[-1:] in '.:!?”"' or not (line[:1].islower() or self.width >= 45)

    def _after_hyphen(self, last: str, line: str) -> str:
        """What joins a line that ends in a hyphen to the next; the hyphen itself goes when it parts a word."""
        if line[:1].islower() and not _KEEP_HYPHEN.match(line):
            stem = re.search(r"\w+-$", last)
            if stem and not stem.group()[:-1].isupper():
                self.parts[-1] = last[:-1]
                self.length -= 1
            return ""
        return "" if line[:1].isupper() else " "

    def add(self, text: str, origin: int) -> None:
        self.starts.append(self.length)
        self.origins.append(origin)
        self.parts.append(text)
        self.length += len(text)

    def line(self, text: str, start: int) -> None:
        runs = list(_RUN.finditer(text))
        if not runs:
            self.blank = True
            return
        self.glue(runs[0].group(), start + runs[0].start())
        for n, run in enumerate(runs):
            if n:
                self.add(" ", start + run.start() - 1)
            self.add(run.group(), start + run.start())
        self.blank = False
        self.width = len(text.strip())

    def build(self) -> Passage:
        text = "".join(self.parts)
        return Passage(
            self.kind, self.heading, self.item, text, tuple(self.starts), tuple(self.origins), self.confidence
        )


def lines_of(text: str, span: Span) -> Iterator[tuple[int, str]]:
    """(start, text without its line end) of every line of the span."""
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        yield start, line
        start += len(line) + 1


def _units(outline: Outline) -> Iterator[tuple[int, Section, Span]]:
    """Every span of every section with its matter's number, in the order of the text."""
    units = [(n, s, span) for n, item in enumerate(outline.items) for s in item.sections for span in s.at]
    units += [(-1, s, span) for s in outline.sections for span in s.at]
    yield from sorted(units, key=lambda unit: unit[2].start)


def passages(outline: Outline) -> tuple[Passage, ...]:
    """The document as passages: sections of one label in one matter run on over page furniture."""
    text, built = outline.transcript.text, []
    open_: _Builder | None = None
    heading, heading_end = "", -1
    for item, section, span in _units(outline):
        if section.kind == "heading":
            shown = " ".join(text[span.start : span.end].split())
            glued = bool(heading) and text[heading_end : span.start].strip() == "" and heading_end >= 0
            heading = f"{heading} / {shown}" if glued else shown
            heading_end = span.end
        if section.kind == "furniture":
            built.append(_single(text, section, span, item))
            continue
        same = open_ is not None and (open_.kind, open_.item) == (section.kind, item) and open_.heading == heading
        if not same or section.kind == "heading":
            if open_ is not None:
                built.append(open_.build())
            open_ = _Builder(section.kind, section.heading or heading, item)
            open_.heading = heading
        assert open_ is not None
        open_.confidence = min(open_.confidence, section.confidence)
        for start, line in lines_of(text, span):
            open_.line(line, start)
    if open_ is not None:
        built.append(open_.build())
    return tuple(p for p in built if p.text.strip())


def _single(text: str, section: Section, span: Span, item: int) -> Passage:
    builder = _Builder(section.kind, "", item)
    for start, line in lines_of(text, span):
        builder.line(line, start)
    return builder.build()


_ABBREVIATION = re.compile(
    r"(?:\bm\.fl|\bm\.m|\bp\.g\.a|\bbl\.a|\bt\.ex|\bs\.k|\bkap|\bnr|\bdnr|\bsid|\bex|\bca|\bdvs|\bf\.d|\bfr\.o\.m|"
    r"\bt\.o\.m|\bst|\bordf|\binkl|\bev|\bresp|(?<!ilaga )\b[A-ZÅÄÖ]|:a|:e|(?:^|\n)\d{1,2})\.$"
)
_END = re.compile(r"[.!?\n](?:(?<=\n)|(?<!\n)[”\"'’)]{0,2}(?=\s+[A-ZÅÄÖ”\"“(\d]))")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a running text; abbreviations and ordinals do not end one.

    >>> text = "Anna Ek (S) m.fl. yrkar bifall. Ja för bifall."
    >>> [text[a:b] for a, b in sentences(text)]
    ['Anna Ek (S) m.fl. yrkar bifall.', 'Ja för bifall.']
    """
    found, start = [], 0
    for end in _END.finditer(text):
        if end.group() != "\n" and _ABBREVIATION.search(text[max(0, end.start() - 10) : end.start() + 1]):
            continue
        if text[start : end.end()].strip():
            found.append((start, end.end()))
        start = end.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return [_trim(text, a, b) for a, b in found]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def of_kind(found: Iterable[Passage], *kinds: str, item: int | None = None) -> tuple[Passage, ...]:
    """The passages of the given labels, of one matter or of all."""
    return tuple(p for p in found if p.kind in kinds and (item is None or p.item == item))
