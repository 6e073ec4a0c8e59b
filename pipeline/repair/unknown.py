"""Words that the lexicon lacks: a model of letters, and compounds of words that it has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from zlib import crc32

from .channel import FAR, Channel
from .model import CODE, Grams, RepairModel
from .skeleton import fold, merged

LETTER_BITS = 6
EDGE = 1  # before the first and after the last letter
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäöéüáèàçñóøæíëïôêâúßšćčžłńęąýğşı"
_IDS = {c: i + 3 for i, c in enumerate(_ALPHABET)}
OTHER_LETTER = 2
ORDER = 6
UNSEEN = 120  # a letter that the letter model never saw: ten nats
LINK = 14  # a linking s that the head does not have by itself
COMPOUND = 12
BEAM = 4
SPREAD = 90  # a spelling that is so much worse than another so far is not followed
NEVER = 255
COMPOUNDED, MISREAD = 10, 140  # letters of a garbled word that may be a compound, and what misreading it costs at most
FREE, OFTEN, FREELY = 6, 140, 165  # letters and cost of a word that may open a compound all the same, and at what cost
LONGEST, WHOLE = 14, 9  # letters of a long compound, and what it costs for each of them at most
FULL = 1 << LETTER_BITS * ORDER
FEWER = 1 << LETTER_BITS * ORDER + 1
NOT_SEEN = -1
_KEEP = (1 << LETTER_BITS * (ORDER - 1)) - 1


def letter_ids(word: str) -> list[int]:
    """Letters of a lower-case word as small numbers.

    >>> letter_ids("ab?")
    [3, 4, 2]
    """
    return [_IDS.get(c, OTHER_LETTER) for c in word]


def letter_cost(grams: Grams, history: int, letter: int, cache: dict[int, int]) -> int:
    """Cost of a letter after five others, packed into ``history``.

    The cache keeps it by the letters, that of a letter after fewer others by them and one bit more, and what falling
    back from others costs under their negative.
    """
    whole = history << LETTER_BITS | letter
    known = cache.get(whole)
    if known is None:
        code = FULL | whole
        row = grams.find(code)  # most often the whole history was seen before this letter
        known = cache[whole] = grams.cost[row] if row >= 0 else _shorter(grams, code, ORDER - 1, cache)
    return known


def _shorter(grams: Grams, code: int, size: int, cache: dict[int, int]) -> int:
    """Cost of the last letter of ``code`` where it was never seen after the ``size`` others: after one less, and what
    falling back costs."""
    one = 1 << LETTER_BITS * size
    less = one | code & one - 1
    known = cache.get(FEWER | less)
    if known is None:
        size -= 1
        row = grams.find(less) if not size or _back(grams, less, cache) != NOT_SEEN else -1
        known = grams.cost[row] if row >= 0 else _shorter(grams, less, size, cache) if size else UNSEEN
        cache[FEWER | less] = known
    back = _back(grams, code, cache)
    return known if back == NOT_SEEN else back + known


def _back(grams: Grams, code: int, cache: dict[int, int]) -> int:
    """What falling back from all letters of ``code`` but the last costs."""
    history = code >> LETTER_BITS
    back = cache.get(-history)
    if back is None:
        row = grams.find(history)
        back = cache[-history] = grams.back[row] if row >= 0 else NOT_SEEN
    return back


_START = 0
for _ in range(ORDER - 1):
    _START = _START << LETTER_BITS | EDGE


def spelling_cost(model: RepairModel, word: str, name: bool) -> int:
    """Cost of a whole lower-case word under the letter model (of names or of all words), its end included."""
    cache = model.cache("names" if name else "letters")
    grams = model.names if name else model.letters
    history, total = _START, 0
    for letter in [*letter_ids(word), EDGE]:
        total += letter_cost(grams, history, letter, cache)
        history = (history << LETTER_BITS | letter) & _KEEP
    return total


def readings(
    model: RepairModel, channel: Channel, lower: str, name: bool, whole: list[tuple[str, int]] | None = None
) -> list[tuple[str, int]]:
    """What an unknown lower-case word may have been, with cost of spelling and channel; ``whole``: as compounds, where
    that is known."""
    if len(lower) > 5 and whole is None:
        whole = compounds(model, channel, lower)
    found = dict(whole or ())
    if len(lower) > 2 and not (whole and sure(lower, whole)):
        for word, cost in _spelled(model, channel, lower, name):
            found[word] = min(cost, found.get(word, FAR))
    return sorted(found.items(), key=lambda x: (x[1], x[0]))[:6]


def misread_compounds(
    model: RepairModel, channel: Channel, lower: str, known: list[tuple[str, int]] | None, bases: list[str]
) -> list[tuple[str, int]]:
    """The known readings of a garbled word, and two words in a row whose skeletons make one of ``bases``."""
    found = dict(known or ())
    for base in bases:
        for text, use in _pairs(model, base):
            cost = use + channel.cost(lower, text, MISREAD)
            if cost < found.get(text, FAR):
                found[text] = cost
    return sorted(found.items(), key=lambda x: (x[1], x[0]))[:6]


def _pairs(model: RepairModel, base: str) -> Iterator[tuple[str, int]]:
    """Two words whose skeletons make ``base``, with an s between them or without, and what joining them costs."""
    data, codes = base.encode(), model.codes
    code = crc32(data[:2])
    for j in range(3, len(data) - 2):
        code = crc32(data[j - 1 : j], code)  # letter by letter, since hashes of longer parts follow from shorter ones
        if code & CODE in codes:
            for link in (0, 1) if data[j : j + 1] == b"s" else (0,):
                if crc32(data[j + link :]) & CODE in codes:
                    heads, tails = model.lookup(base[:j]), model.lookup(base[j + link :])
                    for a, b in product(heads, tails):
                        first = _first_of(model, a, j)
                        if first != NEVER and model.tails[b] != NEVER:
                            text = f"{model.word(a)}{'s' * link}{model.word(b)}"
                            yield text, COMPOUND + first + model.tails[b] + LINK * link


def _first_of(model: RepairModel, number: int, size: int) -> int:
    """What a word costs as the first of two; a common one may be it though it never was."""
    use = model.heads[number]
    return FREELY if use == NEVER and size >= FREE and model.single[number] < OFTEN else use


def sure(lower: str, whole: list[tuple[str, int]]) -> bool:
    """Whether a long word that is others in a row is so likely that nothing else is tried."""
    return len(lower) >= LONGEST and whole[0][1] <= WHOLE * len(lower)


def _spelled(model: RepairModel, channel: Channel, lower: str, name: bool) -> list[tuple[str, int]]:
    """Beam search over the letters that may have been printed."""
    cache = model.cache("names" if name else "letters")
    grams = model.names if name else model.letters
    n = len(lower)
    beams: list[list[tuple[int, str, int]]] = [[] for _ in range(n + 2)]  # cost, text, history
    beams[0].append((0, "", _START))
    ways = [(_ways(channel, lower[i]), channel.likely.get(lower[i : i + 2], ()) if i + 1 < n else ()) for i in range(n)]
    for i in range(n):
        beam = beams[i]
        beam.sort()
        one, two = ways[i]
        worst = beam[0][0] + SPREAD if beam else 0
        for cost, text, history in beam[:BEAM]:
            if cost > worst:
                break
            shifted = history << LETTER_BITS
            for into, several in ((beams[i + 1], one), (beams[i + 2], two)):
                for printed, step in several:
                    letter = _IDS.get(printed, OTHER_LETTER)
                    whole = shifted | letter
                    more = cache.get(whole)
                    if more is None:
                        more = letter_cost(grams, history, letter, cache)
                    into.append((cost + step + more, text + printed, whole & _KEEP))
    ends: dict[str, int] = {}
    for cost, text, history in beams[n]:
        total = cost + letter_cost(grams, history, EDGE, cache)
        ends[text] = min(total, ends.get(text, FAR))
    return sorted(ends.items(), key=lambda x: (x[1], x[0]))[:5]


def _ways(channel: Channel, read: str) -> tuple[tuple[str, int], ...]:
    """What one letter may have been, itself first."""
    others = channel.likely.get(read, ())
    return ((read, 0), *others) if read.isalpha() or not others else others


NO_WORD = 80  # letters


def compounds(model: RepairModel, channel: Channel, lower: str) -> list[tuple[str, int]]:
    """Readings as two or three words of the lexicon in a row."""
    if len(lower) > NO_WORD:  # no word, but a line of signs
        return []
    variants = [lower]
    if "é" in lower:
        variants = [lower.replace("é", "ö"), lower.replace("é", "ä"), lower]
    out: dict[str, int] = {}
    for variant in variants:
        paid = sum(11 if a != b and b == "ö" else 58 for a, b in zip(lower, variant, strict=True) if a != b)
        for word, cost in _split(model, channel, variant):
            out[word] = min(out.get(word, FAR), cost + paid)
    return sorted(out.items(), key=lambda x: (x[1], x[0]))[:4]


def _split(model: RepairModel, channel: Channel, lower: str) -> list[tuple[str, int]]:
    """Words of the lexicon in a row."""
    n = len(lower)
    folded = fold(lower)
    simple = folded if folded.isascii() and merged(folded) == folded else ""
    data = simple.encode()
    codes = model.codes
    heads: dict[int, list[tuple[str, int]]] = {0: [("", COMPOUND)]}
    ends: list[tuple[str, int]] = []
    for i in range(0, n - 2):
        before = sorted(heads.get(i, ()), key=lambda x: (x[1], x[0]))[:3]
        if not before:
            continue
        code = crc32(data[i : i + 2])
        for j in range(i + 3, n + 1):
            if simple:  # letter by letter, since hashes of longer parts follow from those of shorter ones
                code = crc32(data[j - 1 : j], code)
                if code & CODE not in codes:
                    continue
            if (j < n and n - j < 3) or (j == n and i == 0):
                continue
            part = merged(folded[i:j])
            for number in model.lookup(part) if simple or crc32(part.encode()) & CODE in codes else ():
                use = model.tails[number] if j == n else model.heads[number]
                if use == NEVER:
                    continue
                word = model.word(number)
                cost = channel.cost(lower[i:j], word, 120)
                if cost >= FAR:
                    continue
                for text, so_far in before:
                    total = so_far + cost + use
                    if j == n:
                        ends.append((text + word, total))
                        continue
                    heads.setdefault(j, []).append((text + word, total))
                    if lower[j] == "s" and n - j > 3:
                        heads.setdefault(j + 1, []).append((text + word + "s", total + LINK))
    return sorted(ends, key=lambda x: (x[1], x[0]))[:4]
