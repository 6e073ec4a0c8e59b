"""Repair: a scan in, the same scan with edits out; the repaired text is the edits applied to the raw text."""

from __future__ import annotations

from ..document import Edit, Note, Quality, Scan, Transcript
from .compose import apply, compose
from .encoding import encoding_edits
from .lines import hyphen_edits
from .model import RepairModel, load
from .regime import surviving, swedish
from .restore import channel_of, restoration_edits, word_count

__all__ = ["RepairModel", "load", "repair"]

DOUBT = 0.6  # edits below this confidence are noted


def repair(scan: Scan, model: RepairModel, quality: Quality | None = None) -> Transcript:
    """Undo what encodings, line breaks and a wrong OCR language did to the text.

    ``quality`` is the verdict on the scan; without one the text is judged by its letters alone. Text in another
    language than Swedish gets its encoding mended and nothing else.
    """
    text = scan.text
    edits = encoding_edits(text)
    mended = apply(text, edits)
    damaged = surviving(mended) < CLEAN
    if swedish(mended):
        channel = channel_of(model, "eng")
        lines = hyphen_edits(mended, lambda word: word_count(model, channel, word, damaged))
        edits = compose(edits, lines, mended)
        joined = apply(text, edits)
        if damaged:
            edits = compose(edits, restoration_edits(joined, model, channel), joined)
    real = tuple(e for e in edits if scan.text[e.span.start : e.span.end] != e.text)
    return Transcript(scan, real, quality or _own(damaged, real, text), _notes(real))


CLEAN = 0.5


def _own(damaged: bool, edits: tuple[Edit, ...], text: str) -> Quality:
    words = len(text.split())
    if not words:
        return Quality("empty", None, 0.0, 1.0)
    damage = min(1.0, len(edits) / words)
    kind = "wrong-language" if damaged else "noisy" if damage > 0.01 else "clean"
    return Quality(kind, "eng" if damaged else None, round(damage, 4), 0.8)


def _notes(edits: tuple[Edit, ...]) -> tuple[Note, ...]:
    doubtful = tuple(e.span for e in edits if e.confidence < DOUBT)
    if not doubtful:
        return ()
    return (Note("repair.low-confidence", "Edits that may be wrong.", doubtful, len(doubtful)),)
