"""A very long list: is memory flat, and does it stay as fast as it began?

    python -m benchmark.batch.scale --documents 100000

Small texts and a stub, so that the batch itself is what is measured. Prints, for each tenth of the run,
documents/s and the resident memory of the driver with all its processes, then the two ratios that count:
memory of the last tenth to that of the second (at most 1.05), speed of the last tenth to the first (at least 0.95).
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from pipeline.batch.inputs import Selection
from pipeline.batch.limits import resident
from pipeline.batch.progress import Quiet, State
from pipeline.batch.session import Plan, run
from pipeline.batch.task import Limits

from .stub import JOB


class Tenths(Quiet):
    """Looks at the clock, the processor and the memory as the run goes on."""

    def __init__(self) -> None:
        self.looks: list[tuple[int, float, float, int, int]] = []
        self._next = 0.0

    def begin(self, state: State) -> None:
        self._look(state)

    def tick(self, state: State) -> None:
        if time.monotonic() >= self._next:
            self._look(state)

    def end(self, state: State, summary: str) -> None:
        print(summary)  # no look: the output files have been written since the last one

    def _look(self, state: State) -> None:
        pid = os.getpid()
        self.looks.append((state.done, time.monotonic(), cpu_seconds(pid), resident(pid).whole, _own(pid)))
        self._next = time.monotonic() + 0.25


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, all below it, and those of them that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        seconds = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        for thread in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{thread}/children").read_text().split():
                seconds += cpu_seconds(int(child))
    except OSError:
        return 0.0
    return seconds


def _own(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def write(folder: Path, documents: int) -> None:
    """Many small texts, no two the same, a thousand to a folder."""
    for n in range(documents):
        if n % 1000 == 0:
            (folder / f"{n // 1000:05}").mkdir(parents=True)
        words = " ".join(f"ord{(n * k) % 9973}" for k in range(1, 40))
        (folder / f"{n // 1000:05}" / f"{n:07}.txt").write_text(f"motion {n}\n{words}\n", encoding="utf-8")


def tell(looks: list[tuple[int, float, float, int, int]], documents: int) -> tuple[float, float, float]:
    """Print a line for each tenth; ratios of memory, speed by the clock, and speed by processor time."""
    rows = []
    for tenth in range(10):
        low, high = documents * tenth / 10, documents * (tenth + 1) / 10
        inside = [look for look in looks if low <= look[0] <= high]
        count = inside[-1][0] - inside[0][0]
        clock, cpu = inside[-1][1] - inside[0][1], inside[-1][2] - inside[0][2]
        family, own = median(look[3] for look in inside), median(look[4] for look in inside)
        rows.append((count / clock, count / cpu if cpu else 0.0, family))
        print(
            f"tenth {tenth + 1:2}: {count / clock:7.0f} documents/s, {count / cpu:7.0f} per processor second,"
            f" {family / 1e6:7.1f} MB in all, {own / 1e6:6.1f} MB driver"
        )
    return rows[9][2] / rows[1][2], rows[9][0] / rows[0][0], rows[9][1] / rows[0][1]


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="attsats-scale-") as folder:
        place = Path(folder)
        write(place / "in", args.documents)
        tenths = Tenths()
        plan = Plan(Selection((str(place / "in"),)), place / "out", job=JOB, jobs=args.jobs, limits=Limits(60.0))
        begun = time.monotonic()
        run(plan, report=tenths)
        print(f"{args.documents / (time.monotonic() - begun):.0f} documents/s with listing and writing")
        memory, speed, per_cpu = tell(tenths.looks, args.documents)
    print(
        f"memory last/second tenth {memory:.3f}; speed last/first tenth {speed:.3f} ({per_cpu:.3f} by processor time)"
    )
    return 0 if memory <= 1.05 and max(speed, per_cpu) >= 0.95 else 1


if __name__ == "__main__":
    raise SystemExit(main())
