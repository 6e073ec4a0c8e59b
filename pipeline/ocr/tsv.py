"""Tesseract's TSV: the engine's answer, an input format, and the form in which OCR is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..document import Box
from ..errors import InputDamaged
from .page import Line, PageText, Paragraph, Token

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def parse(tsv: str, *, number: int = 1, source: str = "ocr", dpi: int = 0) -> PageText:
    """The first page of a TSV; see :func:`parse_pages`."""
    page = next(parse_pages(tsv, source=source, dpi=dpi), None)
    if page is None:
        return PageText(number, source, dpi=dpi)
    return PageText(number, source, page.paragraphs, page.width, page.height, dpi)


def parse_pages(tsv: str, *, source: str = "given", dpi: int = 0) -> Iterator[PageText]:
    """The pages of a TSV, in order; rows that hold only blanks (rules, pictures) are no words.

    Raises:
        InputDamaged: a row has not the twelve columns, or no numbers where numbers belong.
    """
    rows = []
    for n, line in enumerate(tsv.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("level\t"):
            continue
        row = _row(line)
        if row is None:
            raise InputDamaged(f"Line {n} of the TSV is not as Tesseract writes it.", "Make it again with 'tsv'.")
        rows.append(row)
    for number, page_rows in groupby(rows, key=lambda row: row[1]):
        yield _page(number, list(page_rows), source, dpi)


Row = tuple[int, int, int, int, int, Box, float, str]  # level, page, block, paragraph, line, box, confidence, text


def _row(line: str) -> Row | None:
    cells = line.split("\t", 11)
    if len(cells) < 11:
        return None
    try:
        level, page, block, par, printed_line, _, left, top, width, height = map(int, cells[:10])
        confidence = float(cells[10])
    except ValueError:
        return None
    text = cells[11].strip() if len(cells) > 11 else ""
    return level, page, block, par, printed_line, Box(left, top, left + width, top + height), confidence, text


def _page(number: int, rows: list[Row], source: str, dpi: int) -> PageText:
    sheet = next((row[5] for row in rows if row[0] == 1), None)
    words = [row for row in rows if row[0] == 5 and row[7]]
    paragraphs: list[Paragraph] = []
    for _, of_paragraph in groupby(words, key=lambda row: row[2:4]):
        lines: list[Line] = [
            tuple(Token(row[7], row[5], max(0.0, min(1.0, row[6] / 100)) if row[6] >= 0 else None) for row in of_line)
            for _, of_line in groupby(of_paragraph, key=lambda row: row[4])
        ]
        paragraphs.append(tuple(lines))
    if sheet is None:
        sheet = Box(0, 0, max((row[5].x1 for row in rows), default=0), max((row[5].y1 for row in rows), default=0))
    return PageText(number, source, tuple(paragraphs), sheet.x1 - sheet.x0, sheet.y1 - sheet.y0, dpi)


def dump(page: PageText) -> str:
    """One page as TSV with a header; each paragraph becomes a block. ``parse(dump(page))`` gives its text back."""
    out = [HEADER, f"1\t1\t0\t0\t0\t0\t0\t0\t{page.width}\t{page.height}\t-1\t"]
    for b, paragraph in enumerate(page.paragraphs, 1):
        for n, line in enumerate(paragraph, 1):
            for w, token in enumerate(line, 1):
                box = token.box
                confidence = -1.0 if token.confidence is None else token.confidence * 100
                place = f"{box.x0}\t{box.y0}\t{box.x1 - box.x0}\t{box.y1 - box.y0}"
                out.append(f"5\t1\t{b}\t1\t{n}\t{w}\t{place}\t{confidence:.6f}\t{token.text}")
    return "\n".join(out) + "\n"
