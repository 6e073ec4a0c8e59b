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
from typing import NamedTuple

Family = dict[int, tuple[int, int]]  # number: that of its parent, and its resident bytes

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


def own_number() -> int:
    """The number by which this process is listed where :func:`resident` looks.

    It differs from the process id in a container that sees the ``/proc`` of its host.
    """
    try:
        return int(os.readlink("/proc/self"))
    except (OSError, ValueError):
        return os.getpid()


class Resident(NamedTuple):
    """Resident bytes of a process with all below it, and with the heaviest of its children alone."""

    whole: int
    alone: int


def resident(number: int) -> Resident:
    """What a process (its :func:`own_number`) and its family hold; zeros when it is gone."""
    return weigh(number, _family(number))


def weigh(number: int, family: Family) -> Resident:
    """Add up a family.

    >>> weigh(1, {1: (0, 10), 2: (1, 5), 3: (2, 4), 4: (1, 7)})
    Resident(whole=26, alone=19)
    """
    below = dict.fromkeys(family, 0)  # by child of the head: what its line holds
    for member, (_, held) in family.items():
        line = member
        while line != number and family[line][0] in family and family[line][0] != number:
            line = family[line][0]
        below[line] += held
    own = below.pop(number, 0)
    return Resident(own + sum(below.values()), own + max(below.values(), default=0))


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


def _family(number: int) -> Family:
    if sys.platform != "linux":
        return _group_by_ps(number)
    listed = Path("/proc/thread-self/children").exists()  # some kernels are built without
    return _descendants(number) if listed else _group_by_proc(number)


def _descendants(number: int) -> Family:
    found: Family = {}
    waiting = [(number, 0)]
    while waiting:
        member, parent = waiting.pop()
        found[member] = (parent, _held(member))
        try:
            for thread in os.listdir(f"/proc/{member}/task"):
                children = Path(f"/proc/{member}/task/{thread}/children").read_text().split()
                waiting += [(int(child), member) for child in children]
        except OSError:
            continue  # it ended while we looked
    return found


def _held(member: int) -> int:
    pages = _read(Path(f"/proc/{member}/statm")).split()[1:2]
    return int(pages[0]) * resource.getpagesize() if pages else 0


def _group_by_proc(number: int) -> Family:
    """The worker leads its own process group: everyone who is listed in it."""
    found: Family = {}
    for entry in Path("/proc").glob("[0-9]*"):
        fields = _read(entry / "stat").rpartition(")")[2].split()
        if len(fields) > 2 and fields[2] == str(number):
            found[int(entry.name)] = (int(fields[1]), _held(int(entry.name)))
    return found


def _group_by_ps(number: int) -> Family:
    command = ["ps", "-axo", "pgid=,pid=,ppid=,rss="]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    rows = [[int(cell) for cell in row.split()] for row in listed.splitlines() if row.strip()]
    return {pid: (parent, 1024 * held) for group, pid, parent, held in rows if group == number}
