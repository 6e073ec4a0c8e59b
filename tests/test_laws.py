"""The schema and the laws: a valid record passes, every spoiled one is told what is wrong with it."""

import copy
from pathlib import Path

import pytest

from pipeline import laws, models, run
from pipeline.errors import RecordInvalid

SEED = Path(__file__).resolve().parent.parent / "samples/seed-motion-huddinge/seed-motion-huddinge.txt"


@pytest.fixture(scope="module")
def record():
    return run.extract(SEED, models=models.load())[0]


def spoiled(record, path, value):
    """A copy with the value at ``path`` replaced (``...`` deletes it)."""
    made = copy.deepcopy(record)
    node = made
    for key in path[:-1]:
        node = node[key]
    if value is ...:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return made


CASES = [
    (("id",), ..., "'id' is a required property"),
    (("id",), "x", "$.id"),
    (("kind",), "poem", "$.kind"),
    (("schema",), "record/9", "$.schema"),
    (("date",), "8 november", "$.date"),
    (("date",), 20211108, "$.date"),
    (("source", "pages"), 0, "$.source.pages"),
    (("source", "sha256"), "abc", "$.source.sha256"),
    (("municipality", "name"), ..., "$.municipality"),
    (("items", 0, "proposals", 0, "act"), "wish", "proposals[0].act"),
    (("items", 0, "proposals", 0, "confidence"), 1.5, "proposals[0].confidence"),
    (("items", 0, "proposals", 0, "at", 0, "raw"), [1], "at[0].raw"),
    (("items", 0, "proposals", 0, "at", 0, "page"), "1", "at[0].page"),
    (("items", 0, "sections", 0, "kind"), "prologue", "sections[0].kind"),
    (("quality", "ocr"), "fine", "$.quality.ocr"),
    (("repairs", 0, "raw"), [0, 1, 2], "$.repairs[0].raw"),
    (("notes",), {}, "$.notes"),
    (("text", "repaired"), "something else", "not the raw text with the repairs applied"),
    (("repairs", 0, "from"), "something else", "'from' is not the raw text there"),
    (("repairs", 0, "repaired"), [0, 1], "not where the raw range leads"),
    (("items", 0, "proposals", 0, "at", 0, "quote"), "att", "the quote is not the raw text there"),
    (("items", 0, "proposals", 0, "at", 0, "box"), [0, 0, 1, 1], "a box on a page of no known size"),
]


def test_a_record_of_the_pipeline_is_valid(record):
    assert laws.validate(record) == []
    assert laws.check(record) is record


@pytest.mark.parametrize(("path", "value", "told"), CASES, ids=lambda p: str(p)[:40])
def test_a_spoiled_record_is_told_what_is_wrong(record, path, value, told):
    breaches = laws.validate(spoiled(record, path, value))
    assert any(told in breach for breach in breaches), breaches
    with pytest.raises(RecordInvalid):
        laws.check(spoiled(record, path, value))


@pytest.mark.parametrize(("path", "value", "told"), CASES[:17], ids=lambda p: str(p)[:40])
def test_the_compiled_schema_and_the_authority_agree(record, path, value, told):
    made = spoiled(record, path, value)
    assert not laws._validator("record-1").is_valid(made)
    with pytest.raises(laws.fastjsonschema.JsonSchemaException):
        laws._compiled("record-1")(made)


def test_a_roll_that_does_not_add_up_is_not_verified(record):
    made = copy.deepcopy(record)
    at = made["items"][0]["proposals"][0]["at"]
    vote = {"for": None, "yes": 2, "no": 0, "abstain": 0, "absent": 0, "yes_means": None, "no_means": None}
    vote |= {"verified": True, "roll": [{"name": "Eva Ek", "party": "S", "vote": "ja"}], "confidence": 0.9, "at": at}
    made["items"][0]["votes"] = [vote]
    assert any("does not add up" in breach for breach in laws.validate(made))
    vote["verified"] = False
    assert laws.validate(made) == []
