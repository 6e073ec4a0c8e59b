"""What a matter refers to: earlier §§ with body and date, laws, amounts, § numbers, private data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .dates import dates
from .tables import Tables


@dataclass(frozen=True, slots=True)
class Found:
    """Something found at ``text[start:end]`` with its normalised form."""

    type: str
    text: str
    normalized: str
    start: int
    end: int
    sure: float


_SECTION = (
    r"(?:\d{1,2} ?kap(?:itlet|itel|\.)?,? ?\d{1,3} ?[a-z]?(?: (?:och|,) \d+ ?[a-z]?)* ?(?:§§?|8\b)?|"
    r"\d{1,3} ?[a-z]? §§?|\d{1,2}:\d{1,3})"
)
_NAMND = (
    r"[Nn]ämnden för [A-ZÅÄÖ][\wåäö]+(?: & [A-ZÅÄÖ][\wåäö]+)?|[A-ZÅÄÖ][\wåäö-]*(?: och [\wåäö]+)?nämndens?|"
    r"Valberedningen|[A-ZÅÄÖ][\wåäö -]*utskottet"
)
_LAWFUL = re.compile(r"lagen|lagar|balk|förordning|\bkap|§|[Ll]ag (?:om|\()|\b[A-ZÅÄÖ]{2,5}\b|SoL|-FS")
_CITED = re.compile(r"§§? ?(\d{1,3})\b(?! ?(?:kap|§))")


class Citations:
    """References to earlier decisions and to laws, with the patterns made of the tables."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        names = "|".join(sorted((re.escape(b) for b in tables.bodies if b == b.lower()), key=len, reverse=True))
        self.body = re.compile(rf"\b(?:(?i:{names})|[A-ZÅÄÖ]{{2,6}}|{_NAMND})\b")
        long = sorted((re.escape(n) for n in tables.laws if not n.isupper()), key=len, reverse=True)
        short = sorted((re.escape(n) for n in tables.laws if n.isupper()), key=len, reverse=True)
        law = "|".join(long) + r"|lagen? \(\d{4}:\d+\)[^.,;\n]{0,60}|[a-zåäö]+(?:lag|balk|förordning)(?:en|ens)?"
        self.law = re.compile(
            rf"(?:(?P<a>{_SECTION}) (?:i )?)?(?<![\w-])(?P<n>(?i:{law})|"
            rf"{'|'.join(short)})(?!\w)(?P<y> \((?:SFS )?\d{{4}}:\d+\))?"
            rf"(?:,? (?P<b>{_SECTION}))?"
        )

    def paragraphs(self, text: str) -> Iterator[Found]:
        """Earlier decisions: "Kommunstyrelsens arbetsutskott 2025-05-13, § 153" -> "KSAU 2025-05-13 § 153"."""
        for m in _CITED.finditer(text):
            left = text[max(0, m.start() - 110) : m.start()]
            left = left[left.rfind("\n") + 1 :]
            day = list(dates(left))
            near = day[-1] if day and re.fullmatch(r"[\s,)och]*", left[day[-1].end :]) else None
            bodies = list(self.body.finditer(left[: near.start] if near else left))
            named = bodies[-1] if bodies and len(left) - bodies[-1].end() < 70 else None
            after = re.match(r"(?:/\d{4})? ([A-ZÅÄÖ]{2,6})\b", text[m.end() :])
            printed = named.group().strip() if named else after.group(1) if after else ""
            code = self._code(printed[:-1] if printed.endswith("nämndens") else printed)
            if near or (code and code.isupper()):
                whole = " ".join(x for x in (code, near.iso if near else "", f"§ {m.group(1)}") if x)
                yield Found("PARAGRAPH", m.group(), whole, m.start(), m.end(), 0.85)

    def _code(self, printed: str) -> str:
        found = self.tables.bodies.get(printed) or self.tables.bodies.get(printed.lower())
        return found[0] if found else printed[:1].upper() + printed[1:]

    def laws(self, text: str) -> Iterator[Found]:
        """Laws with chapter and section as printed: "kommunallagen 5 kap. 35 §", "KL 5:35"."""
        if not _LAWFUL.search(text):
            return
        for m in self.law.finditer(text):
            known = self.tables.laws.get(m.group("n")) or self.tables.laws.get(m.group("n").lower())
            place = m.group("a") or m.group("b")
            short = m.group("n").isupper() or m.group("n") == "SoL"
            named = m.group("y") or m.group("n").lower().startswith("lag")
            if not place and (short or (known is None and not named)):
                continue
            normal = (known[0] if known else m.group("n").strip().lower()) + (f" ({known[1]})" if known else "")
            if place:
                normal += " " + " ".join(re.sub(r"(\d) ?8$", r"\1 §", place).split())
            yield Found("LAW", m.group(), normal, m.start(), m.end(), 0.9 if known else 0.7)
        for pattern in _STATUTES:
            for m in pattern.finditer(text):
                yield Found("LAW", m.group(), m.group(), m.start(), m.end(), 0.95)


_STATUTES = (
    re.compile(r"\b(?:SFS|HSLF-FS|AFS|SOSFS|SKOLFS|BFS|NFS|MSBFS) \d{4}:\d+"),
    re.compile(r"\b(?:[A-ZÅÄÖ][a-zåäö]+s )?förordning \(E[UG]\) (?:nr )?\d+/\d+"),
)
_AMOUNT = re.compile(
    r"(?<![\w:.,-])(\d{1,3}(?:[   .]\d{3})+|\d+(?:,\d+)?) ?(miljarder|miljoner|miljard|miljon|tusen|mnkr|mkr|"
    r"msek|tkr|tsek|ksek)?(?: ?(kronor|kr|sek))?\b",
    re.IGNORECASE,
)
_TIMES = {
    "miljard": 10**9,
    "miljoner": 10**6,
    "miljon": 10**6,
    "mnkr": 10**6,
    "mkr": 10**6,
    "msek": 10**6,
    "tusen": 10**3,
    "tkr": 10**3,
    "tsek": 10**3,
    "ksek": 10**3,
    "miljarder": 10**9,
}


def amounts(text: str) -> Iterator[Found]:
    """Amounts of money in kronor.

    >>> [f.normalized for f in amounts("1,5 mnkr, 200 000 kronor och 12 hektar")]
    ['1500000 SEK', '200000 SEK']
    """
    for m in _AMOUNT.finditer(text):
        unit, currency = (m.group(2) or "").lower(), m.group(3)
        if not currency and unit in ("", "miljoner", "miljarder", "miljon", "miljard", "tusen"):
            continue
        value = float(re.sub(r"[   .]", "", m.group(1)).replace(",", ".")) * _TIMES.get(unit, 1)
        yield Found("MONEY", m.group(), f"{value:.0f} SEK", m.start(), m.end(), 0.95)


_PERSONNUMMER = re.compile(r"(?<![\d-])((?:19|20)?\d\d)([01]\d)([0-3]\d) ?([-+–]) ?(\d{4})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d-])(?:\+46 ?\(?0?\)?[ -]?\d{1,3}|0\d{1,3})[ -–]{1,3}\d{2,3}(?:[ ]?\d{2}){1,3}(?!\d)")
_STREET = re.compile(
    r"\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|gränd|stigen|backen|torget|allén|"
    r"gård) \d{1,3} ?[A-Z]?(?:,? \d{3} ?\d\d [A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]+)?"
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
    for m in _PERSONNUMMER.finditer(text):
        digits = m.group(1)[-2:] + m.group(2) + m.group(3) + m.group(5)
        month, day = int(m.group(2)), int(m.group(3))
        if 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91):
            yield Found(
                "PERSONNUMMER",
                m.group(),
                digits[:6] + "-" + digits[6:],
                m.start(),
                m.end(),
                0.99 if valid_personnummer(digits) else 0.8,
            )
    for m in _MAIL.finditer(text):
        yield Found("CONTACT", m.group(), m.group().lower(), m.start(), m.end(), 0.98)
    for m in _PHONE.finditer(text):
        yield Found("CONTACT", m.group(), re.sub(r"[^\d+]", "", m.group()), m.start(), m.end(), 0.9)
    if addresses:
        for m in _STREET.finditer(text):
            yield Found("CONTACT", m.group(), " ".join(m.group().split()), m.start(), m.end(), 0.8)
