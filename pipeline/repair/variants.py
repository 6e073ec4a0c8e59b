"""Skeletons that a misread word may have had: its own, and those with rarer confusions undone."""

from __future__ import annotations

from .channel import FAR, Channel
from .skeleton import all_merged, fold, folded_as_o, skeleton

LONG = 8  # letters from which one too many is looked for
VOWELS = frozenset("aeiouyåäöéáà")
TWICE = 100  # confusions tried two at a time


def skeletons(lower: str) -> list[str]:
    """The raw word's own skeleton, and others where é may stand for ä, ö or itself."""
    folded = skeleton(lower)
    if "é" not in lower or len(folded) != len(lower):
        return [folded]
    ways = [""]
    for raw, plain in zip(lower, folded, strict=True):
        ways = (
            [w + c for w in ways for c in ("oae" if raw == "é" else plain)]
            if len(ways) < 27
            else [w + plain for w in ways]
        )
    return ways


def variants(channel: Channel, lower: str, seeds: list[str], limit: int = FAR) -> list[str]:
    """Skeletons with one rare confusion undone, none that costs more than ``limit``."""
    out = []
    rules = channel.rules
    folded = fold(lower)
    n = len(lower)
    bases = [folded, folded_as_o(lower)] if "é" in lower else [folded]
    for i in range(n):
        for size in (1, 2, 3) if i + 3 <= n else range(1, n - i + 1):
            undone = rules.get(lower[i : i + size])
            if undone:
                for base in bases:
                    head, tail = base[:i], base[i + size :]
                    out += [head + to + tail for to, cost in undone if cost <= limit]
    if n >= LONG and seeds:
        out += [
            seed[:i] + seed[i + 1 :] for seed in dict.fromkeys([folded, *seeds[:9]]) for i in range(2, len(seed) - 2)
        ]
    out = all_merged(out)
    for seed in seeds[:3]:
        for letter, _ in channel.lost[:2]:
            out += [seed[:i] + letter + seed[i:] for i in range(len(seed) + 1)]
        out += [seed[:i] + seed[i] + seed[i:] for i in range(1, len(seed))]
    return out


def twice(channel: Channel, lower: str) -> list[str]:
    """Skeletons with two of the likelier confusions undone."""
    out = []
    folded = fold(lower)
    places = [
        (i, size, to)
        for i in range(len(lower))
        for size in (1, 2)
        for to, cost in channel.rules.get(lower[i : i + size], ())
        if cost < TWICE and i + size <= len(lower)
    ][:18]
    for a, (i, s, to) in enumerate(places):
        start = folded[:i] + to
        out += [start + folded[i + s : j] + too + folded[j + t :] for j, t, too in places[a + 1 :] if j >= i + s]
    return all_merged(out)


def with_lost(channel: Channel, lower: str) -> list[str]:
    """Skeletons with a lost å, ä or ö put back and one of the likelier confusions undone: ``freslir`` is föreslår."""
    folded = fold(lower)
    n = len(lower)
    letters = dict.fromkeys(letter for letter, cost in channel.lost if cost < TWICE and letter in "ao")
    places = [
        (i, size, to)
        for i in range(n)
        for size in (1, 2)
        for to, cost in channel.rules.get(lower[i : i + size], ())
        if cost < TWICE and i + size <= n
    ][:18]
    out = []
    for i, s, to in places:
        head, tail = folded[:i] + to, folded[i + s :]
        for letter in letters:
            out += [head[:k] + letter + head[k:] + tail for k in range(len(head) + 1)]
            out += [head + tail[:k] + letter + tail[k:] for k in range(1, len(tail) + 1)]
    return all_merged(out)


def with_vowel(lower: str) -> list[str]:
    """Skeletons with a lost å, ä or ö put back between consonants: ``utlmning`` is utlämning."""
    folded = fold(lower)
    places = [i for i in range(1, min(len(lower), len(folded))) if not {lower[i - 1], lower[i]} & VOWELS]
    return all_merged([folded[:i] + vowel + folded[i:] for i in places for vowel in "ao"])
