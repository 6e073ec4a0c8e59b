"""Where the trained models live, and loading them once.

Each model is a folder with its weights, ``card.md`` and ``config.json``; see ``models/README.md``.
In a wheel they lie in ``pipeline/models``; in a checkout beside the package.
"""

from __future__ import annotations

from pathlib import Path

from .errors import ModelMissing


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
