"""What a raw word may have been: words of the lexicon, compounds, names; each with a cost before any context."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from . import tokens, unknown
from .channel import FAR, Channel
from .model import ACRONYM, MIXED, NAME, NUMBER, UNKNOWN, RepairModel
from .skeleton import skeleton
from .slips import seeds, slips
from .tokens import LOWER, OTHER, TITLE, UPPER, cased_as, dress, shape
from .variants import LONG, TWICE, skeletons, twice, variants, with_lost, with_vowel

LIMIT = 170  # channel cost beyond which a word is not the same word
FARTHER = 200  # and where nothing else explains a long word
WIDTH = 80  # a candidate that is seven nats worse than the best is dropped
ENOUGH = 150  # with a candidate as likely as this, rarer confusions are not tried
NEVER = 255
PLAIN = 60  # a word of the lexicon, however rare, that common confusions lead to: what else it may be is not tried
ENOUGH_LONG = 230  # a long word has few others near it, and the letters of an unknown one cost more than that
NO_WORD = 80  # letters: longer than any Swedish word, and what is tried grows with the square of them
SLIPPED, LONGEST = 5, 22  # letters of a word where any may have been misread
UNEXPLAINED, ENDING = 90, 60  # an ending that hardly any table explains is another form of the word, not a slip
TWICE_FROM, WELL = 190, 25  # what a word costs where two confusions are tried, unless its letters cost less than this
GARBLED_LONG, QUITE_LONG = 18, 9  # a long word has no other so near that it may be meant
GARBLED, HOPELESS = 26, 60  # and what each costs to spell where nothing explains the word
ENOUGH_SHORT = 84  # short words are often other short words
PLAIN_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäöé0123456789- ")
SMALL = 40  # a capital Ö is read as O, hardly ever as 6
STROKE = 40  # a stroke that is no letter
AT_START = (30, 1, 40, 40)  # case at the start of a sentence, whatever the word
AT_HALF = (6, 9, 40, 40)  # and after a dash
RARE_TITLE = 90  # some documents give a capital to what others never do: no word is surer than this to have none
CASE = 30  # a case habit may make up for so much
LIGHT, COMMON = 105, 70  # a word rarer than the first is compared with the commonest confusions only
FIRST = "bdfghikmnprstuv"
SPLIT, OFTEN = 55, 112
LIST_BONUS = 36
LISTED = 100  # a name that is on a list but not in the corpus


_WITHIN = re.compile(r"[^\W\d_]6[a-zåäöéI]|[a-zåäöé]{4}6$")
_INNER = re.compile(r"(?<=[a-zåäöé6])I(?=[a-zåäöé])")  # a capital I within a word is an l
# One letter read as two: "moOjlig" is möjlig, "kKlimat" is klimat.
_TWICE = re.compile(r"(?<=[a-zåäöé])(?:oO|Oo)(?=[a-zåäöé])|^(?:bB|cC|dD|fF|gG|hH|kK|mM|pP|sS|tT|vV)(?=[a-zåäöé6]{2})")
WITHIN = 90  # a 6 within a word or behind a long one is hardly ever printed


class Candidate(NamedTuple):
    """A reading: id for the language model, cost without context, and the text."""

    word: int
    cost: int
    text: str


def candidates(model: RepairModel, channel: Channel, raw: str, start: int) -> tuple[Candidate, ...]:
    """Readings of a raw piece, best first; ``start`` tells whether a sentence starts with it."""
    if len(raw) > NO_WORD:
        return (Candidate(MIXED, 0, raw),)
    if raw.isdigit():
        return (Candidate(NUMBER, 0, raw),)
    if _coded(raw):
        return (Candidate(MIXED, 0, raw),)
    if len(raw) > 1 and raw[0] in "|[{":
        return _stroke(model, channel, raw, start)
    if "I" in raw[1:] and _INNER.search(raw):
        raw = _INNER.sub("l", raw)
    if not raw.islower() and _TWICE.search(raw):
        raw = _TWICE.sub(lambda twice: "ö" if twice[0] in "oOo" else twice[0][0], raw)
    if "l" in raw and raw.isalpha() and raw.replace("l", "").isupper():
        return _capitals(model, channel, raw, start)
    return _readings(model, channel, raw, start)


def _capitals(model: RepairModel, channel: Channel, raw: str, start: int) -> tuple[Candidate, ...]:
    """``lOP`` and ``Al`` may be IOP and AI: a capital I is read as l, wherever it stands."""
    both = (*_readings(model, channel, raw, start), *_readings(model, channel, raw.replace("l", "I"), start))
    best: dict[str, Candidate] = {}
    for found in sorted(both, key=lambda c: c.cost):
        best.setdefault(found.text, found)
    return tuple(sorted(best.values(), key=lambda c: (c.cost + model.single[c.word], c.text))[:12])


def _readings(model: RepairModel, channel: Channel, raw: str, start: int) -> tuple[Candidate, ...]:
    lower = raw.lower()
    found: dict[str, tuple[int, int]] = {}
    folded = skeletons(lower)
    _look(model, channel, lower, folded, found)
    _look(model, channel, lower, map(skeleton, channel.taken.get(lower, ())), found)
    best, paid = min(((c + model.single[w], c) for w, c in found.values()), default=(FAR, FAR))
    plain = len(lower) > 4 and paid < PLAIN
    if best > LIGHT and len(lower) > 4 and (plain or best <= ENOUGH):
        near = variants(channel, lower, folded[:1] if plain else [], COMMON)
        _look(model, channel, lower, dict.fromkeys(near), found)
        best = _best(model, found)
    enough = ENOUGH_LONG if len(lower) >= LONG else ENOUGH
    whole: list[tuple[str, int]] | None = None
    if not plain and best > (enough if len(lower) > 4 else ENOUGH_SHORT):
        whole = unknown.compounds(model, channel, lower) if len(lower) >= unknown.LONGEST else None
        if not (whole and unknown.sure(lower, whole)):
            best = min(best, _stretched(model, channel, lower, found))
    dressed: dict[str, Candidate] = {}
    raw_shape = shape(raw)
    named = raw_shape == TITLE and start != tokens.START
    strange: list[tuple[str, int]] | None = None
    if best > enough and not plain:
        strange = unknown.readings(model, channel, lower, named, whole)
        if best >= TWICE_FROM and len(lower) > 3 and not (strange and strange[0][1] < WELL * len(lower)):
            _look(model, channel, lower, dict.fromkeys(twice(channel, lower)), found)
            best = _best(model, found)
        if best > enough and not named and raw_shape != UPPER and _garbled(lower, strange):
            _weigh(model, channel, lower, slips(model, seeds(lower)), found, LIMIT)
            best = _best(model, found)
            if best > enough:
                _look(model, channel, lower, dict.fromkeys(with_lost(channel, lower)), found)
                best = _best(model, found)
            if best > enough and len(lower) >= LONG:
                misread = list(dict.fromkeys(variants(channel, lower, [], TWICE)))
                _weigh(model, channel, lower, slips(model, misread), found, FARTHER)
                best = _best(model, found)
                if best > enough and len(lower) >= unknown.COMPOUNDED:
                    strange = unknown.misread_compounds(model, channel, lower, strange, misread + with_vowel(lower))
    if best > ENOUGH_SHORT and len(raw) > 2 and raw[-1] == "i":
        _split_i(model, channel, raw, start, dressed)
    elif best > ENOUGH and len(raw) > 2 and raw[0] in "Ii":
        _split_first_i(model, channel, raw, dressed)
    for word, (number, cost) in found.items():
        if cost + min(model.single[number], LIMIT) > best + WIDTH + CASE:
            continue
        _dress(model, channel, raw, raw_shape, word, number, cost, start, dressed)
    if strange is None and named and raw not in dressed and _seldom_so(model, dressed, best):
        strange = unknown.readings(model, channel, lower, named, whole)
    if strange:
        for word, cost in strange:
            _dress_unknown(channel, raw, raw_shape, word, cost, start, dressed)
    if not dressed or (raw not in dressed and best > ENOUGH):
        keep = as_is(model, raw, raw_shape, lower)
        dressed.setdefault(keep.text, keep)
    ranked = sorted(dressed.values(), key=lambda c: (c.cost + model.single[c.word], c.text))
    cut = ranked[0].cost + model.single[ranked[0].word] + WIDTH
    return tuple(c for c in ranked[:12] if c.cost + model.single[c.word] <= cut)


def plain(row: tuple[Candidate, ...], raw: str) -> tuple[Candidate, ...]:
    """Without foreign accents where the raw word is a name that is known without: Adam is no Ádám."""
    if len(row) < 2 or not raw[0].isupper() or not raw.isascii() or row[0].text != raw:
        return row
    return tuple(c for c in row if c.text.isascii() or not any(ch not in PLAIN_LETTERS for ch in c.text.lower()))


def find(model: RepairModel, word: str) -> int | None:
    """The id of a lower-case word that the corpus has."""
    for number in model.lookup(skeleton(word)):
        if model.single[number] != NEVER and model.word(number) == word:
            return number
    return None


def _stroke(model: RepairModel, channel: Channel, raw: str, start: int) -> tuple[Candidate, ...]:
    """A stroke before a word: a capital I, an l, or nothing but the edge of a letter that follows."""
    out: dict[str, Candidate] = {}
    for paid, text in ((STROKE, raw[1:]), (0, "I" + raw[1:]), (0, "l" + raw[1:])):
        for found in candidates(model, channel, text, start):
            if found.text not in out or found.cost + paid < out[found.text].cost:
                out[found.text] = Candidate(found.word, found.cost + paid, found.text)
    return tuple(sorted(out.values(), key=lambda c: (c.cost + model.single[c.word], c.text))[:12])


def _coded(raw: str) -> bool:
    """Registration numbers, checksums and the like: capitals and several digits mixed.

    >>> _coded("8A9B175"), _coded("f6r4ldrar")
    (True, False)
    """
    return sum(map(str.isdigit, raw)) > 1 and sum(map(str.isupper, raw)) > 1


def as_is(model: RepairModel, raw: str, raw_shape: int, lower: str) -> Candidate:
    """The raw word as a reading of itself, where no lexicon has it."""
    if not raw.isalpha():
        return Candidate(MIXED, 40 + 22 * len(raw) + (WITHIN if _WITHIN.search(raw) else 0), raw)
    return Candidate(
        (UNKNOWN, NAME, ACRONYM, NAME)[raw_shape], unknown.spelling_cost(model, lower, raw_shape == TITLE), raw
    )


def _seldom_so(model: RepairModel, dressed: dict[str, Candidate], best: int) -> bool:
    """Whether a word with a capital is seldom printed so, and may as well be a name: Farre is no färre."""
    standing = min((c.cost + model.single[c.word] for c in dressed.values()), default=FAR)
    return standing > ENOUGH and standing > best + CASE


def _split_i(model: RepairModel, channel: Channel, raw: str, start: int, out: dict[str, Candidate]) -> None:
    """``kani`` may be ``kan i``: the preposition is so thin that its space gets lost."""
    i = find(model, "i")
    row = candidates(model, channel, raw[:-1], start)
    if i is None or row[0].word <= MIXED or row[0].cost + model.single[row[0].word] > OFTEN:
        return
    text = f"{row[0].text} i"
    out[text] = Candidate(i, row[0].cost + model.single[row[0].word] + SPLIT - model.single[i] // 2, text)


def _split_first_i(model: RepairModel, channel: Channel, raw: str, out: dict[str, Candidate]) -> None:
    """``Ienlighet`` may be ``I enlighet``."""
    i = find(model, "i")
    row = candidates(model, channel, raw[1:], tokens.INSIDE)
    if i is not None and row[0].word > MIXED and row[0].cost + model.single[row[0].word] <= OFTEN:
        text = f"{raw[0]} {row[0].text}"
        out[text] = Candidate(row[0].word, row[0].cost + SPLIT + model.single[i] // 2, text)


def _listed(model: RepairModel, word: str) -> int:
    return max(0, min(LISTED, unknown.spelling_cost(model, word, True) - LIST_BONUS))


def _look(
    model: RepairModel, channel: Channel, lower: str, folded: Iterable[str], found: dict[str, tuple[int, int]]
) -> None:
    """Words with these skeletons that the raw word can be a reading of."""
    _weigh(model, channel, lower, model.lookup_all(folded), found, LIMIT)


def _weigh(
    model: RepairModel,
    channel: Channel,
    lower: str,
    numbers: Iterable[int],
    found: dict[str, tuple[int, int]],
    limit: int,
) -> None:
    """Those of the words that the raw word can be a reading of, at no more than ``limit``."""
    for number in numbers:
        word = model.word(number)
        if word not in found:
            cost = channel.cost(lower, word, limit)
            if UNEXPLAINED <= cost < FAR and len(lower) >= SLIPPED and lower[:-1] == word[:-1]:
                cost += ENDING
            if cost < FAR:
                found[word] = (number, cost) if model.single[number] != NEVER else (NAME, cost + _listed(model, word))


def _stretched(model: RepairModel, channel: Channel, lower: str, found: dict[str, tuple[int, int]]) -> int:
    """Try rarer confusions, one at a time; returns the best cost with the word's own."""
    own = skeletons(lower)
    if not found:  # the first letter may have been lost at the edge of the page
        _look(model, channel, lower, [letter + folded for folded in own for letter in FIRST], found)
    _look(model, channel, lower, dict.fromkeys(variants(channel, lower, own)), found)
    return _best(model, found)


def _best(model: RepairModel, found: dict[str, tuple[int, int]]) -> int:
    return min((c + model.single[w] for w, c in found.values()), default=FAR)


def _garbled(lower: str, strange: list[tuple[str, int]]) -> bool:
    """Whether nothing that a word may have been is spelled as words are: a letter was read as it seldom is.

    >>> _garbled("alkchol", [("alkchol", 340)]), _garbled("magarna", [("magarna", 181)])
    (True, False)
    """
    size = len(lower)
    return (
        SLIPPED <= size <= LONGEST
        and bool(strange)
        and (GARBLED_LONG if size >= QUITE_LONG else GARBLED) * size < strange[0][1] < HOPELESS * size
        and lower.isalpha()
    )


def _shapes(raw: str, raw_shape: int) -> tuple[int, ...]:
    """Shapes that a raw word may have had: capitals throughout are not read as small letters."""
    return (LOWER, TITLE, UPPER) if raw_shape > TITLE or len(raw) < 3 else (LOWER, TITLE)


def _dress(
    model: RepairModel,
    channel: Channel,
    raw: str,
    raw_shape: int,
    word: str,
    number: int,
    cost: int,
    start: int,
    out: dict[str, Candidate],
) -> None:
    nibbles = model.shapes[number]
    for wanted in _shapes(raw, raw_shape):
        text = dress(word, wanted)
        habit = ((nibbles >> 4 * wanted) & 15) * 9
        if start == tokens.START:
            habit = min(habit, AT_START[wanted]) if wanted != LOWER else AT_START[LOWER]
        elif start == tokens.HALFWAY:
            habit = min(habit, AT_HALF[wanted])
        elif wanted == TITLE:
            habit = min(habit, RARE_TITLE)
        if wanted == UPPER and raw_shape == UPPER:
            habit = min(habit, 30)
        total = cost + habit
        if wanted == TITLE and raw[0] == "6":
            total += SMALL
        if (
            raw_shape != wanted
            or raw[0] in "l1|{[!t"
            or raw_shape > TITLE
            or len(raw) != len(text)
            or not raw.isalpha()
        ):
            total += channel.case_cost(raw, text)
        if text not in out or total < out[text].cost:
            out[text] = Candidate(number, total, text)
    if raw_shape == OTHER and len(raw) == len(word):
        text = cased_as(raw, word)
        out.setdefault(text, Candidate(number, cost + ((nibbles >> 12) & 15) * 9, text))


def _dress_unknown(
    channel: Channel, raw: str, raw_shape: int, word: str, cost: int, start: int, out: dict[str, Candidate]
) -> None:
    for wanted in _shapes(raw, raw_shape):
        text = dress(word, wanted)
        total = cost + channel.case_cost(raw, text) + (AT_START[wanted] if start == tokens.START else 0)
        number = (UNKNOWN, NAME, ACRONYM)[wanted]  # by their case, wherever they stand, as the corpus counted them
        if text not in out:
            out[text] = Candidate(number, total, text)
    if raw_shape == OTHER and len(raw) == len(word):
        text = cased_as(raw, word)
        out.setdefault(text, Candidate(NAME, cost + 30, text))
