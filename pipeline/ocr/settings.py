"""How to read, and what the engine on this machine can do."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Settings of :func:`pipeline.ocr.read`.

    Attributes:
        languages: Tesseract's codes joined by ``+``. Languages that are not installed are left out with a note.
        jobs: pages that are read at the same time; ``None`` for one per core.
        page_timeout: seconds that one page may take before it is given up with a note.
        max_pixels: larger page images are not read (a note says so; an error where no page is left).
        max_bytes: larger files are refused.
        dpi: resolution at which a PDF page without images is drawn.
        text_layer: ``auto`` asks the verdict, ``keep`` never reads an image where there is a text layer,
            ``reread`` reads the image wherever there is one.
        recorded: folder with one ``page-NNN.tsv`` per page that has been read by the engine. Pages found there
            are not read again, others are added: it serves tests without an engine and resumes a long file.
        cross_check: let a second engine (the extra ``crosscheck``) look at §, numbers and unsure words.
        progress: called with (pages done, pages in all) after each page.
    """

    languages: str = "swe+eng"
    jobs: int | None = None
    page_timeout: float = 120.0
    max_pixels: int = 120_000_000
    max_bytes: int = 2_000_000_000
    dpi: int = 300
    text_layer: str = "auto"
    recorded: Path | None = None
    cross_check: bool = False
    progress: Progress | None = None

    def __post_init__(self) -> None:
        if self.text_layer not in ("auto", "keep", "reread"):
            raise ValueError(f"text_layer must be auto, keep or reread, not {self.text_layer!r}")
        if self.jobs is not None and self.jobs < 1:
            raise ValueError(f"jobs must be at least 1, not {self.jobs}")

    @property
    def reading(self) -> str:
        """What pages are read with, as recordings state it."""
        return f"{self.languages}+ppocr" if self.cross_check else self.languages

    @property
    def workers(self) -> int:
        """Pages read at the same time: ``jobs``, or the cores this process may use."""
        if self.jobs is not None:
            return self.jobs
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class EngineReport:
    """What is installed: ``version`` is None where there is no Tesseract; ``advice`` says what to type."""

    version: str | None
    languages: tuple[str, ...]
    missing: tuple[str, ...] = ()
    advice: str = ""

    @property
    def ready(self) -> bool:
        """Whether the engine and all the wanted languages are there."""
        return self.version is not None and not self.missing
