"""What the ink tells: stops that hang below the line, and lines that the engine tore in two."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.page import Line, PageText, Token
from pipeline.ocr.stops import stops_told
from pipeline.ocr.strokes import is_thin, thickened
from pipeline.ocr.torn_lines import torn_lines_mended
from pipeline.ocr.tsv import HEADER


def line_of(text: str, x: int, y: int) -> Line:
    """Words of letters 10 wide and 20 high, one blank of 10 between them."""
    made = []
    for word in text.split():
        made.append(Token(word, Box(x, y, x + 10 * len(word), y + 20), 0.9))
        x += 10 * len(word) + 10
    return tuple(made)


@pytest.mark.parametrize(
    ("text", "stop", "expected"),
    [
        ("2024.", (115, 125), "2024,"),
        ("2024.", (115, 120), "2024."),
        ("2024,", (115, 120), "2024."),
        ("2024,", (115, 125), "2024,"),
        ("ung.", (115, 125), "ung."),
        ("2024.", None, "2024."),
    ],
    ids=["a comma", "a full stop", "a full stop read as a comma", "a comma all the same", "after a g", "nothing there"],
)
def test_a_comma_hangs_and_a_full_stop_stands(text: str, stop: tuple[int, int] | None, expected: str) -> None:
    sheet = Image.new("L", (400, 300), 255)
    pen = ImageDraw.Draw(sheet)
    for n in range(len(text) - 1):
        pen.rectangle((100 + 10 * n, 100, 106 + 10 * n, 120), fill=20)
    if stop:
        pen.rectangle((100 + 10 * (len(text) - 1), stop[0], 103 + 10 * (len(text) - 1), stop[1]), fill=20)
    page = PageText(1, "ocr", ((line_of(text, 100, 100),),), 400, 300, 200)
    assert [token.text for token in stops_told(sheet, page).tokens] == [expected]


class LineReader:
    """Stands for the engine: sees these words on a line, from left to right."""

    def __init__(self, words: str) -> None:
        self.words = words

    def read(self, image: Image.Image, *, dpi: int, psm: int, languages: str) -> str:
        rows = [f"5\t1\t1\t1\t1\t{n}\t{10 * n}\t6\t9\t20\t90\t{word}" for n, word in enumerate(self.words.split(), 1)]
        return "\n".join([HEADER, *rows])


ABOVE = line_of("Kommunstyrelsen föreslår att motionen avslås", 100, 100)
LEFT = line_of("och att miljö- och", 100, 140)
RIGHT = line_of("nämnden får", 330, 140)
SHEET = Image.new("L", (1000, 400), 255)


def lines_after(page: PageText, seen: str) -> list[list[str]]:
    mended = torn_lines_mended(LineReader(seen), SHEET, page, dpi=200, languages="swe")
    return [[" ".join(token.text for token in line) for line in paragraph] for paragraph in mended.paragraphs]


def test_a_torn_line_is_read_again_in_its_place() -> None:
    page = PageText(1, "ocr", ((RIGHT,), (ABOVE, LEFT)), 1000, 400, 200)
    whole = "och att miljö- och klimatnämnden får"
    assert lines_after(page, whole) == [["Kommunstyrelsen föreslår att motionen avslås", whole]]


def test_a_torn_line_keeps_its_words_where_less_is_read() -> None:
    page = PageText(1, "ocr", ((ABOVE, LEFT), (RIGHT,)), 1000, 400, 200)
    assert lines_after(page, "och")[0][1] == "och att miljö- och nämnden får"


def test_the_boxes_of_a_mended_line_are_the_pages() -> None:
    page = PageText(1, "ocr", ((ABOVE, LEFT), (RIGHT,)), 1000, 400, 200)
    mended = torn_lines_mended(
        LineReader("och att miljö- och klimatnämnden får"), SHEET, page, dpi=200, languages="swe"
    )
    first = mended.paragraphs[0][1][0].box
    assert (first.y0, first.y1) == (140, 160)
    assert first.x0 == 100 - 6 + 10


@pytest.mark.parametrize(
    "other",
    [
        (line_of("Kort rubrik", 100, 100), LEFT),
        (line_of("Datum", 100, 100) + line_of("Handläggare", 330, 100), LEFT),
    ],
    ids=["two columns", "two columns under one line with the same gap"],
)
def test_columns_are_left_alone(other: tuple[Line, ...]) -> None:
    page = PageText(1, "ocr", (other, (RIGHT,)), 1000, 400, 200)
    assert torn_lines_mended(LineReader("x"), SHEET, page, dpi=200, languages="swe") is page


def bars(width: int, ink: int = 0) -> Image.Image:
    """A page of upright strokes so many pixels wide."""
    sheet = Image.new("L", (400, 300), 255)
    pen = ImageDraw.Draw(sheet)
    for x in range(20, 380, 20):
        pen.rectangle((x, 20, x + width - 1, 280), fill=ink)
    return sheet


def test_only_black_and_white_pages_with_thin_strokes_are_thickened() -> None:
    assert is_thin(bars(2))
    assert is_thin(bars(2).convert("1"))
    assert not is_thin(bars(6))
    assert not is_thin(bars(2, ink=90))
    assert not is_thin(Image.new("L", (400, 300), 255))


def test_thickening_adds_half_a_shade_around_the_ink_and_takes_none_away() -> None:
    before, after = bars(2), thickened(bars(2))
    row = [after.getpixel((x, 100)) for x in range(17, 25)]
    assert row == [254, 254, 127, 0, 0, 127, 254, 254]
    assert after.size == before.size
