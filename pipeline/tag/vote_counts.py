"""Totals of a votering as they are told in prose: "31 ja och 18 nej", "Ja: 31 Nej: 18", "31–18"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .ballots import SUMMED
from .counts import COUNT, number

# A number, and the same in brackets behind its word.
N = rf"{COUNT}(?: \(\d{{1,3}}\))?"
_TOTAL = re.compile(
    rf"\b{N} ja(?:[- –]{{0,2}}röst(?:er)?|-)?"
    rf"(?: för [^.\d]{{3,90}}?| \((?:[^()\d]|\([^()]{{1,4}}\)){{5,900}}\))?(?:,| och| mot|;)*(?: och|"
    rf" mot)? ?{N} nej(?:[- –]{{0,2}}röst(?:er)?)?\b",
    re.IGNORECASE,
)
_NO_FIRST = re.compile(
    rf"\b{N} nej-?röst(?:er)?(?:,| och| mot)* {N} ja-?röst(?:er)?\b|"
    rf"\b{N} (?:ledamöter |personer )?röst(?:ar|ade) nej\b[^.\d]{{0,40}}?"
    rf"\b{N} (?:ledamöter |personer )?(?:röst(?:ar|ade) )?ja\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:^|(?<=[.\n] ))Ja \([^()\d]{{3,60}}\)\s+{N}\s+Nej \([^()\d]{{3,60}}\)\s+{N}(?!\d)|"
    rf"\b(?:antal )?ja(?:-röster:?|:) ?{N}\b(?: röster| st)?[\s,;.|]{{1,4}}(?:antal )?nej(?:-röster:?|:) ?{N}\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b{N} (?:ledamöter |personer )?röst(?:ar|ade) (?:för )?ja\b[^.\d]{{0,40}}?\b{N} (?:ledamöter |"
    rf"personer )?(?:röst(?:ar|ade) )?(?:för )?nej\b"
    rf"|\bröst(?:ar|ade) {N} (?:ledamöter |personer )?(?:för )?ja\b[^.\d]{{0,40}}?\b{N} (?:ledamöter |"
    rf"personer )?(?:för )?nej\b"
    rf"|\b{N} (?:röster |röstar |röstade )?för (?:bifall till )?\w+s förslag(?:,| och| mot| samt)* "
    rf"{N} (?:röster |röstar |röstade )?för (?:bifall till )?(?:motionen|\w+s (?:förslag|yrkande))\b"
    rf"|\bja:? {N}\b[\s,;.|]{{1,4}}nej:? {N}\b|\bmed {N} röster mot {N}\b",
    re.IGNORECASE,
)
# The row below the heads of the columns: "Ja-röster Nej-röster Avstår / 31 14 4".
_COLUMNS = re.compile(
    r"\bja(?:-?röster)?\s+nej(?:-?röster)?(?P<a>\s+avst\w+)?(?P<f>\s+frånv\w+)?\s+(?P<ja>\d{1,3})\s+(?P<nej>\d{1,3})"
    r"(?(a)\s+(?P<abstain>\d{1,3}))(?(f)\s+(?P<absent>\d{1,3}))(?!\s*\d)",
    re.IGNORECASE,
)
_TRIPLE = re.compile(r"(?<![\d–-])(\d{1,3})[–-](\d{1,3})(?:[–-](\d{1,3}))?(?![\d–-])")
_BEFORE_TRIPLE = re.compile(
    r"(?:(?<![Ff]olk)[Oo]mröst(?!\w* i (?:[Rr]iksdag|EU))|[Vv]otering|röstetal|siffrorna|[Rr]esultat(?=:))"
    r"\w*[^.\n]{0,60}$"
)
_ABSTAIN = re.compile(
    rf"\b{N} (?:ledamot|ledamöter|röster|st)?\s?(?:som )?(?:avst[åo]\w*|nedlagda)|avst(?:år|od|"
    rf"ående|)(?:[^.\d]{{0,20}})[(: ] ?(\d+)|(?:och|,) {N} (?:som )?avst\w+|"
    rf"\bblank(?:a röster|a|t)?:? (\d+)|\b{N} blank(?:a|t)?\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"\b{N} (?:ledamot|ledamöter)?\s?(?:är |var |som är |som var )?(?:frånvarande|(?:inte|ej) närvarande)(?!: ?\d)|"
    r"frånvarande: ?(\d+)",
    re.IGNORECASE,
)


_LED_ABSTAIN = re.compile(r"\b(?:avst\w*|nedlagda(?: röster)?|blanka?(?: röster)?):? (\d{1,3})\b", re.IGNORECASE)
_LED_ABSENT = re.compile(r"\bfrånv\w*:? (\d{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Count:
    """One total: votes, those away, where it stands in the passage and how sure the form is (0 to 1)."""

    yes: int
    no: int
    abstain: int
    absent: int
    start: int
    end: int
    sure: float


def counts(text: str) -> list[Count]:
    """The totals that a passage tells, in order."""
    found: list[Count] = []
    marks = [m for form in (_TOTAL, _NO_FIRST, _LABELLED, _SPOKEN, SUMMED) for m in form.finditer(text)]
    for m in sorted(marks, key=lambda m: m.start()):
        if any(m.start() < c.end for c in found):
            continue
        stop = min([x.start() for x in marks if x.start() >= m.end()] + [m.end() + 150, len(text)])
        rest = text[m.end() : stop]
        led = re.match(r"(?:antal )?ja\b", m.group(), re.IGNORECASE) is not None  # words before the numbers
        abstain = (_LED_ABSTAIN.search(rest) if led else None) or _ABSTAIN.search(rest)
        absent = (_LED_ABSENT.search(rest) if led else None) or _ABSENT.search(rest)
        yes, no = [number(g) for g in m.groups() if g][:2]
        yes, no = (no, yes) if m.re is _NO_FIRST else (yes, no)
        found.append(
            Count(
                yes,
                no,
                number(next((g for g in abstain.groups() if g), None)) if abstain else 0,
                number(next((g for g in absent.groups() if g), None)) if absent else 0,
                m.start(),
                m.end() + max([x.end() for x in (abstain, absent) if x] or [0]),
                0.97,
            )
        )
    if not found and (row := _COLUMNS.search(text)):
        abstaining, away = number(row["abstain"]), number(row["absent"])
        found.append(Count(number(row["ja"]), number(row["nej"]), abstaining, away, *row.span(), 0.9))
    if not found:
        found += [
            Count(int(m.group(1)), int(m.group(2)), int(m.group(3) or 0), 0, m.start(), m.end(), 0.8)
            for m in _TRIPLE.finditer(text)
            if _BEFORE_TRIPLE.search(text[: m.start()])
        ]
    return found
