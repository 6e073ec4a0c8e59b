"""Text that was wrapped anew at a narrower width: every long line leaves a short one behind, then a blank line."""

from __future__ import annotations

from dataclasses import replace

from .lines import Line, ends_sentence, page_width

_FULL, _REST = 0.75, 0.35  # shares of the page's width
_ENOUGH = 2  # sentences that go on over a blank line before the blank lines are taken to say nothing


def closed_up(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without the blank lines that stand in the middle of sentences because of the wrapping.

    A page is taken for wrapped anew where two sentences or more go on in lower case below such a rest of a line.
    """
    width = page_width(lines)
    rests = [i for i in range(1, len(lines) - 1) if _rest(lines, i, width)]
    certain = sum(lines[i].text[:1].islower() and lines[i + 1].text[:1].islower() for i in rests)
    if certain < _ENOUGH:
        return lines
    below = {i + 1 for i in rests}
    return tuple(replace(line, gap=0) if i in below else line for i, line in enumerate(lines))


def _rest(lines: tuple[Line, ...], i: int, width: int) -> bool:
    """Whether line ``i`` is what a full line left over, with its sentence going on under the blank line."""
    above, line, below = lines[i - 1], lines[i], lines[i + 1]
    return (
        not line.gap
        and len(line.text) < _REST * width
        and below.gap == 1
        and len(above.text) > _FULL * width
        and not any(ends_sentence(part.text) for part in (above, line))
        and line.mark is None
        and below.mark is None
        and not below.att
        and (below.text[:1].islower() or len(below.text) > _REST * width)
    )
