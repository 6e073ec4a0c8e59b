"""Page images of the source files, with what is masked painted over."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from ..document import Note
from ..errors import AttsatsError
from ..export.mask import CODE
from ..export.surrogates import LOST
from ..ocr.image import frames, open_image
from ..ocr.pdf import Pdf

Json = dict[str, Any]

WIDEST = 1240  # pixels: A4 at 150 dpi, enough to read on a screen
MAX_PIXELS = 120_000_000


@dataclass(frozen=True)
class Files:
    """The folder that the documents were read from; None where the page shows text only."""

    folder: Path | None

    def path(self, record: Json) -> Path | None:
        """The file of a record: of its name, and with exactly its bytes; None where it is not there."""
        if self.folder is None or not record["source"]["page_sizes"]:
            return None
        for name in (record["source"]["name"], *record["source"]["also"]):
            found = _found(self.folder, Path(name).name, record["source"]["sha256"])
            if found:
                return found
        return None

    def shown_pages(self, record: Json) -> list[int]:
        """The pages that can be shown: none without the file, and none where masked details have no known place."""
        if self.path(record) is None:
            return []
        first = record["source"]["part"]["pages"][0]
        closed = {at["page"] for at in _hidden(record) if at["box"] is None}
        pages = range(first, first + len(record["source"]["page_sizes"]))
        return [page for page in pages if page not in closed]

    def image(self, record: Json, page: int) -> bytes | None:
        """A page as PNG, or None where it cannot or must not be shown."""
        path = self.path(record)
        if path is None or page not in self.shown_pages(record):
            return None
        size = tuple(record["source"]["page_sizes"][page - record["source"]["part"]["pages"][0]][:2])
        boxes = tuple(tuple(at["box"]) for at in _hidden(record) if at["page"] == page)
        return _drawn(path, page, size, boxes)


def _hidden(record: Json) -> list[Json]:
    return [at for note in record["notes"] if note["code"] == CODE for at in note["at"]]


@lru_cache(maxsize=512)
def _found(folder: Path, name: str, sha256: str) -> Path | None:
    candidates = [folder / name, *sorted(folder.rglob(_pattern(name)))]
    for path in dict.fromkeys(candidates):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            return path
    return None


def _pattern(name: str) -> str:
    """A name as a pattern that matches only itself; what could not be stored of it may be any character."""
    return "".join("?" if c == LOST else f"[{c}]" if c in "*?[" else c for c in name) or "[ ]"


@lru_cache(maxsize=32)
def _drawn(path: Path, page: int, size: tuple[int, int], boxes: tuple[tuple[int, int, int, int], ...]) -> bytes | None:
    image = _pixels(path, page, size)
    if image is None:
        return None
    image = image.convert("L").resize(size) if image.size != size else image.convert("L")
    pen = ImageDraw.Draw(image)
    for box in boxes:
        pen.rectangle(box, fill=40)
    if image.width > WIDEST:
        image = image.resize((WIDEST, round(image.height * WIDEST / image.width)), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)  # for this machine only: speed before size
    return out.getvalue()


def _pixels(path: Path, page: int, size: tuple[int, int]) -> Image.Image | None:
    """The page's pixels, or None where the file has no such page any more."""
    try:
        with path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(1024)
        if is_pdf:
            with Pdf(path) as pdf:
                return pdf.draw(page, *size) if 1 <= page <= len(pdf) else None
        for frame in frames(open_image(path, max_pixels=MAX_PIXELS), max_pixels=MAX_PIXELS):
            loaded = frame.load()
            if frame.number == page:
                return None if isinstance(loaded, Note) else loaded[0]
    except (AttsatsError, OSError, RuntimeError, ValueError):
        return None
    return None
