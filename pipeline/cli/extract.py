"""Documents in, validated JSON records out"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .inputs import Reader, add_reading_options, each
from .output import output

EPILOG = """\
One record a line goes to stdout (or to --out); all else goes to stderr.
A file that cannot be read is told and does not stop the others;
the exit code is then that of the first failure.

examples:
  attsats extract motion.pdf --pretty
  attsats extract scans/*.pdf -o records.jsonl
  curl -s https://example.se/motion.pdf | attsats extract - --name motion.pdf
  attsats extract big.pdf --keep-pages pages/ > big.jsonl     go on after an interruption
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "extract",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="PDF, TIFF, PNG, JPEG or text; - is stdin")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="OUT.jsonl", help="write here, when all is done, not to stdout"
    )
    parser.add_argument("--pretty", action="store_true", help="indent the JSON for reading")
    add_reading_options(parser)
    return parser


def run(args: argparse.Namespace) -> int:
    """Write the records of every file."""
    reader = Reader(args)
    with output(args.out) as out:

        def work(name: str) -> None:
            for record in reader.extract(name):
                print(dump(record, pretty=args.pretty), file=out, flush=True)

        return each(args.files, work)


def dump(record: dict[str, Any], *, pretty: bool = False) -> str:
    """The JSON of a record, Swedish letters as letters.

    >>> dump({"kind": "frågor"})
    '{"kind": "frågor"}'
    """
    return json.dumps(record, ensure_ascii=False, indent=2 if pretty else None)
