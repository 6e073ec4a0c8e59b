"""What a reader should know of an outline: a kind or a section that is weakly founded, a form that nobody knows."""

from __future__ import annotations

from ..document import Note, Transcript, Value
from .draft import Draft
from .kinds import PROTOCOLS

_HEADED = PROTOCOLS | {"tjansteskrivelse", "yttrande"}
_SHORT = 10  # lines of a document that may well do without headings


def doubts(transcript: Transcript, kind: Value[str], draft: Draft) -> tuple[Note, ...]:
    """Notes on weak evidence for the kind, uncertain sections, and papers in a form that no table knows."""
    notes: list[Note] = []
    if kind.confidence < 0.6:
        at = tuple(transcript.to_raw(span) for span in kind.at)
        notes.append(Note("segment.kind-uncertain", f"The evidence for {kind.value!r} is weak.", at))
    unsure = [i for i, sure in enumerate(draft.sure) if sure < 0.6]
    if unsure:
        at = tuple(transcript.to_raw(draft.lines[i].span) for i in unsure[:5])
        notes.append(Note("segment.section-uncertain", "Lines whose section is uncertain.", at, len(unsure)))
    if kind.value in _HEADED and len(draft.lines) > _SHORT:
        known, unknown = _headings(draft)
        if not known or len(unknown) > max(2, known):
            message = (
                "Most headings of this document are not in the tables: its sections are told by wording and place."
                if known
                else "No heading of such a document was recognised: its sections are told by wording and place alone."
            )
            at = tuple(transcript.to_raw(draft.lines[i].span) for i in unknown[:5])
            notes.append(Note("segment.unknown-form", message, at))
    return tuple(notes)


def _headings(draft: Draft) -> tuple[int, list[int]]:
    """How many headings are in the tables, and the lines of those that are told by their layout only."""
    lines = [i for i, label in enumerate(draft.label) if label == "heading"]
    unknown = [i for i in lines if draft.tables.heading(draft.lines[i]) is None]
    return len(lines) - len(unknown), unknown
