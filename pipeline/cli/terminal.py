"""What every subcommand does with the terminal: encoding, complaints, progress, colour."""

from __future__ import annotations

import io
import os
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..durations import duration
from ..errors import AttsatsError

if TYPE_CHECKING:
    from rich.console import Console


_LAST_PAGES = 20  # whose speed is told


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says: JSON is UTF-8, and Swedish needs it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(what: AttsatsError | str, *, name: str = "") -> None:
    """Say on stderr what is wrong, with the code that a program can look for and the next step."""
    subject = f"{name}: " if name else ""
    if isinstance(what, AttsatsError):
        print(f"attsats: {subject}{what} [{what.code}]", file=sys.stderr)
    else:
        print(f"attsats: {subject}{what}", file=sys.stderr)


def progress(name: str) -> Progress | None:
    """A counter of pages on stderr while a person is watching, else None."""
    return Progress(name) if sys.stderr.isatty() else None


class Progress:
    """Writes ``name: page 3 of 12, 0.5 pages/s, 18 s left`` over itself.

    The speed is that of the last pages: those that were known already, after an interruption, take no time at all.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock
        self._times: deque[float] = deque([clock()], maxlen=_LAST_PAGES + 1)

    def __call__(self, done: int, total: int) -> None:
        """One more page is done; the line goes when all are."""
        self._times.append(self._clock())
        text = f"{self._name}: page {done} of {total}{self._pace(total - done)}" if done < total else ""
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    def _pace(self, left: int) -> str:
        seconds = (self._times[-1] - self._times[0]) / (len(self._times) - 1)
        return f", {1 / seconds:.2g} pages/s, {duration(seconds * left)} left" if seconds > 0 else ""


def drop_stdout() -> None:
    """The reader of stdout has gone: write no more, and do not complain about it at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # stdout is no real file, as under a test runner
        sys.stdout = io.StringIO()


def console(color: str = "auto") -> Console:
    """A rich console on stdout; ``color`` is auto, always or never (``NO_COLOR`` is respected by auto)."""
    from rich.console import Console

    if color == "auto":
        return Console(highlight=False, markup=False, emoji=False)
    always = color == "always"
    return Console(
        highlight=False,
        markup=False,
        emoji=False,
        force_terminal=always,
        no_color=not always,
        color_system="truecolor" if always else None,
    )
