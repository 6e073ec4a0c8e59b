"""Words that a garbled one may be: one letter misread as no table has it, beside a common confusion.

A hash of 32 bits is linear: what another letter in one place does to it follows from the place and the two letters
alone. So all words with one letter replaced, lost or added are told from the hashes of the lexicon at once, without
writing them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .model import RepairModel
from .skeleton import fold, folded_as_o, merged, skeleton

_LETTERS = "abdefghikmnoprstuvwxz"  # those of skeletons
LONGEST = 48
_BEHIND = range(LONGEST + 1)
_FIRST = {c: bytes(b for b in range(256) if b > 127 or fold(chr(b)) == c) for c in _LETTERS} | {
    "m": b"mr",  # rn is read as m
    "w": b"wvy",
}
_BITS = 24


def slips(model: RepairModel, bases: Iterable[str]) -> Iterator[int]:
    """Ids of words whose skeleton is one of ``bases`` with one letter replaced, lost or added.

    The last letter is not lost and none is added after it: that would be another ending of the same word.
    """
    forms = [form for form in dict.fromkeys(bases) if form.isascii() and form.isalpha() and 1 < len(form) < LONGEST]
    if not forms:
        return
    kept = model.cache("slips")
    bits = kept.get("bits")
    if bits is None:
        bits = kept["bits"] = _bits(model.codes)
    seen: set[int] = set()
    text, offsets, buckets, marks = model.text, model.offsets, model.buckets, model.marks
    for place, made in _known(bits, forms):
        bucket, mark = place & 0xFFFF, place >> 16
        for number in range(buckets[bucket], buckets[bucket + 1]):
            if marks[number] == mark and number not in seen:
                form, i, letter, kind = made
                folded = f"{form[:i]}{letter}{form[i + kind :]}"
                # Most are strangers that share some bits of the hash: their first letter tells.
                if text[offsets[number]] in _FIRST.get(folded[0], b"") and skeleton(model.word(number)) == folded:
                    seen.add(number)
                    yield number


def seeds(lower: str) -> tuple[str, ...]:
    """The skeletons of a raw word, as written and with its doubled letters as one."""
    forms = (fold(lower), folded_as_o(lower))
    return (*forms, *map(merged, forms))


def _known(bits: NDArray[np.uint8], forms: list[str]) -> Iterator[tuple[int, tuple[str, int, str, int]]]:
    """Where the hashes of forms with one slip are those of words: the place of the hash, the form, where its letter
    is replaced or another added before it, by what, and whether it goes.
    """
    datas = [form.encode() for form in forms]
    wide = max(map(len, datas))
    letters = np.frombuffer(b"".join(data.ljust(wide, b"a") for data in datas), dtype=np.uint8).reshape(-1, wide) - 97
    behind = np.array([len(data) - 1 for data in datas])[:, None] - np.arange(wide)  # letters after each
    np.maximum(behind, 0, out=behind)
    parts = (_replaced(datas, letters, behind), _added(datas, letters, behind), _lost(datas, letters, behind))
    places = np.concatenate([part.ravel() for part in parts])
    hits = np.flatnonzero(bits[places >> 3] >> (places & 7) & 1)
    each, lost = wide * len(_LETTERS), len(forms) * wide * len(_LETTERS)
    for hit, place in zip(hits.tolist(), places[hits].tolist(), strict=True):
        if hit < 2 * lost:
            added, rest = divmod(hit, lost)
            k, rest = divmod(rest, each)
            i, letter = divmod(rest, len(_LETTERS))
            found = (forms[k], i, _LETTERS[letter], 1 - added)
        else:
            k, i = divmod(hit - 2 * lost, wide - 1)
            found = (forms[k], i, "", 1)
        if i < len(forms[k]) - (not found[2]):
            yield place, found


def _places(datas: Iterable[bytes]) -> NDArray[np.uint32]:
    return np.array([[_place(crc32(data))] for data in datas], dtype=np.uint32)


def _replaced(datas: list[bytes], letters: NDArray[np.uint8], behind: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Places of the hashes with each letter replaced by every other, by form, place and letter."""
    return _places(datas)[..., None] ^ _by_letter()[behind, letters]


def _added(datas: list[bytes], letters: NDArray[np.uint8], behind: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The same with every letter added before each: an added a that moves on one place changes places with one."""
    steps = _to_a()[behind[:, :-1] + 1, letters[:, :-1]] ^ _to_a()[behind[:, :-1], letters[:, :-1]]
    first = _places(b"a" + data for data in datas)
    moved: NDArray[np.uint32] = np.bitwise_xor.accumulate(np.concatenate((first, steps), axis=1), axis=1)
    table: NDArray[np.uint32] = moved[..., None] ^ _by_letter()[behind + 1, 0]
    return table


def _lost(datas: list[bytes], letters: NDArray[np.uint8], behind: NDArray[np.int64]) -> NDArray[np.uint32]:
    """The same with one letter less, but for the last."""
    steps = _to_a()[behind[:, 1:-1], letters[:, :-2]] ^ _to_a()[behind[:, 1:-1], letters[:, 1:-1]]
    return np.bitwise_xor.accumulate(np.concatenate((_places(data[1:] for data in datas), steps), axis=1), axis=1)


def _place(code: int) -> int:
    """The part of a hash that the lexicon keeps, which is as linear as the whole."""
    return code & 0xFFFF | code >> 24 << 16


def _bits(codes: frozenset[int]) -> NDArray[np.uint8]:
    """One bit for each hash that a word may have, set where one has it."""
    known = np.fromiter(codes, dtype=np.int64, count=len(codes))
    flags = np.zeros(1 << _BITS, dtype=bool)
    flags[(known & 0xFFFF) | (known >> 24 << 16)] = True
    return np.packbits(flags, bitorder="little")


@cache
def _to_a() -> NDArray[np.uint32]:
    """What a letter in place of an a changes, by the letters that follow and the letter."""
    spelled = [[crc32(bytes((97 + c, *bytes(k)))) ^ crc32(bytes((97, *bytes(k)))) for c in range(26)] for k in _BEHIND]
    return np.array([[_place(code) for code in row] for row in spelled], dtype=np.uint32)


@cache
def _by_letter() -> NDArray[np.uint32]:
    """What each other letter in place of one changes, by the letters that follow, the letter and the other.

    >>> k, o = ord("k") - 97, _LETTERS.index("o")
    >>> _place(crc32(b"oam")) ^ _place(crc32(b"kam")) == int(_by_letter()[2, k, o])
    True
    """
    table = _to_a()
    return table[:, :, None] ^ table[:, [ord(letter) - 97 for letter in _LETTERS]][:, None, :]
