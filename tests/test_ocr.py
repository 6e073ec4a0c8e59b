"""Reading: kinds of file told by their bytes, text layers and images, and every way in which a file can be bad."""

from __future__ import annotations

import io
import json
import random
import runpy
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline import errors, ocr
from pipeline.document import Box, Part, Scan, Source
from pipeline.ocr import OcrSettings, engine, tesseract
from pipeline.ocr.page import PageText, Token, assemble
from pipeline.ocr.prepare import scaled, turned
from pipeline.ocr.slant import Slant, slant_of
from pipeline.ocr.sniff import kind_of
from pipeline.ocr.straighten import straightened
from pipeline.ocr.tsv import dump, parse

files = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("ocr_files.py"))))
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
CASES = json.loads((Path(__file__).parent / "cases" / "ocr.json").read_text(encoding="utf-8"))

MOTION = [
    "Motion om lekplatser i Mossby",
    "",
    "Vi föreslår att kommunfullmäktige beslutar",
    "att lekplatsen vid Ängsvägen rustas upp, och",
    "att skötseln av den ses över före sommaren 2024.",
]
SOURCE = Source("x", "", "", 1, 1, Part(1, 1, (1, 1)))


def quotes_fit(scan: Scan) -> bool:
    """Every word is where it says, words and pages are in order, and boxes lie on their page."""
    starts = [word.span.start for word in scan.words]
    pages = {page.number: page for page in scan.pages}
    return (
        starts == sorted(starts)
        and all(
            scan.text[w.span.start : w.span.end].split() == [scan.text[w.span.start : w.span.end]] for w in scan.words
        )
        and all(pages[w.page].span.start <= w.span.start < w.span.end <= pages[w.page].span.end for w in scan.words)
        and all(0 <= w.box.x0 <= w.box.x1 <= pages[w.page].width + 1 for w in scan.words)
        and all(0 <= w.box.y0 <= w.box.y1 <= pages[w.page].height + 1 for w in scan.words)
    )


# Kinds


@pytest.mark.parametrize("case", CASES["kinds"], ids=lambda case: case["why"])
def test_the_kind_is_told_by_the_bytes(case: dict[str, str]) -> None:
    assert kind_of(case["head"].encode("latin-1")) == case["kind"]


@pytest.mark.parametrize("case", CASES["unknown"], ids=lambda case: case["why"])
def test_what_cannot_be_read_is_named(case: dict[str, str]) -> None:
    with pytest.raises(errors.InputUnknown) as raised:
        ocr.read(case["head"].encode("latin-1"))
    assert case["says"] in str(raised.value)


# Plain text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t\f"), min_size=1))
def test_plain_text_is_kept_exactly(text: str) -> None:
    data = ("Motion\r\n" + text).encode()
    scan = ocr.read(data)
    assert scan.text.encode() == data
    assert "\f".join(scan.text[page.span.start : page.span.end] for page in scan.pages) == scan.text
    assert scan.words == ()


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-8", 0), ("utf-8-sig", 0), ("cp1252", 1), ("cp850", 1), ("utf-16", 1), ("utf-16-le", 1)]
)
def test_encodings(encoding: str, note: int) -> None:
    scan = ocr.read("Förslag: åtgärder på Öland\r\n".encode(encoding), name="a.txt")
    assert scan.text == "Förslag: åtgärder på Öland\r\n"
    assert [n.code for n in scan.notes] == ["input.encoding"] * note


def test_name_and_place_in_the_source(tmp_path: Path) -> None:
    path = tmp_path / "motion.pdf"
    path.write_bytes(b"Motion\fom\fbad")
    scan = ocr.read(path)
    assert (scan.source.name, scan.source.media_type, scan.source.bytes) == ("motion.pdf", "text/plain", 13)
    assert (scan.source.pages, scan.source.part) == (3, Part(1, 1, (1, 3)))
    assert [note.code for note in scan.notes] == ["input.extension"]
    assert ocr.read(path, name="b.txt").source.name == "b.txt"


# PDF


def test_a_text_layer_is_read_with_boxes() -> None:
    scan = ocr.read(files.pdf([MOTION, ["Sida 2 (2)"]]))
    assert scan.text == "\n".join(MOTION) + "\n\fSida 2 (2)\n"
    assert [page.source for page in scan.pages] == ["text-layer", "text-layer"]
    assert quotes_fit(scan)
    first = scan.words[0]
    assert first.box.x0 == pytest.approx(72 * 200 / 72, abs=4)
    assert first.box.y1 == pytest.approx(72 * 200 / 72, abs=4)
    assert first.confidence is None
    assert [w.line for w in scan.words_in(scan.pages[0].span)][-1] == 3
    assert [(note.code, note.count) for note in scan.notes] == [("ocr.text-layer-kept", 2), ("ocr.furniture", 1)]


def test_a_javascript_action_is_never_run() -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://example.invalid'\\);) >>"
    assert ocr.read(files.pdf([MOTION], catalog=action)).text.startswith("Motion om lekplatser")


@needs_tesseract
def test_a_scanned_pdf_is_read_in_the_pixels_of_its_image() -> None:
    image = files.drawn(["Motion om bad 2024", "Vi vill ha en park"])
    scan = ocr.read(files.saved(image, "PDF"))
    assert scan.text.split() == "Motion om bad 2024 Vi vill ha en park".split()
    assert (scan.pages[0].width, scan.pages[0].height, scan.pages[0].dpi) == (*image.size, 150)
    assert scan.pages[0].source == "ocr"
    assert scan.read_with == "swe+eng"
    assert quotes_fit(scan)
    assert all(word.confidence is not None and word.confidence > 0.5 for word in scan.words)


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "JPEG2000", "BMP", "GIF", "WEBP"])
def test_images_of_every_kind(kind: str) -> None:
    scan = ocr.read(files.saved(files.drawn(["Motion om bad 2024"]), kind))
    assert scan.text == "Motion om bad 2024\n"
    assert scan.source.media_type.startswith("image/")


@needs_tesseract
def test_pages_of_a_tiff_and_progress() -> None:
    sheets = [files.drawn([f"Sidan {n} ur boken"]) for n in (1, 2, 3)]
    seen: list[tuple[int, int]] = []
    settings = OcrSettings(jobs=2, progress=lambda done, count: seen.append((done, count)))
    scan = ocr.read(files.saved(sheets[0], "TIFF", *sheets[1:]), settings=settings)
    assert scan.text == "Sidan 1 ur boken\n\fSidan 2 ur boken\n\fSidan 3 ur boken\n"
    assert seen == [(1, 3), (2, 3), (3, 3)]


@needs_tesseract
@pytest.mark.parametrize("mode", ["1", "RGB", "RGBA", "LA", "P", "I;16", "CMYK"])
def test_images_of_every_mode(mode: str) -> None:
    grey = files.drawn(["Motion om bad 2024"])
    if mode == "I;16":
        image = Image.frombytes("I;16", grey.size, b"".join(bytes((v, v)) for v in grey.tobytes()))
    else:
        image = grey.convert("RGB").convert(mode) if mode in ("P", "CMYK") else grey.convert(mode)
    assert ocr.read(files.saved(image, "TIFF")).text == "Motion om bad 2024\n"


# Bad files

LONG = files.pdf([MOTION] * 3)
SCANNED = files.saved(files.drawn(["Motion om bad"]), "PDF")
ENCRYPTED = files.pdf(
    [MOTION],
    trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<00><00>]",
)
BLANK = files.saved(Image.new("L", (900, 600), 255), "PNG")
BAD = {
    "no bytes": (b"", errors.InputEmpty),
    "blanks only": (b"  \r\n\f\n", errors.InputEmpty),
    "random bytes": (random.Random(3).randbytes(4000), errors.InputUnknown),
    "a little of a PDF": (LONG[:80], errors.InputDamaged),
    "half of a scanned PDF": (SCANNED[: len(SCANNED) // 2], errors.InputDamaged),
    "an encrypted PDF": (ENCRYPTED, errors.InputEncrypted),
    "a PDF without pages": (files.pdf([]), errors.InputEmpty),
    "the first bytes of a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", errors.InputDamaged),
    "half of a PNG": (files.saved(files.drawn(["Motion"] * 9), "PNG")[:1500], errors.InputDamaged),
    "an empty DOCX": (b"PK\x03\x04word/", errors.InputDamaged),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_has_its_own_error(what: str, tmp_path: Path) -> None:
    data, kind = BAD[what]
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(kind) as raised:
            ocr.read(source)
        assert raised.value.message
        assert raised.value.advice


@needs_tesseract
def test_a_blank_scan_is_a_failure() -> None:
    with pytest.raises(errors.InputEmpty, match="no text on any page"):
        ocr.read(BLANK)
    with pytest.raises(errors.InputEmpty):
        ocr.read(files.pdf([[""]]))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.pdf", tmp_path):
        with pytest.raises(errors.InputMissing):
            ocr.read(path)


def test_a_pdf_that_lost_its_end_is_read_with_a_note() -> None:
    scan = ocr.read(LONG[:-8])
    assert scan.text.startswith("Motion om lekplatser")
    assert "input.truncated" in [note.code for note in scan.notes]


def test_too_large() -> None:
    with pytest.raises(errors.InputTooLarge):
        ocr.read(LONG, settings=OcrSettings(max_bytes=100))
    image = files.saved(files.drawn(["Motion"]), "PNG")
    with pytest.raises(errors.InputTooLarge):
        ocr.read(image, settings=OcrSettings(max_pixels=1000))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = files.saved(Image.new("1", (20000, 20000)), "PNG")
    assert len(bomb) < 200_000
    with pytest.raises(errors.InputTooLarge):
        ocr.read(bomb)


def test_a_bomb_in_a_pdf_is_refused() -> None:
    bomb = files.saved(Image.new("1", (20000, 20000), 1), "PDF", dpi=300)
    with pytest.raises(errors.InputTooLarge):
        ocr.read(bomb)


def test_a_page_as_large_as_a_house_is_read() -> None:
    assert ocr.read(files.pdf([MOTION], size=(14400, 14400))).text.startswith("Motion om")


@needs_tesseract
def test_a_damaged_page_leaves_the_others() -> None:
    sheets = [files.drawn([f"Sidan {n} ur boken"]) for n in (1, 2, 3)]
    data = bytearray(files.saved(sheets[0], "TIFF", *sheets[1:]))
    image = Image.open(io.BytesIO(bytes(data)))
    image.seek(1)
    offset = image.tag_v2[273][0]  # where the pixels of the second page begin
    del image
    scan = ocr.read(_cut_page(data, offset))
    assert "Sidan 1 ur boken" in scan.text
    assert "Sidan 3 ur boken" in scan.text
    assert "input.page-damaged" in [note.code for note in scan.notes]


def _cut_page(data: bytearray, offset: int) -> bytes:
    """Point the second page's pixels beyond the end of the file."""
    beyond = (len(data) + 1000).to_bytes(4, "little")
    place = bytes(data).index(offset.to_bytes(4, "little"))
    data[place : place + 4] = beyond
    return bytes(data)


@pytest.mark.parametrize("cut", range(0, len(LONG), 37))
def test_no_cut_of_a_pdf_ends_in_anything_but_a_coded_error(cut: int) -> None:
    try:
        scan = ocr.read(LONG[:cut])
    except errors.AttsatsError as error:
        assert error.advice  # noqa: PT017
    else:
        assert quotes_fit(scan)


# The engine


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.EngineFailed, match="stopped after"):
        ocr.read(files.saved(files.drawn(MOTION), "PNG"), settings=OcrSettings(page_timeout=0.001))


def test_a_hanging_page_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for the program hangs on the page that is 901 pixels wide."""
    program = tmp_path / "tesseract"
    header = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"
    program.write_text(
        "#!/bin/sh\n"
        'case "$*" in *--version*) echo "tesseract 5.3.0"; exit;; esac\n'
        'case "$*" in *--list-langs*) printf "List\\nswe\\neng\\n"; exit;; esac\n'
        "read magic; read size\n"
        'case "$size" in "901 "*) sleep 60;; esac\n'
        f'printf "{header}\\n5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t50\\t20\\t96\\tbad\\n"\n'
        "cat >/dev/null\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(tesseract.pytesseract.pytesseract, "tesseract_cmd", str(program))
    sheets = [Image.new("L", (width, 600), 255) for width in (900, 901, 902)]
    scan = ocr.read(
        files.saved(sheets[0], "TIFF", *sheets[1:], dpi=300), settings=OcrSettings(page_timeout=5.0, jobs=2)
    )
    assert scan.text == "bad\n\f\fbad\n"
    timeout = next(note for note in scan.notes if note.code == "ocr.page-timeout")
    assert timeout.count == 1


def test_without_the_engine_images_fail_and_text_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract.pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    report = ocr.probe()
    assert (report.version, report.ready) == (None, False)
    assert "apt install tesseract-ocr tesseract-ocr-swe" in report.advice
    with pytest.raises(errors.EngineMissing, match="apt install"):
        ocr.read(BLANK)
    assert ocr.read(b"Motion").text == "Motion"
    assert ocr.read(files.pdf([MOTION])).text.startswith("Motion om lekplatser")


@needs_tesseract
def test_a_language_that_is_not_installed_is_left_out_with_a_note() -> None:
    image = files.saved(files.drawn(["Motion om bad 2024"]), "PNG")
    scan = ocr.read(image, settings=OcrSettings(languages="eng+xyz"))
    assert scan.read_with == "eng"
    assert "ocr.language-missing" in [note.code for note in scan.notes]
    with pytest.raises(errors.EngineMissing):
        ocr.read(image, settings=OcrSettings(languages="xyz"))


@needs_tesseract
def test_recorded_pages_need_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = files.saved(files.drawn(["Motion om bad 2024", "Alla vill bada"]), "PNG")
    settings = OcrSettings(recorded=tmp_path / "ocr")
    first = ocr.read(data, settings=settings)
    monkeypatch.setattr(tesseract.pytesseract.pytesseract, "tesseract_cmd", "/nowhere/tesseract")
    again = ocr.read(data, settings=settings)
    assert again.text == first.text
    assert again.pages == first.pages
    assert [w._replace(confidence=None) for w in again.words] == [w._replace(confidence=None) for w in first.words]
    with pytest.raises(errors.EngineMissing):
        ocr.read(files.saved(files.drawn(["Annat"]), "PNG"), settings=settings)


@needs_tesseract
def test_pages_are_kept_with_boxes(tmp_path: Path) -> None:
    image = files.drawn(["Motion om bad 2024"])
    data = files.saved(image, "TIFF", image)
    scan = ocr.read(data)
    paths = ocr.keep_pages(scan, data, tmp_path / "pages")
    assert [path.name for path in paths] == ["page-001.png", "page-002.png"]
    kept = Image.open(paths[0])
    box = scan.words[0].box
    assert kept.size == image.size
    assert kept.getpixel((box.x0 - 1, box.y0 - 1)) == (30, 130, 60)


def test_pages_of_a_text_layer_are_kept_and_of_a_text_not(tmp_path: Path) -> None:
    data = files.pdf([MOTION])
    (path,) = ocr.keep_pages(ocr.read(data), data, tmp_path)
    assert Image.open(path).size == (1653, 2339)
    assert ocr.keep_pages(ocr.read(b"Motion"), b"Motion", tmp_path / "no") == ()


def test_settings_that_make_no_sense() -> None:
    with pytest.raises(ValueError, match="text_layer"):
        OcrSettings(text_layer="maybe")
    with pytest.raises(ValueError, match="jobs"):
        OcrSettings(jobs=0)


# Laws of pages

words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8)
boxes = st.tuples(*[st.integers(0, 500)] * 4).map(lambda b: Box(b[0], b[1], b[0] + b[2], b[1] + b[3]))
tokens = st.builds(Token, words, boxes, st.none() | st.floats(0, 1))
paragraphs = st.lists(st.lists(st.lists(tokens, min_size=1).map(tuple), min_size=1).map(tuple)).map(tuple)


@given(st.lists(paragraphs, min_size=1, max_size=4))
def test_assembled_words_are_where_they_say(drawn: list[tuple[tuple[tuple[Token, ...], ...], ...]]) -> None:
    pages = [PageText(n, "ocr", p, 1001, 1001, 200) for n, p in enumerate(drawn, 1)]
    scan = assemble(SOURCE, pages, read_with=None)
    assert quotes_fit(scan)
    assert scan.text.count("\f") == len(pages) - 1
    assert [scan.text[w.span.start : w.span.end] for w in scan.words] == [t.text for p in pages for t in p.tokens]


@given(paragraphs)
def test_a_page_survives_its_recording(drawn: tuple[tuple[tuple[Token, ...], ...], ...]) -> None:
    page = PageText(3, "ocr", drawn, 1001, 999, 200)
    again = parse(dump(page), number=3, dpi=200)
    assert again == replace(page, paragraphs=again.paragraphs)
    assert assemble(SOURCE, [again], read_with=None).text == assemble(SOURCE, [page], read_with=None).text
    assert [t.box for t in again.tokens] == [t.box for t in page.tokens]


# Turning and straightening


def _mark(image: Image.Image) -> Box:
    found = image.point(lambda v: 255 if v < 128 else 0).getbbox()
    assert found is not None
    return Box(*found)


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("degrees", [0.0, 3.0, -4.5])
@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_boxes_find_their_way_back(turns: int, degrees: float, factor: float) -> None:
    image = Image.new("L", (300, 200), 255)
    image.paste(0, (40, 150, 60, 160))
    made, way = turned(image, turns)
    for step, amount in ((straightened, degrees), (scaled, factor)):
        if amount:
            made, back = step(made, amount)
            way = way.after(back)
    found = way.box(_mark(made), 300, 200)
    assert all(abs(a - b) <= 3 for a, b in zip(found, (40, 150, 60, 160), strict=True))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.0, -3.0])
def test_how_a_page_lies(rotate: int, skew: float) -> None:
    page = files.drawn(MOTION * 3, height=6)
    slant = slant_of(page.rotate(skew, fillcolor=255).rotate(rotate, expand=True), 150)
    assert slant.sideways == (rotate in (90, 270))
    assert slant.sure
    assert slant.skew == pytest.approx(-skew, abs=0.3)


@pytest.mark.parametrize("skew", [1.0, -4.0])
def test_a_straightened_page_is_straight(skew: float) -> None:
    page = files.drawn(MOTION * 3, height=6)
    made, _ = straightened(page.rotate(-skew, fillcolor=255), skew)
    assert slant_of(made, 150).skew == pytest.approx(0, abs=0.2)
    assert made.getpixel((0, 0)) == 255
    assert made.width >= page.width
    assert made.height >= page.height


def test_nothing_is_said_of_an_empty_page() -> None:
    assert not slant_of(Image.new("L", (900, 600), 255), 150).sure


@needs_tesseract
@pytest.mark.parametrize("evidence", [0.9, -0.9])
def test_a_page_on_its_side_is_read_whatever_its_ink_says(evidence: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ocr.prepare.slant_of", lambda image, dpi: Slant(True, evidence, 0.0, True))
    lines = [f"Rad {n} i motionen handlar om lekplatser" for n in range(6)]
    scan = ocr.read(files.saved(files.drawn(lines).rotate(90, expand=True), "PNG"))
    assert "motionen handlar om lekplatser" in scan.text


@needs_tesseract
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_read_and_boxed_where_it_lies(rotate: int) -> None:
    lines = ["Motion om lekplatser i Mossby", "Vi vill att parken rustas upp", "att lekplatsen ses snart"] * 2
    upright = ocr.read(files.saved(files.drawn(lines), "PNG"))
    page = files.drawn(lines).rotate(rotate, expand=True)
    scan = ocr.read(files.saved(page, "PNG"))
    assert scan.text == upright.text
    assert "ocr.page-turned" in [note.code for note in scan.notes]
    assert (scan.pages[0].width, scan.pages[0].height) == page.size
    assert quotes_fit(scan)
    for word in [word for word in scan.words if word.span.end - word.span.start > 3]:
        assert min(page.crop(word.box).getextrema()) < 100  # there is ink in the box


def test_failures_are_known() -> None:
    assert "ocr.page-timeout" in engine.FAILURES
