"""What is done to a page image so that the engine can read it, and the way back to the page's own pixels.

Every step has been measured (see ``benchmark/ocr``), and none is taken where the page does not ask for it.
"""

from __future__ import annotations

import math
from dataclasses import replace

from PIL import Image

from ..document import Note
from .addresses import addresses_told
from .bullets import bullets_restored
from .crosscheck import cross_checked
from .dash_rows import dash_rows_told
from .dashes import dashes_told
from .leaders import leaders_told
from .list_stops import list_stops_told
from .lost_lines import lost_lines_read
from .mapping import Mapping
from .marks import mark_note, marks_told
from .page import Line, PageText, Paragraph, Token
from .page_counts import page_counts_told
from .paper import without_grain
from .percent import percents_told
from .ppocr import LineReader
from .section_heads import section_heads_told
from .signs import languages_in_turn, signs_restored
from .slant import slant_of
from .stops import stops_told
from .straighten import straightened
from .strokes import is_thin, thickened
from .table_rows import rows_joined
from .tesseract import Tesseract
from .thousands import thousands_parted
from .torn_lines import torn_lines_mended
from .tsv import parse
from .upright import upright_told

_SKEWED = 0.2  # degrees: below, the engine's own lines are as good
_POOR = 0.65  # mean confidence under which a page may stand on its head
_HOPELESS = 0.5  # mean confidence under which the ink's own evidence is not believed either
_HEAD_DOWN = 0.35  # evidence of standing on its head that makes turning it the first try
_PLAIN = 0.25  # evidence of standing upright that needs no second try
_COARSE, _FINE = 90, 650  # dpi outside of which the page is scaled to _BEST
_BEST = 300
_QUARTERS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


def read_prepared(
    engine: Tesseract, image: Image.Image, *, number: int, dpi: int, second: LineReader | None = None
) -> PageText:
    """Read one page image; boxes are in pixels of ``image``. ``second`` looks at single words again.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    image = without_grain(image)
    slant = slant_of(image, dpi)
    turns = 0
    if slant.sideways and slant.sure:
        turns = 3 if slant.upside_down > 0 else 1
    elif slant.upside_down > _HEAD_DOWN and slant.sure:
        turns = 2
    skew = slant.skew if slant.sure else 0.0
    thin = is_thin(image)
    page = _attempt(engine, image, turns, skew, number, dpi, second, thin=thin)
    head_up = abs(slant.upside_down) if turns in (1, 3) else -slant.upside_down
    doubted = head_up < _PLAIN or turns in (1, 3) or page.confidence < _HOPELESS
    if page.confidence < _POOR and slant.sure and doubted:
        other = _attempt(engine, image, (turns + 2) % 4, skew, number, dpi, second, thin=thin)
        if _worth(other) > _worth(page):
            return other
    return page


def _worth(page: PageText) -> float:
    return page.confidence**2 * math.sqrt(page.letters)


def _attempt(
    engine: Tesseract,
    image: Image.Image,
    turns: int,
    skew: float,
    number: int,
    dpi: int,
    second_engine: LineReader | None,
    *,
    thin: bool,
) -> PageText:
    """Turn, straighten, scale, thicken, read; boxes and size are those of ``image``."""
    prepared, way_back, notes = image, Mapping(), []
    if turns:
        prepared, way_back = turned(prepared, turns)
        notes.append(Note("ocr.page-turned", f"The page was turned by {90 * turns} degrees clockwise to be read."))
    if abs(skew) >= _SKEWED:
        prepared, step = straightened(prepared, skew)
        way_back = way_back.after(step)
        notes.append(Note("ocr.page-straightened", "The page was straightened to be read."))
    read_at = dpi
    if not _COARSE <= dpi <= _FINE:
        read_at = _BEST
        prepared, step = scaled(prepared, _BEST / dpi)
        way_back = way_back.after(step)
    first, second = languages_in_turn(engine.languages)
    inked = thickened(prepared) if thin else prepared
    page = parse(engine.read(inked, dpi=read_at, languages=first), number=number, dpi=dpi)
    page = leaders_told(engine, prepared, page, dpi=read_at, languages=first)
    if page.confidence >= _POOR:
        page = torn_lines_mended(engine, inked, page, dpi=read_at, languages=first)
        page = lost_lines_read(engine, inked, page, dpi=read_at, languages=first)
    page = dash_rows_told(prepared, upright_told(prepared, rows_joined(page)))
    page = page_counts_told(prepared, page)
    page = list_stops_told(prepared, stops_told(prepared, bullets_restored(page)))
    page = dashes_told(prepared, thousands_parted(prepared, page))
    if second and page.confidence >= _POOR:
        page = signs_restored(engine, prepared, page, dpi=read_at, language=second)
        page = section_heads_told(engine, prepared, page, dpi=read_at, language=second)
        page = percents_told(engine, prepared, page, dpi=read_at, language=second)
        page = addresses_told(engine, prepared, page, dpi=read_at, language=second)
    page, marks = marks_told(prepared, page, read_at)
    if second_engine and page.confidence >= _POOR:
        page = cross_checked(second_engine, prepared, page)
    if prepared is not image:
        page = mapped(page, way_back, image.width, image.height)
    found = [mark_note(way_back.box(box, image.width, image.height)) for box in marks]
    return replace(page, width=image.width, height=image.height, notes=(*notes, *page.notes, *found))


def turned(image: Image.Image, turns: int) -> tuple[Image.Image, Mapping]:
    """The image after so many quarter turns clockwise, and the way back."""
    width, height = image.size
    ways = {
        1: Mapping(0, 1, 0, -1, 0, height),
        2: Mapping(-1, 0, width, 0, -1, height),
        3: Mapping(0, -1, width, 1, 0, 0),
    }
    return image.transpose(_QUARTERS[turns]), ways[turns]


def scaled(image: Image.Image, factor: float) -> tuple[Image.Image, Mapping]:
    """The image made larger or smaller, and the way back."""
    grey = image if image.mode == "L" else image.convert("L")
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    made = grey.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return made, Mapping(image.width / size[0], 0, 0, 0, image.height / size[1], 0)


def mapped(page: PageText, way: Mapping, width: int, height: int) -> PageText:
    """The page with its boxes carried to an image of that size."""

    def carried(token: Token) -> Token:
        return Token(token.text, way.box(token.box, width, height), token.confidence)

    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [tuple(carried(token) for token in line) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs), width=width, height=height)
