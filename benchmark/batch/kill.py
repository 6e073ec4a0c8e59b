"""Kill a batch with SIGKILL at random moments, go on each time, and compare with a run that nobody disturbed.

    python -m benchmark.batch.kill --documents 1000 --kills 20

The documents are texts, scans and 5 % broken files; the pipeline is the real one unless ``--stub``.
Exit code 0 only if the outputs are byte-identical.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .corpus import make

OUTPUTS = ("records.jsonl", "failures.jsonl", "inputs.jsonl")
STUB = ["--task", "benchmark.batch.stub:JOB", "--time-limit", "1", "--memory-limit", "500"]
ROOT = Path(__file__).resolve().parents[2]


def batch(source: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start a batch."""
    command = [sys.executable, "-m", "pipeline.cli", "batch", str(source), "--out", str(out), *options]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path})


def undisturbed(source: Path, out: Path, *options: str) -> float:
    """Run to the end; seconds."""
    begun = time.monotonic()
    if batch(source, out, *options).wait() not in (0, 3):
        raise SystemExit("the undisturbed run did not end well")
    return time.monotonic() - begun


def disturbed(source: Path, out: Path, kills: int, seconds: float, seed: int, *options: str) -> int:
    """Kill ``kills`` times within what takes ``seconds``, then run to the end; how many kills hit."""
    chance, hit = random.Random(seed), 0
    for _ in range(kills):
        process = batch(source, out, "--resume", *options)
        try:
            process.wait(chance.uniform(0.05, 2 * seconds / kills))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            hit += 1
    if batch(source, out, "--resume", *options).wait() not in (0, 3):
        raise SystemExit("the disturbed run did not end well")
    return hit


def differences(one: Path, other: Path) -> list[str]:
    """The outputs that are not the same bytes."""
    return [name for name in OUTPUTS if (one / name).read_bytes() != (other / name).read_bytes()]


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--stub", action="store_true", help="a stub that hangs and crashes, instead of the pipeline")
    args = parser.parse_args()
    options = ["--jobs", str(args.jobs), *(STUB if args.stub else [])]
    with tempfile.TemporaryDirectory(prefix="attsats-kill-") as folder:
        place = Path(folder)
        make(place / "in", documents=args.documents, seed=args.seed, traps=args.stub)
        seconds = undisturbed(place / "in", place / "calm", *options)
        hit = disturbed(place / "in", place / "killed", args.kills, seconds, args.seed, *options)
        found = differences(place / "calm", place / "killed")
        records = (place / "calm" / "records.jsonl").read_bytes().count(b"\n")
        failures = (place / "calm" / "failures.jsonl").read_bytes().count(b"\n")
    print(f"{args.documents} documents: {records} records, {failures} failures; undisturbed {seconds:.0f} s")
    print(f"{hit} of {args.kills} kills hit; {'different: ' + ', '.join(found) if found else 'byte-identical'}")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
