"""Lead-ins of the offices: the line or the sentence right before what is proposed or decided."""

from __future__ import annotations

import re
from itertools import pairwise

from .blocks import names
from .draft import Draft
from .kinds import PROTOCOLS
from .lines import Line
from .retelling import marked_below

_BARE = re.compile(r"(beslut|forslag till beslut|yrkanden?)")
_DECIDE = re.compile(
    r"\b(besluta|beslutar|beslutade|beslot|beslutat|foreslar|foresla|hemstaller)( \w*(fullmaktige|styrelsen|namnden))?"
    r"( foljande)?( som (sitt )?(svar|yttrande|remissvar) till \w+)?$"
)
_OPEN_ATT = re.compile(
    r"\b(foreslar|foreslas|hemstaller|yrkar)\b.* (att|besluta|beslutar|foljande|hemstalla|foresla)$|"
    r"\bfar .{3,60}\b(hemstalla|foresla)( att)?$"
)
_BODY_DECIDES = re.compile(
    r"(\w*fullmaktige|\w*styrelsen|[\w -]*namnden|[\w -]*utskottet) (beslutar|beslutade)( foljande)?"
    r"( (enligt|i enlighet med) [\w -]{3,60}s forslag)?"
)
_BODY_ASKS = re.compile(
    r"((med|mot|utifran|darfor) .{0,60})?\b"
    r"((\w+ ){0,2}\w*(namnden|styrelsen|forvaltningen|kontoret|utskottet|bolaget)|vi)"
    r" (foreslar|hemstaller|tillstyrker|beslutar|forordar)\b|"
    r"(foreslar|hemstaller|forordar) .*(namnden|styrelsen|kontoret)\b"
)
# The body alone, with the verb and nothing behind it: "Kultur- och fritidsnämnden föreslås".
_IS_ASKED = re.compile(r"([\w-]+ (och )?){0,4}\w*(fullmaktige|styrelsen|namnden|utskottet|direktionen) foreslas")
_WHERE = re.compile(
    r"i (kommun|region|stads)?(styrelsen|fullmaktige)( och (i )?(kommun|region|stads)?(styrelsen|fullmaktige))?"
)
_BODY = (
    r"(([\w-]+ (och )?){0,3}\w*(fullmaktige|styrelsen|namnden|utskottet|direktionen)|(namnden|utskottet) .{2,50}|"
    r".{2,50}s arbetsutskott)"
)
# A body that decides without a heading above ("Kommunstyrelsen föreslår kommunfullmäktige besluta följande:").
_RESOLVES = re.compile(
    rf"(?=\w+ (beslutar|foreslar)\b|.*\bbeslutar?\b){_BODY}( beslutar| foreslar)( att)?"
    r"( foresla)?( (kommun|region|lands|landstings|stads)?(fullmaktige|styrelsen))?"
    r"( att)?( besluta| beslutar)?( foljande| att)?"
)
# The same body decides on more below what it proposed to another: "Nämnden beslutar för egen del".
_MORE = r"(for egen (del|rakning)|dessutom|darutover|vidare|aven|ocksa|samtidigt|sjalv)"
_DOES = r"(beslutar|beslutade|beslot|foreslar|foreslog|hemstaller)"
_AGAIN = re.compile(
    rf"(for egen (del|rakning) (beslutar|beslutade|beslot) {_BODY}|{_MORE} {_DOES} {_BODY}|{_BODY} {_DOES}( {_MORE})*)"
    rf"( (att )?(foresla )?(hos )?\w*(fullmaktige|styrelsen|namnden))?( (att )?besluta)?( foljande)?( att)?"
)
_CLAUSE = re.compile(r"\b(och|samt|for|genom|om|till|av|efter|utan|med|mot|pa|i|sa) att$")


def is_bare_lead_in(line: Line) -> bool:
    """Whether a lead-in stands as a heading, short and without a colon: ``Kommunstyrelsen beslutar``."""
    return line.text[-1:] != ":" and len(line.text) < 90 and _RESOLVES.fullmatch(line.key) is not None


def is_verbal_stem(draft: Draft, i: int, current: str) -> bool:
    """Whether what reads like a second heading is the lead-in to the deciding text (no colon printed)."""
    if current not in {"decision", "proposal"}:
        return False
    return (
        re.search(
            r"\b(foreslar|beslutar|foreslas|foresla)\b.*\b(besluta|beslutar|foljande|att|fullmaktige)$|"
            r"\b(beslutar|beslutade|beslot|beslutat)( saledes| salunda)?$",
            draft.lines[i].key.rstrip(",:"),
        )
        is not None
    )


def is_stem(draft: Draft, i: int, label: str | None, current: str) -> bool:
    """Whether the line is a lead-in right before the items."""
    line, tables = draft.lines[i], draft.tables
    if _elects(draft, i, current) or (
        draft.kind in PROTOCOLS and current in {"decision", "proposal"} and leads_in_more(draft, i)
    ):
        return True
    if not line.text.endswith(":"):
        asks = _OPEN_ATT.search(line.key) is not None and not tables.has("stem.of-other", line.key)
        asks = asks or _BODY_DECIDES.fullmatch(line.key) is not None or _asks_above_att(draft, i)
        asks = asks or (_IS_ASKED.fullmatch(line.key) is not None and len(line.text) < 0.8 * draft.width)
        free = not current or (draft.kind not in PROTOCOLS and current in {"free", "assessment", "background"})
        return asks and free and line.text[:1].isupper() and marked_below(draft, i)
    if tables.has("decides.itself", line.key):
        return False
    key = line.key.rstrip(": ")
    if not current and draft.kind in PROTOCOLS and _RESOLVES.fullmatch(key):
        return True
    if label in {"decision", "proposal"}:
        return not _BARE.fullmatch(key) or marked_below(draft, i)
    if current not in {"", "decision", "proposal"} or not marked_below(draft, i) or len(key) > 90:
        return False
    if line.text[:1].islower():
        return False
    lead = tables.has("stem.organ", line.key) or (not current and tables.has("stem.verb", line.key))
    return lead and not tables.has("stem.of-other", line.key)


def _elects(draft: Draft, i: int, current: str) -> bool:
    """Whether an election is announced right above its list of names: ``Fullmäktige utser följande``."""
    line = draft.lines[i]
    if draft.kind not in PROTOCOLS or current not in {"", "decision", "summary"} or i + 1 >= len(draft.lines):
        return False
    begins = line.text[:1].isupper() or line.key.startswith("samt ")
    if draft.tables.has("decides.itself", line.key):
        return False
    return begins and draft.tables.has("elects", line.key) and names(draft.lines[i + 1], draft.tables)


def leads_in_more(draft: Draft, i: int) -> bool:
    """Whether a line below decided items leads in others: alone, with items of the same kind under it."""
    line = draft.lines[i]
    return line.gap > 0 and _AGAIN.fullmatch(line.key.rstrip(": ")) is not None and marked_below(draft, i)


def _asks_above_att(draft: Draft, i: int) -> bool:
    """Whether ``Nämnden föreslår kommunfullmäktige`` stands right above lines that begin with att."""
    line = draft.lines[i]
    below = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
    return (
        below is not None
        and draft.kind not in PROTOCOLS
        and below.key.startswith("att ")
        and len(line.text) < 0.8 * draft.width
        and line.text[-1:].isalnum()
        and _BODY_ASKS.match(line.key) is not None
        and not draft.tables.has("stem.of-other", line.key)
    )


_ATT_LEADS = re.compile(
    r"att (\w*(styrelsen|namnden|utskottet) )?(foreslar?|hemstaller?( hos)?|hemstalla( hos)?)( att)? "
    r"\w*(fullmaktige|styrelsen|namnden)( att)?( beslutar?)?( foljande)?( att)?:?"
)


def label_lead_in(draft: Draft, run: list[int]) -> None:
    """The stem at the head of the deciding text: a sentence that ends in a colon, or in att, before the items."""
    groups = draft.groups(run)
    if not groups:
        return
    first = groups[0]
    text = " ".join(draft.lines[i].key for i in first)
    tables = draft.tables
    lead = tables.has("stem.enligt", text) or tables.has("stem.organ", text) or tables.has("stem.heading", text)
    verb = tables.has("stem.verb", text) or tables.has("stem.decide", text)
    last = draft.lines[first[-1]]
    if len(groups) > 1 and len(first) == 1 and _WHERE.fullmatch(text):
        draft.put(first, "stem")
        return
    if draft.lines[first[0]].key in ("att", "att:") and (len(groups) > 1 or len(first) > 1):
        draft.put(first[:1], "stem")  # of "Nämnden beslutar" above it
        return
    if _ATT_LEADS.fullmatch(draft.lines[first[0]].key) and marked_below(draft, first[0]):
        draft.put(first[:1], "stem")  # "att föreslå kommunfullmäktige besluta" above "att motionen avslås"
        return
    if draft.lines[first[0]].mark or len(text) > 400 or text.startswith("att "):
        return
    for closing in (":", " att"):
        for n, i in enumerate(first):
            if not draft.lines[i].text.endswith(closing) or (
                closing == " att" and _mid_sentence(draft, first[: n + 1])
            ):
                continue
            upto = " ".join(draft.lines[j].key for j in first[: n + 1])
            if (lead or verb or tables.has("stem.enligt", upto)) and (len(groups) > 1 or n + 1 < len(first)):
                draft.put(first[: n + 1], "stem")
                return
    under = next((draft.lines[i] for group in groups for i in group if i > first[0]), None)
    if under and not under.gap and under.text[:1].isupper() and _ENDED.fullmatch(draft.lines[first[0]].key):
        draft.put(first[:1], "stem", 0.85)
        return
    for above, below in pairwise(first):
        if _DECIDE.search(draft.lines[above].key) and draft.lines[below].key.startswith("att "):
            short = len(draft.lines[above].text) < 0.8 * draft.width
            if short or abs(draft.lines[below].indent - draft.lines[above].indent) > 1:
                draft.put(first[: first.index(below)], "stem")
                return
    listed = len(groups) > 1 and draft.lines[groups[1][0]].mark is not None
    if listed and verb and last.text[-1:].isalnum():
        draft.put(first, "stem")
        return
    if len(groups) > 1 and verb and last.text.endswith("följande."):
        draft.put(first, "stem")
    for n, i in enumerate(first):
        if verb and draft.lines[i].key.endswith("foljande beslut.") and (len(groups) > 1 or n + 1 < len(first)):
            draft.put(first[: n + 1], "stem")
            return


# A lead-in that ends in a full stop by mistake, the item right below it: "Enligt förvaltningens förslag."
_ENDED = re.compile(r"(enligt|i enlighet med) [\w &-]{3,60}s forslag\.")


def _mid_sentence(draft: Draft, lines: list[int]) -> bool:
    """Whether an att at the end of these lines belongs to a clause, or to a sentence that proposes nothing."""
    text = " ".join(draft.lines[i].key for i in lines)
    last = re.split(r"(?<=[a-z]{3}[.!?]) ", text)[-1]
    tables = draft.tables
    proposes = tables.has("stem.verb", last) or tables.has("stem.decide", last) or tables.has("stem.organ", last)
    return _CLAUSE.search(last) is not None or not proposes
