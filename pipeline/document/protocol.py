"""What ``tag`` found: mentions, people, parties, outcomes, votes. All spans are repaired."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .outline import Outline, Value
from .scan import Note, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A named thing in the text; ``type`` is one of the entity types of the record."""

    type: str
    text: str
    normalized: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a role; ``status`` is for attendance (tjänstgörande, ersättare, frånvarande ...)."""

    name: str
    party: str | None
    role: str | None
    confidence: float
    at: tuple[Span, ...]
    status: str | None = None
    private: bool = False
    replaces: str | None = None  # in an attendance list: the name of the member whom this substitute stands in for


@dataclass(frozen=True, slots=True)
class Party:
    """A party that the text names: code as printed for local parties, canonical for the others."""

    code: str
    name: str | None
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the text says of what it says: ``of`` motion | proposal N | yrkande by X | ... ."""

    of: str
    outcome: str
    by: str | None
    act: str
    verbatim: str
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One printed line of a roll call; ``vote`` is ja, nej, avstår or frånvarande."""

    name: str
    party: str | None
    vote: str


@dataclass(frozen=True, slots=True)
class Vote:
    """One votering; what is not printed counts as 0; ``verified`` is None where no roll is printed."""

    about: str | None
    yes: int
    no: int
    abstain: int
    absent: int
    yes_means: str | None
    no_means: str | None
    verified: bool | None
    roll: tuple[Ballot, ...]
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A särskilt yttrande or protokollsanteckning; jäv, or that somebody takes no part in the decision."""

    kind: str
    by: str | None
    confidence: float
    at: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What a matter refers to: the motion's title, earlier §§ with body and date, laws."""

    motion_title: str | None = None
    paragraphs: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """What ``tag`` found in one item of the outline, in the same order."""

    dnr: tuple[Value[str], ...] = ()
    motion_authors: tuple[Person, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    votes: tuple[Vote, ...] = ()
    reservations: tuple[Person, ...] = ()
    statements: tuple[Statement, ...] = ()
    references: References = field(default_factory=References)
    proposers: tuple[str | None, ...] = ()  # who proposes, resolved, one for each proposal of the item


@dataclass(frozen=True)
class Protocol:
    """What ``tag`` found: mentions and values of the whole document, and one matter per item."""

    outline: Outline
    municipality: Value[tuple[str, str | None]] | None  # name, kommunkod (None for regions, kommunalförbund)
    addressee: Value[str] | None
    date: Value[str] | None
    dnr: tuple[Value[str], ...]
    signatories: tuple[Person, ...]
    attendance: tuple[Person, ...]
    parties: tuple[Party, ...]
    matters: tuple[Matter, ...]
    mentions: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        if len(self.matters) != len(self.outline.items):
            raise ValueError("one matter for each item of the outline")


def all_notes(protocol: Protocol) -> tuple[Note, ...]:
    """Every stage's notes, in the order of the stages."""
    outline, transcript = protocol.outline, protocol.outline.transcript
    return (*transcript.scan.notes, *transcript.notes, *outline.notes, *protocol.notes)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of them.

    >>> hull([Span(3, 5), Span(9, 12)])
    Span(start=3, end=12)
    """
    spans = tuple(spans)
    return Span(min(s.start for s in spans), max(s.end for s in spans))
