"""What was said and done at a meeting: yrkanden, propositions and votes side by side."""

from __future__ import annotations

import re

from .blocks import names
from .draft import Draft
from .movers import is_move, lists_voters

_CHAIR_MOVES = re.compile(r"\b(yrkar|foreslar)\b(?! foljande \w*(proposition|ordning))")
_WHO_MOVES = re.compile(
    r"^(foljande|i (arendet|debatten|overlaggningen)|under (overlaggningen|debatten)) (yttrar|yttrade) sig:? "
    r".{3,120}\([a-z]{1,4}\),? som (yrkar|yrkade)\b"
)
# What the meeting came to, told once more behind the vote: "Därmed har fullmäktige beslutat att avslå motionen."
_CAME_TO = re.compile(
    r"^(darmed|salunda|saledes|alltsa|foljaktligen|med acklamation|enhalligt) (har |beslutar |beslutade |beslot )"
    r".{0,20}(fullmaktige|styrelsen|namnden|utskottet)\b"
)
_ASKED = re.compile(r"(votering|omrostning)(en)? (begars|begardes|verkstalls)\b")


def label_meeting(draft: Draft, run: list[int], current: str, *, alone: bool = False) -> None:
    """Yrkanden, propositions and votes stand side by side: each paragraph by its own formulas.

    ``alone`` says that no heading announces the decision of this matter, so that it may stand here.
    """
    tables = draft.tables
    before = "votes" if current == "votes" else current
    for group in draft.groups(run):
        key = " ".join(draft.lines[i].key for i in group)
        if tables.has("adjourn", key) and len(group) < 3:
            label = "other"
        elif lists_voters(draft, group) or (current != "floor" and tables.has("meeting.votes", key)):
            label = "votes"
        elif (
            tables.has("put.order", key) or (current != "floor" and tables.has("vote.order", key))
        ) and not tables.has("vote.count", key):
            label = "procedure"
        elif tables.has("vote.roll", key) or (tables.has("vote.count", key) and current != "floor"):
            label = "votes"
        elif alone and tables.has("meeting.decides", key):
            label = "decision"
        elif tables.has("reserve", key) and not tables.has("chair", key):
            label = "reservation"
        elif _proceeds(draft, group, key, current):
            label = "procedure"
        elif current != "floor" and _moves_here(draft, group, key):
            label = "floor"
        elif _CAME_TO.match(key):
            label = "procedure"
        elif before == "reservation" and (draft.lines[group[0]].text[:1] in '"”“' or _roll(draft, group)):
            label = "reservation"
        elif current == "votes" or (before == "votes" and _roll(draft, group)):
            label = "votes"
        else:
            label = current if current != "votes" else before
        draft.put(group, label, 0.93)
        before = label


def _proceeds(draft: Draft, group: list[int], key: str, current: str) -> bool:
    """Whether a paragraph tells how the chair put the question."""
    if current != "floor":
        return draft.tables.has("chair", key)
    if draft.tables.has("chair", key) and not _CHAIR_MOVES.search(key[:90]):
        return True
    return bool(_ASKED.match(key)) or (draft.tables.has("meeting.proceeds", key) and not is_move(draft, group, key))


def _moves_here(draft: Draft, group: list[int], key: str) -> bool:
    """Whether a paragraph under the heading of the procedure is a yrkande: a member moves, and the chair does not."""
    moved = is_move(draft, group, key) or _WHO_MOVES.search(key) is not None
    return moved and "ordforanden" not in key.split(" yrkar")[0][:40] and "proposition" not in key


def _roll(draft: Draft, group: list[int]) -> bool:
    """Whether a paragraph under a vote is its list of names, a line of names each or names in a row."""
    text = " ".join(draft.lines[i].text for i in group)
    members = re.findall(r"\w \([A-ZÅÄÖa-zåäö]{1,4}\)", text)
    plain = re.sub(r"\([^()]{1,5}\)|\b[A-ZÅÄÖ][\w'’-]*|[\s,:;.]|\b(och|samt|för|ja|nej|avstår|röstar)\b", "", text)
    return all(names(draft.lines[i], draft.tables) for i in group) or (len(members) > 2 and len(plain) < 8)
