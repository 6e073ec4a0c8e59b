"""What ``segment`` found: kind, matters, sections, proposals. All spans are repaired."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from .scan import Note, Span
from .transcript import Transcript

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A value with its probability of being right and the repaired spans it was read from."""

    value: T
    confidence: float
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one label (``gold`` labels: background, motivation, stem, proposal, ...)."""

    kind: str
    at: tuple[Span, ...]
    confidence: float
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One att-sats (or proposal sentence). ``act``: request, recommendation, floor or decision.

    ``by`` is who proposes, as printed; ``tag`` resolves it to a party code or a body.
    """

    n: int
    text: str
    stem: str | None
    by: str | None
    act: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One matter (one § of a protocol; exactly one for a motion or a reply); ``span`` is all of its text."""

    span: Span
    paragraph: Value[str] | None
    title: Value[str] | None
    sections: tuple[Section, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Outline:
    """What ``segment`` found: the kind of document, its matters, and the sections outside any matter."""

    transcript: Transcript
    kind: Value[str]
    body: Value[str] | None
    items: tuple[Item, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
