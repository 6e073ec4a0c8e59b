"""What a dead worker leaves: how it ended, and what it printed last."""

from __future__ import annotations

import contextlib
import os
import re
import signal
from pathlib import Path

_LOG_MOST = 4 << 20
_TAIL = 8000


def manner(status: int) -> str:
    """How a process ended, from what ``waitpid`` gave.

    >>> manner(9), manner(256)
    ('killed by SIGKILL', 'it left with code 1')
    """
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return f"killed by {signal.Signals(number).name}"
        except ValueError:
            return f"killed by signal {number}"
    return f"it left with code {os.waitstatus_to_exitcode(status)}"


def tail(path: Path) -> str:
    """The last that was printed."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            return file.read().decode("utf-8", "replace").strip()
    except OSError:
        return ""


def stack(path: Path) -> str:
    """The Python stack that ``faulthandler`` left, as far as it is the document's.

    Thread ids are left out, so that the same crash gives the same text.
    """
    lines = []
    for text in tail(path).splitlines():
        if re.search(rf'{__package__.replace(".", "/")}/(task|worker)\.py", line', text):
            break
        if re.match(r'\s*File "|Fatal Python error', text):
            lines.append(text)
    return "\n".join(lines)


def shorten(path: Path) -> None:
    """Empty a log that a noisy document would fill the disk with."""
    with contextlib.suppress(OSError):
        if path.stat().st_size > _LOG_MOST:
            os.truncate(path, 0)
