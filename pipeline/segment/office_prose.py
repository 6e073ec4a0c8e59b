"""Running text of the offices: what a heading says, and what formulas correct."""

from __future__ import annotations

import re

from .blocks import signs
from .draft import Draft
from .kinds import PROTOCOLS
from .retelling import judges, judges_apart, retold_of, tells_facts, told_of_motion
from .sub_headings import office_heading, opens_text
from .told import label_told


def label_prose(draft: Draft, run: list[int], current: str, above: str, *, alone: bool = False) -> None:
    """Running text under one heading; what no formula shows to be something else stays open for the heading's label.

    ``alone``: no heading of the matter announces its decision.
    """
    tables = draft.tables
    retold: str | None = None
    judged = False
    judged_apart = above == "matter" and judges_apart(draft)
    for group in draft.groups(run):
        if (
            len(group) > 1
            and len(draft.lines[group[0]].text) < 0.6 * draft.width
            and office_heading(draft, group[0])
            and opens_text(draft, group[0])
        ):
            draft.put(group[:1], "heading", 0.75)
            group = group[1:]
        first = draft.lines[group[0]]
        key = " ".join(draft.lines[i].key for i in group)
        if tables.has("footnote", first.key) and len(group) < 4:
            draft.put(group, "basis", 0.8)
        elif len(group) == 1 and office_heading(draft, group[0]):
            draft.put(group, "heading", 0.8)
        elif tables.has("adjourn", key) and len(group) < 3:
            draft.put(group, "other", 0.8)
        elif draft.kind in PROTOCOLS and (tables.has("answers", key) or (tables.has("chair", key) and len(key) < 700)):
            draft.put(group, "procedure", 0.8)
        elif draft.kind in PROTOCOLS and label_told(draft, group, key, alone=alone):
            continue
        elif draft.kind in PROTOCOLS and tables.has("vote.count", key) and len(key) < 400 and "voter" in key:
            draft.put(group, "votes", 0.75)
        elif draft.kind not in PROTOCOLS and (retold := retold_of(draft, group, key, above, retold)):
            draft.put(group, retold, 0.8)
        elif current == "free":
            judged = judged or judges(key)
            if tells_facts(draft, key, above, judged=judged, judged_apart=judged_apart):
                draft.put(group, "background", 0.75)
        elif (
            current == "background"
            and draft.kind in PROTOCOLS
            and (retold := told_of_motion(draft, group, key, retold))
        ):
            draft.put(group, retold, 0.75)


# What heads a board's yes or no to a motion, and the yes or no itself, a sentence each.
_STANCE_HEAD = re.compile(
    r".*\bstallningstagande\b.*|(forslag till|.{3,40}s( forslag till)?) (yttrande|svar|remissvar)|beslut"
)
_STANCE = re.compile(
    r"(([\w-]+ ){0,4}\w*(namnden|styrelsen|utskottet|beredningen|direktionen)|(namnden|utskottet) .{2,40}|motionen"
    r"(s .{3,60})?) (till|av)styrk(er|s)\b.*"
)
_REASONED = re.compile(r"\b(instammer|delar|anser|menar|eftersom|darfor att|syftet?)\b")


def stance_of(draft: Draft, run: list[int], heading: int) -> list[int]:
    """The paragraph right under such a heading as ``Nämndens ställningstagande`` that only says yes or no."""
    if not run or not _STANCE_HEAD.fullmatch(draft.lines[heading].key.rstrip(":")):
        return []
    group = next(iter(draft.groups(run)), [])
    key = " ".join(draft.lines[i].key for i in group)
    sentences = [part for part in re.split(r"(?<=[a-z]{3}\.) ", key) if part]
    said = all(_STANCE.fullmatch(part) and not _REASONED.search(part) for part in sentences)
    return group if sentences and said else []


_REQUESTS = re.compile(
    r"^((med|mot|utifran|pa|under|i) [^.]{5,90} )?((kommun|region|stads|lands)?(styrelsen|fullmaktige)|[\w-]*namnden|"
    r"\w*(kontoret|kansliet|forvaltningen|avdelningen)|undertecknad)\b"
    r"[^.]*\b(foreslas|foreslar|hemstaller|far)\b"
    r"[^.]*\b(hemstalla|hemstaller|besluta|beslutar|besluter)\b[^.]*\batt\b|"
    r"^((med|mot|utifran|pa|under|i) [^.]{5,90} )?"
    r"(\w*(kontoret|kansliet|forvaltningen|avdelningen|styrelsen|namnden) )?"
    r"(hemstaller|hemstalles|hemstalls)\b[^.]*\batt\b"
)


def closing_request(draft: Draft, indices: list[int]) -> None:
    """What an old letter without headings asks for at its end: ``Kontoret hemställer att motionen avslås``."""
    asks = ("proposal", "decision", "floor")
    if draft.kind in PROTOCOLS or any(i in indices for label in asks for i in draft.headings.get(label, ())):
        return
    groups = draft.groups(indices)
    while groups and all(signs(draft.lines[i], draft.tables) for i in groups[-1]):
        groups.pop()
    if len(groups) < 3:
        return
    group = groups[-1]
    key = " ".join(draft.lines[i].key for i in group)
    listed = any(draft.lines[i].att or draft.lines[i].mark for i in group)  # those have their lead-in
    if listed or not draft.lines[group[0]].gap or not _REQUESTS.match(key):
        return
    verb = re.compile(r"\b(foreslas|foreslar|hemstaller|hemstalles|hemstalls|hemstalla|far)\b")
    said, first = "", 0
    for n, i in enumerate(group):
        said = f"{said} {draft.lines[i].key}"
        if (asked := verb.search(said)) and re.search(r"\batt\b", said[asked.end() :]):
            first = n
            break
    draft.put(group[:first], "stem", 0.8)
    draft.put(group[first:], "proposal", 0.8)


_HANDLED = re.compile(r"\b(motionen|medborgarforslaget|arendet|forslaget) (har )?(remitter\w+|sants?|skickats?)\b")


def label_handled(draft: Draft, run: list[int]) -> None:
    """Sentences under ``Ärendets beredning`` tell how a matter was dealt with; a list of papers stays a list."""
    for group in draft.groups(run):
        last = draft.lines[group[-1]].text
        if _HANDLED.search(" ".join(draft.lines[i].key for i in group)) and last.endswith("."):
            draft.put(group, "background", 0.75)
