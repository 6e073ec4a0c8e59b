"""Which lines belong to the page: headers, footers, stamps, addresses, page numbers, letterheads."""

from __future__ import annotations

import re
from collections import Counter

from ..needles import Quick
from .lines import Line
from .page_heads import ORGAN, above_repeated, body_or_date, counted_up, counters, numbered, page_breaks, repeated_head
from .tables import Tables

_DATED = re.compile(rf"({ORGAN.pattern})(:? (sammantrades)?datum.{{0,30}}| (19|20)\d\d-\d\d-\d\d)")
_MINUTES = re.compile(r"\s(?:protokoll|protokollsutdrag)$")  # beside a body's name the first page says whose they are
_DATE = re.compile(r"(sammantradesdatum|datum):?( .{6,30})?|(19|20)\d\d-\d\d-\d\d")


_SIGNED_BY = re.compile(r"(digitalt|elektroniskt) (signerat|justerat|undertecknat) av:?")  # names follow


def furniture(lines: tuple[Line, ...], tables: Tables) -> set[int]:
    """The indices in ``lines`` of what belongs to the page."""
    found: set[int] = set()
    seen = Counter(line.key for line in lines)
    tops = {line.key for line in lines[:8] if len(line.key) < 60}
    whole_text = "\n".join(seen)
    forms = [(where, quick.pattern) for where, quick in tables.furniture if quick.may_match(whole_text)]
    for i, line in enumerate(lines):
        key = line.key
        if len(key) > 160:
            continue
        if _SIGNED_BY.fullmatch(key) and i + 1 < len(lines) and not lines[i + 1].gap:
            continue
        whole = [where for where, pattern in forms if pattern.fullmatch(key)]
        if i < 10 and (key.startswith(("e-post", "epost", "telefon")) or _in_address(lines, i)):
            continue
        below = lines[i + 1] if i + 1 < len(lines) else None
        if key == "protokollsutdrag" and i > 4 and line.gap and below and not (below.gap or ORGAN.fullmatch(below.key)):
            continue  # the heading of those to whom it goes
        stamp = "any" in whole or ("top" in whole and _named(line) and (i < 3 or i - 1 in found or line.text.isupper()))
        stamp = stamp or ("later" in whole and i > 9)
        again = (
            i > 8
            and i - 1 in found
            and (key in tops or _DATE.fullmatch(key) or _DATED.fullmatch(key))
            and not tables.heading(line)
        )
        if (
            (stamp and not _in_prose(lines, i) and not (i < 3 and _MINUTES.search(key) and body_or_date(line)))
            or again
            or (seen[key] > 1 and key in tops and _letterhead(lines, i, tables))
        ):
            found.add(i)
    _contacts(lines, found)
    _lone_numbers(lines, found)
    numbered(lines, found)
    counted_up(lines, found, tables)
    counters(lines, found, tables)
    above_repeated(lines, found)
    repeated_head(lines, found)
    _initials(lines, found)
    page_breaks(lines, found)
    _fill(lines, found, tables)
    _ruled(lines, found)
    _specks(lines, found)
    return found


_SPECKS = re.compile(r"\S(?: ?[.,:;'’´`°¨~-]){2,4}")


def _specks(lines: tuple[Line, ...], found: set[int]) -> None:
    """The rings and dots of a line's capitals, read as a line of their own in the middle of a sentence: ``2 . .``."""
    for i in range(1, len(lines) - 1):
        if not _SPECKS.fullmatch(lines[i].text) or lines[i].text[:1].isalpha():
            continue
        if lines[i - 1].text[-1:].isalpha() and lines[i + 1].text[:1].islower():
            found.add(i)


_ADDRESSED = re.compile(r"till:? \S.{3,50}|(kommun|region|stads)fullmaktige( (19|20)\d\d-\d\d-\d\d)?")
_PLACED = re.compile(r"\w+s? (kommun|stad)|region \w+|\d{3} ?\d\d \w[\w ]*|box \d{1,4}")


def _in_address(lines: tuple[Line, ...], i: int) -> bool:
    """Whether a line goes on with the address of whom a paper is sent to, at its top: council, municipality, place."""
    first = i
    while first and i - first < 3 and not lines[first].gap and _PLACED.fullmatch(lines[first].key):
        first -= 1
    return first < i and _ADDRESSED.fullmatch(lines[first].key) is not None


_CONTACT = (
    re.compile(r"\d{3}(?<!\w...) ?\d\d [a-zåäö]{2,}"),  # what begins with a digit is looked for faster than with \b
    re.compile(r"0(?<!\w.)\d{1,3} ?[-/] ?\d[\d ]{4,}"),
    Quick(re.compile(r"\bwww\.|\bhttps?:|(?<![@\w.-])[\w-]+\.(se|nu|com|org)\b")),
    Quick(re.compile(r"\S@\S")),
    Quick(re.compile(r"\b(box|\w*(gatan|vagen|torget|platsen|grand)) \d")),
    Quick(re.compile(r"\b(org\.? ?nr|organisationsnummer|bankgiro|plusgiro|postgiro|telefax|fax|vaxel)\b")),
)
_CAPTIONS = re.compile(r"\b(postadress|besoksadress|telefon|telefax|fax|e-post|internet|hemsida|org\.? ?nr|bankgiro)\b")


def _contacts(lines: tuple[Line, ...], found: set[int]) -> None:
    """The foot of an office's letter, address, telephone and web page in one line, and the captions above it."""
    for i, line in enumerate(lines):
        if i < 10 or len(line.text) > 150 or (line.text.endswith((".", ",")) and "  " not in line.text):
            continue
        columns = "  " in line.text or "·" in line.text or "|" in line.text or line.gap
        kinds = sum(form.search(line.key) is not None for form in _CONTACT)
        if (
            (columns and kinds > 1)
            or (kinds and line.text.count("|") > 1)
            or (len(set(_CAPTIONS.findall(line.key))) > 1 and len(line.key.split()) < 12)
        ):
            found.add(i)
            if (
                line.gap == 0
                and lines[i - 1].gap
                and re.fullmatch(r"[\w ]{2,30} (kommun|stad)|region \w+", lines[i - 1].key)
            ):
                found.add(i - 1)  # whose address it is


def _lone_numbers(lines: tuple[Line, ...], found: set[int]) -> None:
    """Page numbers that stand alone at the margin or in the middle, and the typist's sign that the page goes on."""
    for i, line in enumerate(lines):
        far = line.indent > 25 and (line.gap or line.new_page)
        if (far or line.indent > 45) and re.fullmatch(r"(sid(a|an)?|blad)? ?\d{1,3}\.?|\.?/[.-]?|- ?-", line.key):
            found.add(i)


def _named(line: Line) -> bool:
    """Whether every word before the last is a name: ``Upplands Väsby kommun``, not ``En tryggare kommun``."""
    return all(word[:1].isupper() for word in line.text.split()[:-1])


def _initials(lines: tuple[Line, ...], found: set[int]) -> None:
    """The initials and the attestation that stand under ``Justerandes sign   Utdragsbestyrkande``."""
    for i in range(1, len(lines)):
        above = i - 1 in found and re.search(r"^juster|utdragsbest", lines[i - 1].key) and not lines[i].gap
        if above and re.fullmatch(
            r"(?:/ ?)?(?:[A-ZÅÄÖa-zåäö]{1,4}\b[ ./-]*){1,5}(?:.{0,24}\b(?:intygar|bestyrks)\b.{0,40})?", lines[i].text
        ):
            found.add(i)


def _in_prose(lines: tuple[Line, ...], i: int) -> bool:
    """Whether a line such as ``3 (4)`` stands inside a running paragraph (no gap, between full lines)."""
    key = lines[i].key
    return (
        key[:1].isalpha()
        and i > 0
        and not lines[i].gap
        and lines[i - 1].text[-1:].isalnum()
        and "@" not in key
        and len(lines[i - 1].text) > 70
    )


def _letterhead(lines: tuple[Line, ...], i: int, tables: Tables) -> bool:
    line = lines[i]
    below = lines[i + 1].gap if i + 1 < len(lines) else 1
    alone = (line.gap or i == 0) and below
    plain = len(line.text) < 50 and line.text[-1:] not in ".:;,?!" and "(" not in line.text and not line.mark
    return bool(
        alone and plain and tables.heading(line) is None and not ORGAN.fullmatch(line.key) and len(line.text) > 3
    )


_SIGNS = re.compile(r"\b(ordforande|sekreterare|justerare|justerande)\b")


def _ruled(lines: tuple[Line, ...], found: set[int]) -> None:
    """Dotted lines to sign on, right above the names of those who sign, belong to the names."""
    for i in sorted(found):
        below = lines[i + 1] if i + 1 < len(lines) else None
        if below and not below.gap and re.fullmatch(r"[._ ]{8,}", lines[i].text) and _SIGNS.search(below.key):
            found.discard(i)


def _fill(lines: tuple[Line, ...], found: set[int], tables: Tables) -> None:
    """Lines of an address block: short, and close between two lines of furniture."""
    for i in range(1, len(lines) - 1):
        if i in found or i - 1 not in found:
            continue
        closed = [j for j in range(i, min(i + 3, len(lines))) if j in found]
        block = range(i, closed[0]) if closed else range(0)
        if (
            block
            and all(
                not lines[j].gap
                and len(lines[j].text) < 90
                and not tables.heading(lines[j])
                and lines[j].text[-1:] not in ".:"
                and not _SIGNS.search(lines[j].key)
                for j in block
            )
            and not lines[closed[0]].gap
        ):
            found.update(block)
