"""The process that loads the models once and forks the workers from itself, so that they share its pages.

It is a process of its own because forking is only safe from one that has no threads, and because the
driver stays small. It buries its children: before the body of a dead worker is taken away, everything
else in its process group (an OCR engine, say) is killed, so that nothing is left behind and no process
id is used again too early. When the driver dies, its socket closes, and the nursery kills all and ends.

Where forking with loaded libraries is not safe (macOS), each worker is started afresh instead.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Collection
from typing import IO, Any

from ..errors import AttsatsError
from .task import REPORT, Job, Work, prepare
from .wire import Channel
from .worker import serve

_THREADS = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
ONE_THREAD = {**dict.fromkeys(_THREADS, "1"), "TOKENIZERS_PARALLELISM": "false"}


def start(job: Job, log: str) -> tuple[subprocess.Popen[bytes], Channel]:
    """Start a nursery for the job; its first frame tells whether the models could be loaded."""
    ours, theirs = socket.socketpair()
    with theirs, open(log, "ab") as held:
        process = _python(theirs, held)
    channel = Channel(ours)
    with contextlib.suppress(OSError):  # it died at once: the missing answer says so
        channel.send({"job": job.as_json()})
    return process, channel


def _python(end: socket.socket, log: IO[bytes]) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.nursery", str(end.fileno())],
        pass_fds=[end.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C in the terminal must reach the driver alone
    )


def forks() -> bool:
    """Whether workers are forked here; ``ATTSATS_BATCH_START=spawn`` says no."""
    return sys.platform == "linux" and os.environ.get("ATTSATS_BATCH_START") != "spawn"


class Nursery:
    """The loop of the nursery process."""

    def __init__(self, channel: Channel, job: Job, work: Work | None) -> None:
        self._driver = channel
        self._job = job
        self._work = work
        self._children: set[int] = set()
        self._fds: list[int] = []
        self._wake, self._woken = socket.socketpair()
        for end in (self._wake, self._woken):
            end.setblocking(False)

    def run(self) -> None:
        """Start and bury workers until the driver hangs up."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._woken.fileno())
        while True:
            readable, _, _ = select.select([self._driver.sock, self._wake], [], [], 5)
            if self._wake in readable:
                self._wake.recv(4096)
            self._bury()
            if self._driver.sock in readable and not self._obey():
                return

    def _obey(self) -> bool:
        """Do what the driver asks; False when it is gone."""
        data = b""
        with contextlib.suppress(ConnectionError):
            data, fds, _, _ = socket.recv_fds(self._driver.sock, 1 << 16, 16)
            self._fds += fds
        if not data:
            return False
        for frame in self._driver.taken(data):
            if "kill" in frame.header and frame.header["kill"] in self._children:
                _kill_group(frame.header["kill"])
            elif "worker" in frame.header:
                self._bear(frame.header, self._fds.pop(0))
        return True

    def _bear(self, order: dict[str, Any], fd: int) -> None:
        pid = self._fork(self._work, order, fd) if self._work else self._spawn(order, fd)
        os.close(fd)
        self._children.add(pid)
        self._driver.send({"born": order["worker"], "pid": pid})

    def _fork(self, work: Work, order: dict[str, Any], fd: int) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            with contextlib.suppress(OSError):  # the child does the same: whoever comes first
                os.setpgid(pid, pid)
            return pid
        code = 1
        try:
            os.setpgid(0, 0)
            signal.set_wakeup_fd(-1)
            for sock in (self._driver.sock, self._wake, self._woken):
                sock.close()
            channel = Channel(socket.socket(fileno=fd))
            serve(channel, work, parent=parent, log=order["log"], memory=order["memory"])
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)

    def _spawn(self, order: dict[str, Any], fd: int) -> int:
        os.set_inheritable(fd, True)
        told = {**order, "job": self._job.as_json(), "parent": os.getpid(), "fd": fd}
        command = [sys.executable, "-m", f"{__package__}.spawned", json.dumps(told)]
        pid = os.posix_spawn(sys.executable, command, os.environ, setpgroup=0)
        os.set_inheritable(fd, False)
        return pid

    def _bury(self) -> None:
        for pid, status in buried(self._children):
            self._children.discard(pid)
            with contextlib.suppress(OSError):
                self._driver.send({"gone": pid, "status": status})

    def end(self) -> None:
        """Kill and bury all that is left."""
        for pid in self._children:
            _kill_group(pid)
        for pid in self._children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def buried(children: Collection[int], *, looks_first: bool = hasattr(os, "waitid")) -> list[tuple[int, int]]:
    """Take away the dead among some children, with all that is left in their process groups; ids and statuses.

    ``looks_first``: until a dead child is taken away its process id cannot be used again, so its group is killed
    before. Where the system cannot look without taking away (macOS), it is killed right after.
    """
    gone = []
    for pid in tuple(children):
        with contextlib.suppress(ChildProcessError):
            if looks_first:
                if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                    continue
                _kill_group(pid)
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                if not looks_first:
                    _kill_group(pid)
                gone.append((pid, status))
    return gone


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def main(fd: int) -> None:
    """Load, tell, and serve until the driver hangs up."""
    channel = Channel(socket.socket(fileno=fd))
    first = channel.receive()
    if first is None:
        return
    job = Job(**first.header["job"])
    try:
        work, versions = prepare(job)
    except BaseException as error:
        code, advice = (error.code, error.advice) if isinstance(error, AttsatsError) else ("error", REPORT)
        message = error.message if isinstance(error, AttsatsError) else f"{type(error).__name__}: {error}"
        trace = traceback.format_exc()
        channel.send({"failed": {"code": code, "message": message, "advice": advice, "traceback": trace}})
        return
    gc.collect()
    gc.freeze()  # the collector's marks would copy shared pages
    channel.send({"versions": versions})
    nursery = Nursery(channel, job, work if forks() else None)
    try:
        nursery.run()
    finally:
        nursery.end()


if __name__ == "__main__":
    main(int(sys.argv[1]))
