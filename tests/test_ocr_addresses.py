"""E-mail addresses and long hexadecimal numbers."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.addresses import addresses_told
from pipeline.ocr.page import PageText, Token
from tests.ocr_files import SecondReader

NUMBER = "641CECDCE47CABF0EB93"


def told(read: str, seen: str, pieces: int = 30) -> tuple[str, int]:
    """What becomes of a token of so many pieces of ink, and how often the engine was asked."""
    sheet = Image.new("L", (900, 300), 255)
    for n in range(pieces):
        ImageDraw.Draw(sheet).rectangle((102 + 16 * n, 102, 108 + 16 * n, 118), fill=20)
    token = Token(read, Box(100, 100, 100 + 16 * pieces, 120), 0.8)
    page = PageText(1, "ocr", (((token,),),), 900, 300, 200)
    reader = SecondReader([(seen, 40, 30, 300, 40)])
    made = addresses_told(reader, sheet, page, dpi=200, language="eng")  # type: ignore[arg-type]
    return made.tokens[0].text, reader.asked


@pytest.mark.parametrize(
    ("read", "seen", "expected"),
    [
        ("eva.ekQlund.goteborg.se", "eva.ek@lund.goteborg.se", "eva.ek@lund.goteborg.se"),
        ("eva.ek(Plund.se", ": eva.ek@lund.se", "eva.ek@lund.se"),
        ("eva.ekQlund.se", "eva.ok@lund.se", "eva.ekQlund.se"),
        ("eva.ekQlund.se", "eva.ekQlund.se", "eva.ekQlund.se"),
        ("åsa.ekQlund.se", "asa.ek@lund.se", "åsa.ekQlund.se"),
    ],
    ids=["read as Q", "read as two", "another name", "no sign", "a ring lost"],
)
def test_an_address_that_is_the_same_but_for_its_sign(read: str, seen: str, expected: str) -> None:
    assert told(read, seen) == (expected, 1)


@pytest.mark.parametrize("read", ["www.lund.goteborg.se", "eva.ek@lund.se", "bl.a", "2024-01-02.", "kommunen.se"])
def test_what_needs_no_sign_is_not_looked_at(read: str) -> None:
    assert told(read, "eva.ek@lund.se") == (read, 0)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (NUMBER, NUMBER),
        (f": {NUMBER[:9]} {NUMBER[9:]}", NUMBER),
        (NUMBER.replace("0", "O"), NUMBER),
        (NUMBER[1:], None),
        (NUMBER.replace("C", "K"), None),
    ],
    ids=["as many as the ink", "in pieces", "an O for a nought", "fewer than the ink", "no such number"],
)
def test_a_number_has_as_many_characters_as_pieces_of_ink(seen: str, expected: str | None) -> None:
    read = NUMBER.replace("F0", "FO0")
    assert told(read, seen, len(NUMBER)) == (expected or read, 1)


def test_a_number_with_all_its_ink_is_not_looked_at() -> None:
    assert told(NUMBER, "0" * 20, len(NUMBER)) == (NUMBER, 0)
