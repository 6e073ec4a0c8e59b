"""The body that a document addresses: behind "Till", alone in its head, in the lead-in, or not said."""

from __future__ import annotations

import re

from ..document import Outline, Value
from .passages import Passage, of_kind

_COUNCIL = r"(?:kommun|stads|region|landstings)fullmäktige"
_BOARD = (
    r"(?:kommunstyrelsens? (?:[\wåäö]+- och |[\wåäö]+ )?[\wåäö]*utskott|kommunstyrelsen|regionstyrelsen|"
    r"[\wåäö,&\- ]{3,60}?nämnden\b|nämnden för [\wåäö&,\- ]{3,50})"
)
_BODY = rf"(?:{_COUNCIL}|{_BOARD})"
_PLACE = r"(?:[A-ZÅÄÖ][\wåäö]+s? )?"
_AFTER_TILL = re.compile(rf"\b[Tt]ill:?\s{{1,3}}{_PLACE}({_BODY})", re.IGNORECASE)
_SHORT = re.compile(r"\btill (K[Ff]):s\b")
_FORM = re.compile(rf"^Till\s+Datum\s+({_BODY})(?=\s+\d)", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(rf"(?:^|\n|\t)({_BODY})(?=$|[,\n]| den \d| i (?-i:[A-ZÅÄÖ])\w+(?:$|\n| (?:den )?\d))", re.IGNORECASE)
_MEETING = re.compile(rf"(?:^|\n|\t)(?:[A-ZÅÄÖ]\w+s )?({_BODY})(?:s (?:samman|möte)| \d{{4}}-)", re.IGNORECASE)
_IN_LEAD_IN = re.compile(r"\b((?:kommun|stads|region|landstings)?fullmäktige)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:^|\n)\W{0,3}(?:e )?(?:\d+[.)] )?(?:[Aa]tt )?((?:kommun|region|stads)fullmäktige) "
    r"(?:ger|beslutar|uppdrar|ställer)",
    re.IGNORECASE,
)
# Alone in its line or in a column of it, the municipality behind it perhaps.
_COLUMN = re.compile(
    rf"(?:^|\n|\t){_PLACE}({_COUNCIL})"
    r"(?=$|[\n\t]| ?/| \d{4}-\d\d-\d\d(?:$|[\n\t])|,? (?:i )?[A-ZÅÄÖ][\wåäö]+(?: kommun| stad)?(?:$|\n))",
    re.IGNORECASE,
)
_OFFICES = re.compile(rf"(?:^|\n|\t)(?:Till:? ?)?({_BODY})(?=$|[\n\t])", re.IGNORECASE)
_CHAIR = re.compile(
    r"\b[Tt]ill ((?:[\wåäöÅÄÖ:,-]+ ){0,6}?(?:ordföranden?|kommunalrådet?|regionrådet?)"
    r"(?: i (?:(?:[Tt]ekniska|[Ss]ociala) )?[\wåäö-]+)?)"
)
_HEAD = 400  # characters of a document within which a letter names its receiver


def addressee(outline: Outline, found: tuple[Passage, ...]) -> Value[str] | None:
    """The body addressed, from the head lines, the lead-in or the first words of the items; None when not said."""
    kind = outline.kind.value
    if kind in ("tjansteskrivelse", "sarskilt_yttrande"):
        return _of_letter(found)
    if kind in ("interpellation", "fraga"):
        return _behind_till(found, kind) or _chair(found) or _at_top(found)
    if kind in ("yrkande", "yttrande", "initiativ"):
        return _behind_till(found, kind) or _on_its_line(found, kind)
    if kind in ("motion", "medborgarforslag"):
        return _behind_till(found, kind) or _council(found)
    return None


def _behind_till(found: tuple[Passage, ...], kind: str) -> Value[str] | None:
    for p in of_kind(found, "meta", "title", "furniture"):
        m = _AFTER_TILL.search(p.text) or _SHORT.search(p.text) or _FORM.search(p.text)
        if m and not m.group(1).startswith("i ") and (p.kind == "meta" or kind == "motion"):
            return _named(p, m, 0.97)
    return None


def _on_its_line(found: tuple[Passage, ...], kind: str) -> Value[str] | None:
    sources = (("meta",), ("title", "furniture")) if kind == "yttrande" else (("meta", "title", "furniture"),)
    for p in (p for kinds in sources for p in of_kind(found, *kinds)):  # its own letterhead is no receiver
        printed = p.columns()
        alone = list(_LINE.finditer(printed))
        several = kind == "yttrande" and len({m.group(1).lower() for m in alone}) > 1
        # A board's own name stands first, whom it answers below.
        m = alone[-1 if several else 0] if alone else None
        m = m or (_MEETING.search(printed) if kind in ("yrkande", "initiativ") else None)
        if m:
            return _named(p, m, 0.9)
    return None


def _council(found: tuple[Passage, ...]) -> Value[str] | None:
    for p in of_kind(found, "stem", "heading"):
        if m := _IN_LEAD_IN.search(p.text):
            return _named(p, m, 0.93)
    for p in of_kind(found, "proposal"):
        if m := _ASKED.search(p.text):
            return _named(p, m, 0.85)
    return _at_top(found)


def _at_top(found: tuple[Passage, ...]) -> Value[str] | None:
    for p in of_kind(found, "meta", "furniture"):
        if p.origin(0) < _HEAD and (m := _COLUMN.search(p.columns())):
            return _named(p, m, 0.85)
    return None


def _of_letter(found: tuple[Passage, ...]) -> Value[str] | None:
    """The political body named alone in the head of an office's letter, below the office's own name."""
    best: Value[str] | None = None
    for p in of_kind(found, "meta", "furniture"):
        if p.origin(0) > 2 * _HEAD:
            break
        for m in _OFFICES.finditer(p.columns()):
            if p.origin(m.start(1)) > 0 or "ill" in m.group()[:6]:
                best = _named(p, m, 0.85)
    return best


def _chair(found: tuple[Passage, ...]) -> Value[str] | None:
    for p in of_kind(found, "meta", "title", "furniture"):
        if m := _CHAIR.search(p.text):
            return Value(m.group(1), 0.8, (p.span(m.start(1), m.end(1)),))
    return None


def _named(p: Passage, m: re.Match[str], sure: float) -> Value[str]:
    printed = m.group(1)
    name = {"kf": "kommunfullmäktige", "fullmäktige": "kommunfullmäktige"}.get(printed.lower(), printed)
    council = name.isupper() or re.match(r"(?i)(kommun|region|stads|landstings)\w+$", name)
    return Value(name.lower() if council else name[0].lower() + name[1:], sure, (p.span(m.start(1), m.end(1)),))
