"""The verdict on a text: cases with negatives, documents of several pages, damage, laws, speed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import models
from pipeline.document import Page, Part, Scan, Source, Span
from pipeline.errors import ModelMissing
from pipeline.quality import QualityModel, assess, language_notes, load, verdict
from pipeline.quality.language import language_of, load_table

CASES = json.loads((Path(__file__).parent / "cases" / "quality.json").read_text(encoding="utf-8"))
CLEAN = next(case["text"] for case in CASES["verdict"] if case.get("note") == "longer prose")
WRONG = next(case["text"] for case in CASES["verdict"] if case.get("read_with") == "eng")


@pytest.fixture(scope="module")
def model() -> QualityModel:
    return load(models.folder("quality-sv"))


def scan(*pages: str) -> Scan:
    spans, at = [], 0
    for page in pages:
        spans.append(Span(at, at + len(page)))
        at += len(page) + 1
    text = "\f".join(pages)
    source = Source("a.txt", "0" * 64, "text/plain", len(text), len(pages), Part(1, 1, (1, len(pages))))
    return Scan(source, text, tuple(Page(i + 1, span, "given") for i, span in enumerate(spans)))


@pytest.mark.parametrize("case", CASES["language"], ids=lambda case: f"{case['want']}: {case['text'][:30]}")
def test_language(case: dict[str, str]) -> None:
    assert language_of(case["text"], load_table())[0] == case["want"]


def _verdicts() -> list[object]:
    return [
        pytest.param(
            case,
            id=f"{case['ocr']}: {case['text'][:30]!r}",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in CASES["verdict"]
    ]


@pytest.mark.parametrize("case", _verdicts())
def test_verdict(case: dict[str, str], model: QualityModel) -> None:
    found = verdict(case["text"], model)
    assert found.ocr == case["ocr"]
    if "read_with" in case:
        assert found.read_with == case["read_with"]
    assert (found.read_with is not None) == (found.ocr == "wrong-language")
    assert found.language == case.get("language", "sv")


def test_damage_is_the_share_of_damaged_words(model: QualityModel) -> None:
    assert verdict(CLEAN, model).damage < 0.03
    assert verdict(WRONG, model).damage == pytest.approx(12 / 49, abs=0.08)  # counted by hand
    half = CLEAN + "\n" + WRONG
    assert verdict(CLEAN, model).damage < verdict(half, model).damage < verdict(WRONG, model).damage


def test_pages_are_judged_one_by_one(model: QualityModel) -> None:
    quality = assess(scan(CLEAN, WRONG, ""), model)
    assert quality.ocr == "mixed"
    assert quality.read_with == "eng"
    assert [page.ocr for page in quality.pages] == ["clean", "wrong-language", "empty"]
    assert [page.page for page in quality.pages] == [1, 2, 3]
    assert {page.source for page in quality.pages} == {"given"}


def test_a_page_of_few_words_follows_the_document(model: QualityModel) -> None:
    quality = assess(scan(WRONG, "Anna Berg (S)", WRONG), model)
    assert quality.ocr == "wrong-language"
    assert [page.ocr for page in quality.pages] == ["wrong-language"] * 3


def test_another_language_is_noted(model: QualityModel) -> None:
    english = next(case["text"] for case in CASES["language"] if case["want"] == "en")
    notes = language_notes(scan(english), assess(scan(english), model))
    assert [note.code for note in notes] == ["quality.other-language"]
    assert language_notes(scan(CLEAN), assess(scan(CLEAN), model)) == ()


def test_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="make models"):
        load(tmp_path)


@given(st.text(max_size=300))
def test_any_text_gets_a_verdict(text: str) -> None:
    found = verdict(text, load(models.folder("quality-sv")))
    assert found.ocr in {"clean", "wrong-language", "noisy", "mojibake", "empty"}
    assert 0.0 <= found.damage <= 1.0
    assert 0.0 <= found.confidence <= 1.0


def test_a_page_takes_little_time(model: QualityModel) -> None:
    page = (WRONG + "\n") * (3000 // len(WRONG) + 1)
    verdict(page, model)
    best = min(_timed(page, model) for _ in range(20))
    assert best < 0.02, f"{best * 1000:.1f} ms for a page"  # a wide bound: shared machines; about 1 ms by itself


def _timed(page: str, model: QualityModel) -> float:
    start = time.perf_counter()
    verdict(page, model)
    return time.perf_counter() - start
