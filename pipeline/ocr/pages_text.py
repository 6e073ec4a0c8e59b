"""The lines of a Scan, page by page, and the page numbers printed on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..document import Page, Scan, Span

# "2 (5)", "Sida 2 av 5", "2/5", "- 2 -", "Sid 2"; alone on the line or at its end after two blanks or a tab.
_OF = re.compile(
    r"(?:^|\s{2,}|\t|\b[Ss]id(?:an?|nr)?\.?:? *)(\d{1,4}) ?(?:\((\d{1,4})\)|av (\d{1,4})|/ ?(\d{1,4}))\s*$"
)
_BARE = re.compile(r"^(?:[-–—] ?)?(?:[Ss]id(?:an?|nr)?\.?:? ?)?(\d{1,4})(?: ?[-–—])?$")
_DEEP = 6  # lines from the edges of the page in which a number counts


@dataclass(frozen=True)
class PageLines:
    """One page and its printed lines that are not blank, with their spans in the raw text."""

    page: Page
    lines: tuple[tuple[str, Span], ...]

    @property
    def edges(self) -> tuple[tuple[str, Span], ...]:
        """The first and last few lines."""
        if len(self.lines) <= 2 * _DEEP:
            return self.lines
        return self.lines[:_DEEP] + self.lines[-_DEEP:]

    @cached_property
    def numbers(self) -> tuple[tuple[int, int | None], ...]:
        """The page numbers at its edges: (n, of) or (n, None)."""
        found: list[tuple[int, int | None]] = []
        for line, _ in self.edges:
            text = line.strip()
            if match := _OF.search(text):
                number, total = int(match[1]), int(match[2] or match[3] or match[4])
                if 1 <= number <= total:
                    found.append((number, total))
            elif match := _BARE.match(text):
                found.append((int(match[1]), None))
        return tuple(dict.fromkeys(found))


def pages_of(scan: Scan) -> tuple[PageLines, ...]:
    """The scan's pages as lines."""
    made = []
    for page in scan.pages:
        lines, at = [], page.span.start
        for line in scan.text[page.span.start : page.span.end].split("\n"):
            if line.strip():
                lines.append((line.rstrip("\r"), Span(at, at + len(line.rstrip("\r")))))
            at += len(line) + 1
        made.append(PageLines(page, tuple(lines)))
    return tuple(made)


def is_page_number(line: str) -> bool:
    """Whether a line is nothing but a page number.

    >>> is_page_number("39 (40)"), is_page_number("Sida 2 av 3"), is_page_number("- 4 -"), is_page_number("§ 4")
    (True, True, True, False)
    """
    text = line.strip()
    of = _OF.search(text)
    return bool((of and not text[: of.start()].strip()) or (_BARE.match(text) and len(text) < 12))
