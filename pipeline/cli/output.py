"""Where results go: stdout, or a file that is there only when it is whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ..errors import AttsatsError


class OutputFailed(AttsatsError):
    """The result cannot be written where it should go."""

    code, exit_code = "output.failed", 31


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Stdout, or a file that appears under its name only when all has been written.

    What is no plain file (a device such as ``/dev/null``, a named pipe) is written to, never put out of its place.

    Raises:
        OutputFailed: the file cannot be made.
    """
    if path is None:
        yield sys.stdout
        return
    plain = path.is_file() or not path.exists()
    growing = path.with_name(f".{path.name}.{os.getpid()}.part") if plain else path
    try:
        out = growing.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputFailed(f"{path} cannot be written: {error.strerror}.", "Name another file.") from error
    if not plain:
        with out:
            yield out
        return
    try:
        with out:
            yield out
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)
