"""The numbers and bullets of a DOCX, which Word keeps apart from the text that they stand before."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def attribute(element: Any, name: str) -> str | None:
    """A ``w:`` attribute."""
    value: str | None = element.get(_W + name)
    return value


class Numbering:
    """Counts the list items of one document in the order in which :meth:`mark` is asked for them."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level) -> format, text, start
        self._list_of: dict[str, str] = {}
        self._styles: dict[str, Any] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for style in document.styles.element.iterchildren(_W + "style"):
            numbering = style.find(f"{_W}pPr/{_W}numPr")
            if numbering is not None:
                self._styles[attribute(style, "styleId") or ""] = numbering
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iterchildren(_W + "abstractNum"):
            for level in abstract.iterchildren(_W + "lvl"):
                key = (attribute(abstract, "abstractNumId") or "", int(attribute(level, "ilvl") or 0))
                self._levels[key] = (
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(_value(level, "start") or 1),
                )
        for number in root.iterchildren(_W + "num"):
            self._list_of[attribute(number, "numId") or ""] = _value(number, "abstractNumId") or ""

    def mark(self, paragraph: Any) -> str:
        """What stands before this paragraph: ``1.``, ``b)``, a bullet, or nothing."""
        numbering = paragraph.find(f"{_W}pPr/{_W}numPr")
        if numbering is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            numbering = self._styles.get(attribute(style, "val") or "") if style is not None else None
        if numbering is None:
            return ""
        number, level = _value(numbering, "numId"), int(_value(numbering, "ilvl") or 0)
        abstract = self._list_of.get(number or "")
        if number in (None, "0") or abstract is None or (abstract, level) not in self._levels:
            return ""
        shape, template, _ = self._levels[abstract, level]
        if shape == "bullet":
            return "•"
        if shape == "none" or not template:
            return ""
        self._count(abstract, level)
        return self._filled(abstract, template)

    def _count(self, abstract: str, level: int) -> None:
        counts = self._counts[abstract]
        counts[level] = counts.get(level, self._levels[abstract, level][2] - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > level]:
            del counts[deeper]

    def _filled(self, abstract: str, template: str) -> str:
        for level in range(9):
            if (place := f"%{level + 1}") in template:
                shape, _, start = self._levels.get((abstract, level), ("decimal", "", 1))
                template = template.replace(place, _written(self._counts[abstract].get(level, start), shape))
        return template.strip()


def _value(element: Any, tag: str) -> str | None:
    child = element.find(_W + tag)
    return attribute(child, "val") if child is not None else None


def _written(n: int, shape: str) -> str:
    """A number as the list writes it.

    >>> _written(3, "decimal"), _written(3, "lowerLetter"), _written(4, "upperRoman")
    ('3', 'c', 'IV')
    """
    if shape in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in ("lowerRoman", "upperRoman"):
        roman = ""
        for value, sign in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            roman, n = roman + sign * (n // value), n % value
        return roman if shape == "lowerRoman" else roman.upper()
    return str(n)
