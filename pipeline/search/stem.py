"""The Snowball stemmer for Swedish, for words that no dictionary knows: names, rare compounds, OCR leftovers.

The published algorithm with the later rule for ``-et``; written out here so that searching needs no C library.
"""

from __future__ import annotations

import re

VOWELS = frozenset("aeiouyåäö")
REGION = re.compile("[aeiouyåäö][^aeiouyåäö]")
S_BEFORE = frozenset("bcdfghjklmnoprtvy")  # letters after which a final s is an ending

ENDINGS = frozenset(
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or as "
    "arnas ernas ornas es ades andes ens arens hetens erns at andet het ast et ets".split()
)
LONGEST_ENDING = max(map(len, ENDINGS))
LAST_LETTERS = frozenset(ending[-1] for ending in ENDINGS)
DOUBLED = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
DERIVED = {"löst": "lös", "fullt": "full", "lig": "", "els": "", "ig": ""}
DERIVED_ENDINGS = tuple(DERIVED)


def stem(word: str) -> str:
    """The stem of a lower-case word.

    >>> [stem(w) for w in ("relationerna", "kommunens", "belysningar", "gillet", "is")]
    ['relation', 'kommun', 'belysning', 'gill', 'is']
    """
    start = _region(word)
    word = _first(word, start)
    if len(word) - 2 >= start and word.endswith(DOUBLED):
        word = word[:-1]
    return _third(word, start)


def _region(word: str) -> int:
    """Where R1 starts: after the first consonant that follows a vowel, and never before the third letter."""
    found = REGION.search(word)
    return max(3, found.end()) if found else len(word)


def _first(word: str, start: int) -> str:
    longest = min(LONGEST_ENDING, len(word) - start) if word[-1:] in LAST_LETTERS else 0
    for length in range(longest, 0, -1):
        ending = word[-length:]
        if ending in ENDINGS and not (ending in ("et", "ets") and word[-length - 1] in VOWELS):
            return word[:-length]
    if word.endswith("s") and len(word) - 1 >= start and word[-2] in S_BEFORE:
        return word[:-1]
    return word


def _third(word: str, start: int) -> str:
    if not word.endswith(DERIVED_ENDINGS):
        return word
    for ending, kept in DERIVED.items():
        if word.endswith(ending) and len(word) - len(ending) >= start:
            return word[: -len(ending)] + kept
    return word
