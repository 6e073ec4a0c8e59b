"""The page for people: search an index, read documents beside their scans"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EPILOG = """\
The page answers on this machine only (127.0.0.1) and asks nothing of any other.
With --files it shows the scans that the records were read from.

examples:
  attsats serve --db council.db
  attsats serve --db council.db --files scans/ --port 8080
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The parser of this subcommand."""
    parser = subparsers.add_parser(
        "serve",
        help=__doc__,
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--db", type=Path, required=True, metavar="FILE", help="the index")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="where the scanned files lie")
    parser.add_argument("--port", type=int, default=8765, metavar="N", help="the port (8765)")
    return parser


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from ..search import ExtraMissing, open_index

    try:
        import uvicorn

        from ..reader.app import application
    except ImportError as error:
        raise ExtraMissing(
            f"The page needs {error.name}, which is not installed.", "Run: pip install 'attsats[serve]'."
        ) from error
    with open_index(args.db, threads=True) as index:
        print(f"attsats: http://127.0.0.1:{args.port}/  (stop with Ctrl-C)", file=sys.stderr)
        uvicorn.run(application(index, args.files), host="127.0.0.1", port=args.port, log_level="warning")
    return 0
