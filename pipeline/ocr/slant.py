"""How a page lies: by how many quarter turns, and how many degrees askew; from its ink alone, in a few hundredths
of a second.

Lines of print make the counts of ink per row jump. The angle at which they jump most is the skew; if columns jump
more than rows the page lies on its side; and since print ends more sharply at the baseline than at its top, the
larger jumps are downward on an upright page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_WORKING_DPI = 100
_WIDEST = 7.0  # degrees: more than a page fed by hand
_MOST_DOTS = 60_000
_LEAST_DOTS = 400  # with less ink than a line or two nothing is said

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Slant:
    """``sideways``: lines run up or down. ``upside_down``: evidence > 0 that the page (or the page turned a quarter
    clockwise, if sideways) stands on its head. ``skew``: degrees by which its lines fall to the right.
    """

    sideways: bool
    upside_down: float
    skew: float
    sure: bool


def slant_of(image: Image.Image, dpi: int) -> Slant:
    """How the page lies; nothing but zeros where there is too little ink."""
    ink = _ink(image, dpi)
    across = _best(ink)
    down = _best(np.rot90(ink, -1))
    if across is None or down is None:
        return Slant(False, 0.0, 0.0, False)
    sideways = down[0] > across[0]
    winner, loser = (down, across) if sideways else (across, down)
    return Slant(sideways, winner[2], winner[1], winner[0] > 1.15 * loser[0])


def _ink(image: Image.Image, dpi: int) -> NDArray[np.bool_]:
    """The dark pixels at the working resolution, without a border of 3 % (shadows, holes)."""
    factor = max(1, round(dpi / _WORKING_DPI))
    small = (image.convert("L") if image.mode != "L" else image).reduce(factor)
    grey = np.asarray(small, dtype=np.int16)
    paper = float(np.percentile(grey[::4, ::4], 80))
    dark = grey < paper * 0.72
    y, x = (max(1, int(0.03 * side)) for side in dark.shape)
    return dark[y:-y, x:-x]


def _best(ink: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    """Strength of the lines, their fall in degrees, and the evidence for upside down."""
    edges = ink[:-1] & ~ink[1:]  # dark above light: baselines
    ys, xs = np.nonzero(edges)
    if len(ys) < _LEAST_DOTS:
        return None
    if len(ys) > _MOST_DOTS:
        step = len(ys) // _MOST_DOTS + 1
        ys, xs = ys[::step], xs[::step]
    height = ink.shape[0]

    def strength(degrees: float) -> float:
        counts = _rows(ys, xs, degrees, height, ink.shape[1])
        return float(np.square(np.diff(counts)).sum())

    angle = max(np.arange(-_WIDEST, _WIDEST + 0.01, 0.5), key=strength)
    angle = max(np.arange(angle - 0.5, angle + 0.51, 0.1), key=strength)
    all_ys, all_xs = np.nonzero(ink)
    jumps = np.diff(_rows(all_ys, all_xs, float(angle), height, ink.shape[1]).astype(float))
    sharpness = np.power(jumps, 3).sum() / max(1.0, np.power(np.abs(jumps), 3).sum())
    return strength(float(angle)) / len(ys), float(angle), float(sharpness)


def _rows(ys: Ints, xs: Ints, degrees: float, height: int, width: int) -> Ints:
    """How many dots lie on each row after the page is straightened by so many degrees."""
    fall = np.tan(np.radians(degrees))
    margin = int(abs(fall) * width) + 2
    rows = np.rint(ys - fall * (xs - width / 2)).astype(np.intp) + margin
    return np.bincount(rows, minlength=height + 2 * margin)
