"""The structure stage on documents written for it: kinds, shapes of proposals, sections, items."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Outline, Page, Part, Quality, Scan, Source, Span, Transcript
from pipeline.segment import SegmentModel, load, segment

ROOT = Path(__file__).resolve().parents[1]
CASES: list[dict[str, Any]] = [
    case
    for name in ("segment", "segment_forms")
    for case in json.loads((ROOT / "tests" / "cases" / f"{name}.json").read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def model() -> SegmentModel:
    return load(ROOT / "models" / "structure-sv")


def transcript(text: str) -> Transcript:
    source = Source("case.txt", "0" * 64, "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    scan = Scan(source, text, (Page(1, Span(0, len(text)), "given"),))
    return Transcript(scan, (), Quality("clean", None, 0.0, 0.99))


def labels(outline: Outline) -> dict[int, str]:
    """The label of each line, counted from 1."""
    text = outline.transcript.text
    found: dict[int, str] = {}
    for section in [*outline.sections, *(s for item in outline.items for s in item.sections)]:
        for span in section.at:
            first = text.count("\n", 0, span.start)
            for n in range(first, first + text[span.start : span.end].count("\n") + 1):
                found.setdefault(n + 1, section.kind)
    return found


def marked(case: dict[str, Any]) -> Any:
    reason = case.get("xfail")
    return pytest.param(case, id=case["name"], marks=pytest.mark.xfail(strict=True, reason=reason) if reason else ())


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any], model: SegmentModel) -> None:
    outline = segment(transcript(case["text"]), model)
    assert outline.kind.value == case["kind"]
    titles = [item.title.value if item.title else None for item in outline.items]
    if "title" in case:
        assert titles == [case["title"]]
    if "titles" in case:
        assert titles == case["titles"]
    if "body" in case:
        assert (outline.body.value if outline.body else None) == case["body"]
    if "paragraphs" in case:
        assert [item.paragraph.value for item in outline.items if item.paragraph] == case["paragraphs"]
    if "proposals" in case:
        assert [[p.act, p.text] for item in outline.items for p in item.proposals] == case["proposals"]
    if "by" in case:
        assert [p.by for item in outline.items for p in item.proposals] == case["by"]
    by_line = labels(outline)
    assert {n: by_line.get(int(n)) for n in case.get("lines", {})} == case.get("lines", {})


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_every_line_has_one_label_and_spans_hold(case: dict[str, Any], model: SegmentModel) -> None:
    check(segment(transcript(case["text"]), model))


def check(outline: Outline) -> None:
    """Spans lie inside the text, every non-blank line is in a section, proposals stand where they are said."""
    text = outline.transcript.text
    covered = labels(outline)
    for n, line in enumerate(text.split("\n"), 1):
        assert not line.strip() or n in covered
    for item in outline.items:
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert [p.n for p in item.proposals] == list(range(1, len(item.proposals) + 1))
        for proposal in item.proposals:
            assert proposal.act in {"request", "recommendation", "floor", "decision"}
            assert 0 < proposal.confidence <= 1
            quoted = " ".join(text[s.start : s.end] for s in proposal.at)
            words = set(re.findall(r"\w{5,}", quoted.replace("-\n", "")))
            assert set(re.findall(r"\w{7,}", proposal.text)) <= words | {w.lower() for w in words}


LINE = st.sampled_from(
    ["§ 4 Dnr KS 2020/1", "Beslut", "Motionen avslås.", "Vi föreslår:", "- att utreda frågan", "1. Att utreda", "", "",
     "Stina Alm (S)", "Sammanfattning", "Kommunen har i dag tio skolor och fler planeras.", "2 (3)", "Yrkanden",
     "Bo Ek (M) yrkar bifall till motionen.", "Motion om bänkar", "Kommunstyrelsen", "2023-01-02", "| a | b |",
     "Innehåll", "§ 5 Val ........ 3", "TJÄNSTESKRIVELSE", "e att göra så", "\f", "Förslag till beslut"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=25))
def test_any_order_of_lines_keeps_the_laws(lines: list[str]) -> None:
    check(segment(transcript("\n".join(lines)), load(ROOT / "models" / "structure-sv")))


@pytest.mark.parametrize(
    ("headed", "noted"), [("Förslag till beslut", False), ("Sammanfattning av ärendet", False), ("Lite av varje", True)]
)
def test_a_form_that_nobody_knows_is_noted(headed: str, noted: bool, model: SegmentModel) -> None:
    rows = ["TJÄNSTESKRIVELSE", "2021-03-04", "", "Kommunstyrelsen", "", "Nya bänkar i parken", "", headed, ""]
    rows += [f"Förvaltningen har räknat bänkarna i park nummer {n} och skrivit upp dem." for n in range(9)]
    found = {note.code for note in segment(transcript("\n".join(rows)), model).notes}
    assert ("segment.unknown-form" in found) is noted


def test_a_form_with_more_headings_of_its_own_than_known_ones_is_noted_with_their_places(model: SegmentModel) -> None:
    own = ["Så började det", "Vad som står på spel", "Vägen fram"]
    text = "Förvaltningen har räknat bänkarna i parken och skrivit upp dem i en lista som ligger på kontoret.\n"
    rows = ["TJÄNSTESKRIVELSE", "2021-03-04", "", "Kommunstyrelsen", "", "Nya bänkar i parken", ""]
    rows += ["Förslag till beslut", "", "Kommunstyrelsen antar planen.", "", "Sammanfattning", "", text * 3]
    for heading in own:
        rows += ["", heading, text * 3]
    given = transcript("\n".join(rows))
    (note,) = [note for note in segment(given, model).notes if note.code == "segment.unknown-form"]
    assert [given.scan.text[a:b] for a, b in note.at] == own
