"""The rules' own confidences into calibrated probabilities, by kind of value."""

from __future__ import annotations

from dataclasses import replace

from ..document import Person, Protocol, Value, Vote
from .model import TagModel


def calibrated(protocol: Protocol, model: TagModel) -> Protocol:
    """Replace the rules' own confidences by calibrated probabilities."""

    def each(kind: str, values: tuple[Person, ...]) -> tuple[Person, ...]:
        return tuple(replace(v, confidence=model.calibrated(kind, v.confidence)) for v in values)

    def one(kind: str, value: Value[str] | None) -> Value[str] | None:
        return replace(value, confidence=model.calibrated(kind, value.confidence)) if value else None

    def votes_(values: tuple[Vote, ...]) -> tuple[Vote, ...]:
        return tuple(replace(v, confidence=model.calibrated("votes", v.confidence)) for v in values)

    matters = tuple(
        replace(
            m,
            motion_authors=each("motion_authors", m.motion_authors),
            reservations=each("reservations", m.reservations),
            outcomes=tuple(
                replace(o, confidence=model.calibrated(f"outcomes.{o.act}", o.confidence)) for o in m.outcomes
            ),
            votes=votes_(m.votes),
            dnr=tuple(replace(v, confidence=model.calibrated("dnr", v.confidence)) for v in m.dnr),
        )
        for m in protocol.matters
    )
    place = protocol.municipality
    return replace(
        protocol,
        municipality=replace(place, confidence=model.calibrated("municipality", place.confidence)) if place else None,
        addressee=one("addressee", protocol.addressee),
        date=one("date", protocol.date),
        dnr=tuple(replace(v, confidence=model.calibrated("dnr", v.confidence)) for v in protocol.dnr),
        signatories=each("signatories", protocol.signatories),
        parties=tuple(replace(p, confidence=model.calibrated("parties", p.confidence)) for p in protocol.parties),
        matters=matters,
    )
