"""What a document says, in a few lines for human eyes"""

from __future__ import annotations

import argparse

from .inputs import Reader, add_reading_options, each, is_case
from .terminal import console

EPILOG = """\
FILE is a document, or a .jsonl file of records, or of cases.

examples:
  attsats summary motion.pdf
  attsats summary records.jsonl
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "summary",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="documents or records; - is a document on stdin")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour")
    add_reading_options(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Print the summary of every file."""
    from ..show.case import timeline
    from ..show.summary import summarise

    reader = Reader(args)
    screen = console(args.color)

    def work(name: str) -> None:
        for record in reader.records(name):
            screen.print(timeline(record) if is_case(record) else summarise(record))

    return each(args.files, work)
