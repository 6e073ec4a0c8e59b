"""A second look at what may be a paragraph sign.

Tesseract's Swedish model does not know ``§`` (it reads 8, $, & or 3); the English one does, but takes the rings and
dots off letters wherever the two are run together. So the page is read in Swedish, and only the places where a §
may stand are read again in English, all of a page in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PIL import Image

from ..document import Box
from .page import Line, PageText, Paragraph, Token
from .tesseract import Tesseract
from .tsv import parse

_LIKE_SIGN = re.compile(r"[83S569gB]|[$&%£€][$&%£€8]?")
_GLUED = re.compile(r"[8$&%£€S](?=\d{1,3}\b)")
_SURELY_GLUED = re.compile(r"[$&%£€](?=\d{1,3}\b)")  # a number that begins with 8 is a number inside a line
_NUMBER = re.compile(r"\d{1,3}[a-z]?\b")
_MOST = 40  # places on a page; a table of figures has more, and no signs


@dataclass(frozen=True, slots=True)
class _Place:
    """A token that may be a §, and the box of it and the number beside it."""

    token: Token
    box: Box


def languages_in_turn(languages: str) -> tuple[str, str | None]:
    """What to read the page with, and what to read possible signs with.

    >>> languages_in_turn("swe+eng"), languages_in_turn("deu")
    (('swe', 'eng'), ('deu', None))
    """
    codes = languages.split("+")
    return ("swe", "eng") if sorted(codes) == ["eng", "swe"] else (languages, None)


def signs_restored(engine: Tesseract, image: Image.Image, page: PageText, *, dpi: int, language: str) -> PageText:
    """The page with § where the second look sees one; ``image`` is what the page's boxes speak of.

    Raises:
        PageTimeout: it took too long.
        EngineFailed: the engine said no.
    """
    places = [place for paragraph in page.paragraphs for line in paragraph for place in _places(line)][:_MOST]
    if not places:
        return page
    sheet, rows = _sheet(image, places)
    seen = parse(engine.read(sheet, dpi=dpi, psm=6, languages=language))
    restored: dict[Token, Token] = {}
    for place, row in zip(places, rows, strict=True):
        signs = [sign for token in seen.tokens for sign in _signs_in(token) if _within(sign, row)]
        if signs:
            glued = _GLUED.match(place.token.text)
            text = "§" * min(2, len(signs)) + (place.token.text[1:] if glued else "")
            restored[place.token] = replace(place.token, text=text)
    return _replaced(page, restored) if restored else page


def _signs_in(token: Token) -> list[tuple[float, float]]:
    """The centres of the § in a token, as if its letters were equally wide."""
    width = (token.box.x1 - token.box.x0) / max(1, len(token.text))
    y = (token.box.y0 + token.box.y1) / 2
    return [(token.box.x0 + (i + 0.5) * width, y) for i, char in enumerate(token.text) if char == "§"]


def _within(point: tuple[float, float], box: Box) -> bool:
    return box.x0 <= point[0] < box.x1 and box.y0 <= point[1] < box.y1


def _places(line: Line) -> list[_Place]:
    found = []
    for i, token in enumerate(line):
        after = line[i + 1] if i + 1 < len(line) else None
        before = line[i - 1] if i else None
        if _LIKE_SIGN.fullmatch(token.text):
            neighbour = after if after and _NUMBER.match(after.text) else None
            neighbour = neighbour or (before if before and _NUMBER.match(before.text) else None)
            if neighbour:
                found.append(_Place(token, _around(token.box, neighbour.box)))
        elif (_GLUED if i == 0 else _SURELY_GLUED).match(token.text):
            found.append(_Place(token, token.box))
    return found


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))


def _sheet(image: Image.Image, places: list[_Place]) -> tuple[Image.Image, list[Box]]:
    """The places cut out and put under each other as lines of a sheet, and where on it each misread token lies."""
    grey = image if image.mode == "L" else image.convert("L")
    gap = max(8, max(place.box.y1 - place.box.y0 for place in places) // 2)
    cuts = []
    for place in places:
        x0, y0, x1, y1 = place.box
        cuts.append(grey.crop((x0 - gap, y0 - gap // 2, x1 + gap // 2, y1 + gap // 2)))
    sheet = Image.new("L", (max(cut.width for cut in cuts) + 2 * gap, sum(cut.height + gap for cut in cuts) + gap), 255)
    rows, y = [], gap
    for place, cut in zip(places, cuts, strict=True):
        sheet.paste(cut, (gap, y))
        left = 2 * gap + place.token.box.x0 - place.box.x0
        right = left + place.token.box.x1 - place.token.box.x0
        rows.append(Box(left - gap, y - gap // 2, right + gap // 2, y + cut.height + gap // 2))
        y += cut.height + gap
    return sheet, rows


def _replaced(page: PageText, restored: dict[Token, Token]) -> PageText:
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [tuple(restored.get(token, token) for token in line) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))
