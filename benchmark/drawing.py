"""Small plots as SVG, drawn by hand: the same figures give the same bytes, and nothing needs installing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK, FAINT, OURS, THEIRS = "#222222", "#bbbbbb", "#c0392b", "#2c6e9b"


@dataclass(frozen=True)
class Axis:
    """A range of values on a stretch of the canvas; ``log`` for powers of ten."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def at(self, value: float) -> float:
        """Where a value lies, in pixels; values outside the range are put on its ends.

        >>> Axis(0, 10, 100, 200).at(5), Axis(1, 100, 0, 50, log=True).at(10)
        (150.0, 25.0)
        """
        held = min(self.high, max(self.low, value))
        share = (
            math.log(held / self.low) / math.log(self.high / self.low)
            if self.log
            else (held - self.low) / (self.high - self.low)
        )
        return round(self.start + share * (self.end - self.start), 1)


def label(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", colour: str = INK) -> str:
    """A line of text; ``y`` is its base line."""
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = FAINT, dashed: bool = False) -> str:
    """A straight line."""
    dash = ' stroke-dasharray="4 4"' if dashed else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"{dash}/>'


def dot(x: float, y: float, *, colour: str = THEIRS, radius: float = 6, hollow: bool = False, title: str = "") -> str:
    """A point; ``title`` is shown when pointed at."""
    fill = "#ffffff" if hollow else colour
    told = f"<title>{escape(title)}</title>" if title else ""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="1.5">{told}</circle>'


def frame(across: Axis, up: Axis, ticks_x: Sequence[tuple[float, str]], ticks_y: Sequence[tuple[float, str]]) -> str:
    """Grid lines and their labels, below and to the left."""
    parts = []
    for value, name in ticks_x:
        x = across.at(value)
        parts += [
            line(x, up.start, x, up.end, colour="#e8e8e8"),
            label(x, up.start + 16, name, anchor="middle", size=11),
        ]
    for value, name in ticks_y:
        y = up.at(value)
        parts += [line(across.start, y, across.end, y, colour="#e8e8e8")]
        parts += [label(across.start - 6, y + 4, name, anchor="end", size=11)]
    parts += [line(across.start, up.start, across.end, up.start, colour=INK)]
    return "\n".join([*parts, line(across.start, up.start, across.start, up.end, colour=INK)])


def picture(width: int, height: int, parts: Sequence[str], *, title: str) -> str:
    """The whole file, on white, so that it can be read on dark pages too."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    style = ' font-family="Helvetica, Arial, sans-serif" role="img">'
    ground = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head + style, f"<title>{escape(title)}</title>", ground, *parts, "</svg>", ""])
