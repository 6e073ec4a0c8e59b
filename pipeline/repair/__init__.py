"""Repair: a scan in, the same scan with edits out; the repaired text is the edits applied to the raw text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from operator import itemgetter

from ..document import Edit, Note, Quality, Scan, Span, Transcript
from .channel import Channel
from .compose import apply, compose
from .confidence import calibrated, calibrated_on_printed
from .encoding import encoding_edits
from .languages import may_have_read
from .lines import hyphen_edits, join_edits, split_edits
from .markup import markup_edits
from .model import RepairModel, load
from .page_counts import page_count_edits
from .party_brackets import party_bracket_edits
from .printed import printed_edits
from .regime import expected, surviving, swedish
from .restore import channel_of, likely_count, misread_share, misread_words, restoration_edits, wary_edits, word_count
from .section_gaps import section_gap_edits
from .sections import SIGN, head_edits, number_edits, section_edits

__all__ = ["RepairModel", "load", "repair", "word_count"]

Stage = Callable[[str], list[Edit]]
DOUBT = 0.6  # edits below this confidence are noted


def repair(scan: Scan, model: RepairModel, quality: Quality | None = None, *, restore: bool = True) -> Transcript:
    """Undo what encodings, line breaks and a wrong OCR language did to the text.

    ``quality`` is the verdict on the scan; without one the text is judged by its letters alone. Text in another
    language than Swedish gets its encoding mended and nothing else; ``restore=False`` says that it is.
    """
    text = scan.text
    edits, mended = _then([], text, [encoding_edits, markup_edits])
    damaged = False
    if restore and swedish(mended):
        other = _other_reader(quality, mended)
        channel = channel_of(model, other or "eng")
        damaged = other is not None or _misread(mended, model, channel)
        stages: list[Stage] = [
            partial(hyphen_edits, known=partial(likely_count, model, channel, damaged)),
            partial(_restored, model=model, channel=channel, damaged=damaged),
            section_edits,  # once more: the numbering of one page proves the signs of another
        ]
        edits, mended = _then(edits, mended, stages)
        restored = None if damaged else _signs(edits)
        stages = [head_edits, section_gap_edits, page_count_edits, party_bracket_edits]
        if restored is None or restored:  # where signs were misread, the space after them was, too
            stages.insert(0, partial(number_edits, restored=restored))
        if scan.read_with:
            stages.append(printed_edits)
        edits, _ = _then(edits, mended, [*stages, partial(_spaces, model=model)])
    real = tuple(e for e in edits if text[e.span.start : e.span.end] != e.text)
    return Transcript(scan, real, quality or _own(damaged, real, text), _notes(real))


def _other_reader(quality: Quality | None, text: str) -> str | None:
    """The language other than English whose model read the text, as the verdict says and the letters bear out."""
    if quality is None or quality.read_with is None or quality.ocr not in _MISREAD:
        return None
    return quality.read_with if may_have_read(quality.read_with, text) else None


def _then(edits: list[Edit], between: str, stages: Iterable[Stage]) -> tuple[list[Edit], str]:
    """More stages on top of the edits that led to ``between``, each on the text as the one before left it."""
    for stage in stages:
        more = stage(between)
        if more:
            edits = compose(edits, more, between)
            between = apply(between, more)
    return edits, between


def _signs(edits: list[Edit]) -> frozenset[int]:
    """Where the signs that were put back stand in the text after the edits."""
    found, shift = [], 0
    for edit in edits:
        if edit.rule == SIGN:
            found += [edit.span.start + shift + i for i, char in enumerate(edit.text) if char == "§"]
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return frozenset(found)


def _spaces(text: str, model: RepairModel) -> list[Edit]:
    """Spaces put in and taken out, where the words on both sides are known well."""
    known = partial(word_count, model)
    apart: list[Edit] = []
    for edit in sorted(
        (*split_edits(text, known, model.cache("seams")), *join_edits(text, known, model.cache("halves"))),
        key=lambda e: e.span,
    ):
        if not apart or edit.span.start >= apart[-1].span.end:
            apart.append(edit)
    return apart


def _restored(text: str, model: RepairModel, channel: Channel, damaged: bool) -> list[Edit]:
    """Restoration by runs of pages: a page read with the wrong language needs another hand than a clean one."""
    edits: list[Edit] = []
    start = 0
    whole = surviving(text)
    pages = text.split("\f")
    if channel.name == "eng":
        bad = [surviving(p, whole) < WRONG and (damaged or _misread(p, model, channel)) for p in pages]
    else:
        bad = [True] * len(pages)
    share = misread_share([p for p, b in zip(pages, bad, strict=True) if not b], model, channel)
    for misread, run in groupby(zip(bad, pages, strict=True), key=itemgetter(0)):
        part = "\f".join(page for _, page in run)  # as one: a name that one page shows clean mends it on another
        if misread:
            found = [calibrated(e, model.calibration) for e in restoration_edits(part, model, channel)]
        else:
            sure = wary_edits(part, model, channel, share)
            found = [calibrated_on_printed(e, model.calibration) for e in sure]
        edits += [_moved(e, start) for e in found] if start else found
        start += len(part) + 1
    return edits


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(Span(edit.span.start + by, edit.span.end + by), edit.text, edit.rule, edit.confidence)


def _misread(text: str, model: RepairModel, channel: Channel) -> bool:
    """Whether the wrong language read a text: å, ä and ö are missing, and not by chance alone."""
    return surviving(text, 0.0) < WRONG and (expected(text) >= PLENTY or bool(misread_words(text, model, channel)))


_MISREAD = ("wrong-language", "noisy", "mixed")
PLENTY = 12.0  # å, ä and ö that a text should have before their absence is proof
WRONG = 0.4  # share of å, ä, ö below which the wrong language read the page


def _own(damaged: bool, edits: tuple[Edit, ...], text: str) -> Quality:
    words = len(text.split())
    if not words:
        return Quality("empty", None, 0.0, 1.0)
    damage = min(1.0, sum(not e.rule.startswith("markup.") for e in edits) / words)
    kind = "wrong-language" if damaged else "noisy" if damage > 0.01 else "clean"
    return Quality(kind, "eng" if damaged else None, round(damage, 4), 0.8)


def _notes(edits: tuple[Edit, ...]) -> tuple[Note, ...]:
    doubtful = tuple(e.span for e in edits if e.confidence < DOUBT)
    if not doubtful:
        return ()
    return (Note("repair.low-confidence", "Edits that may be wrong.", doubtful, len(doubtful)),)
