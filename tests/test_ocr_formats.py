"""Formats that other programs write: ALTO, hOCR, PAGE XML, Tesseract TSV, DOCX."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pipeline import errors, ocr

CASES = json.loads((Path(__file__).parent / "cases" / "ocr_formats.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["given"], ids=lambda case: case["why"])
def test_text_boxes_and_confidence_as_given(case: dict[str, object]) -> None:
    scan = ocr.read("\n".join(case["file"]).encode(), name="x.xml")
    assert scan.text == case["text"]
    assert scan.source.media_type == case["media_type"]
    assert all(page.source == "given" for page in scan.pages)
    words = [[scan.text[w.span.start : w.span.end], list(w.box), w.confidence, w.line] for w in scan.words]
    for expected in case["words"]:
        assert expected in words
    if "pages" in case:
        assert [[page.width, page.height, page.dpi] for page in scan.pages] == case["pages"]


@pytest.mark.parametrize("case", CASES["damaged"], ids=lambda case: case["why"])
def test_broken_markup_is_an_error(case: dict[str, str]) -> None:
    with pytest.raises(errors.InputDamaged) as raised:
        ocr.read(case["file"].encode())
    assert case["says"] in str(raised.value)


def docx_bytes(build: object) -> bytes:
    document = pytest.importorskip("docx").Document()
    build(document)  # type: ignore[operator]
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_docx_keeps_order_lists_tables_and_page_breaks() -> None:
    def build(document: object) -> None:
        document.sections[0].header.paragraphs[0].text = "Mossby kommun"
        document.add_heading("Motion om lekplatser")
        document.add_paragraph("Lekplatsen vid Ängsvägen är sliten.")
        document.add_paragraph("att den rustas upp", style="List Number")
        document.add_paragraph("att den ses över", style="List Number")
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Kostnad", "12 000 kr"
        document.add_page_break()
        document.add_paragraph("Anna Alm (S)", style="List Bullet")

    scan = ocr.read(docx_bytes(build), name="motion.docx")
    assert scan.text == (
        "Mossby kommun\n\nMotion om lekplatser\n\nLekplatsen vid Ängsvägen är sliten.\n\n"
        "1. att den rustas upp\n2. att den ses över\nKostnad\t12 000 kr\n\f• Anna Alm (S)\n"
    )
    assert [page.number for page in scan.pages] == [1, 2]
    assert scan.words == ()
    assert scan.notes == ()


def test_docx_reads_insertions_and_not_deletions() -> None:
    def build(document: object) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph = document.add_paragraph("Vi föreslår ")
        for xml in (
            f'<w:del {nsdecls("w")} w:author="a"><w:r><w:delText>avslag</w:delText></w:r></w:del>',
            f'<w:ins {nsdecls("w")} w:author="a"><w:r><w:t>bifall</w:t></w:r></w:ins>',
        ):
            paragraph._p.append(parse_xml(xml))

    scan = ocr.read(docx_bytes(build))
    assert scan.text == "Vi föreslår bifall\n"
    assert [note.code for note in scan.notes] == ["ocr.tracked-changes"]


def test_a_docx_that_is_none() -> None:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<nothing/>")
    with pytest.raises(errors.InputDamaged):
        ocr.read(buffer.getvalue())
