"""Seriemotioner: near-identical motions across municipalities and years, and what differs between them.

Candidates come from MinHash with locality-sensitive hashing (``datasketch``, the extra ``attsats[series]``),
are verified on their whole text, and aligned word for word with the oldest of their family.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from .clues import RAISED
from .titles import fold

Json = dict[str, Any]

PERMUTATIONS = 128
BANDS, ROWS = 64, 2  # finds a pair that shares a third of its word pairs with probability 0.999
COMMON = 0.02  # word pairs in more than this share of the motions say nothing
ALIKE = 0.22  # Jaccard similarity over the rarer word pairs from which two motions are of one family


@dataclass(frozen=True, slots=True)
class _Text:
    record: str
    source: str
    municipality: str | None
    date: str | None
    words: tuple[str, ...]


def families(records: Iterable[Json]) -> Iterator[Json]:
    """Clusters of near-identical motions, the largest first.

    Yields:
        ``{"id", "members": [{"record", "source", "municipality", "date", "similarity", "differs": [...]}]}``;
        ``differs`` lists what this motion says instead of the first member's words.

    Raises:
        ModuleNotFoundError: the extra ``series`` is not installed.
    """
    texts = sorted(_texts(records), key=lambda t: (t.date or "9999", t.record))
    shingles = _shingles(texts)
    groups = _groups(len(texts), _pairs(shingles))
    for members in sorted(groups, key=lambda g: (-len(g), texts[g[0]].record)):
        first = texts[members[0]]
        yield {
            "id": first.record,
            "members": [
                {
                    "record": text.record,
                    "source": text.source,
                    "municipality": text.municipality,
                    "date": text.date,
                    "similarity": round(_jaccard(shingles[members[0]], shingles[n]), 4),
                    "differs": differences(first.words, text.words) if n != members[0] else [],
                }
                for n, text in ((n, texts[n]) for n in members)
            ],
        }


def differences(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[Json]:
    """What ``theirs`` says instead of ``ours``, in order.

    >>> differences(("a", "b", "c"), ("a", "x", "c", "d"))
    [{'instead_of': 'b', 'says': 'x'}, {'instead_of': '', 'says': 'd'}]
    """
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return [
        {"instead_of": " ".join(ours[a:b]), "says": " ".join(theirs[c:d])}
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _texts(records: Iterable[Json]) -> Iterator[_Text]:
    for record in records:
        if record["kind"] in RAISED:
            municipality = record["municipality"]["name"] if record["municipality"] else None
            words = tuple(fold(record["text"]["repaired"]).split())
            yield _Text(record["id"], record["source"]["name"], municipality, record["date"], words)


def _shingles(texts: list[_Text]) -> list[frozenset[str]]:
    """Word pairs of each text, without those that every motion has."""
    sets = [frozenset(map(" ".join, zip(t.words, t.words[1:], strict=False))) for t in texts]
    frequency = Counter(pair for pairs in sets for pair in pairs)
    limit = max(20, int(COMMON * len(texts)))
    return [frozenset(p for p in pairs if frequency[p] <= limit) for pairs in sets]


def _pairs(shingles: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    for number, pairs in enumerate(shingles):
        if not pairs:
            continue
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([pair.encode() for pair in pairs])
        for other in lsh.query(sketch):
            if _jaccard(shingles[other], pairs) >= ALIKE:
                yield other, number
        lsh.insert(number, sketch, check_duplication=False)


def _jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 0.0


def _groups(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected groups of at least two."""
    parent = list(range(count))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        parent[root(b)] = root(a)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(count):
        groups[root(n)].append(n)
    return [sorted(members) for members in groups.values() if len(members) > 1]
