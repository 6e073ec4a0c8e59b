"""What ``tag`` needs, loaded once: the tables, the calibration and the trained entity recogniser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ModelMissing
from .parties import PartyBook
from .places import Places
from .profiles import read_profiles
from .references import Citations
from .statutes import Statutes
from .tables import Tables, read

if TYPE_CHECKING:
    from spacy.language import Language

TABLES = Path(__file__).resolve().parent.parent / "tables"


@dataclass(frozen=True)
class TagModel:
    """Tables with their compiled patterns, calibration (value type -> knots) and the spaCy pipeline, if any."""

    tables: Tables
    book: PartyBook
    places: Places
    citations: Citations
    statutes: Statutes
    calibration: dict[str, tuple[tuple[float, float], ...]]
    nlp: Language | None = None
    version: str = "0"

    def calibrated(self, kind: str, sure: float) -> float:
        """The probability of being right behind a rule's own confidence, by linear interpolation."""
        knots = self.calibration.get(kind)
        return interpolate(knots, sure) if knots else round(sure, 4)


def interpolate(knots: tuple[tuple[float, float], ...], sure: float) -> float:
    """The probability at ``sure`` on a line through the knots, level beyond both ends.

    >>> interpolate(((0.5, 0.4), (0.9, 0.8)), 0.7)
    0.6
    """
    last = knots[0]
    for knot in knots:
        if sure <= knot[0]:
            width = knot[0] - last[0]
            share = (sure - last[0]) / width if width else 1.0
            return round(min(0.999, max(0.001, last[1] + share * (knot[1] - last[1]))), 4)
        last = knot
    return round(last[1], 4)


def load(folder: Path) -> TagModel:
    """Load the model folder: ``config.json`` and, where trained, ``pipeline/`` (spaCy) and ``calibration.json``.

    Raises:
        ModelMissing: the folder has no ``config.json`` or its pipeline was made by an incompatible version.
    """
    config_path = folder / "config.json"
    if not config_path.is_file():
        raise ModelMissing(f"No tag model in {folder}.", "Reinstall attsats, or rebuild it with 'make models'.")
    config = json.loads(config_path.read_text(encoding="utf-8"))
    tables = read(TABLES)
    calibration_path = folder / "calibration.json"
    calibration = {}
    if calibration_path.is_file():
        found = json.loads(calibration_path.read_text(encoding="utf-8"))
        calibration = {kind: tuple((float(a), float(b)) for a, b in knots) for kind, knots in found.items()}
    nlp = None
    if (folder / "pipeline").is_dir():
        from .components import open_pipeline

        nlp = open_pipeline(folder / "pipeline")
    return TagModel(
        tables,
        PartyBook(tables),
        Places(tables, read_profiles(TABLES / "profiles.tsv")),
        Citations(tables),
        Statutes(tables),
        calibration,
        nlp,
        str(config.get("version", "0")),
    )
