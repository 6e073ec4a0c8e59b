"""Document text is not to be trusted with a terminal or a browser: nothing invisible gets through."""

from __future__ import annotations

CONTROLS = [
    *range(0x00, 0x20),
    *range(0x7F, 0xA0),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]
KEPT = {ord("\n"), ord("\t"), ord("\f")}
REPLACEMENT = dict.fromkeys(set(CONTROLS) - KEPT, "\N{REPLACEMENT CHARACTER}")


def visible(text: str) -> str:
    """The text with control characters and direction marks replaced one for one, so that offsets stay.

    >>> visible("red \\x1b[31m text")
    'red \N{REPLACEMENT CHARACTER}[31m text'
    """
    return text.translate(REPLACEMENT)
