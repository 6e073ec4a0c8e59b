"""Minutes without headings: what each paragraph of running text is, by the wording that its sort opens with."""

from __future__ import annotations

import re

from .draft import Draft
from .movers import is_move, lists_voters

# "... finner ordföranden att fullmäktige beslutat" above the att-sats that says what.
_FINDS_ATT = re.compile(
    r"\b(beslutat|beslutar|beslutade|besluta|beslot|beslutas|beslutades|beslots)( enhalligt| alltsa| saledes| darmed)?"
    r"( (kommun|region|lands|landstings|stads)?(fullmaktige|styrelsen)| \w*namnden)?"
    r"(,? (enhalligt|utan votering|utan omrostning|med acklamation|(i enlighet med|enligt) .{3,40} forslag))?"
    r"[,:]?$"
)


def label_told(draft: Draft, group: list[int], key: str, *, alone: bool) -> bool:
    """Label a paragraph of minutes that tells of the meeting; whether it does.

    ``alone`` says that no heading announces the decision of this matter, so that the text itself must tell it.
    """
    label = _label(draft, group, key, alone=alone)
    if label is None:
        return False
    if label in {"procedure", "votes"}:
        below = _found(draft, group)
        draft.put(group[below:], "decision", 0.8)
        group = group[:below]
    if label == "decision" and (below := _found(draft, group)) < len(group):
        draft.put(group[:below], "stem", 0.8)
        group = group[below:]
    draft.put(group, label, 0.8)
    return True


def _label(draft: Draft, group: list[int], key: str, *, alone: bool) -> str | None:
    tables = draft.tables
    if draft.lines[group[0]].mark is not None or len(key) > 900:
        return None
    if tables.has("meeting.votes", key) or lists_voters(draft, group):
        return "votes"
    if tables.has("meeting.proceeds", key):
        return "procedure"
    if is_move(draft, group, key):
        return "floor"
    if tables.has("reserve", key) and len(key) < 300:
        return "reservation"
    if tables.has("nonpart", key) and len(key) < 200:
        return "statement"
    if alone and (tables.has("meeting.decides", key) or _completes(draft, group[0])):
        return "decision"
    return None


def _completes(draft: Draft, i: int) -> bool:
    """Whether the att-sats at line ``i`` is what the paragraph above it leads in to."""
    return i > 0 and draft.lines[i].att and _FINDS_ATT.search(draft.lines[i - 1].key) is not None


def _found(draft: Draft, group: list[int]) -> int:
    """Where the att-sats begins that the chair's finding ends in; the length of the group without one."""
    for n in range(1, len(group)):
        if draft.lines[group[n]].att and _FINDS_ATT.search(draft.lines[group[n - 1]].key):
            return n
    return len(group)


def decides_without_heading(draft: Draft, indices: list[int]) -> bool:
    """Whether no heading of a matter announces its decision."""
    return all(draft.tables.heading(draft.lines[i]) != "decision" for i in indices)
