"""Words that their surroundings settle, whatever the language model would rather read there."""

from __future__ import annotations

import re

from .candidates import Candidate, candidates
from .channel import Channel
from .lattice import Row
from .model import ACRONYM, MIXED, RepairModel
from .tokens import Piece

PARTIES = frozenset("S M SD C V KD L MP D FI FP NYD".split())
# A body's letters before the number of a matter: "Gn 2179/2023", "Voo 774/2025".
_BODY = re.compile(r"[A-ZÅÄÖ][a-zåäö]{1,2}")
_MATTER = re.compile(r" \d{1,6}/(?:19|20)\d\d(?!\d)")
# What stands before an age or a time, as an engine may read it.
_AGES = frozenset(
    "fyllt fyller fyllda over över 6ver under an än minst hogst högst ca cirka mellan till barn ungdom ungdomar".split()
)


def protected(text: str, found: list[Piece], rows: list[Row]) -> dict[int, Row]:
    """``(SD)`` names a party and nothing else, and the letters before the number of a matter its body."""
    capitals = ((i, piece) for i, piece in enumerate(found) if piece.text[0].isupper() and len(piece.text) < 4)
    return {
        i: tuple(c for c in rows[i] if c.text == piece.text) or (Candidate(ACRONYM, 0, piece.text),)
        for i, piece in capitals
        if (
            piece.text in PARTIES
            and text[piece.begin - 1 : piece.begin] == "("
            and text[piece.end : piece.end + 1] == ")"
        )
        or (_BODY.fullmatch(piece.text) and _MATTER.match(text, piece.end))
    }


# In narrow print "ti" looks like u, "tt" too, and "tr" like w: "ull", "ullgang", "au", "wafik".
_NARROW = (("ull", "till"), ("Ull", "Till"), ("w", "tr"), ("W", "Tr"))
NARROW = 40


def narrow(found: list[Piece], rows: list[Row], model: RepairModel, channel: Channel) -> dict[int, Row]:
    """Words whose first letters narrow print runs together, beside their other readings."""
    changed = {}
    for i, piece in enumerate(found):
        if piece.text[0] not in "uUwWa":
            continue
        raw = "att" if piece.text == "au" else ""
        for read, printed in _NARROW:
            if piece.text.startswith(read):
                raw = printed + piece.text[len(read) :]
        best = candidates(model, channel, raw, piece.start)[0] if raw else None
        if best is not None and best.word > MIXED and all(c.text != best.text for c in rows[i]):
            changed[i] = (*rows[i], best._replace(cost=best.cost + NARROW))
    return changed


def years(text: str, found: list[Piece], rows: list[Row]) -> dict[int, Row]:
    """``0-6 ar`` and ``fyllt 65 ar`` are years, where är would fit as well; so is ``fyllt 65 ari``."""
    changed = {}
    for i in range(1, len(found)):
        piece, number = found[i], found[i - 1]
        if len(piece.text) not in (2, 3) or not number.text.isdigit() or len(number.text) > 3:
            continue
        if piece.begin != number.end + 1:
            continue
        span = (
            text[number.begin - 1 : number.begin] in ("-", "–") and text[number.begin - 2 : number.begin - 1].isdigit()
        )
        aged = i > 1 and found[i - 2].text.lower() in _AGES and number.begin == found[i - 2].end + 1
        if not (span or aged):
            continue
        year = tuple(c for c in rows[i] if c.text == "år") if len(piece.text) == 2 else ()
        glued = next((c for c in rows[i] if c.text in ("är i", "år i")), None)
        if year:
            changed[i] = year
        elif glued:
            changed[i] = (glued._replace(text="år i"),)
    return changed
