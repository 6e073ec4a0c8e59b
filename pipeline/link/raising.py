"""When a motion was raised, as its handling says: "väckte den 8 november 2021 en motion"."""

from __future__ import annotations

import re

_MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
_DATE = rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>\d{{4}}))"
_MOTION = r"\bmotion(?:en)?\b(?!er)"
# Only what stands close to the word motion, with a verb or noun of raising or dating between them.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_MOTION}[^.§]{{0,60}}?\b(?:daterad|väckt|inlämnad|inkommen|inkom|ställd)\s+(?:till\s+\w+\s+)?(?:den\s+)?{_DATE}",
        rf"\b(?:har|väckte|lämnade|inkom)\b[^.§]{{0,60}}?\bden\s+{_DATE}[^.§]{{0,60}}?(?:väckt\s+|lämnat\s+|inkommit\s+|med\s+)"
        rf"[^.§]{{0,30}}?{_MOTION}",
        rf"\bväckte\s+(?:den\s+)?{_DATE}\s+(?:en\s+)?{_MOTION}",
        rf"\bi\s+(?:en|sin)\s+{_MOTION}\s+(?:(?:daterad|från)\s+)?(?:den\s+)?{_DATE}",
    )
)


def raised_on(text: str) -> str | None:
    """The ISO date on which the motion that a text treats was raised, or None when the text does not say.

    >>> raised_on("Eva Ek (S) föreslår i en motion den 13 november 2017 att torget görs bilfritt.")
    '2017-11-13'
    >>> raised_on("Motionen behandlades den 13 november 2017.")
    """
    opening = " ".join(text[:4000].split())
    for form in _FORMS:
        found = form.search(opening)
        if found:
            return (
                found["iso"]
                or f"{found['year']}-{_MONTHS.index(found['month'].lower()) + 1:02d}-{int(found['day']):02d}"
            )
    return None
