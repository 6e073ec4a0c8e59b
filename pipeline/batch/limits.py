"""What keeps a document from taking the machine: memory limits, process groups, the death of a parent.

Linux has all of it; elsewhere ``RLIMIT_AS`` may be refused and the parent's death is noticed by the closed
socket, so the watch over resident memory (by ``ps``) is what is left.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_ROOM = 256 << 20  # threads' stacks, arenas and libraries take address space, not memory


def die_with_parent(parent: int) -> None:
    """Linux: be killed when the parent is. Elsewhere the closed socket says the same a little later."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)


def cap_memory(limit: int) -> None:
    """Let this process and each of its children have ``limit`` bytes more than it has now, where that can be set."""
    size = _address_space()
    if not limit or not size:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = size + limit + _ROOM
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def go_first() -> None:
    """Linux: where memory runs out, let the kernel kill this process rather than the one that holds the models."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")


def resident(pid: int) -> int:
    """Resident bytes of a process and all below it; 0 when it is gone."""
    if sys.platform == "linux" and Path("/proc/thread-self/children").exists():  # some kernels are built without
        return sum(map(_resident_linux, _family_linux(pid)))
    return _resident_ps(pid)


def machine_memory() -> int:
    """Bytes of memory that this machine, or the container or cluster job we run in, has."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = [int(text) for text in map(_read, _memory_limits()) if text.isdigit()]
    return min([total, *limits])


def _memory_limits() -> list[Path]:
    """Where the kernel tells the limits of our control group and of those above it."""
    found = [Path("/sys/fs/cgroup/memory/memory.limit_in_bytes")]
    for line in _read(Path("/proc/self/cgroup")).splitlines():
        number, kind, group = line.split(":", 2)
        root = Path("/sys/fs/cgroup") if number == "0" else Path("/sys/fs/cgroup/memory")
        name = "memory.max" if number == "0" else "memory.limit_in_bytes"
        if number == "0" or "memory" in kind:
            here = root / group.lstrip("/")
            found += [folder / name for folder in (here, *here.parents) if folder.is_relative_to(root)]
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def cores() -> int:
    """Processors that this process may use (a cluster job often has fewer than the machine)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _address_space() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _resident_linux(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError):
        return 0


def _family_linux(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        member = waiting.pop()
        found.append(member)
        try:
            for thread in os.listdir(f"/proc/{member}/task"):
                waiting += map(int, Path(f"/proc/{member}/task/{thread}/children").read_text().split())
        except OSError:
            continue  # it ended while we looked
    return found


def _resident_ps(pid: int) -> int:
    """The worker leads its own process group, so ``ps`` can list its family."""
    listed = subprocess.run(["ps", "-axo", "pgid=,rss="], capture_output=True, text=True, check=False).stdout
    rows = (row.split() for row in listed.splitlines())
    return sum(int(row[1]) * 1024 for row in rows if len(row) == 2 and row[0] == str(pid))
