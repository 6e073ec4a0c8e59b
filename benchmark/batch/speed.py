"""What the batch costs over the bare pipeline, and what a second job gains.

    python -m benchmark.batch.speed --texts 200 --scans 4

The bare pipeline is a loop of ``extract``, ``json.dumps`` and ``write`` in one process. Both are measured from
start to end, by the clock and by processor time; the second is what counts on a busy machine, where the clock
says more about the neighbours. Starting (interpreter, imports, models) is measured apart and taken off, as a
real run has more documents than this. What two jobs can gain at best depends on the machine (shared caches,
hyper-threads, a clock that falls): two bare pipelines side by side, each over half of the documents, tell.
Limits: overhead at most 10 % for texts and 3 % for scans; two jobs at least 1.85 times as fast as one
(by the clock, on an idle machine).
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from .corpus import scans, texts, write_scan, write_text
from .kill import ROOT

BARE = """
import sys
from pathlib import Path
from pipeline.batch.task import encoded, line
from pipeline.models import load
from pipeline.ocr import OcrSettings
from pipeline.run import Settings, extract
models, settings = load(), Settings(ocr=OcrSettings(jobs=1))
with open(sys.argv[2], "wb") as out:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        out.writelines(encoded(line(r)) for r in extract(path, name=path.name, settings=settings, models=models))
"""


class Cost(NamedTuple):
    """Seconds by the clock and of the processor, with all that ran below."""

    clock: float
    cpu: float


def measured(*command: str) -> Cost:
    """Run a command to its end."""
    return together([command])


def together(commands: list[tuple[str, ...]]) -> Cost:
    """Run commands side by side until the last has ended; processor time of all."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
    begun, cpu = time.monotonic(), 0.0
    running = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for command in commands]
    for process, command in zip(running, commands, strict=True):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        if status:
            raise SystemExit(f"{' '.join(command)} ended with {status}")
        cpu += usage.ru_utime + usage.ru_stime
    return Cost(time.monotonic() - begun, cpu)


def bare(source: Path, out: Path) -> Cost:
    """The pipeline in a loop."""
    return measured(*loop(source, out))


def loop(source: Path, out: Path) -> tuple[str, ...]:
    """The command of the bare pipeline."""
    return (sys.executable, "-c", BARE, str(source), str(out))


def side_by_side(source: Path, place: Path) -> Cost:
    """Two bare pipelines, each over every other document."""
    halves = [place / "half-1", place / "half-2"]
    for half in halves:
        half.mkdir(exist_ok=True)
    for n, path in enumerate(sorted(source.iterdir())):
        link = halves[n % 2] / path.name
        if not link.exists():
            link.symlink_to(path)
    return together([loop(half, half.with_suffix(".jsonl")) for half in halves])


def batch(source: Path, out: Path, jobs: int) -> Cost:
    """The batch."""
    command = [sys.executable, "-m", "pipeline.cli", "batch", str(source), "--out", str(out), "--jobs", str(jobs)]
    return measured(*command)


def starting(place: Path, rounds: int) -> tuple[Cost, Cost]:
    """What bare pipeline and batch cost before the first document: the least of some tries with a tiny one."""
    (place / "tiny").mkdir()
    (place / "tiny" / "a.txt").write_text("Motion om en cykelväg", encoding="utf-8")
    bares = [bare(place / "tiny", place / f"tiny-bare-{n}") for n in range(rounds + 1)]
    ones = [batch(place / "tiny", place / f"tiny-{n}", 1) for n in range(rounds + 1)]
    idle, one = least(bares), least(ones)
    print(f"start: bare {idle.clock:.1f} s ({idle.cpu:.2f} s processor), batch {one.clock:.1f} ({one.cpu:.2f})")
    return idle, one


def least(costs: list[Cost]) -> Cost:
    """The least disturbed measure."""
    return Cost(min(c.clock for c in costs), min(c.cpu for c in costs))


def compare(kind: str, source: Path, place: Path, rounds: int, start: tuple[Cost, Cost]) -> float:
    """Measure and print; the overhead by processor time, without the start."""
    ones, loops, twos, pairs = [], [], [], []
    halves = place / f"{kind}-halves"
    halves.mkdir()
    for n in range(rounds):  # in turns, so that the neighbours disturb all alike
        loops.append(bare(source, place / f"{kind}-bare-{n}.jsonl"))
        ones.append(batch(source, place / f"{kind}-1-{n}", 1))
        twos.append(batch(source, place / f"{kind}-2-{n}", 2))
        pairs.append(side_by_side(source, halves))
        same = (place / f"{kind}-bare-{n}.jsonl").read_bytes() == (
            place / f"{kind}-1-{n}" / "records.jsonl"
        ).read_bytes()
        if not same:
            raise SystemExit("the batch gives other records than the bare pipeline")
    single, one, two, pair = least(loops), least(ones), least(twos), least(pairs)
    clock = (one.clock - start[1].clock) / (single.clock - start[0].clock) - 1
    cpu = (one.cpu - start[1].cpu) / (single.cpu - start[0].cpu) - 1
    gain = (one.clock - start[1].clock) / (two.clock - start[1].clock)
    most = (single.clock - start[0].clock) / (pair.clock - start[0].clock)
    print(f"{kind}: bare {single.clock:.1f} s ({single.cpu:.1f} s processor), one job {one.clock:.1f} ({one.cpu:.1f}),")
    print(f"  two jobs {two.clock:.1f} ({two.cpu:.1f}), two bare side by side {pair.clock:.1f} ({pair.cpu:.1f});")
    print(f"  without the start two jobs are {gain:.2f} times as fast, two bare pipelines {most:.2f} times;")
    print(f"  overhead {one.clock / single.clock - 1:+.1%} by the clock, {one.cpu / single.cpu - 1:+.1%} by processor;")
    print(f"  without the start {clock:+.1%} by the clock, {cpu:+.1%} by processor time")
    return cpu


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--scans", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    chance, sources, images = random.Random(7), texts(), scans()
    with tempfile.TemporaryDirectory(prefix="attsats-speed-") as folder:
        place = Path(folder)
        (place / "texts").mkdir()
        (place / "scans").mkdir()
        for n in range(args.texts):
            write_text(place / "texts" / f"{n:05}.txt", n, chance, sources)
        for n in range(args.scans):
            image = images[n % len(images)]
            write_scan(place / "scans" / f"{n:05}{image.suffix}", n, image)
        start = starting(place, args.rounds)
        over_texts = compare("texts", place / "texts", place, args.rounds, start) if args.texts else 0.0
        over_scans = compare("scans", place / "scans", place, args.rounds, start) if args.scans else 0.0
    return 0 if over_texts <= 0.10 and over_scans <= 0.03 else 1


if __name__ == "__main__":
    raise SystemExit(main())
