"""Dates in all the forms that council documents print, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_MONTH = (
    r"(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|mar|"
    r"apr|jun|jul|aug|sept|sep|okt|nov|dec)"
)
_FORMS = (
    re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d) ?[-–—] ?(?P<m>[01]?\d) ?[-–—] ?(?P<d>[0-3]?\d)(?![\d])"),
    re.compile(
        rf"(?<![\d:])(?P<d>[0-3]?\d)(?::?e|:a)? (?P<w>{_MONTH})\.?,? (?P<y>(?:19|20)\d\d|[-´'’]\d\d)(?!\d)", re.I
    ),
    re.compile(
        r"(?<![\d/.])(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[ .]?(?:[-–´'’]? ?(?P<y>(?:19|20)\d\d)|"
        r"[-–´'’] ?(?P<y2>\d\d))(?!\d)"
    ),
    re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d-])"),
    re.compile(r"(?<![\d/.:,-])(?P<y2>[0-4]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d/:-]|[.,]\d| ?(?:kr|tkr|%))"),
)


@dataclass(frozen=True, slots=True)
class DateHit:
    """An ISO date printed at ``text[start:end]``; ``compact`` marks forms without separators."""

    iso: str
    start: int
    end: int
    compact: bool = False


def dates(text: str) -> Iterator[DateHit]:
    """Every full date of a text, in its order.

    >>> [d.iso for d in dates("Kungälv den 8 nov. 2021, 211109, 27/1 -22 och 2024-02-30")]
    ['2021-11-08', '2021-11-09', '2022-01-27']
    """
    found: list[DateHit] = []
    for n, form in enumerate(_FORMS):
        for m in form.finditer(text):
            iso = _iso(m)
            if iso and all(m.end() <= f.start or m.start() >= f.end for f in found):
                found.append(DateHit(iso, m.start(), m.end(), n >= 3))
    yield from sorted(found, key=lambda d: d.start)


def _iso(m: re.Match[str]) -> str | None:
    parts = m.groupdict()
    year = parts.get("y") or parts.get("y2") or ""
    number = int(re.sub(r"\D", "", year) or 0)
    if number < 100:
        number += 2000 if number < 60 else 1900
    word = (parts.get("w") or "").lower()
    month = next((i for i, name in enumerate(_MONTHS, 1) if name.startswith(word[:3])), 0) if word else int(parts["m"])
    try:
        return date(number, month, int(parts["d"])).isoformat()
    except ValueError:
        return None
