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

_LIKE_SIGN = re.compile(r"\(?(?:[83S569gB]|[$&%£€8][$&%£€8]?)")
_GLUED = re.compile(r"(?:[8$&%£€S]|S[$&])(?=\d{1,3}[a-z]?[.,)]?$)")
_SURELY_GLUED = re.compile(r"S?[$&%£€](?=\d{1,3}\b)")  # a number that begins with 8 is a number inside a line
_GLUED_BEHIND = re.compile(r"\d{1,3}[a-z]?[$&£]$")
_NUMBER = re.compile(r"\d{1,3}[a-z]?\b")
_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{4}),?")  # a meeting's date: its § follows
_MARKS = frozenset("•*-–")  # what a line of a list begins with
_MOST = 40  # places on a page; a table of figures has more, and no signs
_HEIGHT = 40  # pixels: smaller letters are enlarged for the second look


@dataclass(frozen=True, slots=True)
class Place:
    """A token that may be a §, the box of it and the number beside it, and how a reading of that box shows a §."""

    token: Token
    box: Box
    shown: re.Pattern[str]
    glued: str | None = None  # the rest of the token, where sign and number were read as one


_BEFORE = re.compile(r"^[^\w§]*(§ ?§?) ?\d")
_BEHIND = re.compile(r"\d ?[a-z]? ?(§ ?§?)[^\w§]*$")


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
    places = [place for paragraph in page.paragraphs for line in paragraph for place in places_in(line)][:_MOST]
    if not places:
        return page
    sheet, rows = _sheet(image, places)
    seen = parse(engine.read(sheet, dpi=dpi, psm=6, languages=language)).tokens
    restored: dict[Token, Token] = {}
    for place, (top, bottom) in zip(places, rows, strict=True):
        row = sorted((t for t in seen if top <= (t.box.y0 + t.box.y1) / 2 < bottom), key=lambda t: t.box.x0)
        if text := sign_in(place, " ".join(token.text for token in row)):
            restored[place.token] = replace(place.token, text=text)
    return _replaced(page, restored) if restored else page


def sign_in(place: Place, seen: str) -> str | None:
    """The token's text with its signs, if ``seen``, a reading of the place, shows any."""
    shown = place.shown.search(seen)
    if not shown:
        return None
    if place.shown is _BEHIND:
        return f"{place.glued} §" if place.glued else "§"
    return "(" * place.token.text.startswith("(") + "§" * shown[1].count("§") + (place.glued or "")


def places_in(line: Line) -> list[Place]:
    """The tokens of a line that may be a §, with the number beside them."""
    found = []
    for i, token in enumerate(line):
        after = line[i + 1] if i + 1 < len(line) else None
        before = line[i - 1] if i else None
        if _LIKE_SIGN.fullmatch(token.text):
            if after and _NUMBER.match(after.text):
                found.append(Place(token, _around(token.box, after.box), _BEFORE))
            elif before and _NUMBER.match(before.text):
                found.append(Place(token, _around(token.box, before.box), _BEHIND))
        elif _GLUED_BEHIND.fullmatch(token.text):
            found.append(Place(token, token.box, _BEHIND, token.text[:-1]))
        else:
            begins = before is None or before.text in _MARKS or _DATE.fullmatch(before.text)
            if glued := (_GLUED if begins else _SURELY_GLUED).match(token.text):
                found.append(Place(token, token.box, _BEFORE, token.text[glued.end() :]))
    return found


def _around(one: Box, other: Box) -> Box:
    return Box(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))


def _sheet(image: Image.Image, places: list[Place]) -> tuple[Image.Image, list[tuple[int, int]]]:
    """The places cut out, enlarged and put under each other as lines of a sheet, and the top and bottom of each."""
    grey = image if image.mode == "L" else image.convert("L")
    cuts = []
    for place in places:
        x0, y0, x1, y1 = place.box
        gap = max(4, (y1 - y0) // 2)
        cut = grey.crop((x0 - gap, y0 - gap // 2, x1 + gap, y1 + gap // 2))
        larger = min(3.0, _HEIGHT / max(1, y1 - y0))
        if larger > 1.2:
            size = (round(cut.width * larger), round(cut.height * larger))
            cut = cut.resize(size, Image.Resampling.LANCZOS)
        cuts.append(cut)
    gap = _HEIGHT // 2
    sheet = Image.new("L", (max(cut.width for cut in cuts) + 2 * gap, sum(cut.height + gap for cut in cuts) + gap), 255)
    rows, y = [], gap
    for cut in cuts:
        sheet.paste(cut, (gap, y))
        rows.append((y, y + cut.height))
        y += cut.height + gap
    return sheet, rows


def _replaced(page: PageText, restored: dict[Token, Token]) -> PageText:
    paragraphs: list[Paragraph] = []
    for paragraph in page.paragraphs:
        lines: list[Line] = [tuple(restored.get(token, token) for token in line) for line in paragraph]
        paragraphs.append(tuple(lines))
    return replace(page, paragraphs=tuple(paragraphs))
