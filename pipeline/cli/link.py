"""Join records into cases: motion, handling, decision, outcome of every att-sats"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .inputs import stored
from .output import output

EPILOG = """\
One case a line, as docs/reference/case.md describes it. The order of the records does not matter.
Cases are whole, as records are: citizens who raised a matter are named, and marked private.

examples:
  attsats link records.jsonl -o cases.jsonl
  attsats link new.jsonl --store links.db -o cases.jsonl    new records join the cases of earlier runs
  attsats link records.jsonl --series                       near-identical motions instead (extra: series)
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "link",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE.jsonl", help="records, one a line; - is stdin")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="write here instead of stdout")
    parser.add_argument("--store", type=Path, metavar="DB", help="remember what was linked in this file")
    parser.add_argument("--series", action="store_true", help="find near-identical motions instead of cases")
    return parser


def run(args: argparse.Namespace) -> int:
    """Write the cases, or the families of near-identical motions."""
    count = 0
    with output(args.output) as out:
        for made in _results(args):
            out.write(json.dumps(made, ensure_ascii=False) + "\n")
            count += 1
    print(f"attsats: {count} {'families' if args.series else 'cases'}", file=sys.stderr)
    return 0


def _results(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    records = (record for name in args.files for _, record in stored(name))
    if args.series:
        from ..link.series import families

        return families(records)
    from ..link import link

    return link(records, args.store)
