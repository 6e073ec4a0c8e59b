"""A prefix set apart from its verb (``genom föra``): closed where the language model wants the whole word by far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..document import Edit, Span
from .candidates import Candidate, find
from .lattice import after
from .lines import words
from .model import BREAK, ID_BITS, RepairModel
from .tokens import INSIDE, LOWER, START, TITLE, UPPER, Piece, dress

GAIN = 60  # five nats
COMMON = 130  # the whole is a word that stood some three hundred times in the corpus, or oftener
_LOW = (1 << ID_BITS) - 1

Chosen = Sequence[tuple[Candidate, float]]


def seam_edits(found: Sequence[Piece], chosen: Chosen, model: RepairModel) -> Iterator[Edit]:
    """Edits that close a prefix and the word after it."""
    prefixes = _prefixes()
    for i, (reading, _) in enumerate(chosen[:-1]):
        if reading.text not in prefixes:
            continue
        piece = found[i]
        behind, rest = found[i + 1], chosen[i + 1][0]
        if behind.begin != piece.end + 1 or behind.start != INSIDE or not rest.text.islower():
            continue
        whole = find(model, (reading.text + rest.text).lower())
        if whole is None or model.single[whole] > COMMON:
            continue
        if _apart_costs(found, chosen, i, whole, model) > GAIN:
            new = reading.text + rest.text
            yield Edit(Span(piece.begin, behind.end), new, "restore.seam", 0.9)


@cache
def _prefixes() -> frozenset[str]:
    """Prefixes in every case that they are printed in."""
    return frozenset(dress(prefix, case) for prefix in words("prefix") for case in (LOWER, TITLE, UPPER))


def _apart_costs(found: Sequence[Piece], chosen: Chosen, i: int, whole: int, model: RepairModel) -> int:
    """How much more two words cost than the one they may be, with the words around them."""
    state = 0
    for k in range(max(0, i - 2), i + 1):
        if found[k].start == START:
            state = (state & _LOW) << ID_BITS | BREAK
        if k < i:
            state = (state & _LOW) << ID_BITS | chosen[k][0].word
    later = [chosen[i + 2][0].word] if i + 2 < len(found) and found[i + 2].start != START else []
    return _cost(model, state, [chosen[i][0].word, chosen[i + 1][0].word, *later]) - _cost(
        model, state, [whole, *later]
    )


def _cost(model: RepairModel, state: int, run: Sequence[int]) -> int:
    total = 0
    for word in run:
        total += after(model, state, word)
        state = (state & _LOW) << ID_BITS | word
    return total
