"""Pages of pure black and white on which thin strokes are broken, and the ink that closes them."""

from __future__ import annotations

import numpy as np
from PIL import Image

_GREY = 0.05  # share of the ink that may be grey on a page of black and white
_THIN = 3.75  # pixels: mean width of the strokes under which a lost pixel is a broken letter


def is_thin(image: Image.Image) -> bool:
    """Whether a page is black and white and its strokes are few pixels wide.

    Counted on every second row, in some milliseconds.
    """
    rows = np.asarray(image.convert("L"))[::2]
    dark = rows < 128
    ink = int(np.count_nonzero(dark))
    grey = int(np.count_nonzero((rows > 40) & (rows < 215)))
    strokes = int(np.count_nonzero(dark[:, 1:] & ~dark[:, :-1]))
    return bool(strokes and grey <= _GREY * ink and ink < _THIN * strokes)


def thickened(image: Image.Image) -> Image.Image:
    """The page with half a shade of ink around every stroke."""
    grey = np.asarray(image if image.mode == "L" else image.convert("L"))
    around = np.pad(grey, 1, mode="edge")
    rows = np.minimum(np.minimum(around[:-2], around[1:-1]), around[2:])
    darkest = np.minimum(np.minimum(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])
    return Image.fromarray((grey // 2 + darkest // 2).astype(np.uint8))
