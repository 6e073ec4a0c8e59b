"""How many voted: counts in figures and in words."""

from __future__ import annotations

WORDS = {
    w: n for n, w in enumerate("noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split())
} | {"ett": 1}
WORDS |= {w: n for n, w in enumerate("sexton sjutton arton nitton tjugo".split(), 16)}
WORDS |= {
    tens + ones: 10 * n + WORDS.get(ones, 0)
    for n, tens in enumerate("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split(), 2)
    for ones in ("", "en", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
}
_LONGEST_FIRST = sorted(WORDS, key=len, reverse=True)
COUNT = rf"(\d{{1,3}}|{'|'.join(_LONGEST_FIRST)})"


def number(printed: str | None) -> int:
    """The number behind a match of ``COUNT``, 0 where nothing matched.

    >>> number("22"), number("Ett"), number("tolv"), number("trettioen"), number(None)
    (22, 1, 12, 31, 0)
    """
    if not printed:
        return 0
    return int(printed) if printed.isdigit() else WORDS.get(printed.lower(), 0)
