"""The proposals of one item: requests, recommendations, yrkanden and decisions, each a value of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Proposal, Span
from .draft import PAGE, Draft
from .floor_lists import of_floor
from .items import split_items, split_run_in
from .kinds import MEMBERS, PROTOCOLS
from .lead_ins import is_bare_lead_in
from .lines import Line, fold
from .proposers import proposer
from .running import inline_lead, numbered, running, sats, spans_of, text_of

_ASKS = re.compile(
    r"\b(föreslår|föreslås|yrkar|hemställer|hemställes|begär|äskar|vill|önskar|kräver|"
    r"(?:[Mm]itt|[Vv]årt) förslag (?:är|"
    r"blir))\b(?P<rest>.{0,160}?)\b(?P<att>[Aa]tt\b.*)$",
    re.S,
)
# "Därför yrkar vi bifall till motionen.", "Vi yrkar också avslag", "yrkar vi i andra hand återremiss".
_MOVES = re.compile(
    r"\byrkar(?: (?:vi|jag|\w+partiet|\w+erna|också|även|vidare|därför|därmed|[A-ZÅÄÖ]\w+)){0,3}? (?:på |om )?"
    r"(?P<move>(?:i (?:första|andra) hand,? (?:på )?)?(?:bifall|avslag|återremiss|bordläggning)\b[^.]*\.?)"
)


# A decision that only proposes: to a council or a board, or as a board's opinion on a motion.
_PROPOSES = re.compile(
    r"\b(föreslår|föreslå|hemställer hos|hemställa hos|rekommenderar|rekommendera)\b"
    r".{0,60}?\b(\w*fullmäktige|kommunstyrelsen|regionstyrelsen)\b|"
    r"\b(föreslår|föreslå) att (motionen|medborgarförslaget)\b|"
    r"\bbeslutar att \w*fullmäktige föreslås besluta\b|"
    r"^\w+(styrelsen|nämnden|utskottet) (tillstyrker|avstyrker|ställer sig bakom) (\w+ )?förslag\w* att \w+ motionen\b|"
    r"^(att )?(\w+ ){0,4}(till|av)styrk(er|a) (motionen|medborgarförslaget|(motionens |den )\w+ att-?sats)|"
    r"\b(motionen|medborgarförslaget) (till|av)styrks\b",
    re.I,
)


# A body that decides on what another has proposed.
_OWN_LEAD = re.compile(r"(enligt|i enlighet med|pa forslag av|med bifall till|i overensstammelse med)\b")
_BY_KIND = re.compile(r"(?:Nämnden|Utskottet|Styrelsen|Fullmäktige|Direktionen)")  # the body whose paper it is


@dataclass(frozen=True)
class Run:
    """Neighbouring lines of one label under one stem or heading; furniture between them is left out."""

    label: str
    lines: list[int]
    stem: str | None
    heading: str | None


def find_proposals(draft: Draft, indices: list[int], body: str | None, sure: float) -> tuple[Proposal, ...]:
    """The proposals among the lines of one item; ``sure`` is the probability of the document's kind."""
    found: list[Proposal] = []
    for run in _runs(draft, indices):
        for text, span, by in _of_run(draft, run):
            if len(text) < 3:
                continue
            act = _act(draft, run, text)
            found.append(
                Proposal(len(found) + 1, text, run.stem, by or _by(run, act, body), act,
                         round(min(0.99, (0.97 if run.stem or run.heading else 0.75) * max(sure, 0.6)), 3), span)
            )  # fmt: skip
    return tuple(found)


def _runs(draft: Draft, indices: list[int]) -> list[Run]:
    runs: list[Run] = []
    stem: list[int] = []
    used = False  # what leads in items that were read leads in no others
    heading: str | None = None
    for i in indices:
        label = draft.label[i]
        if label == PAGE:
            continue
        if label == "heading":
            heading, used = draft.lines[i].text, False
            stem = [i] if draft.kind in PROTOCOLS and is_bare_lead_in(draft.lines[i]) else []
        elif label == "stem":
            stem = [*([] if used else stem), i]
            used = False
        elif label in {"proposal", "decision", "floor"}:
            used = True
            if runs and runs[-1].label == label and runs[-1].lines and _adjacent(draft, runs[-1].lines[-1], i):
                runs[-1].lines.append(i)
            else:
                text = running(draft.lines[j].text for j in stem) or None
                runs.append(Run(label, [i], text, heading))
        elif label is not None:
            stem = []
            heading = None if label in {"background", "motivation", "summary", "assessment", "signature"} else heading
    return runs


def _adjacent(draft: Draft, above: int, below: int) -> bool:
    return all(draft.label[j] == PAGE for j in range(above + 1, below))


def _of_run(draft: Draft, run: Run) -> Sequence[tuple[str, tuple[Span, ...], str | None]]:
    lines = [draft.lines[i] for i in run.lines]
    if run.label == "floor":
        return of_floor(lines, draft.width, draft.tables, run.stem or run.heading)
    member = draft.kind in MEMBERS
    groups = (_infinitives(run, lines) if not member else []) or split_items(
        lines, draft.width, draft.tables, member=member
    )
    found: list[tuple[str, tuple[Span, ...], str | None]] = []
    for group in groups:
        text = text_of(group)
        lead = inline_lead(text) if member and (run.stem is None or not run.stem.endswith(":")) else None
        if lead is not None:
            found += [(sats(piece), spans_of(group), None) for piece in numbered(text[lead[1] :])]
            continue
        opens = run.stem and not run.stem.endswith(":") and group is groups[0] and not re.match(r"(?i)att\b", text)
        if member and opens and ":" in text[:160]:
            text = text[text.index(":") + 1 :].strip()
            found += [(sats(piece), spans_of(group), None) for piece in numbered(text)]
            continue
        if not member and opens and (begins := _HOS.match(text)):
            found += [(sats(piece), spans_of(group), None) for piece in split_run_in(text[begins.end() :])]
            continue
        office = _OFFICE.search(text[:110].lower()) and "nämnd" not in text[:60].lower()
        asked = _asked(text) if run.stem is None and (member or office) else [text]
        for text in asked:
            pieces = (split_run_in(text) if member and len(groups) == 1 else []) or _dels(text) or [text]
            found += [(sats(piece), spans_of(group), None) for piece in pieces]
    return found


# Whom a sentence asks to decide, where its lead-in breaks before: "hemställa hos / kommunfullmäktige att ...".
_HOS = re.compile(r"(?:hos )?\w*(?:fullmäktige|styrelsen|nämnden)(?: (?:måtte )?besluta?r?)? (?=att\b)", re.I)
_OFFICE = re.compile(r"förvaltning|\w*kontoret\b|\w*kansliet\b")


def _dels(text: str) -> list[str]:
    """The parts of "... föreslår fullmäktige besluta dels att A, dels att B"."""
    parts = re.split(r"(?:,|;)?\s*(?:och )?\bdels (?=att\b)", text)
    return [part.strip() for part in parts[1:]] if len(parts) > 2 and len(parts[0]) < 120 else []


def _infinitives(run: Run, lines: list[Line]) -> list[list[Line]]:
    """What a lead-in that ends in "att" goes on with, a blank line between the infinitives: ``avslå motionen``."""
    if run.stem is None or not re.search(r"\batt:?$", run.stem):
        return []
    parts: list[list[Line]] = []
    for line in lines:
        if not parts or line.gap:
            parts.append([line])
        else:
            parts[-1].append(line)
    small = all(part[0].mark is None and not part[0].att and part[0].text[:1].islower() for part in parts)
    chained = all(re.search(r"(,|;|\b(och|samt))$", part[-1].text) for part in parts[:-1])
    return parts if small and chained and len(parts) > 1 else []


def _asked(text: str) -> list[str]:
    """What a paragraph asks for: in its first asking sentence, and in those that say they ask for more."""
    if len(moved := [m["move"] for m in _MOVES.finditer(text)]) > 1:
        return moved
    first = _asked_first(text)
    more = [m["att"] for m in _MORE.finditer(text)] if first != text else []
    return [first, *(piece for piece in more if piece not in first)]


# "Jag föreslår också att ...", "Vidare yrkar vi att ..."
_MORE = re.compile(
    r"(?<=[.!] )(?:(?:Jag|Vi) (?:föreslår|yrkar|hemställer|begär) (?:också|även|dessutom|vidare)|"
    r"(?:Vidare|Dessutom|Därutöver|Slutligen|Sedan) (?:föreslår|yrkar|hemställer|begär) (?:jag|vi)) "
    r"(?P<att>att\b.+?[.!])(?=\s+[A-ZÅÄÖ]|$)"
)


def _asked_first(text: str) -> str:
    """Of a sentence that asks for something, what it asks for."""
    moved = _MOVES.search(text)
    asks = None if moved else _ASKS.search(text)
    if moved:
        return moved["move"]
    if not asks or len(text[: asks.start()]) > 400 or re.match(r"(?i)^att\b", text):
        return text
    sentence = re.split(r"(?<=[a-zåäö0-9)][.!?])\s+(?=[A-ZÅÄÖ])", asks["att"])
    return sentence[0]


def _act(draft: Draft, run: Run, text: str) -> str:
    if draft.kind in {"yrkande", "reservation", "sarskilt_yttrande"}:
        return "floor"
    if run.label == "floor":
        return "floor"
    if draft.kind in MEMBERS:
        return "request"
    if run.label == "proposal" or draft.kind == "yttrande":
        return "recommendation"
    lead = fold(run.stem or "")
    if draft.tables.has("to-council", lead) and not _OWN_LEAD.match(lead):
        return "recommendation"
    if _PROPOSES.search(text[:160]):
        return "recommendation"
    return "decision"


def _by(run: Run, act: str, body: str | None) -> str | None:
    """Who proposes; a decision or a recommendation that names nobody is the deciding body's."""
    by = proposer(run.stem, run.heading)
    if by is None:
        return body if act in {"decision", "recommendation"} else None
    return body if body and _BY_KIND.fullmatch(by) and body.lower().endswith(by.lower()) else by
