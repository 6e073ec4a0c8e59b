"""The small model behind the verdict: one int8 table of n-gram weights, read once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelMissing
from .features import BITS, Grams, Words, letter_counts, lexicon_rows
from .language import LanguageTable, load_table

READERS = ["clean", "eng", "deu", "nor", "dan", "fra", "noisy"]
DAMAGE = ["eng", "deu", "nor", "dan", "fra", "noisy"]
GRAM_SHARE = 0.5  # n-grams and letters tell partly the same
PRIOR_WORDS, PRIOR_DAMAGE = 10, 0.015  # what clean words get, for names and terms among them


@dataclass(frozen=True)
class QualityModel:
    """Weights per hashed n-gram.

    ``reader`` has shape (buckets, 7): who read the text, or nobody wrongly. ``damage`` has shape
    (6, buckets): log-odds that a word is damaged, given who read it. ``straighten`` carries the mean
    of those probabilities to the share of damaged words that was counted on training pages.
    """

    reader: NDArray[np.float32]
    reader_bias: NDArray[np.float32]
    damage: NDArray[np.float32]
    damage_bias: NDArray[np.float32]
    straighten: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]
    letters: NDArray[np.float64]
    lexicon: NDArray[np.bool_]
    languages: LanguageTable

    def evidence(self, found: Grams) -> NDArray[np.float64]:
        """Summed log-odds per reader against clean, shape (7,): n-grams and marked letters."""
        tally = np.bincount(found.bucket, minlength=len(self.reader)).astype(np.float32)
        grams = tally @ self.reader + self.reader_bias
        letters = self.letters @ letter_counts(found.words)
        evidence: NDArray[np.float64] = GRAM_SHARE * (grams - grams[0]) + letters
        return evidence

    def word_damage(self, found: Grams, reader: str) -> NDArray[np.float64]:
        """Probability that each word is damaged, shape (words,), given that ``reader`` read it."""
        row = DAMAGE.index(reader)
        summed = np.bincount(found.owner, weights=self.damage[row][found.bucket], minlength=len(found.words.forms))
        odds: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(summed + self.damage_bias[row], -80, 80)))
        return odds

    def damage_share(self, found: Grams, reader: str) -> float:
        """Estimated share of damaged words, 0..1, given that ``reader`` read the text."""
        xs, ys = self.straighten[reader]
        return float(np.interp(self.raw_damage(found, reader), xs, ys))

    def raw_damage(self, found: Grams, reader: str) -> float:
        """Mean damage probability of the words, before straightening.

        Worn print leaves odd letters, and so do names and terms: for ``noisy`` common words are sound, other names do
        not count, nor does a word that comes back; a text of few words is drawn towards clean.
        """
        if not found.words.forms:
            return 0.0
        chances = self.word_damage(found, reader)
        if reader != "noisy":
            return float(chances.mean())
        common = self.common(found.words).tolist()
        met: Counter[str] = Counter()
        kept = []
        for form, named, known, chance in zip(*found.words, common, chances.tolist(), strict=True):
            met[form] += 1
            if known:
                kept.append(0.0)
            elif not named and met[form] == 1:
                kept.append(chance)
        return float((sum(kept) + PRIOR_WORDS * PRIOR_DAMAGE) / (len(kept) + PRIOR_WORDS))

    def common(self, words: Words) -> NDArray[np.bool_]:
        """Which words are common ones, shape (words,); one in a hundred others passes for one."""
        first, second = lexicon_rows(words)
        found: NDArray[np.bool_] = self.lexicon[first] & self.lexicon[second]
        return found


def load(folder: Path) -> QualityModel:
    """Read the model of ``folder`` (``weights.npz``, ``config.json``).

    Raises:
        ModelMissing: a file is missing or was made for other features.
    """
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        stored = np.load(folder / "weights.npz")
    except OSError as error:
        raise ModelMissing(
            f"The quality model in {folder} cannot be read: {error}.", "Rebuild it with 'make models'."
        ) from error
    if config["bits"] != BITS or config["readers"] != READERS or config["damage"] != DAMAGE:
        raise ModelMissing(f"The quality model in {folder} is of another version.", "Rebuild it with 'make models'.")
    table = stored["table"].astype(np.float32) * stored["scale"]
    bias = stored["bias"].astype(np.float32)
    count = len(READERS)
    return QualityModel(
        reader=np.ascontiguousarray(table[:, :count]),
        reader_bias=bias[:count],
        damage=np.ascontiguousarray(table[:, count:].T),
        damage_bias=bias[count:],
        straighten={reader: _line(knots) for reader, knots in config["straighten"].items()},
        letters=np.array([config["letters"][reader] for reader in READERS], dtype=np.float64),
        lexicon=np.unpackbits(stored["lexicon"]).astype(np.bool_),
        languages=load_table(),
    )


def _line(knots: list[list[float]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = np.array(knots, dtype=np.float64)
    return points[:, 0], points[:, 1]
