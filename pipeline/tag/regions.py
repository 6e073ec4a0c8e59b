"""Regions and kommunalförbund: the bodies beside the municipalities that decide in the same kind of papers."""

from __future__ import annotations

import re
from collections import Counter

from ..document import Value
from .passages import Passage, of_kind
from .tables import Tables

Home = Value[tuple[str, str | None]]  # name, and code where it is a municipality too

_COUNCIL = re.compile(r"(?i)\b(?:region|landstings)(?:fullmäktige|styrelsen|råd(?:et)?)\b")
_UNION = re.compile(
    r"\b((?:[A-ZÅÄÖ][\wåäö]*kommunalförbund(?:et)?|[A-ZÅÄÖ][\wåäö]*förbundet|Kommunalförbundet|"
    r"Tolkförmedling|Region|Landstinget|Räddningstjänsten)(?: (?:i )?"
    r"(?!Tjänste|Protokoll|Sammanträd|Yttrand|Motion|Kallels|Beslut|Dagordning)[A-ZÅÄÖ][\wåäö]+){1,3}(?: län\b)?)"
)
_NO_NAME = re.compile(r" (?:Direktionen|Förbundsstyrelsen|Protokoll|Regionfullmäktige|Regionstyrelsen|Dnr|Datum).*$")


def region(found: tuple[Passage, ...], tables: Tables) -> Home | None:
    """The region of a letterhead, or the one that a paper to a regionfullmäktige names most.

    Gotland is a municipality with a region's tasks: it keeps its code.
    """
    printed = {form.lower(): name for name, forms in tables.regions.items() for form in (name, *forms)}
    for p in of_kind(found, "meta", "furniture", "title"):
        for m in re.finditer(r"[^\n]+", p.text):
            name = printed.get(m.group().strip().lower())
            if name:
                return Value(_home(name, tables), 0.9, (p.span(*m.span()),))
    if not any(_COUNCIL.search(p.text) for p in of_kind(found, "meta", "furniture", "title", "stem")):
        return None
    any_name = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(printed, key=len, reverse=True))) + r")s?\b", re.I)
    named = [
        (
            printed[m.group().lower()] if m.group().lower() in printed else printed[m.group().lower()[:-1]],
            p.span(*m.span()),
        )
        for p in found
        for m in any_name.finditer(p.text)
    ]
    for name, _ in Counter(name for name, _ in named).most_common(1):
        return Value(_home(name, tables), 0.85, (next(span for other, span in named if other == name),))
    return None


def _home(name: str, tables: Tables) -> tuple[str, str | None]:
    short = name.removeprefix("Region ")
    return (short, tables.municipalities[short]) if name == "Region Gotland" else (name, None)


def union(found: tuple[Passage, ...]) -> Home | None:
    """The kommunalförbund (or the rescue service, or the landsting) of the letterhead, or named with its board."""
    for p in of_kind(found, "meta", "furniture"):
        text = re.sub(r"[^\n]+", lambda m: m.group().title() if m.group().isupper() else m.group(), p.text)
        m = _UNION.search(text) if len(text) == len(p.text) else None
        if m and not re.search(r"\b(?:arbetsutskott|Sida|Datum)\b", m.group(1)):
            name = _NO_NAME.sub("", m.group(1))
            return Value((name, None), 0.85, (p.span(m.start(1), m.start(1) + len(name)),))
    heads = of_kind(found, "meta", "furniture")
    if not any(re.search(r"\b(?:[Ff]örbundsstyrelsen|[Dd]irektionen)\b", p.text) for p in heads):
        return None
    counted = Counter(
        m.group(1) for p in found for m in _UNION.finditer(p.text) if m.group(1).split()[0].endswith("förbundet")
    )
    for name, _ in counted.most_common(1):
        p = next(p for p in found if name in p.text)
        return Value((name, None), 0.75, (p.span(p.text.find(name), p.text.find(name) + len(name)),))
    return None
