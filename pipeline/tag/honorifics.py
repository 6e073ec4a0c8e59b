"""Members whom older minutes call by title and surname, once they have been named in full: "Fru Ek yrkar bifall"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .names import PersonHit

_NAME = r"[A-ZÅÄÖ][\wåäöé]+(?:-[A-ZÅÄÖ]\w+)?"
_CALLED = re.compile(
    rf"\b(?:[Hh]err|[Ff]ru|[Ff]röken) (?P<surname>{_NAME})(?! [A-ZÅÄÖ(])|"
    # By the surname alone, where a sentence begins: "Lidström yrkar avslag."
    rf"(?:^|(?<=\n)|(?<=[.!?:] ))(?P<alone>{_NAME})(?= (?:yrkar|yrkade|reserverar|reserverade|instämmer)\b)"
)


_TOGETHER = re.compile(
    rf"\b(?:[Hh]errar(?:na)?|[Ff]ruarna) (?P<all>{_NAME}(?:(?:, | och | samt ){_NAME})+)(?! [A-ZÅÄÖ(])"
)


def _surnames(text: str) -> list[tuple[str, int, int]]:
    """Those whom the text calls by their surnames, with where each stands: "herrar Ek och Al" too."""
    found = [
        (m[kind], *m.span(kind)) for m in _CALLED.finditer(text) for kind in ("surname", "alone") if m[kind] is not None
    ]
    for together in _TOGETHER.finditer(text):
        found += [(m[0], *m.span()) for m in re.compile(_NAME).finditer(text, *together.span("all"))]
    return found


def bearers(text: str, people: Iterable[PersonHit]) -> dict[str, PersonHit]:
    """By surname, those whom the text names in full and then calls by it; none where two bear the name."""
    called = {surname for surname, _, _ in _surnames(text)}
    found: dict[str, dict[str, PersonHit]] = {}
    for hit in people if called else ():
        surname = hit.name.split()[-1]
        if surname in called:
            kept = found.setdefault(surname, {}).setdefault(hit.name, hit)
            found[surname][hit.name] = kept if kept.party else hit
    return {surname: next(iter(hits.values())) for surname, hits in found.items() if len(hits) == 1}


def called(text: str, known: Mapping[str, PersonHit], taken: Iterable[PersonHit]) -> list[PersonHit]:
    """The members that a text calls by title and surname, with the full name and the party they are known by."""
    taken = tuple(taken)
    made = []
    for surname, start, end in _surnames(text) if known else ():
        bearer = known.get(surname)
        if bearer and not any(hit.start < end and start < hit.after for hit in taken):
            made.append(PersonHit(bearer.name, bearer.party, start, end, end, 0.8))
    return made
