"""The files that a batch leaves, in the order of the list; each is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from .inputs import shown
from .journal import Journal, Row
from .task import encoded, line

Json = dict[str, Any]

RECORDS, FAILURES, INPUTS, MANIFEST = "records.jsonl", "failures.jsonl", "inputs.jsonl", "manifest.json"


@dataclass
class Counts:
    """What the files hold. ``documents`` counts content, ``inputs`` counts names."""

    inputs: int = 0
    documents: int = 0
    duplicates: int = 0
    done: int = 0
    failed: int = 0
    pending: int = 0
    records: int = 0
    pages: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> Json:
        """For the manifest."""
        return {**vars(self), "failures": dict(sorted(self.failures.items()))}


class _File:
    """Lines, counted and hashed as they are written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.lines = 0
        self.bytes = 0

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.lines += data.count(b"\n")
        self.bytes += len(data)

    def facts(self) -> Json:
        return {"sha256": self._digest.hexdigest(), "bytes": self.bytes, "lines": self.lines}


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when all of it is on the disk."""
    growing = path.with_name(f".{path.name}.part")
    try:
        with growing.open("wb", buffering=1 << 18) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)


def write(journal: Journal, out: Path, manifest: Json) -> Json:
    """Write records, failures, the list of inputs and, last, the manifest.

    Args:
        manifest: what the caller knows; counts and the facts of the files are added.

    Returns:
        The manifest as written.
    """
    journal.commit()
    counts = Counts()
    with ExitStack() as stack:
        files = {name: _File(stack.enter_context(whole(out / name))) for name in (RECORDS, FAILURES, INPUTS)}
        for row in journal.rows():
            _count(counts, row)
            files[INPUTS].write(encoded(line(_input(journal, row))))
            if row.failure or row.problem:
                if _is_first(row):
                    files[FAILURES].write(encoded(line(_failure(journal, row))))
            elif row.lines and _is_first(row):
                files[RECORDS].write(_records(journal, row))
    counts.records = files[RECORDS].lines
    complete = counts.pending == 0
    facts = {name: file.facts() for name, file in files.items()}
    made = {"schema": "batch/1.0", "complete": complete, "counts": counts.as_json(), **manifest, "outputs": facts}
    with whole(out / MANIFEST) as file:
        file.write(encoded(json.dumps(made, ensure_ascii=False, indent=2) + "\n"))
    _sync_folder(out)
    return made


def _is_first(row: Row) -> bool:
    return row.first is None or row.first == row.seq


def _status(row: Row) -> str:
    if row.failure or row.problem:
        return "failed"
    return "pending" if row.lines is None else "done"


def _count(counts: Counts, row: Row) -> None:
    counts.inputs += 1
    if not _is_first(row):
        counts.duplicates += 1
        return
    counts.documents += 1
    status = _status(row)
    setattr(counts, status, getattr(counts, status) + 1)
    counts.pages += row.pages or 0
    if status == "failed":
        counts.failures[json.loads(row.failure or row.problem or "")["code"]] += 1


def _input(journal: Journal, row: Row) -> Json:
    """The line of one input: every name has one, also a further name of the same bytes."""
    same_as = None if _is_first(row) or row.first is None else journal.name_at(row.first)
    return {
        "name": row.name,
        "path": shown(os.fsdecode(row.path)),
        "sha256": row.sha,
        "bytes": row.size,
        "status": _status(row),
        "same_as": same_as,
        "records": json.loads(row.ids) if row.ids else [],
    }


def _failure(journal: Journal, row: Row) -> Json:
    told = json.loads(row.failure or row.problem or "")
    return {
        "name": row.name,
        "also": _also(journal, row),
        "path": shown(os.fsdecode(row.path)),
        "sha256": row.sha,
        "bytes": row.size,
        **told,
    }


def _also(journal: Journal, row: Row) -> list[str]:
    return journal.names_of(row.sha)[1:] if row.sha else []


def _records(journal: Journal, row: Row) -> bytes:
    """The record lines of a document, under its first name in this list, with its further names."""
    lines = zlib.decompress(row.lines or b"")
    also = _also(journal, row)
    if row.done_as == row.name and not also:
        return lines
    made = []
    for text in lines.decode("utf-8").split("\n")[:-1]:
        record = json.loads(text)
        source = record.get("source")
        if isinstance(source, dict):
            source["name"], source["also"] = row.name, also
        made.append(line(record))
    return encoded("".join(made))


def _sync_folder(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
