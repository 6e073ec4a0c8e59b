"""Dates in all the forms that council documents print, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_MONTH = (
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|jan|feb|mar|"
    r"apr|jun|jul|aug|sept|sep|okt|nov|dec)"
)
_YEAR = r"(?:19|20)\d\d"
# In the order of trust; the last two are forms without separators. Each is tried where a run of digits begins.
_FORMS = (
    # Of a stamp whose wheels stand apart: "2009 -04- 2 2".
    re.compile(rf"(?P<y>{_YEAR}) ?[-–—] ?(?P<m>[01] ?\d) ?[-–—] ?(?P<d>[0-3] \d)(?! ?[\d/:.-])"),
    re.compile(rf"(?P<y>{_YEAR}) ?[-–—] ?(?P<m>[01]?\d) ?[-–—] ?(?P<d>[0-3][lIO]\b|[0-3]?\d(?![lIO]?\d|[lIO]\b))"),
    re.compile(rf"(?P<y>{_YEAR})(?P<sep>[./])(?P<m>[01]?\d)(?P=sep)(?P<d>[0-3]?\d)(?![\d/]|\.\d)"),
    re.compile(
        rf"(?P<d>(?<=\bden )[0-3] \d|[0-3]?\d)(?::?e|:a)? (?P<w>{_MONTH})\.?,? (?P<y>{_YEAR}|[-´'’]\d\d)(?!\d)", re.I
    ),
    re.compile(rf"(?P<d>[0-3]?\d)[/.](?P<m>[01]?\d)[ .]?(?:[-–´'’]? ?(?P<y>{_YEAR})|[-–´'’] ?(?P<y2>\d\d))(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d-])"),
    re.compile(r"(?P<y2>[0-4]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![\d/:-]|[.,]\d| ?(?:kr|tkr|%))"),
)
_COMPACT = 5  # the forms from here on; glued to letters they are numbers: "2024-POL000117"
_NOT_BEFORE = ("-", "-", "-", ":", "/.", "-", "/.:,-")
# What OCR reads for the last figure of a day: "1996-11-2l".
_SLIPS = str.maketrans("lIO", "110")
_DIGITS = re.compile(r"\d+")


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
    >>> [d.iso for d in dates("Ink 2009 -04- 2 2 och 2009-04-2 barn")]
    ['2009-04-22', '2009-04-02']
    >>> [d.iso for d in dates("den 24 april 2024, dnr 2024-POL000117")]
    ['2024-04-24']
    """
    last = 0
    for run in _DIGITS.finditer(text):
        start = run.start()
        if start < last:
            continue
        before = text[start - 1 : start]
        for n, form in enumerate(_FORMS):
            stands = not before or (before not in _NOT_BEFORE[n] and not (n >= _COMPACT and before.isalpha()))
            m = form.match(text, start) if stands else None
            iso = _iso(m) if m else None
            if m and iso:
                yield DateHit(iso, start, m.end(), n >= _COMPACT)
                last = m.end()
                break


def _iso(m: re.Match[str]) -> str | None:
    parts = m.groupdict()
    year = parts.get("y") or parts.get("y2") or ""
    number = int(re.sub(r"\D", "", year) or 0)
    if number < 100:
        number += 2000 if number < 60 else 1900
    word = (parts.get("w") or "").lower()
    named = next((i for i, name in enumerate(_MONTHS, 1) if name.startswith(word[:3])), 0) if word else 0
    month = named or int(parts["m"].replace(" ", ""))
    try:
        return date(number, month, int(parts["d"].replace(" ", "").translate(_SLIPS))).isoformat()
    except ValueError:
        return None
