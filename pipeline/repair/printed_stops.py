"""Commas of print that were read as full stops: what follows goes on with the sentence, or with the list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..document import Edit, Span
from .marks import PARTY

_DATE = r"(?:19|20)\d\d-\d\d-\d\d"
_QUICK = re.compile(r"\. (?:[a-zåäö]{2}|[\dIl]:[ea] |Ord|Led|Ers|(?:19|20)\d\d-)")
_HALFWAY = re.compile(
    r"(?<![\w.@/-])(?P<word>[a-zåäöé]{5,}|[A-ZÅÄÖ][a-zåäöé]{4,})(?P<stop>\.)(?= [a-zåäöé]{3,}(?:[ \t]*\n|[ ,]))"
)
_BEHIND_PARTY = re.compile(
    rf"\({PARTY}\)(?P<stop>\.)(?= (?:[\dIl]:[ea] vice\b|(?:[Oo]rdförande|[Ll]edamot|[Ee]rsättare)[ \t]*$))", re.M
)
_BEFORE_DATE = re.compile(rf"(?:[a-zåäöé]{{5}}|{_DATE})(?P<stop>\.)(?= {_DATE}(?:[.,;]?[ \t]*$|, ))", re.M)
_SHORT = frozenset("kungl forts ledam milj inkl exkl resp komp bitr doktor prop omkr justr telef adress".split())
_SECTIONS = re.compile(r"§§ (?P<row>\d{1,3}(?:[.,] ?\d{1,3})+)(?![\d,])(?=\.?(?:\s|$))")


def rows_of_sections(text: str) -> Iterator[Edit]:
    """Numbers of sections in a row stand apart, with commas between them.

    >>> [e.text for e in rows_of_sections("nämndsekreterare §§ 6.7.8\\n")], list(rows_of_sections("§§ 6.7.2\\n"))
    (['6, 7, 8'], [])
    """
    for match in _SECTIONS.finditer(text) if "§§" in text else ():
        numbers = re.findall(r"\d+", match["row"])
        row = ", ".join(numbers)
        if row != match["row"] and all(int(a) < int(b) for a, b in pairwise(numbers)):
            yield Edit(Span(*match.span("row")), row, "restore.punctuation", 0.85)


def stops_in_print(text: str) -> Iterator[Edit]:
    """Full stops that were commas.

    >>> text = "tjänsteskrivelse. 2023-12-22\\nBo Ek (S). 2:e vice ordförande, Lars Sundbom. förvaltningschef Al"
    >>> [text[: e.span.end][-6:] for e in stops_in_print(text)]
    ['k (S).', 'velse.', 'ndbom.']
    """
    if _QUICK.search(text):
        for match in (*_BEHIND_PARTY.finditer(text), *_BEFORE_DATE.finditer(text)):
            yield Edit(Span(*match.span("stop")), ",", "restore.punctuation", 0.85)
        for match in _HALFWAY.finditer(text):
            if match["word"].lower() not in _SHORT:
                yield Edit(Span(*match.span("stop")), ",", "restore.punctuation", 0.75)
