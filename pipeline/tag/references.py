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


_NEXT = re.compile(r"§§? ?(\d{1,3})(?! ?(?:kap|§))\b|(?<!kap\. )(?<!kap )\b(\d{1,3}) §(?!§)")


def earlier_paragraphs(text: str, tables: Tables) -> Iterator[Found]:
    """References to earlier decisions: "Kommunstyrelsens arbetsutskott 2025-05-13, § 153" -> "KSAU 2025-05-13 § 153"."""
    names = sorted((b for b in tables.bodies if b == b.lower()), key=len, reverse=True)
    body = re.compile(
        r"\b(?:("
        + "|".join(map(re.escape, names))
        + r")|((?:KF|KS|KSAU|AU|RF|RS|[A-ZÅÄÖ]{2,6}))|((?:[Nn]ämnden för [A-ZÅÄÖ][\wåäö]+(?: & [A-ZÅÄÖ][\wåäö]+)?|[A-ZÅÄÖ][\wåäö-]*(?: och [\wåäö]+)?nämnden|Valberedningen|[A-ZÅÄÖ][\wåäö -]*utskottet)))",
        re.IGNORECASE,
    )
    for m in re.finditer(r"§§? ?(\d{1,3})\b(?! ?(?:kap|§))", text):
        left = text[max(0, m.start() - 110) : m.start()]
        left = left[left.rfind("\n") + 1 :]
        day = list(dates(left))
        near = day[-1] if day and re.fullmatch(r"[\s,)och]*", left[day[-1].end :]) else None
        people = [b for b in body.finditer(left[: near.start] if near else left)]
        named = people[-1] if people and len(left[people[-1].end() :]) < 70 else None
        after = re.match(r"(?:/\d{4})? ([A-ZÅÄÖ]{2,6})\b", text[m.end() :])
        if near is None and named is None and after is None:
            continue
        printed = named.group().strip() if named else (after.group(1) if after else "")
        code = _code(printed, tables)
        whole = " ".join(x for x in (code, near.iso if near else "", f"§ {m.group(1)}") if x)
        if near or (code and code.isupper()):
            yield Found("PARAGRAPH", m.group(), whole, m.start(), m.end(), 0.85)


def _code(printed: str, tables: Tables) -> str:
    found = tables.bodies.get(printed) or tables.bodies.get(printed.lower())
    return found[0] if found else printed[:1].upper() + printed[1:]


def laws(text: str, tables: Tables) -> Iterator[Found]:
    """Laws with chapter and section as printed: "kommunallagen 5 kap. 35 §", "KL 5:35", "Ordningslagen 3 kap 12 §"."""
    name = "|".join(sorted(map(re.escape, tables.laws), key=len, reverse=True))
    section = r"(?:\d{1,2} ?kap(?:itlet|itel|\.)?,? ?\d{1,3} ?[a-z]?(?: (?:och|,) \d+ ?[a-z]?)* ?(?:§§?|8\b)?|\d{1,3} ?[a-z]? §§?|\d{1,2}:\d{1,3})"
    pattern = re.compile(
        rf"(?:(?P<a>{section}) (?:i )?)?(?<![\w-])(?P<n>{name}|[Ll]agen? \(\d{{4}}:\d+\)[^.,;\n]{{0,60}}|[a-zåäö]+(?:lag|balk|förordning)(?:en|ens)?)(?!\w)(?P<y> \((?:SFS )?\d{{4}}:\d+\))?(?:,? (?P<b>{section}))?",
        re.IGNORECASE,
    )
    for m in pattern.finditer(text):
        known = tables.laws.get(m.group("n")) or tables.laws.get(m.group("n").lower())
        short = m.group("n").isupper() or m.group("n") in ("SoL",)
        place = m.group("a") or m.group("b")
        if (short and not place) or (
            known is None and not place and not m.group("y") and not m.group("n").lower().startswith("lag")
        ):
            continue
        normal = (known[0] if known else m.group("n").strip().lower()) + (f" ({known[1]})" if known else "")
        if place:
            normal += " " + " ".join(re.sub(r"(\d) ?8$", r"\1 §", place).split())
        yield Found("LAW", m.group(), normal, m.start(), m.end(), 0.9 if known else 0.7)
    for m in re.finditer(r"\b(?:SFS|HSLF-FS|AFS|SOSFS|SKOLFS|BFS|NFS|MSBFS) \d{4}:\d+", text):
        yield Found("LAW", m.group(), m.group(), m.start(), m.end(), 0.95)
    for m in re.finditer(r"\b(?:[A-ZÅÄÖ][a-zåäö]+s )?förordning \(E[UG]\) (?:nr )?\d+/\d+", text):
        yield Found("LAW", m.group(), m.group(), m.start(), m.end(), 0.95)


_AMOUNT = re.compile(
    r"(?<![\w:.,-])(\d{1,3}(?:[   .]\d{3})+|\d+(?:,\d+)?) ?(miljarder|miljoner|miljard|miljon|tusen|mnkr|mkr|msek|tkr|tsek|ksek)?(?: ?(kronor|kr|sek))?\b",
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
    r"\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|gränd|stigen|backen|torget|allén|gård) \d{1,3} ?[A-Z]?(?:,? \d{3} ?\d\d [A-ZÅÄÖ][a-zåäöA-ZÅÄÖ]+)?"
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
