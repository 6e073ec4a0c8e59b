"""Channels of other languages' models: the English one with their own way of reading å, ä and ö."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from pathlib import Path
from typing import Any

from .model import UNIT

SAME = {"dan": "nor"}
ABSENT = {"deu": "å", "nor": "ä", "fra": "å"}  # the letter that the model does not know
SHARE = 0.002  # of all letters: a tenth of what Swedish has
FEW = 200  # letters
_TABLE = Path(__file__).resolve().parent.parent / "tables" / "ocr_languages.tsv"


def rows(language: str) -> dict[str, dict[str, int]]:
    """Costs of what å, ä and ö are read as; nothing for a language without a row.

    >>> rows("deu")["å"]["ä"], rows("xyz")
    (2, {})
    """
    found: dict[str, dict[str, int]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line[:1] not in ("", "#"):
            name, printed, read, rate = line.split("\t")
            if name == SAME.get(language, language):
                found.setdefault(printed, {})[read] = round(-log(float(rate) / 10_000) * UNIT)
    return found


def may_have_read(language: str, text: str) -> bool:
    """Whether the model of a language can have read a text: the letter that it does not know is hardly there.

    >>> may_have_read("deu", "fräga om tillgäng till mark " * 20), may_have_read("deu", "fråga om mark " * 20)
    (True, False)
    """
    letter = ABSENT.get(SAME.get(language, language))
    letters = sum(map(str.isalpha, text))
    return letter is not None and letters >= FEW and text.lower().count(letter) < SHARE * letters


def adapted(english: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The English table with the rows of another language in place of its own."""
    own = rows(language)
    letters = {p: ways for p, ways in english["letters"].items() if not any(c in own for c in p)}
    words = {p: ways for p, ways in english["words"].items() if not any(c in own for c in p)}
    return {**english, "letters": {**letters, **own}, "words": words}
