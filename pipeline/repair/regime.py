"""How strongly the channel is at work: judged from the letters of the text itself."""

from __future__ import annotations

import re

_SWEDISH = frozenset("och att av är ar på pa för till som inte från fran eller också har ska kommunen vi ett".split())
_FOREIGN = frozenset(
    "the of and is with this which og ikke af jeg eg ikkje hvor etter fra und der die das nicht ist von les des est "
    "et que une ja että ovat myös joka kanssa".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND = re.compile(r"[^\x00-\xff]")
_NO_LETTERS = bytes(i for i in range(256) if not chr(i).isalpha())
FOREIGN_KINDS = 3  # one word alone is none: "Ja" fills the lists of a vote by name, "von" a list of names
LEAN = 2.0  # letters
SURVIVE = 0.045  # å, ä and ö among the letters of Swedish as printed


def swedish(text: str) -> bool:
    """Whether the text is Swedish, damaged or not: not so only where another language's small words abound.

    >>> swedish("det ar viktigt att vi har en plan"), swedish("the plan of the council is clear")
    (True, False)
    >>> swedish("Anna Ek Ja Bo Lind Nej Eva Ask Ja")
    True
    """
    words = _WORD.findall(text[:20_000].lower())
    foreign = [w for w in words if w in _FOREIGN]
    if len(foreign) < 0.04 * len(words) or len(set(foreign)) < FOREIGN_KINDS:
        return True
    return len(foreign) < sum(w in _SWEDISH for w in words)


def surviving(text: str, around: float = 1.0) -> float:
    """Share of å, ä and ö that came through, 0..1; a short page leans on ``around``, the share of its document.

    >>> surviving("ära är åt", 0.0), surviving("ara", 0.1) < 0.2
    (1.0, True)
    """
    wanted = expected(text)
    kept = sum(text.count(c) for c in "åäöÅÄÖ")
    lean = LEAN if wanted < 4 * LEAN else 0.0
    return min(1.0, (kept + lean * around) / (wanted + lean)) if wanted + lean else 1.0


def expected(text: str) -> float:
    """How many å, ä and ö a Swedish text of as many letters has."""
    return SURVIVE * _letters(text)


def _letters(text: str) -> int:
    """How many letters a text has; most have one byte in Latin-1, and bytes are counted fastest.

    >>> _letters("Ökad, 3 š")
    5
    """
    beyond = _BEYOND.findall(text)
    return len(text.encode("latin-1", "ignore").translate(None, _NO_LETTERS)) + sum(map(str.isalpha, beyond))
