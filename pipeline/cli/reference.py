"""The reference page of the command line, made from the parsers and the errors themselves.

``make docs`` writes it to ``docs/reference/cli.md``; a test says when the page is out of step.
"""

from __future__ import annotations

import argparse
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module

from .. import errors
from ..batch.refusal import SOME_FAILED
from . import BROKEN_PIPE, INTERRUPTED, build
from .completion import options, subcommands

PACKAGE = __package__.rpartition(".")[0]

HEAD = """\
# The command line

Generated from the parsers by `make docs`.

JSON and text go to stdout, everything else to stderr.
`-` as a file is stdin.
`NO_COLOR=1` switches colour off; `ATTSATS_DEBUG=1` adds a traceback to an unexpected error.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parser = build()
    parts = [HEAD, *(_command(name, sub) for name, sub in subcommands(parser)), _exit_codes()]
    return "\n".join(parts)


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    positional = [action for action in parser._actions if not action.option_strings]
    usage = " ".join(["attsats", name, "[options]", *(_usage(action) for action in positional)])
    rows = [(f"`{_metavar(action)}`", action.help or "") for action in positional]
    shown = [a for a in options(parser) if a.dest != "help" and a.help != argparse.SUPPRESS]
    rows += [(_flags(action), action.help or "") for action in shown]
    table = "".join(f"| {left} | {_cell(right)} |\n" for left, right in rows)
    epilog = f"\n```text\n{parser.epilog.strip()}\n```\n" if parser.epilog else ""
    return (
        f"## attsats {name}\n\n{parser.description}.\n\n```text\n{usage}\n```\n\n"
        f"| argument | what |\n| --- | --- |\n{table}{epilog}"
    )


def _metavar(action: argparse.Action) -> str:
    if action.choices and action.metavar is None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest)


def _usage(action: argparse.Action) -> str:
    name = _metavar(action)
    return {"+": f"{name} [{name} ...]", "*": f"[{name} ...]", "?": f"[{name}]"}.get(str(action.nargs), name)


def _flags(action: argparse.Action) -> str:
    takes = "" if action.nargs == 0 else " " + (action.metavar if isinstance(action.metavar, str) else _value(action))
    return ", ".join(f"`{flag}{takes}`" for flag in action.option_strings)


def _value(action: argparse.Action) -> str:
    return "{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper()


def _cell(text: str) -> str:
    return text.replace("%%", "%").replace("|", "\\|")


def exit_codes() -> list[tuple[int, str, str]]:
    """Every exit code there is: the number, the message's code (empty where there is no message), the meaning."""
    rows = [
        (0, "", "All was done."),
        (1, "error", "Something unexpected; please report it."),
        (2, "", "The command was used wrongly; the message says how it is used."),
        (SOME_FAILED, "", "A batch is done, but for some documents; they are listed in `failures.jsonl`."),
        *((kind.exit_code, kind.code, _first_line(kind)) for kind in _kinds()),
        (INTERRUPTED, "", "Interrupted (Ctrl-C)."),
        (BROKEN_PIPE, "", "The reader of the output went away (as `head` does)."),
    ]
    return sorted(rows)


def _exit_codes() -> str:
    table = "".join(f"| {code} | {f'`{name}`' if name else ''} | {what} |\n" for code, name, what in exit_codes())
    return (
        "## Exit codes\n\nWith several files the exit code is that of the first failure.\n\n"
        f"| code | message code | what |\n| --- | --- | --- |\n{table}"
    )


def _kinds() -> list[type[errors.AttsatsError]]:
    """The errors of every module, one for each code; none of them needs an extra to be imported."""
    for module in pkgutil.walk_packages(import_module(PACKAGE).__path__, f"{PACKAGE}.", onerror=lambda _: None):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):
                import_module(module.name)
    kinds: dict[str, type[errors.AttsatsError]] = {}
    for kind in _below(errors.AttsatsError):
        if kind.__module__.startswith(f"{PACKAGE}.") and "code" in vars(kind):
            kinds.setdefault(kind.code, kind)
    return list(kinds.values())


def _below(kind: type[errors.AttsatsError]) -> Iterator[type[errors.AttsatsError]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _below(sub)


def _first_line(kind: type[errors.AttsatsError]) -> str:
    return (kind.__doc__ or "").strip().split("\n", 1)[0]


if __name__ == "__main__":
    print(reference(), end="")
