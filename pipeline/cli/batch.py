"""Whole folders of documents, on this machine or a cluster"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..batch.driver import Interrupts
    from ..batch.progress import Report
    from ..batch.session import Plan

EPILOG = """\
IN is a file, a folder (with all below it), a pattern in quotes, @LIST (a file of paths), - (paths on stdin)
or an address such as s3://bucket/folder. DIR gets records.jsonl, failures.jsonl, inputs.jsonl (each input, with
what became of it) and manifest.json.

Ctrl-C once finishes the documents in hand, twice stops at once; --resume goes on either way, also after a crash.

examples:
  attsats batch scans/ --out result
  attsats batch scans/ --out result --resume          only what is new or changed
  find /archive -name '*.pdf' | attsats batch - --out result --jobs 8
  attsats batch @list.txt --out result --shard 3/16   one of 16 jobs; then: attsats batch --out result --merge

exit codes: 0 all done, 3 some documents failed, 130 interrupted, 50 refused before any work, 51 stopped early
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "batch",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("inputs", nargs="*", metavar="IN", help="files, folders, patterns, @LIST, -, or addresses")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument("--from-file", action="append", default=[], metavar="LIST", help="the same as @LIST")
    parser.add_argument("--include", action="append", default=[], metavar="PATTERN", help="in folders, only such names")
    parser.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="in folders, no such names")
    again = parser.add_argument_group("going on")
    again.add_argument("--resume", action="store_true", help="go on with the run in DIR: only what is new or changed")
    again.add_argument("--retry-failed", action="store_true", help="go on, and try again what failed")
    again.add_argument("--keep-pages", action="store_true", help="be able to go on in the middle of a large scan")
    _add_limits(parser)
    _add_cluster(parser)
    reading = parser.add_argument_group("reading")
    reading.add_argument("--languages", metavar="LANGS", default="swe+eng", help="for Tesseract (default: swe+eng)")
    reading.add_argument("--text-layer", choices=("auto", "keep", "reread"), default="auto", help="as for extract")
    reading.add_argument("--page-timeout", type=_positive_float, metavar="S", default=120.0, help="(default: 120)")
    reading.add_argument("--cross-check", action="store_true", help="as for extract")
    reading.add_argument("--whole", action="store_true", help="do not take a file with several documents apart")
    parser.add_argument("--log-json", action="store_true", help="progress as JSON lines on stderr")
    parser.add_argument("--task", metavar="MODULE:JOB", help=argparse.SUPPRESS)  # for tests and benchmarks
    return parser


def _add_limits(parser: argparse.ArgumentParser) -> None:
    limits = parser.add_argument_group("limits")
    limits.add_argument("--jobs", type=_positive, metavar="N", help="documents at a time (default: one a core)")
    limits.add_argument(
        "--time-limit", type=_positive_float, metavar="S", help="for one document (default: 300 and 60 a megabyte)"
    )
    limits.add_argument(
        "--memory-limit",
        type=_positive,
        metavar="MB",
        help="for one document, beyond the models (default: its share of 80 %% of the machine)",
    )


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    many = parser.add_argument_group("many machines")
    many.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler: tcp://host:8786, or its scheduler file")
    many.add_argument("--send-bytes", action="store_true", help="the cluster does not see our disk: send the bytes")
    many.add_argument("--shard", type=_shard, metavar="K/N", help="do the K-th of N parts (K from 1)")
    many.add_argument("--merge", action="store_true", help="put the finished shards in DIR together")


def run(args: argparse.Namespace) -> int:
    """Do the batch; the exit code says how it went."""
    report = _report(args.log_json)
    if args.merge:
        from ..batch.shards import merge

        return merge(args.out, report).exit_code
    from ..batch.driver import Interrupts
    from ..batch.session import run as run_batch

    interrupts = Interrupts()
    with _listening(interrupts):
        return run_batch(_plan(args), report=report, interrupts=interrupts).exit_code


def _plan(args: argparse.Namespace) -> Plan:
    from ..batch.inputs import Selection
    from ..batch.limits import cores, machine_memory
    from ..batch.refusal import Refused
    from ..batch.session import Plan
    from ..batch.task import Limits

    sources = (*args.inputs, *(f"@{path}" for path in args.from_file))
    if not sources and not (args.resume or args.retry_failed):
        raise Refused("No inputs were named.", "Name files, a folder, a pattern, @LIST or -.")
    jobs = args.jobs or cores()
    share = 0 if args.cluster else int(machine_memory() * 0.8 / jobs)
    memory = args.memory_limit * 1_000_000 if args.memory_limit else share
    return Plan(
        selection=Selection(sources, tuple(args.include), tuple(args.exclude)),
        out=args.out,
        job=_job(args),
        jobs=jobs,
        limits=Limits(args.time_limit, memory),
        resume=args.resume,
        retry_failed=args.retry_failed,
        shard=args.shard,
        cluster=args.cluster,
        send_bytes=args.send_bytes,
        keep_pages=args.keep_pages,
    )


def _job(args: argparse.Namespace) -> Any:
    from ..batch.task import Job, named

    if args.task:
        return named(args.task)
    ocr = {"languages": args.languages, "text_layer": args.text_layer, "page_timeout": args.page_timeout}
    if args.cross_check:
        ocr["cross_check"] = True
    return Job(settings={"ocr": ocr, "split": not args.whole})


def _report(log_json: bool) -> Report:
    from ..batch.progress import Bar, JsonLog, Quiet

    if log_json:
        return JsonLog()
    return Bar() if sys.stderr.isatty() else Quiet()


@contextmanager
def _listening(interrupts: Interrupts) -> Iterator[None]:
    """Ctrl-C asks to finish what is in hand, a second one (or SIGTERM) to stop at once; a third is for emergencies."""

    def interrupted(*_: object) -> None:
        if not interrupts.working:
            raise KeyboardInterrupt
        interrupts.count += 1
        if interrupts.count == 1 and sys.stderr.isatty():
            print("Finishing the documents in hand; Ctrl-C again stops at once.", file=sys.stderr)
        if interrupts.count > 2:
            os._exit(130)

    def ended(*_: object) -> None:
        if not interrupts.working:
            raise KeyboardInterrupt
        interrupts.count = max(2, interrupts.count)

    before = {
        number: signal.signal(number, do) for number, do in ((signal.SIGINT, interrupted), (signal.SIGTERM, ended))
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _positive_float(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number


def _shard(text: str) -> tuple[int, int]:
    """
    >>> _shard("3/16")
    (3, 16)
    """
    k, slash, n = text.partition("/")
    if not slash or not k.isdigit() or not n.isdigit() or not 1 <= int(k) <= int(n):
        raise argparse.ArgumentTypeError("must be K/N with 1 <= K <= N, as 3/16")
    return int(k), int(n)
