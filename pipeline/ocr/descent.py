"""How far a character reaches below those beside it.

A § hangs below the line in every typeface; the 8, S, &, £ and B that it is read as stand on it. So where a model
does not know the sign, the ink tells it. So does a comma, but no full stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from ..document import Box

_GAP, _WHITE = 3, 0.2  # pixels, and share of the box: white rows that part a line from the next
BESIDE = 2  # pixels that are looked at around a box
_BELOW = 0.3  # of the height, under the box: the next line begins later
_TALL = 0.4  # of the tallest: a smaller piece of ink is a full stop or a speck
_SPECK = 0.08
_STOP = 0.5  # of the tallest: a larger piece of ink is no stop
_BROAD = 0.9  # of the digits' height: a broader piece is two characters that touch
_ROUGH = 1.05  # pixels: by how much they may differ in small print
_LEVEL = 0.06  # of the digits' height: by how much digits on one line may differ
_UNEVEN = 0.15  # of the tallest: letters that end farther apart do not show where the line is
_APART = 1.5  # of the digits' height: what stands farther apart does not belong together
_LOWEST = 8  # pixels: of smaller digits nothing is said
_FAINT = 60  # grey levels between ink and paper

Grey = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hang:
    """How far signs hang below their number, and how far from it they stand, in heights of its digits."""

    depth: float
    gap: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink between two white columns, and its first and last row in pixels and parts of them.

    All from the box's upper left corner less ``BESIDE``.
    """

    x0: int
    x1: int
    top: float
    bottom: float


def hang_of(
    grey: Image.Image, box: Box, *, beyond: int, signs: int, digits: int, behind: bool = False, level: bool = False
) -> Hang | None:
    """How signs stand beside the digits of their number.

    Args:
        grey: the page, 8 bit.
        box: around signs and number.
        beyond: characters on the far side of the signs, a bracket for instance.
        signs: how many signs there are; the one that hangs least counts.
        digits: how many digits the number has.
        behind: the number stands before the signs, not after them.
        level: say nothing unless the digits stand on one line, which in some typefaces they do not.

    Returns:
        None where the ink does not fall into such characters.
    """
    pieces = pieces_of(grey, box)
    pieces = (pieces[::-1] if behind else pieces)[beyond:]
    found, numbers = pieces[:signs], pieces[signs : signs + digits]
    if not numbers:
        return None
    line = median(piece.bottom for piece in numbers)
    height = line - median(piece.top for piece in numbers)
    if height < _LOWEST or any(piece.x1 - piece.x0 > _BROAD * height for piece in found):
        return None
    if level and max(piece.bottom - line for piece in numbers) > max(_LEVEL * height, _ROUGH):
        return None
    near, far = sorted((found[-1], numbers[0]), key=lambda piece: piece.x0)
    if far.x0 - near.x1 > _APART * height:
        return None
    depth = min(piece.bottom for piece in found) - line
    return Hang(float(depth / height), float((far.x0 - near.x1) / height))


def stop_depth(grey: Image.Image, box: Box) -> float | None:
    """How far the stop at a word's end hangs below the letters before it, in heights of the tallest.

    ``box`` is around the word's last characters, none of which hangs. None where no stop is seen there.
    """
    pieces = pieces_of(grey, box, stops=True)
    if len(pieces) < 2:
        return None
    *letters, stop = pieces
    height = max(piece.bottom - piece.top for piece in letters)
    standing = [piece.bottom for piece in letters if piece.bottom - piece.top > _TALL * height]
    if height < _LOWEST or stop.bottom - stop.top > _STOP * height:
        return None
    if max(standing) - min(standing) > _UNEVEN * height:
        return None
    return float((stop.bottom - median(standing)) / height)


def pieces_of(grey: Image.Image, box: Box, *, stops: bool = False) -> list[Piece]:
    """The characters' ink from left to right, without specks, and without stops unless they are wanted."""
    height = box.y1 - box.y0
    area = (box.x0 - BESIDE, box.y0 - BESIDE, box.x1 + BESIDE, round(box.y1 + _BELOW * height))
    cut = grey.crop(area)
    ink = np.asarray(cut if stops else cut.filter(ImageFilter.MedianFilter(3)), dtype=np.float64)
    dark, light = np.percentile(ink, (2, 80))
    if light - dark < _FAINT:
        return []
    middle = (dark + light) / 2
    ink = _one_line(ink, middle, height)
    inked = np.flatnonzero((ink < middle).any(axis=0))
    breaks = np.flatnonzero(np.diff(inked) > 1)
    runs = zip(inked[np.r_[0, breaks + 1]], inked[np.r_[breaks, len(inked) - 1]] + 1, strict=True)
    pieces = [_piece(ink, int(x0), int(x1), middle) for x0, x1 in runs]
    tallest = max(piece.bottom - piece.top for piece in pieces)
    return [piece for piece in pieces if piece.bottom - piece.top > (_SPECK if stops else _TALL) * tallest]


def _one_line(ink: Grey, middle: float, height: int) -> Grey:
    """The ink without that of the next line: the engine's boxes are often much higher than their words."""
    inked = (ink < middle).sum(axis=1)
    rows = np.flatnonzero(inked)
    fullest = int(inked[:height].argmax())
    gaps = np.flatnonzero((np.diff(rows) > max(_GAP, _WHITE * height)) & (rows[:-1] >= fullest))
    return ink[: int(rows[gaps[0]]) + 2] if len(gaps) else ink


def _piece(ink: Grey, x0: int, x1: int, middle: float) -> Piece:
    """The first and last row that are darker than the middle, and how much of the rows beside them is ink."""
    darkest = ink[:, x0:x1].min(axis=1)
    rows = np.flatnonzero(darkest < middle)
    first, last = int(rows[0]), int(rows[-1])
    above, below = _share(darkest, first, first - 1, middle), _share(darkest, last, last + 1, middle)
    return Piece(x0, x1, first - above, last + below)


def _share(darkest: Grey, inked: int, beside: int, middle: float) -> float:
    if not 0 <= beside < len(darkest):
        return 0.0
    return float((middle - darkest[inked]) / max(1.0, darkest[beside] - darkest[inked]))
