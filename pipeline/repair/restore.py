"""Restoration of text that an engine read with the wrong language, as edits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp, log
from typing import Any

from ..document import Edit, Span
from .agree import Chosen, agreed, names_follow, surnamed
from .candidates import NEVER, Candidate, candidates, find, plain
from .channel import FAR, Channel, build
from .compose import apply, compose
from .known import narrow, protected, years
from .languages import adapted
from .lattice import Choices, Row, choices, decode
from .marks import stop_edits
from .model import MIXED, UNIT, RepairModel
from .ready import CHANNEL, ready
from .seams import seam_edits
from .signs import sign_edits
from .skeleton import skeleton
from .tokens import INSIDE, START, Piece, pieces
from .twins import twins
from .wary import wary

WARY = 0.9  # in text that is mostly as printed, only sure edits are made
ONES, ONE = ("1", "l", "!", "J"), 30  # what a capital I is read as, and the cost
WITHIN = 40  # what it costs that an i within a sentence was read as 1
_GAP = re.compile(r",?[ \n]\n?")
STEP = 6
LONG, RARER_LONG = 9, 45  # long words have no others so near, but for themselves without dots in addresses
DOUBT, LIKELY = 0.2, 0.9  # share of misread words in a short text that lacks å, ä and ö
SUSPICION = 0.002  # share of misread words to begin with, before the text has been looked at
SURE, LEAST, RARER = 0.97, 0.0004, 70
LETTERS, CASE, SPELLING = "restore.letters", "restore.case", "restore.spelling"


def channel_of(model: RepairModel, name: str) -> Channel:
    """The named channel of the model."""
    cache = model.cache("channels")
    if name not in cache:
        table = model.channels.get(name) or adapted(model.channels["eng"], name)
        cache[name] = build(name, table)
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
    signs = sign_edits(text, cautious=share < 1.0, read=True)
    between = apply(text, signs)
    return compose(signs, _words(between, model, channel, share), between)


def misread_share(pages: Sequence[str], model: RepairModel, channel: Channel) -> float:
    """How much of pages that are mostly as printed was misread all the same; 0.0 without proof that anything was.

    Proof is a word that is none and is one with its å, ä or ö, or two other misread words.
    """
    words = sum(max(1, page.count(" ") + page.count("\n")) for page in pages)
    sure = [e for page in pages for e in misread_words(page, model, channel, share=SUSPICION, least=SURE)]
    marked = sum(any(c in "åäöÅÄÖ" for c in e.text) for e in sure)
    if (not marked and len(sure) < 2) or len(sure) < LEAST * words:
        return 0.0
    return min(0.5, max(SUSPICION, 2 * len(sure) / words))


def wary_edits(text: str, model: RepairModel, channel: Channel, share: float) -> list[Edit]:
    """Edits on text of which only ``share`` was misread: signs that cannot be printed so, and sure words."""
    if share:
        return restoration_edits(text, model, channel, share=share)
    return sign_edits(text, cautious=True)


def misread_words(
    text: str, model: RepairModel, channel: Channel, *, share: float = DOUBT, least: float = LIKELY
) -> list[Edit]:
    """Edits of words that are none, or hardly any, as they stand: proof that the text was misread."""
    edits = _words(text, model, channel, share)
    return [e for e in edits if e.rule in (LETTERS, SPELLING) and e.confidence > least and _odd(model, text, e)]


def _odd(model: RepairModel, text: str, edit: Edit) -> bool:
    """Whether the raw word is none, or one so rare beside its repair that it can hardly be meant."""
    raw = find(model, text[edit.span.start : edit.span.end].lower())
    new = find(model, edit.text.lower())
    rarer = RARER if len(edit.text) < LONG else RARER_LONG
    return raw is None or (new is not None and model.single[raw] - model.single[new] > rarer)


def _words(text: str, model: RepairModel, channel: Channel, share: float) -> list[Edit]:
    found = pieces(text)
    rows, open_rows = _open(found, model, channel, names=True) if share >= 1.0 else _wary(found, model, channel, share)
    changed = (_strokes(found, rows) if "|" in text else {}) | protected(text, found, rows)
    if share >= 1.0:
        changed |= _ones(text, found, rows, model) | narrow(found, rows, model, channel) | years(text, found, rows)
    for i, row in changed.items():
        open_rows[i] = choices(row)
    chosen: Chosen = decode(model, open_rows, [p.start == START for p in found])
    chosen = agreed(found, rows, chosen, channel) if share >= 1.0 else chosen
    known = twins(found, chosen, channel) if share >= 1.0 else {}
    edits = []
    for i, ((begin, end, raw, _), ((word, _, new), posterior)) in enumerate(zip(found, chosen, strict=True)):
        if i in known:
            twin, sure = known[i]
            if twin != raw:
                edits.append(Edit(Span(begin, end), twin, "restore.twin", sure))
        elif new != raw and (share >= 1.0 or posterior >= WARY):
            edits.append(Edit(Span(begin, end), new, _rule(raw, new, word), posterior))
    if share >= 1.0:
        edits = [*edits, *stop_edits(text, found, chosen, model)]
        edits = _closed(edits, list(seam_edits(found, chosen, model)))
    return edits


def _rule(raw: str, new: str, word: int) -> str:
    """What restoring a word as another is called."""
    if " " in new:
        return "restore.split"
    if raw.lower() == new.lower():
        return CASE
    return LETTERS if word > MIXED else SPELLING


def _closed(edits: list[Edit], seams: list[Edit]) -> list[Edit]:
    """The edits with those of closed words in place of the ones within."""
    if not seams:
        return sorted(edits, key=lambda e: e.span)
    apart = [e for e in edits if not any(s.span.start < e.span.end and e.span.start < s.span.end for s in seams)]
    return sorted([*apart, *seams], key=lambda e: e.span)


def _ones(text: str, found: list[Piece], rows: list[Row], model: RepairModel) -> dict[int, Row]:
    """``1 kommunen`` at the start of a sentence may be ``I kommunen``, and ``barn 1 skolan`` is ``barn i skolan``."""
    number = find(model, "i")
    changed = {}
    for i, piece in enumerate(found[:-1]):
        if piece.text in ONES and number is not None:
            before, after = found[i - 1], found[i + 1]
            if not after.text[0].islower():
                continue
            if piece.start:
                if after.begin == piece.end + 1:
                    changed[i] = (*rows[i], Candidate(number, ONE, "I"))
            elif (
                piece.text == "1"
                and before.text.islower()
                and _GAP.fullmatch(text, before.end, piece.begin)
                and _GAP.fullmatch(text, piece.end, after.begin)
            ):
                changed[i] = (*rows[i], Candidate(number, WITHIN, "i"))
    return changed


def _strokes(found: list[Piece], rows: list[Row]) -> dict[int, Row]:
    """``|GOR`` is IGOR where IGOR stands elsewhere in the text; between two names a stroke parts them."""
    seen = {piece.text for piece in found}
    changed: dict[int, Row] = {}
    for i, piece in enumerate(found):
        if piece.text == "|":
            beside = found[i - 1 : i + 2] if i else []
            if len(beside) == 3 and _name(beside[0]) and _name(beside[2]) and all(p.start == INSIDE for p in beside):
                changed[i] = (Candidate(MIXED, 0, piece.text),)
        elif piece.text[0] == "|":
            whole = "I" + piece.text[1:]
            if whole in seen:
                changed[i] = tuple(c for c in rows[i] if c.text == whole) or rows[i]
            elif piece.text[:2] == "|I" and piece.text[1:] in seen:
                changed[i] = tuple(c for c in rows[i] if c.text == piece.text[1:]) or rows[i]
    return changed


def _name(piece: Piece) -> bool:
    return len(piece.text) > 1 and piece.text[0].isupper() and piece.text[1:].islower()


def _open(found: list[Piece], model: RepairModel, channel: Channel, *, names: bool) -> tuple[list[Row], list[Choices]]:
    """Candidates where every word may be damaged, one by one and as the language model tells them apart.

    ``names``: what stands behind a name is most likely one, too.
    """
    known = model.cache(f"candidates.{channel.name}")
    listed = channel.name == CHANNEL
    rows: list[Row] = []
    open_rows: list[Choices] = []
    last = -2
    for begin, end, text, start in found:
        wanted = (text, start)
        both = known.get(wanted)
        if both is None:
            row = plain((listed and ready(model, text, start)) or candidates(model, channel, text, start), text)
            both = known[wanted] = row, choices(row)
        if names and text[0].isupper() and start == INSIDE and begin == last + 1 and rows[-1][0].text[0].isupper():
            both = _behind_a_name(model, rows[-1][0], both, wanted, known)
        rows.append(both[0])
        open_rows.append(both[1])
        last = end
    return rows, open_rows


def _behind_a_name(
    model: RepairModel,
    before: Candidate,
    both: tuple[Row, Choices],
    wanted: tuple[str, int],
    known: dict[Any, tuple[Row, Choices]],
) -> tuple[Row, Choices]:
    """The same candidates where the word before is a name."""
    if not names_follow(model, before.word):
        return both
    named = known.get((*wanted, True))
    if named is None:
        row = surnamed(model, both[0], wanted[0])
        named = known[(*wanted, True)] = row, choices(row)
    return named


def _wary(found: list[Piece], model: RepairModel, channel: Channel, share: float) -> tuple[list[Row], list[Choices]]:
    """Candidates where a word is damaged with the probability ``share``: else it stands as printed."""
    fine = round(-log(share) * UNIT / STEP) * STEP
    known = model.cache(f"wary.{channel.name}.{fine}")
    rows, open_rows = [], []
    for piece, row in zip(found, _open(found, model, channel, names=False)[0], strict=True):
        wanted = (piece.text, piece.start)
        both = known.get(wanted)
        if both is None:
            kept = wary(model, row, piece.text, fine)
            both = known[wanted] = kept, choices(kept)
        rows.append(both[0])
        open_rows.append(both[1])
    return rows, open_rows
