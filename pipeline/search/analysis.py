"""Swedish words as the index knows them: folded, by lemma, with the parts of compounds.

Lemmas come from the hunspell dictionary of the extra ``attsats[search]``; words it does not know, and every
word where it is not installed, fall back on the Snowball stemmer. An index remembers which of the two made it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module, metadata
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from .irregular import table as irregular_words
from .stem import stem

Value = TypeVar("Value")

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
RULES = 5  # raise when any rule below changes: indexes made by other rules are rebuilt
CACHED = 1_000_000
PLAIN = str.maketrans("åäöéèüáà", "aaoeeuaa")  # the usual ones, folded at once
SHORTEST_PART = 4
NO_HEADS = frozenset(
    "an av be bi för fram från före ge här hit hop igen in inne kring med mot ned ner om på sam till und under upp "
    "ut ute vid väl å åter över efter emot genom utan samt eller även sina sitt alla inte är att den det".split()
)


NO_TAILS = frozenset("ning ningar ande else elser heter skap dom akti vite kola ring are aren".split())
SHORT_WORDS = frozenset("bad bil buss by hem hus kö liv mat mål natt plan råd rör sal sjö tåg vik väg vård våg".split())
LONG_PART = 12
WHOLE_READING = re.compile(r" st:(\S*)( fl:\S*)?")  # of a word that is no compound: most are
ONLY_IN_COMPOUND = "Z"  # the flag of the Swedish dictionary


class Analysed(NamedTuple):
    """One word, all folded: its lemma, the lemmas of its compound parts, and other words it may be a form of."""

    lemma: str
    parts: tuple[str, ...]
    others: tuple[str, ...] = ()


class Readings(Protocol):
    """What is used of hunspell: the readings of a word form, as `` st:base fl:flag``."""

    def analyze(self, word: str) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Dictionary:
    """A dictionary: the readings of word forms, and the file of its base forms."""

    hunspell: Readings
    path: Path

    @cached_property
    def bases(self) -> frozenset[str]:
        """The lower-case base forms that are words of their own; only texts need them, queries do not."""
        return _bases(self.path)

    @cached_property
    def joined(self) -> frozenset[str]:
        """Those of them that are believed as parts of compounds."""
        return frozenset(filter(_may_stand_alone, self.bases))

    def readings(self, word: str) -> tuple[str, ...]:
        """The readings of a lower-case word, also as a name."""
        return self.hunspell.analyze(word) or self.hunspell.analyze(word.capitalize())


def fold(text: str) -> str:
    """Lower case without diacritics, as SQLite's ``unicode61 remove_diacritics 2`` sees it.

    >>> fold("Våld i NÄRA relationer, à la Wåhlström")
    'vald i nara relationer, a la wahlstrom'
    """
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    plain = lowered.translate(PLAIN)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


def words(text: str) -> Iterator[re.Match[str]]:
    """Every word of a text with its place."""
    return WORD.finditer(text)


class Remembered(dict[str, Value]):
    """What a function said of each string, asked once; forgotten when there are too many."""

    def __init__(self, function: Callable[[str], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: str) -> Value:
        if len(self) >= CACHED:
            self.clear()
        self[key] = made = self._function(key)
        return made


@dataclass
class Analyzer:
    """Analyses words and remembers what it analysed; ``dictionary`` is None where hunspell is not installed."""

    dictionary: Dictionary | None = None
    version: str = f"snowball-sv/{RULES}"

    def __post_init__(self) -> None:
        self._nouns: set[str] = set()  # irregular forms that can be nothing else
        self._stems = Remembered(self._stems_of)  # by lower-case word: parts of compounds come again and again
        self._lowered = Remembered(self._analyse)
        self._known = Remembered(self._lowered_first)
        self.irregular = irregular_words()

    def word(self, word: str) -> Analysed:
        """The analysis of one word in any case."""
        return self._known[word]

    def learn(self, words: Mapping[str, Analysed]) -> None:
        """Remember what another analyzer of this version said of words in lower case."""
        self._lowered.update((unicodedata.normalize("NFC", word), analysed) for word, analysed in words.items())

    def text(self, text: str) -> tuple[str, str]:
        """The lemmas of a text in order, and each compound part or other reading in it, once; joined by spaces."""
        found = [self._known[word] for word in WORD.findall(text)]
        parts = dict.fromkeys(chain.from_iterable(word.others + word.parts for word in found))
        return " ".join([word.lemma for word in found]), " ".join(parts)

    def lemmas(self, word: str) -> set[str]:
        """Every lemma a typed word may stand for, folded: all readings, and the stem (hissar: also hiss)."""
        lowered = unicodedata.normalize("NFC", word.lower())
        if self.irregular.noun_of(lowered):
            return {self.word(word).lemma}
        return {self.word(word).lemma, fold(stem(lowered)), *map(fold, self._stems[lowered])}

    def _lowered_first(self, word: str) -> Analysed:
        lowered = word.lower()
        return self._lowered[lowered if lowered.isascii() else unicodedata.normalize("NFC", lowered)]

    def _analyse(self, word: str) -> Analysed:
        if word.isdigit() or len(word) < 3:
            return Analysed(fold(word), ())
        lemma = self._lemma(word)
        folded = fold(lemma)
        found, split = self._others(word), self._split(lemma)
        others = tuple(other for other in dict.fromkeys(map(fold, found)) if other != folded) if found else ()
        return Analysed(folded, tuple(dict.fromkeys(map(fold, split))) if split else (), others)

    def _others(self, word: str) -> list[str]:
        """What else a word may be a form of: hissar of hissa and of hiss, dammar of dam and of damm."""
        others = self._stems[word][1:]
        if self.dictionary is None or word in self._nouns:
            return []
        plain = stem(word)
        if plain != word and len(plain) >= SHORTEST_PART and plain in self.dictionary.bases:
            others.append(plain)
        return others

    def _lemma(self, word: str) -> str:
        stems = self._stems[word]
        if self.dictionary is None and stems:
            return stem(stems[0])
        return stems[0] if stems else stem(word)

    def _stems_of(self, word: str) -> list[str]:
        """Base forms: of an irregular form its word, then by the dictionary, an inflected reading before an
        uninflected one, shorter before longer."""
        noun = self.irregular.noun_of(word)
        if noun:
            self._nouns.add(word)
            return [noun]
        irregular = self.irregular.bases_of(word)
        readings = self.dictionary.readings(word) if self.dictionary else ()
        bases = [(not inflected, len(base), base) for base, inflected in map(_base, readings) if base]
        bases.sort()
        return list(dict.fromkeys([*irregular, *[base for _, _, base in bases]]))

    def _split(self, lemma: str) -> list[str]:
        """The parts of a compound: the split with the longest known head, else none."""
        if self.dictionary is None or len(lemma) < 2 * SHORTEST_PART - 1:
            return []
        bases, joined = self.dictionary.bases, self.dictionary.joined
        for i in range(2, 6):
            if lemma[:i] in NO_HEADS and lemma[i:] in bases:
                return []  # avslag is no slag, ansvar is no svar
        for i in range(len(lemma) - 3, 2, -1):
            tail = lemma[i:]
            if tail in joined:
                known = self._head(lemma[:i], joined)
                if known:
                    return [known, *self._long(known), self._lemma(tail), *self._long(tail)]
        return []

    def _long(self, part: str) -> list[str]:
        return self._split(part) if len(part) >= LONG_PART else []

    def _head(self, head: str, joined: frozenset[str]) -> str | None:
        """The word that a first part stands for: skol- skola, kvinno- kvinna, barns- barn; None if it is none."""
        if head in NO_HEADS:
            return None
        forms = [head]
        if head.endswith("s") and len(head) > 4:
            forms = [head[:-1], head, head[:-1] + "e", head[:-1] + "a"]
        elif head.endswith(("o", "u")):
            forms = [head[:-1] + "a", head]
        for form in (*forms, head + "a", head + "e"):
            if form in joined:
                return self._lemma(form)
        return None


def _may_stand_alone(word: str) -> bool:
    """Whether a known word is long and plain enough to be believed as part of a compound."""
    return (len(word) >= SHORTEST_PART or word in SHORT_WORDS) and word not in NO_HEADS and word not in NO_TAILS


def _base(reading: str) -> tuple[str, bool]:
    """The base form of one hunspell reading, and whether it is inflected; empty where the reading is half a word.

    >>> _base(" pa:trafik st:trafik pa:åtgärder  st:åtgärd fl:H"), _base(" pa:anpassning")
    (('trafikåtgärd', True), ('', False))
    """
    whole = WHOLE_READING.fullmatch(reading)
    if whole:
        return whole[1].lower(), whole[2] is not None
    parts: list[str] = []
    base, inflected = "", False
    for entry in reading.split():
        if entry.startswith("pa:"):
            base = entry[3:]
            parts.append(base)
        elif entry.startswith("st:"):
            base = entry[3:]
        elif entry.startswith("fl:"):
            inflected = True
    if len(parts) == 1:
        return "", False
    return "".join([*parts[:-1], base]).lower(), inflected


@lru_cache(maxsize=1)
def analyzer() -> Analyzer:
    """The best analyzer of this installation, loaded once: hunspell where it is installed, else Snowball."""
    found = _dictionary()
    return Analyzer(found[0], f"{found[1]}/{RULES}") if found else Analyzer()


def _dictionary() -> tuple[Dictionary, str] | None:
    try:
        hunspell = import_module("hunspell")
    except ImportError:
        return None
    folder = next((f for f in _folders() if (f / "sv_SE.dic").is_file()), None)
    if folder is None:
        return None
    try:
        name = f"hunspell-sv-{metadata.version('hunspell-sv')}"
    except metadata.PackageNotFoundError:
        name = f"hunspell-sv-{(folder / 'sv_SE.dic').stat().st_size}"
    readings: Readings = hunspell.Hunspell("sv_SE", hunspell_data_dir=str(folder))
    return Dictionary(readings, folder / "sv_SE.dic"), name


def _bases(path: Path) -> frozenset[str]:
    """The lower-case base forms of a ``.dic`` file, one a line with its flags, less those that only join compounds."""
    found = re.findall(r"^([^\W\d_]+)(?:/(\S*))?(?=\s|$)", path.read_text(encoding="utf-8", errors="replace"), re.M)
    return frozenset(word for word, flags in found if ONLY_IN_COMPOUND not in flags and word.islower())


def _folders() -> Iterable[Path]:
    """Where the wheel and the distributions put dictionaries."""
    yield Path(sys.prefix) / "share" / "hunspell"
    yield Path("/usr/share/hunspell")
