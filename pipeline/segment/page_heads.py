"""Headers and footers of pages: what comes again with another page number, and blocks printed again."""

from __future__ import annotations

import re

from .lines import Line, fold
from .tables import Tables

ORGAN = re.compile(
    r"(kommun|region|lands|landstings|stads)?(fullmaktige|styrelsen)|"
    r"kommunstyrelsens .{3,30}|namnden .{2,50}|\w+namnden|"
    r"\w+utskottet|forbundsstyrelsen|direktionen"
)
_BREAK = re.compile(r"protokoll \(?nr \d+\)?|sammantradesdatum:? .{6,30}|(sid(a|an)? )?\d{1,3} ?\(\d{1,3}\)")
_COUNTER = re.compile(r"(?<=[a-z\d]) +\d{1,3} ?(?:\(\d{1,3}\)?|\d?\))$")
_PAGE_NUMBER = re.compile(r"(?<!\s)\s{3,}(?:Sid\w* |Blad )?(\d{1,3})(?: ?\(\d{1,3}\)| (?:av|of) \d{1,3})?$")


def numbered(lines: tuple[Line, ...], found: set[int]) -> None:
    """Headers that carry the page's number (``LUNDS KOMMUN MOTION 1 (2)``) and their repetitions, digits aside."""
    heads = {i: base for i in range(min(4, len(lines))) if (base := _counted(lines[i]))}
    own = [i for i in heads if body_or_date(lines[i])]  # on the first page they say what was held when
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


def counted_up(lines: tuple[Line, ...], found: set[int], tables: Tables) -> None:
    """Headers and footers in columns that come again with the next page's number at their end."""
    rows: dict[str, list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        counter = _PAGE_NUMBER.search(line.text) if len(line.key) < 130 and not line.mark else None
        if counter and not tables.heading(line):
            rows.setdefault(_words(line), []).append((i, int(counter[1])))
    for words, row in rows.items():
        numbers = [number for _, number in row]
        if len(row) > 1 and len(words) > 5 and numbers == list(range(numbers[0], numbers[0] + len(row))):
            found.update(i for i, _ in row if i > 3 or not body_or_date(lines[i]))


_TOLD = re.compile(r"(?:Sida?|Blad) \d{1,3} ?(?:\(\d{1,3}\)|/ ?\d{1,3}| av \d{1,3})")
_PLAIN = re.compile(r"\d{1,3} ?(?:\(\d{1,3}\)|/ ?\d{1,3})")


def counters(lines: tuple[Line, ...], found: set[int], tables: Tables) -> None:
    """A later page's head in two columns: whose paper it is, and ``2 (3)`` or ``Sida 2 av 3``."""
    for i, line in enumerate(lines[6:], 6):
        cells = re.split(r"\s{3,}", line.text)
        if len(cells) != 2 or i in found:
            continue
        owner = fold(cells[0])
        whose = re.fullmatch(r"\w+s? (kommun|stad)|region \w+( lan)?", owner) or tables.place(owner)
        if _TOLD.fullmatch(cells[1]) or (_PLAIN.fullmatch(cells[1]) and whose):
            found.add(i)


def above_repeated(lines: tuple[Line, ...], found: set[int]) -> None:
    """The first page's own letterhead, printed again right above a page's header."""
    tops = {line.key for line in lines[:4]}
    for i in range(5, len(lines) - 1):
        below = i + 1 in found and not lines[i + 1].gap and len(lines[i].text) < 60
        below = below or (i - 1 in found and not lines[i].gap and lines[i].text.isupper())
        if below and lines[i].key in tops and (lines[i].gap or lines[i].text.isupper()):
            found.add(i)
        if "   " in lines[i].text and lines[i].gap and lines[i].key in tops:
            found.add(i)


def _second_rows(lines: tuple[Line, ...], found: set[int]) -> None:
    """The body with its date and page in columns, right below a page's header: ``Kommunfullmäktige  1984-11-26``."""
    for i in range(6, len(lines)):
        if i - 1 not in found or i in found or lines[i].gap:
            continue
        cells = re.split(r"\s{3,}", lines[i].text)
        if len(cells) > 1 and ORGAN.fullmatch(fold(cells[0])):
            found.add(i)
    rows: dict[str, list[int]] = {}
    for i, line in enumerate(lines[6:], 6):
        if i - 1 in found and not line.gap and len(line.text) < 60 and i not in found:
            rows.setdefault(line.key, []).append(i)
    found.update(i for again in rows.values() if len(again) > 1 for i in again)


_PAPER = re.compile(r"(motion|tjansteskrivelse|tjansteutlatande|(\w+)?yrkande|interpellation|yttrande)( sid\w*)?")


def body_or_date(line: Line) -> bool:
    if _PAPER.fullmatch(_COUNTER.sub("", line.key)):
        return True
    first = fold(re.split(r"\s{3,}", line.text)[0])
    return first.startswith("sammantradesdatum") or (ORGAN.fullmatch(first) is not None and "   " in line.text)


def repeated_head(lines: tuple[Line, ...], found: set[int]) -> None:
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


def page_breaks(lines: tuple[Line, ...], found: set[int]) -> None:
    """A body's name or a meeting date beside a page number, after the first page's own header."""
    for i in range(3, len(lines)):
        key = lines[i].key
        if i in found:
            continue
        if key.startswith("sammantradesdatum") and i > 6:
            found.add(i)
        elif ORGAN.fullmatch(key) and lines[i].gap and len(key) < 45:
            near = range(i + 1, min(len(lines), i + 4))
            if any(_BREAK.fullmatch(lines[j].key) for j in near if lines[i + 1].gap) and (
                i - 1 in found or lines[i - 1].text.endswith((".", ")", "”", '"'))
            ):
                found.add(i)
