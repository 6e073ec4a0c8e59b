"""Cases: motion → remiss → yttrande → reply → decision, with the outcome of every att-sats.

Works on finished records only. The result does not depend on the order in which records come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .cases import case_of, case_without_motion
from .clues import Clue
from .match import Link, links
from .store import Store
from .titles import fold

Json = dict[str, Any]

__all__ = ["Store", "cases", "link"]


def link(records: Iterable[Json], store: Path | None = None) -> Iterator[Json]:
    """Cases (``schemas/case-1.json``) of some records, motions first within each municipality.

    Args:
        records: finished records, in any order; they are read once and not kept.
        store: a file that remembers earlier records, so that new ones join old cases; memory only by default.
    """
    held = Store(store)
    try:
        held.add(records)
        yield from cases(held)
    finally:
        held.close()


def cases(store: Store) -> Iterator[Json]:
    """The cases of all that a store holds."""
    for motions, found in store.blocks():
        made, left, unsure = links(motions, found)
        joined: dict[int, list[Link]] = defaultdict(list)
        claimed: dict[int, list[Link]] = defaultdict(list)
        for one in made:
            joined[one.motion].append(one)
        for one in unsure:
            claimed[one.motion].append(one)
        for number, motion in enumerate(motions):
            yield case_of(motion, joined[number], claimed[number])
        yield from _without_motion(left)


def _without_motion(left: list[Clue]) -> Iterator[Json]:
    """Handlings whose motion is not among the records: the hint is kept, one case for each title."""
    groups: dict[str, list[Clue]] = defaultdict(list)
    for clue in left:
        if clue.how == "title" and clue.text:
            groups[fold(clue.text)].append(clue)
    for key in sorted(groups):
        yield case_without_motion(groups[key])
