"""Alignment of what was printed with what was read: words first, then letters inside the words that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 0.62  # dearer than pairing two words that share most letters, cheaper than pairing strangers
_FOLD = str.maketrans(
    {
        **dict.fromkeys("–—−‐‑―", "-"),
        **dict.fromkeys("”“„»«″", '"'),
        **dict.fromkeys("’‘‚´`′", "'"),
        "\u00ad": None,
        "\u00a0": " ",
    }
)
_BAGS = str.maketrans("åäáàâéèêëöóòôøæ041|!lIj65", "aaaaaeeeeoooooaoaiiiiiios")


def fold(text: str) -> str:
    """Dashes and quotes count as one kind each; everything else counts as printed.

    >>> fold("”Ja” – nej")
    '"Ja" - nej'
    """
    return text.translate(_FOLD)


def bags(words: Sequence[str]) -> NDArray[np.float32]:
    """One row per word: how often each (folded) letter stands in it, scaled to length 1."""
    rows = np.zeros((len(words), 64), dtype=np.float32)
    for i, word in enumerate(words):
        for char in word.translate(_BAGS).lower():
            rows[i, ord(char) & 63] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def costs(left: Sequence[str], right: Sequence[str], *, strict: bool) -> NDArray[np.float32]:
    """Cost of pairing each left with each right word; ``strict`` is 0 or 1, as word error rate wants it."""
    ids: dict[str, int] = {}
    a = np.array([ids.setdefault(w, len(ids)) for w in left], dtype=np.int32)
    b = np.array([ids.setdefault(w, len(ids)) for w in right], dtype=np.int32)
    same = a[:, None] == b[None, :]
    if strict:
        return (~same).astype(np.float32)
    near = bags(left) @ bags(right).T
    return np.where(same, 0.0, 0.15 + 1.2 * (1.0 - near)).astype(np.float32)


def path(cost: NDArray[np.float32], gap: float) -> list[tuple[int, int]]:
    """The cheapest alignment as index pairs in order; -1 stands for a gap."""
    n, m = cost.shape
    steps = np.arange(m + 1, dtype=np.float32) * gap
    table = np.empty((n + 1, m + 1), dtype=np.float32)
    table[0] = steps
    for i in range(n):
        row = table[i] + gap
        np.minimum(row[1:], table[i, :-1] + cost[i], out=row[1:])
        table[i + 1] = np.minimum.accumulate(row - steps) + steps
    pairs, i, j = [], n, m
    while i or j:
        here = table[i, j] + 1e-4
        if i and j and table[i - 1, j - 1] + cost[i - 1, j - 1] <= here:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and table[i - 1, j] + gap <= here:
            i -= 1
            pairs.append((i, -1))
        else:
            j -= 1
            pairs.append((-1, j))
    return pairs[::-1]


def words(left: Sequence[str], right: Sequence[str], *, strict: bool = False) -> list[tuple[int, int]]:
    """Align two word lists; index pairs, -1 for a gap."""
    return path(costs(left, right, strict=strict), 1.0 if strict else GAP)


def errors(read: str, printed: str) -> int:
    """Word errors (substituted, lost, added) of ``read`` against ``printed``, both folded.

    >>> errors("den har gata", "den här gatan – nu")
    4
    """
    a, b = fold(read).split(), fold(printed).split()
    return sum(i < 0 or j < 0 or a[i] != b[j] for i, j in words(a, b, strict=True))


def blocks(read: Sequence[str], printed: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Pairs of index lists that belong together: mostly one word each, several where words were split or joined."""
    pairs = words(read, printed)
    k = 0
    while k < len(pairs):
        i, j = pairs[k]
        if i >= 0 and j >= 0 and (k + 1 == len(pairs) or min(pairs[k + 1]) >= 0):
            yield [i], [j]
            k += 1
            continue
        left = [i] if i >= 0 else []
        right = [j] if j >= 0 else []
        k += 1
        while k < len(pairs) and min(pairs[k]) < 0:
            left += [pairs[k][0]] if pairs[k][0] >= 0 else []
            right += [pairs[k][1]] if pairs[k][1] >= 0 else []
            k += 1
        # A gap before a pair may be the other half of a split word: pull the next pair in when letters agree.
        if k < len(pairs) and min(pairs[k]) >= 0 and (not left or not right):
            a, b = pairs[k]
            if read[a] != printed[b]:
                left.append(a)
                right.append(b)
                k += 1
        yield left, right


def tokens(text: str) -> list[tuple[int, str]]:
    """Words with their offsets."""
    return [(m.start(), m.group()) for m in re.finditer(r"\S+", text)]
