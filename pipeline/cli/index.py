"""Records into a search index: one SQLite file that anything can open"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from .records import read_jsonl, read_lines

if TYPE_CHECKING:
    from ..search.incoming import Incoming

LARGE = 20_000_000  # bytes of input from which other processes are worth their start
MOST_JOBS = 3  # one can write what two others prepare

EPILOG = """\
Only new and changed records are written; the file can be searched meanwhile.
Personnummer, private persons and their contact details are hidden, unless --unmasked is given
when the index is made.

examples:
  attsats index records.jsonl --db council.db
  attsats index records.jsonl --db council.db --cases cases.jsonl
  attsats index all.jsonl --db council.db --sync       and drop what is no longer in all.jsonl
  attsats index --db council.db --delete 3f9a0c…       take one record out
  attsats index records.jsonl --db council.db --jobs 1     one process, however large the files are
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "index",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("records", nargs="*", type=Path, metavar="RECORDS.jsonl", help="what 'attsats extract' wrote")
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index; made where it is missing")
    parser.add_argument("--cases", type=Path, metavar="CASES.jsonl", help="what 'attsats link' wrote")
    parser.add_argument("--delete", nargs="+", default=[], metavar="ID", help="take these records out")
    parser.add_argument("--sync", action="store_true", help="take out every record that the files do not hold")
    parser.add_argument("--check", action="store_true", help="validate every record first (slow)")
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help="processes: one writes, the others read and analyse (default: up to 3 for large files, else 1)",
    )
    parser.add_argument("--unmasked", action="store_true", help="keep private details readable in a new index")
    return parser


def run(args: argparse.Namespace) -> int:
    """Bring the index up to date and say what changed."""
    from ..search import open_index

    with open_index(args.db, create=True, masked=not args.unmasked) as index:
        met: set[str] = set()
        cases = list(read_jsonl(args.cases, schema="case/1.")) if args.cases else None
        counts = index.put(_records(args.records, met, check=args.check), cases, jobs=args.jobs or _jobs(args.records))
        stale = set(args.delete) | (index.ids() - met if args.sync else set())
        counts.deleted = index.delete(sorted(stale)) if stale else 0
        if counts.added + counts.changed + counts.deleted:
            index.optimize()
        if not args.unmasked and not index.masked:
            print(f"attsats: {args.db} was made with --unmasked and stays so", file=sys.stderr)
    print(
        f"{counts.added} added, {counts.changed} changed, {counts.same} unchanged, {counts.deleted} deleted",
        file=sys.stderr,
    )
    return 0


def _records(paths: Iterable[Path], met: set[str], *, check: bool) -> Iterator[Incoming]:
    """Every record of the files; their ids are added to ``met``."""
    from ..laws import check as checked
    from ..search.incoming import Incoming

    for path in paths:
        for where, line in read_lines(path, schema="record/1."):
            came = Incoming(line, where=where)
            met.add(came.id())
            if check:
                checked(came.parsed().record or {})
            yield came


def _jobs(paths: Iterable[Path]) -> int:
    """As many processes as this machine has cores for, where the files are large."""
    from ..batch.limits import cores

    size = sum(path.stat().st_size for path in paths if path.is_file())
    return min(cores(), MOST_JOBS) if size >= LARGE else 1
