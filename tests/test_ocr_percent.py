"""Per cent signs that were read as two digits."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.page import PageText, Token
from pipeline.ocr.percent import percents_told
from tests.ocr_files import SecondReader

DIGIT, SIGN, TWO_TOUCHING, BRACKET = 12, 20, 27, 5  # pixels wide, of 20 high


def told(words: list[tuple[str, list[int]]], seen: str) -> tuple[str, int]:
    """The line afterwards, and how often the engine was asked; each word with the widths of its pieces of ink."""
    sheet, line, x = Image.new("L", (900, 300), 255), [], 100
    draw = ImageDraw.Draw(sheet)
    for text, widths in words:
        begin = x
        for width in widths:
            draw.rectangle((x, 100, x + width - 1, 119), fill=0)
            x += width + 4
        line.append(Token(text, Box(begin, 100, x - 4, 120), 0.9))
        x += 10
    reader = SecondReader([(seen, 20, 30, 60, 40)])
    page = percents_told(reader, sheet, PageText(1, "ocr", ((tuple(line),),), 900, 300, 200), dpi=200, language="eng")
    assert reader.how <= {(6, "eng")}
    return " ".join(token.text for token in page.tokens), reader.asked


@pytest.mark.parametrize(
    ("words", "seen", "expected"),
    [
        ([("496", [DIGIT, SIGN])], "4%", "4%"),
        ([("8246.", [DIGIT, SIGN])], "8%.", "8%."),
        ([("2,590.", [DIGIT, DIGIT, SIGN])], "2.5%.", "2,5%."),
        ([("50", [DIGIT, DIGIT]), ("26)", [SIGN, BRACKET])], "150 %)", "50 %)"),
        ([("(896)", [BRACKET, DIGIT, SIGN, BRACKET])], "(8%)", "(8%)"),
    ],
    ids=[
        "at its number",
        "read as three digits",
        "behind a fraction",
        "apart, and ink of the word before",
        "in brackets",
    ],
)
def test_a_per_cent_sign_is_told(words: list[tuple[str, list[int]]], seen: str, expected: str) -> None:
    assert told(words, seen) == (expected, 1)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([("496", [DIGIT, DIGIT, DIGIT])], 0),
        ([("496", [DIGIT, TWO_TOUCHING])], 0),
        ([("vid", [DIGIT, BRACKET, DIGIT]), ("26", [SIGN])], 0),
        ([("417", [DIGIT, SIGN])], 0),
        ([("496", [DIGIT, SIGN])], 1),
    ],
    ids=["three digits", "two that touch", "no number before it", "not what the sign is read as", "not seen again"],
)
def test_digits_stay(words: list[tuple[str, list[int]]], asked: int) -> None:
    assert told(words, "496") == (" ".join(text for text, _ in words), asked)
