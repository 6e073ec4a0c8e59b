"""A section at the head of a line that was read as a word."""

from __future__ import annotations

import pytest
from PIL import Image

from pipeline.document import Box
from pipeline.ocr.page import PageText, Token
from pipeline.ocr.section_heads import section_heads_told
from tests.ocr_files import SecondReader


def told(words: list[tuple[str, float]], seen: str) -> tuple[str, int, PageText]:
    line, x = [], 100
    for word, confidence in words:
        line.append(Token(word, Box(x, 100, x + 10 * len(word), 120), confidence))
        x += 10 * len(word) + 10
    words_seen = [(w, 20 + 50 * n, 30, 40, 40) for n, w in enumerate(seen.split())]
    reader, sheet = SecondReader(words_seen), Image.new("L", (900, 300), 255)
    page = PageText(1, "ocr", ((tuple(line),),), 900, 300, 200)
    page = section_heads_told(reader, sheet, page, dpi=200, language="eng")
    return " ".join(token.text for token in page.tokens), reader.asked, page


@pytest.mark.parametrize(
    ("words", "seen", "expected"),
    [
        ([("sin", 0.5), ("Dnr", 0.9)], "§ 191", "§ 191 Dnr"),
        ([("$", 0.9), ("[18", 0.9), ("Motion", 0.9)], "§ 118]", "§ 118 Motion"),
        ([("8", 0.9), ("l2", 0.9)], "§12", "§ 12"),
    ],
    ids=["read as a word", "a number that is none", "alone on its line"],
)
def test_a_section_is_told(words: list[tuple[str, float]], seen: str, expected: str) -> None:
    text, asked, page = told(words, seen)
    assert (text, asked) == (expected, 1)
    sign, number, *_ = page.tokens
    assert 100 == sign.box.x0 < sign.box.x1 == number.box.x0 < number.box.x1


@pytest.mark.parametrize(
    ("words", "seen", "asked"),
    [
        ([("sin", 0.9), ("Dnr", 0.9)], "§ 191", 0),
        ([("Dnr", 0.9), ("sin", 0.5)], "§ 191", 0),
        ([("8", 0.9), ("12", 0.9)], "§ 12", 0),
        ([("22", 0.5)], "§ 22", 0),
        ([("sin", 0.5)], "sin", 1),
        ([("sin", 0.5)], "sin § 2", 1),
    ],
    ids=["read surely", "inside the line", "left to the signs", "a number", "the word it was", "more than a section"],
)
def test_other_words_stay(words: list[tuple[str, float]], seen: str, asked: int) -> None:
    assert told(words, seen)[:2] == (" ".join(text for text, _ in words), asked)
