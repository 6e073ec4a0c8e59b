"""Lines of print that the engine left out."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.lost_lines import lost_lines_read
from pipeline.ocr.page import Line, PageText, Token
from pipeline.ocr.tsv import HEADER

STEP = 32
SHEET = Image.new("L", (700, 500), 255)


class StripReader:
    """Stands for the engine: sees these words in every strip it is given, in the middle of it."""

    def __init__(self, text: str, confidence: int = 95) -> None:
        self.text, self.confidence = text, confidence
        self.sizes: list[tuple[int, int]] = []

    def read(self, image: Image.Image, *, dpi: int, psm: int, languages: str) -> str:
        self.sizes.append(image.size)
        rows, x, y = [HEADER], 10, image.height // 2 - 10
        for n, word in enumerate(self.text.split(), 1):
            rows.append(f"5\t1\t1\t1\t1\t{n}\t{x}\t{y}\t40\t20\t{self.confidence}\t{word}")
            x += 50
        return "\n".join(rows) + "\n"


def line_at(y: int, *words: str, x: int = 100, confidence: float = 0.95) -> Line:
    return tuple(Token(word, Box(x + 60 * n, y, x + 60 * n + 50, y + 20), confidence) for n, word in enumerate(words))


def page_of(*lines: Line) -> PageText:
    return PageText(1, "ocr", (lines,), *SHEET.size, 150)


def printed(*rows: int, x: int = 100, words: int = 6) -> Image.Image:
    """A sheet with lines of print: words of five upright strokes."""
    sheet = SHEET.copy()
    pen = ImageDraw.Draw(sheet)
    for y in rows:
        for word in range(words):
            for stroke in range(5):
                left = x + 60 * word + 10 * stroke
                pen.rectangle((left, y + 2, left + 4, y + 18), fill=20)
    return sheet


WORDS = ("Kommunen", "ska", "under", "året", "se", "över")
TEXT = [line_at(y, *WORDS) for y in (100, 132, 164, 228, 260)]  # the line at 196 was left out
ROWS = (100, 132, 164, 196, 228, 260)


def read(engine: StripReader, sheet: Image.Image, page: PageText) -> PageText:
    return lost_lines_read(engine, sheet, page, dpi=150, languages="swe")  # type: ignore[arg-type]


def test_a_line_that_was_left_out_is_put_in_at_its_place() -> None:
    engine = StripReader("alla skolor i kommunen")
    page = read(engine, printed(*ROWS), page_of(*TEXT))
    assert [line[0].text for line in page.paragraphs[0]] == ["Kommunen"] * 3 + ["alla"] + ["Kommunen"] * 2
    first = page.paragraphs[0][3][0]
    assert first.confidence == 0.95
    assert 90 <= first.box.x0 <= 110
    assert 190 <= (first.box.y0 + first.box.y1) / 2 <= 222
    assert len(engine.sizes) == 1


def test_the_strip_is_enlarged_and_holds_the_line_alone() -> None:
    engine = StripReader("alla skolor")
    read(engine, printed(*ROWS), page_of(*TEXT))
    assert 350 * 1.3 <= engine.sizes[0][0] <= 420 * 1.8
    assert engine.sizes[0][1] < 2 * STEP * 1.8


@pytest.mark.parametrize("shift", [-6, 6])
def test_boxes_beside_their_words_hide_no_line_and_make_none(shift: int) -> None:
    engine = StripReader("alla")
    moved = [line_at(y, *WORDS, x=100 + shift) for y in (100, 132, 164, 196, 228, 260)]
    assert read(engine, printed(*ROWS), page_of(*moved)) == page_of(*moved)
    assert not engine.sizes


@pytest.mark.parametrize(
    ("text", "confidence"),
    [("Hnr av te", 40), ("I |", 95), ("", 95)],
    ids=["not believed", "no letters", "nothing"],
)
def test_what_is_no_text_is_not_put_in(text: str, confidence: int) -> None:
    engine = StripReader(text, confidence)
    assert read(engine, printed(*ROWS), page_of(*TEXT)) == page_of(*TEXT)
    assert len(engine.sizes) == 1


def test_ink_away_from_the_text_is_not_read() -> None:
    engine = StripReader("Inkom")
    sheet = printed(*(row for row in ROWS if row != 196))
    sheet.paste(printed(400, x=100).crop((0, 390, 700, 430)), (0, 390))
    assert read(engine, sheet, page_of(*TEXT)) == page_of(*TEXT)
    assert not engine.sizes


@pytest.mark.parametrize("ink", [(100, 204, 450, 207), (250, 190, 254, 225)], ids=["a rule", "an upright rule"])
def test_rules_are_not_read(ink: tuple[int, int, int, int]) -> None:
    engine = StripReader("Inkom")
    sheet = printed(*(row for row in ROWS if row != 196))
    ImageDraw.Draw(sheet).rectangle(ink, fill=20)
    read(engine, sheet, page_of(*TEXT))
    assert not engine.sizes


def test_two_lines_taken_for_one_tall_word_are_read_again() -> None:
    tall = (Token("FE", Box(100, 164, 400, 216), 0.1),)
    page = page_of(*TEXT[:2], tall, *TEXT[3:])
    engine = StripReader("alla skolor")
    made = read(engine, printed(*ROWS), page)
    assert [line[0].text for line in made.paragraphs[0]] == ["Kommunen"] * 2 + ["alla"] * 2 + ["Kommunen"] * 2
    assert len(engine.sizes) == 2
    unsure = read(StripReader("alla skolor", 20), printed(*ROWS), page)
    assert unsure == page


def test_a_page_of_unread_ink_is_a_picture() -> None:
    engine = StripReader("alla")
    rows = tuple(range(60, 460, STEP))
    texts = [line_at(y, *WORDS) for y in rows[1:4]]
    assert read(engine, printed(*rows), page_of(*texts)) == page_of(*texts)
    assert not engine.sizes


def test_of_a_page_with_few_words_nothing_is_said() -> None:
    engine = StripReader("alla")
    page = page_of(TEXT[0])
    assert read(engine, printed(100, 132), page) == page


def test_the_end_of_a_line_joins_its_line() -> None:
    engine = StripReader("Nej tack")
    short = [line_at(y, *WORDS) if y != 196 else line_at(y, *WORDS[:3]) for y in ROWS]
    page = read(engine, printed(*ROWS), page_of(*short))
    assert [len(line) for line in page.paragraphs[0]] == [6, 6, 6, 5, 6, 6]
    assert [token.text for token in page.paragraphs[0][3]] == ["Kommunen", "ska", "under", "Nej", "tack"]


def test_words_in_the_middle_of_a_line_join_it() -> None:
    gapped = [line_at(y, *WORDS) if y != 196 else (TEXT[0][0], TEXT[0][5]) for y in ROWS]
    gapped[3] = tuple(Token(t.text, t.box._replace(y0=196, y1=216), t.confidence) for t in gapped[3])
    page = read(StripReader("ska under"), printed(*ROWS), page_of(*gapped))
    assert [token.text for token in page.paragraphs[0][3]] == ["Kommunen", "ska", "under", "över"]
