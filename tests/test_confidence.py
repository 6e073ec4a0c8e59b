"""The fit and the judgement of confidences: what they must find in values whose truth is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmark.tags import confidence_page, reliability
from benchmark.tags.confidence_page import Judged
from benchmark.tags.shrinkage import Said, chosen, fit


def drawn(kind: str, count: int, sure: float, truth: float, seed: int) -> list[Said]:
    rng = np.random.default_rng(seed)
    return [Said(kind, sure, bool(rng.random() < truth), f"d{n}", "as given") for n in range(count)]


def test_equal_confidences_are_not_divided_by_what_is_right() -> None:
    assert reliability.error([0.9] * 100, [True] * 90 + [False] * 10) == pytest.approx(0.0)
    assert reliability.error([0.9] * 100, [True] * 60 + [False] * 40) == pytest.approx(0.3)


def test_what_chance_alone_shows_falls_with_the_number_of_values() -> None:
    few, many = reliability.by_chance([0.9] * 15 + [0.8] * 15), reliability.by_chance([0.9] * 600 + [0.8] * 600)
    assert few[0] > 0.04 > 0.02 > many[0]
    assert few[1] > few[0]


def test_the_queue_counts_errors_among_the_least_sure() -> None:
    sure, right = [0.3, *[0.9] * 19], [False, *[True] * 18, False]
    assert reliability.held_in_queue(sure, right) == (1.0, 2)


def test_a_kind_with_few_values_leans_on_the_others_and_one_with_many_stands_for_itself() -> None:
    values = drawn("sound", 800, 0.9, 0.98, 1) + drawn("poor", 800, 0.9, 0.6, 2) + drawn("rare", 3, 0.9, 1.0, 3)
    curve = fit(values, 1.0)
    assert curve.probability("sound", 0.9) == pytest.approx(0.98, abs=0.02)
    assert curve.probability("poor", 0.9) == pytest.approx(0.6, abs=0.05)
    assert 0.6 < curve.probability("rare", 0.9) < curve.probability("sound", 0.9)
    assert curve.probability("unheard of", 0.9) == pytest.approx(curve.probability("rare", 0.9), abs=0.15)
    assert curve.probability("sound", 0.6) < curve.probability("sound", 0.9)


def test_values_of_no_weight_do_not_move_the_fit() -> None:
    values = drawn("a", 200, 0.9, 0.9, 4) + drawn("a", 200, 0.6, 0.7, 5)
    noise = [Said("a", 0.9, False, "d0", "again", 0.0)] * 100
    assert fit(values, 1.0).probability("a", 0.9) == pytest.approx(fit(values + noise, 1.0).probability("a", 0.9))


def test_the_spread_is_chosen_on_documents_held_out() -> None:
    values = [v for n in range(8) for v in drawn(f"k{n}", 60, 0.9, 0.9, 20 + n)]
    folds = {v.document: int(v.document[1:]) % 5 for v in values}
    alike = chosen(values, folds)[1]
    apart = [v for n in range(8) for v in drawn(f"k{n}", 60, 0.9, 0.99 if n % 2 else 0.5, 40 + n)]
    assert alike < chosen(apart, folds)[1]


def test_the_page_tells_good_from_bad_and_from_too_few(tmp_path: Path) -> None:
    def judged(kind: str, count: int, said: float, truth: float, seed: int) -> list[Judged]:
        return [Judged(v.kind, v.reading, v.document, said, v.right) for v in drawn(kind, count, said, truth, seed)]

    values = judged("good", 400, 0.95, 0.95, 6) + judged("bad", 400, 0.95, 0.7, 7) + judged("few", 9, 0.9, 0.8, 8)
    page = tmp_path / "confidence.md"
    page.write_text(f"before\n{confidence_page.BEGIN}\nstale rows\n{confidence_page.END}\nafter\n", encoding="utf-8")
    confidence_page.write(page, values)
    text = page.read_text(encoding="utf-8")
    verdicts = {line.split(" | ")[0][2:]: line.split(" | ")[-1][:-2] for line in text.split("\n") if line[:2] == "| "}
    assert (verdicts["good"], verdicts["bad"], verdicts["few"]) == ("yes", "no", "too few to tell")
    assert "stale rows" not in text
    assert text.endswith("after\n")
    image = (tmp_path / "images" / "confidence.svg").read_text(encoding="utf-8")
    assert image.count("<circle") == 2 + 3


def test_what_the_rules_doubt_themselves_may_be_worse_than_they_think() -> None:
    values = drawn("a", 300, 0.97, 0.98, 60) + drawn("a", 100, 0.6, 0.9, 61) + drawn("a", 100, 0.4, 0.15, 62)
    curve = fit(values, 1.0)
    assert [round(curve.probability("a", sure), 1) for sure in (0.97, 0.6, 0.4)] == pytest.approx(
        [1.0, 0.9, 0.2], abs=0.11
    )
