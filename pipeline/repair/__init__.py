"""Repair: a scan in, the same scan with edits out; the repaired text is the edits applied to the raw text."""

from __future__ import annotations

from ..document import Edit, Note, Quality, Scan, Span, Transcript
from .channel import Channel
from .compose import apply, compose
from .encoding import encoding_edits
from .lines import hyphen_edits
from .model import RepairModel, load
from .regime import surviving, swedish
from .restore import channel_of, restoration_edits, wary_edits, word_count

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
    damaged = False
    if swedish(mended):
        channel = channel_of(model, "eng")
        damaged = surviving(mended) < WRONG
        lines = hyphen_edits(mended, lambda word: word_count(model, channel, word, damaged))
        edits = compose(edits, lines, mended)
        joined = apply(text, edits)
        edits = compose(edits, _restored(joined, model, channel), joined)
    real = tuple(e for e in edits if text[e.span.start : e.span.end] != e.text)
    return Transcript(scan, real, quality or _own(damaged, real, text), _notes(real))


def _restored(text: str, model: RepairModel, channel: Channel) -> list[Edit]:
    """Restoration page by page: a page read with the wrong language needs another hand than a clean one."""
    edits: list[Edit] = []
    start = 0
    for page in text.split("\f"):
        if surviving(page) < WRONG:
            found = restoration_edits(page, model, channel)
        else:
            found = wary_edits(page, model, channel)
        edits += [Edit(Span(e.span.start + start, e.span.end + start), e.text, e.rule, e.confidence) for e in found]
        start += len(page) + 1
    return edits


WRONG = 0.4  # share of å, ä, ö below which the wrong language read the page


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
