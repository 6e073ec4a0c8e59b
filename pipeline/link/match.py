"""Which motion does a clue speak of? Candidates from the index, then one score."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .clues import Clue, Raised
from .index import Index
from .titles import opens, replaced_words, shared_names, similarity

ACCEPT = 0.8
SLOPE, SHIFT = 1.44, 2.34  # fitted by benchmark/link/calibrate.py
CLAIM = 0.15  # a motion as likely as this has a claim on a clue that no motion gets
LONG = 120  # characters of a title from which on it may have run on into the text
HEAD = 50  # characters of such a title that a mention must have
_HEAD_ONLY = 0.95
_REPLACED = 1.0  # log odds that each word of a title takes that stands in the place of another; two count at most
_HOPELESS = -7.0  # log odds that names and words in common cannot make good
_CAN_ADD = 4.0  # what those two give at most
_OUTDONE = 6.0  # so far behind the best, a motion has no share in the odds that the fourth decimal shows


@dataclass(frozen=True, slots=True)
class Link:
    """A clue and the motion it speaks of, by ``method``: paragraph, dnr, title_authors or text."""

    motion: int
    clue: Clue
    method: str
    confidence: float


def links(motions: list[Raised], found: Iterable[Clue]) -> tuple[list[Link], list[Clue], list[Link]]:
    """Every clue with its motion; the clues that no motion answers to; and the claims of motions on such clues.

    What the title, the movers or the dnr leave open is settled by chains of §§: a § that names an earlier one
    belongs to the same motion, unless its own title says otherwise.
    """
    index = Index(motions)
    made: list[Link] = []
    left: list[Clue] = []
    claims: dict[int, list[Link]] = {}
    for clue in found:
        ranked = rank(index, clue, CLAIM)
        slim = replace(clue, words=frozenset())  # so that memory does not hold the words of every text
        if ranked and ranked[0].confidence >= ACCEPT:
            made.append(replace(ranked[0], clue=slim))
        elif clue.how == "title":
            claims[len(left)] = [replace(k, clue=slim) for k in ranked]
            left.append(slim)
    chained = _by_chain(made, left)
    unsure = [claim for number, held in claims.items() if number not in chained for claim in held]
    return [*made, *chained.values()], [clue for number, clue in enumerate(left) if number not in chained], unsure


def rank(index: Index, clue: Clue, least: float = 0.0) -> list[Link]:
    """The motions that the clue may speak of, the likeliest first; their probabilities sum to less than 1.

    Those less likely than ``least`` are left out.
    """
    scored = []
    best = _HOPELESS
    for n in index.candidates(clue):
        z, method = weigh(index.motions[n], clue, best - _OUTDONE)
        best = max(best, z)
        scored.append((math.exp(SLOPE * z + SHIFT), method, n))
    total = 1.0 + sum(share for share, _, _ in scored)
    made = [Link(n, clue, method, share / total) for share, method, n in scored if share >= least * total]
    return sorted(made, key=lambda k: (-k.confidence, index.motions[k.motion].record))


def weigh(motion: Raised, clue: Clue, least: float = _HOPELESS) -> tuple[float, str]:
    """Log odds that the clue speaks of the motion, and the evidence that carries most of them.

    Where they cannot come to ``least``, they are not worked out to the end.
    """
    same_dnr = not set(motion.dnr).isdisjoint(clue.dnr)
    alike = _alike(motion, clue)
    z = -9.0 + 12.0 * alike**2 + 5.0 * same_dnr
    if z < _HOPELESS or z + _CAN_ADD < least:
        return z, "text"
    names = shared_names(motion.surnames, clue.surnames)
    strangers = bool(motion.surnames and clue.surnames and not names)
    other_dnr = bool(motion.dnr and clue.dnr and not same_dnr)
    shared = len(motion.words & clue.words) / max(1, len(motion.words)) if clue.words else 0.0
    z += 2.5 * names - 4.5 * strangers - 0.5 * other_dnr + 1.5 * shared
    if motion.date and clue.date:
        z -= 6.0 * (clue.date < motion.date) + 0.4 * _years_late(motion.date, clue.date)
    z -= 0.8 * (clue.how == "mention") + 4.0 * (clue.how == "reference" and not same_dnr)
    if clue.how == "title" and alike < 1.0 and z > _HOPELESS:
        z -= _REPLACED * min(2, replaced_words(motion.title, clue.text))
    return z, "dnr" if same_dnr else "title_authors" if alike >= 0.7 else "text"


def _alike(motion: Raised, clue: Clue) -> float:
    """How alike the subjects are, 0..1, whichever of the two runs on into the text."""
    alike = opens(motion.title, clue.text)
    if clue.how in ("mention", "part"):
        return max(alike, _HEAD_ONLY * opens(motion.title[:HEAD], clue.text)) if len(motion.title) > LONG else alike
    alike = max(alike, similarity(motion.title, clue.text))
    if clue.how == "title" and len(motion.title) > 1.4 * len(clue.text) > 35:
        alike = max(alike, opens(clue.text, motion.title))
    return alike


def _years_late(raised: str, handled: str) -> int:
    """Years beyond the two that handling a motion may take."""
    return max(0, min(8, int(handled[:4]) - int(raised[:4]) - 2))


def _by_chain(made: list[Link], left: list[Clue]) -> dict[int, Link]:
    """Which of the clues without a motion name a § that has one, or are named by one; by their place in the list."""
    owner: dict[str, set[int]] = defaultdict(set)
    for link in made:
        if link.clue.how == "title":
            for key in filter(None, (link.clue.own, *link.clue.chain)):
                owner[key].add(link.motion)
    chained: dict[int, Link] = {}
    for number, clue in enumerate(left):
        motions = {m for key in filter(None, (clue.own, *clue.chain)) for m in owner.get(key, ())}
        if len(motions) == 1:
            chained[number] = Link(motions.pop(), clue, "paragraph", 0.8)
    return chained
