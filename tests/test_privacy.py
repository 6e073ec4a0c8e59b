"""Citizens: no wording of a form, of minutes or of a reply lets a name out, in records and in cases."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline import models, run
from pipeline.citizens import citizens
from pipeline.export.handwritten import written_names
from pipeline.export.mask import mask
from pipeline.export.mask_case import mask_case
from pipeline.export.write import FORMS, write
from pipeline.laws import validate, validate_case
from pipeline.link import link
from pipeline.link.clues import Author, raised
from pipeline.link.frozen import freeze, thaw
from pipeline.reader.app import application
from pipeline.search import IndexOutdated, open_index
from pipeline.search.feed import feed, open_target

Json = dict[str, Any]
Read = Callable[..., Json]

WORDINGS = json.loads((Path(__file__).parent / "cases" / "citizens.json").read_text("utf-8"))
SECRETS = ("anna", "berg", "lund", "adela", "zwiripov", "storgatan", "norrby", "543 30")
MATTER = "Det finns inga bänkar i parken i Tibro. Jag föreslår att kommunen köper in bänkar."


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    loaded, folder = models.load(), tmp_path_factory.mktemp("texts")

    def extract(text: str, name: str = "text.txt") -> Json:
        (folder / name).write_text(text, "utf-8")
        return run.extract(folder / name, models=loaded)[0]

    return extract


def minutes(told: str, title: str = "Medborgarförslag om bänkar i parken") -> str:
    return (
        f"PROTOKOLLSUTDRAG\nKommunstyrelsen 2020-02-03\n\n§ 12 {title}\n\nSammanfattning\n\n{told}\n\n"
        "Beslut\n\nKommunstyrelsen avslår medborgarförslaget.\n"
    )


def form(filled: str) -> str:
    return "Medborgarförslag\n\nTill kommunfullmäktige i Tibro kommun\n\n" + filled % MATTER + "\n"


def told(value: Any) -> list[str]:
    """Which secrets a value holds."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return [secret for secret in SECRETS if secret in text.lower()]


def hidden(record: Json) -> Json:
    """The record masked; by every law a record, and the same when it is masked again."""
    made = mask(record)
    assert validate(made) == []
    assert mask(made) == made
    assert [len(made["text"][k]) for k in ("raw", "repaired")] == [len(record["text"][k]) for k in ("raw", "repaired")]
    return made


# Records


@pytest.mark.parametrize("wording", WORDINGS["minutes"])
def test_minutes_and_replies_name_the_citizen(wording: str, read: Read) -> None:
    record = read(minutes(wording))
    assert [a for a in record["items"][0]["motion_authors"] if a.get("private") and told(a["name"])]
    assert told(record)
    made = hidden(record)
    assert told(made) == []
    assert "Kommunstyrelsen avslår medborgarförslaget." in made["text"]["repaired"]


@pytest.mark.parametrize("title", WORDINGS["titles"])
def test_titles_name_the_citizen(title: str, read: Read) -> None:
    record = read(minutes("Förslaget gäller bänkar i parken.", title))
    assert told(record)
    assert told(hidden(record)) == []


@pytest.mark.parametrize("wording", WORDINGS["nobody"])
def test_others_are_not_taken_for_citizens(wording: str, read: Read) -> None:
    assert citizens(wording, {"Lars"}.__contains__) == []
    record = read(minutes(wording))
    assert not [a for a in record["items"][0]["motion_authors"] if a.get("private")]
    assert mask(record) is record


@pytest.mark.parametrize("filled", WORDINGS["forms"])
def test_a_given_name_on_no_list_is_hidden(filled: str, read: Read) -> None:
    record = read(form(filled))
    assert record["kind"] == "medborgarforslag"
    made = hidden(record)
    assert told(made) == []
    assert "köper in bänkar" in made["text"]["repaired"]


def test_captions_of_a_form_are_no_names() -> None:
    for text in (
        "Namn på förslaget: Fler bänkar",
        "Underskrift av förslagsställaren\nBlanketten skickas till kommunen",
        "Namn\nAdress\nTelefon",
        "Vänligen kostar en bänk lite",
    ):
        assert written_names(text) == set()


def test_a_heading_above_is_no_part_of_the_name() -> None:
    for heading in ("Ärendebeskrivning", "Inkommet Förslag", "Sammanfattning"):
        text = f"{heading}\nAnna Berg har inkommit med ett medborgarförslag."
        assert [(c.name, text[c.start : c.end]) for c in citizens(text)] == [("Anna Berg", "Anna Berg")]


def test_a_councillor_of_the_same_name_is_left_alone(read: Read) -> None:
    text = minutes("Ett medborgarförslag har inlämnats av Anna Berg. Anna Ek (S) yrkar avslag till medborgarförslaget.")
    shown = hidden(read(text))["text"]["repaired"]
    assert "av ████ ████. Anna Ek (S) yrkar avslag" in shown


def test_where_the_matter_is_placed_is_not_hidden(read: Read) -> None:
    text = minutes("Anna Berg har lämnat in ett medborgarförslag om bänkar vid Torggatan 12.")
    assert "Torggatan 12" in hidden(read(text))["text"]["repaired"]


# Cases


@pytest.fixture(scope="module")
def matter(read: Read) -> tuple[list[Json], list[Json]]:
    """A citizen's proposal, the minutes that answer it, and their case; the file name tells the name too."""
    asked = "\n".join(
        ["Bänkar i parken i Tibro", "", "Det finns inga bänkar i parken.", "", "Jag föreslår att bänkar köps in.", ""]
    )
    paper = f"Medborgarförslag\n\nTill kommunfullmäktige i Tibro kommun\n\n{asked}\nTibro 2019-12-03\n\nAnna Berg\n"
    proposal = read(paper + "Storgatan 4\n", "Medborgarförslag Anna Berg.txt")
    answer = read(
        minutes(WORDINGS["minutes"][0], "Medborgarförslag från Anna Berg om bänkar i parken i Tibro"), "ks.txt"
    )
    cases = list(link([proposal, answer]))
    assert [len(case["documents"]) for case in cases] == [1]
    return [proposal, answer], cases


def test_a_case_says_who_is_private(matter: Any) -> None:
    (case,) = matter[1]
    assert validate_case(case) == []
    assert [(a["name"], a["private"]) for a in case["authors"]] == [("Anna Berg", True)]


def test_no_case_of_a_masked_index_tells_a_name(matter: Any, tmp_path: Path) -> None:
    records, cases = matter
    with open_index(tmp_path / "i.db", create=True) as index:
        index.put(records, cases)
        assert index.masked
        assert told("\n".join(index.db.iterdump())) == []
        assert index.cases()[0]["motion"] in {record["source"]["name"] for record in index.records()}
        assert index.put(records, cases).same == len(records)
    with open_index(tmp_path / "whole.db", create=True, masked=False) as whole:
        whole.put(records, cases)
        assert whole.cases() == cases


def test_no_page_of_a_masked_index_tells_a_name(matter: Any, tmp_path: Path) -> None:
    records, cases = matter
    with open_index(tmp_path / "i.db", create=True, threads=True) as index:
        index.put(records, cases)
        client = TestClient(application(index))
        pages = ["/", "/cases", f"/case/{cases[0]['id']}", *(f"/document/{record['id']}" for record in records)]
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200
            assert told(answer.text) == []
        assert f"/document/{records[0]['id']}" in client.get(f"/case/{cases[0]['id']}").text


@pytest.mark.parametrize("form_", sorted(FORMS))
def test_no_export_tells_a_name(form_: str, matter: Any, tmp_path: Path) -> None:
    files = write(*matter[:1], form_, tmp_path / "out", cases=matter[1])
    assert files
    assert told(b"".join(path.read_bytes() for path in files).decode("latin-1")) == []


def test_exports_get_masked_cases_that_still_meet_their_records(
    matter: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setitem(FORMS, "seen", lambda records, out, cases: seen.extend([records, cases]) or [])  # type: ignore[misc]
    write(matter[0], "seen", tmp_path / "o", cases=matter[1])
    assert told(seen) == []
    assert seen[1][0]["motion"] == seen[0][0]["source"]["name"]
    write(matter[0], "seen", tmp_path / "o", cases=matter[1], masked=False)
    assert seen[3] == matter[1]


def test_no_feed_tells_a_name(matter: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed(matter[0], open_target("-", state=tmp_path / "state.json"), cases=matter[1])
    out = capsys.readouterr().out
    assert "bänkar" in out
    assert told(out) == []


def test_a_masked_case_is_a_case(matter: Any) -> None:
    (case,) = matter[1]
    made = mask_case(case)
    assert validate_case(made) == []
    assert told(made) == []
    assert mask_case(made) == made
    assert {key: made[key] for key in made if key not in ("authors", "documents", "motion", "raised")} == {
        key: case[key] for key in case if key not in ("authors", "documents", "motion", "raised")
    }


def test_every_string_of_a_case_is_looked_at(matter: Any) -> None:
    (case,) = matter[1]
    at = {"raw": [0, 19], "repaired": [0, 19], "page": 1, "box": None, "quote": "Förslag, Anna 8erg:"}
    counter = {
        "text": "att svara Anna Berg, Storgatan 4, på 811218-9876",
        "by": None,
        "record": case["documents"][0]["record"],
    }
    made = mask_case(
        {
            **case,
            "title": "Bergs bänkar (Anna)",
            "proposals": [{**case["proposals"][0], "text": "att ringa 070-123 45 67", "counter": counter}],
            "documents": [{**case["documents"][0], "source": "svar_Anna_Berg.pdf", "evidence": [at]}],
            "review": [{"field": "documents", "reason": "may belong here: Anna Berg.pdf § 1", "confidence": 0.4}],
        }
    )
    assert validate_case(made) == []
    assert made["title"] == "█████ bänkar (████)"
    assert made["proposals"][0]["text"] == "att ringa ███████ ██ ██"
    assert made["proposals"][0]["counter"]["text"] == "att svara ████ ████, █████████ █, på ███████████"
    assert made["documents"][0]["source"] == "svar_█████████.pdf"
    assert made["documents"][0]["evidence"][0]["quote"] == "Förslag, ████ ████:"
    assert made["review"][0]["reason"] == "may belong here: ████ ████.pdf § 1"


def test_cases_and_stores_of_earlier_versions_hide_who_has_no_party(matter: Any) -> None:
    records, (case,) = matter
    before = {**case, "authors": [{k: v for k, v in a.items() if k != "private"} for a in case["authors"]]}
    assert told(mask_case(before)) == []
    councillor = {**before, "authors": [{**a, "party": "S"} for a in before["authors"]]}
    assert mask_case(councillor)["authors"] == councillor["authors"]
    motion = raised(records[0])
    assert motion is not None
    data, words = freeze(motion)
    plain = json.loads(data)
    plain["authors"] = [[name, party] for name, party, _ in plain["authors"]]
    assert thaw(type(motion), json.dumps(plain), words).authors == (Author("Anna Berg", None, True),)


def test_an_index_of_an_earlier_format_is_made_anew_and_not_emptied(matter: Any, tmp_path: Path) -> None:
    """Its cases were not masked, and what it holds unchanged would not be masked again."""
    path = tmp_path / "old.db"
    with open_index(path, create=True) as index:
        index.put(*matter)
    db = sqlite3.connect(path)
    db.execute("UPDATE about SET value = '2' WHERE key = 'format'")
    db.commit()
    with pytest.raises(IndexOutdated, match="earlier version"):
        open_index(path)
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    db.close()
    with open_index(path, create=True) as index:
        assert index.ids() == set()
