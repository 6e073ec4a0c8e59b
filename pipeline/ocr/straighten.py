"""Straightening a page by two shears: its lines are made level, then its letters upright.

Pillow turns a page point by point. Two shears move whole columns, then whole rows, each by cubic interpolation along
one line, in a fifth of the time. The page becomes wider by the cosine of the angle and lower by it: .1 % at 3 degrees.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .mapping import Mapping

_ONE = 128  # what the weights add up to: sums of 8-bit pixels around zero then stay within 16 bits
_GREY = 128
_WHITE = 255 - _GREY
# Cubic convolution (Keys, a = -1 as in Pillow's BICUBIC), one polynomial for each neighbour.
_CUBIC = ((-1, 2, -1, 0), (1, -2, 0, 1), (-1, 1, 1, 0), (1, -1, 0, 0))

Shorts = NDArray[np.int16]


def straightened(image: Image.Image, degrees: float) -> tuple[Image.Image, Mapping]:
    """The image with lines that fell by that much to the right made level, on a larger white sheet; the way back."""
    grey = image if image.mode == "L" else image.convert("L")
    fall = math.tan(math.radians(degrees))
    lean = fall / (1 + fall * fall)
    pixels = np.asarray(grey).astype(np.int16) - np.int16(_GREY)
    down = _slid(pixels.T, -fall).T
    made = _slid(down, lean)
    return Image.fromarray((made + np.int16(_GREY)).astype(np.uint8)), _way_back(grey.size, made.shape, fall, lean)


def _way_back(size: tuple[int, int], made: tuple[int, ...], fall: float, lean: float) -> Mapping:
    u, v, x, y = made[1] / 2, made[0] / 2, size[0] / 2, size[1] / 2
    across = Mapping(1, -lean, lean * v - u + x, 0, 1, 0)  # from the middle of the sheet to that of the page
    return Mapping(1, 0, 0, fall, 1, y - v - fall * x).after(across)


def _slid(lines: Shorts, slope: float) -> Shorts:
    """Lines of pixels, each slid forward by ``slope`` more than the one before, the middle one not at all."""
    count, length = lines.shape
    wider = math.ceil(abs(slope) * count)
    shifts = slope * (np.arange(count) + 0.5 - count / 2) + wider / 2
    whole = np.floor(shifts).astype(int)
    made = np.empty_like(lines, shape=(count, length + wider))
    edges = np.flatnonzero(np.diff(whole, prepend=whole[0] - 1, append=whole[-1] - 1))
    for first, last in pairwise(edges):
        made[first:last] = _placed(lines[first:last], int(whole[first]), shifts[first:last] % 1, length + wider)
    return made


def _placed(lines: Shorts, whole: int, parts: NDArray[np.float64], length: int) -> Shorts:
    """Lines of ``length`` with the given ones put so many whole pixels, and each its part of one, from the left."""
    sheet = np.full_like(lines, _WHITE, shape=(len(lines), length + len(_CUBIC) - 1))
    sheet[:, whole + 2 : whole + 2 + lines.shape[1]] = lines
    weights = _weights(1 - parts)
    made = sheet[:, :length] * weights[0]
    for tap in range(1, len(_CUBIC)):
        made += sheet[:, tap : tap + length] * weights[tap]
    made += np.int16(_ONE // 2)
    made >>= np.int16(_ONE.bit_length() - 1)
    return np.clip(made, -_GREY, 255 - _GREY, out=made)


def _weights(t: NDArray[np.float64]) -> list[Shorts]:
    """What four neighbours count for a point that lies ``t`` behind the second of them, a column for each."""
    first, second, _, fourth = (np.rint(_ONE * np.polyval(cubic, t)).astype(np.int16)[:, None] for cubic in _CUBIC)
    return [first, second, np.int16(_ONE) - first - second - fourth, fourth]
