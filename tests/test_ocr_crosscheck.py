"""The second engine: when it is believed, and what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline import errors, ocr
from pipeline.document import Box
from pipeline.ocr import ppocr
from pipeline.ocr.crosscheck import cross_checked
from pipeline.ocr.page import PageText, Token
from pipeline.ocr.ppocr import Reading

PAGE = Image.new("L", (900, 600), 255)


class Second:
    """Stands for the engine: says the same of every word."""

    def __init__(self, text: str, confidence: float) -> None:
        self.reading = Reading(text, confidence)
        self.asked = 0

    def read_line(self, image: Image.Image) -> Reading:
        self.asked += 1
        return self.reading


def checked(words: list[tuple[str, float]], text: str, confidence: float) -> tuple[list[str], int, list[int]]:
    line = tuple(Token(word, Box(100 * n, 100, 100 * n + 80, 120), sure) for n, (word, sure) in enumerate(words, 1))
    second = Second(text, confidence)
    page = cross_checked(second, PAGE, PageText(1, "ocr", ((line,),), 900, 600, 200))
    return [token.text for token in page.tokens], second.asked, [note.count for note in page.notes]


@pytest.mark.parametrize(
    ("word", "text", "confidence", "becomes"),
    [
        (("A06F3D", 0.4), "AO6F3D", 0.99, "AO6F3D"),
        (("534", 0.73), "54", 0.99, "54"),
        (("534", 0.73), "54", 0.85, "534"),
        (("534", 0.96), "54", 0.93, "534"),
        (("Linder-ELood", 0.2), "Linder-Lood", 0.99, "Linder-Lood"),
        (("förfrågan", 0.1), "forfragan", 0.99, "förfrågan"),
        (("Skorié", 0.5), "Škorić", 0.95, "Škorić"),
        (("bad", 0.3), "浴場の", 0.99, "bad"),
        (("bad", 0.3), "badhuset", 0.99, "bad"),
        (("15a$", 0.9), "15 a §", 0.8, "15a §"),
    ],
    ids=["an unsure number", "a number too many", "not sure itself", "both are sure", "an unsure word",
         "rings and dots are not taken off", "accents may be put on", "another script", "another length", "a sign"],
)  # fmt: skip
def test_the_second_engine_is_believed_where_it_knows_better(
    word: tuple[str, float], text: str, confidence: float, becomes: str
) -> None:
    found, asked, counts = checked([word], text, confidence)
    assert found == [becomes]
    assert asked >= 1
    assert counts == ([1] if becomes != word[0] else [])


def test_sure_words_are_not_read_again() -> None:
    assert checked([("Motion", 0.95), ("om", 0.5), ("-", 0.1), ("bad", 0.9)], "xx", 1.0)[1] == 1


def test_a_table_of_figures_costs_no_more_than_a_page() -> None:
    line = tuple(Token(str(n), Box(10, 10, 20, 20), 0.9) for n in range(100, 500))
    second = Second("1", 0.0)
    cross_checked(second, PAGE, PageText(1, "ocr", ((line,),), 900, 600, 200))
    assert second.asked <= 150


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ppocr.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(errors.EngineMissing) as raised:
        ppocr.PpOcr()
    assert "attsats[crosscheck]" in raised.value.advice


@pytest.mark.skipif(ocr.probe().missing != (), reason="Tesseract with swe and eng is not installed")
def test_the_real_model_reads_swedish_and_signs() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("rapidocr")
    faces = [p for p in Path("/usr/share/fonts").rglob("*.ttf") if p.stem in ("DejaVuSans", "LiberationSans-Regular")]
    if not faces:
        pytest.skip("no font with a § is installed")
    image = Image.new("L", (900, 60), 255)
    words = "§ 129 Motion om 24 förslag"
    ImageDraw.Draw(image).text((10, 10), words, font=ImageFont.truetype(str(faces[0]), 34), fill=0)
    assert ppocr.PpOcr().read_line(image.crop((0, 0, 520, 60))).text == words
