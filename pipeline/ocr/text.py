"""Plain text: the raw text is the decoded file, exactly."""

from __future__ import annotations

from ..document import Note, Page, Scan, Source, Span
from ..quality.decode import decode


def read_text(data: bytes, source: Source) -> Scan:
    """A Scan without words; a form feed begins a new page. Line ends are kept as they are."""
    text, encoding = decode(data)
    pages, at = [], 0
    for number, page in enumerate(text.split("\f"), 1):
        pages.append(Page(number, Span(at, at + len(page)), "given"))
        at += len(page) + 1
    notes: tuple[Note, ...] = ()
    if not encoding.startswith("utf-8"):
        notes = (Note("input.encoding", f"The text is not UTF-8; it was read as {encoding}."),)
    return Scan(source, text, tuple(pages), notes=notes)
