"""The documented job array on a real one-node SLURM: needs root, slurmctld, slurmd and munge (Debian's will do)."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MISSING = [name for name in ("slurmctld", "slurmd", "munged", "sbatch") if not shutil.which(name)]
OUTPUTS = ("records.jsonl", "failures.jsonl", "inputs.jsonl")

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.skipif(os.geteuid() != 0, reason="slurmd must be started by root"),
]

CONFIG = """
ClusterName=attsats
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={place}/munge.socket
SlurmUser=root
StateSaveLocation={place}/state
SlurmdSpoolDir={place}/spool
SlurmctldPidFile={place}/slurmctld.pid
SlurmdPidFile={place}/slurmd.pid
SlurmctldLogFile={place}/slurmctld.log
SlurmdLogFile={place}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=2000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(condition: object, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.2)


@pytest.fixture
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Controller, node and munge with sockets, ports and state of their own; gives the environment."""
    place = tmp_path_factory.mktemp("slurm")
    place.chmod(0o755)
    for folder in ("state", "spool"):
        (place / folder).mkdir()
    key = place / "munge.key"
    key.write_bytes(secrets.token_bytes(1024))
    key.chmod(0o400)
    host = socket.gethostname().split(".")[0]
    config = place / "slurm.conf"
    text = CONFIG.format(host=host, place=place, port=free_port(), node_port=free_port(), cores=os.cpu_count())
    config.write_text(text)
    environment = {**os.environ, "SLURM_CONF": str(config), "PYTHONPATH": str(ROOT)}
    munge = ["munged", "--foreground", "--force", f"--socket={place}/munge.socket", f"--key-file={key}"]
    munge += [f"--{name}-file={place}/munge.{name}" for name in ("pid", "log", "seed")]
    started = []
    log = (place / "daemons.log").open("wb")

    def start(*command: str) -> None:
        started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))

    try:
        start(*munge)
        until((place / "munge.socket").exists, 20, "munge")
        start("slurmctld", "-D", "-f", str(config))
        start("slurmd", "-D", "-f", str(config), "-N", host)

        def idle() -> bool:
            shown = subprocess.run(["sinfo", "-h", "-o", "%t"], env=environment, capture_output=True, text=True)
            return shown.stdout.strip() == "idle"

        until(idle, 60, "an idle node")
        yield environment
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        log.close()


def job_script() -> str:
    """The script of the documentation, for two shards and small jobs."""
    page = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```bash\n(#!/bin/bash\n.*?)```", page, flags=re.S)
    smaller = {"--array=1-16": "--array=1-2", "TASK_ID/16": "TASK_ID/2", "--cpus-per-task=4": "--cpus-per-task=1"}
    smaller |= {"--mem=8G": "--mem=500M", "--time=12:00:00": "--time=00:10:00"}
    for old, new in smaller.items():
        assert old in script
        script = script.replace(old, new)
    return script


def test_the_documented_job_array(tmp_path: Path, slurm: dict[str, str]) -> None:
    documents = {f"{n:02}.txt": f"motion {n}" for n in range(12)} | {"x.txt": "crash", "y.txt": "broken"}
    (tmp_path / "in").mkdir()
    for name, text in documents.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    paths = sorted(f"in/{name}" for name in documents)
    (tmp_path / "list.txt").write_text("\n".join(paths), encoding="utf-8")
    (tmp_path / "job.sh").write_text(job_script(), encoding="utf-8")
    command = tmp_path / "bin" / "attsats"
    command.parent.mkdir()
    stub = "--task benchmark.batch.stub:JOB"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m pipeline.cli "$@" {stub}\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {**slurm, "PATH": f"{command.parent}:{slurm['PATH']}"}

    def attsats(*arguments: str) -> int:
        return subprocess.run([str(command), *arguments], cwd=tmp_path, env=environment, check=False).returncode

    def sbatch(*arguments: str) -> None:
        # --wait: with the exit code of the jobs, of which 3 says that some documents failed
        ended = subprocess.run(["sbatch", "--wait", *arguments, "job.sh"], cwd=tmp_path, env=environment, timeout=300)
        assert ended.returncode in (0, 3)

    sbatch("--array=2")
    assert attsats("batch", "--out", "result", "--merge") == 50, "a shard is missing"
    sbatch()
    assert attsats("batch", "--out", "result", "--merge") == 3
    assert attsats("batch", "@list.txt", "--out", "whole") == 3
    for name in OUTPUTS:
        assert (tmp_path / "result" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
