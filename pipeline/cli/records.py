"""Records and cases from JSON Lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import InputMissing, RecordInvalid


def read_jsonl(path: Path, *, schema: str) -> Iterator[dict[str, Any]]:
    """Every object of a JSON Lines file (``-`` is stdin), one at a time.

    Args:
        path: the file.
        schema: how each object's ``schema`` must begin, such as ``record/1.``.

    Raises:
        InputMissing: the file cannot be opened.
        RecordInvalid: a line is no JSON, or of another schema; the message names the line.
    """
    try:
        lines = sys.stdin if str(path) == "-" else path.open(encoding="utf-8")
    except OSError as error:
        raise InputMissing(f"{path} cannot be opened: {error.strerror}.", "Check the name.") from error
    with lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, f"{path}, line {number}", schema)
        except UnicodeDecodeError as error:
            raise RecordInvalid(f"{path} is no UTF-8 text.", "Give a file that attsats wrote.") from error


def read_lines(path: Path, *, schema: str) -> Iterator[tuple[str, bytes]]:
    """Every object of a JSON Lines file (``-`` is stdin) as it stands there, with its place for messages.

    A line that begins as attsats begins it is not parsed here.

    Raises:
        InputMissing: the file cannot be opened.
        RecordInvalid: a line that begins otherwise is no JSON, or of another schema; the message names the line.
    """
    try:
        lines = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        raise InputMissing(f"{path} cannot be opened: {error.strerror}.", "Check the name.") from error
    starts = tuple(f'{{"schema":{blank}"{schema}'.encode() for blank in ("", " "))
    with lines:
        for number, line in enumerate(lines, 1):
            where = f"{path}, line {number}"
            if line.isspace():
                continue
            if not line.startswith(starts):
                _object(line, where, schema)
            yield where, line


def _object(line: str | bytes, where: str, schema: str) -> dict[str, Any]:
    try:
        made = json.loads(line if isinstance(line, str) else line.decode())
    except UnicodeDecodeError as error:
        raise RecordInvalid(f"{where} is no UTF-8 text.", "Give a file that attsats wrote.") from error
    except ValueError as error:
        raise RecordInvalid(f"{where} is no JSON: {error}.", "Give a file that attsats wrote.") from error
    if not isinstance(made, dict) or not str(made.get("schema", "")).startswith(schema):
        kind = schema.partition("/")[0]
        raise RecordInvalid(f"{where} is no {kind} of this version.", "Give a file that attsats wrote.")
    return made
