"""The command ``attsats``: one module per subcommand, imported only when it is asked for.

A subcommand is a module of this package with two functions, named in :data:`COMMANDS`::

    def add_parser(subparsers) -> argparse.ArgumentParser: ...
    def run(args: argparse.Namespace) -> int: ...

The first line of the module's docstring is its help text. The top of the module imports nothing heavy
(``--help`` imports them all and must answer at once); what the work needs is imported inside ``run``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

from ..errors import AttsatsError
from .terminal import complain, drop_stdout, use_utf8

COMMANDS = (
    "extract",
    "batch",
    "summary",
    "show",
    "repair",
    "link",
    "index",
    "search",
    "serve",
    "export",
    "feed",
    "validate",
    "doctor",
    "completion",
)

BROKEN_PIPE, INTERRUPTED = 141, 130  # what a shell reports for a process ended by SIGPIPE and SIGINT

EPILOG = """\
examples:
  attsats extract motion.pdf                       the record, as JSON
  attsats extract scans/*.pdf -o records.jsonl     many documents, one record a line
  attsats summary motion.pdf                       the same for human eyes
  attsats show motion.pdf --html motion.html       the document with everything marked
  attsats repair motion.txt --explain              every repaired word, with its reason
  attsats doctor                                   is everything there that reading needs?

exit codes: 0 done, 2 wrong usage, 3 some documents of a batch failed, 10-16 the input,
20-22 the installation, 30 an invalid record, 50-51 a batch that was refused or stopped;
all of them are in docs/reference/cli.md
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    use_utf8()
    try:
        args = build(_only(words)).parse_args(words)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except AttsatsError as error:
        complain(error)
        return error.exit_code
    except BrokenPipeError:
        drop_stdout()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED


def build(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser with these subcommands (all of them by default)."""
    parser = argparse.ArgumentParser(
        prog="attsats",
        description="Swedish municipal council documents, as OCR left them, into structured data that people can trust",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=Version, help="print the version and leave")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")
    for name in names:
        module = load(name)
        made = module.add_parser(subparsers)
        made.set_defaults(run=module.run)
    return parser


def load(name: str) -> ModuleType:
    """The module of a subcommand."""
    return import_module(f".{name}", __package__)


def _only(words: Sequence[str]) -> Sequence[str]:
    """The one subcommand that is asked for, so that the others are not imported; all where none is."""
    return [words[0]] if words and words[0] in COMMANDS else COMMANDS


class Version(argparse.Action):
    """Print the version: found only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print it and leave."""
        from importlib import metadata

        try:
            number = metadata.version("attsats")
        except metadata.PackageNotFoundError:
            number = "0+source"
        print(f"attsats {number}")
        parser.exit()
