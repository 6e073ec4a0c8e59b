"""Titles and names as keys that survive OCR: folded, without the words that every title has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

_ABOUT = (
    r"(?:om|ang\.?|angående|gällande|rörande|avseende|beträffande|kring|för|med\s+förslag\s+om|"
    r"med\s+(?:rubriken|titeln|namnet)|kallad|benämnd)\s+"
)
_RAISED = (
    r"\b(?:motion(?:en)?|medborgarförslag(?:et)?)"
    r"(?:\s+\(?(?:nr\s*)?\d[\d:/-]*\)?)?"  # running number
    r"(?:\s+\([^\W\d_]{1,5}(?:,\s?[^\W\d_]{1,5})*\))?"  # party
    r"(?:\s*,?\s+(?P<who>(?:väckt\s+av|inlämnad\s+av|inkommen\s+från|ställd\s+av|av|från)\s[^§–—]{3,260}?))?"
)
# What stands before the subject: "Svar på motion från N.N. (S) m.fl. om ...", "Motion av ... angående ...".
MENTION = re.compile(_RAISED + r"\s*[,:–—-]?\s+" + _ABOUT, re.IGNORECASE)
# In a title a dash or a colon is enough: "Svar på motion 2021:45 av N.N. (S) – Rusta upp parken".
_HEADLINE = re.compile(_RAISED + r"\s*(?::|[–—]|\s-(?=\s)|(?=[”\"]))\s*(?:" + _ABOUT + ")?", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:\s*[-–—,(]\s*|\s+|^)(?:(?:svar\s+på|besvarande\s+av|remiss\s+av|yttrande\s+över|anmälan\s+av)\s+(?:en\s+)?motion\b|"
    r"motion\s+(?:av|från)\s).*$",
    re.I | re.S,
)
_NUMBER = (
    r"(?:(?:dnr|diarienummer|ärendenummer|ärende|nr)[.:]?\s*[\w:./-]*\d[\w:./-]*|[\w.-]*\d[\w.:-]*/[\w.:/-]+)[\s,;:.]+"
)
_HEAD = re.compile(
    rf"^\s*(?:{_NUMBER})*(?:(?:(?:förslag\s+till\s+)?svar\s+på|besvarande\s+av|yttrande\s+(?:över|angående)|"
    r"(?:åter)?remiss(?:\s+av|:)|återremiss\s+av|remittering\s+av|anmälan\s+av|beslut\s+om|beslut\s+med\s+anledning\s+av|"
    r"med\s+anledning\s+av|motion(?=:|\s[–—-]))\s*[:–—-]?\s*)*",
    re.IGNORECASE,
)
_MARKS = re.compile("[\u0300-\u036f]+")  # what decomposing sets apart from its letter
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"[A-ZÅÄÖÉÜ][\w'’-]+(?:\s+(?:von|af|de|av|el|al|[A-ZÅÄÖÉÜ][\w'’.-]*)){0,4}")
_COMMON = frozenset(
    "motion motionen medborgarforslag for fran inom eller gallande angaende kommun kommunen kommunens stad staden "
    "stadens svar fullmaktige kommunfullmaktige samt over".split()
)


_SLIPS = 65.0  # two words as alike as this may be one word, read badly


def fold_once(text: str) -> str:
    """Lower case, no diacritics, nothing but letters and digits, single spaces.

    >>> fold_once("Våld i nära  relationer!")
    'vald i nara relationer'
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    return " ".join(_WORD.findall(plain))


fold = lru_cache(maxsize=65536)(fold_once)  # for titles and names, which come again


def subject(title: str) -> str:
    """The subject of a printed title, without what names the handling or the movers.

    >>> subject("Svar på motion från Eva Ek (S) m.fl. om att rusta upp parken")
    'att rusta upp parken'
    >>> subject("Rusta upp parken – svar på motion väckt av Eva Ek (S)")
    'Rusta upp parken'
    >>> subject("Dnr TF2020/991 Remiss: Motion 2021:45 (S) – Rusta upp parken")
    'Rusta upp parken'
    """
    title = " ".join(title.split())
    for form in (MENTION, _HEADLINE):
        found = form.search(title)
        if found and len(title) - found.end() > 2:
            return title[found.end() :].strip(' ”"')
    return _HEAD.sub("", _TAIL.sub("", title)).strip(' ”"') or title


def tokens(text: str) -> list[str]:
    """The words that can tell one title from another, folded, in order, each once."""
    return list(dict.fromkeys(t for t in fold(text).split() if len(t) > 3 and t not in _COMMON))


def similarity(title: str, other: str) -> float:
    """How alike two subjects are, 0..1; forgiving of slips of the OCR and of one leading "att"."""
    a, b = _bare(title), _bare(other)
    if not a or not b:
        return 0.0
    return fuzz.ratio(a, b) / 100.0


def opens(title: str, window: str) -> float:
    """How well ``window`` (text after "motion om") begins with the title, 0..1.

    >>> opens("att rusta upp parken", "att rusta upp parken Kommunstyrelsen beslutar")
    1.0
    """
    a, b = _bare(title), _bare(window)
    if len(a) < 4 or not b:
        return 0.0
    best = fuzz.ratio(a, b[: len(a)])
    if 50.0 < best < 100.0:
        best = max(best, fuzz.ratio(a, b[: len(a) - 3]), fuzz.ratio(a, b[: len(a) + 3]))
    return best / 100.0


def replaced_words(title: str, other: str) -> int:
    """How many words each of two subjects has in the place of the other's; slips of the OCR and endings are none.

    >>> replaced_words("att rusta upp lekplatsen i Norrby", "upprustning av 1ekplatsen i Norrby året runt")
    0
    >>> replaced_words("att rusta lekplatsen i Norrby", "att rusta lekplatsen i Söderby")
    1
    """
    ours, theirs = _words(title), _words(other)
    return min(_alone(ours - theirs, theirs), _alone(theirs - ours, ours))


def surnames(people: str) -> tuple[str, ...]:
    """Folded surnames in running text such as "av Eva Ek (S), Bo von Sydow (M) och Li Ny (V)".

    >>> surnames("av Eva Ek (S) och Bo Ståhl-Berg (M)")
    ('ek', 'stahl berg')
    """
    cleaned = re.sub(r"\([^)]{0,12}\)", " , ", people)
    return tuple(dict.fromkeys(fold(m.group().split()[-1]) for m in _NAME.finditer(cleaned) if " " in m.group()))


def surname(name: str) -> str:
    """The folded surname of one name."""
    return fold(name.split()[-1]) if name.split() else ""


def shared_names(movers: tuple[str, ...], printed: tuple[str, ...]) -> float:
    """Share of the printed names that are movers, 0..1, names compared with a letter or so to spare.

    A handling may name some of the movers only; that it names somebody else speaks against it.

    >>> shared_names(("ek", "alm"), ("ek",)), shared_names(("ek",), ("ek", "alm"))
    (1.0, 0.5)
    """
    if not movers or not printed:
        return 0.0
    hits = sum(a in movers or any(fuzz.ratio(a, b, score_cutoff=80) for b in movers) for a in printed)
    return hits / len(printed)


def _alone(words: frozenset[str], others: frozenset[str]) -> int:
    """How many of the words have no counterpart that looks or begins like them."""
    openings = {other[:5] for other in others}
    return sum(
        word[:5] not in openings and not any(fuzz.ratio(word, other, score_cutoff=_SLIPS) for other in others)
        for word in words
    )


@lru_cache(maxsize=65536)
def _words(title: str) -> frozenset[str]:
    return frozenset(tokens(title))


@lru_cache(maxsize=65536)
def _bare(text: str) -> str:
    folded = fold(text)
    return folded[4:] if folded.startswith("att ") else folded
