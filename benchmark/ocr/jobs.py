"""Pages a minute by the number of pages that are read at the same time, and beside OCRmyPDF.

    python benchmark/ocr/jobs.py FILE.pdf --jobs 1 2 2 1
    python benchmark/ocr/jobs.py FILE.pdf --jobs 2 2 --ocrmypdf PROGRAM

Each number of jobs is one run of all pages, on as many cores as jobs, in the order given; so that a machine that
slows down shows, give them there and back. With ``--ocrmypdf`` each of our runs is followed by one of
``ocrmypdf -l swe+eng`` with as many jobs on as many cores: once as it comes, and once with nothing but reading and a
plain PDF (``--output-type pdf --optimize 0``). FILE has pages without a text layer. Our own program is run as users
run it: ``attsats extract --whole``, its start, repair and structure included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]


def run(command: list[str], cores: int) -> tuple[float, float]:
    """Wall clock and CPU seconds of a command on so many cores."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    mine = sorted(os.sched_getaffinity(0))[:cores]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=lambda: os.sched_setaffinity(0, mine),
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
    )  # fmt: skip
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode(errors="replace")[-2000:])
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2, 2, 1])
    parser.add_argument("--ocrmypdf", help="the program ocrmypdf")
    args = parser.parse_args()
    source = str(args.file.resolve())
    pages = len(pypdfium2.PdfDocument(source))
    with tempfile.TemporaryDirectory() as folder:
        for jobs in args.jobs:
            commands = {
                "attsats": [
                    sys.executable, "-m", "pipeline.cli", "extract", "--whole", "--jobs", str(jobs),
                    "--out", f"{folder}/out.jsonl", source,
                ]
            }  # fmt: skip
            if args.ocrmypdf:
                plain = [args.ocrmypdf, "-l", "swe+eng", "-q", "--jobs", str(jobs), "--sidecar", f"{folder}/out.txt"]
                commands["ocrmypdf, plain"] = [
                    *plain, "--output-type", "pdf", "--optimize", "0", source, f"{folder}/out.pdf",
                ]  # fmt: skip
                commands["ocrmypdf"] = [*plain, source, f"{folder}/out.pdf"]
            for name, command in commands.items():
                wall, cpu = run(command, jobs)
                print(json.dumps({
                    "program": name, "jobs": jobs, "pages": pages, "wall": round(wall, 1),
                    "pages_per_minute": round(60 * pages / wall, 2), "cpu_per_page": round(cpu / pages, 2),
                }), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
