"""The skeleton of a word: what is left when letters that engines mix up are written as one.

Words that an engine can take for each other share a skeleton, so that one look into the lexicon finds them all.
"""

from __future__ import annotations

import zlib

_FOLD = str.maketrans(
    {
        **dict.fromkeys("åäáàâãæ4&@", "a"),
        **dict.fromkeys("öóòôõø06", "o"),
        **dict.fromkeys("éèêëc¢", "e"),
        **dict.fromkeys("íìïîlj1|!", "i"),
        **dict.fromkeys("üúù", "u"),
        "q": "g",
        "9": "g",
        "y": "v",
        "5": "s",
        "8": "s",
        "ç": "e",
        "ñ": "n",
    }
)


def skeleton(word: str) -> str:
    """Fold a lower-case word.

    >>> skeleton("försäljning"), skeleton("f6rsaljning")
    ('forsaiining', 'forsaiining')
    """
    return merged(word.translate(_FOLD))


def fold(word: str) -> str:
    """Only the letters folded, one for one."""
    return word.translate(_FOLD)


def merged(folded: str) -> str:
    """Pairs of folded letters that look like one written as that one."""
    return folded.replace("rn", "m").replace("vv", "w") if "rn" in folded or "vv" in folded else folded


def all_merged(folded: list[str]) -> list[str]:
    """The same for many at once, which takes no longer than for one.

    >>> all_merged(["barn", "svvar", "vi"])
    ['bam', 'swar', 'vi']
    """
    whole = "\n".join(folded)
    return merged(whole).split("\n") if "rn" in whole or "vv" in whole else folded


def key(folded: str) -> int:
    """32 bits of a skeleton: the low 16 choose the bucket, the high 8 are the fingerprint."""
    return zlib.crc32(folded.encode())


def folded_as_o(lower: str) -> str:
    """The letters folded, é as what it most often is: a misread ö."""
    return fold(lower.replace("é", "ö"))
