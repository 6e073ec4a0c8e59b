"""Amounts of money, in kronor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .statutes import Found

_UNIT = r"(miljarder|miljoner|miljard|miljon|tusen|mdkr|mnkr|mkr|msek|tkr|tsek|ksek)"
_WORDS = {
    "en halv": 0.5, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "femton": 15, "tjugo": 20, "trettio": 30, "femtio": 50, "hundra": 100,
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:[   .]\d{3})+|\d+(?:,\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\w:.,-])(?:({_NUMBER}) ?(?:[-–]|till) ?)?({_NUMBER}) ?{_UNIT}?(?: ?(kronor|kr|sek)\b|(:-))?(?!\w)",
    re.IGNORECASE,
)
_SPELLED = re.compile(
    rf"\b({'|'.join(_WORDS)}) (miljarder|miljoner|miljard|miljon|tusen) (?:kronor|kr)\b", re.IGNORECASE
)
_TIMES = {
    "miljarder": 10**9, "miljard": 10**9, "mdkr": 10**9, "miljoner": 10**6, "miljon": 10**6, "mnkr": 10**6,
    "mkr": 10**6, "msek": 10**6, "tusen": 10**3, "tkr": 10**3, "tsek": 10**3, "ksek": 10**3,
}  # fmt: skip
_DIGIT = re.compile(r"\d")
_BARE = ("", "miljoner", "miljarder", "miljon", "miljard", "tusen")


def amounts(text: str) -> Iterator[Found]:
    """Amounts of money in kronor; of a range both ends.

    >>> [f.normalized for f in amounts("1,5 mnkr, 200 000 kronor, 10–15 tkr, 2 500:- och 12 hektar")]
    ['1500000 SEK', '200000 SEK', '10000-15000 SEK', '2500 SEK']
    """
    folded = text.casefold()
    if "kr" not in folded and "sek" not in folded and ":-" not in text:
        return
    for m in _AMOUNT.finditer(text) if _DIGIT.search(text) else ():
        unit = (m[3] or "").lower()
        if not (m[4] or m[5]) and unit in _BARE:
            continue
        ends = [round(_value(part) * _TIMES.get(unit, 1)) for part in (m[1], m[2]) if part]
        yield Found("MONEY", m.group(), "-".join(map(str, ends)) + " SEK", m.start(), m.end(), 0.95)
    for m in _SPELLED.finditer(text) if "milj" in folded or "tusen" in folded else ():
        value = round(_WORDS[m[1].lower()] * _TIMES[m[2].lower()])
        yield Found("MONEY", m.group(), f"{value} SEK", m.start(), m.end(), 0.9)


def _value(printed: str) -> float:
    return float(re.sub(r"[   .]", "", printed).replace(",", "."))
