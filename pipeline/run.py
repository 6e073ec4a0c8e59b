"""The front door: a file goes in, valid records come out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import ocr
from .document import Protocol, Scan
from .laws import check
from .models import Models, Opening
from .models import load as load_models
from .quality import assess, language_notes
from .record import record
from .repair import repair
from .segment import segment
from .tag import tag

Json = dict[str, Any]


@dataclass(frozen=True)
class Settings:
    """How to read: see :class:`pipeline.ocr.OcrSettings`. ``split`` takes bundles apart."""

    ocr: ocr.OcrSettings = field(default_factory=ocr.OcrSettings)
    split: bool = True


def extract(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    settings: Settings | None = None,
    models: Models | Opening | None = None,
) -> list[Json]:
    """The validated records of one file: one, or one for each document of a bundle.

    Args:
        source: a path, or the bytes of a file.
        name: the name to give the bytes in the record; the path's own name by default.
        settings: how to read it.
        models: models that are loaded already, or are being; loading takes longer than most texts, so share them.

    Raises:
        AttsatsError: no honest record exists; the message says the next step.
    """
    models = models or load_models()
    protocols = understand(source, name=name, settings=settings, models=models)
    return [check(record(protocol, models=models.ready().versions)) for protocol in protocols]


def understand(
    source: str | Path | bytes,
    *,
    name: str | None = None,
    settings: Settings | None = None,
    models: Models | Opening,
) -> list[Protocol]:
    """The same up to the typed result, for those who would rather have values than JSON."""
    settings = settings or Settings()
    scan = ocr.read(source, name=name, settings=settings.ocr, quality=models.quality)
    parts = ocr.split(scan) if settings.split else (scan,)
    return [interpret(part, models.ready()) for part in parts]


def interpret(scan: Scan, models: Models) -> Protocol:
    """Everything after reading: repair, segment, tag. Text in another language gets a note and goes on as it is."""
    quality = assess(scan, models.quality)
    foreign = language_notes(scan, quality)
    scan = replace(scan, notes=(*scan.notes, *foreign))
    transcript = repair(scan, models.repair, quality, restore=not foreign)
    return tag(segment(transcript, models.structure), models.ner)
