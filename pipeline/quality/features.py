"""Words of a text and the hashed character n-grams they are judged by.

Everything is vectorised over the code points of the text: a page of 3,000 characters costs well under a
millisecond. Letter case is folded, because headings in capitals are read as well or badly as the rest.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ORDERS = (1, 2, 3, 4, 5)
BITS = 14
BUCKETS = 1 << BITS

# What no language model can tell good from bad: numbers, dates, paragraph signs, rules, bullets.
# A lone "|", "$" or "&" stays: it is what wrong readings leave of I, § and ä.
_PLAIN = re.compile(
    r"[\d\s.,:;/()\[\]+*=%€#_§•·●○▪■o–—‐\-…'\"”“’»«!?<>\\^~]+\Z|\S*(?:@|www\.|https?:|\.pdf|_\w+_|[a-fA-F\d]{24})\S*\Z|\([A-ZÅÄÖa-zåäö]{1,3}\)[.,;:]?\Z"
)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a text, flat: ``bucket[i]`` belongs to word ``owner[i]`` (both of length n-grams).

    ``words`` are the judged words in order.
    """

    words: Words
    bucket: NDArray[np.uint32]
    owner: NDArray[np.int32]


class Words(NamedTuple):
    """The words that can be judged: in lower case, and whether each was written as a name is (``Sjövik``)."""

    forms: tuple[str, ...]
    named: tuple[bool, ...]


def words_of(text: str) -> Words:
    """The words that can be judged.

    >>> words_of("§ 42 Ärende 18: KS 2025/393 | år").forms
    ('ärende', '|', 'år')
    """
    text = _ABBREVIATION.sub(" ", text)
    if text.count("|") > 1 or "<" in text:
        text = _MARKUP.sub(_unmark, text)
    forms, named = [], []
    for word in text.split():
        bare = word if word.isalpha() else "" if _PLAIN.match(word) else word.strip(_EDGES)
        if bare:
            forms.append(bare.lower())
            named.append(bare.istitle())
    return Words(tuple(forms), tuple(named))


MARKED = "åäöéèêëæøüàâôáçß"  # letters that tell the languages of OCR models apart


def letter_counts(words: Words) -> NDArray[np.float64]:
    """How often each marked letter stands in the words, and all other characters last; shape (17,).

    Names do not count: a list of them may well have no å, ä or ö.
    """
    joined = "".join(form for form, named in zip(*words, strict=True) if not named)
    counts = [joined.count(letter) for letter in MARKED]
    return np.array([*counts, len(joined) - sum(counts)], dtype=np.float64)


LEXICON_BITS = 20


def lexicon_rows(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Two places for every word in a bitmap of ``2 ** LEXICON_BITS``: a word is common where both bits are set."""
    codes = np.array([zlib.crc32(form.encode("utf-8", "replace")) for form in words.forms], dtype=np.int64)
    return codes & ((1 << LEXICON_BITS) - 1), codes >> (32 - LEXICON_BITS)


def _unmark(found: re.Match[str]) -> str:
    """Tags and the bars between a table's columns are no words; a bar alone in its line may be an I."""
    return re.sub(r"<br ?/?>|\|", " ", found[0])


# A line with two bars or more, or a tag.
_MARKUP = re.compile(r"^[^|\n]*\|[^|\n]*\|.*$|<br ?/?>", re.M)
# KS, KF, SD, (L): codes, which every reader leaves alike; a capital alone may be what is left of a word.
_ABBREVIATION = re.compile(r"(?<!\S)[\"”(]?(?:[A-ZÅÄÖ]{2}|[A-HJ-Z](?=\)))[.,:;)\"”]*(?!\S)")
_EDGES = ".,:;()[]\"”“’'!?»«–—-•*"


def grams(words: Words) -> Grams:
    """Hash the n-grams of every word, word boundaries included, none across words."""
    joined = " " + " ".join(words.forms) + " "
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    space = codes == 32
    word_at = np.cumsum(space, dtype=np.int32) - 1
    buckets, owners = [], []
    value = np.zeros(len(codes), dtype=np.uint32)
    crossed = np.zeros(len(codes), dtype=bool)
    for order in range(1, max(ORDERS) + 1):
        size = len(codes) - order + 1
        if size <= 0:
            break
        if order > 2:  # the character before last has become an inner one
            crossed = crossed[:size] | space[order - 2 : order - 2 + size]
        value = value[:size] * np.uint32(0x01000193) + codes[order - 1 : order - 1 + size] + np.uint32(order)
        keep = ~crossed[:size]
        if order == 1:
            keep = ~space
        elif order == 2:
            keep = ~(space[:size] & space[1 : 1 + size])
        mixed = value[keep] * np.uint32(0x9E3779B1)
        buckets.append(((mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x85EBCA77)) >> np.uint32(32 - BITS))
        owners.append(np.maximum(word_at[:size][keep], 0) if order > 1 else word_at[keep])
    return Grams(words, np.concatenate(buckets), np.concatenate(owners))
