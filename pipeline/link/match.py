"""Which motion does a clue speak of? Candidates by an index, never all pairs; then one score."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .clues import Clue, Raised
from .titles import opens, shared_names, similarity, tokens

COMMON_SHARE = 400  # a word in more motions of one municipality than this finds nothing
RAREST = 5  # keys of a clue that are followed
CANDIDATES = 12
ACCEPT = 0.5


@dataclass(frozen=True, slots=True)
class Link:
    """A clue and the motion it speaks of, by ``method``: paragraph, dnr, title_authors or text."""

    motion: int
    clue: Clue
    method: str
    confidence: float


class Index:
    """The motions of one municipality by the words of their titles, their movers and their dnr."""

    def __init__(self, motions: list[Raised]) -> None:
        self.motions = motions
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for number, motion in enumerate(motions):
            for key in _keys(tokens(motion.title), motion.surnames, motion.dnr):
                self._by_key[key].append(number)

    def candidates(self, clue: Clue) -> list[int]:
        """The motions that share most with the clue, weighed by how rare what they share is."""
        keys = _keys(tokens(clue.text)[:16], clue.surnames, clue.dnr)
        known = sorted((holders for key in keys if (holders := self._by_key.get(key))), key=len)
        weights: Counter[int] = Counter()
        for holders in known[:RAREST]:
            if len(holders) <= COMMON_SHARE:
                for number in holders:
                    weights[number] += 1000 // (1 + len(holders))
        return [n for n, _ in sorted(weights.items(), key=lambda kv: (-kv[1], self.motions[kv[0]].record))[:CANDIDATES]]


def links(motions: list[Raised], found: Iterable[Clue]) -> tuple[list[Link], list[Clue]]:
    """Every clue with its motion, and the clues that no motion answers to.

    What the title, the movers or the dnr leave open is settled by chains of §§: a § that names an earlier one
    belongs to the same motion, unless its own title says otherwise.
    """
    index, made, left = Index(motions), [], []
    for clue in found:
        link = best(index, clue)
        if link:
            made.append(link)
        else:
            left.append(clue)
    for link in list(_by_chain(made, left)):
        made.append(link)
        left.remove(link.clue)
    return made, left


def best(index: Index, clue: Clue) -> Link | None:
    """The best motion for a clue, or None when nothing is likely enough or two are equally so."""
    scored = sorted(
        ((*score(index.motions[n], clue), index.motions[n].record, n) for n in index.candidates(clue)),
        key=lambda row: (-row[0], row[2]),
    )
    if not scored or scored[0][0] < ACCEPT:
        return None
    confidence, method, _, number = scored[0]
    return Link(number, clue, method, confidence)


def score(motion: Raised, clue: Clue) -> tuple[float, str]:
    """Probability that the clue speaks of the motion, and the evidence that carries most of it."""
    alike = similarity(motion.title, clue.text) if clue.how != "mention" else 0.0
    alike = max(alike, opens(motion.title, clue.text))
    if clue.how == "title" and len(motion.title) > 1.4 * len(clue.text) > 35:
        alike = max(alike, opens(clue.text, motion.title))  # the motion's text runs on from its title
    names = shared_names(motion.surnames, clue.surnames)
    strangers = bool(motion.surnames and clue.surnames and not names)
    same_dnr = bool(set(motion.dnr) & set(clue.dnr))
    other_dnr = bool(motion.dnr and clue.dnr and not same_dnr)
    shared = len(motion.words & clue.words) / max(1, len(motion.words)) if clue.words else 0.0
    before = bool(motion.date and clue.date and clue.date < motion.date)
    z = -9.0 + 12.0 * alike**2 + 2.5 * names - 3.0 * strangers + 5.0 * same_dnr - 0.5 * other_dnr + 1.5 * shared
    z -= 6.0 * before + 0.8 * (clue.how == "mention") + 4.0 * (clue.how == "reference" and not same_dnr)
    method = "dnr" if same_dnr else "title_authors" if alike >= 0.7 else "text"
    return 1.0 / (1.0 + math.exp(-z)), method


def _by_chain(made: list[Link], left: list[Clue]) -> Iterator[Link]:
    """Clues without a motion that name a § which has one, or are named by one."""
    owner: dict[str, set[int]] = defaultdict(set)
    for link in made:
        if link.clue.how == "title":
            for key in filter(None, (link.clue.own, *link.clue.chain)):
                owner[key].add(link.motion)
    for clue in left:
        if clue.how == "mention":
            continue
        motions = {m for key in filter(None, (clue.own, *clue.chain)) for m in owner.get(key, ())}
        if len(motions) == 1 and clue.how == "title":
            yield Link(motions.pop(), clue, "paragraph", 0.8)


def _keys(words: Iterable[str], names: Iterable[str], dnr: Iterable[str]) -> Iterator[str]:
    yield from (f"w:{w}" for w in words)
    yield from (f"n:{n}" for n in names)
    yield from (f"d:{d}" for d in dnr)
