"""Restoration of text that an engine read with the wrong language, as edits."""

from __future__ import annotations

from math import exp, log

from ..document import Edit, Span
from .candidates import NEVER, Candidate, candidates, find, wary
from .channel import FAR, Channel, build
from .compose import apply, compose
from .lattice import decode
from .model import UNIT, RepairModel
from .signs import sign_edits
from .skeleton import skeleton
from .tokens import START, Piece, pieces

WARY = 0.9  # in text that is mostly as printed, only sure edits are made
STEP = 6
SUSPICION = 0.002  # share of misread words to begin with, before the text has been looked at
SURE, LEAST, RARER = 0.97, 0.0015, 70
LETTERS, CASE = "restore.letters", "restore.case"


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


def restoration_edits(text: str, model: RepairModel, channel: Channel, *, share: float = 1.0) -> list[Edit]:
    """Edits on ``text``, sorted. ``share`` is how much of the text the wrong language read, 0..1."""
    signs = sign_edits(text, cautious=share < 1.0)
    between = apply(text, signs)
    return compose(signs, _words(between, model, channel, share), between)


def wary_edits(text: str, model: RepairModel, channel: Channel) -> list[Edit]:
    """Edits on text that is mostly as printed. How much of it is not is estimated from the text itself:
    without misread words that cannot be anything else, nothing is changed.
    """
    words = max(1, text.count(" ") + text.count("\n"))
    edits = restoration_edits(text, model, channel, share=SUSPICION)
    sure = [e for e in edits if e.rule == LETTERS and e.confidence > SURE and _odd(model, text, e)]
    if len(sure) < 2 or len(sure) / words < LEAST:
        return [e for e in edits if e.rule not in (LETTERS, CASE)]
    return restoration_edits(text, model, channel, share=min(0.5, 2 * len(sure) / words))


def _odd(model: RepairModel, text: str, edit: Edit) -> bool:
    """Whether the raw word is none, or one so rare beside its repair that it can hardly be meant."""
    raw = find(model, text[edit.span.start : edit.span.end].lower())
    new = find(model, edit.text.lower())
    return raw is None or (new is not None and model.single[raw] - model.single[new] > RARER)


def _words(text: str, model: RepairModel, channel: Channel, share: float) -> list[Edit]:
    found = pieces(text)
    rows = _open(found, model, channel) if share >= 1.0 else _wary(found, model, channel, share)
    edits = []
    for piece, (reading, posterior) in zip(found, decode(model, rows, [p.start == START for p in found]), strict=True):
        if reading.text != piece.text and (share >= 1.0 or posterior >= WARY):
            rule = CASE if reading.text.lower() == piece.text.lower() else LETTERS
            edits.append(Edit(Span(piece.begin, piece.end), reading.text, rule, posterior))
    return edits


def _open(found: list[Piece], model: RepairModel, channel: Channel) -> list[tuple[Candidate, ...]]:
    """Candidates where every word may be damaged."""
    known = model.cache(f"candidates.{channel.name}")
    rows = []
    for piece in found:
        wanted = (piece.text, piece.start)
        row = known.get(wanted)
        if row is None:
            row = known[wanted] = candidates(model, channel, piece.text, piece.start)
        rows.append(row)
    return rows


def _wary(found: list[Piece], model: RepairModel, channel: Channel, share: float) -> list[tuple[Candidate, ...]]:
    """Candidates where a word is damaged with the probability ``share``: else it stands as printed."""
    fine = round(-log(share) * UNIT / STEP) * STEP
    known = model.cache(f"wary.{channel.name}.{fine}")
    rows = []
    for piece, row in zip(found, _open(found, model, channel), strict=True):
        wanted = (piece.text, piece.start)
        kept = known.get(wanted)
        if kept is None:
            kept = known[wanted] = wary(model, row, piece.text, fine)
        rows.append(kept)
    return rows
