"""One person's spellings in one document: the clean one wins."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """The name without accents, hyphens, case and everything that is no letter.

    >>> plain("Ermin Škorić") == plain("Ermin Skoric")
    True
    """
    folded = unicodedata.normalize("NFD", name.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^a-z ]", "", letters.replace("-", " ").replace("ø", "o").replace("ł", "l")).strip()


def distance(a: str, b: str, most: int = 2) -> int:
    """Levenshtein distance, cut off above ``most``."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def _damage(name: str, given: Mapping[str, int]) -> int:
    """How much of a name looks ruined: foreign characters count, and a first word that is no given name."""
    first = name.split()[0] if name.split() else ""
    known = first in given or first.split("-")[0] in given
    return 4 * len(re.findall(r"[^\w\s.'’-]|\d", name)) + (0 if known else 2) + (2 if name[:1].islower() else 0)


Parts = tuple[frozenset[str], frozenset[str]]


def sound(surname: str, parts: Parts) -> bool:
    """Whether a surname is made of two parts that Swedish surnames are made of.

    >>> parts = (frozenset({"ahl", "lind"}), frozenset({"skog", "berg"}))
    >>> sound("Ahlskog", parts), sound("Ahiskog", parts)
    (True, False)
    """
    low = surname.casefold()
    return any(low[:n] in parts[0] and low[n:] in parts[1] for n in range(1, len(low)))


def canonical(people: Iterable[tuple[str, str | None]], given: Mapping[str, int], parts: Parts) -> dict[str, str]:
    """Printed name -> the spelling to use, for those that change.

    Accents lost ("Skoric" beside "Škorić"), cut ends ("Škori"), foreign characters ("Škori?") and slips
    in a given name ("Reger Larsson" beside "Roger Larsson") or in a compound surname ("Ahiskog" beside "Ahlskog")
    are reconciled; two sound spellings stand.
    """
    pairs = list(people)
    count = Counter(name for name, _ in pairs)
    parties: dict[str, set[str | None]] = {}
    for name, party in pairs:
        parties.setdefault(name, set()).add(party)
    order = sorted(count)
    chosen: dict[str, str] = {}
    for name in order:
        best = name
        for other in order:
            if (
                other != best
                and parties[name] & parties[other]
                and _same(name, other)
                and _better(other, best, count, given, parts)
            ):
                best = other
        if best != name:
            chosen[name] = best
    return chosen


def _same(a: str, b: str) -> bool:
    first, second = plain(a).split(), plain(b).split()
    if len(first) != len(second) or len(first) < 2:
        return False
    if first == second:
        return a.replace("-", " ") != b.replace("-", " ")
    apart = [(x, y) for x, y in zip(first, second, strict=True) if x != y]
    if len(apart) != 1:
        return False
    x, y = apart[0]
    if x in (y + "s", y + "x") or y in (x + "s", x + "x"):
        return False  # a genitive
    cut = min(len(x), len(y)) >= 4 and (x.startswith(y) or y.startswith(x) or x.endswith(y) or y.endswith(x))
    return distance(x, y, 1) <= 1 or (cut and abs(len(x) - len(y)) <= 2)


def _accented(a: str, b: str) -> bool:
    """Whether two spellings differ in accents only."""
    return plain(a) == plain(b)


def _better(a: str, b: str, count: Mapping[str, int], given: Mapping[str, int], parts: Parts) -> bool:
    """Whether spelling ``a`` is the cleaner one."""
    harm_a, harm_b = _damage(a, given), _damage(b, given)
    if harm_a != harm_b:
        return harm_a < harm_b
    if plain(a) == plain(b):
        return sum(ord(c) > 127 for c in a) > sum(ord(c) > 127 for c in b)
    first_a, first_b = a.split()[0], b.split()[0]
    if first_a != first_b:
        return False  # two sound given names are two spellings, or two persons
    sound_a, sound_b = sound(a.split()[-1], parts), sound(b.split()[-1], parts)
    if sound_a != sound_b and not _accented(a, b):
        return sound_a
    if sound_a and sound_b and not _accented(a, b):
        return False  # Lindberg and Lindborg are two persons
    if plain(a).startswith(plain(b)) or plain(b).startswith(plain(a)):
        return len(a) > len(b) and count[a] >= count[b]
    return count[a] > count[b]
