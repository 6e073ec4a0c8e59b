"""Lengths of time for people."""

from __future__ import annotations


def duration(seconds: float) -> str:
    """The length in its largest units, rounded down.

    >>> duration(59), duration(61), duration(7300)
    ('59 s', '1 min', '2 h 1 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(int(seconds) // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
