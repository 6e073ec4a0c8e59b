"""A file that holds many documents ("handlingar"), taken apart; :mod:`.first_pages` says where each of them begins."""

from __future__ import annotations

import re
from dataclasses import replace

from ..document import Note, Page, Part, Scan, Span, Word
from .first_pages import HEAD, first_pages
from .pages_text import PageLines, pages_of


def split(scan: Scan) -> tuple[Scan, ...]:
    """The documents of a bundle, one Scan each; an ordinary document comes back alone and unchanged.

    Each part keeps the file's page numbers; ``source.part`` says which part it is and its first and last page. A
    note tells what the bundle's table of contents calls the part.
    """
    starts = first_pages(scan)
    if len(starts) < 2:
        return (scan,)
    ends = [start - 1 for start in starts[1:]] + [len(scan.pages) - 1]
    contents = _contents(scan, pages_of(scan), starts)
    parts = [_cut(scan, first, last) for first, last in zip(starts, ends, strict=True)]
    made = []
    for n, (part, first, last) in enumerate(zip(parts, starts, ends, strict=True), 1):
        pages = (scan.pages[first].number, scan.pages[last].number)
        about = f"Part {n} of {len(parts)} of a bundle, pages {pages[0]} to {pages[1]}."
        notes = [Note("ocr.bundle", about)]
        if contents.get(first):
            notes.append(Note("ocr.bundle-contents", f"The bundle's table of contents: {contents[first]}"))
        source = replace(scan.source, part=Part(n, len(parts), pages))
        made.append(replace(part, source=source, notes=(*part.notes, *notes)))
    return tuple(made)


def _contents(scan: Scan, pages: tuple[PageLines, ...], starts: list[int]) -> dict[int, str]:
    """What the bundle calls each part: its bookmark, or the line of its table of contents that fits it best."""
    called: dict[int, str] = {}
    for note in scan.notes:
        if note.code == "ocr.bookmark":
            for at in note.at:
                called.setdefault(scan.page_at(at.start).number - scan.pages[0].number, note.message)
    entries = [line.strip() for page in pages[: starts[1]] for line, _ in page.lines if _is_entry(line)]
    for first in starts[1:]:
        if first in called or not entries:
            continue
        head = _words(" ".join(line for line, _ in pages[first].lines[:HEAD]))
        best = max(entries, key=lambda entry: len(_words(entry) & head) / max(3, len(_words(entry))))
        if len(_words(best) & head) >= max(3, 0.6 * len(_words(best))):
            called[first] = best
    return {first: called[first] for first in starts if first in called}


def _is_entry(line: str) -> bool:
    """``3. Svar på motion om lekplatser ... 12``, ``§ 4 Budget``, ``Ärende 7 Skolskjuts``."""
    return bool(re.match(r"\s*(?:§ ?\d+|[Ää]rende \d+|\d{1,3}[.):]?)\s+\S.{5,}|.{8,}\.{3,}\s*\d+\s*$", line))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3 and not word.isdigit()}


def _cut(scan: Scan, first: int, last: int) -> Scan:
    """The pages ``first`` to ``last`` (indexes) as a Scan of its own; spans are moved, page numbers kept."""
    whole = Span(scan.pages[first].span.start, scan.pages[last].span.end)

    def moved(span: Span) -> Span:
        return Span(span.start - whole.start, span.end - whole.start)

    pages = tuple(
        Page(p.number, moved(p.span), p.source, p.width, p.height, p.dpi) for p in scan.pages[first : last + 1]
    )
    numbers = {page.number for page in pages}
    words = tuple(Word(moved(w.span), w.page, w.box, w.confidence, w.line) for w in scan.words if w.page in numbers)
    notes = []
    for note in scan.notes:
        at = tuple(moved(span) for span in note.at if whole.start <= span.start and span.end <= whole.end)
        if at or not note.at:
            notes.append(replace(note, at=at, count=len(at) or note.count))
    return replace(scan, text=scan.text[whole.start : whole.end], pages=pages, words=words, notes=tuple(notes))
