"""How strongly the channel is at work: judged from the letters of the text itself."""

from __future__ import annotations

import re

_COMMON = frozenset(
    "och att det som en av i är ar på pa för for till den med om de inte har ska kommunen vi ett".split()
)
_WORD = re.compile(r"[^\W\d_]+")
SURVIVE = 0.045  # å, ä and ö among the letters of Swedish as printed


def swedish(text: str) -> bool:
    """Whether the text is Swedish, damaged or not; short texts are believed to be.

    >>> swedish("det ar viktigt att vi har en plan for kommunen och att den ar klar till varen")
    True
    """
    words = [w.lower() for w in _WORD.findall(text[:20_000])]
    if len(words) < 25:
        return True
    return sum(w in _COMMON for w in words) / len(words) > 0.08


def surviving(text: str) -> float:
    """Share of å, ä and ö that came through, 0..1."""
    letters = sum(map(str.isalpha, text))
    kept = sum(text.count(c) for c in "åäöÅÄÖ")
    return min(1.0, kept / (SURVIVE * letters)) if letters else 1.0
