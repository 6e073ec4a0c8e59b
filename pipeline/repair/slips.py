"""Words that a garbled one may be: one letter misread as no table has it, beside a common confusion.

A hash of 32 bits is linear: what another letter in one place does to it follows from the place and the two letters
alone. So all words with one letter replaced, lost or added are told from the hashes of the lexicon at once, without
writing them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .model import RepairModel
from .skeleton import fold, merged, skeleton

_LETTERS = np.frombuffer(b"abdefghikmnoprstuvwxz", dtype=np.uint8)  # the letters of skeletons
_SPREAD = 32  # two small letters differ in five bits at most
LONGEST = 48
_BITS = 24


def slips(model: RepairModel, bases: Iterable[str]) -> Iterator[int]:
    """Ids of words whose skeleton is one of ``bases`` with one letter replaced, lost or added.

    The last letter is not lost and none is added after it: that would be another ending of the same word.
    """
    forms = [form.encode() for form in dict.fromkeys(bases) if form.isascii() and 1 < len(form) < LONGEST]
    if not forms:
        return
    kept = model.cache("slips")
    bits = kept.get("bits")
    if bits is None:
        bits = kept["bits"] = _bits(model.codes)
    seen: set[int] = set()
    for folded in dict.fromkeys(_known(bits, forms)):
        for number in model.lookup(folded):
            if number not in seen and skeleton(model.word(number)) == folded:
                seen.add(number)
                yield number


def seeds(lower: str) -> tuple[str, ...]:
    """The skeletons of a raw word, as written and with its doubled letters as one."""
    folded = fold(lower)
    return (folded, merged(folded))


def _known(bits: NDArray[np.uint8], forms: list[bytes]) -> Iterator[str]:
    """Of all forms with one slip those that some word hashes to."""
    hashes: list[int] = []
    behind: list[int] = []
    letters: list[int] = []
    made: list[tuple[bytes, int, int]] = []
    for form in forms:
        whole, last = crc32(form), len(form) - 1
        for i in range(last + 1):
            hashes += (whole, crc32(form[i:], crc32(b"a", crc32(form[:i]))))
            behind += (last - i, last + 1 - i)
            letters += (form[i], 97)
            made += ((form, i, i + 1), (form, i, i))
        for i in range(last):
            shorter = form[:i] + form[i + 1 :]
            if _has(bits, crc32(shorter)):
                yield shorter.decode()
    table = (
        np.array(hashes, dtype=np.uint32)[:, None]
        ^ _changes()[np.array(behind)[:, None], np.array(letters, dtype=np.uint8)[:, None] ^ _LETTERS]
    )
    place = (table & 0xFFFF) | (table >> 24 << 16)
    for row, letter in zip(*np.nonzero(bits[place >> 3] >> (place & 7) & 1), strict=True):
        form, begin, end = made[row]
        yield (form[:begin] + bytes((_LETTERS[letter],)) + form[end:]).decode()


def _has(bits: NDArray[np.uint8], code: int) -> bool:
    place = (code & 0xFFFF) | (code >> 24 << 16)
    return bool(bits[place >> 3] >> (place & 7) & 1)


def _bits(codes: frozenset[int]) -> NDArray[np.uint8]:
    """One bit for each hash that a word may have, set where one has it."""
    known = np.fromiter(codes, dtype=np.int64, count=len(codes))
    place = (known & 0xFFFF) | (known >> 24 << 16)
    flags = np.zeros(1 << _BITS, dtype=bool)
    flags[place] = True
    return np.packbits(flags, bitorder="little")


@cache
def _changes() -> NDArray[Any]:
    """What the difference of two letters changes in a hash, by the letters that follow them.

    >>> crc32(b"kam") ^ crc32(b"kom") == int(_changes()[1, ord("a") ^ ord("o")])
    True
    """
    return np.array(
        [[crc32(bytes((d, *bytes(k)))) ^ crc32(bytes(k + 1)) for d in range(_SPREAD)] for k in range(LONGEST + 1)],
        dtype=np.uint32,
    )
