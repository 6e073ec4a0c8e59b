"""The words of many texts, piece by piece: what stands between blanks and stops is taken apart and analysed once."""

from __future__ import annotations

from itertools import chain

from .analysis import WORD, Analyzer, Remembered


class Piece:
    """What stands between blanks and stops: its lemmas, and the parts and other readings of its words.

    Compared by identity, so that the pieces of a text are told apart without looking at them.
    """

    __slots__ = ("lemmas", "parts")

    def __init__(self, lemmas: str, parts: tuple[str, ...]) -> None:
        self.lemmas = lemmas
        self.parts = parts


class Pieces:
    """Analyses texts for the index, and collects every word form that it meets for the first time.

    A word holds no blank and no stop, so the words of a text are those of its pieces; most pieces have been met
    before, and then a text costs one look-up for each and nothing more.
    """

    def __init__(self, words: Analyzer) -> None:
        self.fresh: set[str] = set()
        self._words = words
        self._known = Remembered(self._analyse)

    def text(self, text: str) -> tuple[str, str]:
        """The words that :meth:`Analyzer.text <pipeline.search.analysis.Analyzer.text>` gives of a text, with more
        blanks where a piece holds no word."""
        found = list(map(self._known.__getitem__, text.replace(".", " ").replace(",", " ").split()))
        parts = dict.fromkeys(chain.from_iterable([piece.parts for piece in dict.fromkeys(found) if piece.parts]))
        return " ".join([piece.lemmas for piece in found]), " ".join(parts)

    def forget(self) -> None:
        """Take every word for a fresh one again."""
        self.fresh.clear()
        self._known.clear()

    def _analyse(self, piece: str) -> Piece:
        found = [piece] if piece.isalnum() else WORD.findall(piece)
        self.fresh.update(found)
        analysed = list(map(self._words.word, found))
        parts = dict.fromkeys(chain.from_iterable(word.others + word.parts for word in analysed))
        return Piece(" ".join([word.lemma for word in analysed]), tuple(parts))
