"""Gold annotation as an :class:`Outline`: what ``tag`` would get from a ``segment`` without errors.

Separates the errors of the two stages. The repaired text is the file itself (no edits).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from pipeline.document import (
    Item,
    Outline,
    Page,
    Part,
    Proposal,
    Quality,
    Scan,
    Section,
    Source,
    Span,
    Transcript,
    Value,
)  # fmt: skip


def transcript(text: str, name: str) -> Transcript:
    """A transcript without edits of a plain text."""
    source = Source(
        name, hashlib.sha256(text.encode()).hexdigest(), "text/plain", len(text.encode()), 1, Part(1, 1, (1, 1))
    )
    return Transcript(Scan(source, text, (Page(1, Span(0, len(text)), "given"),)), (), Quality("clean", None, 0.0, 1.0))


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def outline(path: Path) -> tuple[Outline, dict[str, Any]]:
    """The outline of a gold document (path of its ``.json``) and the gold itself."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    starts = _line_starts(text)

    def span(first: int, last: int) -> Span:
        return Span(starts[first - 1], min(len(text), starts[last] - 1))

    sections = [Section(label, (span(a, b),), 1.0) for a, b, label in gold["labels"]]
    paragraphs = gold.get("paragraphs") or []
    single = len(paragraphs) <= 1 or gold["kind"] == "kallelse"
    cuts = [0] if single else _cuts(text, gold, starts)
    ends = [*cuts[1:], len(text)]
    items = []
    titles = (gold.get("title") or "").split("; ") if not single else [gold.get("title")]
    for n, (start, end) in enumerate(zip(cuts, ends, strict=True)):
        mine = [s for s in sections if start <= s.at[0].start < end]
        proposals = tuple(
            Proposal(p["n"], p["text"], None, p.get("by"), p["act"], 1.0, (span(*p["lines"]),))
            for p in gold["proposals"]
            if start <= starts[p["lines"][0] - 1] < end
        )
        title = titles[n] if n < len(titles) and titles[n] else None
        items.append(
            Item(
                Span(start, end),
                Value(paragraphs[n], 1.0) if n < len(paragraphs) else None,
                Value(title, 1.0) if title else None,
                tuple(mine),
                proposals,
            )
        )
    outside = tuple(s for s in sections if s.at[0].start < cuts[0])
    body = Value(gold["body"], 1.0) if gold.get("body") else None
    return Outline(transcript(text, path.stem + ".txt"), Value(gold["kind"], 1.0), body, tuple(items), outside), gold


def _cuts(text: str, gold: dict[str, Any], starts: list[int]) -> list[int]:
    """Where the matters of a document with several §§ begin: its meta or title lines with the § number."""
    cuts = []
    for paragraph in gold["paragraphs"]:
        number = re.search(r"\d+", paragraph)
        for a, b, label in gold["labels"]:
            lines = text[starts[a - 1] : starts[b]]
            if label in ("meta", "title") and number and re.search(rf"§ ?{number.group()}\b", lines):
                cuts.append(starts[a - 1])
                break
    return cuts or [0]
