"""Linking: titles, chains, outcomes per att-sats, and independence of the order of input."""

import copy
import json
import random
from pathlib import Path

import pytest

from benchmark.link.invent import planted, records
from pipeline import models, run
from pipeline.laws import validate_case
from pipeline.link import link
from pipeline.link.clues import clues, raised
from pipeline.link.index import CANDIDATES, Index
from pipeline.link.outcomes import overall, per_proposal, points_of
from pipeline.link.raising import raised_on
from pipeline.link.titles import MENTION, opens, shared_names, similarity, subject, surnames

CASES = json.loads((Path(__file__).parent / "cases" / "link.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["subjects"], ids=lambda c: c["title"][:30])
def test_subject_of_a_printed_title(case):
    assert subject(case["title"]) == case["subject"]


@pytest.mark.parametrize("case", CASES["points"], ids=lambda c: c["verbatim"][:30])
def test_att_satser_named_by_an_outcome(case):
    assert points_of({"of": case.get("of", "motion"), "verbatim": case["verbatim"]}, case["count"]) == case["points"]


@pytest.mark.parametrize("case", CASES["outcomes"], ids=lambda c: c["why"])
def test_outcome_of_each_att_sats(case):
    texts = tuple(case["texts"])
    assert [list(row) for row in per_proposal(texts, case["said"], case.get("decided", []))] == case["rows"]


def test_whole_outcome_follows_from_the_parts():
    assert overall(["bifall", "avslag"], None) == "delvis_bifall"
    assert overall(["avslag", "avslag"], "avslag") == "avslag"
    assert overall([], "besvarad") == "besvarad"
    assert overall([None, None], None) is None


def test_titles_survive_ocr_and_names_are_compared():
    assert similarity("att rusta upp Norrby badplats", "Att rusta upp Norrby badp1ats") > 0.9
    assert similarity("att rusta upp Norrby badplats", "att bygga cykelbana i Ekbacken") < 0.6
    assert opens("fler laddstolpar i centrum", "fler laddstolpar i centrum Beslut Motionen avslås") == 1.0
    assert surnames("av Eva Ek (S), Bo von Sydow (M) och Li Ny-Berg (V)") == ("ek", "sydow", "ny berg")
    assert shared_names(("ek", "sydow"), ("ek",)) == 1.0
    assert not MENTION.search("Motion är bra för hälsan och bör uppmuntras")


def test_invented_chains_are_found_and_valid():
    made = list(records(400, seed=5, municipalities=6))
    owner = {record["id"]: whose for record, whose in made}
    ids = {record["source"]["name"]: record["id"] for record, _ in made}
    hits = found = 0
    for case in link(record for record, _ in made):
        assert validate_case(case) == []
        for document in case["documents"] if case["motion"] else []:
            found += 1
            hits += owner[document["record"]] == ids[case["motion"]]
    wanted = sum(whose not in (None, name) for name, whose in owner.items())
    assert hits / found > 0.98
    assert hits / wanted > 0.93


def test_the_order_of_input_does_not_matter():
    made = [record for record, _ in records(200, seed=3, municipalities=3)]
    straight = list(link(copy.deepcopy(made)))
    random.Random(1).shuffle(made)
    assert list(link(made)) == straight


def test_new_records_join_old_cases(tmp_path):
    made = [record for record, _ in records(200, seed=4, municipalities=3)]
    store = tmp_path / "links.db"
    list(link(made[:90], store))
    assert list(link(made[90:], store)) == list(link(made))
    assert list(link(made[:50], store)) == list(link(made)), "a record that comes again replaces itself"


def test_families_of_near_identical_motions():
    series = pytest.importorskip("pipeline.link.series")
    pytest.importorskip("datasketch")
    made = list(planted(120, 6, seed=2))
    owner = {record["id"]: family for record, family in made}
    found = list(series.families(record for record, _ in made))
    assert len(found) == 6
    for family in found:
        assert len({owner[m["record"]] for m in family["members"]}) == 1
        assert family["members"][0]["differs"] == []
        assert all(m["differs"] for m in family["members"][1:])


CHAINS = sorted((Path(__file__).parent / "cases" / "link_chains").glob("*.txt"))


@pytest.fixture(scope="module")
def loaded():
    return models.load()


@pytest.mark.parametrize("path", CHAINS, ids=lambda path: path.stem)
def test_what_became_of_a_motion(path, loaded):
    """From the printed pages to the outcome of each att-sats, in the manner of many municipalities."""
    documents = dict(part.split("\n", 1) for part in path.read_text("utf-8").split("\n--- ")[1:])
    wanted = json.loads(documents.pop("expected"))
    made = [
        record for name, text in documents.items() for record in run.extract(text.encode(), name=name, models=loaded)
    ]
    found = {case["motion"]: case for case in link(made)}
    for motion, what in wanted.items():
        case = found[motion]
        assert validate_case(case) == []
        proposals = case["proposals"]
        said = {
            "documents": {d["source"]: d["relation"] for d in case["documents"]},
            "outcome": case["outcome"],
            "raised": case["raised"],
            "decided": case["decided"],
            "items": [p["outcome"] for p in proposals],
            "recommended": [[r["outcome"] for r in p["recommendations"]] for p in proposals],
            "counter": [p["counter"] and p["counter"]["text"] for p in proposals],
        }
        assert {key: said[key] for key in what} == what


@pytest.mark.parametrize("case", CASES["raised_on"], ids=lambda c: c["text"][:40])
def test_when_a_motion_was_raised(case):
    assert raised_on(case["text"]) == case["date"]


def test_two_equally_likely_motions_are_not_chosen_between():
    made = [record for record, _ in records(60, seed=9, municipalities=1)]
    motion = next(record for record in made if record["kind"] == "motion")
    reply = next(r for r in made if r["kind"] == "tjansteskrivelse")
    twin = copy.deepcopy(motion) | {"id": "f" * 24, "source": {"name": "twin.txt"}}
    reply = copy.deepcopy(reply) | {"date": None, "dnr": []}
    title = f"Svar på motion om {motion['items'][0]['title']}"
    reply["items"][0] |= {"title": title, "motion_authors": [], "dnr": []}
    reply["text"] = {"raw": title, "repaired": title}
    found = list(link([motion, twin, reply]))
    assert [len(case["documents"]) for case in found if case["motion"]] == [0, 0]
    assert all("may belong here" in case["review"][0]["reason"] for case in found if case["motion"])
    alone = list(link([motion, reply]))
    assert [d["record"] for d in alone[0]["documents"]] == [reply["id"]]


def test_long_lists_are_not_read_to_their_end():
    made = [record for record, _ in records(3000, seed=6, municipalities=1)]
    motions = [found for record in made if (found := raised(record))]
    index = Index(motions)
    assert max(map(len, index._by_key.values())) < len(motions) / 4
    clue = next(clue for record in made for clue in clues(record) if clue.how == "title")
    assert 0 < len(index.candidates(clue)) <= CANDIDATES
