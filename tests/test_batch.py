"""What a batch does with everything that can be in a folder; the pipeline is a stub that does what documents say."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.batch import driver as driver_module
from pipeline.batch import feed as feed_module
from pipeline.batch import limits as limits_module
from pipeline.batch.driver import Interrupts
from pipeline.batch.inputs import Selection
from pipeline.batch.nursery import buried
from pipeline.batch.progress import Bar, JsonLog, Quiet, State
from pipeline.batch.refusal import LoadFailed
from pipeline.batch.session import Ending, Plan, run
from pipeline.batch.shards import merge
from pipeline.batch.task import Failure, Job, Limits
from pipeline.batch.wire import Frame, Reader, pack

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the stub lives beside the benchmarks, which no wheel holds

from benchmark.batch.stub import JOB  # noqa: E402

CASES = json.loads((Path(__file__).parent / "cases" / "batch.json").read_text(encoding="utf-8"))["documents"]
LINUX = sys.platform == "linux"
OUTPUTS = ("records.jsonl", "failures.jsonl", "inputs.jsonl")


class Watcher(Quiet):
    """Keeps what was told."""

    def __init__(self) -> None:
        self.state = State()
        self.failures: list[tuple[str, Failure]] = []
        self.summary = ""

    def failure(self, name: str, failure: Failure) -> None:
        self.failures.append((name, failure))

    def end(self, state: State, summary: str) -> None:
        self.state, self.summary = state, summary


def plan(source: Any, out: Path, **more: Any) -> Plan:
    sources = tuple(map(str, source)) if isinstance(source, list | tuple) else (str(source),)
    more = {"job": JOB, "jobs": 2, "limits": Limits(60.0, 0), **more}
    return Plan(Selection(sources), out, **more)


def write(folder: Path, documents: dict[str, str]) -> Path:
    for name, text in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(text) for text in path.read_text(encoding="utf-8").split("\n")[:-1]]


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Ending, Watcher]:
    """One run over a folder of everything that can go wrong."""
    place = tmp_path_factory.mktemp("zoo")
    folder = write(place / "in", {case["name"]: case["text"] for case in CASES if LINUX or not case.get("linux")})
    (folder / "dangling.txt").symlink_to("nowhere")
    watcher = Watcher()
    ending = run(plan(folder, place / "out", limits=Limits(15.0, 100_000_000)), report=watcher)
    return folder, place / "out", ending, watcher


class TestZoo:
    def test_exit_code_says_that_some_failed(self, zoo: Any) -> None:
        assert zoo[2].exit_code == 3

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
    def test_each_document_gets_its_due(self, zoo: Any, case: dict[str, Any]) -> None:
        if case.get("linux") and not LINUX:
            pytest.skip("address space can be limited on Linux only")
        found = next(entry for entry in lines(zoo[1] / "inputs.jsonl") if entry["name"] == case["name"])
        assert found["sha256"] == hashlib.sha256(case["text"].encode()).hexdigest()
        if "code" not in case:
            assert (found["status"], len(found["records"])) == ("done", case.get("records", 1))
            return
        assert found["status"] == "failed"
        failure = next(entry for entry in lines(zoo[1] / "failures.jsonl") if entry["name"] == case["name"])
        assert failure["code"] == case["code"]
        assert failure["advice"]
        assert failure["sha256"] == found["sha256"]
        assert case.get("traceback", "") in failure["traceback"]

    def test_links_to_nowhere_are_told(self, zoo: Any) -> None:
        failure = next(entry for entry in lines(zoo[1] / "failures.jsonl") if entry["name"] == "dangling.txt")
        assert (failure["code"], failure["sha256"]) == ("input.missing", None)

    def test_order_is_that_of_the_list(self, zoo: Any) -> None:
        names = [entry["name"] for entry in lines(zoo[1] / "inputs.jsonl")]
        assert names == sorted(names, key=lambda name: name.encode().replace(b"/", b"\0"))
        assert names.index("a/motion.txt") < names.index("a-b/svar.txt")
        records = [record["source"]["name"] for record in lines(zoo[1] / "records.jsonl")]
        assert [name for name in names if name in records] == list(dict.fromkeys(records))

    def test_same_bytes_give_one_record_with_all_names(self, zoo: Any) -> None:
        records = [r for r in lines(zoo[1] / "records.jsonl") if r["text"]["raw"] == "motion om cykelväg"]
        assert [(r["source"]["name"], r["source"]["also"]) for r in records] == [
            ("a/kopia av motion.txt", ["a/motion.txt"])
        ]
        entries = {e["name"]: e for e in lines(zoo[1] / "inputs.jsonl")}
        assert entries["a/motion.txt"]["same_as"] == "a/kopia av motion.txt"
        assert entries["a/motion.txt"]["records"] == entries["a/kopia av motion.txt"]["records"] == [records[0]["id"]]

    def test_manifest_adds_up(self, zoo: Any) -> None:
        manifest = json.loads((zoo[1] / "manifest.json").read_text(encoding="utf-8"))
        counts = manifest["counts"]
        assert counts["inputs"] == len(lines(zoo[1] / "inputs.jsonl")) == counts["documents"] + counts["duplicates"]
        assert counts["documents"] == counts["done"] + counts["failed"]
        assert counts["records"] == len(lines(zoo[1] / "records.jsonl"))
        assert counts["failed"] == sum(counts["failures"].values()) == len(lines(zoo[1] / "failures.jsonl"))
        assert manifest["complete"]
        assert manifest["versions"]["models"] == {"stub": "stub-sv 1.0.0"}
        for name, facts in manifest["outputs"].items():
            assert facts["sha256"] == hashlib.sha256((zoo[1] / name).read_bytes()).hexdigest()

    def test_every_failure_was_told_once(self, zoo: Any) -> None:
        told = sorted(name for name, _ in zoo[3].failures)
        assert told == sorted(entry["name"] for entry in lines(zoo[1] / "failures.jsonl"))

    @pytest.mark.skipif(not LINUX, reason="looks into /proc")
    def test_no_process_is_left(self, zoo: Any) -> None:
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
        assert not [command for command in commands if b"98761" in command]

    def test_resume_does_nothing_again(self, zoo: Any) -> None:
        before = contents(zoo[1])
        watcher = Watcher()
        again = run(plan(zoo[0], zoo[1], limits=Limits(15.0, 100_000_000), resume=True), report=watcher)
        assert (again.exit_code, watcher.state.worked, contents(zoo[1])) == (3, 0, before)


def test_an_idle_machine_gives_a_document_no_more_memory(tmp_path: Path) -> None:
    """Alone in the list it may use every slot for its pages; it is one process that is too large."""
    folder = write(tmp_path / "in", {"växer.txt": "creep"})
    run(plan(folder, tmp_path / "out", limits=Limits(60.0, 100_000_000)))
    assert [failure["code"] for failure in lines(tmp_path / "out" / "failures.jsonl")] == ["limit.memory"]


LIKE_PS = """import pathlib, resource
for entry in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        cells = (entry / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        continue
    print(cells[2], entry.name, cells[1], int(cells[21]) * resource.getpagesize() // 1024)
"""


@pytest.mark.skipif(not LINUX, reason="looks into /proc")
@pytest.mark.parametrize("source", ["_descendants", "_group_by_proc", "_group_by_ps"])
def test_memory_of_a_family_is_seen_however_the_system_lists_it(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "ps"
    own.write_text(f"#!{sys.executable}\n{LIKE_PS}")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{tmp_path}")  # found where none is installed
    code = (
        "import os, subprocess, sys; print(os.readlink('/proc/self'), flush=True); held = b'x' * 30_000_000;"
        "subprocess.run([sys.executable, '-c', sys.argv[1]])"
    )
    child = "import time; held = b'x' * 60_000_000; print(flush=True); time.sleep(100)"
    with subprocess.Popen([sys.executable, "-c", code, child], process_group=0, stdout=subprocess.PIPE) as process:
        assert process.stdout
        number = int(process.stdout.readline())
        process.stdout.readline()
        whole, alone = limits_module.weigh(number, getattr(limits_module, source)(number))
        os.killpg(process.pid, signal.SIGKILL)
    assert whole == alone > 90_000_000


def test_resume_follows_the_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"{n:02}.txt": f"motion {n}" for n in range(12)} | {"b.txt": "broken"})
    run(plan(folder, tmp_path / "out"))
    write(folder, {"03.txt": "motion, ändrad", "00-ny.txt": "ny motion", "99.txt": "motion 5"})
    (folder / "07.txt").unlink()
    (folder / "05.txt").rename(folder / "zz.txt")
    watcher = Watcher()
    run(plan(folder, tmp_path / "out", resume=True), report=watcher)
    run(plan(folder, tmp_path / "fresh"))
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")
    assert watcher.state.worked == 2


def test_resume_without_inputs_takes_the_same_list(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "motion", "b.txt": "broken"})
    run(plan("-", tmp_path / "out"), stdin=BytesIO(f"{folder}/b.txt\n{folder}/a.txt\n".encode()))
    before = contents(tmp_path / "out")
    run(plan([], tmp_path / "out", resume=True))
    assert contents(tmp_path / "out") == before


def test_retry_failed_tries_only_what_failed(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "motion", "b.txt": "slow 2", "c.txt": f"crash-count {tmp_path}/n"})
    run(plan(folder, tmp_path / "out", limits=Limits(0.5)))
    assert [f["code"] for f in lines(tmp_path / "out" / "failures.jsonl")] == ["limit.time", "worker.crashed"]
    watcher = Watcher()
    ending = run(plan(folder, tmp_path / "out", retry_failed=True, limits=Limits(30.0)), report=watcher)
    assert [f["code"] for f in lines(tmp_path / "out" / "failures.jsonl")] == ["worker.crashed"]
    assert (watcher.state.worked, ending.exit_code) == (2, 3)
    assert (tmp_path / "n").read_text() == "xxxx", "two workers each time, then quarantine"


def test_retries_where_a_retry_can_help(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "in",
        {"a.txt": f"crash-once {tmp_path}/a", "b.txt": f"flaky {tmp_path}/b", "c.txt": f"crash-count {tmp_path}/c"},
    )
    run(plan(folder, tmp_path / "out"))
    assert [f["name"] for f in lines(tmp_path / "out" / "failures.jsonl")] == ["c.txt"]
    assert (tmp_path / "c").read_text() == "xx"


def test_quarantine_outlasts_the_driver(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"c.txt": f"crash-count {tmp_path}/c"})
    run(plan(folder, tmp_path / "out"))
    run(plan(folder, tmp_path / "out", resume=True))
    assert (tmp_path / "c").read_text() == "xx"


@pytest.mark.skipif(not LINUX, reason="elsewhere workers outlive the nursery for a moment")
def test_who_kills_the_nursery_is_tried_alone_and_quarantined(tmp_path: Path) -> None:
    documents = {f"{n:02}.txt": f"slow 0.1 {n}" for n in range(8)} | {"03.txt": "kill-nursery"}
    ending = run(plan(write(tmp_path / "in", documents), tmp_path / "out"))
    assert ending.manifest
    assert ending.manifest["counts"]["failures"] == {"worker.crashed": 1}
    assert ending.manifest["counts"]["done"] == 7


def test_a_full_disk_stops_it_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {f"{n:03}.txt": f"motion {n} " + "x" * 50_000 for n in range(40)})
    command = [sys.executable, "-m", "pipeline.cli", "batch", str(folder), "--out", str(tmp_path / "out")]
    command += ["--jobs", "2", "--task", "benchmark.batch.stub:JOB"]
    # A limit on the size of files stands for a disk that fills up.
    limited = f"ulimit -f 1000; exec {shlex.join(command)}"
    ended = subprocess.run(["bash", "-c", limited], cwd=ROOT, env=_environment(), capture_output=True, text=True)
    assert ended.returncode == 51, ended.stderr
    assert "--resume" in ended.stderr
    assert not list((tmp_path / "out").glob("*.jsonl"))
    run(plan(folder, tmp_path / "out", resume=True))
    run(plan(folder, tmp_path / "whole"))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_workers_are_replaced_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.pool._TASKS_EACH", 3)
    folder = write(tmp_path / "in", {f"{n}.txt": f"motion {n}" for n in range(20)})
    assert run(plan(folder, tmp_path / "out")).exit_code == 0


def test_workers_that_are_started_afresh_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "in", {"a.txt": "motion", "b.txt": "crash", "c.txt": "hang", "d.txt": "bundle"})
    run(plan(folder, tmp_path / "forked", limits=Limits(6.0)))
    monkeypatch.setenv("ATTSATS_BATCH_START", "spawn")
    run(plan(folder, tmp_path / "spawned", limits=Limits(6.0)))
    assert contents(tmp_path / "forked") == contents(tmp_path / "spawned")


class TestPages:
    def test_the_last_document_gets_all_slots(self, tmp_path: Path) -> None:
        run(plan(write(tmp_path / "in", {"a.txt": "pages"}), tmp_path / "out", jobs=3))
        assert lines(tmp_path / "out" / "records.jsonl")[0]["page_jobs"] == 3

    def test_one_large_document_at_a_time_gets_all_slots(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(driver_module, "LARGE", 1000)
        monkeypatch.setattr(feed_module, "LARGE", 1000)
        documents = {"a.txt": "pages " + "x" * 2000} | {f"b{n}.txt": f"pages {n}" for n in range(5)}
        run(plan(write(tmp_path / "in", documents), tmp_path / "out", keep_pages=True))
        made = {r["source"]["name"]: r for r in lines(tmp_path / "out" / "records.jsonl")}
        assert (made["a.txt"]["page_jobs"], made["b0.txt"]["page_jobs"]) == (2, 1)
        assert (made["a.txt"]["kept"], made["b0.txt"]["kept"]) == (True, False), "its pages are kept while it is read"
        assert list((tmp_path / "out" / ".attsats" / "pages").iterdir()) == [], "and taken away when it is done"


class TestInterrupt:
    @staticmethod
    def start(folder: Path, out: Path, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "pipeline.cli", "batch", str(folder), "--out", str(out), "--jobs", "2"]
        more = ("--task", "benchmark.batch.stub:JOB", "--log-json", *more)
        return subprocess.Popen([*command, *more], cwd=ROOT, stderr=subprocess.PIPE, text=True, env=_environment())

    @staticmethod
    def wait_for_work(process: subprocess.Popen[str], seconds: float) -> None:
        assert process.stderr
        assert json.loads(process.stderr.readline())["event"] == "begin"
        time.sleep(seconds)

    def test_once_finishes_what_is_in_hand(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", {f"{n:02}.txt": f"slow 0.5 {n}" for n in range(16)})
        process = self.start(folder, tmp_path / "out")
        self.wait_for_work(process, 1.2)
        process.send_signal(2)
        assert process.wait(30) == 130
        done = lines(tmp_path / "out" / "records.jsonl")
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
        assert 2 <= len(done) < 16
        assert not manifest["complete"]
        assert manifest["counts"]["pending"] == 16 - len(done)
        assert self.start(folder, tmp_path / "out", "--resume").wait(60) == 0
        run(plan(folder, tmp_path / "whole"))
        assert contents(tmp_path / "out") == contents(tmp_path / "whole")

    def test_twice_stops_at_once_and_keeps_what_is_finished(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", {"0.txt": "motion", "1.txt": "hang", "2.txt": "hang 2", "3.txt": "motion 3"})
        process = self.start(folder, tmp_path / "out")
        self.wait_for_work(process, 1.0)
        process.send_signal(2)
        time.sleep(0.5)
        assert process.poll() is None, "documents are in hand"
        process.send_signal(2)
        assert process.wait(10) == 130
        interrupts = Interrupts(1)  # a run that begins interrupted only tells what is there
        watcher = Watcher()
        run(plan(folder, tmp_path / "out", resume=True), report=watcher, interrupts=interrupts)
        assert [r["source"]["name"] for r in lines(tmp_path / "out" / "records.jsonl")] == ["0.txt"]

    @pytest.mark.skipif(not LINUX, reason="looks into /proc")
    def test_nothing_outlives_a_killed_driver(self, tmp_path: Path) -> None:
        own = str(98_000_000 + os.getpid())  # no other run of the tests on this machine has it
        process = self.start(write(tmp_path / "in", {"0.txt": f"hang-child {own}"}), tmp_path / "out")
        self.wait_for_work(process, 1.0)
        process.kill()
        process.wait()
        until = time.monotonic() + 10
        while (left := _with_words(own.encode(), str(tmp_path).encode())) and time.monotonic() < until:
            time.sleep(0.1)
        assert not left


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def _with_words(*words: bytes) -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = path.read_bytes()
        except OSError:
            continue
        if any(word in command for word in words):
            found.append(command)
    return found


class TestShards:
    @staticmethod
    def documents(tmp_path: Path) -> Path:
        documents = {f"{n:02}.txt": f"motion {n}" for n in range(11)}
        return write(tmp_path / "in", documents | {"99.txt": "motion 3", "x.txt": "broken", "y.txt": "broken"})

    def test_merged_shards_are_as_one_run(self, tmp_path: Path) -> None:
        folder = self.documents(tmp_path)
        whole = run(plan(folder, tmp_path / "whole"))
        for k in (2, 1, 3):
            run(plan(folder, tmp_path / "out", shard=(k, 3)))
        ending = merge(tmp_path / "out", Watcher())
        assert contents(tmp_path / "out") == contents(tmp_path / "whole")
        assert ending.manifest
        assert whole.manifest
        for key in ("counts", "versions", "settings", "list", "outputs"):
            assert ending.manifest[key] == whole.manifest[key]
        assert merge(tmp_path / "out", Watcher()).exit_code == 3

    def test_missing_and_unfinished_shards_are_named(self, tmp_path: Path) -> None:
        folder = self.documents(tmp_path)
        run(plan(folder, tmp_path / "out", shard=(1, 3)))
        with pytest.raises(Exception, match=r"2-3 have not been begun") as missing:
            merge(tmp_path / "out")
        assert "--array=2-3" in missing.value.advice  # type: ignore[attr-defined]
        run(plan(folder, tmp_path / "out", shard=(2, 3)), interrupts=Interrupts(1))
        run(plan(folder, tmp_path / "out", shard=(3, 3)))
        with pytest.raises(Exception, match="2 are not finished"):
            merge(tmp_path / "out")

    def test_a_run_of_its_own_is_not_overwritten(self, tmp_path: Path) -> None:
        folder = self.documents(tmp_path)
        run(plan(folder, tmp_path / "out"))
        run(plan(folder, tmp_path / "out", shard=(1, 1)))
        with pytest.raises(Exception, match="a run of its own"):
            merge(tmp_path / "out")

    def test_shards_of_other_lists_are_refused(self, tmp_path: Path) -> None:
        folder = self.documents(tmp_path)
        run(plan(folder, tmp_path / "out", shard=(1, 2)))
        write(folder, {"new.txt": "motion, ny"})
        run(plan(folder, tmp_path / "out", shard=(2, 2)))
        with pytest.raises(Exception, match="another list"):
            merge(tmp_path / "out")


class TestProgress:
    def test_json_lines(self, capsys: pytest.CaptureFixture[str]) -> None:
        log, state = JsonLog(every=0.0), State(inputs=10, bytes=100)
        log.begin(state)
        state.done, state.worked, state.worked_bytes = 5, 5, 50
        log.tick(state)
        log.failure("a.txt", Failure("error", "Nej.", "Försök igen."))
        log.end(state, "5 of 10")
        told = [json.loads(text) for text in capsys.readouterr().err.splitlines()]
        assert [entry["event"] for entry in told] == ["begin", "progress", "failure", "end"]
        assert told[1]["seconds_left"] is not None

    def test_bar(self, capsys: pytest.CaptureFixture[str]) -> None:
        bar, state = Bar(), State(inputs=2, pages=7)
        bar.begin(state)
        state.open_pages["x"] = (3, 800)
        bar.tick(state)
        bar.failure("[a].txt", Failure("error", "Nej.", ""))
        bar.end(state, "1 of 2 done")
        said = capsys.readouterr().err
        assert "[a].txt: Nej. [error]" in said
        assert "1 of 2 done" in said

    def test_quiet_when_all_is_well(self, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        run(plan(write(tmp_path / "in", {"a.txt": "noise"}), tmp_path / "out"))
        assert capfd.readouterr() == ("", "")


def test_models_that_cannot_be_loaded_end_it_before_it_began(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", {"a.txt": "motion"})
    with pytest.raises(LoadFailed, match="no_such"):
        run(plan(folder, tmp_path / "out", job=replace(JOB, load="benchmark.batch.stub:no_such")))
    assert not (tmp_path / "out").exists()


def test_the_job_of_the_command_is_the_pipelines() -> None:
    job = Job()
    assert (job.extract, job.load) == ("pipeline.run:extract", "pipeline.models:load")


@pytest.mark.parametrize("looks_first", [True, False])
def test_the_dead_are_buried_with_their_children(tmp_path: Path, looks_first: bool) -> None:
    if looks_first and not hasattr(os, "waitid"):
        pytest.skip("this system cannot look first")
    child = subprocess.Popen(
        ["sh", "-c", f"sleep 98763 & echo $! > {tmp_path}/pid; exit 7"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    until, found = time.monotonic() + 20, list[tuple[int, int]]()
    while not found and time.monotonic() < until:
        found = buried([child.pid], looks_first=looks_first)
    child.returncode = 7  # it is taken away
    assert found == [(child.pid, 7 << 8)]
    orphan = int((tmp_path / "pid").read_text())
    while _is_running(orphan) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _is_running(orphan)


def _is_running(pid: int) -> bool:
    if LINUX:
        stat = Path(f"/proc/{pid}/stat")
        return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()[:1] not in ("", "Z")


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.dictionaries(st.text(max_size=9), st.integers(), max_size=3), st.binary(max_size=90))),
    st.lists(st.integers(0, 400)),
)
def test_frames_survive_any_cutting(frames: list[tuple[dict[str, int], bytes]], cuts: list[int]) -> None:
    sent = b"".join(pack(header, payload) for header, payload in frames)
    reader, got = Reader(), list[Frame]()
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    for start, end in itertools.pairwise(places):
        got += reader.feed(sent[start:end])
    assert [(frame.header, frame.payload) for frame in got] == frames
