"""The outline in the making: one label, one heading and one probability for every line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from .lines import Line, page_width, paragraphs
from .tables import Tables

PAGE = "furniture"


@dataclass
class Draft:
    """Work in progress on one document; ``label[i]`` belongs to ``lines[i]``, ``None`` where still open.

    ``open`` collects a member's paragraphs that are background or motivation, which the classifier decides,
    each with the label of the heading above (``""`` when there is none).
    """

    lines: tuple[Line, ...]
    tables: Tables
    page: set[int]
    kind: str
    label: list[str | None] = field(default_factory=list)
    head: list[int | None] = field(default_factory=list)
    sure: list[float] = field(default_factory=list)
    open: list[tuple[list[int], str]] = field(default_factory=list)
    width: int = 80

    def __post_init__(self) -> None:
        count = len(self.lines)
        self.label = [PAGE if i in self.page else None for i in range(count)]
        self.head = [None] * count
        self.sure = [0.97] * count
        self.width = page_width(self.lines)

    @cached_property
    def headings(self) -> dict[str, list[int]]:
        """Where the headings stand that the tables know, by their label."""
        found: dict[str, list[int]] = defaultdict(list)
        for i, line in enumerate(self.lines):
            if label := self.tables.heading(line):
                found[label].append(i)
        return found

    def put(self, indices: list[int] | range, label: str, sure: float = 0.95) -> None:
        """Label the lines that are still open."""
        for i in indices:
            if self.label[i] is None:
                self.label[i], self.sure[i] = label, sure

    def ask(self, indices: list[int], above: str) -> None:
        """Leave a paragraph to the classifier."""
        self.open.append((indices, above))

    def groups(self, indices: list[int]) -> list[list[int]]:
        """The open lines among ``indices`` in paragraphs; furniture between them does not part them."""
        todo = [i for i in indices if self.label[i] is None]
        place = {self.lines[i].span.start: i for i in todo}
        found = [
            [place[line.span.start] for line in group]
            for group in paragraphs([self.lines[i] for i in todo], self.width)
        ]
        return found
