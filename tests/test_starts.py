"""Where a § opens, and what it costs to find out, in documents of any length."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmark.structure import linear
from pipeline.document import Outline
from pipeline.segment import SegmentModel, load, segment
from pipeline.segment import starts as starts_of
from pipeline.segment.tables import Tables
from tests.test_segment import labels, transcript

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def model() -> SegmentModel:
    return load(ROOT / "models" / "structure-sv")


MINUTES = """PROTOKOLL
Kommunstyrelsen   2020-01-02   1 (3)

§ 1

Val av justerare

Beslut

Bo Al (S) väljs.

§ 2

Bänkar

Beslut

Motionen bifalls.

\fKommunstyrelsen   2020-01-02   § {head}

Reservation

Ann Ek (S) reserverar sig.

{own}

Beslut

Motionen avslås.
"""


def _numbered(outline: Outline) -> list[tuple[str | None, str | None]]:
    return [
        (item.paragraph.value if item.paragraph else None, item.title.value if item.title else None)
        for item in outline.items
    ]


def test_the_head_of_a_page_does_not_open_the_matter_that_its_own_line_opens(model: SegmentModel) -> None:
    text = MINUTES.format(head=3, own="§ 3\n\nVägar")
    outline = segment(transcript(text), model)
    assert _numbered(outline) == [("§ 1", "Val av justerare"), ("§ 2", "Bänkar"), ("§ 3", "Vägar")]
    by_line = labels(outline)
    rows = text.split("\n")
    assert by_line[rows.index("Ann Ek (S) reserverar sig.") + 1] == "reservation"
    assert by_line[rows.index("\fKommunstyrelsen   2020-01-02   § 3") + 1] == "furniture"
    assert [len(item.proposals) for item in outline.items] == [1, 1, 1]


def test_the_head_of_a_page_goes_on_with_its_matter(model: SegmentModel) -> None:
    text = MINUTES.format(head=2, own="§ 3\n\nVägar")
    assert _numbered(segment(transcript(text), model))[1:] == [("§ 2", "Bänkar"), ("§ 3", "Vägar")]


def test_the_head_opens_a_matter_whose_number_stands_nowhere_else(model: SegmentModel) -> None:
    text = MINUTES.format(head=3, own="").replace("Reservation\n\nAnn Ek (S) reserverar sig.", "Vägar")
    assert _numbered(segment(transcript(text), model))[1:] == [("§ 2", "Bänkar"), ("§ 3", "Vägar")]


UNREAD = """PROTOKOLL
Kommunstyrelsen 2020-01-02

§ 1   Dnr KS 2020/1

Val av justerare

Beslut

Bo Al (S) väljs enligt

{line}

Beslut

Motionen avslås.
"""


@pytest.mark.parametrize(
    ("line", "count"), [("§ Zl   KS 2020/12", 2), ("§ Zl i lagen från 1991", 1), ("§ i stadgan 12", 1), ("§ ll 14", 1)]
)
def test_a_number_that_cannot_be_read_needs_the_number_of_the_matter(
    line: str, count: int, model: SegmentModel
) -> None:
    assert len(segment(transcript(UNREAD.format(line=line)), model).items) == count


def _calls(of: object, name: str, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> int:
    """How often ``work`` calls the function."""
    plain, count = getattr(of, name), 0

    def counted(*args: object) -> object:
        nonlocal count
        count += 1
        return plain(*args)

    with monkeypatch.context() as patch:
        patch.setattr(of, name, counted)
        work()
    return count


@pytest.mark.parametrize("letter", [linear.letter, linear.letter_with_headings])
def test_a_longer_letter_asks_for_headings_in_proportion(
    letter: Callable[[int], str], model: SegmentModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, long = (
        _calls(Tables, "heading", monkeypatch, lambda n=n: segment(transcript(letter(n)), model)) for n in (40, 160)
    )
    assert 2 * short < long < 5 * short


def test_more_matters_are_numbered_in_proportion(model: SegmentModel, monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (
        _calls(starts_of, "_number", monkeypatch, lambda n=n: segment(transcript(linear.extract(n)), model))
        for n in (40, 160)
    )
    assert 2 * short < long < 5 * short


def test_a_line_with_a_long_blank_run_costs_little(model: SegmentModel) -> None:
    text = "PROTOKOLL\n\n§ 1 Bänkar\n\nBeslut\n\nMotionen" + " " * 12_000 + "avslås.\n"
    start = time.process_time()
    segment(transcript(text), model)
    assert time.process_time() - start < 3  # it took twelve seconds and more, and four times as many twice as long
