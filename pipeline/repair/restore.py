"""Restoration of text that an engine read with the wrong language, as edits."""

from __future__ import annotations

from math import exp

from ..document import Edit, Span
from .candidates import NEVER, candidates
from .channel import FAR, Channel, build
from .compose import apply, compose
from .lattice import decode
from .model import UNIT, RepairModel
from .signs import sign_edits
from .skeleton import skeleton
from .tokens import pieces


def channel_of(model: RepairModel, name: str) -> Channel:
    """The named channel of the model."""
    cache = model.cache("channels")
    if name not in cache:
        cache[name] = build(name, model.channels[name])
    found: Channel = cache[name]
    return found


def word_count(model: RepairModel, channel: Channel, word: str, damaged: bool) -> float:
    """About how often a lower-case word stood in the corpus; in damaged text, the likeliest word behind it."""
    best = 0.0
    for number in model.lookup(skeleton(word)):
        known = model.word(number)
        if model.single[number] != NEVER and (known == word or (damaged and channel.cost(word, known, 60) < FAR)):
            best = max(best, exp(-model.single[number] / UNIT) * model.settings["tokens"])
    return best


def restoration_edits(text: str, model: RepairModel, channel: Channel) -> list[Edit]:
    """Edits on ``text``, sorted."""
    signs = sign_edits(text)
    edits = compose(signs, _words(apply(text, signs), model, channel), apply(text, signs))
    return edits


def _words(text: str, model: RepairModel, channel: Channel) -> list[Edit]:
    known = model.cache(f"candidates.{channel.name}")
    found = pieces(text)
    rows = []
    for piece in found:
        wanted = (piece.text, piece.start)
        row = known.get(wanted)
        if row is None:
            row = known[wanted] = candidates(model, channel, piece.text, piece.start)
        rows.append(row)
    edits = []
    for piece, (reading, posterior) in zip(found, decode(model, rows, [p.start for p in found]), strict=True):
        if reading.text != piece.text:
            rule = "restore.case" if reading.text.lower() == piece.text.lower() else "restore.letters"
            edits.append(Edit(Span(piece.begin, piece.end), reading.text, rule, posterior))
    return edits
