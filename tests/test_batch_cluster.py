"""A batch on a real Dask scheduler with real workers: same output, no loss, poison quarantined."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

distributed = pytest.importorskip("distributed", reason="a cluster needs the extra: pip install 'attsats[cluster]'")

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the stub lives beside the benchmarks, which no wheel holds

from benchmark.batch.stub import JOB  # noqa: E402
from pipeline.batch import cluster  # noqa: E402
from pipeline.batch.inputs import Selection  # noqa: E402
from pipeline.batch.progress import Quiet, State  # noqa: E402
from pipeline.batch.refusal import Refused, Stopped  # noqa: E402
from pipeline.batch.session import Plan, run  # noqa: E402
from pipeline.batch.task import Limits  # noqa: E402

OUTPUTS = ("records.jsonl", "failures.jsonl", "inputs.jsonl")
TRAPS = {"x1.txt": "crash", "x2.txt": "raise fel", "x3.txt": "hang", "x4.txt": "broken", "x5.txt": "bundle"}


def write(folder: Path, documents: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in documents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def plan(source: Path, out: Path, **more: Any) -> Plan:
    return Plan(Selection((str(source),)), out, job=JOB, **{"jobs": 2, "limits": Limits(8.0), **more})


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler, found by its file, and workers with nannies; two deaths make a document suspect."""
    address = folder / "scheduler.json"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "0",
    }
    common = [f"--scheduler-file={address}", "--no-dashboard"]
    started = []
    log = (folder / "dask.log").open("wb")
    try:
        for module, options in (
            ("dask_scheduler", ["--host=127.0.0.1", "--port=0"]),
            ("dask_worker", [f"--nworkers={workers}", "--nthreads=1", f"--local-directory={folder}"]),
        ):
            if module == "dask_worker" and not workers:
                continue
            command = [sys.executable, "-m", f"distributed.cli.{module}", *common, *options]
            started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))
            until = time.monotonic() + 60
            while not address.exists() and time.monotonic() < until:
                time.sleep(0.1)
        yield str(address), started[0]
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        log.close()


class WhenTwoAreDone(Quiet):
    """Does something once, in the middle of the run."""

    def __init__(self, deed: Callable[[], None]) -> None:
        self.deed, self.done = deed, False

    def tick(self, state: State) -> None:
        if state.worked >= 2 and not self.done:
            self.done = True
            self.deed()


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with dask(tmp_path_factory.mktemp("dask"), 2) as (address, _):
        yield address


@pytest.mark.parametrize("send_bytes", [False, True], ids=["shared disk", "bytes"])
def test_two_workers_give_the_same_as_none(tmp_path: Path, two_workers: str, send_bytes: bool) -> None:
    documents = {f"{n:02}.txt": f"motion {n}" for n in range(20)} | TRAPS
    folder = write(tmp_path / "in", documents)
    run(plan(folder, tmp_path / "local"))
    run(plan(folder, tmp_path / "out", cluster=two_workers, send_bytes=send_bytes))
    assert contents(tmp_path / "out") == contents(tmp_path / "local")


def test_a_worker_killed_midway_loses_nothing(tmp_path: Path, two_workers: str) -> None:
    folder = write(tmp_path / "in", {f"{n:02}.txt": f"slow 0.3 {n}" for n in range(16)} | TRAPS)
    run(plan(folder, tmp_path / "local"))
    client = distributed.Client(scheduler_file=two_workers, set_as_default=False)
    victims = sorted(client.run(os.getpid).values())
    client.close()
    shot = WhenTwoAreDone(lambda: os.kill(victims[0], signal.SIGKILL))
    ending = run(plan(folder, tmp_path / "out", cluster=two_workers), report=shot)
    assert shot.done
    assert contents(tmp_path / "out") == contents(tmp_path / "local")
    assert ending.manifest
    assert ending.manifest["counts"]["pending"] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the poison finds its host in /proc")
def test_poison_ends_in_quarantine_and_harms_nobody(tmp_path: Path, two_workers: str) -> None:
    folder = write(tmp_path / "in", {f"{n:02}.txt": f"motion {n}" for n in range(10)} | {"05.txt": "kill-host"})
    ending = run(plan(folder, tmp_path / "out", cluster=two_workers))
    assert ending.manifest
    assert ending.manifest["counts"]["failures"] == {"worker.crashed": 1}
    assert ending.manifest["counts"]["done"] == 9


def test_a_lost_scheduler_stops_it_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_WITHIN", 10.0)  # so long Dask tries to come back
    folder = write(tmp_path / "in", {f"{n:02}.txt": f"slow 0.3 {n}" for n in range(20)})
    with dask(tmp_path, 1) as (address, scheduler), pytest.raises(Stopped, match="lost") as stopped:
        run(plan(folder, tmp_path / "out", cluster=address), report=WhenTwoAreDone(scheduler.kill))
    assert "--resume" in stopped.value.advice
    assert run(plan(folder, tmp_path / "out", resume=True)).exit_code == 0
    run(plan(folder, tmp_path / "whole"))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_no_scheduler_and_no_workers_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT_WITHIN", 5.0)
    monkeypatch.setattr(cluster, "_WORKERS_WITHIN", 2.0)
    folder = write(tmp_path / "in", {"a.txt": "motion"})
    with pytest.raises(Refused, match="cannot be reached"):
        run(plan(folder, tmp_path / "out", cluster="tcp://127.0.0.1:1"))
    with dask(tmp_path, 0) as (address, _), pytest.raises(Refused, match="has no workers"):
        run(plan(folder, tmp_path / "out", cluster=address))
    assert not (tmp_path / "out").exists()
