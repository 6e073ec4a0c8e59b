"""A pipeline that does what the document says: hang, crash, eat memory, be slow, print noise, or give a record.

The first word of a document is what it does; the rest is its text. Anything else gives a record at once.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.batch.task import Job, Task, Tell
from pipeline.errors import InputDamaged, InputEmpty

Json = dict[str, Any]


class Ballast:
    """Stands for loaded models."""

    versions = {"stub": "stub-sv 1.0.0"}  # noqa: RUF012


def load() -> Ballast:
    """The models of a pipeline that has none."""
    return Ballast()


def configure(settings: Mapping[str, Any], task: Task, tell: Tell) -> dict[str, Any]:
    """What the stub needs to know of a task."""
    return {**settings, "page_jobs": task.page_jobs, "tell": tell, "kept": task.pages_kept}


JOB = Job(
    extract="benchmark.batch.stub:extract", load="benchmark.batch.stub:load", configure="benchmark.batch.stub:configure"
)


def extract(source: str | bytes, *, name: str, settings: Mapping[str, Any], models: Ballast) -> list[Json]:
    """The records of a document, or whatever else it wants."""
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if not data:
        raise InputEmpty("The file is empty (0 bytes).", "Fetch or export it again.")
    word, rest = (*data.decode("utf-8", "replace").split(None, 1), "", "")[:2]
    deed = DEEDS.get(word)
    if deed:
        deed(rest.strip(), settings)
    made = record(data, name)
    if word == "pages":
        made["page_jobs"], made["kept"] = settings["page_jobs"], bool(settings["kept"])
    if word == "bundle":
        return [{**made, "id": f"{made['id']}-{n}"} for n in range(3)]
    return [made]


def record(data: bytes, name: str) -> Json:
    """A small record."""
    sha256 = hashlib.sha256(data).hexdigest()
    return {
        "schema": "record/1.0",
        "id": sha256[:24],
        "source": {"name": name, "sha256": sha256, "bytes": len(data), "pages": 1, "also": []},
        "text": {"raw": data.decode("utf-8", "replace")},
    }


def _hang(rest: str, settings: Mapping[str, Any]) -> None:
    time.sleep(10_000)


def _hang_child(rest: str, settings: Mapping[str, Any]) -> None:
    subprocess.run(["sleep", rest or "10000"], check=True)


def _crash(rest: str, settings: Mapping[str, Any]) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _crash_count(path: str, settings: Mapping[str, Any]) -> None:
    """Note each attempt, then crash."""
    with open(path, "a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


def _leave(rest: str, settings: Mapping[str, Any]) -> None:
    os._exit(7)


def _crash_once(flag: str, settings: Mapping[str, Any]) -> None:
    if not os.path.exists(flag):
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _flaky(flag: str, settings: Mapping[str, Any]) -> None:
    if not os.path.exists(flag):
        Path(flag).touch()
        raise OSError(5, "Input/output error")


def _hog(rest: str, settings: Mapping[str, Any]) -> None:
    bytearray(int(rest or 4000) * 1_000_000)


def _creep(rest: str, settings: Mapping[str, Any]) -> None:
    """Grow in a child process, not as far as its own limit, but beyond the document's."""
    child = os.fork()
    if not child:
        held = b"x" * 160_000_000
        time.sleep(10_000)
        del held
    os.waitpid(child, 0)


def _slow(seconds: str, settings: Mapping[str, Any]) -> None:
    time.sleep(float(seconds.split()[0]))


def _busy(rest: str, settings: Mapping[str, Any]) -> None:
    """Use the processor for about so many milliseconds."""
    until = time.process_time() + float(rest.split()[0]) / 1000
    while time.process_time() < until:
        hashlib.sha256(b"x" * 20_000).digest()


def _noise(rest: str, settings: Mapping[str, Any]) -> None:
    print("noise " * 1000)
    os.write(1, b"\x00\xff{not json\n" * 1000)
    os.write(2, b"warning: noise\n" * 1000)
    sys.stdin.read()


def _raise(rest: str, settings: Mapping[str, Any]) -> None:
    raise ValueError(f"unexpected: {rest}")


def _broken(rest: str, settings: Mapping[str, Any]) -> None:
    raise InputDamaged("The file is cut off.", "Fetch it again.")


def _exit(rest: str, settings: Mapping[str, Any]) -> None:
    sys.exit(3)


def _pages(rest: str, settings: Mapping[str, Any]) -> None:
    for page in range(1, 4):
        settings["tell"](page, 3)
        if settings["kept"]:
            Path(settings["kept"]).mkdir(parents=True, exist_ok=True)
            (Path(settings["kept"]) / f"page-{page:03}.tsv").touch()


def _kill_host(rest: str, settings: Mapping[str, Any]) -> None:
    """Take the nursery's parent along: on a cluster that is the Dask worker."""
    nursery = Path("/proc/self/stat").read_text().rpartition(")")[2].split()[1]
    host = Path(f"/proc/{nursery}/stat").read_text().rpartition(")")[2].split()[1]
    numbers = next(line for line in Path(f"/proc/{host}/status").read_text().splitlines() if line.startswith("NSpid"))
    os.kill(int(numbers.split()[-1]), signal.SIGKILL)  # /proc may be that of another PID namespace
    time.sleep(10_000)


def _kill_nursery(rest: str, settings: Mapping[str, Any]) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(10_000)


DEEDS = {
    "kill-nursery": _kill_nursery,
    "hang": _hang,
    "hang-child": _hang_child,
    "crash": _crash,
    "crash-count": _crash_count,
    "leave": _leave,
    "crash-once": _crash_once,
    "flaky": _flaky,
    "hog": _hog,
    "creep": _creep,
    "slow": _slow,
    "busy": _busy,
    "noise": _noise,
    "raise": _raise,
    "broken": _broken,
    "exit": _exit,
    "pages": _pages,
    "kill-host": _kill_host,
}
