"""The text under a heading such as ``Beslut``: what decides, and what only stands there and is something else."""

from __future__ import annotations

import re

from .draft import Draft
from .kinds import PROTOCOLS
from .lines import fold
from .movers import is_move
from .told import label_told

# What a board decides itself, beside what it proposes to the council.
_OWN = re.compile(r"\b(beslutar|beslutade|beslutas) (for egen (del|rakning)|sjalv\w*|att for egen del)\b")
_CLOSES = re.compile(r"ordforanden (tackar|forklarar sammantradet avslutat|avslutar)\b")
_STATEMENT = re.compile(r"(ett |en )?(sarskil|protokollsanteckning|rostforklaring)")
# What is told of at a meeting and only named.
_PAPERS = re.compile(r"(dom|cirkular|protokoll|skrivelse|rapport|beslut|minnesanteckningar|inbjudan|brev|motion)\b")
_PROCEEDS = re.compile(
    r"^(efter|sedan|under) .{0,60}\b(proposition|propositioner|overlaggning)|^(omrostning|votering)(en)?\b|"
    r"^ordforanden?\b([^.]*\b(staller|framstaller|fragar|provar)\b[^.]*\bfinner\b| (finner|konstaterar) att\b)|"
    r"^(foljande|i arendet|i debatten)\b.{0,40}\b(talare|yttra|anforande)"
)
_BALLOT = re.compile(r"den (som|det) .{3,160}\brostar (ja|nej)\b")
# What the office thinks, behind what it proposes.
_ARGUES = re.compile(r"[.!?] (\w+ ){1,4}(anser|bedomer|menar|konstaterar)\b")


def deciding_text(draft: Draft, run: list[int], current: str, *, alone: bool = False) -> list[int]:
    """The deciding text, without what formulas show to be something else."""
    kept: list[int] = []
    told = noted = moved = left = adds = False
    _lead_ins_between(draft, run)
    for group in draft.groups(run):
        key = " ".join(draft.lines[i].key for i in group)
        if draft.tables.has("dissent", key):
            draft.put(group, "heading", 0.85)
        elif kept and draft.kind not in PROTOCOLS and _told(draft, key) == "votes":
            draft.put(group, "votes", 0.8)
        elif draft.tables.has("reserve", key) and not draft.lines[group[0]].mark and kept:
            draft.put(group, "reservation", 0.85)
        elif kept and draft.kind in PROTOCOLS and current == "decision" and _papers(draft, run, group):
            draft.put(group, "basis", 0.75)
            if _NAMES_PAPERS.match(draft.lines[kept[-1]].key):
                draft.put([kept.pop()], "basis", 0.75)
        elif kept and current == "proposal" and draft.kind not in PROTOCOLS and (other := _told(draft, key)):
            draft.put(group, other, 0.8)
        elif draft.tables.has("adjourn", key):
            draft.put(group, "other", 0.85)
        elif kept and alone and label_told(draft, group, key, alone=True):
            left = left or draft.label[group[0]] in {"floor", "procedure", "votes"}
        elif left and current == "proposal" and not _item(draft, group):
            draft.put(group, "summary", 0.6)
        elif (kept or current == "proposal") and draft.kind in PROTOCOLS and is_move(draft, group, _plain(key)):
            moved = True
            adds = draft.lines[group[-1]].text.endswith(":")
            draft.put(group, "floor", 0.8)
        elif adds and draft.lines[group[0]].mark is None:
            adds = False
            draft.put(group, "floor", 0.7)
        elif kept and draft.kind in PROTOCOLS and _no_part(draft, group, key):
            draft.put(group, "statement", 0.8)
        elif draft.kind in PROTOCOLS and _CLOSES.match(key):
            draft.put(group, "other", 0.8)
        elif kept and draft.kind in PROTOCOLS and (noted or _noted(draft, group, key)):
            noted = draft.lines[group[-1]].text.endswith(":")
            draft.put(group, "statement", 0.8)
        elif (kept or moved) and draft.kind in PROTOCOLS and (told_of := _proceeds(draft, group, key)):
            draft.put(group, told_of, 0.8)
        elif kept and draft.kind in PROTOCOLS and (told or _tells(draft, group, key)):
            told = True
            draft.put(group, "summary", 0.75)
        elif current == "proposal" and draft.kind not in PROTOCOLS and (argued := _argued(draft, group)):
            draft.put(argued, "assessment", 0.75)
            kept += group[: len(group) - len(argued)]
        else:
            kept += group
    return kept


def _lead_ins_between(draft: Draft, run: list[int]) -> None:
    """Sentences that end in a colon between the numbered items: they lead in those that follow.

    The items go on with the next number, or begin anew where one body proposes to another.
    """
    last = 0
    for n, i in enumerate(run):
        mark = draft.lines[i].mark
        if mark is None or mark.kind != "number" or not mark.value.isdigit():
            continue
        number = int(mark.value)
        if last and n and draft.lines[run[n - 1]].text.endswith(":") and (lead := _sentence_above(draft, run, n)):
            key = " ".join(draft.lines[j].key for j in lead)
            if number == last + 1 or (number == 1 and (draft.tables.has("to-council", key) or _OWN.search(key))):
                draft.put(lead, "stem", 0.85)
        last = number
    if draft.kind in PROTOCOLS:
        _turns_to_council(draft, run)


# The board has decided for itself and goes on: "Nämnden tillstyrker förslaget och föreslår fullmäktige besluta:".
_TURNS = re.compile(
    r"[\w -]{0,40}(styrelsen|namnden|utskottet|direktionen)\b.{0,260}\b(foreslar|hemstaller)\b.{0,60}"
    r"\b\w*(fullmaktige|styrelsen)\b.{0,30}\b(besluta|beslutar|foljande|att):$"
)


# The last of a board's own points leads in what it proposes: "att föreslå kommunfullmäktige besluta / att avslå".
_PROPOSES_ON = re.compile(
    r"(och |samt )?(att )?(for egen del )?(foresla|foreslar|hemstalla hos|hemstaller hos|rekommenderar?) "
    r"(kommun|region|stads|lands|landstings)?(fullmaktige|styrelsen)( att)?( besluta( foljande)?)?( att)?:?"
)


def _turns_to_council(draft: Draft, run: list[int]) -> None:
    """A sentence in the deciding text that leads in what the body only proposes to the council, numbered or not."""
    for n, i in enumerate(run[:-1], 1):
        if _PROPOSES_ON.fullmatch(fold(draft.lines[i].body)) and _item(draft, [run[n]]):
            draft.put([i], "stem", 0.85)
        elif draft.lines[i].text.endswith(":") and (lead := _sentence_above(draft, run, n)):
            key = " ".join(draft.lines[j].key for j in lead)
            if len(lead) < 5 and _TURNS.match(key if key.endswith(":") else f"{key}:"):
                draft.put(lead, "stem", 0.85)


def _sentence_above(draft: Draft, run: list[int], n: int) -> list[int]:
    """The lines above ``run[n]`` from the last full stop on, where no item begins among them."""
    start = n - 1
    while start and draft.lines[run[start]].mark is None and not draft.lines[run[start - 1]].text.endswith((".", ":")):
        start -= 1
    first = draft.lines[run[start]]
    return run[start:n] if start and first.mark is None and first.text[:1].isupper() else []


def _argued(draft: Draft, group: list[int]) -> list[int]:
    """The lines below a proposed sentence that goes straight on to what the office thinks, in one paragraph."""
    if draft.lines[group[0]].mark or draft.lines[group[0]].key.startswith("att "):
        return []
    found = next((n for n, i in enumerate(group) if n and _ARGUES.search(draft.lines[i].key)), len(group))
    return group[found + 1 :]


def _plain(key: str) -> str:
    """A paragraph without the stops of "m.fl.", which end no sentence."""
    return key.replace("m.fl.", "m fl")


def _item(draft: Draft, group: list[int]) -> bool:
    return draft.lines[group[0]].mark is not None or draft.lines[group[0]].att


def _no_part(draft: Draft, group: list[int], key: str) -> bool:
    """Whether somebody takes no part in the decision above, or leaves the room: "Eva Ek (S) deltar ej i beslutet"."""
    return draft.lines[group[0]].mark is None and draft.tables.has("nonpart", key) and len(key) < 260


def _noted(draft: Draft, group: list[int], key: str) -> bool:
    """Whether a note to the minutes stands under the deciding text."""
    if draft.lines[group[0]].mark is not None or not draft.tables.has("note", key):
        return False
    return "(" in key[:60] or _STATEMENT.match(key) is not None


# "Följande motioner har kommit in:" above their list.
_NAMES_PAPERS = re.compile(
    r"foljande \w+( \w+)? (har (kommit in|inkommit|anmalts|lamnats( in)?)|foreligger|anmals|finns):$"
)


def _papers(draft: Draft, run: list[int], group: list[int]) -> bool:
    """Whether a dashed list below a decision that is whole names the papers told of, and no decisions."""
    line, first = draft.lines[group[0]], draft.lines[run[0]]
    at = run.index(group[0])
    if not at or first.mark is not None or first.key.endswith((":", " att")):
        return False
    listed = line.mark is not None and line.mark.kind == "bullet"
    below = draft.lines[run[at - 1]].text.endswith(".") or not line.gap
    return listed and below and _PAPERS.match(fold(line.body)) is not None


def _proceeds(draft: Draft, group: list[int], key: str) -> str | None:
    """What a paragraph under the deciding text is that tells of the meeting: who spoke, how it was put, how it went."""
    line = draft.lines[group[0]]
    if line.gap and not line.mark and (_BALLOT.match(key) or draft.tables.has("meeting.votes", key)):
        return "procedure" if _BALLOT.match(key) else "votes"
    if not line.gap or line.mark or not _PROCEEDS.search(key):
        return None
    return "votes" if draft.tables.has("vote.count", key) else "procedure"


def _tells(draft: Draft, group: list[int], key: str) -> bool:
    """Whether the story of the matter begins right under the deciding text, without a heading."""
    line = draft.lines[group[0]]
    return line.gap > 0 and line.mark is None and (draft.tables.has("raised", key) or _STORY.match(key) is not None)


# What other bodies did before: "Tekniska nämnden har tillstyrkt motionen.", "I ärendet föreligger ...".
_STORY = re.compile(
    r"([\w-]+,? (och )?){0,4}(namnden|styrelsen|utskottet|forvaltningen|kontoret|\w+namnden|\w+styrelsen|\w+utskottet|"
    r"\w+forvaltningen|\w+kontoret) (har|hade) (den .{4,40}?,? |\d{4}-\d\d-\d\d,? )?(.{3,30}, )?"
    r"(tillstyrkt|avstyrkt|foreslagit|behandlat|yttrat sig|overlamnat|inkommit|lamnat|berett)\b|"
    r"([\w-]+,? (och )?){0,4}\w*(namnden|styrelsen|utskottet) (foreslog|tillstyrkte|avstyrkte|behandlade)\b|"
    r"i arendet foreligger\b|\w*(styrelsen|utskottet|namnden) beslutade? .{0,60}\batt foresla\b"
)


def _told(draft: Draft, key: str) -> str | None:
    """What a board's letter tells of its meeting after the proposal: who moved, what it did, what was noted."""
    if re.search(r"\([a-z]{1,3}\).*\b(yrkade|yrkar)\b", key):
        return "floor"
    if draft.tables.has("note", key) or re.search(r"\bantecknade\b", key):
        return "statement"
    if re.search(r"\b(har foredragits|foredrogs|foredras|foredragande)\b", key):
        return "other"
    if re.search(r"\b(votering|omrostning)\b.{0,40}\d roster\b", key):
        return "votes"
    return "procedure" if re.search(r"\b\w*(styrelsen|namnden|utskottet) beslutade\b", key) else None
