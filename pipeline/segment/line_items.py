"""Items told by the first words of their lines: dels att, or what a body does, without its att."""

from __future__ import annotations

import re
from itertools import pairwise

from .lines import Line

_DELS = re.compile(r"(och )?dels att\b")


def by_dels(lines: list[Line]) -> list[list[Line]]:
    """Items that each begin with ``dels att``: an att without it, in a line of its own, belongs to the item above."""
    parts: list[list[Line]] = []
    for line in lines:
        if _DELS.match(line.key):
            parts.append([line])
        elif not parts:
            return []
        else:
            parts[-1].append(line)
    return parts if len(parts) > 1 else []


# What a body does, without its att: "Fullmäktige beslutar att" above "avslå motionen, samt" and "uppdra åt ...".
_DECIDES = re.compile(
    r"(?:anse|avslå|bifalla|uppdra|godkänna|anta|fastställa|lämna|remittera|återremittera|bordlägga|utse|ge|notera|"
    r"överlämna|översända|bevilja|förklara|inrätta|upphäva|avskriva|besvara|tillstyrka|avstyrka|anslå|lägga|entlediga|"
    r"anmoda|föreslå|upplösa|införa|finansiera|delegera|tillsätta|välja) (?=\w)",
    re.IGNORECASE,
)


def _parted(above: Line, line: Line) -> bool:
    """Whether an item ends above ``line``: at a comma, or at a blank line that parts no lead-in from its item."""
    if re.search(r"[,;.]$|[,;]? (?:samt|och)$", above.text):
        return True
    return line.gap > 0 and re.search(r"\b(?:besluta|beslutar|att|följande)$", above.text) is None


def by_infinitives(lines: list[Line]) -> list[list[Line]]:
    """Items that are each an infinitive at the start of a line, parted by commas at the ends of the lines above."""
    if not lines or not _DECIDES.match(lines[0].text) or any(line.mark for line in lines):
        return []
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        if _DECIDES.match(line.text) and _parted(above, line):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts if len(parts) > 1 else []
