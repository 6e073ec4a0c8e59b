"""Where the trained models live, and loading them once.

Each model is a folder with its weights, ``card.md`` and ``config.json`` (``name``, ``version``).
In a wheel they lie in ``pipeline/models``; in a checkout beside the package.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import quality, repair, segment, tag
from .errors import ModelMissing

NAMES = {"quality": "quality-sv", "repair": "repair-sv", "structure": "structure-sv", "ner": "ner-sv"}


@dataclass(frozen=True)
class Models:
    """All that was trained, loaded once and passed to the stages; ``versions`` goes into every record."""

    quality: quality.QualityModel
    repair: repair.RepairModel
    structure: segment.SegmentModel
    ner: tag.TagModel
    versions: dict[str, str]

    def ready(self) -> Models:
        """These, for whoever has either them or an :class:`Opening`."""
        return self


class Opening:
    """All models while they are opened, on a thread of its own: reading pages needs no more than ``quality``.

    Raises:
        ModelMissing: at once, where one of them is not there.
    """

    def __init__(self) -> None:
        for name in NAMES.values():
            folder(name)
        self.quality = quality.load(folder(NAMES["quality"]))
        thread = ThreadPoolExecutor(1, thread_name_prefix="models")
        self._all = thread.submit(load)
        thread.shutdown(wait=False)

    def ready(self) -> Models:
        """The models, when all of them are open.

        Raises:
            ModelMissing: one of them cannot be read.
        """
        return self._all.result()


def load() -> Models:
    """Open every model of the installation.

    Raises:
        ModelMissing: one of them is not there, or cannot be read.
    """
    folders = {key: folder(name) for key, name in NAMES.items()}
    return Models(
        quality=quality.load(folders["quality"]),
        repair=repair.load(folders["repair"]),
        structure=segment.load(folders["structure"]),
        ner=tag.load(folders["ner"]),
        versions={key: _version(path) for key, path in folders.items()},
    )


def folder(name: str) -> Path:
    """The folder of a model.

    Raises:
        ModelMissing: no such model is installed.
    """
    here = Path(__file__).resolve().parent
    for root in (here / "models", here.parent / "models"):
        if (root / name / "config.json").is_file():
            return root / name
    raise ModelMissing(f"The model {name!r} is not installed.", "Reinstall attsats, or rebuild it with 'make models'.")


def _version(path: Path) -> str:
    config = json.loads((path / "config.json").read_text(encoding="utf-8"))
    return f"{path.name} {config['version']}"
