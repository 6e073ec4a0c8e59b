"""Votes that went against what the chair had found: which finding fell, and what those who voted Nej took."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..document import Outcome, Span
from .names import Reading
from .objects import ABOUT_MATTERS, things
from .passages import Passage, sentences
from .prose_rolls import prose_roll
from .vote_counts import counts

_FINDS = re.compile(r"\b(?:finner|fann)\b")
_NO_MEANS = re.compile(r"\b(?:[Nn]ej|NEJ)(?:-röst)?(?::| för| till| innebär)(?P<what> [^.\n]{3,160})")
_FLIPPED = {"avslag": "bifall", "bifall": "avslag"}


@dataclass(frozen=True, slots=True)
class Upset:
    """A vote with more Nej than Ja: where the finding begins that fell, what Nej meant, and where the vote stands."""

    finding: int
    taken: str | None
    verbatim: str
    at: Span


def upsets(passages: Iterable[Passage], reading: Reading) -> tuple[Upset, ...]:
    """The votes among procedure and votes, in printed order, that overturned the finding right before them."""
    made: list[Upset] = []
    finding: int | None = None
    meant: str | None = None
    for p in passages:
        told = sorted([*_put(p), *_voted(p, reading)], key=lambda event: event.at)
        for event in told:
            if event.finds is not None:  # the rival to the first proposal decides nothing yet
                finding, meant = p.span(event.at, event.end).start if event.finds else None, None
            elif event.meant:
                meant = event.meant
            else:
                if event.fell and finding is not None:
                    made.append(Upset(finding, meant, p.text[event.at : event.end], p.span(event.at, event.end)))
                finding, meant = None, None
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Event:
    """A finding, what Nej is to mean, or a vote, in the order of the text."""

    at: int
    end: int
    finds: bool | None = None
    meant: str | None = None
    fell: bool = False


def _put(p: Passage) -> list[_Event]:
    made = []
    for start, end in sentences(p.text):
        sentence = p.text[start:end]
        if said := _NO_MEANS.search(sentence):
            if meant := next((t.of for t in things(said["what"])), None):
                made.append(_Event(start, end, meant=meant))
        elif _FINDS.search(sentence):
            made.append(_Event(start, end, finds="motförslag" not in sentence))
    return made


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that the numbers stand in."""
    return next(((a, b) for a, b in sentences(text) if a <= start < b), (start, end))


def _voted(p: Passage, reading: Reading) -> list[_Event]:
    if totals := counts(p.text):
        whole = [_around(p.text, c.start, c.end) for c in totals]
        return [_Event(*where, fell=c.no > c.yes) for c, where in zip(totals, whole, strict=True)]
    _, shown, first, last = prose_roll(p.text, reading)
    return [_Event(first, last, fell=shown.get("nej", 0) > shown.get("ja", 0))] if "ja" in shown else []


def turned(findings: Iterable[Outcome], against: tuple[Upset, ...]) -> list[Outcome]:
    """The findings on what was put by itself (an addition), as the vote after each left them.

    A finding for one of several proposals is not turned: what was taken instead is told by :func:`taken_instead`.
    """
    fell = {x.finding for x in against}
    return [
        replace(o, outcome=_FLIPPED[o.outcome])
        if o.of.startswith("tillägg") and o.outcome in _FLIPPED and o.at[0].start in fell
        else o
        for o in findings
    ]


def taken_instead(against: tuple[Upset, ...], by: str | None) -> list[Outcome]:
    """What the meeting took where the chair had found another proposal taken."""
    return [
        Outcome(x.taken, "bifall", by, "decision", " ".join(x.verbatim.split()), 0.85, (x.at,))
        for x in against
        if x.taken and x.taken not in ABOUT_MATTERS and not x.taken.startswith("tillägg")
    ]
