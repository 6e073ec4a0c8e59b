"""Page furniture: lines that stand at the edge of page after page, and bare page numbers there."""

from __future__ import annotations

import re
from collections import Counter

from ..document import Note, Scan, Span
from .pages_text import PageLines, is_page_number, pages_of

_FEWEST = 2  # pages on which a line has to stand
_SHARE = 0.3  # and the share of all pages, so that a phrase that happens to recur in a long file is no furniture
_LONGEST = 120


def furniture_notes(scan: Scan) -> tuple[Note, ...]:
    """One note with the spans of all such lines, or none. They stay in the raw text."""
    if len(scan.pages) < _FEWEST:
        return ()
    pages = pages_of(scan)
    counts = Counter(key for page in pages for key in {_key(line) for line, _ in page.edges} if key)
    enough = max(_FEWEST, _SHARE * len(pages))
    spans = [span for page in pages for span in _spans(page, counts, enough)]
    if not spans:
        return ()
    message = "Headers, footers or page numbers, told by their place and repetition."
    return (Note("ocr.furniture", message, tuple(spans), len(spans)),)


def _spans(page: PageLines, counts: Counter[str], enough: float) -> list[Span]:
    """The lines from either edge of the page, as far as they are furniture."""
    found: list[Span] = []
    for lines in (page.edges[: len(page.edges) // 2 + len(page.edges) % 2], page.edges[::-1][: len(page.edges) // 2]):
        missed = 0
        for line, span in lines:
            if counts[_key(line)] >= enough or is_page_number(line):
                found.append(span)
            else:
                missed += 1
            if missed > 1:  # one line of its own between two of furniture is forgiven, no more
                break
    return sorted(found)


def _key(line: str) -> str:
    """The line without what differs from page to page; empty where nothing is left to compare."""
    if len(line) > _LONGEST:
        return ""
    key = re.sub(r"\d+", "#", " ".join(line.lower().split()))
    return key if sum(map(str.isalpha, key)) >= 4 else ""
