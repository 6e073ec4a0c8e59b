"""How many voted: counts in figures and in words."""

from __future__ import annotations

WORDS = {
    w: n for n, w in enumerate("noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split())
} | {"ett": 1}
COUNT = rf"(\d{{1,3}}|{'|'.join(WORDS)})"


def number(printed: str | None) -> int:
    """The number behind a match of ``COUNT``, 0 where nothing matched.

    >>> number("22"), number("Ett"), number("tolv"), number(None)
    (22, 1, 12, 0)
    """
    if not printed:
        return 0
    return int(printed) if printed.isdigit() else WORDS.get(printed.lower(), 0)
