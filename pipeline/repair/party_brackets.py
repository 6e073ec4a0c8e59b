"""Brackets of parties that were read as other signs, told by the same person's bracket elsewhere in the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..document import Edit, Span

_PARTY = r"(?:S|M|SD|C|V|KD|L|MP|D|FI|FP|NYD|RS|TU)"
_NAME = r"[A-ZÅÄÖŠŽ][\wé-]+(?: (?:de|la|von|af|[A-ZÅÄÖŠŽ][\wé-]+)){1,3}"
_CLEAN = re.compile(rf"(?P<name>{_NAME})\s\((?P<party>{_PARTY})\)")
# "(VD", "(MI", "(19", "OM)": five signs at most, with one bracket at least, but not two around a party or a count.
_READ = re.compile(rf"(?:\((?!{_PARTY}\)|\d+\))[A-Z\d|\\/@>\[\]]{{1,3}}[)\]}}]?|\b[O0C]{_PARTY}\))(?=[.,;:]?(?:\s|\Z))")
_NAMED = re.compile(rf"{_NAME}(?=\s\Z)")
_BACK = 60  # characters that a name takes at most
AGAIN = 2  # persons whose bracket was read alike before the reading tells the party of others


def party_bracket_edits(text: str) -> list[Edit]:
    """Edits that put the bracket of a party back; sorted, apart.

    >>> text = "Bo Ek (M) och Åsa Al (S). Bo Ek (VD. yrkar, Åsa Al (8 och Ulf By (VD"
    >>> [(text[e.span.start : e.span.end], e.text) for e in party_bracket_edits(text)]
    [('(VD', '(M)'), ('(8', '(S)')]
    """
    sites = list(_sites(text))
    if not sites:
        return []
    parties: dict[str, set[str]] = {}
    for match in _CLEAN.finditer(text):
        for name in _names(match["name"]):
            parties.setdefault(name, set()).add(match["party"])
    return list(_edits([(read, _only(parties, name)) for read, name in sites]))


def _sites(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """What may be a misread bracket, with the name before it."""
    for read in _READ.finditer(text):
        if name := _NAMED.search(text[max(0, read.start() - _BACK) : read.start()]):
            yield read, name[0]


def _edits(sites: list[tuple[re.Match[str], str]]) -> Iterator[Edit]:
    """A bracket of a known person is theirs; one read as theirs were is the same party, if it was never another."""
    strangers = {read[0] for read, party in sites if not party and _whole(read[0])}
    alike: dict[str, Counter[str]] = {}
    for read, party in sites:
        if party:
            alike.setdefault(read[0], Counter())[party] += 1
    for read, party in sites:
        sure, others = 0.9, alike.get(read[0], Counter())
        if not party and len(others) == 1 and max(others.values()) >= AGAIN:
            party, sure = next(iter(others)), 0.75
        if party and read[0] not in strangers:
            yield Edit(Span(*read.span()), f"({party})", "restore.bracket", sure)


def _whole(read: str) -> bool:
    """Whether both brackets stand: then it may be a party that nobody here knows."""
    return read.startswith("(") and read.endswith(")")


def _names(name: str) -> Iterator[str]:
    """A name, and what it may be without a title or a role before it: ``Vice Bo Ek`` is ``Bo Ek``."""
    words = name.split(" ")
    for first in range(len(words) - 1):
        yield " ".join(words[first:])


def _only(parties: dict[str, set[str]], name: str) -> str:
    """The one party that stands behind a name in the document; empty where there is none, or several."""
    for form in _names(name):
        if len(found := parties.get(form, set())) == 1:
            return next(iter(found))
    return ""
