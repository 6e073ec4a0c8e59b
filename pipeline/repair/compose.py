"""Edits upon edits, brought back to the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..document import Edit, Span


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with sorted, non-overlapping edits applied.

    >>> apply("&r du", [Edit(Span(0, 2), "är", "restore.letters", 1.0)])
    'är du'
    """
    parts, last = [], 0
    for edit in edits:
        parts += [text[last : edit.span.start], edit.text]
        last = edit.span.end
    return "".join([*parts, text[last:]])


def compose(first: Sequence[Edit], second: Sequence[Edit], between: str) -> list[Edit]:
    """One list of edits on the raw text that does what ``first`` and then ``second`` do.

    ``second`` is in the coordinates of ``between``, the text after ``first``. Edits that meet become one, with
    the later one's rule and the lower confidence.

    >>> a = [Edit(Span(0, 2), "f", "encoding.x", 0.9)]
    >>> compose(a, [Edit(Span(0, 3), "för", "restore.letters", 0.8)], "for")
    [Edit(span=Span(start=0, end=4), text='för', rule='restore.letters', confidence=0.8)]
    """
    if not first or not second:
        return list(first or second)
    out: list[Edit] = []
    shift = i = j = 0
    places = _places(first)
    while i < len(first) or j < len(second):
        start, end = _next(places, i, second, j)
        group_first, group_second = i, j
        while True:  # what meets the stretch joins it
            if i < len(first) and _meets(places[i], start, end, i == group_first and j == group_second):
                end = max(end, places[i].end)
                i += 1
            elif j < len(second) and _meets(second[j].span, start, end, i == group_first and j == group_second):
                end = max(end, second[j].span.end)
                j += 1
            else:
                break
        mine, later = first[group_first:i], second[group_second:j]
        if len(mine) == 1 and not later:  # as it was, most often
            out.append(mine[0])
            shift += len(mine[0].text) - (mine[0].span.end - mine[0].span.start)
            continue
        gain = sum(len(e.text) - (e.span.end - e.span.start) for e in mine)
        text = between[start:end]
        text = apply(text, [Edit(Span(e.span.start - start, e.span.end - start), e.text, "", 0.0) for e in later])
        rule = max(later or mine, key=lambda e: len(e.text)).rule
        out.append(
            Edit(Span(start - shift, end - shift - gain), text, rule, min(e.confidence for e in (*mine, *later)))
        )
        shift += gain
    return out


def _places(edits: Sequence[Edit]) -> list[Span]:
    shift, places = 0, []
    for edit in edits:
        start = edit.span.start + shift
        places.append(Span(start, start + len(edit.text)))
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return places


def _next(places: Sequence[Span], i: int, second: Sequence[Edit], j: int) -> Span:
    if j >= len(second) or (i < len(places) and places[i] <= second[j].span):
        return places[i]
    return second[j].span


def _meets(span: Span, start: int, end: int, opening: bool) -> bool:
    """Whether a span shares a character with a stretch; one of no width when it lies within."""
    if opening:
        return span.start == start
    return span.start < end or (span.start == span.end == end and start < end) or (start == end == span.start)
