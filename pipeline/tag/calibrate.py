"""The rules' own confidences into calibrated probabilities, by kind of value.

A value read from letters that ``repair`` had to restore is no surer than the restoration.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from ..document import Outcome, Person, Protocol, Span, Transcript, Value
from .model import TagModel
from .tables import Tables

_DAMAGED = ("wrong-language", "noisy", "mojibake", "mixed")


class _Trust:
    """How far the letters of a span can be trusted: the least sure edit in it, and the page's damage."""

    def __init__(self, transcript: Transcript, tables: Tables) -> None:
        self.transcript, self.given = transcript, tables.given
        self.surnames, self.parts = tables.surnames, tables.surname_parts
        self.starts = [e.span.start for e in transcript.edits]
        self.damaged = transcript.quality.ocr in _DAMAGED

    def letters(self, spans: tuple[Span, ...]) -> float:
        """Between 0 and 1; 1 where nothing was restored."""
        least = 1.0
        for span in spans[:1]:
            raw = self.transcript.to_raw(span)
            for edit in self.transcript.edits[max(0, bisect_right(self.starts, raw.start) - 1) :]:
                if edit.span.start >= raw.end:
                    break
                if edit.span.end > raw.start:
                    least = min(least, edit.confidence)
        return least

    def name(self, person: Person) -> float:
        """Names: restored letters, names on no list and foreign characters all lower it."""
        sure = self.letters(person.at)
        first = person.name.split()[0]
        if first not in self.given and first.split("-")[0] not in self.given and not person.name.startswith("Ledam"):
            sure *= 0.9
        if any(not (c.isalpha() or c in " -.'’") for c in person.name):
            sure *= 0.6
        return sure * (self._marks(person.name.split()[-1]) if self.damaged else 1.0)

    def _marks(self, surname: str) -> float:
        """How likely a wrong-language reading left a surname its marks: Janhäll and Petrović may have lost theirs."""
        if all(self._known(part) for part in surname.split("-")):
            return 0.95
        if surname.endswith(("ic", "ié", "i¢")):
            return 0.5
        return 0.8 if any(c in "AOaoé" for c in surname) else 0.95

    def _known(self, surname: str) -> bool:
        """Whether a surname is common as printed, or put together of the parts that many are made of."""
        first, last = self.parts
        low = surname.lower()
        return surname in self.surnames or any(low[:k] in first and low[k:] in last for k in range(2, len(low) - 1))


def calibrated(protocol: Protocol, model: TagModel) -> Protocol:
    """Replace the rules' own confidences by calibrated probabilities."""
    trust = _Trust(protocol.outline.transcript, model.tables)

    def persons(kind: str, values: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(replace(v, confidence=model.calibrated(kind, v.confidence * trust.name(v))) for v in values)

    def one(kind: str, value: Value[str] | None) -> Value[str] | None:
        return replace(value, confidence=model.calibrated(kind, value.confidence)) if value else None

    def dnr(values: tuple[Value[str], ...]) -> tuple[Value[str], ...]:
        return tuple(replace(v, confidence=model.calibrated("dnr", v.confidence * trust.letters(v.at))) for v in values)

    def outcome(o: Outcome) -> Outcome:
        return replace(o, confidence=model.calibrated(f"outcomes.{o.act}", o.confidence))

    matters = tuple(
        replace(
            m,
            motion_authors=persons("motion_authors", m.motion_authors),
            reservations=persons("reservations", m.reservations),
            outcomes=tuple(outcome(o) for o in m.outcomes),
            votes=tuple(replace(v, confidence=model.calibrated("votes", v.confidence)) for v in m.votes),
            dnr=dnr(m.dnr),
        )
        for m in protocol.matters
    )
    place = protocol.municipality
    return replace(
        protocol,
        municipality=replace(place, confidence=model.calibrated("municipality", place.confidence)) if place else None,
        addressee=one("addressee", protocol.addressee),
        date=one("date", protocol.date),
        dnr=dnr(protocol.dnr),
        signatories=persons("signatories", protocol.signatories),
        attendance=persons("attendance", protocol.attendance),
        parties=tuple(replace(p, confidence=model.calibrated("parties", p.confidence)) for p in protocol.parties),
        matters=matters,
    )
