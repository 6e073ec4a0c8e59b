"""The document with sections, names, proposals and repairs marked"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from ..errors import RecordInvalid
from .inputs import Reader, add_reading_options, each, is_case
from .output import output
from .terminal import console

EPILOG = """\
FILE is a document, or a .jsonl file of records, or of the cases that attsats link made.
The HTML page is one file, needs no network and runs no script.
Nothing is hidden: records and cases are shown with the names of private persons.

examples:
  attsats show motion.pdf
  attsats show motion.pdf --html motion.html
  attsats show records.jsonl --html - > all.html
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "show",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="documents or records; - is a document on stdin")
    parser.add_argument("--html", type=Path, metavar="OUT", help="write one HTML page here; - is stdout")
    parser.add_argument("--brief", action="store_true", help="only the summary, as attsats summary prints it")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour in the terminal")
    add_reading_options(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Show every file in the terminal, or all of them on one page."""
    reader = Reader(args)
    if args.html is not None:
        return _page(args, reader)
    screen = console(args.color)
    from ..show.case import timeline
    from ..show.summary import summarise
    from ..show.text import render

    def work(name: str) -> None:
        for record in reader.records(name):
            if is_case(record):
                screen.print(timeline(record))
                continue
            screen.print(summarise(record))
            if not args.brief:
                screen.print(render(record))

    return each(args.files, work)


def _page(args: argparse.Namespace, reader: Reader) -> int:
    values: list[dict[str, Any]] = []
    code = each(args.files, lambda name: values.extend(_alike(values, reader.records(name))))
    if values:
        with output(None if str(args.html) == "-" else args.html) as out:
            out.write(_html(values))
        if str(args.html) != "-":
            print(f"attsats: wrote {args.html}", file=sys.stderr)
    return code


def _alike(held: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was found, if it is of the kind that the page holds already."""
    if len({is_case(value) for value in [*held[:1], *found]}) > 1:
        raise RecordInvalid("Cases and documents have pages of their own.", "Give the one or the other.")
    return found


def _html(values: list[dict[str, Any]]) -> str:
    from ..show.case_page import case_page
    from ..show.page import page

    return case_page(values) if is_case(values[0]) else page(values)
