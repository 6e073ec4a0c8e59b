"""Labels in documents of officials and bodies: headings say what stands under them, formulas correct them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .blocks import names, noise, signs
from .closing import label_closing
from .deciding import deciding_text, is_move
from .draft import Draft
from .front import TABLE, footnotes, table_row
from .kinds import PROTOCOLS
from .lines import Line, ends_sentence
from .retelling import judges, marked_below, retold_of, tells_facts, told_of_motion

_CHAIR_MOVES = re.compile(r"\b(yrkar|foreslar)\b(?! foljande \w*(proposition|ordning))")
_ASKED = re.compile(r"(votering|omrostning)(en)? (begars|begardes|verkstalls)\b")
_BARE = re.compile(r"(beslut|forslag till beslut|yrkanden?)")
_DECIDE = re.compile(
    r"\b(besluta|beslutar|beslutade|beslot|beslutat|foreslar|foresla|hemstaller)( \w*(fullmaktige|styrelsen|namnden))?"
    r"( foljande)?$"
)
_OPEN_ATT = re.compile(
    r"\b(foreslar|foreslas|hemstaller|yrkar)\b.* (att|besluta|beslutar|foljande|hemstalla|foresla)$|"
    r"\bfar .{3,60}\b(hemstalla|foresla)( att)?$"
)
_BODY_DECIDES = re.compile(
    r"(\w*fullmaktige|\w*styrelsen|[\w -]*namnden|[\w -]*utskottet) (beslutar|beslutade)( foljande)?"
)
_BODY_ASKS = re.compile(
    r"((med|mot|utifran|darfor) .{0,60})?\b"
    r"((\w+ ){0,2}\w*(namnden|styrelsen|forvaltningen|kontoret|utskottet|bolaget)|vi)"
    r" (foreslar|hemstaller|tillstyrker|beslutar|forordar)\b|"
    r"(foreslar|hemstaller|forordar) .*(namnden|styrelsen|kontoret)\b"
)
_DECIDING = ("besluta", "beslutar", "beslutade", "beslutat", "beslot", "fullmaktige")
_WHERE = re.compile(
    r"i (kommun|region|stads)?(styrelsen|fullmaktige)( och (i )?(kommun|region|stads)?(styrelsen|fullmaktige))?"
)
# A body that decides without a heading above ("Kommunstyrelsen föreslår kommunfullmäktige besluta följande:").
_RESOLVES = re.compile(
    r"(\w*(fullmaktige|styrelsen|namnden|utskottet)|(namnden|utskottet) .{2,50})( beslutar| foreslar)( att)?"
    r"( foresla)?( (kommun|region|lands|stads)?(fullmaktige|styrelsen))?( att)?( besluta| beslutar)?( foljande| att)?"
)
_CLAUSE = re.compile(r"\b(och|samt|for|genom|om|till|av|efter|utan|med|mot|pa|i|sa) att$")
_BY_ORDER = re.compile(r"(enligt uppdrag|pa \w*(namndens|styrelsens) vagnar|for \w*(namnden|styrelsen)|dag som ovan)$")
_FREE = ("summary", "background", "assessment")
_LISTS = {"decision", "proposal", "basis", "distribution", "toc"}


def label_official(draft: Draft, indices: list[int]) -> None:
    """Label the lines of one item, or of a whole document without items, after its title."""
    current, heading = _initial(draft), None
    footnotes(draft, indices)
    label_closing(draft, indices)
    run: list[int] = []
    for i in indices:
        if draft.label[i] is not None:
            if draft.label[i] in {"signature", "basis", "distribution"} and run:
                _flush(draft, run, current, heading)
                run = []
            continue
        line = draft.lines[i]
        if TABLE.match(line.text):
            _flush(draft, run, current, heading)
            run = []
            table_row(draft, i, current)
            continue
        label = heading_of(draft, i)
        if draft.kind in PROTOCOLS and draft.tables.has("sends", line.key):
            _flush(draft, run, current, heading)
            run, heading, current = [], None, "distribution"
            draft.put([i], "distribution", 0.9)
            continue
        if label and current in _LISTS and _row(draft, i, label, heading):
            label = None
        stem = _stem(draft, i, label, current if heading is not None else "")
        stem = stem or (not run and heading == i - 1 and label is not None and _verbal(draft, i, current))
        if label or stem:
            _flush(draft, run, current, heading)
            run, heading = [], i
            if not (stem and current in {"decision", "proposal"}):
                current = label or _opened(draft, i)
            draft.put([i], "stem" if stem else "heading", 0.95)
            continue
        draft.head[i] = heading
        run.append(i)
    _flush(draft, run, current, heading)


def _row(draft: Draft, i: int, label: str, heading: int | None) -> bool:
    """Whether what reads like a heading is a row of the list it stands in."""
    mark = draft.lines[i].mark
    if mark is None:
        paper = re.fullmatch(r"(motion|interpellation|medborgarforslag|initiativ)(en|et)", draft.lines[i].key)
        return label == "attendance" or (paper is not None and not draft.lines[i].gap)
    above = draft.lines[heading].mark if heading is not None else None
    numbered = above and above.kind == mark.kind == "number" and mark.value == str(int(above.value) + 1)
    return not numbered


def _verbal(draft: Draft, i: int, current: str) -> bool:
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


def _opened(draft: Draft, i: int) -> str:
    """What a lead-in without a heading opens."""
    if draft.kind not in PROTOCOLS:
        return "proposal"
    return "floor" if re.search(r"\byrk(ar|ade)\b", draft.lines[i].key) else "decision"


def _initial(draft: Draft) -> str:
    return "summary" if draft.kind in PROTOCOLS else "free"


def heading_of(draft: Draft, i: int) -> str | None:
    """The label of what stands under line ``i`` if that is a heading here."""
    line = draft.lines[i]
    label = draft.tables.heading(line) or _small_letter(draft, i)
    if label is None or _continues(draft, i) or _goes_on(draft, i):
        return None
    if label in {"basis", "procedure", "attendance", "signature", "other", "toc"} and _listed(draft, i):
        return None
    if label == "matter":
        return "summary" if draft.kind in PROTOCOLS else "free"
    if label == "body":
        return "free"
    return label


def _small_letter(draft: Draft, i: int) -> str | None:
    """The label of a heading of one word that lost its capital, alone above a new paragraph."""
    line = draft.lines[i]
    below = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
    if below is None or not below.gap or not below.text[:1].isupper() or not line.text.isalpha():
        return None
    return draft.tables.heading(replace(line, text=line.text.capitalize())) if line.text.islower() else None


def _continues(draft: Draft, i: int) -> bool:
    """Whether the line only goes on with the sentence above."""
    above = draft.lines[i - 1] if i else None
    line = draft.lines[i]
    if above is None or line.gap or draft.label[i - 1] in {"heading", "stem", "furniture", "title", "meta"}:
        return False
    return not ends_sentence(above.text) and len(above.text) > 0.8 * draft.width and len(line.text) > 12


def _goes_on(draft: Draft, i: int) -> bool:
    """Whether the next line goes on with this one, so that this is the first line of a sentence."""
    line = draft.lines[i]
    if i + 1 >= len(draft.lines) or line.text.endswith(":"):
        return False
    below = draft.lines[i + 1]
    if below.key.startswith("att ") and line.key.endswith(_DECIDING):
        return False
    return not below.gap and below.text[:1].islower() and len(line.key) > 25 and not below.mark


def _listed(draft: Draft, i: int) -> bool:
    """Whether a one-word heading is a row of a list (``Motionen`` or ``Bilaga`` among the documents)."""
    line = draft.lines[i]
    return bool(line.mark)


def _stem(draft: Draft, i: int, label: str | None, current: str) -> bool:
    """Whether the line is a lead-in right before the items."""
    line, tables = draft.lines[i], draft.tables
    if not line.text.endswith(":"):
        asks = _OPEN_ATT.search(line.key) is not None and not tables.has("stem.of-other", line.key)
        asks = asks or _BODY_DECIDES.fullmatch(line.key) is not None or _asks_above_att(draft, i)
        free = not current or (draft.kind not in PROTOCOLS and current in {"free", "assessment", "background"})
        return asks and free and line.text[:1].isupper() and marked_below(draft, i)
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


def _flush(draft: Draft, run: list[int], current: str, heading: int | None) -> None:
    """Label what stands under one heading."""
    if not run:
        return
    above = draft.tables.heading(draft.lines[heading]) or "" if heading is not None else ""
    run = _sign_off(draft, run, current)
    if current in {"decision", "proposal"}:
        _lead_in(draft, run)
        draft.put(deciding_text(draft, run, current), current)
    elif current in {"procedure", "votes", "floor"}:
        _meeting(draft, run, current)
    elif current in {"summary", "free", "assessment", "background"}:
        _prose(draft, run, current, above)
    draft.put(run, current if current != "free" else "assessment", 0.9)


def _lead_in(draft: Draft, run: list[int]) -> None:
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
    if draft.lines[first[0]].mark or len(text) > 400 or text.startswith("att "):
        return
    for closing in (":", " att"):
        for n, i in enumerate(first):
            if not draft.lines[i].text.endswith(closing) or (
                closing == " att" and _mid_sentence(draft, first[: n + 1])
            ):
                continue
            if (lead or verb) and (len(groups) > 1 or n + 1 < len(first)):
                draft.put(first[: n + 1], "stem")
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


def _mid_sentence(draft: Draft, lines: list[int]) -> bool:
    """Whether an att at the end of these lines belongs to a clause, or to a sentence that proposes nothing."""
    text = " ".join(draft.lines[i].key for i in lines)
    last = re.split(r"(?<=[a-z]{3}[.!?]) ", text)[-1]
    tables = draft.tables
    proposes = tables.has("stem.verb", last) or tables.has("stem.decide", last) or tables.has("stem.organ", last)
    return _CLAUSE.search(last) is not None or not proposes


def _meeting(draft: Draft, run: list[int], current: str) -> None:
    """Yrkanden, propositions and votes stand side by side: each paragraph by its own formulas."""
    tables = draft.tables
    before = "votes" if current == "votes" else current
    for group in draft.groups(run):
        key = " ".join(draft.lines[i].key for i in group)
        if tables.has("adjourn", key) and len(group) < 3:
            label = "other"
        elif tables.has("vote.order", key) and not tables.has("vote.count", key) and current != "floor":
            label = "procedure"
        elif tables.has("vote.roll", key) or (tables.has("vote.count", key) and current != "floor"):
            label = "votes"
        elif tables.has("reserve", key) and not tables.has("chair", key):
            label = "reservation"
        elif (tables.has("chair", key) and not (current == "floor" and _CHAIR_MOVES.search(key[:90]))) or (
            current == "floor" and _ASKED.match(key)
        ):
            label = "procedure"
        elif current != "floor" and tables.has("moves", key) and key.startswith("yrkande av"):
            label = "floor"
        elif current == "votes" or (before == "votes" and _roll(draft, group)):
            label = "votes"
        else:
            label = current if current != "votes" else before
        draft.put(group, label, 0.93)
        before = label


def _roll(draft: Draft, group: list[int]) -> bool:
    """Whether a paragraph under a vote is its list of names, a line of names each or names in a row."""
    text = " ".join(draft.lines[i].text for i in group)
    members = re.findall(r"\w \([A-ZÅÄÖa-zåäö]{1,4}\)", text)
    plain = re.sub(r"\([^()]{1,5}\)|\b[A-ZÅÄÖ][\w'’-]*|[\s,:;.]|\b(och|samt|för|ja|nej|avstår|röstar)\b", "", text)
    return all(names(draft.lines[i], draft.tables) for i in group) or (len(members) > 2 and len(plain) < 8)


def _prose(draft: Draft, run: list[int], current: str, above: str) -> None:
    """Running text: under a heading that speaks for itself its label, else the classifier's."""
    tables = draft.tables
    retold: str | None = None
    judged = False
    for group in draft.groups(run):
        if len(group) > 1 and len(draft.lines[group[0]].text) < 0.6 * draft.width and _heads_text(draft, group[0]):
            draft.put(group[:1], "heading", 0.75)
            group = group[1:]
        first = draft.lines[group[0]]
        key = " ".join(draft.lines[i].key for i in group)
        if tables.has("footnote", first.key) and len(group) < 4:
            draft.put(group, "basis", 0.8)
        elif len(group) == 1 and _sub_heading(draft, group[0]):
            draft.put(group, "heading", 0.8)
        elif tables.has("adjourn", key) and len(group) < 3:
            draft.put(group, "other", 0.8)
        elif tables.has("chair", key) and draft.kind in PROTOCOLS and len(key) < 700:
            draft.put(group, "procedure", 0.8)
        elif draft.kind in PROTOCOLS and is_move(draft, group, key):
            draft.put(group, "floor", 0.8)
        elif draft.kind in PROTOCOLS and tables.has("reserve", key) and len(key) < 300:
            draft.put(group, "reservation", 0.75)
        elif draft.kind in PROTOCOLS and tables.has("vote.count", key) and len(key) < 400 and "voter" in key:
            draft.put(group, "votes", 0.75)
        elif draft.kind not in PROTOCOLS and (retold := retold_of(draft, group, key, above, retold)):
            draft.put(group, retold, 0.8)
        elif current == "free":
            judged = judged or judges(key)
            if tells_facts(draft, key, above, judged=judged):
                draft.put(group, "background", 0.75)
            draft.ask(group, _FREE, above)
        elif (
            current == "background"
            and draft.kind in PROTOCOLS
            and (retold := told_of_motion(draft, group, key, retold))
        ):
            draft.put(group, retold, 0.75)
        elif current == "summary" and draft.kind in PROTOCOLS:
            draft.ask(group, ("summary", "assessment"), above)
        elif current == "background" and above == "background" and draft.kind not in PROTOCOLS:
            draft.ask(group, ("background", "assessment"), above)
        else:
            draft.put(group, current)


def _heads_text(draft: Draft, i: int) -> bool:
    """Whether the first line of a paragraph is its heading, with no blank line between (and no row of a list)."""
    return _sub_heading(draft, i) and not (i and draft.lines[i - 1].text.endswith(":"))


def _sub_heading(draft: Draft, i: int) -> bool:
    """A heading that no table knows: a short line by itself, then text."""
    line = draft.lines[i]
    if i + 1 >= len(draft.lines) or (not line.text[:1].isupper() and not line.text[:1].isdigit()):
        return False
    below: Line = draft.lines[i + 1]
    plain = (
        len(line.text) < 70
        and re.search(r"[^\W\d_]{3}", line.text) is not None
        and line.text[-1:] not in ".,;:"
        and not re.search(r"\||\s{3,}", line.text)
    )
    bullet = line.mark and line.mark.kind == "bullet"
    return bool(
        plain
        and not bullet
        and line.gap
        and len(below.text) > 0.6 * draft.width
        and below.text[:1].isupper()
        and not names(line, draft.tables)
    )


def _sign_off(draft: Draft, run: list[int], current: str) -> list[int]:
    """The names under a document; what is left of ``run``."""
    if current in {"votes", "attendance", "toc", "signature", "reservation", "decision"}:
        return run
    if current == "distribution" and not any(draft.tables.has("role", draft.lines[i].key) for i in run):
        return run
    if draft.kind in PROTOCOLS and current not in {"procedure"}:
        return run
    cut = len(run)
    while cut > 1 and _ENCLOSED.match(draft.lines[run[cut - 1]].key) and len(draft.lines[run[cut - 1]].text) < 90:
        cut -= 1
    enclosed, run = run[cut:], run[:cut]
    draft.put(enclosed, "basis", 0.85)
    for k in range(cut - 1, max(0, cut - 6), -1):
        if _BY_ORDER.match(draft.lines[run[k]].key) and names(draft.lines[run[-1]], draft.tables):
            draft.put(run[k:], "signature", 0.9)
            return run[:k]
    while cut and signs(draft.lines[run[cut - 1]], draft.tables) and len(run) - cut < 10:
        cut -= 1
    if cut and run[cut:] and _office_name(draft, run[cut - 1]) and draft.lines[run[cut]].gap:
        cut -= 1
    block = run[cut:]
    while (
        block
        and not draft.lines[block[0]].gap
        and draft.lines[block[0] - 1].n + 1 == draft.lines[block[0]].n
        and (block[0] - 1 in run)
    ):
        block = block[1:]
    if (
        not block
        or all(noise(draft.lines[i]) for i in block)
        or not any(names(draft.lines[i], draft.tables) for i in block)
    ):
        return run
    draft.put(block, "signature", 0.9)
    return [i for i in run if i not in set(block)]


_ENCLOSED = re.compile(r"^(bilaga|bilagor|bilagt?)\b")


def _office_name(draft: Draft, i: int) -> bool:
    """Whether a line is the name of an office in capitals, alone above the names of those who sign for it."""
    line = draft.lines[i]
    return line.gap > 0 and line.text.isupper() and len(line.text) < 50 and len(line.text.split()) < 6
