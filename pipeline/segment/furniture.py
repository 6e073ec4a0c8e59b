"""Which lines belong to the page: headers, footers, stamps, addresses, page numbers, letterheads."""

from __future__ import annotations

import re
from collections import Counter

from ..needles import Quick
from .lines import Line, fold
from .tables import Tables

_ORGAN = re.compile(
    r"(kommun|region|lands|stads)?(fullmaktige|styrelsen)|kommunstyrelsens .{3,30}|namnden .{2,50}|\w+namnden|"
    r"\w+utskottet|forbundsstyrelsen|direktionen"
)
_BREAK = re.compile(r"protokoll \(?nr \d+\)?|sammantradesdatum:? .{6,30}|(sid(a|an)? )?\d{1,3} ?\(\d{1,3}\)")
_COUNTER = re.compile(r"(?<=[a-z\d]) +\d{1,3} ?(?:\(\d{1,3}\)?|\d?\))$")
_PAGE_NUMBER = re.compile(r"(?<!\s)\s{3,}(?:Sid\w* |Blad )?(\d{1,3})(?: ?\(\d{1,3}\)| (?:av|of) \d{1,3})?$")
_DATED = re.compile(rf"({_ORGAN.pattern})(:? (sammantrades)?datum.{{0,30}}| (19|20)\d\d-\d\d-\d\d)")
_DATE = re.compile(r"(sammantradesdatum|datum):?( .{6,30})?|(19|20)\d\d-\d\d-\d\d")


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
        whole = [where for where, pattern in forms if pattern.fullmatch(key)]
        if i < 10 and (key.startswith(("e-post", "epost", "telefon")) or _in_address(lines, i)):
            continue
        stamp = "any" in whole or ("top" in whole and _named(line) and (i < 3 or i - 1 in found or line.text.isupper()))
        stamp = stamp or ("later" in whole and i > 9)
        again = (
            i > 8
            and i - 1 in found
            and (key in tops or _DATE.fullmatch(key) or _DATED.fullmatch(key))
            and not tables.heading(line)
        )
        if (
            (stamp and not _in_prose(lines, i))
            or again
            or (seen[key] > 1 and key in tops and _letterhead(lines, i, tables))
        ):
            found.add(i)
    _contacts(lines, found)
    _lone_numbers(lines, found)
    _numbered(lines, found)
    _counted_up(lines, found, tables)
    _counters(lines, found, tables)
    _above_repeated(lines, found)
    _repeated_head(lines, found)
    _initials(lines, found)
    _page_breaks(lines, found)
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


def _lone_numbers(lines: tuple[Line, ...], found: set[int]) -> None:
    """Page numbers that stand alone at the margin or in the middle, and the typist's sign that the page goes on."""
    for i, line in enumerate(lines):
        far = line.indent > 25 and (line.gap or line.new_page)
        if (far or line.indent > 45) and re.fullmatch(r"(sid(a|an)?|blad)? ?\d{1,3}\.?|\.?/[.-]?|- ?-", line.key):
            found.add(i)


def _named(line: Line) -> bool:
    """Whether every word before the last is a name: ``Upplands Väsby kommun``, not ``En tryggare kommun``."""
    return all(word[:1].isupper() for word in line.text.split()[:-1])


def _numbered(lines: tuple[Line, ...], found: set[int]) -> None:
    """Headers that carry the page's number (``LUNDS KOMMUN MOTION 1 (2)``) and their repetitions, digits aside."""
    heads = {i: base for i in range(min(4, len(lines))) if (base := _counted(lines[i]))}
    own = [i for i in heads if _body_or_date(lines[i])]  # on the first page they say what was held when
    found.update(i for i in heads if i not in own)
    found.difference_update(own)
    bases = set(heads.values())
    above, under = {lines[h - 1].key for h in heads if h}, {lines[h + 1].key for h in heads if h + 1 < len(lines)}
    for i, line in enumerate(lines[4:], 4):
        if bases and len(line.key) < 90 and _counted(line) in bases:
            found.add(i)
            if i - 1 not in found and lines[i - 1].key in above:
                found.add(i - 1)
            below = i + 1
            if below < len(lines) and lines[below].key in under:
                found.add(below)


def _counted_up(lines: tuple[Line, ...], found: set[int], tables: Tables) -> None:
    """Headers and footers in columns that come again with the next page's number at their end."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        counter = _PAGE_NUMBER.search(line.text) if len(line.key) < 130 and not line.mark else None
        if counter and not tables.heading(line):
            rows.setdefault(_words(line), []).append((i, int(counter[1])))
    for words, row in rows.items():
        numbers = [number for _, number in row]
        if len(row) > 1 and len(words) > 5 and numbers == list(range(numbers[0], numbers[0] + len(row))):
            found.update(i for i, _ in row if i > 3 or not _body_or_date(lines[i]))


_TOLD = re.compile(r"(?:Sida?|Blad) \d{1,3} ?(?:\(\d{1,3}\)|/ ?\d{1,3}| av \d{1,3})")
_PLAIN = re.compile(r"\d{1,3} ?(?:\(\d{1,3}\)|/ ?\d{1,3})")


def _counters(lines: tuple[Line, ...], found: set[int], tables: Tables) -> None:
    """A later page's head in two columns: whose paper it is, and ``2 (3)`` or ``Sida 2 av 3``."""
    for i, line in enumerate(lines[6:], 6):
        cells = re.split(r"\s{3,}", line.text)
        if len(cells) != 2 or i in found:
            continue
        owner = fold(cells[0])
        whose = re.fullmatch(r"\w+s? (kommun|stad)|region \w+( lan)?", owner) or tables.place(owner)
        if _TOLD.fullmatch(cells[1]) or (_PLAIN.fullmatch(cells[1]) and whose):
            found.add(i)


def _above_repeated(lines: tuple[Line, ...], found: set[int]) -> None:
    """The first page's own letterhead, printed again right above a page's header."""
    tops = {line.key for line in lines[:4]}
    for i in range(5, len(lines) - 1):
        below = i + 1 in found and not lines[i + 1].gap and len(lines[i].text) < 60
        below = below or (i - 1 in found and not lines[i].gap and lines[i].text.isupper())
        if below and lines[i].key in tops and (lines[i].gap or lines[i].text.isupper()):
            found.add(i)
        if "   " in lines[i].text and lines[i].gap and lines[i].key in tops:
            found.add(i)


def _initials(lines: tuple[Line, ...], found: set[int]) -> None:
    """The initials and the attestation that stand under ``Justerandes sign   Utdragsbestyrkande``."""
    for i in range(1, len(lines)):
        above = i - 1 in found and re.search(r"^juster|utdragsbest", lines[i - 1].key) and not lines[i].gap
        if above and re.fullmatch(
            r"(?:[A-ZÅÄÖa-zåäö]{1,4}\b[ .]*){1,5}(?:.{0,24}\b(?:intygar|bestyrks)\b.{0,40})?", lines[i].text
        ):
            found.add(i)


def _second_rows(lines: tuple[Line, ...], found: set[int]) -> None:
    """The body with its date and page in columns, right below a page's header: ``Kommunfullmäktige  1984-11-26``."""
    for i in range(6, len(lines)):
        if i - 1 not in found or i in found or lines[i].gap:
            continue
        cells = re.split(r"\s{3,}", lines[i].text)
        if len(cells) > 1 and _ORGAN.fullmatch(fold(cells[0])):
            found.add(i)
    rows: dict[str, list[int]] = {}
    for i, line in enumerate(lines[6:], 6):
        if i - 1 in found and not line.gap and len(line.text) < 60 and i not in found:
            rows.setdefault(line.key, []).append(i)
    found.update(i for again in rows.values() if len(again) > 1 for i in again)


_PAPER = re.compile(r"(motion|tjansteskrivelse|tjansteutlatande|(\w+)?yrkande|interpellation|yttrande)( sid\w*)?")


def _body_or_date(line: Line) -> bool:
    if _PAPER.fullmatch(_COUNTER.sub("", line.key)):
        return True
    first = fold(re.split(r"\s{3,}", line.text)[0])
    return first.startswith("sammantradesdatum") or (_ORGAN.fullmatch(first) is not None and "   " in line.text)


def _repeated_head(lines: tuple[Line, ...], found: set[int]) -> None:
    """The block of lines that heads the first page, printed again on later pages: two or more of its lines, digits
    and dates aside. Text that was taken out of a PDF has no page breaks left."""
    _second_rows(lines, found)
    head = next((i for i in range(1, min(6, len(lines))) if lines[i].gap), min(6, len(lines)))
    block = [_words(lines[i]) for i in range(head)]
    if head < 2 or not block[0]:
        return
    for i in range(head, len(lines)):
        if not (lines[i].gap or lines[i].new_page) or _words(lines[i]) != block[0]:
            continue
        same = 1
        while same < head and i + same < len(lines) and _words(lines[i + same]) == block[same]:
            same += 1
        if same > 1:
            found.update(range(i, i + same))


def _words(line: Line) -> str:
    """A header's words without its dates, numbers and page counter."""
    return " ".join(re.findall(r"[a-z]{2,}", re.sub(r"\b(sida|sid|blad|av|datum)\b", " ", line.key)))


def _counted(line: Line) -> str | None:
    """The words of a header that ends in a page number, as OCR may have left it; None for other lines."""
    counter = _COUNTER.search(line.key)
    words = line.key[: counter.start()] if counter else ""
    apart = re.search(r"(?<!\s)\s{4,}\d", line.text) is not None
    return words if len(re.findall(r"[a-z]", words)) > (2 if apart else 5) and len(line.key) < 90 else None


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
        alone and plain and tables.heading(line) is None and not _ORGAN.fullmatch(line.key) and len(line.text) > 3
    )


def _page_breaks(lines: tuple[Line, ...], found: set[int]) -> None:
    """A body's name or a meeting date beside a page number, after the first page's own header."""
    for i in range(3, len(lines)):
        key = lines[i].key
        if i in found:
            continue
        if key.startswith("sammantradesdatum") and i > 6:
            found.add(i)
        elif _ORGAN.fullmatch(key) and lines[i].gap and len(key) < 45:
            near = range(i + 1, min(len(lines), i + 4))
            if any(_BREAK.fullmatch(lines[j].key) for j in near if lines[i + 1].gap) and (
                i - 1 in found or lines[i - 1].text.endswith((".", ")", "”", '"'))
            ):
                found.add(i)


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
