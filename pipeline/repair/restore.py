"""Restoration of text that an engine read with the wrong language, as edits."""

from __future__ import annotations

from math import exp, log

from ..document import Edit, Span
from .candidates import NEVER, Candidate, candidates, find, wary
from .channel import FAR, Channel, build
from .compose import apply, compose
from .lattice import decode
from .marks import stop_edits
from .model import MIXED, UNIT, RepairModel
from .signs import sign_edits
from .skeleton import skeleton
from .tokens import START, Piece, pieces
from .twins import twins

WARY = 0.9  # in text that is mostly as printed, only sure edits are made
STEP = 6
DOUBT, LIKELY = 0.2, 0.9  # share of misread words in a short text that lacks å, ä and ö
SUSPICION = 0.002  # share of misread words to begin with, before the text has been looked at
SURE, LEAST, RARER = 0.97, 0.0015, 70
LETTERS, CASE, SPELLING = "restore.letters", "restore.case", "restore.spelling"


def channel_of(model: RepairModel, name: str) -> Channel:
    """The named channel of the model."""
    cache = model.cache("channels")
    if name not in cache:
        cache[name] = build(name, model.channels[name])
    found: Channel = cache[name]
    return found


def word_count(model: RepairModel, word: str) -> float:
    """About how often a lower-case word stood in the corpus."""
    cache = model.cache("counts")
    known: float | None = cache.get(word)
    if known is None:
        number = find(model, word)
        known = cache[word] = _times(model, number) if number is not None else 0.0
    return known


def _times(model: RepairModel, number: int) -> float:
    return float(exp(-model.single[number] / UNIT) * model.settings["tokens"])


def likely_count(model: RepairModel, channel: Channel, damaged: bool, word: str) -> float:
    """The same for a word that may be damaged: the count of the likeliest word behind it."""
    if not damaged:
        return word_count(model, word)
    best = 0.0
    for number in model.lookup(skeleton(word)):
        if model.single[number] != NEVER and channel.cost(word, model.word(number), 60) < FAR:
            best = max(best, _times(model, number))
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
    sure = [e for e in edits if e.rule in (LETTERS, SPELLING) and e.confidence > SURE and _odd(model, text, e)]
    if len(sure) < 2 or len(sure) / words < LEAST:
        return [e for e in edits if e.rule not in (LETTERS, CASE, SPELLING, "restore.split")]
    return restoration_edits(text, model, channel, share=min(0.5, 2 * len(sure) / words))


def misread_words(text: str, model: RepairModel, channel: Channel) -> list[Edit]:
    """Edits of words that are none, or hardly any, as they stand: proof that the text was misread."""
    edits = restoration_edits(text, model, channel, share=DOUBT)
    return [e for e in edits if e.rule in (LETTERS, SPELLING) and e.confidence > LIKELY and _odd(model, text, e)]


def _odd(model: RepairModel, text: str, edit: Edit) -> bool:
    """Whether the raw word is none, or one so rare beside its repair that it can hardly be meant."""
    raw = find(model, text[edit.span.start : edit.span.end].lower())
    new = find(model, edit.text.lower())
    return raw is None or (new is not None and model.single[raw] - model.single[new] > RARER)


def _words(text: str, model: RepairModel, channel: Channel, share: float) -> list[Edit]:
    found = pieces(text)
    rows = _open(found, model, channel) if share >= 1.0 else _wary(found, model, channel, share)
    chosen = decode(model, rows, [p.start == START for p in found])
    known = twins(found, chosen, channel) if share >= 1.0 else {}
    edits = []
    for i, (piece, (reading, posterior)) in enumerate(zip(found, chosen, strict=True)):
        twin = known.get(i)
        if twin is not None and twin[0] != piece.text:
            edits.append(Edit(Span(piece.begin, piece.end), twin[0], "restore.twin", twin[1]))
        elif twin is None and reading.text != piece.text and (share >= 1.0 or posterior >= WARY):
            known_word = reading.word > MIXED or reading.text.lower() == piece.text.lower()
            rule = (
                "restore.split"
                if " " in reading.text
                else SPELLING
                if not known_word
                else CASE
                if reading.text.lower() == piece.text.lower()
                else LETTERS
            )
            edits.append(Edit(Span(piece.begin, piece.end), reading.text, rule, posterior))
    if share >= 1.0:
        edits = sorted([*edits, *stop_edits(text, found, chosen, model)], key=lambda e: e.span)
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
