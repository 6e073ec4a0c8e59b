"""What a matter refers to: earlier §§ with body and date; and private data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..needles import Quick
from .dates import DateHit, dates
from .statutes import Found
from .tables import Tables

_NAMND = (
    r"[Nn]ämnden för [A-ZÅÄÖ][\wåäö]+(?: & [A-ZÅÄÖ][\wåäö]+)?|(?:[Tt]ekniska|[Ss]ociala|[Gg]emensamma) nämndens?|"
    r"[a-zåäö]{3,}nämndens?|[A-ZÅÄÖ][\wåäö-]*(?: och [\wåäö]+)?nämndens?|"
    r"Valberedningen|[A-ZÅÄÖ][\wåäö -]*utskottet"
)
_CITED = re.compile(
    r"§§? ?(?P<n>\d{1,3}(?:/\d{2,4})?(?:-\d{1,3})?"
    r"(?:(?:, | och | samt )\d{1,3}\b(?![-/:.]?\d| ?[a-zåäö]))*)(?! ?(?:kap|§))"
)
_AFTER_BODY = re.compile(r" ([A-ZÅÄÖ]{2,6})\b")
_AFTER_DAY = re.compile(r",? ?\(?(?:den )?")


class Citations:
    """References to earlier decisions, with the patterns made of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        names = "|".join(sorted((re.escape(b) for b in tables.bodies if b == b.lower()), key=len, reverse=True))
        self.body = re.compile(rf"\b(?:(?i:{names})|[A-ZÅÄÖ]{{2,6}}|{_NAMND})\b")

    def paragraphs(self, text: str) -> Iterator[Found]:
        """Earlier decisions: "Kommunstyrelsens arbetsutskott 2025-05-13, § 153" -> "KSAU 2025-05-13 § 153"."""
        for m in _CITED.finditer(text):
            left = text[max(0, m.start() - 110) : m.start()]
            left = left[left.rfind("\n") + 1 :]
            day = list(dates(left))
            near = day[-1] if day and re.fullmatch(r"[\s,)och]*", left[day[-1].end :]) else None
            bodies = list(self.body.finditer(left[: near.start] if near else left))
            named = bodies[-1] if bodies and len(left) - bodies[-1].end() < 70 else None
            after = _AFTER_BODY.match(text, m.end())
            iso = near.iso if near else self._behind(text, m.end())
            printed = after.group(1) if after and not near else named.group().strip() if named else ""
            code = self._code(printed[:-1] if printed.endswith("nämndens") else printed)
            if not iso and not code.isupper():
                continue
            at = m.start()
            for n, number in enumerate(re.split(r", | och | samt ", m["n"])):
                whole = " ".join(x for x in (code, iso, f"§ {number}") if x)
                start = text.find(number, at)
                yield Found(
                    "PARAGRAPH",
                    text[m.start() if n == 0 else start : start + len(number)],
                    whole,
                    m.start() if n == 0 else start,
                    start + len(number),
                    0.92,
                )
                at = start + len(number)

    def _behind(self, text: str, at: int) -> str:
        """The date behind the number: "KF § 43, 2018-04-19"."""
        lead = _AFTER_DAY.match(text, at)
        first: DateHit | None = next(dates(text[lead.end() : lead.end() + 20]), None) if lead else None
        return first.iso if first and first.start == 0 else ""

    def _code(self, printed: str) -> str:
        found = self.tables.bodies.get(printed) or self.tables.bodies.get(printed.lower())
        return found[0] if found else printed[:1].upper() + printed[1:]


_PERSONNUMMER = re.compile(r"(?<![\d-])((?:19|20)?\d\d)([01]\d)([0-9]\d) ?([-+–])? ?(\d{4})(?![\d-])")
_DIGIT = re.compile(r"\d")
_FOUR_DIGITS = re.compile(r"\d{4}")
_DIALLED = re.compile(r"0(?<!\d0)\d|\+46")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d-])(?:(?:\+46|0046) ?\(?0?\)?[ -]?\d{1,3}|0\d{1,3})[ –-]{1,3}\d{2,3}(?:[ ]?\d{2}){1,3}(?!\d)"
    r"|(?<![\d-])(?:\+46|0046|0)7[02369]\d{7}(?!\d)"
)
_STREET = Quick(
    re.compile(
        r"\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|gränd|stigen|backen|torget|allén|"
        r"gård) \d{1,3} ?[A-Z]?(?:,? \d{3} ?\d\d [A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]+)?"
    )
)


def valid_personnummer(digits: str) -> bool:
    """Whether ten digits pass the Luhn check (coordination numbers count as valid, day + 60).

    >>> valid_personnummer("8112189876"), valid_personnummer("8112189875")
    (True, False)
    """
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def private_data(text: str, *, addresses: bool) -> Iterator[Found]:
    """Personnummer and contact details; postal addresses only where private persons write."""
    for m in _PERSONNUMMER.finditer(text) if _FOUR_DIGITS.search(text) else ():
        digits = m.group(1)[-2:] + m.group(2) + m.group(3) + m.group(5)
        month, day = int(m.group(2)), int(m.group(3))
        if not m.group(4) and (" " in m.group() or not valid_personnummer(digits)):
            continue  # without its hyphen only where the check digit is right
        if 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91):
            yield Found(
                "PERSONNUMMER",
                m.group(),
                digits[:6] + "-" + digits[6:],
                m.start(),
                m.end(),
                0.99 if valid_personnummer(digits) else 0.8,
            )
    for m in _MAIL.finditer(text) if "@" in text else ():
        yield Found("CONTACT", m.group(), m.group().lower(), m.start(), m.end(), 0.98)
    if not _DIGIT.search(text):
        return
    for m in _PHONE.finditer(text) if _DIALLED.search(text) else ():
        yield Found("CONTACT", m.group(), re.sub(r"[^\d+]", "", m.group()), m.start(), m.end(), 0.9)
    if addresses:
        for m in _STREET.finditer(text):
            yield Found("CONTACT", m.group(), " ".join(m.group().split()), m.start(), m.end(), 0.8)
