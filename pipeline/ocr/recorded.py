"""OCR that was done before: one TSV per page in a folder, in pixels of the page as it was delivered."""

from __future__ import annotations

import json
import threading
from pathlib import Path

from .page import PageText
from .tsv import dump, parse

INDEX = "ocr.json"


class Recording:
    """The pages recorded in ``folder``. A recording of other bytes or languages is not used but replaced.

    Pages may be written from several threads. The folder holds ``page-001.tsv`` ...
    and ``ocr.json`` with what was read, with what, and the pages' dpi.
    """

    def __init__(self, folder: Path, *, sha256: str, languages: str) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._key = {"sha256": sha256, "languages": languages}
        self._index = self._load()
        self.stale = bool(self._index) and any(self._index.get(k) != v for k, v in self._key.items())
        if self.stale or not self._index:
            self._index = {**self._key, "dpi": {}}

    def _load(self) -> dict[str, object]:
        path = self._folder / INDEX
        if not path.is_file():
            return {}
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return loaded if isinstance(loaded, dict) else {}

    def read(self, number: int) -> PageText | None:
        """The recorded page, or None."""
        dpi = self._dpi.get(str(number))
        path = self._path(number)
        if dpi is None or not path.is_file():
            return None
        return parse(path.read_text(encoding="utf-8"), number=number, dpi=dpi)

    def write(self, page: PageText) -> None:
        """Add a page; what was written before stays readable if this is interrupted."""
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            _replace(self._path(page.number), dump(page))
            self._index["dpi"] = {**self._dpi, str(page.number): page.dpi}
            _replace(self._folder / INDEX, json.dumps(self._index, indent=1, sort_keys=True) + "\n")

    @property
    def _dpi(self) -> dict[str, int]:
        dpi = self._index.get("dpi")
        return dpi if isinstance(dpi, dict) else {}

    def _path(self, number: int) -> Path:
        return self._folder / f"page-{number:03d}.tsv"


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
