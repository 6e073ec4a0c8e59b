"""Which documents: files, folder trees, globs, lists of paths, stdin, object storage. Nothing is held in memory."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .refusal import Refused

LITTER = ("thumbs.db", "desktop.ini")  # what file managers leave in folders


class Entry(NamedTuple):
    """One document of the list.

    Entries are put in order by ``part`` (the argument they come from) and ``place``; ``path`` and ``place`` are
    bytes, because a file's name need not be text. ``size`` is -1 where the file cannot be looked at.
    """

    part: int
    place: bytes
    path: bytes
    name: str
    size: int


@dataclass(frozen=True)
class Selection:
    """What the user named.

    Attributes:
        sources: files, folders, globs, ``@list``, ``-`` for a list on stdin, ``scheme://`` for object storage.
        include: of the files in folders, only those whose name matches one of these patterns.
        exclude: but none of those.
    """

    sources: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def entries(self, stdin: BinaryIO | None = None) -> Iterator[Entry]:
        """All documents, in any order within an argument."""
        for part, source in enumerate(self.sources):
            if source == "-":
                yield from _written(part, _lines(stdin or sys.stdin.buffer))
            elif source.startswith("@") and not os.path.lexists(source):
                yield from self._from_list(part, source[1:])
            elif "://" in source:
                from .remote import listed

                yield from (
                    entry for entry in listed(part, source) if self._wanted(os.path.basename(os.fsdecode(entry.path)))
                )
            elif os.path.isdir(source):
                yield from self._tree(part, source)
            elif glob.has_magic(source) and not os.path.lexists(source):
                yield from self._matching(part, source)
            else:
                yield from _written(part, [os.fsencode(source)])

    def folders(self) -> list[Path]:
        """The folders among the sources."""
        return [Path(source) for source in self.sources if "://" not in source and os.path.isdir(source)]

    def _from_list(self, part: int, path: str) -> Iterator[Entry]:
        try:
            with open(path, "rb") as file:
                yield from _written(part, _lines(file))
        except OSError as error:
            raise Refused(f"The list {path} cannot be read: {error.strerror}.", "Check its path.") from error

    def _matching(self, part: int, pattern: str) -> Iterator[Entry]:
        found = False
        for path in glob.iglob(pattern, recursive=True):
            found = True
            if not os.path.isdir(path):
                yield _entry(part, _sortable(path), path, path)
        if not found:
            raise Refused(f"No file matches {pattern}.", "Check the pattern, and quote it for the shell.")

    def _tree(self, part: int, root: str) -> Iterator[Entry]:
        base = os.path.join(root, "")
        waiting = [root]
        while waiting:
            try:
                with os.scandir(waiting.pop()) as folder:
                    for found in folder:
                        if found.name.startswith("."):
                            continue
                        if found.is_dir(follow_symlinks=False):  # a link could lead in a circle
                            waiting.append(found.path)
                        elif self._wanted(found.name) and found.name.lower() not in LITTER and _is_document(found):
                            name = found.path.removeprefix(base)
                            yield _entry(part, _sortable(name), found.path, name)
            except OSError as error:
                raise Refused(
                    f"The folder {error.filename} cannot be listed: {error.strerror}.", "Check its permissions."
                ) from error

    def _wanted(self, name: str) -> bool:
        chosen = not self.include or any(fnmatch(name, pattern) for pattern in self.include)
        return chosen and not any(fnmatch(name, pattern) for pattern in self.exclude)


def _is_document(found: os.DirEntry[str]) -> bool:
    """A file, or a link that leads nowhere: that one is told as a failure. Pipes and devices are passed over."""
    return found.is_file() or (found.is_symlink() and not os.path.exists(found.path))


def shown(path: str) -> str:
    """A path as text that JSON can hold, with forward slashes.

    >>> shown("a/b.txt"), shown("a\\udce5.txt")
    ('a/b.txt', 'a\\\\xe5.txt')
    """
    return os.fsencode(path.replace(os.sep, "/")).decode("utf-8", "backslashreplace")


def _written(part: int, paths: Iterable[bytes]) -> Iterator[Entry]:
    """Paths as somebody wrote them, in that order."""
    for n, raw in enumerate(paths):
        path = os.fsdecode(raw)
        if "://" in path:
            from .remote import single

            yield single(part, n.to_bytes(8, "big"), path)
        else:
            yield _entry(part, n.to_bytes(8, "big"), path, path)


def _entry(part: int, place: bytes, path: str, name: str) -> Entry:
    try:
        found = os.stat(path)
        size = found.st_size if stat.S_ISREG(found.st_mode) else -1
    except (OSError, ValueError):
        size = -1
    return Entry(part, place, os.fsencode(os.path.abspath(path)), shown(os.path.normpath(name)), size)


def _sortable(path: str) -> bytes:
    """Sorts a folder's files together: ``a/x`` before ``a-b/x``."""
    return os.fsencode(path).replace(os.fsencode(os.sep), b"\0")


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The paths of a list: one a line, or ended by NUL as ``find -print0`` does."""
    held, end = b"", b""
    while chunk := file.read(1 << 16):
        end = end or (b"\0" if b"\0" in chunk else b"\n" if b"\n" in chunk else b"")
        *whole, held = (held + chunk).split(end) if end else [held + chunk]
        yield from (path for path in map(_path_of, whole) if path)
    if last := _path_of(held):
        yield last


def _path_of(line: bytes) -> bytes:
    return line.removesuffix(b"\r").removeprefix(b"\xef\xbb\xbf")


def folder_conflict(out: Path, folders: Sequence[Path]) -> Path | None:
    """The input folder that ``out`` lies in, if any: results would be inputs the next time."""
    target = out.resolve()
    return next((folder for folder in folders if target.is_relative_to(folder.resolve())), None)
