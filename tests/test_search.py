"""The index: what is found, what stays found after changes and crashes, and that what is deleted is gone."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import RecordInvalid
from pipeline.laws import validate
from pipeline.search import (
    Filters,
    IndexMissing,
    IndexOutdated,
    QueryInvalid,
    analyzer,
    entries,
    open_index,
    parse,
    search,
)
from pipeline.search.analysis import WORD, Analyzer, fold
from pipeline.search.facets import Memory
from pipeline.search.incoming import Incoming
from pipeline.search.packing import pack, parts, slim, unpack
from pipeline.search.pieces import Pieces
from pipeline.search.preparing import Preparer, texts_of
from pipeline.search.side import prepared
from pipeline.search.snippet import Matcher, snippet

CASES = Path(__file__).parent / "cases"
COUNCIL = [json.loads(line) for line in (CASES / "council.jsonl").read_text(encoding="utf-8").splitlines()]
LINKED = [json.loads(line) for line in (CASES / "council_cases.jsonl").read_text(encoding="utf-8").splitlines()]
QUERIES = json.loads((CASES / "search_queries.json").read_text(encoding="utf-8"))
UNTUNED = json.loads((CASES / "search_queries_untuned.json").read_text(encoding="utf-8"))

needs_hunspell = pytest.mark.skipif(
    analyzer().dictionary is None, reason="hunspell is not installed: pip install attsats[search]"
)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_index(tmp_path_factory.mktemp("db") / "council.db", create=True) as index:
        index.put(COUNCIL, LINKED)
        yield index


def found(index: Any, text: str, **filters: Any) -> list[str]:
    return list(dict.fromkeys(h.entry["source"] for h in search(index, text, Filters(**filters)).hits))


def test_the_records_are_valid() -> None:
    assert [breach for record in COUNCIL for breach in validate(record)] == []


def answered_or_refused(index: Any, text: str) -> None:
    """Any other error than a refusal fails the test."""
    with contextlib.suppress(QueryInvalid):
        assert search(index, text).total >= 0


@needs_hunspell
@pytest.mark.parametrize("case", QUERIES, ids=[q["q"] for q in QUERIES])
def test_finds_what_people_look_for(council: Any, case: Any) -> None:
    hits = found(council, case["q"])
    assert set(case["expect"]) <= set(hits), case["why"]
    if not case["expect"]:
        assert hits == []


@needs_hunspell
def test_recall_of_forty_queries(council: Any) -> None:
    wanted = [(q["q"], name) for q in QUERIES for name in q["expect"]]
    assert len(QUERIES) >= 40
    assert sum(name in found(council, q) for q, name in wanted) / len(wanted) >= 0.95


@needs_hunspell
def test_recall_of_queries_written_after_the_rules(council: Any) -> None:
    """Forty-four more; not one rule was made or changed for them."""
    wanted = [(q["q"], name) for q in UNTUNED for name in q["expect"]]
    missed = [(q, name) for q, name in wanted if name not in found(council, q)]
    assert len(UNTUNED) >= 40
    assert len(missed) / len(wanted) <= 0.05, missed


@needs_hunspell
@pytest.mark.parametrize("queries", [QUERIES, UNTUNED], ids=["first", "untuned"])
def test_little_else_is_found(council: Any, queries: Any) -> None:
    """Precision: of what the queries find, at most one document in ten was not expected."""
    extra = [(q["q"], name) for q in queries for name in found(council, q["q"]) if name not in q["expect"]]
    wanted = sum(len(q["expect"]) for q in queries)
    assert len(extra) / (wanted + len(extra)) <= 0.1, extra


def meets(typed: str, printed: str) -> bool:
    """Whether a typed word finds a printed one."""
    words = analyzer()
    there = words.word(printed)
    return bool((words.lemmas(typed) | {fold(typed)}) & {there.lemma, *there.parts, *there.others, fold(printed)})


@needs_hunspell
def test_any_form_of_a_word_finds_any_other() -> None:
    rows = [line.split() for line in (CASES / "search_inflections.txt").read_text(encoding="utf-8").splitlines()]
    pairs = [(typed, printed) for forms in rows for typed in forms for printed in forms]
    missed = [pair for pair in pairs if not meets(*pair)]
    assert len(pairs) > 1_000
    assert len(missed) / len(pairs) <= 0.01, missed


@needs_hunspell
def test_words_that_look_alike_stay_apart() -> None:
    pairs = [line.split() for line in (CASES / "search_apart.txt").read_text(encoding="utf-8").splitlines()]
    assert [pair for pair in pairs if meets(*pair) or meets(*reversed(pair))] == []


@needs_hunspell
def test_a_form_with_two_readings_is_found_by_either(tmp_path: Path) -> None:
    """hissar: lifts, or hoists."""
    text = "Kommunens hissar ses över, och flaggan hissas."
    record = {**COUNCIL[0], "items": [], "repairs": [], "text": {"raw": text, "repaired": text}}
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put([record])
        for query in ("hiss", "hissen", "hissar", "hissa"):
            assert search(index, query).total == 1, query


def test_filters_and_facets(council: Any) -> None:
    everything = search(council)
    assert dict(everything.facets["municipality"])["Ystad"] == everything.total - sum(
        n for name, n in everything.facets["municipality"] if name != "Ystad"
    )
    assert found(council, "", party="SD", kind="motion", year=2021) == ["motion-igor.txt"]
    for name in everything.facets:
        for value, count in everything.facets[name]:
            key: Any = int(value) if name == "year" else value
            assert search(council, "", Filters(**{name: key})).total == count, (name, value)


@pytest.mark.parametrize("few", [0, 1_000])
def test_facets_follow_every_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("pipeline.search.facets.FEW", few)
    path = tmp_path / "a.db"
    with open_index(path, create=True) as own, open_index(path) as other:
        for change in (
            lambda: own.put(COUNCIL[:12]),
            lambda: other.put(COUNCIL[8:], LINKED),
            lambda: own.delete([COUNCIL[0]["id"], COUNCIL[9]["id"]]),
            lambda: other.put([{**COUNCIL[3], "municipality": COUNCIL[0]["municipality"], "date": "1999-01-01"}]),
            lambda: own.delete([COUNCIL[3]["id"]]),
        ):
            change()
            with open_index(path) as fresh:
                expected = search(fresh).facets
            assert sum(n for _, n in expected["kind"]) == search(own).total
            for index in (own, other, own):
                assert search(index).facets == expected


FILTERS = st.builds(
    Filters,
    level=st.sampled_from(["matter", "proposal", None]),
    municipality=st.sampled_from([None, None, "ystad"]),
    party=st.sampled_from([None, None, "SD", "M"]),
    kind=st.sampled_from([None, None, "motion"]),
    year=st.sampled_from([None, None, 2021]),
    outcome=st.sampled_from([None, None, "bifall"]),
    since=st.sampled_from([None, None, "2021-01-01"]),
    until=st.sampled_from([None, None, "2021-06-30"]),
)
ASKED = st.sampled_from(
    ["", "kommun", "skol*", '"i nära"', "kommun skol*", "skola -budget", '-"våld i nära" kommun', "ingenstans"]
)


@given(text=ASKED, filters=FILTERS, offset=st.integers(0, 3), many=st.sampled_from([0, 5_000]))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_entries_in_memory_give_the_same_answers(
    council: Any, monkeypatch: pytest.MonkeyPatch, text: str, filters: Filters, offset: int, many: int
) -> None:
    monkeypatch.setattr("pipeline.search.find.MANY", many)
    monkeypatch.setattr("pipeline.search.find.MUCH", -1)
    council.memory = Memory(council.db)
    answers = []
    for in_memory in (False, False, True):  # missed, missed and read, had
        assert (council.memory.columns() is not None) is in_memory
        answers.append(search(council, text, filters, limit=5, offset=offset))
    assert answers[0] == answers[1] == answers[2]


def test_entries_in_memory_follow_every_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.search.find.MUCH", -1)
    path = tmp_path / "a.db"
    with open_index(path, create=True) as own, open_index(path) as other:
        assert [search(own).total for _ in range(3)] == [0, 0, 0]
        for writer in (own, other):
            writer.put(COUNCIL[:9] if writer is own else COUNCIL)
            with open_index(path) as fresh:
                expected = search(fresh, "kommun")
            assert [search(own, "kommun") for _ in range(3)] == [expected] * 3
            assert own.memory.columns() is not None


def test_outcomes_of_a_motion_come_from_its_case(council: Any) -> None:
    assert found(council, "", kind="motion", outcome="delvis_bifall") == ["motion-badplatser.txt"]
    hits = search(council, "", Filters(level="proposal", kind="motion", outcome="avslag")).hits
    assert [hit.entry["text"][:60] for hit in hits] == ["att toaletterna hålls öppna till och med september."]


def test_snippets_are_marked(council: Any) -> None:
    hit = search(council, "trad").hits[0]
    assert "träd" in [hit.snippet.text[a:b].lower() for a, b in hit.snippet.marks]
    assert "\n" not in hit.snippet.text


def test_a_phrase_is_marked_as_one() -> None:
    made = snippet("Ett ord, våld i nära relationer, slut", Matcher(Analyzer(), phrases=(("vald", "i", "nara"),)))
    assert made.marked() == "Ett ord, [våld i nära] relationer, slut"


@pytest.mark.parametrize(
    "text",
    ['"', "()", "* * *", "-", "'; DROP TABLE entries --", "NEAR(", "{", "a\x00b", "§", ":"],
)
def test_no_query_is_a_syntax_error(council: Any, text: str) -> None:
    answered_or_refused(council, text)


@given(st.text(max_size=40))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_a_query_or_refused(council: Any, text: str) -> None:
    answered_or_refused(council, text)


def test_forms_that_follow_no_rule_need_no_dictionary() -> None:
    words = Analyzer()
    for typed, printed in (("bostad", "hyresbostäderna"), ("ledamot", "ledamöter"), ("anta", "antagits")):
        lemma = words.word(printed).lemma
        assert lemma.endswith(words.word(typed).lemma), (typed, printed)


def test_exact_leaves_inflection_out(council: Any) -> None:
    assert search(council, "skolgård", exact=True).total == 1
    assert search(council, "skolgårdens", exact=True).total == 0


def test_unknown_signs_are_refused() -> None:
    with pytest.raises(QueryInvalid):
        parse("?!")


def test_private_details_are_not_indexed(council: Any, tmp_path: Path) -> None:
    for text in ("811218-9876", "Tallgren", "Elvira", "elvira.tallgren", "070-174 06 05"):
        assert "medborgarforslag-lekplats.txt" not in found(council, text, level=None), text
    told = [row for row in rows(council)[3] if not isinstance(row[-1], bytes)]
    dump = f"{told} {rows(council)[:3]} {list(council.records())}"
    assert "lekplats" in dump
    assert "'9876'" not in str(rows(council)[2])
    assert not {secret for secret in ("allgren", "811218-9876", "070-174 06 05") if secret in dump}
    with open_index(tmp_path / "open.db", create=True, masked=False) as index:
        index.put(COUNCIL)
        assert found(index, "Tallgren") == ["medborgarforslag-lekplats.txt"]


def rows(index: Any) -> list[Any]:
    """All that can be found or is shown, without row numbers."""
    columns = "id, record, level, title, text, parties, outcomes, people, dnr"
    entries = index.db.execute(f"SELECT {columns} FROM entries ORDER BY id").fetchall()
    narrow = index.db.execute(
        "SELECT e.id, f.level, f.date, a.kind, a.municipality, a.body, a.year, a.parties, a.outcomes FROM facets f "
        "JOIN alike a ON a.id = f.alike JOIN entries e ON e.rowid = f.rowid ORDER BY e.id"
    ).fetchall()
    terms = []
    for table in ("exact", "lemma"):
        index.db.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.v_{table} USING fts5vocab ('main', '{table}', 'row')"
        )
        terms.append(index.db.execute(f"SELECT term, doc, cnt FROM temp.v_{table}").fetchall())
    others = [
        index.db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("vocabulary", "documents", "cases", "case_documents")
    ]
    return [entries, narrow, terms, others]


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "change", "delete", "fail", "kill", "case", "no case"]), st.integers(0, 7)),
    max_size=10,
)


@given(st.lists(st.text("aåÅé\u0301bs. \n-_0§\u00a0", max_size=60), max_size=4))
@settings(max_examples=50, deadline=None)
def test_texts_in_pieces_have_the_words_of_the_whole(texts: list[str]) -> None:
    pieces, words = Pieces(analyzer()), analyzer()
    for text in ["Bostäderna vid skol- och cykelvägen, skolvägen; hissar", *texts, *texts]:
        lemmas, parts = words.text(text)
        assert (pieces.text(text)[0].split(), pieces.text(text)[1]) == (lemmas.split(), parts)
    assert pieces.fresh == {match[0] for text in texts for match in WORD.finditer(text)} | {
        "Bostäderna", "vid", "skol", "och", "cykelvägen", "skolvägen", "hissar",
    }  # fmt: skip


def test_words_that_look_like_a_packed_place_stay_words() -> None:
    at = {"raw": [0, 2], "repaired": [0, 2], "page": 1, "box": None, "quote": 'a"'}
    other = dict(reversed(at.items()))
    for raw in ('a","quote":"b"', f'a"{json.dumps(at, separators=(",", ":"))}', 'a"\\'):
        record: dict[str, Any] = {
            "note": raw,
            "at": [at, other, {**at, "box": [1.5, -2e-07, 3, 4], "page": None}],
            "repairs": [],
        }
        record["text"] = {"raw": raw, "repaired": raw}
        for place in record["at"]:
            place["quote"] = raw[:2]
        assert b'"quote":"a' not in slim({**record, "note": "", "at": [at], "text": {"raw": ""}})
        assert unpack(pack(slim(record))) == record


@example(steps=[("case", 0), ("delete", 1)], statement=1)
@example(steps=[("put", 0), ("put", 5), ("delete", 0)], statement=1)
@given(steps=STEPS, statement=st.integers(1, 60))
@settings(max_examples=20, deadline=None)
def test_any_sequence_of_changes_gives_the_same_index(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], statement: int
) -> None:
    """Puts, changes, deletes and cases; writers that fail, and writers that are killed at any statement."""
    path = tmp_path_factory.mktemp("steps") / "a.db"
    held: dict[str, Any] = {}
    cases: list[Any] = []
    open_index(path, create=True).close()
    for step, n in steps:
        record = COUNCIL[n] if step != "change" else {**COUNCIL[n], "date": "2001-01-01", "items": []}
        if step == "kill":
            killed_after(
                statement + 7 * n, path, lambda index, r=record: (index.put([r], LINKED), index.delete([r["id"]]))
            )
            with open_index(path) as index:  # what a user does then: the same once more, from the files that are there
                index.put(held.values(), cases)
                index.delete(index.ids() - set(held))
            continue
        with open_index(path) as index:
            if step == "delete":
                index.delete([record["id"]])
                held.pop(record["id"], None)
            elif step == "fail":
                with pytest.raises(KeyError):
                    index.put([record, {"id": "broken", "source": {"name": "x"}}])
            elif step in ("case", "no case"):
                cases = LINKED if step == "case" else []
                index.put([], cases)
            else:
                index.put([record])
                held[record["id"]] = record
    with open_index(path) as index, open_index(path.with_name("b.db"), create=True) as fresh:
        for table in ("exact", "lemma"):
            index.db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        assert index.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        fresh.put(held.values(), cases)
        assert rows(index) == rows(fresh)


def there_and_back(index: Any, record: Any) -> None:
    index.put([record], LINKED)
    index.delete([record["id"]])


def killed_after(statement: int, path: Path, work: Any) -> bool:
    """Let a process of its own write, and kill it at this SQL statement; whether it was killed before its end."""
    child = os.fork()
    if child == 0:
        try:
            with open_index(path) as index:
                left = iter(range(statement))
                kill = lambda _: next(left, None) is None and os.kill(os.getpid(), signal.SIGKILL)  # noqa: E731
                index.db.set_trace_callback(kill)
                work(index)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("statement", [3, 40, 120, 300, 700])
def test_a_killed_writer_leaves_whole_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: int) -> None:
    monkeypatch.setattr("pipeline.search.store.BATCH", 5)
    open_index(tmp_path / "a.db", create=True).close()
    assert killed_after(statement, tmp_path / "a.db", lambda index: index.put(COUNCIL, LINKED))
    with open_index(tmp_path / "a.db") as index, open_index(tmp_path / "b.db", create=True) as fresh:
        assert len(index.ids()) % 5 == 0
        assert index.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        index.put(COUNCIL, LINKED)
        fresh.put(COUNCIL, LINKED)
        assert rows(index) == rows(fresh)


def test_two_writers_at_once(tmp_path: Path) -> None:
    """What one of them remembers of the file, the other may have changed meanwhile."""
    with open_index(tmp_path / "a.db", create=True) as one, open_index(tmp_path / "a.db") as other:
        one.put(COUNCIL[:6])
        other.delete([record["id"] for record in COUNCIL[:6]])
        one.put(COUNCIL[:3])
        with open_index(tmp_path / "b.db", create=True) as fresh:
            fresh.put(COUNCIL[:3])
            assert rows(one) == rows(fresh)


def test_lone_surrogates_survive(tmp_path: Path) -> None:
    odd = json.loads(json.dumps(COUNCIL[4]).replace("adressen", "adr\\udc80sen").replace("skolskjuts", "skol\\ud800"))
    odd["source"]["name"] = "f\udcf6r.txt"
    with open_index(tmp_path / "a.db", create=True) as index:
        assert index.put([odd], [{**LINKED[0], "title": "\udfff"}]).added == 1
        assert index.put([odd]).same == 1
        assert search(index, "växelvis").hits[0].entry["source"] == "f\ufffdr.txt"
        assert index.record(odd["id"])["text"]["raw"].count("\ufffd") == odd["text"]["raw"].count("\udc80") + odd[
            "text"
        ]["raw"].count("\ud800")
        assert search(index, "växelvis \udc80", Filters(municipality="\udc80")).total == 0


def test_unchanged_records_are_skipped(tmp_path: Path) -> None:
    with open_index(tmp_path / "a.db", create=True) as index:
        assert index.put(COUNCIL).added == len(COUNCIL)
        again = index.put(COUNCIL)
        assert (again.same, again.added, again.changed) == (len(COUNCIL), 0, 0)
        assert index.put([], LINKED).changed == 1  # the motion whose case is now known


def test_lines_give_the_same_index_as_objects(tmp_path: Path) -> None:
    """As extract writes them, as batch does, and in forms that others make of them; known ones are not parsed."""
    for n, form in enumerate(
        ({}, {"separators": (",", ":")}, {"ensure_ascii": True}, {"sort_keys": True}, {"separators": (" ,", " : ")})
    ):
        lines = [json.dumps(record, **{"ensure_ascii": False, **form}).encode() for record in COUNCIL]
        with (
            open_index(tmp_path / f"{n}.db", create=True) as index,
            open_index(tmp_path / "o.db", create=True) as other,
        ):
            other.put(COUNCIL, LINKED)
            assert index.put(lines, LINKED).added == len(COUNCIL)
            assert list(index.records()) == list(other.records())
            assert rows(index)[:3] == rows(other)[:3]
            again = index.put([*lines, lines[0].replace(b'"schema"', b'"x": 1, "schema"', 1)])
            assert (again.same, again.changed) == (len(COUNCIL), 1)
            for broken in (b"{", b'{"schema": "record/1.0", "id": "x", "kind": "\xff"}'):
                with pytest.raises(RecordInvalid, match=r"A line is no (JSON|UTF-8)"):
                    index.put([broken])


def test_other_processes_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.search.side.FEW", 2)
    monkeypatch.setattr("pipeline.search.side.CHUNK", 10_000)
    monkeypatch.setattr("pipeline.search.side.AHEAD", 40_000)
    lines = [json.dumps(record, ensure_ascii=False).encode() for record in COUNCIL]
    dumps = []
    for jobs in (1, 2):
        with open_index(tmp_path / f"{jobs}.db", create=True) as index:
            index.put(lines[:9], LINKED)
            index.delete([COUNCIL[2]["id"]])
            index.put([*lines, *lines[:2], lines[3].replace(b"20", b"19")], jobs=jobs)
            dumps.append(list(index.db.iterdump()))
            with pytest.raises(RecordInvalid, match="line 7 is no JSON"):
                index.put([*lines[:3], Incoming(b"{", where="line 7")], jobs=jobs)
    assert dumps[0] == dumps[1]


def test_a_word_is_told_with_the_first_record_that_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever process prepares it: else a batch before a crash would lack a word."""
    monkeypatch.setattr("pipeline.search.side.FEW", 2)
    monkeypatch.setattr("pipeline.search.side.CHUNK", 5_000)
    lines = [Incoming(json.dumps(record, ensure_ascii=False).encode()) for record in COUNCIL * 20]
    told: set[str] = set()
    preparer = Preparer(Analyzer(analyzer().dictionary, analyzer().version), {}, masked=True)
    for n, made in enumerate(prepared(lines, preparer, jobs=2)):
        assert made.id == COUNCIL[n % len(COUNCIL)]["id"]
        told |= {row[0] for row in made.fresh}
        held = {word.lower() for row in made.rows for text in row.searched[:3] for word in WORD.findall(text)}
        assert held <= told


def test_a_killed_helper_is_replaced_by_the_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.search.side.FEW", 2)
    monkeypatch.setattr("pipeline.search.side.CHUNK", 10_000)
    monkeypatch.setattr("pipeline.search.side.AHEAD", 40_000)

    def lines() -> Iterator[bytes]:
        for n, record in enumerate(COUNCIL):
            if n == 12:
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
            yield json.dumps(record, ensure_ascii=False).encode()

    with open_index(tmp_path / "a.db", create=True) as index, open_index(tmp_path / "b.db", create=True) as fresh:
        assert index.put(lines(), jobs=2).added == len(COUNCIL)
        fresh.put(COUNCIL)
        assert rows(index)[:3] == rows(fresh)[:3]
    assert not multiprocessing.active_children()


def test_helpers_end_with_the_writer(tmp_path: Path) -> None:
    """Also where it is killed and can tell nobody."""
    script = f"""
import json, multiprocessing, os, signal
from pipeline.search import open_index, side
side.FEW = 2

def lines():
    for n, line in enumerate(open({str(CASES / "council.jsonl")!r}, "rb")):
        yield line
    print(multiprocessing.active_children()[0].pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    with open_index({str(tmp_path / "a.db")!r}, create=True) as index:
        index.put(lines(), jobs=2)
"""
    (tmp_path / "writer.py").write_text(script, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    told = subprocess.run([sys.executable, tmp_path / "writer.py"], capture_output=True, env=environment, check=False)
    pid = int(told.stdout)
    for _ in range(600):
        if not running(pid):
            break
        time.sleep(0.1)
    assert not running(pid)


def running(pid: int) -> bool:
    """Whether a process is there and no zombie (orphans may wait for a lazy init of a container)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.is_file() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_last_of_two_records_of_one_id_wins(tmp_path: Path) -> None:
    newer = {**COUNCIL[0], "date": "2001-01-01"}
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put([newer])
        counts = index.put([COUNCIL[0], newer])
        assert (counts.changed, counts.same) == (2, 0)
        assert index.record(newer["id"])["date"] == "2001-01-01"


def test_deleted_words_are_forgotten(tmp_path: Path) -> None:
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put(COUNCIL)
        gone = next(r["id"] for r in COUNCIL if r["source"]["name"] == "motion-bredband.txt")
        assert index.delete([gone]) == 1
        assert "uppkoppling" not in "\n".join(index.db.iterdump())


def test_a_spelling_is_forgotten_though_another_stays(tmp_path: Path) -> None:
    plain, dotted = (
        json.loads(json.dumps(record).replace("ommun", word))
        for record, word in ((COUNCIL[0], "xvar"), (COUNCIL[1], "xvår"))
    )
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put([plain, dotted])
        spelled = "SELECT count(*) FROM vocabulary WHERE word LIKE ?"
        assert index.db.execute(spelled, ("%xvår%",)).fetchone()[0]
        assert index.db.execute(spelled, ("%xvar%",)).fetchone()[0]
        index.delete([dotted["id"]])
        assert not index.db.execute(spelled, ("%xvår%",)).fetchone()[0]
        assert index.db.execute(spelled, ("%xvar%",)).fetchone()[0]


def test_readers_go_on_while_it_is_written(tmp_path: Path) -> None:
    with open_index(tmp_path / "a.db", create=True) as writer:
        writer.put(COUNCIL[:5])
        with open_index(tmp_path / "a.db") as reader:
            writer.db.execute("BEGIN IMMEDIATE")
            writer.db.execute("DELETE FROM facets")
            assert search(reader).total > 0
            writer.db.execute("ROLLBACK")


def test_records_come_back_whole(tmp_path: Path) -> None:
    for record in COUNCIL:
        texts = texts_of(entries(record))
        told = parts(record, texts)
        assert told
        assert any(isinstance(part, int) for part in told)
        assert unpack(pack(slim(record))) == unpack(pack(slim(record, told)), texts) == record
        if record["repairs"]:
            wrong = {**record, "repairs": [{**edit, "from": "?"} for edit in record["repairs"]]}
            assert parts(wrong, texts) is None
    assert any(record["repairs"] for record in COUNCIL)
    with open_index(tmp_path / "a.db", create=True, masked=False) as index:
        index.put(COUNCIL)
        assert {r["id"]: r for r in index.records()} == {r["id"]: r for r in COUNCIL}


def test_stock_sqlite_reads_the_file(tmp_path: Path) -> None:
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put(COUNCIL)
    db = sqlite3.connect(tmp_path / "a.db")
    sql = "SELECT e.source FROM exact JOIN entries e ON e.rowid = exact.rowid WHERE exact MATCH 'hundrastgard'"
    assert ("motion-hundrastgard.txt",) in db.execute(sql).fetchall()
    db.close()


def test_other_rules_are_refused_and_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_index(path, create=True, words=Analyzer(version="other/1")).close()
    with pytest.raises(IndexOutdated, match="other/1"):
        open_index(path)
    with open_index(path, create=True) as index:
        assert index.put(COUNCIL[:1]).added == 1
        index.db.execute("UPDATE about SET value = '3' WHERE key = 'format'")
    with pytest.raises(IndexOutdated, match="earlier version"):
        open_index(path)
    with open_index(path, create=True) as index:
        assert index.put(COUNCIL[:1]).added == 1


def test_what_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        open_index(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at" * 20)
    with pytest.raises(IndexMissing):
        open_index(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE t (x);")
    with pytest.raises(IndexMissing):
        open_index(tmp_path / "other.db", create=True)


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "c.db")
    assert main(["index", str(CASES / "council.jsonl"), "--db", db]) == 0
    assert f"{len(COUNCIL)} added" in capsys.readouterr().err
    assert main(["search", "hundrastgardar", "--db", db, "--party", "SD", "--kind", "motion"]) == 0
    out = capsys.readouterr().out
    assert "[Hundrastgård]" in out or "[hundrastgård]" in out
    assert main(["search", "klotter", "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["source"] == "motion-klotter.txt"
    assert main(["search", "xyzzyxyzzy", "--db", db]) == 1
    assert main(["search", "x", "--db", str(tmp_path / "no.db")]) == 40
    some = tmp_path / "some.jsonl"
    some.write_text("\n".join(json.dumps(r) for r in COUNCIL[:3]), encoding="utf-8")
    assert main(["index", str(some), "--db", db, "--sync"]) == 0
    assert f"{len(COUNCIL) - 3} deleted" in capsys.readouterr().err
    assert main(["index", str(some), "--db", db, "--check", "--jobs", "2"]) == 0
    assert "3 unchanged" in capsys.readouterr().err
    assert main(["index", db, "--db", str(tmp_path / "d.db")]) == 30
    some.write_text('{"schema": "record/1.0", "id": "a"', encoding="utf-8")
    assert main(["index", str(some), "--db", db]) == 30
    assert "some.jsonl, line 1 is no JSON" in capsys.readouterr().err
