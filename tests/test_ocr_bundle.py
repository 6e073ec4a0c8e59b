"""Bundles and page furniture: where documents begin, and that ordinary documents are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import ocr
from pipeline.document import Note, Part, Span
from pipeline.ocr.bundle import first_pages, split

CASES = json.loads((Path(__file__).parent / "cases" / "ocr_bundle.json").read_text(encoding="utf-8"))
FILL = "Förvaltningen har gått igenom underlaget och sett över vad det kostar att bygga om skolan i område"


def pages_of(case: dict[str, object]) -> str:
    """The pages of a case; ``"fill N"`` stands for N lines of running text."""
    pages = []
    for number, page in enumerate(case["pages"]):
        lines: list[str] = []
        for line in page:
            if line.startswith("fill "):
                lines += [f"{FILL} {chr(97 + number)}{chr(97 + n)}." for n in range(int(line.split()[1]))]
            else:
                lines.append(line)
        pages.append("\n".join(lines))
    return "\n\f".join(pages)


@pytest.mark.parametrize("case", CASES["bundles"], ids=lambda case: case["why"])
def test_documents_begin_where_they_do(case: dict[str, object]) -> None:
    assert first_pages(ocr.read(pages_of(case).encode())) == case["starts"]


@pytest.mark.parametrize("case", CASES["single"], ids=lambda case: case["why"])
def test_an_ordinary_document_is_never_split(case: dict[str, object]) -> None:
    scan = ocr.read(pages_of(case).encode())
    assert split(scan) == (scan,)


def test_the_parts_hold_everything_and_know_their_pages() -> None:
    case = CASES["bundles"][0]
    scan = ocr.read(pages_of(case).encode())
    scan = type(scan)(
        **{**scan.__dict__, "notes": (*scan.notes, Note("x.y", "of all"), Note("x.z", "here", (Span(0, 3),)))}
    )
    parts = split(scan)
    assert "\f".join(part.text for part in parts) == scan.text
    assert [part.source.part for part in parts] == [Part(1, 3, (1, 1)), Part(2, 3, (2, 3)), Part(3, 3, (4, 4))]
    assert [page.number for part in parts for page in part.pages] == [1, 2, 3, 4]
    assert {part.source.sha256 for part in parts} == {scan.source.sha256}
    for part in parts:
        assert all(0 <= page.span.start <= page.span.end <= len(part.text) for page in part.pages)
        assert "x.y" in [note.code for note in part.notes]
        assert all(span.end <= len(part.text) for note in part.notes for span in note.at)
    assert [("x.z" in [note.code for note in part.notes]) for part in parts] == [True, False, False]
    contents = [note.message for part in parts for note in part.notes if note.code == "ocr.bundle-contents"]
    assert contents == [f"The bundle's table of contents: {line}" for line in case["contents"]]


def test_words_go_with_their_part() -> None:
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    for number, page in enumerate(pages_of(CASES["bundles"][0]).split("\f"), 1):
        rows.append(f"1\t{number}\t0\t0\t0\t0\t0\t0\t900\t1200\t-1\t")
        for n, line in enumerate(page.split("\n"), 1):
            rows += [
                f"5\t{number}\t1\t1\t{n}\t{w}\t{w}\t{n}\t1\t1\t90\t{word}" for w, word in enumerate(line.split(), 1)
            ]
    parts = split(ocr.read("\n".join(rows).encode()))
    assert len(parts) == 3
    for part in parts:
        assert part.words
        assert [part.text[w.span.start : w.span.end] for w in part.words] == part.text.split()
        assert {w.page for w in part.words} == {page.number for page in part.pages}


@pytest.mark.parametrize("case", CASES["furniture"], ids=lambda case: case["why"])
def test_furniture_is_told_by_place_and_repetition(case: dict[str, object]) -> None:
    scan = ocr.read(pages_of(case).encode())
    noted = [
        scan.text[span.start : span.end] for note in scan.notes if note.code == "ocr.furniture" for span in note.at
    ]
    assert noted == case["furniture"]
