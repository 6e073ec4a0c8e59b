"""Line structure as edits: cases with negatives, and laws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Edit
from pipeline.repair.lines import hyphen_edits, join_edits, split_edits

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "cases" / "lines.json").read_text(encoding="utf-8"))
FINDERS = {"hyphen": hyphen_edits, "split": split_edits, "join": join_edits}


def known(word: str) -> float:
    assert word == word.lower()
    return float(CASES["vocabulary"].get(word, 0.0))


def apply(text: str, edits: list[Edit]) -> str:
    parts, last = [], 0
    for edit in edits:
        parts += [text[last : edit.span.start], edit.text]
        last = edit.span.end
    return "".join([*parts, text[last:]])


def _all() -> list[object]:
    return [
        pytest.param(
            name,
            case,
            id=f"{name}: {case['note']}",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for name in FINDERS
        for case in CASES[name]
    ]


@pytest.mark.parametrize(("name", "case"), _all())
def test_case(name: str, case: dict[str, str]) -> None:
    edits = FINDERS[name](case["raw"], known)
    assert apply(case["raw"], edits) == (case["raw"] if case["want"] is None else case["want"])
    if case["want"] is None:
        assert edits == []


PIECES = st.sampled_from(
    ["social", "tjänst", "-", "-\n", "\n", " ", "och", "att", "upp", "följning", "\f", "65", "EU", "Anna", "Karin",
     "\u00ad\n", "isvenska", "Dettaför", "B E S L U T", ".", "2 (4)", "kam", "panjen", "\r\n", "¬\n"]
)  # fmt: skip


@pytest.mark.parametrize("name", list(FINDERS))
@given(st.lists(PIECES, max_size=25).map("".join))
def test_edits_are_sorted_apart_and_keep_lines_and_letters(name: str, text: str) -> None:
    edits = FINDERS[name](text, known)
    last = 0
    for edit in edits:
        assert last <= edit.span.start <= edit.span.end <= len(text)
        assert text[edit.span.start : edit.span.end] != edit.text
        last = edit.span.end
    repaired = apply(text, edits)
    assert repaired.count("\n") == text.count("\n")
    assert [c for c in repaired if c.isalnum()] == [c for c in text if c.isalnum()] or name == "hyphen"
    assert sorted(c for c in repaired if c.isalnum()) == sorted(c for c in text if c.isalnum())


@pytest.mark.parametrize("name", list(FINDERS))
@given(st.lists(PIECES, max_size=15).map("".join))
def test_a_second_pass_finds_nothing_that_breaks(name: str, text: str) -> None:
    once = apply(text, FINDERS[name](text, known))
    twice = apply(once, FINDERS[name](once, known))
    assert len(twice.split("\n")) == len(text.split("\n"))
