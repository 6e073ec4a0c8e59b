"""Surnames that no lexicon has: mostly they are as read, and one name has one spelling throughout a document.

An ö leaves an o about every other time: a name read four times with a plain o had none, and one occurrence that
was read with é or 6 had one throughout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import exp

from .candidates import Candidate
from .channel import FAR, Channel
from .lattice import Row
from .model import ID_BITS, MIXED, NAME, UNIT, UNKNOWN, RepairModel
from .skeleton import skeleton
from .tokens import INSIDE, TITLE, Piece, dress, shape

_ACUTE = re.compile(r"é(?:[nr]s?|us|e)?$")  # as surnames end: Norén, Linnér, Alnéus
AS_READ = 12  # surnames follow no spelling so well that a dot more could be told from it
FOREIGN = 3
KNOWN = 52  # behind a name a word that may be one is many times as frequent as elsewhere
CLOSE = 80  # and it may be one where only common confusions lead to it
COMPANY = 45  # after such a word one in forty is a name that the lexicon lacks, or more
RARE = 130  # a word that stood some three hundred times in the corpus, or fewer
SHORTEST = 4
_NEW = (NAME, UNKNOWN)
LIMIT = 125
AS_THE_NAME = 0.9
AGAIN = 0.6  # occurrences after the first: one font and one scanner misread alike

Chosen = Sequence[tuple[Candidate, float]]


def surnamed(model: RepairModel, row: Row, raw: str) -> Row:
    """The readings of a piece behind a name: known names are likelier there, new ones have few dots unseen."""
    return tuple(_behind(model, c, raw) for c in row)


def _behind(model: RepairModel, reading: Candidate, raw: str) -> Candidate:
    word, cost, text = reading
    new = word == NAME and not listed(model, text)
    if word > MIXED and cost <= CLOSE and text.istitle():
        cost -= KNOWN
    return Candidate(word, cost + AS_READ * _dots(text, raw, new=new), text)


def listed(model: RepairModel, name: str) -> bool:
    """Whether the lexicon has the name, be it without a count."""
    lower = name.lower()
    return any(model.word(number) == lower for number in model.lookup(skeleton(lower)))


def names_follow(model: RepairModel, word: int) -> bool:
    """Whether names that no lexicon has follow this word often, or it is a rare word that always has its capital."""
    known = model.cache("names before")
    answer: bool | None = known.get(word)
    if answer is None:
        pair = model.pairs.find(word << ID_BITS | NAME)
        often = pair >= 0 and model.pairs.cost[pair] <= COMPANY
        answer = known[word] = often or (
            word > MIXED and model.single[word] >= RARE and not model.shapes[word] >> 4 & 15
        )
    return answer


def _dots(text: str, raw: str, *, new: bool) -> int:
    """Letters of a reading with dots, or a ring, where most likely none stood; in ``new`` names wherever none was read.

    Other accents are rare and seldom lost, so they count thrice.

    >>> _dots("Lösman", "Losman", new=True), _dots("Sjölin", "Sjélin", new=True), _dots("Norön", "Norén", new=False)
    (1, 0, 1)
    >>> _dots("Adrián", "Adrian", new=False)
    3
    """
    acute = _ACUTE.search(raw)
    if text.isascii():
        return 0
    foreign = sum(a not in "åäöÅÄÖ" and b.isascii() and not a.isascii() for a, b in zip(text, raw, strict=False))
    return FOREIGN * foreign + sum(
        a in "åäöÅÄÖ" and a != b and ((new and b in "aoAO") or (acute is not None and i == acute.start()))
        for i, (a, b) in enumerate(zip(text, raw, strict=False))
    )


def agreed(found: Sequence[Piece], rows: Sequence[Row], chosen: Chosen, channel: Channel) -> Chosen:
    """The chosen readings, where names that no lexicon has are spelled alike throughout."""
    groups: dict[str, list[int]] = {}
    for i, (reading, _) in enumerate(chosen):
        if reading.word in _NEW and len(reading.text) >= SHORTEST and shape(reading.text) == TITLE:
            groups.setdefault(skeleton(reading.text.lower()), []).append(i)
    settled = list(chosen)
    for places in groups.values():
        forms = _forms([(found[i].text.lower(), rows[i]) for i in places], channel) if len(places) > 1 else {}
        if len(forms) > 1:
            least = min(forms.values())
            best = min(form for form, cost in forms.items() if cost == least)
            share = 1.0 / sum(exp((least - cost) / UNIT) for cost in forms.values())
            for i in places:
                reading, _ = chosen[i]
                if channel.cost(found[i].text.lower(), best, LIMIT) < FAR:
                    settled[i] = Candidate(reading.word, reading.cost, dress(best, TITLE)), share
    _genitives(found, settled)
    return settled


def _genitives(found: Sequence[Piece], settled: list[tuple[Candidate, float]]) -> None:
    """A name in the genitive is spelled as the name is that was read the same: Jonssons, not Jönssons."""
    ending = [i for i, piece in enumerate(found) if piece.text[-1] == "s" and shape(piece.text) == TITLE]
    stems = {found[i].text[:-1] for i in ending}
    spelled: dict[str, Counter[str]] = {}
    for piece, (reading, _) in zip(found, settled, strict=True):
        if piece.text in stems and len(piece.text) >= SHORTEST and piece.start == INSIDE and shape(piece.text) == TITLE:
            spelled.setdefault(piece.text, Counter())[reading.text] += 1
    for i in ending:
        reading, sure = settled[i]
        forms = spelled.get(found[i].text[:-1])
        if forms:
            name = forms.most_common(1)[0][0]
            if reading.text != name + "s" and skeleton(reading.text.lower()) == skeleton(name.lower() + "s"):
                settled[i] = Candidate(reading.word, reading.cost, name + "s"), max(sure, AS_THE_NAME)


def _forms(read: Sequence[tuple[str, Row]], channel: Channel) -> dict[str, float]:
    """What a name that was read several times may be, with the cost of being it and having been read so."""
    rarity: dict[str, int] = {}
    for raw, row in read:
        for word, cost, text in row:
            form = text.lower()
            paid = channel.cost(raw, form, LIMIT)
            if word in _NEW and shape(text) == TITLE and paid < FAR:
                rarity[form] = max(cost - paid, rarity.get(form, 0))
    costs = {}
    for form, own in rarity.items():
        ways = sorted((channel.cost(raw, form, LIMIT) for raw, _ in read), reverse=True)
        costs[form] = own + ways[0] + AGAIN * sum(ways[1:])
    return costs
