"""Labels in documents of officials and bodies: headings say what stands under them, formulas correct them."""

from __future__ import annotations

import re
from dataclasses import replace

from .annexes import label_annexes
from .closing import label_closing, label_sign_off
from .deciding import deciding_text
from .draft import Draft
from .front import TABLE, footnotes, table_row
from .kinds import PROTOCOLS
from .lead_ins import is_bare_lead_in, is_stem, is_verbal_stem, label_lead_in, leads_in_more
from .lines import ends_sentence
from .meeting import label_meeting
from .office_prose import closing_request, label_handled, label_prose, stance_of
from .told import decides_without_heading, label_told

_DECIDING = ("besluta", "beslutar", "beslutade", "beslutat", "beslot", "fullmaktige")
_CHOICE = re.compile(r"(ja|nej) ?[–=:-] ?\w")  # what a Ja and a Nej mean: "Ja – förvaltningens förslag"
# Who has dealt with the matter before, a line each: "Socialnämnden 2001-08-22 § 98".
_HANDLED_HEAD = re.compile(r"(arendets )?beredning\b")
_HANDLED = re.compile(r"(?!.*\b(har|foreslar|beslutade|yrkar)\b).{3,70}\b(19|20)\d\d-\d\d-\d\d\b.{0,14}$")
_MEETING = {"floor", "procedure", "votes"}
_DISSENT = {"reservation", "statement"}
_LISTS = {"decision", "proposal", "basis", "distribution", "toc"}


def label_official(draft: Draft, indices: list[int]) -> None:
    """Label the lines of one item, or of a whole document without items, after its title."""
    current, heading = _initial(draft), None
    footnotes(draft, indices)
    if draft.kind in PROTOCOLS:
        label_annexes(draft, indices)
    label_closing(draft, indices)
    closing_request(draft, indices)
    alone = draft.kind in PROTOCOLS and decides_without_heading(draft, indices)
    run: list[int] = []
    decided = False
    for i in indices:
        if draft.label[i] is not None:
            if draft.label[i] in {"signature", "basis", "distribution", "heading"} and run:
                _flush(draft, run, current, heading, alone=alone)
                run = []
            continue
        line = draft.lines[i]
        if TABLE.match(line.text):
            _flush(draft, run, current, heading, alone=alone)
            run = []
            table_row(draft, i, current)
            continue
        label = heading_of(draft, i)
        if label is None and draft.kind in PROTOCOLS and _names_body(draft, i):
            _flush(draft, run, current, heading, alone=alone)
            run, heading = [], i
            draft.put([i], "heading", 0.85)
            continue
        if label is None and current in _MEETING and _put_apart(draft, i):
            label = "procedure"
        if draft.kind in PROTOCOLS and draft.tables.has("sends", line.key):
            _flush(draft, run, current, heading, alone=alone)
            run, heading, current = [], None, "distribution"
            draft.put([i], "distribution", 0.9)
            continue
        if label and current in _LISTS and _row(draft, i, label, heading):
            label = None
        if decided and current in _DISSENT and (label in (None, "decision") or _quotes(draft, run, label)):
            draft.head[i] = heading  # what the dissenting wanted to have decided is no decision
            run.append(i)
            continue
        stem = is_stem(draft, i, label, current if heading is not None else "")
        stem = stem or (not run and heading == i - 1 and label is not None and is_verbal_stem(draft, i, current))
        if label or stem:
            _flush(draft, run, current, heading, alone=alone)
            under = heading is not None and not run  # right below another heading
            under = under or (stem and current in {"decision", "proposal"} and leads_in_more(draft, i))
            run, heading = [], i
            if not (stem and current in {"decision", "proposal"}):
                current = label or _opened(draft, i)
            decided = decided or (current == "decision" and draft.kind in PROTOCOLS)
            draft.put([i], "stem" if stem and (under or not is_bare_lead_in(line)) else "heading", 0.95)
            continue
        draft.head[i] = heading
        run.append(i)
    _flush(draft, run, current, heading, alone=alone)


# The body of which the paragraph below speaks, alone above it: "Kommunstyrelsen / Kommunstyrelsen föreslår ...".
_BODY = re.compile(r"(kommun|region|lands|landstings|stads)?(fullmaktige|styrelsen)|arbetsutskottet|\w+namnden")


def _names_body(draft: Draft, i: int) -> bool:
    line, below = draft.lines[i], draft.lines[i + 1] if i + 1 < len(draft.lines) else None
    alone = below is not None and line.gap > 0 and below.gap > 0 and _BODY.fullmatch(line.key) is not None
    return alone and below is not None and below.key.startswith(f"{line.key} ")


def _quotes(draft: Draft, run: list[int], label: str | None) -> bool:
    """Whether a heading "Förslag till beslut" belongs to the text of a dissent that was announced right above."""
    return label == "proposal" and bool(run) and re.search(r"\bfoljande\b|:$", draft.lines[run[-1]].key) is not None


def _row(draft: Draft, i: int, label: str, heading: int | None) -> bool:
    """Whether what reads like a heading is a row of the list it stands in."""
    mark = draft.lines[i].mark
    if mark is None:
        key = draft.lines[i].key
        paper = re.fullmatch(r"(motion|interpellation|medborgarforslag|initiativ)(en|et)\.?", key)
        dated = re.search(r"\b(19|20)\d\d-\d\d-\d\d\b|\bden \d{1,2} [a-z]+ (19|20)\d\d\b|§ ?\d", key)
        return label == "attendance" or ((paper or dated) is not None and not draft.lines[i].gap)
    above = draft.lines[heading].mark if heading is not None else None
    numbered = above and above.kind == mark.kind == "number" and mark.value == str(int(above.value) + 1)
    return not numbered


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
    if label is None or _CHOICE.match(line.key) or _continues(draft, i) or _goes_on(draft, i):
        return None
    if label in {"basis", "procedure", "attendance", "signature", "other", "toc"} and _listed(draft, i):
        return None
    if label == "matter":
        return "summary" if draft.kind in PROTOCOLS else "free"
    if label == "body":
        return "free"
    return label


def _put_apart(draft: Draft, i: int) -> bool:
    """Whether a line heads what is put by itself at a meeting: "Att-sats 3", "Tilläggsyrkandet"."""
    line = draft.lines[i]
    return draft.kind in PROTOCOLS and line.gap > 0 and draft.tables.has("put.point", line.key.rstrip(" :"))


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
    if below.att and (line.key.endswith(_DECIDING) or draft.tables.heading(line) in {"proposal", "decision"}):
        return False
    return not below.gap and below.text[:1].islower() and len(line.key) > 25 and not below.mark


def _listed(draft: Draft, i: int) -> bool:
    """Whether a one-word heading is a row of a list (``Motionen`` or ``Bilaga`` among the documents)."""
    line = draft.lines[i]
    return bool(line.mark)


def _flush(draft: Draft, run: list[int], current: str, heading: int | None, *, alone: bool) -> None:
    """Label what stands under one heading."""
    if not run:
        return
    above = draft.tables.heading(draft.lines[heading]) or "" if heading is not None else ""
    run = label_sign_off(draft, run, current)
    if draft.kind not in PROTOCOLS and heading is not None and (stance := stance_of(draft, run, heading)):
        draft.put(stance, "proposal", 0.85)
    if current == "summary" and above and _HANDLED_HEAD.match(draft.lines[heading or 0].key):
        current = "basis" if all(_HANDLED.match(draft.lines[i].key) for i in run) else current
    if current == "basis" and draft.kind not in PROTOCOLS:
        label_handled(draft, run)
    if current in {"decision", "proposal"}:
        label_lead_in(draft, run)
        draft.put(deciding_text(draft, run, current, alone=alone), current)
    elif current in {"procedure", "votes", "floor"}:
        label_meeting(draft, run, current, alone=alone)
    elif current in {"summary", "free", "assessment", "background"}:
        label_prose(draft, run, current, above, alone=alone)
    elif current in {"basis", "distribution"} and draft.kind in PROTOCOLS:
        for group in draft.groups(run):
            label_told(draft, group, " ".join(draft.lines[i].key for i in group), alone=False)
    draft.put(run, current if current != "free" else "assessment", 0.9)
