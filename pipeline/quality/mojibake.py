"""Text that was written in one encoding and read in another: finding it, without repairing.

A table of what each Swedish letter and office sign becomes under each mix-up is computed from the codecs.
A sequence counts only where it cannot be real text: inside or at the edge of a word, and for mix-ups whose
single characters exist in good text (``†``, ``”``, ``õ``) only if the document shows them between small
letters again and again and has no real å, ä or ö beside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_LETTERS = "åäöÅÄÖéüÉÜèáàøæØÆëïôêîâçñßšžćčłúíóýğışŠŽ"
_SIGNS = "§–—”“’‘•…°´½ «»€·"


@dataclass(frozen=True, slots=True)
class Garble:
    """``[start, end)`` of the text stands for ``letters``; ``mixup`` names how it was misread."""

    start: int
    end: int
    letters: str
    mixup: str
    confidence: float


# name -> (written in, read in). The first group is safe by its sequences alone, the second needs evidence.
SEQUENCES = {
    "utf8-twice": ("utf-8*2", "cp1252"),
    "utf8": ("utf-8", "cp1252"),
    "utf8-as-cp850": ("utf-8", "cp850"),
    "utf8-as-macroman": ("utf-8", "mac_roman"),
}
SINGLES = {
    "cp850": ("cp850", "cp1252"),
    "macroman": ("mac_roman", "cp1252"),
    "latin1-as-macroman": ("cp1252", "mac_roman"),
    "latin1-as-cp850": ("cp1252", "cp850"),
    "iso646-se": ("iso646-se", "ascii"),
}
_ISO646 = dict(zip("åäöÅÄÖ", "}{|][\\", strict=True))


def _misread(letters: str, written: str, read: str) -> str | None:
    """What ``letters`` become; bytes that cp1252 leaves undefined pass as C1 controls, as browsers do."""
    if written == "iso646-se":
        return _ISO646.get(letters)
    if written == "utf-8*2":
        once = _misread(letters, "utf-8", read)
        return _misread(once, "utf-8", read) if once else None
    try:
        data = letters.encode(written)
    except UnicodeEncodeError:
        return None
    return "".join(bytes([b]).decode(read, "replace").replace("\ufffd", chr(b)) for b in data)


@cache
def sequences(mixup: str) -> dict[str, str]:
    """What stands in the text -> what was meant, for one mix-up.

    >>> sequences("utf8")["Ã¥"], sequences("cp850")["†"], sequences("macroman")["Š"]
    ('å', 'å', 'ä')
    """
    written, read = {**SEQUENCES, **SINGLES}[mixup]
    table: dict[str, str] = {}
    for letter in _LETTERS + _SIGNS:
        seen = _misread(letter, written, read)
        if seen and seen != letter:
            table.setdefault(seen, letter)
        if read == "cp1252" and (plain := _misread(letter, written, "latin-1")) and plain != letter:
            table.setdefault(plain, letter)  # the same bytes read as latin-1: C1 controls
    return table


@cache
def _pattern(mixup: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(seen) for seen in sorted(sequences(mixup), key=lambda s: (-len(s), s))))


@cache
def _inside(mixup: str) -> re.Pattern[str]:
    """The mix-up's signs between small letters, or capitals at a word's beginning: where no good text has them."""
    small = "".join(re.escape(seen) for seen in sorted(_small_signs(mixup)))
    return re.compile(f"(?<=[a-zåäö])[{small}](?=[a-zåäö])")


def find(text: str) -> list[Garble]:
    """Every garbled letter of the text, sorted and apart.

    >>> [g.letters for g in find("Ã¤ven pÃ¥ gatan")]
    ['ä', 'å']
    >>> find("Enligt bilaga 2†, se ”Motion om vård”")
    []
    """
    if text.isascii() and not _iso646(text):
        return []
    taken: list[Garble] = []
    for mixup in SEQUENCES:  # the twice garbled first: what they took is not taken again
        if _likely(text, mixup):
            _add(taken, [_garble(m, mixup, 0.99) for m in _pattern(mixup).finditer(text) if _fits(text, m, mixup)])
    if not taken:
        single = _single(text)
        if single:
            hits = [m for m in _pattern(single).finditer(text) if _in_word(text, m, single)]
            _add(taken, [_garble(m, single, 0.95) for m in hits])
    return sorted(taken, key=lambda g: g.start)


def _garble(match: re.Match[str], mixup: str, confidence: float) -> Garble:
    return Garble(match.start(), match.end(), sequences(mixup)[match[0]], mixup, confidence)


def _add(taken: list[Garble], found: list[Garble]) -> None:
    """Add what does not touch the taken."""
    occupied = {i for g in taken for i in range(g.start, g.end)}
    taken += [g for g in found if not occupied.intersection(range(g.start, g.end))]


def _likely(text: str, mixup: str) -> bool:
    """A cheap look for the lead byte before the pattern runs."""
    lead = {"utf8-twice": "Ã", "utf8": "ÃÂâ", "utf8-as-cp850": "├┬Ô", "utf8-as-macroman": "√¬‚"}[mixup]
    return any(sign in text for sign in lead)


def _fits(text: str, match: re.Match[str], mixup: str) -> bool:
    """``Ã`` before a space or at a word's end may be a name's own; ``Â§`` and ``â€“`` never are."""
    letter = sequences(mixup)[match[0]]
    if letter in _SIGNS:
        return mixup != "utf8" or len(match[0]) > 2 or not match[0][-1].isalpha()
    if match[0][-1] in " \u00a0":
        after = text[match.end() : match.end() + 1]
        return after.isalpha() and after.islower()
    return True


def _in_word(text: str, match: re.Match[str], mixup: str) -> bool:
    """Whether a single sign stands for a letter of a word (beside a letter) or for a sign (not between letters)."""
    table = sequences(mixup)
    letter = table[match[0]]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    before = "x" if before and before in table else before
    after = "x" if after and after in table else after
    if letter in _SIGNS:
        return not (before.isalpha() and after.isalpha())
    if before.isalpha() and after.isalpha():
        return True
    if letter.isupper():
        return after.isalpha() and not before.isalpha()
    if after.isalpha():  # a word that begins with the letter: "„ven" for även
        return not before.isalnum()
    return before.isalpha()


def _single(text: str) -> str | None:
    """The single-character mix-up of a text, where the evidence is beyond doubt."""
    present = set(text)
    if "}" not in present:  # a bar alone is what engines make of I and l
        present.discard("|")
    likely = [mixup for mixup in SINGLES if not _small_signs(mixup).isdisjoint(present)]
    if not likely:
        return None
    inside = {mixup: len(_inside(mixup).findall(text)) for mixup in likely}
    best = max(inside, key=inside.__getitem__)
    hits = inside[best]
    good = sum(text.count(letter) for letter in "åäö")
    words = text.count(" ") + text.count("\n") + 1
    if best == "iso646-se" and hits < 8:
        return None
    return best if hits >= 2 and hits > 4 * good and hits * 60 >= words else None


@cache
def _small_signs(mixup: str) -> frozenset[str]:
    """What stands for å, ä and ö."""
    return frozenset(seen for seen, letter in sequences(mixup).items() if letter in "åäö")


def _iso646(text: str) -> bool:
    return "}" in text and len(_inside("iso646-se").findall(text)) >= 8
