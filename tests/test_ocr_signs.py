"""The second look at what may be a paragraph sign."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline import ocr
from pipeline.document import Box
from pipeline.ocr.bullets import bullets_restored
from pipeline.ocr.page import PageText, Token
from pipeline.ocr.signs import signs_restored
from tests.ocr_files import SecondReader

PAGE = Image.new("L", (900, 600), 255)


def page_of(*words: str) -> PageText:
    """One line of words, 40 pixels apart, each 20 high and 10 wide for each letter."""
    line, x = [], 100
    for word in words:
        line.append(Token(word, Box(x, 100, x + 10 * len(word), 120), 0.9))
        x += 10 * len(word) + 10
    return PageText(1, "ocr", ((tuple(line),),), 900, 600, 200)


def restored(words: list[str], seen: list[tuple[str, int, int, int, int]]) -> tuple[list[str], int]:
    reader = SecondReader(seen)
    page = signs_restored(reader, PAGE, page_of(*words), dpi=200, language="eng")
    return [token.text for token in page.tokens], reader.asked


# On the sheet the letters are twice as high: the first place lies between 20 and 80, the second between 100 and 160.
@pytest.mark.parametrize(
    ("words", "seen", "expected"),
    [
        (["8", "129"], [("§", 40, 30, 20, 40), ("129", 80, 30, 60, 40)], ["§", "129"]),
        (["$", "129"], [("§129", 40, 30, 80, 40)], ["§", "129"]),
        (["$", "129"], [(",§", 30, 30, 30, 40), ("129.", 80, 30, 60, 40)], ["§", "129"]),
        (["$129"], [("§129", 40, 30, 80, 40)], ["§129"]),
        (["S$129"], [("§129", 40, 30, 80, 40)], ["§129"]),
        (["$&", "12"], [("§§", 40, 30, 40, 40), ("12", 100, 30, 40, 40)], ["§§", "12"]),
        (["88", "12-14"], [("§§", 40, 30, 40, 40), ("12-14", 100, 30, 90, 40)], ["§§", "12-14"]),
        (["(8", "17"], [("(§", 40, 30, 40, 40), ("17", 100, 30, 40, 40)], ["(§", "17"]),
        (["2025-02-04,", "815"], [("§15", 40, 30, 60, 40)], ["2025-02-04,", "§15"]),
        (["•", "812", "KS"], [("§12", 40, 30, 60, 40)], ["•", "§12", "KS"]),
        (["8", "129"], [("8", 40, 30, 20, 40), ("129", 80, 30, 60, 40)], ["8", "129"]),
        (["12", "8"], [("12", 40, 30, 40, 40), ("§", 100, 30, 20, 40)], ["12", "§"]),
        (["s", "349"], [("§", 40, 30, 20, 40), ("349", 80, 30, 60, 40)], ["§", "349"]),
        (["s1", "Dnr"], [("§1", 40, 30, 60, 40)], ["§1", "Dnr"]),
        (["15$"], [("15§", 40, 30, 80, 40)], ["15 §"]),
        (["5112", "KUN"], [("$112!", 40, 30, 80, 40)], ["§112", "KUN"]),
        (["31", "Dnr"], [("§1", 40, 30, 60, 40)], ["§1", "Dnr"]),
        (["2", "8"], [("i2$.", 40, 30, 80, 40)], ["2", "§"]),
        (["$£73", "Dnr"], [("§73", 40, 30, 80, 40)], ["§73", "Dnr"]),
        (["«8", "112"], [("-§", 40, 30, 40, 40), ("112", 100, 30, 40, 40)], ["• §", "112"]),
        (["15", "a", "8."], [("15", 40, 30, 40, 40), ("a", 100, 30, 20, 40), ("§.", 140, 30, 30, 40)],
         ["15", "a", "§."]),
    ],
    ids=["before a number", "run together in English", "after a comma", "run together", "run together with an S", "two",
         "two read as 88", "in brackets", "after a date", "in a list", "a number after all", "after a number",
         "read as a letter", "a letter run together",
         "run together behind", "$ in the second look, too", "before the number of its matter",
         "$ behind a number", "two of one sign", "with its bullet", "at the end of a sentence"],
)  # fmt: skip
def test_a_sign_is_restored_where_it_is_seen(
    words: list[str], seen: list[tuple[str, int, int, int, int]], expected: list[str]
) -> None:
    assert restored(words, seen) == (expected, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["Motion", "om", "8", "skolor"],
        ["den", "12", "maj"],
        ["8", "procent"],
        ["klockan", "18:30"],
        ["av", "815", "kr"],
        ["15%"],
    ],
)
def test_without_a_suspicion_nothing_is_read_again(words: list[str]) -> None:
    assert restored(words, []) == (words, 0)


def drawn(words: list[str], hanging: str) -> Image.Image:
    """The sheet of ``page_of`` with a bar for each character; those of ``hanging`` (by place) reach below the line."""
    sheet = PAGE.copy()
    pen, x, n = ImageDraw.Draw(sheet), 100, 0
    for word in words:
        for _ in word:
            pen.rectangle((x + 1, 101, x + 7, 122 if hanging[n] == "_" else 118), fill=30)
            x, n = x + 10, n + 1
        x += 10
    return sheet


@pytest.mark.parametrize(
    ("words", "hanging", "expected"),
    [
        (["8", "129"], "_   ", ["§", "129"]),
        (["(8", "17"], "__  ", ["(§", "17"]),
        (["$&", "12"], "__  ", ["§§", "12"]),
        (["enligt", "S10"], "      _  ", ["enligt", "§10"]),
        (["•", "8171"], " _   ", ["•", "§171"]),
        (["enligt", "815"], "      _  ", ["enligt", "§15"]),
        (["3", "129"], "_   ", ["§", "129"]),
        (["15", "a", "8."], "   _ ", ["15", "a", "§."]),
        (["3", "$i"], " _ ", ["3", "§ i"]),
        (["517", "Motion"], "_        ", ["§17", "Motion"]),
        (["85", "107-108"], "__       ", ["§§", "107-108"]),
    ],
)
def test_a_sign_hangs_below_the_line(words: list[str], hanging: str, expected: list[str]) -> None:
    reader = SecondReader([])
    sheet = drawn(words, hanging)
    page = signs_restored(reader, sheet, page_of(*words), dpi=200, language="eng")
    assert [token.text for token in page.tokens] == expected
    assert not reader.asked


@pytest.mark.parametrize(
    ("words", "hanging"),
    [
        (["8", "129"], "    "),
        (["8", "12"], "___"),
        (["av", "815", "kr"], "       "),
        (["3", "500"], "__  "),
        (["517", "kr"], "_ _  "),
        (["3", "100"], "_   "),
        (["85", "107-108"], "_        "),
        (["85", "107"], "__   "),
    ],
    ids=[
        "a number",
        "all hang",
        "a number in a line",
        "digits that hang",
        "digits that hang in a number",
        "digits that may hang",
        "one of two digits before a range",
        "two digits before a number",
    ],
)
def test_what_does_not_hang_is_no_sign_without_a_second_look(words: list[str], hanging: str) -> None:
    page = signs_restored(SecondReader([]), drawn(words, hanging), page_of(*words), dpi=200, language="eng")
    assert [token.text for token in page.tokens] == words


def test_a_sign_before_a_hanging_digit_hangs_lower() -> None:
    page = signs_restored(SecondReader([]), drawn(["57"], "_."), page_of("57"), dpi=200, language="eng")
    assert [token.text for token in page.tokens] == ["§7"]


@pytest.mark.parametrize(("bottom", "expected"), [(124, "§"), (119, "38")], ids=["hangs", "stands"])
def test_one_character_read_as_two_digits_is_a_sign_where_it_hangs(bottom: int, expected: str) -> None:
    sheet = PAGE.copy()
    pen = ImageDraw.Draw(sheet)
    for x, foot in ((102, bottom), (130, 119), (142, 119), (154, 119)):
        pen.rectangle((x, 101, x + 8, foot), fill=30)
    line = (Token("38", Box(100, 100, 112, 125), 0.3), Token("251", Box(128, 100, 164, 120), 0.9))
    page = signs_restored(
        SecondReader([]), sheet, PageText(1, "ocr", ((line,),), 900, 600, 200), dpi=200, language="eng"
    )
    assert [token.text for token in page.tokens] == [expected, "251"]


def test_behind_a_chapter_stands_a_section() -> None:
    assert restored(["kap.", "1$"], []) == (["kap.", "1 §"], 0)


@pytest.mark.parametrize(
    ("hanging", "seen", "expected", "asked"),
    [("._  ", "§10", "§10", 1), ("._  ", "510", "510", 1), ("....", "§10", "510", 0)],
    ids=["hangs and is seen", "hangs and is not seen", "does not hang"],
)
def test_a_digit_that_hangs_beside_digits_that_never_do_is_looked_at(
    hanging: str, seen: str, expected: str, asked: int
) -> None:
    reader = SecondReader([(seen, 40, 30, 60, 40)])
    page = signs_restored(reader, drawn(["•", "510"], hanging), page_of("•", "510"), dpi=200, language="eng")
    assert (page.tokens[1].text, reader.asked) == (expected, asked)


@pytest.mark.parametrize(("hanging", "expected"), [("    ._", "1 §"), ("    ..", "18")], ids=["hangs", "stands"])
def test_behind_a_chapter_an_eight_that_hangs_is_a_section(hanging: str, expected: str) -> None:
    page = signs_restored(
        SecondReader([]), drawn(["kap.", "18"], hanging), page_of("kap.", "18"), dpi=200, language="eng"
    )
    assert [token.text for token in page.tokens] == ["kap.", expected]


@pytest.mark.parametrize(
    ("confidence", "seen", "expected"),
    [(0.4, "§ 34.", "§34."), (0.4, "534.", "534."), (0.9, "§ 34.", "534.")],
    ids=["seen", "not seen", "believed, so that it is not looked at"],
)
def test_an_unsure_number_behind_a_date_is_looked_at_again(confidence: float, seen: str, expected: str) -> None:
    date, number = page_of("2023,", "534.").tokens
    page = PageText(1, "ocr", (((date, Token(number.text, number.box, confidence)),),), 900, 600, 200)
    reader = SecondReader([(seen, 40, 30, 80, 40)])
    told = signs_restored(reader, drawn(["2023,", "534."], "." * 9), page, dpi=200, language="eng")
    assert told.tokens[1].text == expected


@pytest.mark.parametrize(("foot", "expected"), [(123, "§ 129"), (119, "58129")], ids=["hangs", "stands"])
def test_a_sign_read_as_two_digits_of_a_number(foot: int, expected: str) -> None:
    sheet = PAGE.copy()
    pen = ImageDraw.Draw(sheet)
    for x, bottom in ((102, foot), (126, 119), (138, 119), (150, 119)):
        pen.rectangle((x, 101, x + 9, bottom), fill=30)
    line = (Token("58129", Box(100, 100, 162, 124), 0.9), Token("Motion", Box(190, 100, 250, 120), 0.9))
    page = PageText(1, "ocr", ((line,),), 900, 600, 200)
    told = signs_restored(SecondReader([]), sheet, page, dpi=200, language="eng")
    assert told.tokens[0].text == expected


def test_thousands_are_no_section() -> None:
    page = page_of("16", "879", "kr")
    told = signs_restored(SecondReader([]), drawn(["16", "879", "kr"], ".._...."), page, dpi=200, language="eng")
    assert [token.text for token in told.tokens] == ["16", "879", "kr"]


def test_a_neighbour_keeps_its_number() -> None:
    """Of "§ 8", both read as 8, only the first becomes a sign."""
    seen = [("§", 40, 30, 20, 40), ("8", 80, 30, 20, 40), ("§", 40, 110, 20, 40), ("8", 80, 110, 20, 40)]
    assert restored(["8", "8"], seen)[0] == ["§", "8"]


@pytest.mark.parametrize(
    ("text", "box", "becomes"),
    [
        ("e", Box(80, 105, 90, 115), "•"),
        ("»", Box(80, 106, 89, 115), "•"),
        ("»«", Box(82, 107, 88, 113), "•"),
        ("+»", Box(80, 106, 89, 115), "•"),
        ("«", Box(82, 108, 88, 114), "•"),
        ("»", Box(82, 107, 84, 109), "»"),
        ("o", Box(82, 108, 87, 113), "o"),
        (">", Box(80, 101, 88, 109), "*"),
        ("e", Box(80, 100, 92, 120), "e"),
        ("-", Box(80, 109, 88, 111), "-"),
        ("e", Box(80, 112, 89, 120), "e"),
    ],
    ids=[
        "a dot",
        "a dot read as a quotation mark",
        "a small dot read as two",
        "a dot read as a plus and a quotation mark",
        "a dot beside letters with rings",
        "a speck",
        "a small o",
        "an asterisk",
        "a letter",
        "a dash",
        "a letter at the foot",
    ],
)
def test_list_marks_are_told_by_their_shape(text: str, box: Box, becomes: str) -> None:
    words = (Token(text, box, 0.9), Token("Park", Box(110, 100, 150, 120), 0.9), Token("och", Box(160, 104, 190, 120)))
    page = PageText(1, "ocr", ((words,),), 900, 600, 200)
    assert [token.text for token in bullets_restored(page).tokens] == [becomes, "Park", "och"]


@pytest.mark.parametrize(
    ("read", "length", "becomes"),
    [("—", 14, "–"), ("—", 17, "–"), ("—", 20, "—"), ("—", 26, "—"), ("-", 8, "-"), ("-", 10, "–"), ("-", 26, "-")],
)
def test_dashes_are_told_by_their_length(read: str, length: int, becomes: str) -> None:
    words = (Token(read, Box(80, 109, 80 + length, 111), 0.9), Token("Park", Box(120, 100, 160, 120), 0.9))
    page = PageText(1, "ocr", ((words,),), 900, 600, 200)
    assert [token.text for token in bullets_restored(page).tokens] == [becomes, "Park"]


def test_dashes_are_held_against_the_words_whose_boxes_are_not_too_high() -> None:
    high = tuple(Token("Park", Box(80 + 60 * n, 190, 120 + 60 * n, 224), 0.9) for n in range(3))
    low = tuple(Token("Skog", Box(80 + 60 * n, 150, 120 + 60 * n, 170), 0.9) for n in range(2))
    line = (Token("-", Box(60, 206, 70, 208), 0.9), *high)
    page = PageText(1, "ocr", ((low, line),), 900, 600, 200)
    assert bullets_restored(page).tokens[2].text == "–"
    assert bullets_restored(PageText(1, "ocr", ((line,),), 900, 600, 200)).tokens[0].text == "-"


def test_what_is_no_dash_is_none_beside_one() -> None:
    words = (Token("-", Box(60, 109, 68, 111), 0.9), Token("§", Box(80, 100, 90, 120), 0.9))
    page = PageText(1, "ocr", (((*words, Token("Park", Box(120, 100, 160, 120), 0.9)),),), 900, 600, 200)
    assert [token.text for token in bullets_restored(page).tokens] == ["-", "§", "Park"]


def test_an_upright_dash_is_dirt() -> None:
    words = (Token("—", Box(80, 90, 90, 125), 0.2), Token("Park", Box(120, 100, 160, 120), 0.9))
    page = PageText(1, "ocr", ((words,),), 900, 600, 200)
    assert [token.text for token in bullets_restored(page).tokens] == ["Park"]


@pytest.mark.skipif(ocr.probe().missing != (), reason="Tesseract with swe and eng is not installed")
def test_real_signs_are_read(tmp_path: Path) -> None:
    faces = [p for p in Path("/usr/share/fonts").rglob("*.ttf") if p.stem in ("DejaVuSans", "LiberationSans-Regular")]
    if not faces:
        pytest.skip("no font with a § is installed")
    image = Image.new("L", (1400, 700), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(faces[0]), 34)
    for n, line in enumerate(
        ["§ 129 Motion om lekplatser på Ängsvägen", "Kommunstyrelsen 2024-05-06 § 14 och § 15", "Åtgärder för 8 500 kr"]
    ):
        pen.text((120, 120 + 60 * n), line, font=font, fill=0)
    path = tmp_path / "page.png"
    image.save(path, dpi=(200, 200))
    scan = ocr.read(path)
    assert scan.text.count("§") == 3
    assert "Ängsvägen" in scan.text
    assert "8 500 kr" in scan.text
