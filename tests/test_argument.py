"""Background and motivation: sentences, and what they make of the paragraphs they stand in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.segment.argument import ArgumentModel, Passage, layout_of, load_argument, load_cues, sentence_features

ROOT = Path(__file__).resolve().parents[1]
STATES = (
    "År 2021 fanns det 48 lekplatser i kommunen.",
    "Tekniska nämnden rustade upp tolv av dem under 2022.",
    "Enligt en rapport från Boverket minskade antalet besök med 15 procent.",
)
ARGUES = (
    "Vi anser att kommunen bör bygga fler lekplatser.",
    "Det är viktigt att alla barn kan leka nära sitt hem.",
    "Därför vill vi att nämnden prioriterar de områden som saknar en lekplats.",
)


@pytest.fixture(scope="module")
def model() -> ArgumentModel:
    return load_argument(ROOT / "models" / "structure-sv")


def passage(*sentences: str, number: int = 0, count: int = 1) -> Passage:
    return Passage(sentences, "motion", "", number, count)


def test_statements_score_below_arguments(model: ArgumentModel) -> None:
    assert max(model.scores(passage(*STATES))) < min(model.scores(passage(*ARGUES)))


def test_a_paragraph_is_what_most_of_its_sentences_do(model: ArgumentModel) -> None:
    sure = model.motivates([passage(*STATES, number=0, count=2), passage(*ARGUES, number=1, count=2)])
    assert sure[0] < 0.3 < 0.7 < sure[1]


def test_order_does_not_turn_a_statement_into_an_argument(model: ArgumentModel) -> None:
    sure = model.motivates([passage(*ARGUES, number=0, count=2), passage(*STATES, number=1, count=2)])
    assert sure[0] > 0.5 > sure[1]


def test_a_statement_that_ends_in_one_wish_stays_less_sure(model: ArgumentModel) -> None:
    plain, mixed = model.motivates([passage(*STATES)])[0], model.motivates([passage(*STATES, ARGUES[0])])[0]
    assert plain < mixed < model.motivates([passage(*ARGUES)])[0]


def test_no_paragraph_no_probability(model: ArgumentModel) -> None:
    assert model.motivates([]).shape == (0,)


def test_one_sentence_can_be_read_however_short(model: ArgumentModel) -> None:
    for odd in ("§", "1.", "?", "å" * 400):
        assert 0 <= model.motivates([passage(odd)])[0] <= 1


def test_layout_has_one_row_a_paragraph_and_one_weight_a_column(model: ArgumentModel) -> None:
    table = layout_of([passage(*STATES), passage(*ARGUES)], [np.zeros(3), np.ones(3)])
    assert table.shape == (2, len(model.layout))


def test_features_do_not_depend_on_case_or_diacritics() -> None:
    cues = load_cues()
    assert sentence_features("Vi BÖR sanda här.", cues) == sentence_features("vi bor sanda har.", cues)
