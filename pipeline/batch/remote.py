"""Documents in object storage, through fsspec: an extra, imported only when a source has ``scheme://``."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .inputs import Entry, shown
from .refusal import Refused


def _fsspec() -> Any:
    try:
        return importlib.import_module("fsspec")
    except ImportError:
        raise Refused("Object storage needs fsspec.", "Install it with: pip install 'attsats[cluster]'.") from None


def listed(part: int, url: str) -> Iterator[Entry]:
    """All files below a URL, or that match it where it has a pattern; names are relative to its fixed part."""
    storage, path = _open(url)
    scheme = url.split("://", 1)[0]
    try:
        if any(mark in path for mark in "*?["):
            found = storage.glob(path, detail=True)
            root = path[: min(path.index(mark) for mark in "*?[" if mark in path)].rpartition("/")[0]
        else:
            found = storage.find(path, detail=True)
            root = path if len(found) != 1 or path not in found else path.rpartition("/")[0]
    except Exception as error:  # every storage has exceptions of its own
        raise Refused(f"{url} cannot be listed: {error}.", "Check the address and your credentials.") from error
    if not found:
        raise Refused(f"There is no file at {url}.", "Check the address.")
    for key, info in found.items():
        if info.get("type") != "directory":
            name = key.removeprefix(root).lstrip("/")
            size = int(info.get("size") or 0)
            yield Entry(part, name.replace("/", "\0").encode(), os.fsencode(f"{scheme}://{key}"), shown(name), size)


def single(part: int, place: bytes, url: str) -> Entry:
    """One object of a list; it is looked at when its turn comes."""
    return Entry(part, place, os.fsencode(url), shown(url), 0)


def fetch(url: str, target: Path) -> None:
    """Copy one object to a local file.

    Raises:
        OSError: it cannot be fetched.
    """
    storage, path = _open(url)
    try:
        storage.get_file(path, str(target))
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def _open(url: str) -> tuple[Any, str]:
    storage, path = _fsspec().core.url_to_fs(url)
    return storage, str(path)
