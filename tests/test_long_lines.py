"""Runs of signs without an end: nothing of what a program may be fed takes time with the square of its length."""

from __future__ import annotations

import time

import pytest

from pipeline import models
from pipeline.document import Page, Part, Scan, Source, Span
from pipeline.run import interpret

LENGTH = 20_000
RUNS = {
    "letters": "x" * LENGTH,
    "capitals": "A" * LENGTH,
    "digits": "1" * LENGTH,
    "dots": "." * LENGTH,
    "addresses": "a@" * (LENGTH // 2),
    "hyphens": "a-" * (LENGTH // 2),
    "sections": "§ 1 " * (LENGTH // 4),
    "brackets": "(M) " * (LENGTH // 4),
    "rows": "att\n" * (LENGTH // 4),
}
PAPERS = {
    "motion": "MOTION\nOm skolmat\n\nVi vill mer.\n\n{}\n\nJag yrkar\natt kommunen lagar mat.\nEva Ek (S)\n",
    "minutes": (
        "Kommunstyrelsen\nPROTOKOLL\n2021-03-04\n\n§ 5 Svar på motion om skolmat\n\nBeslut\n"
        "Kommunstyrelsen avslår motionen {}.\n\nYrkanden\nEva Ek (S) yrkar {} bifall till motionen.\n\n"
        "Votering\n31 ja och 18 nej {}\n\nReservation\nEva Ek (S) reserverar sig {}\n"
    ),
    "title": "§ 5 {}\nBeslut\nNämnden avslår motionen.\n",
}


@pytest.fixture(scope="module")
def loaded() -> models.Models:
    return models.load()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("run", RUNS)
def test_time_grows_with_the_length_only(loaded: models.Models, paper: str, run: str) -> None:
    """Before, some of these took minutes each; what is linear takes a second on any machine of today."""
    text = PAPERS[paper].replace("{}", RUNS[run])
    source = Source("t.txt", "", "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    begun = time.process_time()
    read = interpret(Scan(source, text, (Page(1, Span(0, len(text)), "given"),)), loaded)
    assert time.process_time() - begun < 15
    assert read.outline.transcript.scan.text == text
