"""Records into the formats of other tools: tables, spaCy, OParl, Popolo, TEI"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .records import read_jsonl

FORMS = ("parquet", "csv", "sqlite", "docbin", "oparl", "popolo", "tei")

EPILOG = """\
parquet, csv and tei write a folder, the others one file.
Personnummer, private persons and their contact details are hidden, unless --unmasked is given.

examples:
  attsats export records.jsonl --format parquet --out tables/
  attsats export records.jsonl --format popolo --cases cases.jsonl --out council.json
  attsats export records.jsonl --format docbin --out council.spacy
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "export",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("records", nargs="+", type=Path, metavar="RECORDS.jsonl", help="what 'attsats extract' wrote")
    parser.add_argument("--format", choices=FORMS, required=True, help="what to write")
    parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file or folder")
    parser.add_argument(
        "--cases", type=Path, metavar="CASES.jsonl", help="what 'attsats link' wrote: outcomes, for oparl and popolo"
    )
    parser.add_argument("--unmasked", action="store_true", help="keep private details readable")
    return parser


def run(args: argparse.Namespace) -> int:
    """Write, and say what was written."""
    from ..export.write import write

    records = (record for path in args.records for record in read_jsonl(path, schema="record/1."))
    cases = list(read_jsonl(args.cases, schema="case/1.")) if args.cases else []
    written = write(records, args.format, args.out, masked=not args.unmasked, cases=cases)
    for path in written if len(written) < 20 else [args.out]:
        print(f"attsats: wrote {path}", file=sys.stderr)
    return 0
