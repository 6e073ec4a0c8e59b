"""The frozen values that travel between the stages.

``Scan`` -> ``Transcript`` -> ``Outline`` -> ``Protocol``: each holds the one before it, so a wrong order
does not type-check and every value walks back to raw characters and to a box on the page.

Coordinates: a :class:`Span` is half-open and counts Unicode code points.
``Scan``, ``Edit``, ``Word``, ``Page`` and ``Note`` speak of the *raw* text.
``Outline`` and ``Protocol`` speak of the *repaired* text; :meth:`Transcript.to_raw` leads back.
"""

from __future__ import annotations

from .outline import Item, Outline, Proposal, Section, Value
from .protocol import (
    Ballot,
    Matter,
    Mention,
    Outcome,
    Party,
    Person,
    Protocol,
    References,
    Statement,
    Vote,
    all_notes,
    hull,
)
from .scan import Box, Note, Page, Part, Scan, Source, Span, Word, around
from .transcript import Edit, PageQuality, Quality, Transcript

__all__ = [
    "Ballot",
    "Box",
    "Edit",
    "Item",
    "Matter",
    "Mention",
    "Note",
    "Outcome",
    "Outline",
    "Page",
    "PageQuality",
    "Part",
    "Party",
    "Person",
    "Proposal",
    "Protocol",
    "Quality",
    "References",
    "Scan",
    "Section",
    "Source",
    "Span",
    "Statement",
    "Transcript",
    "Value",
    "Vote",
    "Word",
    "all_notes",
    "around",
    "hull",
]
