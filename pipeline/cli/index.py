"""Records into a search index: one SQLite file that anything can open"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .records import read_jsonl

EPILOG = """\
Only new and changed records are written; the file can be searched meanwhile.
Personnummer, private persons and their contact details are hidden, unless --unmasked is given
when the index is made.

examples:
  attsats index records.jsonl --db council.db
  attsats index records.jsonl --db council.db --cases cases.jsonl
  attsats index all.jsonl --db council.db --sync       and drop what is no longer in all.jsonl
  attsats index --db council.db --delete 3f9a0c…       take one record out
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
    parser.add_argument("--unmasked", action="store_true", help="keep private details readable in a new index")
    return parser


def run(args: argparse.Namespace) -> int:
    """Bring the index up to date and say what changed."""
    from ..laws import check
    from ..search import open_index

    with open_index(args.db, create=True, masked=not args.unmasked) as index:
        met: set[str] = set()

        def records() -> Iterator[dict[str, Any]]:
            for path in args.records:
                for record in read_jsonl(path, schema="record/1."):
                    met.add(record["id"])
                    yield check(record) if args.check else record

        cases = list(read_jsonl(args.cases, schema="case/1.")) if args.cases else None
        counts = index.put(records(), cases)
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
