"""Front pages, notices, tables and footnotes: what stands around the running text."""

from __future__ import annotations

import re

from .draft import Draft

TABLE = re.compile(r"^\|.*\|$|^\|.*\|.*\|")
_LEADER = re.compile(r"\.{4,}\s*\d{1,3}\s*$|(?: \.){4,}\s*\d{1,3}\s*$")
_ATTENDANCE = re.compile(r"^(beslutande|narvarande|ledamoter|narvaro|ordinarie ledamoter)\b")
_REST = {"proposal", "decision", "basis", "distribution", "toc", "attendance", "signature", "other", "statement",
         "reservation"}  # fmt: skip


def footnotes(draft: Draft, indices: list[int]) -> None:
    """Footnotes are sources: the note, and what follows it down to the end of its page."""
    inside = False
    for i in indices:
        line = draft.lines[i]
        if draft.label[i] is not None:
            continue
        starts = draft.tables.has("footnote", line.key) and (line.gap > 0 or inside) and line.mark is None
        more = (
            inside
            and not line.new_page
            and (
                "http" in line.key
                or "www." in line.key
                or (not line.gap and line.text[:1].islower())
                or not line.gap < 2
                or (i > 0 and not draft.lines[i - 1].text.endswith((".", ")")) and line.gap < 2)
            )
        )
        inside = starts or (more and len(line.text) < 1.3 * draft.width)
        if inside:
            draft.put([i], "basis", 0.85)


def table_row(draft: Draft, i: int, current: str) -> None:
    """A row of a table: votes, agenda, or the section it stands in."""
    rows = [j for j in range(max(0, i - 25), i + 1) if TABLE.match(draft.lines[j].text)]
    head = " ".join(draft.lines[j].key for j in rows[:2])
    if re.search(r"\bja(-rost)?\b.*\bnej", head):
        draft.put([i], "votes")
    elif re.search(r"\barende\b", head):
        draft.put([i], "toc")
    else:
        draft.put([i], current if current in _REST else "background", 0.6)


def label_front(draft: Draft, indices: list[int]) -> None:
    """The front page of a protocol, or of a notice: meta, attendance, table of contents, sign-off."""
    current, heading = "meta", None
    toc_until = -1
    leaders = [i for i in indices if _LEADER.search(draft.lines[i].text)]
    for i in indices:
        if draft.label[i] is not None:
            continue
        line = draft.lines[i]
        label = draft.tables.heading(line)
        if label == "toc" and current != "toc":
            draft.put([i], "heading")
            current, heading = "toc", i
            toc_until = max(leaders, default=indices[-1])
            continue
        if current == "toc" and i <= toc_until:
            draft.head[i] = heading
            draft.put([i], "toc")
            continue
        if TABLE.match(line.text):
            table_row(draft, i, "toc")
            continue
        if i in leaders:
            draft.put([i], "toc")
        elif _ATTENDANCE.match(line.key) or label == "attendance":
            current = "attendance"
            draft.put([i], current)
        elif label in {"signature", "distribution", "basis"}:
            draft.put([i], "heading")
            current, heading = label, i
        else:
            draft.head[i] = heading
            draft.put([i], current, 0.85)
