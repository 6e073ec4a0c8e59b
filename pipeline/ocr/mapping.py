"""From the pixels of a prepared page image back to the page's own."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..document import Box


@dataclass(frozen=True, slots=True)
class Mapping:
    """``x = a*u + b*v + c``, ``y = d*u + e*v + f``: from prepared pixels (u, v) to the page's own (x, y)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def after(self, first: Mapping) -> Mapping:
        """The mapping that does ``first`` and then this one."""
        return Mapping(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            self.a * first.c + self.b * first.f + self.c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            self.d * first.c + self.e * first.f + self.f,
        )

    def box(self, box: Box, width: int, height: int) -> Box:
        """The smallest upright box around the mapped one, inside a page of that size."""
        corners = [(u, v) for u in (box.x0, box.x1) for v in (box.y0, box.y1)]
        xs = [self.a * u + self.b * v + self.c for u, v in corners]
        ys = [self.d * u + self.e * v + self.f for u, v in corners]
        return Box(
            min(max(0, math.floor(min(xs) + 0.01)), width),
            min(max(0, math.floor(min(ys) + 0.01)), height),
            min(max(0, math.ceil(max(xs) - 0.01)), width),
            min(max(0, math.ceil(max(ys) - 0.01)), height),
        )
