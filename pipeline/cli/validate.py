"""Check records against the JSON Schema and the laws"""

from __future__ import annotations

import argparse
import sys

from ..errors import AttsatsError, RecordInvalid
from .inputs import each, stored

EPILOG = """\
Every breach is one line on stdout: file:line: path: what. Nothing there is good news.

example:
  attsats validate records.jsonl && echo all valid
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "validate",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE.jsonl", help="records, one a line; - is stdin")
    parser.add_argument("-q", "--quiet", action="store_true", help="say nothing, only leave with the exit code")
    return parser


class Broken(AttsatsError):
    """Some records of a file broke a law."""

    code, exit_code = RecordInvalid.code, RecordInvalid.exit_code


def run(args: argparse.Namespace) -> int:
    """Validate every file; the exit code says whether all records are valid."""
    from ..laws import validate

    def work(name: str) -> None:
        valid = broken = 0
        for n, record in stored(name):
            breaches = validate(record)
            valid, broken = valid + (not breaches), broken + bool(breaches)
            if not args.quiet:
                for breach in breaches:
                    print(f"{name}:{n}: {breach}")
        if broken:
            raise Broken(f"{broken} of {valid + broken} records are not valid.")
        if not args.quiet:
            print(f"attsats: {name}: {valid} valid", file=sys.stderr)

    return each(args.files, work)
