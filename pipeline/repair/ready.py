"""Readings of the commonest raw forms, worked out when the model was built: the same as would be worked out now."""

from __future__ import annotations

from collections.abc import Sequence

from .candidates import Candidate
from .model import MIXED, RepairModel
from .tokens import LOWER, TITLE, UPPER, dress

AS_READ = 3  # in place of a shape: the text as it was read
COST_BITS, SHAPE_BITS = 12, 2
CHANNEL = "eng"  # the channel that the readings are for


def packed(row: Sequence[Candidate], raw: str, model: RepairModel) -> list[int] | None:
    """The row as cells, or None where a reading is neither the raw form nor a word of the lexicon in some shape."""
    cells = []
    for word, cost, text in row:
        known = model.word(word) if word > MIXED else ""
        shapes = (s for s in (LOWER, TITLE, UPPER) if dress(known, s) == text)
        shape = AS_READ if text == raw else next(shapes, None)
        if shape is None or not 0 <= cost < 1 << COST_BITS:
            return None
        cells.append((word << SHAPE_BITS | shape) << COST_BITS | cost)
    return cells


def ready(model: RepairModel, raw: str, start: int) -> tuple[Candidate, ...]:
    """The candidates of a raw form as the model keeps them, none where it does not."""
    row = []
    for cell in model.ready.find(raw, start):
        word = cell >> COST_BITS + SHAPE_BITS
        shape = cell >> COST_BITS & AS_READ
        text = raw if shape == AS_READ else dress(model.word(word), shape)
        row.append(Candidate(word, cell & (1 << COST_BITS) - 1, text))
    return tuple(row)
