"""What is bound behind the minutes: reservations, statements and notes with their own text and signatures."""

from __future__ import annotations

import re

from .blocks import signs
from .draft import PAGE, Draft

_WRITING = r"(reservation|sarskil(t|da) (yttrande|uttalande)|protokollsanteckning|rostforklaring)"
_NUMBERED = re.compile(r"(protokolls?)?bilag[ao]( nr)?( [a-z0-9]{1,3})?\b.{0,70}")
_NAMED = re.compile(rf"((skriftlig|gemensam) )?{_WRITING}(er|en|et)?\b.{{0,40}}(§ ?\d|\barende \d|\bbilaga\b).{{0,40}}")
_OF_PARAGRAPH = re.compile(r"(till|§|protokoll)")
_LABELS = (
    ("reserv", "reservation"),
    ("yttrande", "statement"),
    ("anteckning", "statement"),
    ("forklaring", "statement"),
    ("uttalande", "statement"),
)
_REACH = 3  # lines of the text that say what an annex is, where its head does not


def annex_at(draft: Draft, i: int) -> str | None:
    """The label of the text under line ``i`` where that heads an annex with somebody's own words.

    A row in a list of annexes heads nothing: text stands below an annex, parted by a blank line.
    """
    line = draft.lines[i]
    below = [j for j in range(i + 1, min(len(draft.lines), i + 6)) if j not in draft.page]
    apart = line.gap > 0 or line.new_page or i - 1 in draft.page
    if len(line.text) > 110 or not apart or not below or not draft.lines[below[0]].gap:
        return None
    named = _NAMED.fullmatch(line.key) is not None and i - 1 in draft.page
    if not named and not _NUMBERED.fullmatch(line.key):
        return None
    if found := _written(line.key):
        return found
    if not _OF_PARAGRAPH.search(line.key):
        return None
    return _written(" ".join(draft.lines[j].key for j in below[:_REACH]))


def _written(key: str) -> str | None:
    """What the words name first: a reservation, or a statement."""
    if re.search(rf"\b{_WRITING}|\breserverar (oss|mig|sig)\b", key) is None:
        return None
    places = [(key.find(word), label) for word, label in _LABELS if word in key]
    return min(places)[1]


def annexes_behind(draft: Draft, indices: list[int]) -> list[int]:
    """The lines from the first annex on that nothing but annexes follows: they belong to no § more than to another."""
    first = next((n for n, i in enumerate(indices) if annex_at(draft, i)), None)
    if first is None:
        return []
    rest = indices[first:]
    own = ("reservation", "statement", "basis", None)
    return rest if all(draft.tables.heading(draft.lines[i]) in own for i in rest if i not in draft.page) else []


def label_annexes(draft: Draft, indices: list[int]) -> None:
    """Label the annexes among the lines of an item, or behind the minutes: head, text and who signs it."""
    label: str | None = None
    head: int | None = None
    run: list[int] = []
    for i in indices:
        if draft.label[i] == PAGE:
            continue
        opened = annex_at(draft, i)
        known = draft.tables.heading(draft.lines[i]) if draft.lines[i].gap else None
        if opened or (label and known):
            _text(draft, run, label)
            run = []
            if not opened and known not in {"reservation", "statement"}:
                label, head = None, None
                continue
            label = opened or known
            head = i
            draft.put([i], "heading", 0.9)
        elif label and draft.label[i] is None:
            draft.head[i] = head
            run.append(i)
    _text(draft, run, label)


def _text(draft: Draft, run: list[int], label: str | None) -> None:
    """The text of one annex, and the names under it."""
    if label is None:
        return
    cut = len(run)
    while cut > 1 and signs(draft.lines[run[cut - 1]], draft.tables):
        cut -= 1
    draft.put(run[:cut], label, 0.85)
    draft.put(run[cut:], "signature", 0.85)
