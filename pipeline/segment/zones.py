"""Where the proposals of a member's document stand: below lead-ins or headings, or in single sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .draft import Draft
from .lines import fold
from .running import inline_lead, running
from .zone_items import items_from, lead_ins_between
from .zone_sentences import QUESTION_KINDS, QUOTES, in_sentence, unled

_OPEN_END = re.compile(
    r"(:|\batt:?|\bbesluta|\bbeslutar|\bfoljande|\bdarfor|\byrkar( darfor)? pa|\bfullmaktige|\bfullmaktige att|"
    r"\bundertecknad(e)?( att)?)$"
)
# How such a line ends at the least: one test of its end spares a search through it.
_ENDS = (":", "att", "besluta", "beslutar", "foljande", "darfor", " pa", "fullmaktige", "undertecknad", "undertecknade")
_GOVERNED = re.compile(r"\b(for|genom|om|till|av|efter|utan|med|mot|pa|i|sa) att$")
_ENACTS = re.compile(r"^(kommun|region|stads)?fullmaktige (matte )?beslutar?( enligt)? foljande:$")
_COUNCIL_DECIDES = re.compile(
    r"^(att )?(kommun|region|stads)?(fullmaktige|styrelsen|namnden)( matte)? beslutar?( att)?:?$"
)


@dataclass(frozen=True)
class Zone:
    """A lead-in and its items, as indices of lines; ``strength`` weighs it against other candidates."""

    stem: list[int]
    items: list[int]
    strength: float


def find_zones(draft: Draft, indices: list[int]) -> list[Zone]:
    """Where the proposals stand: the strongest lead-ins with their items, or what a heading announces."""
    todo = [i for i in indices if draft.label[i] is None]
    found = [zone for n, i in enumerate(todo) if (zone := _zone_at(draft, todo, n)) is not None and i is not None]
    if not found:
        led = _inline(draft, todo) or _by_heading(draft, todo) or _captioned(draft, todo)
        alone = [] if led else unled(draft, todo) or in_sentence(draft, todo)
        return led or ([Zone([], alone, 2.0)] if alone else [])
    announced = any(_ends_in_colon(draft, zone) for zone in found)
    if announced:  # blank lines that OCR put into a sentence part "... föreslår vi också" from its "att ..."
        found = [zone for zone in found if _ends_in_colon(draft, zone) or not _begins_within(draft, zone)]
    best = max(zone.strength for zone in found)
    kept: list[Zone] = []
    for zone in found:
        if zone.strength < min(best, 3.0) - 0.5:
            continue
        if kept and kept[-1].items and zone.stem and zone.stem[0] <= kept[-1].items[-1]:
            continue
        kept.append(zone)
    return kept


def _ends_in_colon(draft: Draft, zone: Zone) -> bool:
    return bool(zone.stem) and draft.lines[zone.stem[-1]].text.endswith(":")


def _begins_within(draft: Draft, zone: Zone) -> bool:
    """Whether a lead-in begins in the middle of a sentence."""
    return bool(zone.stem) and draft.lines[zone.stem[0]].text[:1].islower()


def _zone_at(draft: Draft, todo: list[int], n: int) -> Zone | None:
    """The zone whose lead-in ends in line ``todo[n]``."""
    line, tables = draft.lines[todo[n]], draft.tables
    text = line.key
    open_end = text.endswith(_ENDS) and _OPEN_END.search(text)
    if n + 1 >= len(todo) or not (open_end or _opens_list(draft, todo, n)):
        return None
    if _GOVERNED.search(text) and draft.lines[todo[n + 1]].text[:1].islower() and not draft.lines[todo[n + 1]].gap:
        return None  # a sentence that only breaks here
    if line.text[:1] in QUOTES and draft.kind == "reservation":
        return None  # of the yrkande that fell, told again
    start = n
    while start and n - start < 3 and _runs_on(draft, todo, start):
        if tables.heading(draft.lines[todo[start - 1]]):
            break
        start -= 1
    lead = " ".join(draft.lines[todo[k]].key for k in range(start, n + 1))
    *told, lead = re.split(r"(?<=[a-z]{3}[.!?]) ", lead)
    asked = any(_ASKED.search(sentence) for sentence in told)  # in the same paragraph, in a sentence of its own
    if not text.endswith(":") and (asked or _in_clause(lead)) and not draft.lines[todo[n + 1]].gap:
        return None
    strength = _strength(draft, lead, todo[start])
    below = draft.lines[todo[n + 1]]
    if _COUNCIL_DECIDES.match(below.key):  # the lead-in goes on in the next line
        return None
    listed = below.mark is not None or below.att
    if draft.kind in QUESTION_KINDS and (tables.has("stem.question", lead) and strength < 2):
        strength = 3.0
    if not text.endswith(":"):
        strength -= 0.0 if listed else 2.0
    strength += 0.6 if listed else 0.0
    if strength < 1.5:
        return None
    items = items_from(draft, todo, n + 1)
    between = lead_ins_between(draft, items)
    lead_in = [todo[k] for k in range(start, n + 1)] + between
    return Zone(lead_in, [i for i in items if i not in between], strength) if items else None


_ASKED = re.compile(r"\b(foreslar|yrkar|hemstaller|begar)\b(?: \w+){0,3}? att (?!\w*fullmaktige\b)")
_ASKED_FIRST = re.compile(r"\b(foreslar|yrkar|hemstaller|begar)\b(?: \w+){0,3}? att\b(?P<first>.+)\batt$")


def _in_clause(lead: str) -> bool:
    """Whether a line's last att opens the second of several clauses: "Jag yrkar att A görs, att / B görs"."""
    found = _ASKED_FIRST.search(lead)
    return found is not None and len(found["first"].split()) > 4 and not re.search(r"\bbeslutar?\b", found["first"])


def _runs_on(draft: Draft, todo: list[int], k: int) -> bool:
    """Whether the lead-in began above; a blank line that OCR put after an "att" does not part it."""
    above = draft.lines[todo[k - 1]].key
    if draft.lines[todo[k]].gap:
        return (
            draft.lines[todo[k]].gap == 1
            and above.endswith(" att")
            and bool(_COUNCIL_DECIDES.match(draft.lines[todo[k]].key))
        )
    return not _sentence_start(draft, todo, k)


def _opens_list(draft: Draft, todo: list[int], n: int) -> bool:
    """Whether a line without a colon (``Därför föreslår Moderaterna``) stands right above the items."""
    line, below = draft.lines[todo[n]], draft.lines[todo[n + 1]]
    listed = below.mark is not None or below.att
    short = len(line.text) < 0.8 * draft.width or (below.gap > 0 and line.text[-1:].isalnum())
    short = short and line.text[-1:] not in (".!?;" if below.gap else ".!?," if below.att else ".!?,;")
    return listed and (short or _charges(draft, todo, n)) and draft.tables.has("stem.verb", line.key)


def _charges(draft: Draft, todo: list[int], n: int) -> bool:
    """Whether a line that ends in "ger nämnden i uppdrag" stands above several lines with att."""
    tasks = [draft.lines[i] for i in todo[n + 1 : n + 3]]
    return draft.lines[todo[n]].key.endswith(" i uppdrag") and len(tasks) > 1 and all(t.att for t in tasks)


def _sentence_start(draft: Draft, todo: list[int], k: int) -> bool:
    """Whether line ``todo[k]`` opens a sentence of its own."""
    above = draft.lines[todo[k - 1]]
    first = draft.lines[todo[k]].text[:1]
    return above.text[-1:] in ".!?:" and (first.isupper() or first.isdigit())


def _strength(draft: Draft, lead: str, i: int) -> float:
    tables = draft.tables
    council = re.search(r"fullmaktige|kommunstyrelsen|namnden|region|besluta", lead) is not None
    score = 0.0
    if tables.has("stem.heading", lead):
        score = 4.0
    elif tables.has("stem.verb", lead) and (council or not re.search(r"\bforeslas\b(?! att \w)", lead)):
        score = 3.5
    elif _ENACTS.match(lead):
        score = 3.0
    elif tables.has("stem.organ", lead):
        above = draft.tables.heading(draft.lines[i - 1]) if i else None
        score = 3.5 if above in {"proposal", "floor", "decision"} else 0.0
    elif tables.has("stem.weak", lead) and draft.kind not in {"sarskilt_yttrande", "reservation"}:
        score = 1.6
    if tables.has("stem.past", lead) or tables.has("stem.of-other", lead) or tables.has("uncertain", lead):
        score -= 2.5
    if council and score:
        score += 0.3
    return score


def _inline(draft: Draft, todo: list[int]) -> list[Zone]:
    """A lead-in with its items behind the colon in the same paragraph."""
    for group in reversed(draft.groups(todo)):
        text = running(draft.lines[i].text for i in group)
        lead = inline_lead(text)
        if lead is None:
            continue
        told = fold(text[lead[0] : lead[1]])
        if draft.tables.has("stem.of-other", told) or draft.tables.has("stem.past", told):
            continue
        length, first = 0, len(group)
        for n, i in enumerate(group):
            length += len(draft.lines[i].text) + 1
            if length > lead[1] + 8:
                first = n
                break
        begin = next(
            (n for n in range(first) if sum(len(draft.lines[i].text) + 1 for i in group[:n]) >= lead[0] - 1), first
        )
        items = group[first:] + _items_after(draft, todo, group)
        return [Zone(group[begin:first], items, 3.0)] if group[first:] else []
    return []


def _items_after(draft: Draft, todo: list[int], group: list[int]) -> list[int]:
    """Further numbered paragraphs right under a paragraph that began with the lead-in and its first item."""
    after = todo[todo.index(group[-1]) + 1 :]
    taken: list[int] = []
    for following in draft.groups(after):
        mark = draft.lines[following[0]].mark
        if mark is None or mark.kind != "number":
            break
        taken += following
    return taken


def _opening(draft: Draft, items: list[int]) -> list[int]:
    """What leads in the items of a list below a heading: "Styrelsen ger direktören i uppdrag att" above 1. and 2."""
    first = next((n for n, i in enumerate(items) if draft.lines[i].mark), 0)
    return items[:first] if 0 < first < 4 and draft.lines[items[first - 1]].key.endswith((" att", ":")) else []


def _by_heading(draft: Draft, todo: list[int]) -> list[Zone]:
    """The text under a heading such as ``Förslag till beslut``."""
    for n, i in enumerate(todo):
        label = draft.tables.heading(draft.lines[i])
        if label in {"proposal", "floor", "decision"} and n + 1 < len(todo):
            start = n + 1
            if draft.tables.heading(draft.lines[todo[start]]) == "proposal" and start + 1 < len(todo):
                draft.put([todo[start]], "heading")
                start += 1
            items = items_from(draft, todo, start)
            if items and (len(items) < 40 or draft.lines[todo[start]].mark):
                between = [*_opening(draft, items), *lead_ins_between(draft, items)]
                return [Zone(between, [k for k in items if k not in between], 3.0)]
    return []


_CAPTION = re.compile(r"(att-?sats|yrkande|forslag) \d{1,2} ?:")


def _captioned(draft: Draft, todo: list[int]) -> list[Zone]:
    """Items that say what they are, without a lead-in: "Att-sats 1: Att ..."."""
    first = next((n for n, i in enumerate(todo) if _CAPTION.match(draft.lines[i].key)), None)
    items = items_from(draft, todo, first) if first is not None else []
    return [Zone([], items, 3.0)] if sum(bool(_CAPTION.match(draft.lines[i].key)) for i in items) > 1 else []
