"""What a word may have been in text that is mostly as printed: itself by far, unless it is none or hardly any."""

from __future__ import annotations

from .candidates import Candidate, as_is, find
from .model import MIXED, NAME, UNKNOWN, RepairModel
from .tokens import shape

AS_IS, WARY_WIDTH = 12, 120  # what a word costs at most, how far to look
DOTLESS, SLIP_RARER, SLIP = 9, 45, 60  # letters of a word that may be a slip for one with dots, and what that costs
BUILT = 10  # letters of a word in no lexicon that is mended
_DOTLESS = str.maketrans("åäö", "aao")
_UNDOTTED = {"å": "aéA", "ä": "aéA", "ö": "oé6O"}


def wary(model: RepairModel, row: tuple[Candidate, ...], raw: str, fine: int) -> tuple[Candidate, ...]:
    """Candidates of a piece that most likely stands as printed: every other reading costs ``fine`` more."""
    itself = next((c for c in row if c.text == raw), None)
    if itself is None:
        lower = raw.lower()
        number = find(model, lower)
        itself = as_is(model, raw, shape(raw), lower) if number is None else Candidate(number, AS_IS, raw)
    else:
        itself = Candidate(itself.word, min(itself.cost, AS_IS) if itself.word > MIXED else itself.cost, raw)
    lower = raw.lower()
    if itself.word > MIXED and len(raw) >= DOTLESS and any(_dotted(model, itself, c, lower) for c in row):
        itself = Candidate(itself.word, itself.cost + SLIP, raw)
    here = itself.cost + model.single[itself.word]
    others = [
        Candidate(c.word, c.cost + fine, c.text)
        for c in row
        if c.text != raw and c.text.lower() != lower and (c.word > MIXED or _built(raw, c))
    ]
    return (itself, *(c for c in others if c.cost + model.single[c.word] <= here + WARY_WIDTH))


def _dotted(model: RepairModel, itself: Candidate, other: Candidate, lower: str) -> bool:
    """Whether a long word of the lexicon is a slip for one with dots: the corpus has kommunfullmaktige, too."""
    text = other.text.lower()
    return (
        other.word > MIXED
        and text != lower
        and text.translate(_DOTLESS) == lower
        and model.single[itself.word] - model.single[other.word] > SLIP_RARER
    )


def _built(raw: str, reading: Candidate) -> bool:
    """Whether a reading that no lexicon has is a long word that differs in its dots alone."""
    return (
        len(raw) >= BUILT
        and reading.word in (UNKNOWN, NAME)
        and len(reading.text) == len(raw)
        and reading.text[0] == raw[0]
        and all(a == b or a in _UNDOTTED.get(b, "") for a, b in zip(raw, reading.text, strict=True))
    )
