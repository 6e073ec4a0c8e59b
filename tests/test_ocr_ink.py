"""What the ink tells: stops, the upright lines of tables, rows of dots, page numbers, torn lines, grain."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.descent import pieces_of
from pipeline.ocr.list_stops import list_stops_told
from pipeline.ocr.page import Line, PageText, Token
from pipeline.ocr.page_counts import page_counts_told
from pipeline.ocr.paper import without_grain
from pipeline.ocr.stops import stops_told
from pipeline.ocr.strokes import is_thin, thickened
from pipeline.ocr.thousands import thousands_parted
from pipeline.ocr.torn_lines import torn_lines_mended
from pipeline.ocr.tsv import HEADER
from pipeline.ocr.upright import upright_told


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


def drawn(*strokes: tuple[int, int, int, int], height: int = 200) -> Image.Image:
    """A page with ink in these rectangles."""
    sheet = Image.new("L", (600, height), 255)
    for stroke in strokes:
        ImageDraw.Draw(sheet).rectangle(stroke, fill=20)
    return sheet


def page_of(*tokens: tuple[str, Box, float]) -> PageText:
    return PageText(1, "ocr", ((tuple(Token(*token) for token in tokens),),), 600, 200, 200)


LETTERS = [(100 + 14 * n, 100, 110 + 14 * n, 120) for n in range(6)]  # 20 high
NAME = ("Lisman", Box(100, 100, 182, 121), 0.9)


@pytest.mark.parametrize(
    ("read", "ink", "told"),
    [
        ("I", [(240, 96, 243, 128)], "|"),
        ("IX]", [(240, 96, 243, 128), (255, 100, 270, 120), (284, 96, 287, 128)], "| X |"),
        ("X1|", [(240, 100, 256, 120), (284, 96, 287, 128)], "X |"),
        ("I", [(240, 100, 243, 120)], "I"),
        ("1", [(240, 96, 252, 128)], "1"),
    ],
    ids=["a line", "lines around a cross", "one line read twice", "as high as the letters", "as broad as a letter"],
)
def test_the_upright_lines_of_a_table_are_told_by_their_ink(
    read: str, ink: list[tuple[int, int, int, int]], told: str
) -> None:
    sheet = drawn(*LETTERS, (80, 96, 83, 128), *ink)
    left, right = ("|", Box(80, 96, 84, 129), 0.9), (read, Box(240, 96, ink[-1][2] + 1, 129), 0.9)
    page = upright_told(sheet, page_of(left, NAME, right))
    assert " ".join(token.text for token in page.tokens[2:]) == told


@pytest.mark.parametrize(("known", "told"), [(True, "|"), (False, "I")], ids=["as the other", "no other"])
def test_a_bar_is_as_high_as_the_bars_that_were_read(known: bool, told: str) -> None:
    strokes = [(x, 99, x + 2, 121) for x in (40, 240, 300)]  # 23 high beside letters of 21
    boxes = [Box(x - 3, 97, x + 5, 123) for x in (40, 240, 300)]
    read = ("|" if known else "I", boxes[0], 0.9)
    page = page_of(read, NAME, ("I", boxes[1], 0.9), ("I", boxes[2], 0.9))
    assert upright_told(drawn(*strokes, *LETTERS), page).tokens[2].text == told


@pytest.mark.parametrize(
    ("text", "steps", "parted"),
    [
        ("20019", (15, 22, 15, 15), ["20", "019"]),
        ("1500", (20, 14, 14), ["1", "500"]),
        ("1500,", (20, 14, 14, 12), ["1", "500,"]),
        ("2023", (14, 14, 14), ["2023"]),
        ("43481", (14, 14, 20, 14), ["43481"]),
        ("2023", (16, 14, 14), ["2023"]),
        ("0300", (20, 14, 14), ["0300"]),
    ],
    ids=["five", "four", "with a comma", "a year", "a blank elsewhere", "hardly wider", "a dialling code"],
)
def test_the_blank_between_thousands_is_told_by_its_white(text: str, steps: tuple[int, ...], parted: list[str]) -> None:
    x, strokes = 100, []
    for step, character in zip((*steps, 0), text, strict=True):
        strokes.append((x, 116, x + 3, 123) if character == "," else (x, 100, x + 9, 120))
        x += step
    page = page_of((text, Box(98, 98, strokes[-1][2] + 2, 122), 0.9), ("kr", Box(300, 98, 320, 122), 0.9))
    told = thousands_parted(drawn(*strokes), page).tokens
    assert [token.text for token in told] == [*parted, "kr"]
    assert all(one.box.x1 <= other.box.x0 for one, other in pairwise(told))


def test_the_upright_lines_of_a_line_without_letters_are_told_by_those_of_the_table() -> None:
    """An empty row, and below it one whose letters are higher by a ring."""
    bars = [(80, 96, 83, 127), (240, 96, 243, 127), (80, 196, 83, 227), (240, 196, 243, 227)]
    low = [(x0, y0 + 200, x1, y1 + 200) for x0, y0, x1, y1 in LETTERS]
    ring = (120, 296, 124, 298)
    sheet = drawn(*bars, *LETTERS, *low, ring, (80, 296, 83, 327), (240, 296, 243, 327), height=400)
    rows = []
    for y, name in ((100, True), (200, False), (300, True)):
        edges = (Token("I", Box(80, y - 4, 84, y + 28), 0.9), Token("I", Box(240, y - 4, 244, y + 28), 0.9))
        word = (Token(NAME[0], NAME[1]._replace(y0=y, y1=y + 20), 0.9),) if name else ()
        rows.append((edges[0], *word, edges[1]))
    page = PageText(1, "ocr", (tuple(rows),), sheet.width, sheet.height, 200)
    assert [token.text for token in upright_told(sheet, page).tokens if token.text != NAME[0]] == ["|"] * 6


def test_an_i_in_a_line_without_upright_lines_stays() -> None:
    sheet = drawn(*LETTERS, (240, 96, 243, 128))
    page = page_of(NAME, ("I", Box(240, 96, 244, 129), 0.9))
    assert upright_told(sheet, page) == page


DOTS = [(240 + 10 * n, 117, 243 + 10 * n, 120) for n in range(12)]


def test_a_row_of_dots_is_dots_and_as_many() -> None:
    sheet = drawn(*LETTERS, *DOTS)
    whole = page_of(NAME, ("smsserrnn", Box(240, 117, 354, 121), 0.0))
    assert [token.text for token in upright_told(sheet, whole).tokens] == ["Lisman", "............"]
    halves = page_of(NAME, ("ssern", Box(240, 117, 294, 121), 0.0), ("rr", Box(300, 117, 354, 121), 0.1))
    assert [token.text for token in upright_told(sheet, halves).tokens] == ["Lisman", "............"]


def test_dots_behind_a_word_leave_the_word() -> None:
    sheet = drawn(*LETTERS, *DOTS)
    page = page_of(NAME, ("Lisman....ssrn", Box(100, 100, 354, 121), 0.0))
    assert upright_told(sheet, page).tokens[1].text == "Lisman............"


def test_letters_read_unsurely_are_no_dots() -> None:
    sheet = drawn(*LETTERS, *[(240 + 14 * n, 106, 250 + 14 * n, 120) for n in range(6)])
    page = page_of(NAME, ("sererr", Box(240, 106, 322, 121), 0.0))
    assert upright_told(sheet, page) == page


ONE_OF_16 = [(240, 100, 248, 120), (264, 96, 269, 127), (274, 100, 282, 120), (288, 100, 296, 120), (301, 96, 306, 127)]


@pytest.mark.parametrize(
    ("read", "gap", "told"),
    [
        ("2116)", 0, "2 (16)"),
        ("2:(16)", 0, "2 (16)"),
        ("2(16)", 0, "2 (16)"),
        ("2(16)", 12, "2(16)"),
        ("9116)", 0, "9 (16)"),
        ("9102)", 0, "9102)"),
        ("216)", 0, "2 (16)"),
    ],
    ids=[
        "read as 1",
        "with a colon",
        "without its blank",
        "printed without a blank",
        "another",
        "more than all",
        "no bracket",
    ],
)
def test_the_number_of_a_page_stands_before_the_number_of_all(read: str, gap: int, told: str) -> None:
    sheet = drawn((240 + gap, 100, 248 + gap, 120), *ONE_OF_16[1:])
    page = page_of(NAME, (read, Box(240 + gap, 96, 307, 128), 0.3))
    assert " ".join(token.text for token in page_counts_told(sheet, page).tokens[1:]) == told


STROKES = [(240, 100, 245, 120), (262, 96, 268, 127), (273, 100, 278, 120), (283, 96, 289, 127)]


@pytest.mark.parametrize(
    ("second", "told"),
    [((273, 100, 278, 120), "1 (1)"), ((271, 100, 281, 120), "TAN)")],
    ids=["four strokes", "a digit as broad as others"],
)
def test_one_of_one_is_told_whatever_it_was_read_as(second: tuple[int, int, int, int], told: str) -> None:
    sheet = drawn(*STROKES[:2], second, STROKES[3])
    page = page_of(NAME, ("TAN)", Box(240, 96, 290, 128), 0.3))
    assert " ".join(token.text for token in page_counts_told(sheet, page).tokens[1:]) == told


def test_one_of_one_of_which_two_strokes_were_read() -> None:
    """The feet of a serif 1 are nearly half as wide as it is high."""
    page = page_of(NAME, ("1)", Box(240, 96, 290, 128), 0.3))
    sheet = drawn((240, 100, 249, 120), STROKES[1], (271, 100, 280, 120), STROKES[3])
    assert " ".join(token.text for token in page_counts_told(sheet, page).tokens[1:]) == "1 (1)"


@pytest.mark.parametrize(("read", "told"), [("1(1)", "1 (1)"), ("1:1)", "1:1)")])
def test_a_bracket_that_was_read_may_reach_less(read: str, told: str) -> None:
    sheet = drawn(STROKES[0], (262, 96, 268, 121), STROKES[2], (283, 96, 289, 121))
    page = page_of(NAME, (read, Box(240, 96, 290, 128), 0.3))
    assert " ".join(token.text for token in page_counts_told(sheet, page).tokens[1:]) == told


@pytest.mark.parametrize(
    ("stop", "second", "told"),
    [((112, 117, 115, 120), "2.", "1."), (None, "2.", "1"), ((112, 117, 115, 120), "2", "1")],
    ids=["its stop is there", "no stop", "no sister"],
)
def test_an_item_has_the_stop_of_its_sister(stop: tuple[int, int, int, int] | None, second: str, told: str) -> None:
    sheet = drawn((102, 100, 107, 120), *([stop] if stop else []), (131, 100, 137, 120))
    lines = tuple(
        (Token(number, Box(100, y, 109, y + 20), 0.9), Token("Att", Box(130, y, 160, y + 20), 0.9))
        for number, y in (("1", 100), (second, 140))
    )
    page = PageText(1, "ocr", (lines,), 400, 300, 200)
    assert list_stops_told(sheet, page).tokens[0].text == told


def test_the_ink_of_the_next_line_is_not_the_words() -> None:
    """The engine's boxes may reach down to it."""
    letters = [(100 + 14 * n, 100, 110 + 14 * n, 120) for n in range(3)]
    below = [(100 + 14 * n, 132, 110 + 14 * n, 150) for n in range(3)]
    pieces = pieces_of(drawn(*letters, *below), Box(100, 95, 140, 130))
    assert [(piece.top, piece.bottom) for piece in pieces] == [(pytest.approx(7, abs=1), pytest.approx(28, abs=1))] * 3


def grainy(rows: int) -> Image.Image:
    """So many rows of bars on paper with grain."""
    grain = np.random.default_rng(4).normal(0, 22, (400, 300))
    page = np.where(grain < 0, 255 + grain, 255)
    for n in range(rows):
        page[20 + 20 * n : 26 + 20 * n, 20:140:4] = 10
    return Image.fromarray(page.astype(np.uint8))


def test_only_the_grain_of_nearly_empty_pages_is_taken_away() -> None:
    cleaned = np.asarray(without_grain(grainy(1)))
    assert np.count_nonzero(cleaned[50:] == 255) >= 0.998 * cleaned[50:].size  # a grain in a thousand is as dark as ink
    assert np.count_nonzero(cleaned == 10) == 6 * 30
    full, white = grainy(18), Image.new("L", (300, 400), 255)
    assert without_grain(full) is full
    assert without_grain(white) is white
