"""What official papers tell of a motion before they judge it, and where facts end and judgement begins."""

from __future__ import annotations

import re

from .draft import Draft

_JUDGES = re.compile(r"\b(bedom|synpunkt|overvag|stallningstag|kommentar|slutsats)")


_JUDGED = re.compile(
    r"\b(anser|menar|bedom\w*|bor|borde|finner|foreslar|foreslas|forord\w*|tillstyrk\w*|avstyrk\w*|instammer|delar|"
    r"uppfattning\w*|asikt\w*|mening|angelage\w+|viktigt?|positivt?|rimlig\w*|motiverat|god[at]?|svart|inte nagon|"
    r"staller sig|kan inte|konstaterar)\b"
)


def judges(key: str) -> bool:
    """Whether a folded paragraph says what somebody thinks of the matter."""
    return _JUDGED.search(key) is not None


def judges_apart(draft: Draft) -> bool:
    """Whether a heading of its own announces what the office thinks."""
    return any(_JUDGES.search(draft.lines[i].key) for i in draft.headings.get("assessment", ()))


def tells_facts(draft: Draft, key: str, above: str, *, judged: bool, judged_apart: bool) -> bool:
    """Whether a free paragraph of a letter tells facts.

    Where a heading of its own announces the judgement, the matter above it is facts; a letter without headings
    tells them, with figures, before its first judging word.
    """
    if above == "matter":
        return judged_apart and not draft.tables.has("assess", key)
    return above == "" and not judged and re.search(r"\b(19|20)\d\d\b", key) is not None


def told_of_motion(draft: Draft, group: list[int], key: str, before: str | None) -> str | None:
    """``summary`` for what minutes tell of the motion under a heading such as Bakgrund, and how it came here."""
    tables = draft.tables
    told = tables.has("restate", key) or tables.has("raised", key) or _HANDED.search(key)
    listed = draft.lines[group[0]].mark is not None or key.startswith("att ")
    return "summary" if told or (before and listed) else None


_HANDED = re.compile(
    r"\b(beslutade|beslot|beslutat|har)\b.{0,60}\b(overlamna\w*|remitter\w+|oversan\w+)\b"
    r".{0,20}\b(motionen|medborgarforslaget)\b|"
    r"\blamna(t|de) in (en |ett )?(motion|medborgarforslag)\b"
)
# The office's own view with the verb before it: "anser kommunstyrelsens förvaltning".
_OWN_VIEW = re.compile(r"\b(anser|bedomer|menar|finner) \w*.{0,25}(forvaltning|namnd|kontor|styrelsen|avdelning)")
_HANDED_ON = re.compile(
    r"^(motionen|medborgarforslaget|arendet|forslaget) (har )?(remitterades|remitterats|sandes|skickades)\b"
)
# What somebody by name asks for in a motion: the first thing told of a matter.
_BY_NAME = re.compile(
    r"^[^.]{0,120}\([a-z]{1,4}\)[^.]{0,120}\bmotion\b|^[^.]{0,120}\bmotion (av|fran) [^.]{3,60}\([a-z]{1,4}\)"
)
_SENT_FOR = re.compile(
    r"\b(beretts|anmodats|getts|fatt|bereds) (mojlighet|tillfalle)?.{0,30}\b(yttra sig|avge)|"
    r"\b(anmodats|ombetts) att (avge|yttra)|\b(oversant|remitterat|remitterats) .{0,60}\bmotion"
)


def retold_of(draft: Draft, group: list[int], key: str, above: str, before: str | None) -> str | None:
    """What a letter tells of the motion before it judges: how it came here, what it asks for, and its items."""
    line = draft.lines[group[0]]
    if before and (line.mark is not None or key.startswith(("att ", "alt "))):
        return before
    if above == "body" and not before and _HANDED_ON.match(key):
        return "background"
    if above not in {"", "background", "matter"} or draft.tables.has("assess", key) or _OWN_VIEW.search(key):
        return None
    leads = draft.tables.has("restate", key) and draft.lines[group[-1]].text[-1:] not in ".!?"
    if leads and marked_below(draft, group[-1]):
        return "background" if above == "matter" else "summary"
    if above == "matter":
        told = draft.tables.has("restate", key) and _BY_NAME.search(key)
        return "summary" if told and not draft.headings.get("summary") else None
    if draft.tables.has("restate", key):
        return "summary"
    return "background" if above == "" and _SENT_FOR.search(key) else None


def marked_below(draft: Draft, i: int) -> bool:
    """Whether a list begins on the next line that is not the page's."""
    following = [j for j in range(i + 1, min(len(draft.lines), i + 4)) if j not in draft.page][:1]
    if not following:
        return False
    line = draft.lines[following[0]]
    return line.mark is not None or line.key.startswith("att ")
