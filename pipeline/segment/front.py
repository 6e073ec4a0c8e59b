"""Front pages, notices, tables and footnotes: what stands around the running text."""

from __future__ import annotations

import re
from itertools import pairwise

from .blocks import names
from .draft import Draft
from .kinds import PROTOCOLS

TABLE = re.compile(r"^\|.*\|$|^\|.*\|.*\|")
_LEADER = re.compile(r"\.{4,}\s*\d{1,3}\s*$|(?: \.){4,}\s*\d{1,3}\s*$")
ATTENDANCE = re.compile(r"^(beslutande|narvarande|ledamoter|narvaro|ordinarie ledamoter)\b")
# Who led and who checks the minutes, in the columns of an extract's head: "Justerare     Eva Ek (S)".
PRESENT = re.compile(r"(?:Ordförande|Sekreterare|Justerare|Protokollsjusterare|Justerat)\s{2,}[A-ZÅÄÖ0-9]")
_REST = {"proposal", "decision", "basis", "distribution", "toc", "attendance", "signature", "other", "statement",
         "reservation"}  # fmt: skip


def _cited(draft: Draft, i: int) -> bool:
    """Whether the text above refers to the note in brackets that line ``i`` begins with."""
    mark = draft.lines[i].text.partition("]")[0] + "]"
    return any(mark in line.text[3:] for line in draft.lines[:i])


def footnotes(draft: Draft, indices: list[int]) -> None:
    """Footnotes are sources: the note, and what follows it down to the end of its page."""
    inside = False
    for i in indices:
        line = draft.lines[i]
        if draft.label[i] is not None:
            continue
        noted = re.match(r"\[\d{1,2}\] \S", line.text) and _cited(draft, i)
        starts = (noted or draft.tables.has("footnote", line.key)) and (line.gap > 0 or inside) and line.mark is None
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


_POSTED = re.compile(
    r"(tillkannagivande|anslag|justering)\w* (om|av|har)\b|protokollet (ar justerat|har justerats)|justeringen har "
)


def _signs_notice(draft: Draft, i: int) -> bool:
    """Whether a notice is signed here: names with their roles right below."""
    below = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
    line = draft.lines[i]
    if below is None or below.gap or not line.gap or not names(line, draft.tables):
        return False
    return draft.tables.has("role", below.key) and len(below.text) < 90 and not re.search(r"\d", line.text)


def _tells(draft: Draft, i: int) -> bool:
    """Whether a paragraph of sentences begins here."""
    block = [draft.lines[i].text]
    for line in draft.lines[i + 1 : i + 6]:
        if line.gap:
            break
        block.append(line.text)
    return (
        block[-1].endswith((".", "!")) and (len(block) > 1 or len(block[0]) > 55) and not re.search(r"\s{3,}", block[0])
    )


def _list_end(indices: list[int], i: int) -> int:
    """The last line of the list that line ``i`` heads; it goes no further than to numbered matters that are apart."""
    apart = next((a for a, b in pairwise(indices) if a >= i and b > a + 1), None)
    return indices[-1] if apart is None else apart


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
            toc_until = max(leaders, default=_list_end(indices, i))
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
        elif (ATTENDANCE.match(line.key) and not line.text[:1].islower()) or label == "attendance":
            current = "attendance"
            draft.put([i], current)
        elif label == "signature":
            current = "other" if current == "other" else "signature"
            draft.put([i], current, 0.85)
        elif label in {"signature", "distribution", "basis", "other"}:
            draft.put([i], "heading")
            current, heading = label, i
        elif _POSTED.match(line.key) and line.gap:
            current, heading = "other", None
            draft.put([i], current, 0.85)
        elif draft.kind == "kallelse" and _signs_notice(draft, i):
            current, heading = "signature", None
            draft.put([i], current, 0.9)
        elif draft.kind == "kallelse" and line.gap and _tells(draft, i):
            current, heading = "other", None
            draft.put([i], current, 0.8)
        elif current in {"other", "signature"} and draft.kind == "kallelse" and line.gap and heading is None:
            current = "meta"
            draft.put([i], "other" if line.text.endswith((".", "!")) else current, 0.8)
        elif current == "meta" and draft.kind in PROTOCOLS and PRESENT.match(line.text):
            draft.put([i], "attendance", 0.85)
        else:
            draft.head[i] = heading
            draft.put([i], current, 0.85)
