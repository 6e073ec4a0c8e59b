"""PAGE XML (PcGts): what Transkribus, eScriptorium and OCR-D write."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..document import Box
from .page import Line, PageText, Paragraph, Token
from .xml import children, local, number_of, tree


def read_page_xml(data: bytes) -> Iterator[PageText]:
    """The page of a PAGE XML file, its regions in the stated reading order.

    Where a line has no words of its own, its text is taken apart at blanks and each word gets its share of the
    line's box.

    Raises:
        InputDamaged: it is not well-formed.
    """
    root = tree(data, "PAGE XML")
    for number, page in enumerate((e for e in root.iter() if local(e) == "Page"), 1):
        paragraphs = tuple(p for p in map(_region, _in_order(page)) if p)
        width, height = round(number_of(page, "imageWidth")), round(number_of(page, "imageHeight"))
        yield PageText(number, "given", paragraphs, width, height)


def _in_order(page: Element) -> list[Element]:
    regions = [e for e in page.iter() if local(e) == "TextRegion" and next(children(e, "TextLine"), None) is not None]
    stated = [e for e in page.iter() if local(e) in ("RegionRefIndexed", "RegionRef")]
    # Groups may nest; the document order of the references is the order unless indexes say otherwise.
    if stated and all(local(e) == "RegionRefIndexed" for e in stated) and _one_group(page):
        stated.sort(key=lambda e: number_of(e, "index"))
    place = {e.get("regionRef"): i for i, e in enumerate(stated)}
    return sorted(regions, key=lambda e: place.get(e.get("id"), len(place)))


def _one_group(page: Element) -> bool:
    return sum(local(e) in ("OrderedGroup", "UnorderedGroup", "OrderedGroupIndexed") for e in page.iter()) == 1


def _region(region: Element) -> Paragraph:
    lines = (_line(line) for line in children(region, "TextLine"))
    return tuple(line for line in lines if line)


def _line(line: Element) -> Line:
    words = list(children(line, "Word"))
    if words:
        tokens = (Token(_text(word)[0], _box(word), _text(word)[1]) for word in words)
        return tuple(token for token in tokens if token.text)
    text, confidence = _text(line)
    return _shared(text, _box(line), confidence)


def _text(element: Element) -> tuple[str, float | None]:
    """The best of the stated readings, and its confidence."""
    readings = sorted(children(element, "TextEquiv"), key=lambda e: number_of(e, "index"))
    if not readings:
        return "", None
    unicode = next(children(readings[0], "Unicode"), None)
    stated = readings[0].get("conf")
    confidence = max(0.0, min(1.0, number_of(readings[0], "conf"))) if stated else None
    return " ".join((unicode.text or "").split()) if unicode is not None else "", confidence


def _shared(text: str, box: Box, confidence: float | None) -> Line:
    """A line's words with boxes in proportion to their letters."""
    tokens, at = [], 0
    scale = (box.x1 - box.x0) / max(1, len(text))
    for word in text.split():
        at = text.index(word, at)
        x0, x1 = round(box.x0 + at * scale), round(box.x0 + (at + len(word)) * scale)
        tokens.append(Token(word, Box(x0, box.y0, x1, box.y1), confidence))
        at += len(word)
    return tuple(tokens)


def _box(element: Element) -> Box:
    coords = next(children(element, "Coords"), None)
    if coords is None:
        return Box(0, 0, 0, 0)
    points = coords.get("points")
    pairs = (
        [tuple(map(float, pair.split(",")[:2])) for pair in points.split() if "," in pair]
        if points
        else [(number_of(point, "x"), number_of(point, "y")) for point in children(coords, "Point")]  # before 2013
    )
    if not pairs:
        return Box(0, 0, 0, 0)
    xs, ys = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return Box(round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys)))
