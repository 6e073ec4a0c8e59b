"""The stretch of a text that shows best why it was found, with every matching word marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .analysis import WORD, Analyzer, fold

Range = tuple[int, int]
LENGTH = 240
LONGEST_TEXT = 200_000  # characters looked at: enough for the longest §


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text and the ranges in it that matched."""

    text: str
    marks: tuple[Range, ...] = ()

    def marked(self, before: str = "[", after: str = "]", escape: Callable[[str], str] = str) -> str:
        """The text with marks put in; ``escape`` is applied to everything between them.

        >>> Snippet("mot våld", ((4, 8),)).marked()
        'mot [våld]'
        """
        parts, last = [], 0
        for start, end in self.marks:
            parts += [escape(self.text[last:start]), before, escape(self.text[start:end]), after]
            last = end
        return "".join([*parts, escape(self.text[last:])])


@dataclass(frozen=True)
class Matcher:
    """Finds in a text what the query looked for.

    ``lemmas`` and ``prefixes`` are folded; ``phrases`` are tuples of folded words that must stand side by side.
    """

    words: Analyzer
    lemmas: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    _keys: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def marks(self, text: str) -> list[tuple[Range, str]]:
        """Every matching word or phrase: its place, and a key that tells different matches apart."""
        found: list[tuple[Range, str]] = []
        seen: list[tuple[Range, str]] = []
        keys = self._keys
        for match in WORD.finditer(text[:LONGEST_TEXT]):
            word = match[0]
            if word not in keys:
                keys[word] = self._key(word)
            key = keys[word]
            if key:
                found.append((match.span(), key))
            if self.phrases:
                seen.append((match.span(), fold(word)))
        for phrase in self.phrases:
            found += _side_by_side(seen, phrase)
        return _apart(found)

    def _key(self, word: str) -> str | None:
        analysed = self.words.word(word)
        if analysed.lemma in self.lemmas:
            return analysed.lemma
        part = next((part for part in (*analysed.others, *analysed.parts) if part in self.lemmas), None)
        if part:
            return part
        folded = fold(word)
        if folded in self.lemmas:
            return folded
        return next((prefix for prefix in self.prefixes if folded.startswith(prefix)), None)


def snippet(text: str, matcher: Matcher, length: int = LENGTH) -> Snippet:
    """The stretch of about ``length`` characters with most different matches; the beginning where there are none."""
    marks = matcher.marks(text)
    start = _best_start(marks, length) if marks else 0
    start, end = _to_words(text, max(0, start - length // 6), length)
    lead, tail = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    inside = [(a - start + len(lead), b - start + len(lead)) for (a, b), _ in marks if start <= a and b <= end]
    shown = "".join(" " if c.isspace() else c for c in text[start:end])
    return Snippet(lead + shown + tail, tuple(inside))


def _best_start(marks: Sequence[tuple[Range, str]], length: int) -> int:
    best, best_start = (0, 0), marks[0][0][0]
    for i, ((start, _), _) in enumerate(marks):
        inside = []
        for (_, end), key in marks[i : i + 24]:
            if end > start + length * 3 // 4:
                break
            inside.append(key)
        score = (len(set(inside)), len(inside))
        if score > best:
            best, best_start = score, start
    return best_start


def _to_words(text: str, start: int, length: int) -> Range:
    """A stretch that cuts no word."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    end = min(len(text), start + length)
    while end < len(text) and end > start + length // 2 and not text[end].isspace():
        end -= 1
    return start, end


def _side_by_side(seen: Sequence[tuple[Range, str]], phrase: tuple[str, ...]) -> list[tuple[Range, str]]:
    width = len(phrase)
    return [
        ((seen[i][0][0], seen[i + width - 1][0][1]), " ".join(phrase))
        for i in range(len(seen) - width + 1)
        if tuple(word for _, word in seen[i : i + width]) == phrase
    ]


def _apart(found: list[tuple[Range, str]]) -> list[tuple[Range, str]]:
    """Sorted, the longer of two that overlap."""
    kept: list[tuple[Range, str]] = []
    for span, key in sorted(found, key=lambda f: (f[0][0], -f[0][1])):
        if not kept or span[0] >= kept[-1][0][1]:
            kept.append((span, key))
    return kept
