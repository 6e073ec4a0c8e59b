"""Stamps, signatures and pen: noted, not read."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from pipeline.document import Box
from pipeline.ocr.marks import mark_note, marks_told
from pipeline.ocr.page import Line, PageText, Token

DPI = 200
WORD = (110, 24)  # pixels


def page(extra: tuple[Token, ...] = ()) -> tuple[Image.Image, PageText]:
    """A page with twenty printed words, drawn as dark blocks, and their tokens."""
    image = Image.new("L", (1654, 1200), 255)
    pen = ImageDraw.Draw(image)
    lines: list[Line] = []
    for n in range(4):
        line = []
        for k in range(5):
            box = Box(200 + 150 * k, 150 + 60 * n, 200 + 150 * k + WORD[0], 150 + 60 * n + WORD[1])
            pen.rectangle(box, fill=0)
            line.append(Token("ord", box, 0.95))
        lines.append(tuple(line))
    if extra:
        lines.append(extra)
    return image, PageText(1, "ocr", (tuple(lines),), *image.size, DPI)


def scribble(image: Image.Image, box: Box) -> None:
    rng = random.Random(1)
    points = [(rng.randint(box.x0, box.x1), rng.randint(box.y0, box.y1)) for _ in range(40)]
    ImageDraw.Draw(image).line(points, fill=40, width=4)


def test_a_clean_page_has_no_marks() -> None:
    image, read = page()
    assert marks_told(image, read, DPI) == (read, [])


def test_a_signature_read_as_a_word_is_taken_out_and_noted() -> None:
    box = Box(300, 700, 660, 800)
    signature = Token("ANYYRAMI", box, 0.27)
    image, read = page((signature,))
    scribble(image, box)
    found, marks = marks_told(image, read, DPI)
    assert signature not in found.tokens
    assert len(found.tokens) == 20
    assert marks == [box]
    assert mark_note(box).code == "ocr.mark"
    assert "300, 700 to 660, 800" in mark_note(box).message


def test_a_large_heading_that_was_read_surely_stays() -> None:
    heading = Token("MOTION", Box(300, 700, 660, 800), 0.95)
    image, read = page((heading,))
    ImageDraw.Draw(image).rectangle(heading.box, fill=0)
    assert marks_told(image, read, DPI) == (read, [])


def test_a_stamp_that_was_not_read_is_noted_and_words_stay() -> None:
    image, read = page()
    scribble(image, Box(900, 700, 1300, 900))
    found, (mark,) = marks_told(image, read, DPI)
    assert found.tokens == read.tokens
    assert abs(mark.x0 - 900) < 30
    assert abs(mark.y1 - 900) < 30


def test_rules_frames_specks_and_shadows_are_no_marks() -> None:
    image, read = page()
    pen = ImageDraw.Draw(image)
    pen.line((200, 600, 1400, 600), fill=0, width=4)
    pen.rectangle((200, 650, 1400, 1000), outline=0, width=4)
    pen.ellipse((700, 1050, 730, 1080), fill=0)
    pen.rectangle((0, 0, 60, 1199), fill=60)
    assert marks_told(image, read, DPI)[1] == []
