"""Lines of a list into paragraphs: where one goes on in the next line, and where an att or a sentence begins anew."""

from __future__ import annotations

import re
from itertools import pairwise

from .lines import Line, joined

_CHAIN = re.compile(r"([,;.]|\b(samt|och|dels))[,;]?$")
# Words that an infinitive or a clause with att goes on with.
_GOVERNS = set(
    "uppdrag for till om genom av i syfte mojlighet mojligheten mojligheter hur "
    "sa krav beslut ansvar behov behovet ratt "
    "rattighet skyldighet avsikt mal malet efter utan med pa inom dar och eller samt".split()
)
# What a clause with att hangs on where a line breaks before it: verbs, and who is told to do something.
_LEADS_ON = re.compile(
    r"([a-z]{2,}(a|ar|er|as|ade|it|at)|[a-z]*(namnden|styrelsen|kontoret|forvaltningen|utskottet|fullmaktige|bolaget)|"
    r"namnd|viktigt|angelaget|mojligt|\w+igt)$"
)
_CLAUSE = re.compile(r"\b(uppdrag|for|om|genom|av|i syfte|syfte|krav|beslut)$")
# Ends of words that no clause with att goes on with: plurals and numbers.
_CLOSED = re.compile(r"[a-z]{3,}(orna|arna|erna|or)$|\d$")
# A body that decides or is told to, at the start of a sentence: a decision of its own.
_ENACTS = re.compile(
    r"^(kommun|region|lands|landstings|stads)?(fullmaktige|styrelsen) "
    r"(far|ges|uppdras|uppdrar|beslutar|antar|godkanner|faststaller|avslar|bifaller|forklarar|beviljar|ger)\b"
)
# Who is elected to what, a line each: "Eva Ek (S) till ordförande".
ELECTED = re.compile(r"(?:[A-ZÅÄÖ][\w-]+ ){1,4}\([A-Za-zÅÄÖåäö]{1,4}\)(?:,? som| till) [a-zåäö0-9:]+[^.]{0,40}\.?$")
_HUNG = re.compile(r"att(?:\t| {3,})\S")  # att in a column of its own


def parted(lines: list[Line], width: int) -> bool:
    """Whether blank lines part items that end without a full stop and begin small; not those that OCR strews in."""
    starts = [(above, line) for above, line in pairwise(lines) if line.gap and not line.mark]
    apart = (
        len(above.text) < 0.85 * width and above.text[-1:].isalnum() and line.text[:1].islower()
        for above, line in starts
    )
    return len(starts) > 1 and all(apart) and any(not line.gap for line in lines[1:])


def grouped(lines: list[Line], width: int, *, parted_by_blanks: bool = False) -> list[list[Line]]:
    groups: list[list[Line]] = []
    listed = _unpunctuated(lines, width)
    for line in lines:
        if (
            groups
            and not (parted_by_blanks and line.gap)
            and joined(groups[-1][-1], line, width)
            and not _new_att(groups, line, width, listed=listed)
            and not _new_sentence(groups[-1][-1], line, width)
            and not (ELECTED.match(line.text) and ELECTED.match(groups[-1][-1].text))
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _new_sentence(above: Line, line: Line, width: int) -> bool:
    """Whether a sentence that begins at the start of a line is a decision of its own (no blank lines in between)."""
    if not above.text.endswith(".") or not line.text[:1].isupper() or line.gap:
        return False
    return len(above.text) < 0.93 * width or _ENACTS.match(line.key) is not None


def _unpunctuated(lines: list[Line], width: int) -> bool:
    """Whether items on adjoining lines end with no sign: one of them ends far from the margin, and with no word
    that a clause goes on from."""
    return any(
        line.att
        and not line.gap
        and above.text[-1:].isalpha()
        and len(above.text) < 0.75 * width
        and above.key.split(" ")[-1] not in _GOVERNS
        for above, line in pairwise(lines)
    )


def _new_att(groups: list[list[Line]], line: Line, width: int, *, listed: bool) -> bool:
    """Whether a line that begins with ``att`` is an item and not the middle of a sentence.

    ``listed``: other items of the list end in the middle of a line without a sign.
    """
    if not line.att:
        return False
    if not any(group[0].att for group in groups):
        return False
    above = groups[-1][-1]
    capital = line.text.startswith(("Att", "ATT "))
    bare = listed and above.text[-1:].isalpha() and above.key.split(" ")[-1] not in _GOVERNS
    return (
        capital
        or _HUNG.match(line.text) is not None
        or bool(_CHAIN.search(above.key))
        or (bare and not _LEADS_ON.search(above.key))
        or (
            len(above.text) < 0.5 * width
            and not line.gap
            and not above.text.endswith("-")
            and not _CLAUSE.search(above.key)
        )
        or (
            len(above.text) + 4 < 0.95 * width
            and not above.text.endswith("-")
            and above.key.split(" ")[-1] not in _GOVERNS
        )
        or _CLOSED.search(above.key) is not None
    )
