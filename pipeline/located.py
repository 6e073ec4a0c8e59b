"""Where a value was read: the ``at`` objects of a record, with raw and repaired offsets, page, box and quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .document import Span, Transcript, around

Json = dict[str, Any]


class Places:
    """Turns repaired spans into ``at`` objects, remembering what it made."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._scan = transcript.scan
        self._made: dict[Span, list[Json]] = {}

    def all(self, spans: Iterable[Span]) -> list[Json]:
        """The ``at`` list of some repaired spans; one that crosses pages with boxes gives one entry a page."""
        return [at for span in spans for at in self._of(span)]

    def raw(self, spans: Iterable[Span]) -> list[Json]:
        """The same for raw spans."""
        return [self._at(part) for span in spans for part in self._by_page(span)]

    def _of(self, span: Span) -> list[Json]:
        made = self._made.get(span)
        if made is None:
            made = [self._at(part) for part in self._by_page(self._transcript.to_raw(span))]
            self._made[span] = made
        return made

    def _by_page(self, raw: Span) -> list[Span]:
        first, last = self._scan.page_at(raw.start), self._scan.page_at(max(raw.start, raw.end - 1))
        if first is last or not self._scan.words:
            return [raw]
        parts = []
        for page in self._scan.pages[first.number - self._scan.pages[0].number :]:
            start, end = max(raw.start, page.span.start), min(raw.end, page.span.end)
            if start < end:
                parts.append(Span(start, end))
            if page is last:
                break
        return parts or [raw]

    def _at(self, raw: Span) -> Json:
        repaired = self._transcript.to_repaired(raw)
        page = self._scan.page_at(raw.start)
        words = [w for w in self._scan.words_in(raw) if w.page == page.number] if self._scan.words else []
        box = around(*(w.box for w in words)) if words else None
        return {
            "raw": [raw.start, raw.end],
            "repaired": [repaired.start, repaired.end],
            "page": page.number,
            "box": list(box) if box else None,
            "quote": self._scan.text[raw.start : raw.end],
        }
