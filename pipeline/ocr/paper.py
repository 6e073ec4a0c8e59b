"""Pages with so little ink that the engine takes the grain of their paper for ink.

The engine parts ink from paper by the threshold that parts the page's greys best. With a few lines of print on
grainy paper that threshold falls into the paper: the page is black all over, and nothing is read of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SPOTTED = 0.15  # share of the page that is under the threshold; print covers .01 to .09
_INK = 0.72  # of the paper's grey: darker is ink, lighter is paper
_SPARSE = 0.03  # share of ink under which the page is cleaned

Counts = NDArray[np.int64]


def without_grain(image: Image.Image) -> Image.Image:
    """The page, its paper made white if the engine would take it for ink."""
    grey = image if image.mode == "L" else image.convert("L")
    counts = np.array(grey.histogram(), dtype=np.int64)
    pixels = int(counts.sum())
    paper = int(np.searchsorted(np.cumsum(counts), 0.8 * pixels))
    dark = int(counts[: _threshold(counts) + 1].sum())
    ink = int(counts[: max(1, int(_INK * paper))].sum())
    if dark <= _SPOTTED * pixels or dark == pixels or ink > _SPARSE * pixels:
        return image
    return grey.point([level if level < _INK * paper else 255 for level in range(256)])


def _threshold(counts: Counts) -> int:
    """The grey that parts the page's greys best, by Otsu's measure."""
    below = np.cumsum(counts).astype(np.float64)
    sums = np.cumsum(counts * np.arange(256)).astype(np.float64)
    parted = (below > 0) & (below < below[-1])
    between = np.zeros(256)
    difference = sums[-1] * below[parted] / below[-1] - sums[parted]
    between[parted] = difference**2 / (below[parted] * (below[-1] - below[parted]))
    return int(between.argmax())
