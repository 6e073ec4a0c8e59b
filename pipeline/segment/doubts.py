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
    if kind.value in _HEADED and len(draft.lines) > _SHORT and not _known_headings(draft):
        message = "No heading of such a document was recognised: its sections are told by wording and place alone."
        notes.append(Note("segment.unknown-form", message, ()))
    return tuple(notes)


def _known_headings(draft: Draft) -> int:
    return sum(
        label == "heading" and draft.tables.heading(line) is not None
        for label, line in zip(draft.label, draft.lines, strict=True)
    )
