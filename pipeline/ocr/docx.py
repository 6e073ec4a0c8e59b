"""DOCX, which municipalities publish: the text in its order, tables row by row, headers and footers once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ..document import Note, Page, Scan, Source, Span
from ..errors import InputDamaged, InputTooLarge
from .docx_numbering import Numbering, attribute

_LARGEST = 500_000_000  # bytes unpacked; more is a trap and no letter


def read_docx(data: bytes, source: Source) -> Scan:
    """A Scan without words. Paragraphs are lines with a blank line after them; page breaks are form feeds.

    List items get the mark that their numbering shows (a number or a bullet), since the mark is not in their text.

    Raises:
        InputDamaged: it cannot be opened.
        InputTooLarge: it unpacks to a size that no document has.
    """
    import docx  # here alone: the one format that needs it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
        if unpacked <= _LARGEST:
            document = docx.Document(io.BytesIO(data))
            text = _laid_out([*_margins(document, "header"), *_body(document), *_margins(document, "footer")])
    except Exception as error:  # the library meets broken parts with whatever error comes first
        raise InputDamaged("The DOCX cannot be opened: it is broken or cut off.", "Save it again.") from error
    if unpacked > _LARGEST:
        raise InputTooLarge("The DOCX unpacks to an absurd size.", "Save it again as PDF.")
    pages, at = [], 0
    for number, page in enumerate(text.split("\f"), 1):
        pages.append(Page(number, Span(at, at + len(page)), "given"))
        at += len(page) + 1
    note = Note("ocr.tracked-changes", "The document has tracked changes: insertions are read, deletions are not.")
    tracked = document.element.xpath("//w:ins | //w:del")
    return Scan(source, text, tuple(pages), notes=(note,) if tracked else ())


_Block = tuple[str, bool]  # text, and whether it is an item that stands close to the items around it


def _laid_out(blocks: list[_Block]) -> str:
    parts: list[str] = []
    close_before = False
    for text, close in blocks:
        if not text.strip(" \n"):
            close_before = False
            continue
        if parts:
            parts.append("\n" if close and close_before else "\n\n")
        parts.append(text)
        close_before = close
    text = "".join(parts).strip(" \n") + "\n"
    return re.sub(r" *\n*\f[\f\n ]*", "\n\f", text).removeprefix("\n\f")


def _body(document: Any) -> Iterator[_Block]:
    numbering = Numbering(document)
    yield from _blocks(document.element.body, numbering)


def _blocks(container: Any, numbering: Numbering) -> Iterator[_Block]:
    for element in container:
        tag = _local(element)
        if tag == "p":
            mark = numbering.mark(element)
            text = _text(element)
            yield (f"{mark} {text}" if mark and text.strip() else text), bool(mark)
        elif tag == "tbl":
            for row in element.iterchildren("{*}tr"):
                yield _row(row, numbering), True
        elif tag in ("sdt", "sdtContent", "smartTag", "customXml"):
            yield from _blocks(element, numbering)


def _row(row: Any, numbering: Numbering) -> str:
    """A table row as one line, cells apart by a tab."""
    cells = (
        " ".join(text for text, _ in _blocks(cell, numbering) if text.strip()) for cell in row.iterchildren("{*}tc")
    )
    return "\t".join(cell.replace("\n", " ") for cell in cells).strip()


def _text(paragraph: Any) -> str:
    """Everything readable in a paragraph, in order: runs, links, insertions, text boxes after it."""
    parts: list[str] = []
    boxes: list[str] = []
    _collect(paragraph, parts, boxes)
    return "\n".join(["".join(parts).strip(" "), *boxes])


def _collect(element: Any, parts: list[str], boxes: list[str]) -> None:
    for child in element:
        tag = _local(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag in ("tab", "ptab"):
            parts.append("\t")
        elif tag == "br":
            parts.append("\f" if attribute(child, "type") == "page" else "\n")
        elif tag == "cr":
            parts.append("\n")
        elif tag == "lastRenderedPageBreak":
            parts.append("\f")
        elif tag == "noBreakHyphen":
            parts.append("-")
        elif tag == "txbxContent":
            boxes += [_text(p) for p in child.iterchildren("{*}p")]
        elif tag not in ("pPr", "rPr", "del", "moveFrom", "Fallback", "instrText"):
            _collect(child, parts, boxes)


def _margins(document: Any, part: str) -> list[_Block]:
    """The distinct texts of the sections' headers or footers; each stands once."""
    found: list[str] = []
    for section in document.sections:
        for name in (part, f"first_page_{part}"):
            margin = getattr(section, name)
            if margin.is_linked_to_previous:
                continue
            lines = [text for text, _ in _blocks(margin._element, Numbering(document)) if text.strip()]
            if lines and "\n".join(lines) not in found:
                found.append("\n".join(lines))
    return [(text, False) for text in found]


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
