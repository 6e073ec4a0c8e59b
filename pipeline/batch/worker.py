"""What runs inside a worker process: take a task, do it, send the outcome, take the next."""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import sys
from dataclasses import asdict, fields

from .limits import cap_memory, die_with_parent, go_first, own_number, resident
from .task import Failure, Outcome, Task, Work
from .wire import Channel, Frame

_TASK = tuple(f.name for f in fields(Task) if f.name != "data")
_OUTCOME = tuple(f.name for f in fields(Outcome) if f.name not in ("lines", "failure"))


def serve(channel: Channel, work: Work, *, parent: int, log: str, memory: int) -> None:
    """Work until the other side hangs up. Runs in a process of its own, and leads its own group.

    Args:
        channel: the driver's end is its counterpart.
        work: from :func:`pipeline.batch.task.prepare`.
        parent: the process whose death is to be ours too.
        log: a file for whatever libraries print; the driver reads its end after a crash.
        memory: bytes that a document may have beyond the loaded models; 0 for no limit.
    """
    die_with_parent(parent)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    held = _print_to(log)
    faulthandler.enable(file=held, all_threads=False)
    faulthandler.register(signal.SIGUSR1, file=held, all_threads=False)
    cap_memory(memory)
    go_first()
    listed = own_number()
    channel.send({"ready": os.getpid(), "listed": listed, "resident": resident(listed).whole})

    def tell(done: int, of: int) -> None:
        channel.send({"pages": done, "of": of})

    while (frame := channel.receive()) is not None:
        os.ftruncate(held, 0)
        task = Task(**frame.header, data=frame.payload or None)
        outcome = work(task, tell)
        channel.send(*pack_outcome(outcome))


def pack_task(task: Task) -> tuple[dict[str, object], bytes]:
    """Header and payload of a task; its bytes, when it has them, travel as payload."""
    header: dict[str, object] = {name: getattr(task, name) for name in _TASK}
    return header, task.data or b""


def pack_outcome(outcome: Outcome) -> tuple[dict[str, object], bytes]:
    """Header and payload of an outcome."""
    header: dict[str, object] = {name: getattr(outcome, name) for name in _OUTCOME}
    header["failure"] = asdict(outcome.failure) if outcome.failure else None
    return header, outcome.lines


def read_outcome(frame: Frame) -> Outcome:
    """The outcome that a worker sent."""
    header = dict(frame.header)
    failure = header.pop("failure")
    header["ids"] = tuple(header["ids"])
    return Outcome(**header, lines=frame.payload, failure=Failure(**failure) if failure else None)


def _print_to(log: str) -> int:
    """Send everything printed, by Python or by a library, to ``log``; the file's descriptor."""
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(opened, 1)
    os.dup2(opened, 2)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), errors="replace", line_buffering=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), errors="replace", line_buffering=True)
    return opened
