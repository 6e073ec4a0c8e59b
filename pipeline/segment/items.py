"""Lines of a proposal zone or of a deciding text into single items."""

from __future__ import annotations

import re

from .item_groups import ELECTED, grouped, parted
from .line_items import by_dels, by_infinitives
from .lines import Line, ends_sentence, fold
from .tables import Tables

# "att nämnden får i uppdrag att bygga x samt att utreda y" is one task, "att utreda x samt att bygga y" are two.
_TASK = re.compile(r"\b(i uppdrag|uppdras|uppdrar|uppmanas|uppmanar)\b[^,;]*\batt [a-zåäö]+a\b", re.I)
_INFINITIVE = re.compile(r"att [a-zåäö]+a\b (?!ska\b|får\b|ges\b)", re.I)
# What a decision adds in words of its own, in the paragraph below.
_ADDS = re.compile(
    r"\b(foljande (tillagg|yttrande|motivering|uttalande|lydelse)|(anfora|anfor|anfort|uttala) foljande):$"
)
_QUOTE = re.compile(r"[\"”“]")
_OPEN = re.compile(r"\b(med|om|av|for|till|avseende|enligt|foljande)$")
_RUN_IN = re.compile(
    r"(?:,|;)?\s+(?:samt|dels|och dels|dels ock|samt även|samt dels)\s+(?=att\b)|,\s+och\s+(?=att\b)", re.I
)


def split_items(lines: list[Line], width: int, tables: Tables, *, member: bool) -> list[list[Line]]:
    """The items, each with its lines.

    The first list mark sets the shape: bullets, numbers, letters or a line that begins with ``att``;
    other marks are nested. Without marks a paragraph is an item, unless it only goes on with the one above.
    """
    if parts := by_dels(lines) or by_infinitives(lines):
        return parts
    groups = grouped(lines, width, parted_by_blanks=member and parted(lines, width))
    if not groups:
        return []
    shape = next((found for group in groups if (found := _shape(group[0])) != "plain"), "plain")
    lead = _shape(groups[0][0])
    if lead == "plain" and shape not in {"plain", "att"} and not member:
        shape = shape if not ends_with_colon(groups[0]) else "plain"
    if member and lead == "plain" and shape == "bullet" and _nested(groups):
        shape = "plain"
    if lead == "plain" and shape == "bullet" and _goes_on_in_list(groups):
        return [[line for group in groups for line in group]]
    items: list[list[Line]] = []
    if member and shape == "plain" and _uniform(groups):
        return [list(group) for group in groups]
    if member and shape == "plain" and _apart(groups):
        for group in groups:
            if group[0].mark and items:
                items[-1].extend(group)
            else:
                items.append(list(group))
        return items
    inset = _inset(groups) if shape == "bullet" else frozenset()
    for group in groups:
        if not items or _opens(group, items[-1], shape, tables, member, only=len(items) == 1, inset=inset):
            items.append(list(group))
        else:
            items[-1].extend(group)
    return items


def _goes_on_in_list(groups: list[list[Line]]) -> bool:
    """Whether a sentence breaks off before a list that ends it: ``... för komplettering med`` and two dashes."""
    rest = groups[1:]
    return (
        bool(_OPEN.search(groups[0][-1].key))
        and bool(rest)
        and all(
            group[0].mark is not None and group[0].mark.kind == "bullet" and not fold(group[0].body).startswith("att ")
            for group in rest
        )
    )


def _nested(groups: list[list[Line]]) -> bool:
    """Whether all marks stand further in than the paragraphs without one: lists inside some of the items."""
    plain = [group[0].indent for group in groups if not group[0].mark]
    return len(plain) > 1 and all(group[0].indent > max(plain) + 1 for group in groups if group[0].mark)


def _apart(groups: list[list[Line]]) -> bool:
    """Whether blank lines part items that have neither a mark nor a full stop, as under ``Vi föreslår att``."""
    plain = [group for group in groups if not group[0].mark]
    small = sum(group[0].text[:1].islower() for group in plain)
    return len(plain) > 2 and small == len(plain) and all(group[0].gap for group in plain[1:])


def _inset(groups: list[list[Line]]) -> frozenset[int]:
    """Where bullets stand that are further in than those before and behind them: a list inside an item."""
    at = [group[0].indent for group in groups if _shape(group[0]) == "bullet"]
    if not at or at[0] != min(at) or at.count(at[0]) < 2:
        return frozenset()
    last = len(at) - 1 - at[::-1].index(at[0])
    return frozenset(x for x in at[:last] if x > at[0] + 1)


def _uniform(groups: list[list[Line]]) -> bool:
    """Whether blank lines part short lines that begin with a capital and end with no sign, all alike."""
    return len(groups) > 1 and all(
        len(group) == 1 and group[0].text[:1].isupper() and group[0].text[-1:].isalnum() and (group[0].gap or not n)
        for n, group in enumerate(groups)
    )


def ends_with_colon(group: list[Line]) -> bool:
    """Whether the paragraph announces what follows."""
    return group[-1].text.endswith(":")


def _shape(line: Line) -> str:
    if line.mark:
        return "bullet" if line.mark.kind == "bullet" else line.mark.kind
    return "att" if line.att else "plain"


def _opens(
    group: list[Line],
    item: list[Line],
    shape: str,
    tables: Tables,
    member: bool,
    *,
    only: bool = False,
    inset: frozenset[int] = frozenset(),
) -> bool:
    """Whether the paragraph opens an item, given the item above, which may be the ``only`` one so far.

    ``inset``: how far in the bullets of lists inside items stand.
    """
    first, own = group[0], _shape(group[0])
    if ELECTED.match(first.text) and ELECTED.match(item[-1].text):
        return True
    if own == "plain" and (_ADDS.search(item[-1].key) or (_half_quoted(item) and _half_quoted(group))):
        return False
    if shape == "plain":
        if own == "letter" and _lists_letters(item):
            return False
        if _announces(item):
            return own == "plain" and tables.has("decision.subject", first.key) and not _listish(first)
        if not ends_sentence(item[-1].text) and (not first.gap or not first.text[:1].isupper() or _listish(first)):
            return False
        if _clause(first.text):
            return False
        return not (member and tables.has("anaphora", first.key))
    if own == shape:
        if shape == "number" and first.mark and item[0].mark and item[0].mark.kind == "number":
            second = only and first.mark.value == "2"  # whatever the first one's number was read as
            return second or _follows(item[0].mark.value, first.mark.value)
        if shape == "bullet" and first.mark and item[0].mark and item[0].mark.kind == "bullet":
            if inset and first.indent in inset:
                return False
            inner = first.indent > item[0].indent + 1 or item[-1].text.endswith(":")
            under_att = first.indent > item[0].indent + 1 and _asks(item[0]) and not _asks(first)
            return not ((inner and first.mark.value != item[0].mark.value) or under_att)
        return True
    if own == "att" and shape in {"plain"}:
        return True
    if own == "plain" and not member:
        return bool(tables.has("decision.subject", first.key) and ends_sentence(item[-1].text))
    if own == "att" and shape in {"bullet", "number"} and first.gap and ends_sentence(item[-1].text):
        return first.text.startswith("Att")
    return False


def _asks(line: Line) -> bool:
    """Whether what stands behind a line's mark begins with att."""
    return fold(line.body).startswith("att ")


def _half_quoted(lines: list[Line]) -> bool:
    """Whether a quotation is opened here and not closed, or closed and not opened."""
    return sum(len(_QUOTE.findall(line.text)) for line in lines) % 2 == 1


_UNDER = re.compile(
    r"\b(?:med|enligt|under) (?:foljande|dessa)\b[^.:]{0,50}:$|\bforutsattning att:$|\b(?:andring|tillagg)\w*:$"
)


def _lists_letters(item: list[Line]) -> bool:
    """Whether letters below a decision are parts of it: "... får teckna avtal med följande villkor: a) ... b) ..."."""
    first = next((n for n, line in enumerate(item) if _shape(line) == "letter"), 0)
    return first > 0 and _UNDER.search(" ".join(line.key for line in item[:first])) is not None


def _announces(item: list[Line]) -> bool:
    """Whether the item's last sentence ends in a colon; what OCR left of a short line below it does not close it."""
    last = next((line for line in reversed(item) if not _listish(line)), item[-1])
    return item[-1].text.endswith(":") or (last.text.endswith(":") and len(item) > 1)


def _follows(above: str, below: str) -> bool:
    return not (above.isdigit() and below.isdigit()) or int(below) > int(above) or (int(below) == 1 and int(above) == 1)


def _clause(text: str) -> bool:
    """A section of a statute quoted in a decision: ``15 a §``."""
    return re.match(r"^\d{1,3} ?[a-z]? ?§", text) is not None


def _listish(line: Line) -> bool:
    return len(line.text) < 40 and line.text[-1:] not in ".:"


def split_run_in(text: str) -> list[str]:
    """Several att-satser in one sentence.

    >>> split_run_in("att utreda frågan samt att ge nämnden i uppdrag att återkomma")
    ['att utreda frågan', 'att ge nämnden i uppdrag att återkomma']
    """
    if not re.match(r"^(dels )?att\b", text, re.I):
        return [text]
    parts = [part for part in _RUN_IN.split(text) if part]
    if len(parts) > 1 and all(_INFINITIVE.match(part) for part in parts[1:]) and _TASK.search(parts[0]):
        return [text]  # what somebody is told to do, and then what more
    if len(parts) > 1 and parts:
        first = re.split(r"(?<=,)\s+(?=att\b)", parts[0])
        parts = first + parts[1:]
    return [re.sub(r"^dels\s+", "", part) for part in parts]
