"""Records into a search engine: OpenSearch, PostgreSQL, or NDJSON for any other"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .records import read_jsonl

EPILOG = """\
Only new and changed documents are sent; a run that was cut off is mended by the next.
Personnummer, private persons and their contact details are hidden, unless --unmasked is given.

examples:
  attsats feed records.jsonl --to http://localhost:9200/council
  attsats feed records.jsonl --to postgresql://user@localhost/council --sync
  attsats feed records.jsonl --to - --state sent.json | my-engine import
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "feed",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("records", nargs="*", type=Path, metavar="RECORDS.jsonl", help="what 'attsats extract' wrote")
    parser.add_argument("--to", required=True, metavar="URL", help="where to; - is stdout")
    parser.add_argument("--cases", type=Path, metavar="CASES.jsonl", help="what 'attsats link' wrote")
    parser.add_argument("--delete", nargs="+", default=[], metavar="ID", help="take these records out")
    parser.add_argument("--sync", action="store_true", help="take out every record that the files do not hold")
    parser.add_argument("--state", type=Path, metavar="FILE", help="with --to -: remember here what was written")
    parser.add_argument("--unmasked", action="store_true", help="keep private details readable")
    return parser


def run(args: argparse.Namespace) -> int:
    """Feed, and say what was sent."""
    from ..search.feed import feed, open_target

    report = feed(
        (record for path in args.records for record in read_jsonl(path, schema="record/1.")),
        open_target(args.to, state=args.state),
        cases=read_jsonl(args.cases, schema="case/1.") if args.cases else (),
        delete=args.delete,
        sync=args.sync,
        masked=not args.unmasked,
    )
    print(
        f"{report.sent} sent ({report.documents} documents), {report.same} unchanged, {report.deleted} deleted",
        file=sys.stderr,
    )
    return 0
