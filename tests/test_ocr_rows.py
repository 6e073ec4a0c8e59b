"""Rows of dots, rows of dashes under the head of a table, and dashes between digits, told by their ink."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.dash_rows import dash_rows_told
from pipeline.ocr.dashes import dashes_told
from pipeline.ocr.leaders import leaders_told
from pipeline.ocr.page import Line, PageText, Token
from pipeline.ocr.page_counts import page_counts_told
from pipeline.ocr.table_rows import rows_joined
from tests.ocr_files import SecondReader

Rectangle = tuple[int, int, int, int]


def drawn(*strokes: Rectangle) -> Image.Image:
    sheet = Image.new("L", (900, 400), 255)
    for stroke in strokes:
        ImageDraw.Draw(sheet).rectangle(stroke, fill=20)
    return sheet


def page_of(*lines: Line) -> PageText:
    return PageText(1, "ocr", (lines,), 900, 400, 200)


def texts(page: PageText) -> list[str]:
    return page.plain.split("\n")


WORD = [(100 + 14 * n, 100, 110 + 14 * n, 120) for n in range(6)]
DOTS = [(240 + 10 * n, 117, 243 + 10 * n, 120) for n in range(20)]
PAGE = [(460, 100, 470, 120)]
TITLE, NUMBER = Token("Budget", Box(100, 100, 182, 121), 0.9), Token("7", Box(460, 100, 471, 121), 0.9)


def leaders(*between: Token, number: Token = NUMBER, dots: list[Rectangle] = DOTS, seen: str = "") -> tuple[str, int]:
    reader = SecondReader([(seen, 20, 30, 40, 40)] if seen else [])
    page = page_of((TITLE, *between, number))
    told = leaders_told(reader, drawn(*WORD, *dots, *PAGE), page, dpi=200, languages="swe")
    return told.plain, reader.asked


def test_what_was_read_inside_a_row_of_dots_is_gone() -> None:
    row = Token("....................", Box(240, 116, 434, 121), 0.0)
    assert leaders(row, Token("rsrr", Box(330, 96, 380, 124), 0.0), Token("nn", Box(390, 96, 430, 124), 0.1)) == (
        f"Budget {'.' * 20} 7",
        0,
    )


def test_a_row_of_dots_that_was_read_as_letters_is_dots() -> None:
    assert leaders(Token("sssmummsvsaess", Box(240, 110, 434, 121), 0.0))[0] == f"Budget {'.' * 20} 7"


def test_a_page_behind_the_dots_is_read_again_if_it_is_no_number() -> None:
    row, odd = Token("msssrr", Box(240, 110, 434, 121), 0.0), Token("Å", Box(460, 100, 471, 121), 0.2)
    assert leaders(row, number=odd, seen="7") == (f"Budget {'.' * 20} 7", 1)
    assert leaders(row, number=odd, seen="T") == (f"Budget {'.' * 20} Å", 1)


def test_dots_that_stand_close_to_a_word_belong_to_it() -> None:
    close = [(186 + 10 * n, 117, 189 + 10 * n, 120) for n in range(25)]
    assert leaders(Token("rrssmm", Box(186, 110, 430, 121), 0.0), dots=close)[0] == f"Budget{'.' * 25} 7"


def test_letters_without_dots_stay_unsure_as_they_are() -> None:
    letters = [(240 + 14 * n, 100, 250 + 14 * n, 120) for n in range(14)]
    assert leaders(Token("smsserrnn", Box(240, 100, 434, 121), 0.0), dots=letters) == ("Budget smsserrnn 7", 0)


BARS = [100, 200, 320]
HEAD = tuple(Token(text, box, 0.9) for text, box in (
    ("|", Box(100, 96, 104, 128)), ("Namn", Box(120, 100, 180, 121)), ("|", Box(200, 96, 204, 128)),
    ("Ja", Box(220, 100, 250, 121)), ("|", Box(320, 96, 324, 128)),
))  # fmt: skip


def table(*between: Rectangle, read: Line = ()) -> list[str]:
    """A head, what is drawn 40 below it, and a row 80 below it."""
    row = tuple(Token(t.text, t.box._replace(y0=t.box.y0 + 80, y1=t.box.y1 + 80), 0.9) for t in HEAD)
    further = tuple(Token(t.text, t.box._replace(y0=t.box.y0 + 120, y1=t.box.y1 + 120), 0.9) for t in HEAD)
    last = tuple(Token(t.text, t.box._replace(y0=t.box.y0 + 160, y1=t.box.y1 + 160), 0.9) for t in HEAD)
    bars = [(x, 97 + y, x + 2, 126 + y) for x in BARS for y in (0, 80, 120, 160)]
    words = [(120 + 12 * n, 100 + y, 128 + 12 * n, 120 + y) for n in range(5) for y in (0, 80, 120, 160)]
    lines = (HEAD, *([read] if read else []), row, further, last)
    return texts(dash_rows_told(drawn(*bars, *words, *between), page_of(*lines)))


ROW = [(x, 137, x + 2, 166) for x in BARS]
DASHES = [(x + 8 * n, 151, x + 8 * n + 5, 153) for x in (120, 220) for n in range(3)]


@pytest.mark.parametrize(
    "read",
    [(), (Token("rede", Box(100, 138, 322, 164), 0.2),)],
    ids=["not read at all", "read as a word"],
)
def test_a_row_of_dashes_under_the_head_of_a_table(read: Line) -> None:
    assert table(*ROW, *DASHES, read=read)[:3] == ["| Namn | Ja |", "| --- | --- |", "| Namn | Ja |"]


def test_dashes_that_run_together_are_three() -> None:
    assert table(*ROW, (120, 151, 142, 153), (220, 151, 242, 153))[1] == "| --- | --- |"


@pytest.mark.parametrize(
    "ink",
    [
        [],
        DASHES,
        [*ROW, *DASHES, (160, 140, 170, 160)],
        [*ROW, *DASHES[:3], (218, 151, 300, 153)],
    ],
    ids=["nothing", "no upright lines", "a letter among them", "a rule"],
)
def test_what_is_no_such_row_is_left_alone(ink: list[Rectangle]) -> None:
    assert table(*ink) == ["| Namn | Ja |"] * 4


@pytest.mark.parametrize(
    ("text", "wide", "expected"),
    [("20-25", 15, "20–25"), ("20-25", 7, "20-25"), ("20—-25", 15, "20–25"), ("20-25", 28, "20-25")],
    ids=["as wide as a digit", "a hyphen", "read as two", "longer"],
)
def test_a_dash_between_digits(text: str, wide: int, expected: str) -> None:
    left = [(100, 100, 110, 120), (114, 100, 124, 120)]
    x = 128 + wide
    right = [(x + 4, 100, x + 14, 120), (x + 18, 100, x + 28, 120)]
    sheet = drawn(*left, (128, 110, x - 1, 112), *right)
    page = page_of((Token(text, Box(99, 99, x + 30, 121), 0.9),))
    assert dashes_told(sheet, page).plain == expected


@pytest.mark.parametrize(
    ("y", "expected"),
    [(102, ["PROTOKOLL 2 (16)", "Innehåll"]), (150, ["PROTOKOLL", "Innehåll", "2 (16)"])],
    ids=["on its height", "on another"],
)
def test_the_count_of_pages_stands_in_its_line(y: int, expected: list[str]) -> None:
    head, title = Token("PROTOKOLL", Box(100, 100, 250, 120), 0.9), Token("Innehåll", Box(100, 200, 200, 220), 0.9)
    count = (Token("2", Box(600, y, 610, y + 20), 0.9), Token("(16)", Box(620, y, 650, y + 20), 0.9))
    assert texts(page_counts_told(drawn(), page_of((head,), (title,), count))) == expected


def test_a_count_in_its_place_stays_there() -> None:
    head = (Token("PROTOKOLL", Box(100, 100, 250, 120), 0.9),)
    page = page_of(head, (Token("2", Box(600, 102, 610, 122), 0.9), Token("(16)", Box(620, 102, 650, 122), 0.9)))
    assert page_counts_told(drawn(), page) == page


def row_of(*words: tuple[str, int], y: int = 100) -> Line:
    return tuple(Token(text, Box(x, y, x + 10 * len(text), y + 20), 0.9) for text, x in words)


def test_what_stands_on_the_height_of_a_row_belongs_to_it() -> None:
    row, piece = row_of(("|", 100), ("Emanuel", 120), ("(M)", 300), ("|", 400)), row_of(("Forsell", 210), y=104)
    assert texts(rows_joined(page_of(piece, row))) == ["| Emanuel Forsell (M) |"]


@pytest.mark.parametrize(
    ("piece", "row"),
    [
        (row_of(("Forsell", 210), y=130), row_of(("|", 100), ("Emanuel", 120), ("|", 400))),
        (row_of(("Forsell", 150)), row_of(("|", 100), ("Emanuel", 120), ("|", 400))),
        (row_of(("Forsell", 210)), row_of(("En", 100), ("Emanuel", 120), ("to", 400))),
        (row_of(("Forsell", 600)), row_of(("|", 100), ("Emanuel", 120), ("|", 400))),
    ],
    ids=["on another height", "over a word", "no row of a table", "in another column"],
)
def test_other_lines_stay_apart(piece: Line, row: Line) -> None:
    page = page_of(piece, row)
    assert rows_joined(page) == page
