"""Labels in documents that members write: motions, yrkanden, interpellations, citizens' proposals."""

from __future__ import annotations

import re

from .draft import Draft
from .front import footnotes
from .sign_off import label_foot, label_names
from .sub_headings import member_heading, opens_text
from .zones import find_zones

_ASKS = re.compile(r"(jag|vi) (yrkar|foreslar|hemstaller)( darfor)?:?")


def label_member(draft: Draft, indices: list[int]) -> None:
    """Label the lines of a member's document after its title and head."""
    footnotes(draft, indices)
    label_foot(draft, indices)
    label_names(draft, indices)
    zones = find_zones(draft, indices)
    for zone in zones:
        draft.put(zone.stem, "stem")
        draft.put(zone.items, "proposal", 0.95)
    current, heading, above = "free", None, ""
    seen_proposal = any(zone.items for zone in zones)
    run: list[int] = []
    for i in indices:
        if draft.label[i] in {"stem", "proposal"}:
            _body(draft, run, current, above)
            run, current, above = [], "free", ""
        if draft.label[i] is not None:
            continue
        label = draft.tables.heading(draft.lines[i])
        if label == "matter" or (label in {"floor", "proposal"} and seen_proposal and _after_items(draft, i)):
            label = "body"
        if label is None and heading is not None and _numbered_on(draft, heading, i):
            label = "body"
        if label:
            _body(draft, run, current, above)
            run, heading = [], i
            draft.put([i], "stem" if label == "proposal" and _announces(draft, i) else "heading")
            current = {"proposal": "proposal", "floor": "proposal", "decision": "proposal", "background": "background",
                       "basis": "basis", "distribution": "distribution", "statement": "free", "signature": "signature",
                       "reservation": "free"}.get(label, "free")  # fmt: skip
            above = label
            seen_proposal = seen_proposal or current == "proposal"
            continue
        draft.head[i] = heading
        run.append(i)
    _body(draft, run, current, above)


def _numbered_on(draft: Draft, heading: int, i: int) -> bool:
    """Whether a line goes on with the numbers of the headings, whatever it says: "4. Vad bör göras"."""
    line, above = draft.lines[i], draft.lines[heading].mark
    if not (line.gap and line.mark and above and line.mark.kind == above.kind == "number"):
        return False
    return (
        int(line.mark.value) == int(above.value) + 1
        and len(line.text) < 70
        and line.text[-1:] not in ".,;:"
        and i + 1 < len(draft.lines)
        and draft.lines[i + 1].text[:1].isupper()
    )


def _announces(draft: Draft, i: int) -> bool:
    """A heading that says who asks, or names the body right above its items, leads in to them."""
    if _ASKS.fullmatch(draft.lines[i].key):
        return True
    if i + 1 >= len(draft.lines) or draft.label[i + 1] != "proposal":
        return False
    if draft.lines[i].text.endswith(":"):
        return True
    return not draft.lines[i + 1].gap and re.search(r"\bi (kommun|region|lands)\w+$", draft.lines[i].key) is not None


def _after_items(draft: Draft, i: int) -> bool:
    following = [j for j in range(i + 1, len(draft.lines)) if draft.label[j] != "furniture"][:2]
    return not any(draft.label[j] in {"proposal", "stem"} for j in following)


def _body(draft: Draft, run: list[int], current: str, above: str) -> None:
    """The running text between headings and proposals."""
    tables = draft.tables
    unit: list[int] = []
    for group in draft.groups(run):
        if (
            len(group) > 1
            and len(draft.lines[group[0]].text) < 0.5 * draft.width
            and member_heading(draft, group[0])
            and opens_text(draft, group[0])
        ):
            draft.put(group[:1], "heading", 0.75)
            group, unit = group[1:], []
        first = draft.lines[group[0]]
        if unit and _belongs(draft, unit, group):
            unit.extend(group)
            continue
        unit = []
        if current in {"proposal", "basis", "distribution"} or (current == "signature" and len(group) < 6):
            draft.put(group, current, 0.9)
        elif tables.has("footnote", first.key) or (len(group) < 3 and re.search(r"https?://|www\.", first.key)):
            draft.put(group, "basis", 0.85)
        elif len(group) == 1 and member_heading(draft, group[0]):
            draft.put(group, "heading", 0.8)
        elif draft.kind == "reservation":
            draft.put(group, "reservation", 0.9)
        elif draft.kind == "sarskilt_yttrande" or (draft.kind == "yttrande"):
            draft.put(group, "statement", 0.9)
        elif current == "background":
            draft.put(group, "background", 0.9)
        else:
            unit = list(group)
            draft.ask(unit, above)


def _belongs(draft: Draft, unit: list[int], group: list[int]) -> bool:
    """Whether a paragraph is part of the list that the one above announces: a list has one label."""
    first, above = draft.lines[group[0]], draft.lines[unit[-1]]
    if above.text.endswith(":"):
        return True
    listed = any(draft.lines[i].mark for i in unit) or any(draft.lines[i].text.endswith(":") for i in unit)
    if not listed:
        return False
    head = re.match(r"[A-ZÅÄÖ][\wåäö-]{2,25}: ", first.text) is not None
    return (
        first.mark is not None
        or (head and re.match(r"[A-ZÅÄÖ][\wåäö-]{2,25}: ", draft.lines[unit[-1]].text) is not None)
        or (head and any(draft.lines[i].text.endswith(":") for i in unit))
    )
