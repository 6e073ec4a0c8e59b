"""The words of many texts, piece by piece: what stands between two blanks is taken apart and analysed once."""

from __future__ import annotations

from itertools import chain

from .analysis import WORD, Analyzer, Remembered


class Pieces:
    """Analyses texts for the index, and collects every word form that it meets for the first time.

    A word holds no blank, so the words of a text are those of its pieces; most pieces have been met before, and then
    a text costs two look-ups for each and nothing more.
    """

    def __init__(self, words: Analyzer) -> None:
        self.fresh: set[str] = set()
        self._words = words
        self._lemmas = Remembered(self._lemmas_of)
        self._parts = Remembered(self._parts_of)

    def text(self, text: str) -> tuple[str, str]:
        """The words that :meth:`Analyzer.text <pipeline.search.analysis.Analyzer.text>` gives of a text, with more
        blanks where a piece holds no word."""
        pieces = text.split()
        parts = dict.fromkeys(chain.from_iterable(map(self._parts.__getitem__, dict.fromkeys(pieces))))
        return " ".join(map(self._lemmas.__getitem__, pieces)), " ".join(parts)

    def forget(self) -> None:
        """Take every word for a fresh one again."""
        self.fresh.clear()
        self._lemmas.clear()
        self._parts.clear()

    def _lemmas_of(self, piece: str) -> str:
        found = WORD.findall(piece)
        self.fresh.update(found)
        return " ".join([self._words.word(word).lemma for word in found])

    def _parts_of(self, piece: str) -> tuple[str, ...]:
        analysed = map(self._words.word, WORD.findall(piece))
        return tuple(dict.fromkeys(chain.from_iterable(word.others + word.parts for word in analysed)))
