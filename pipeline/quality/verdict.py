"""The verdict on a text: how it was read, how much is damaged, in which language it is written."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import mojibake
from .features import Grams, grams, words_of
from .language import language_of
from .model import READERS, QualityModel

WRONG_MARGIN = 7.0  # log-odds of a wrong reader against none, over the whole text
WRONG_DAMAGE = 0.04  # below this share a foreign reader leaves nothing worth its own channel
NOISY_DAMAGE = 0.07
NOISY_WORDS = 4.0  # expected damaged words before a text counts as noisy
MOJIBAKE_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Verdict:
    """``ocr``: clean, wrong-language, noisy, mojibake or empty (``mixed`` only over pages).

    ``read_with`` is Tesseract's code of the language model that read the text wrongly, else ``None``;
    ``damage`` the estimated share of damaged words; ``language`` that of the text: sv, no, da, en, de, fi, other.
    """

    ocr: str
    read_with: str | None
    damage: float
    confidence: float
    language: str


def verdict(text: str, model: QualityModel) -> Verdict:
    """Judge a text by itself. Takes about a millisecond for a page; a text without letters or digits is empty."""
    if not any(char.isalnum() for char in text):
        return Verdict("empty", None, 0.0, 0.99, "sv")
    words = words_of(text)
    if not words.forms:
        return Verdict("clean", None, 0.0, 0.6, "sv")
    language, _ = language_of(text, model.languages)
    garbled = mojibake.find(text)
    lost = text.count("\ufffd")
    if len(garbled) + lost >= max(1.0, MOJIBAKE_SHARE * len(words.forms)):
        share = min(1.0, _garbled_words(text, garbled) / len(words.forms))
        return Verdict("mojibake", None, round(share, 4), 0.98 if garbled else 0.8, language)
    found = grams(words)
    if language != "sv":
        return Verdict("clean", None, 0.0, 0.6, language)
    return _reading(found, model, language)


def _reading(found: Grams, model: QualityModel, language: str) -> Verdict:
    """Clean, noisy, or read with a wrong language, from the words alone."""
    evidence = model.evidence(found)
    wrong = 1 + int(np.argmax(evidence[1:-1]))
    margin = float(evidence[wrong] - evidence[0])
    if margin >= WRONG_MARGIN and evidence[wrong] > evidence[-1]:
        damage = model.damage_share(found, READERS[wrong])
        if damage >= WRONG_DAMAGE:
            sure = _sure(evidence[1:-1], wrong - 1) * _squash((margin - WRONG_MARGIN) / 4 + 2)
            return Verdict("wrong-language", READERS[wrong], round(damage, 4), round(sure, 4), language)
    damage = model.damage_share(found, "noisy")
    expected = damage * len(found.words.forms)
    if damage >= NOISY_DAMAGE and expected >= NOISY_WORDS:
        sure = _squash((damage - NOISY_DAMAGE) * 40 + (expected - NOISY_WORDS) / 8)
        return Verdict("noisy", None, round(damage, 4), round(min(0.99, sure), 4), language)
    sure = _squash(2 + (NOISY_DAMAGE - damage) * 40) * _squash(2 + (WRONG_MARGIN - margin) / 4)
    return Verdict("clean", None, round(damage, 4), round(min(0.99, sure), 4), language)


def _garbled_words(text: str, garbled: list[mojibake.Garble]) -> int:
    """How many words hold a garbled or lost letter."""
    places = [g.start for g in garbled] + [i for i, char in enumerate(text) if char == "\ufffd"]
    starts = {max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) for place in places}
    return len(starts)


def _squash(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, x))))


def _sure(evidence: NDArray[np.float64], chosen: int) -> float:
    """How far the chosen reader stands out from the other wrong ones (words are not independent: damped)."""
    spread = np.exp((evidence - evidence[chosen]) / 3)
    return float(1.0 / spread.sum())
