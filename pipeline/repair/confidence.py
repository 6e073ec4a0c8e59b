"""Posteriors into probabilities: of the edits said at 0.9, nine in ten are right."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ..document import Edit

Knots = Sequence[list[float]]


PRINTED = "printed:"  # before a rule: its edits on text that is mostly as printed
WARY = 0.97  # of those, so many are right where nothing was measured


def calibrated_on_printed(edit: Edit, tables: Mapping[str, Knots]) -> Edit:
    """The same for text that is mostly as printed.

    >>> from pipeline.document import Span
    >>> calibrated_on_printed(Edit(Span(0, 1), "ä", "restore.letters", 1.0), {}).confidence
    0.97
    """
    knots = tables.get(PRINTED + edit.rule) or tables.get(PRINTED)
    sure = between(knots, edit.confidence) if knots else WARY * edit.confidence
    return Edit(edit.span, edit.text, edit.rule, round(sure, 4))


def calibrated(edit: Edit, tables: Mapping[str, Knots]) -> Edit:
    """The edit with the share of right ones among edits of its rule that were as sure.

    >>> from pipeline.document import Span
    >>> edit = Edit(Span(0, 1), "ä", "restore.letters", 0.75)
    >>> calibrated(edit, {"restore.letters": [[0.5, 0.4], [1.0, 1.0]]}).confidence
    0.7
    """
    knots = tables.get(edit.rule)
    return Edit(edit.span, edit.text, edit.rule, round(between(knots, edit.confidence), 4)) if knots else edit


def between(knots: Knots, x: float) -> float:
    """Straight lines between knots, flat outside."""
    k = bisect_left(knots, [x])  # before the first that is as high
    if k == 0:
        return float(knots[0][1])
    if k == len(knots):
        return float(knots[-1][1])
    (x0, y0), (x1, y1) = knots[k - 1], knots[k]
    return float(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
