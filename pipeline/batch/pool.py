"""Warm workers on this machine, each under watch: a clock, a memory limit, and a grave for those that die."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from . import nursery
from .limits import resident
from .refusal import LoadFailed, Stopped
from .remains import manner, shorten, stack, tail
from .task import Failure, Job, Limits, Outcome, Task, crash_failure, memory_failure, time_failure
from .wire import Channel, Frame
from .worker import pack_task, read_outcome

_LOOK_EVERY = 0.25  # seconds between two looks at the workers' memory
_TASKS_EACH = 1000  # documents before a worker is replaced: what libraries never give back is given back so
_SEND_WITHIN = 60.0
_BIRTHS = 50  # nurseries; it dies only where the kernel runs out of memory, or a document kills its parent
_GRACE = 3.0  # seconds at most for a hung worker to write down where it hangs
_GLANCE = 0.05  # seconds between two looks whether it has
_LAST_WORDS = 0.2  # seconds to wait for what a dead worker may still have sent


class _Worker:
    """What the driver knows of one worker process."""

    def __init__(self, number: int, channel: Channel, log: Path) -> None:
        self.number = number
        self.channel = channel
        self.log = log
        self.pid = 0
        self.listed = 0  # its number in /proc, which differs from its pid in some containers
        self.warm = 0  # resident bytes when it had done nothing yet
        self.ready = False
        self.task: Task | None = None
        self.deadline = 0.0
        self.done = 0
        self.verdict: Failure | None = None  # why we killed it

    @property
    def free(self) -> bool:
        return self.ready and self.task is None and self.verdict is None


class LocalPool:
    """A fixed number of workers; one document each at a time, so that whoever crashes is known.

    Raises:
        LoadFailed: on entering, where the models cannot be loaded.
    """

    def __init__(self, job: Job, *, jobs: int, limits: Limits, tell: Callable[[Task, int, int], None] | None = None):
        self._job, self._jobs, self._limits = job, jobs, limits
        self._tell = tell or (lambda task, done, of: None)
        self._folder = Path(tempfile.mkdtemp(prefix="attsats-batch-"))
        self._selector = selectors.DefaultSelector()
        self._workers: dict[int, _Worker] = {}
        self._numbers = 0
        self._looked = 0.0
        self._came: list[Outcome] = []
        self._births = 0
        self._open()

    # -- what the driver uses ------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """How many more tasks may be submitted now."""
        return self._jobs - self.in_hand

    @property
    def slots(self) -> int:
        """How many documents can be in hand."""
        return self._jobs

    @property
    def in_hand(self) -> int:
        """How many documents are being read."""
        return sum(worker.task is not None for worker in self._workers.values())

    def submit(self, task: Task) -> None:
        """Give a task to a free worker (waiting for one to be born, if need be)."""
        while True:
            worker = next((w for w in self._workers.values() if w.free), None)
            if worker is None:
                self._turn(1.0)
                continue
            worker.task = task
            worker.deadline = time.monotonic() + self._limits.seconds_for(task)
            try:
                worker.channel.send(*pack_task(task))
                return
            except OSError:  # it died while it was idle: no fault of this document
                worker.task = None
                self._kill(worker)
                self._forget(worker)

    def wait(self, seconds: float) -> list[Outcome]:
        """The outcomes that have come, after at most ``seconds``."""
        if not self._came:
            self._turn(seconds)
        came, self._came = self._came, []
        return came

    def close(self) -> None:
        """End all workers at once."""
        self._nursery.close()
        with contextlib.suppress(Exception):
            self._process.wait(5)
        self._process.kill()
        self._process.wait()
        for worker in self._workers.values():
            worker.channel.close()
        self._selector.close()
        self._remove_folder()

    # -- the inside ----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """Start a nursery and its workers."""
        self._births += 1
        try:
            self._process, self._nursery = nursery.start(self._job, str(self._folder / "nursery.log"))
            self.versions = self._greeting()
        except BaseException:
            self._remove_folder()
            raise
        self._selector.register(self._nursery, selectors.EVENT_READ, None)
        for _ in range(self._jobs):
            self._bear()

    def _reopen(self) -> None:
        """The nursery died, and all workers with it: any of the documents in hand may have killed it."""
        if self._births >= _BIRTHS:
            raise Stopped("The process that holds the models dies again and again.", "Run 'attsats doctor'.")
        self._selector.unregister(self._nursery)
        self._nursery.close()
        self._process.kill()
        self._process.wait()
        for worker in list(self._workers.values()):
            if worker.channel in self._selector.get_map():
                self._last_words(worker)
            if worker.task:
                failure = crash_failure("the process that holds the models died with it")
                task = worker.task
                self._came.append(Outcome(task.seq, task.sha256, failure=failure, crashed=True, suspect=True))
            worker.channel.close()
        self._workers.clear()
        self._open()

    def _greeting(self) -> dict[str, str]:
        answer = self._nursery.receive()
        if answer is not None and "versions" in answer.header:
            return dict(answer.header["versions"])
        told = answer.header["failed"] if answer else None
        with contextlib.suppress(Exception):
            self._process.wait(5)
        if told:
            raise LoadFailed(told["code"], told["message"], told["advice"], told["traceback"])
        said = tail(self._folder / "nursery.log")
        raise LoadFailed("error", f"The process that loads the models ended: {said}", "Run 'attsats doctor'.")

    def _bear(self) -> None:
        self._numbers += 1
        ours, theirs = socket.socketpair()
        ours.settimeout(_SEND_WITHIN)
        log = self._folder / f"worker-{self._numbers}.log"
        worker = _Worker(self._numbers, Channel(ours), log)
        order = {"worker": worker.number, "log": str(log), "memory": self._limits.memory}
        with theirs, contextlib.suppress(OSError):  # where the nursery is dead, its closed socket says so
            self._nursery.send(order, fds=(theirs.fileno(),))
        self._workers[worker.number] = worker
        self._selector.register(worker.channel, selectors.EVENT_READ, worker)

    def _turn(self, seconds: float) -> None:
        """Wait for one round of news, at most ``seconds``."""
        now = time.monotonic()
        ends = [w.deadline for w in self._workers.values() if w.task and not w.verdict]
        until = min([now + seconds, self._looked + _LOOK_EVERY, *ends]) if ends else now + seconds
        for key, _ in self._selector.select(max(0.0, until - now)):
            if key.data is None:
                self._hear_nursery()
            elif key.data.number in self._workers:  # it may have been buried in this very round
                self._hear(key.data)
        self._watch()

    def _hear(self, worker: _Worker) -> None:
        frames = worker.channel.arrived()
        if frames is None:  # it is dead or dying; the nursery will tell how
            self._selector.unregister(worker.channel)
            worker.ready = False
            return
        for frame in frames:
            self._take(worker, frame)

    def _take(self, worker: _Worker, frame: Frame) -> None:
        if "ready" in frame.header:
            worker.pid, worker.listed = frame.header["ready"], frame.header["listed"]
            worker.warm, worker.ready = frame.header["resident"], True
        elif "of" in frame.header:
            if worker.task:
                self._tell(worker.task, frame.header["pages"], frame.header["of"])
        elif worker.task:
            outcome, worker.task = read_outcome(frame), None
            self._came.append(outcome)
            worker.done += 1
            failure = outcome.failure
            if worker.done >= _TASKS_EACH or (failure is not None and failure.code == "limit.memory"):
                worker.ready = False
                self._kill(worker)

    def _hear_nursery(self) -> None:
        frames = self._nursery.arrived()
        if frames is None:
            self._reopen()
            return
        for frame in frames:
            if "gone" in frame.header:
                self._gone(frame.header["gone"], frame.header["status"])
            else:
                worker = self._workers.get(frame.header["born"])
                if worker:
                    worker.pid = frame.header["pid"]

    def _gone(self, pid: int, status: int) -> None:
        worker = next((w for w in self._workers.values() if w.pid == pid), None)
        if worker is None:
            return
        self._last_words(worker)
        if worker.task:
            task = worker.task
            if worker.verdict:
                self._came.append(Outcome(task.seq, task.sha256, failure=worker.verdict))
            else:
                failure = crash_failure(manner(status), stack(worker.log))
                self._came.append(Outcome(task.seq, task.sha256, failure=failure, crashed=True))
        elif not worker.ready and not worker.done and not worker.verdict:
            raise LoadFailed("error", f"A worker cannot start: {tail(worker.log)}", "Run 'attsats doctor'.")
        self._forget(worker)

    def _last_words(self, worker: _Worker) -> None:
        """An outcome that was sent whole before the end counts."""
        worker.channel.sock.settimeout(_LAST_WORDS)
        while worker.channel in self._selector.get_map():
            self._hear(worker)

    def _forget(self, worker: _Worker) -> None:
        if self._workers.pop(worker.number, None) is None:
            return
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(worker.channel)
        worker.channel.close()
        worker.log.unlink(missing_ok=True)
        self._bear()

    def _watch(self) -> None:
        """Kill whoever is over its time or its memory."""
        now = time.monotonic()
        look = now - self._looked >= _LOOK_EVERY
        if look:
            self._looked = now
        for worker in list(self._workers.values()):
            task = worker.task
            if task is None or worker.verdict:
                continue
            if now >= worker.deadline:
                worker.verdict = replace(time_failure(), traceback=self._where(worker))
                self._kill(worker)
            elif look:
                self._weigh(worker, task)

    def _weigh(self, worker: _Worker, task: Task) -> None:
        """Pages read side by side may each have as much as one; what is too large must not depend on idle slots."""
        shorten(worker.log)
        limit = self._limits.memory
        if not limit:
            return
        held = resident(worker.listed)
        if held.alone - worker.warm > limit or held.whole - worker.warm > limit * task.page_jobs:
            worker.verdict = memory_failure()
            self._kill(worker)

    def _where(self, worker: _Worker) -> str:
        """Ask a hung worker where it hangs; one that hangs outside of Python may not answer in time."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(worker.pid, signal.SIGUSR1)
            until = time.monotonic() + _GRACE
            while not stack(worker.log) and time.monotonic() < until:
                time.sleep(_GLANCE)
            time.sleep(_GLANCE)  # for the last of its lines
        return stack(worker.log)

    def _kill(self, worker: _Worker) -> None:
        if worker.pid:
            with contextlib.suppress(OSError):
                self._nursery.send({"kill": worker.pid})

    def _remove_folder(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
