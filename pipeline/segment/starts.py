"""Where a § opens in a protocol, and which of the lines that look so do."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ..diary import is_number, without_number
from .draft import Draft
from .kinds import PROTOCOLS

_PARAGRAPH = re.compile(
    r"^((?:(?:[A-Za-zÅÄÖåäö]{1,12} )?§|Paragraf(?= \d+(?:\s{2,}|$))) {0,6}"
    r"(?P<number>\d{1,4}(?:[a-z]\b)?)(?P<year>/(?:19|"
    r"20)?\d\d)?)\.?(?![\d,;])(?P<rest>.*)$"
)
_ID = re.compile(
    r"^[\s:–-]*((dnr|diarienr|diarienummer|ärendenummer|ärendenr|diariekod|ärende)[.:]?\s*)?"
    r"([A-ZÅÄÖa-zåäö]{2,6}[ /-]?(?=\d))?[\dA-ZÅÄÖ]*[\d/:.-]+[\d]+(?:[\d./:-]*)(\s?[A-ZÅÄÖ]{2,6}(-\d+)?)?\s*$",
    re.I,
)


# The same matter's number in another body, printed beside or under its own: "Kf § 97      Ks § 188".
_ELSEWHERE = re.compile(
    r"^(?:[A-Za-zÅÄÖåäö]{1,12} |[A-ZÅÄÖ][\wåäö, -]{2,50}(?:nämndens|utskottets|styrelsens) )"
    r"§ ?\d{1,4}(?:/(?:19|20)?\d\d)?$"
)
# The same in short, several in a row: "Au § 88   Ks § 64".
_OTHER = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5} ?§ ?\d{1,4}(?:/(?:19|20)?\d\d)?(?![\w/])"
_OTHERS = re.compile(rf"^\s*{_OTHER}(?:[,;]?\s+{_OTHER})*(?:[,;]?\s+|$)")
# The § in the last column of the head, beside the meeting's date.
_BESIDE = re.compile(
    r"^(?:\S.{1,40}?\s{2,})?(?:19|20)\d\d-\d\d-\d\d\s{2,}(?:[A-ZÅÄÖa-zåäö]{1,6} )?§ ?(?P<number>\d{1,4})$"
)
# A § whose number OCR left as letters; the matter's own number beside it says that a matter begins here.
_UNREAD = re.compile(r"^§ {0,2}(?P<number>[A-Za-zÅÄÖåäö|!\]]{1,4}) +(?P<rest>(?=.*(?:\d[/:.-]\d|[^\W\d_])).*\d.*)$")
_GOES_ON = re.compile(r"^(och|samt|i|st|stycket|kap|lag|kommunallagen|mom|p|punkt|ovan|samma|enligt|av|till)\b")


@dataclass(frozen=True)
class Start:
    """A line that opens a §: its printed number (``""`` where it is unreadable) and what stands beside it.

    ``beside`` is true for a number in a page's head: it opens a matter only where the number comes nowhere by itself.
    """

    index: int
    paragraph: str
    rest: str
    beside: bool = False


def starts(draft: Draft) -> list[Start]:
    """The lines that open a §, in rising order; the table of contents names each § before."""
    found = [start for i in range(len(draft.lines)) if i not in draft.page and (start := paragraph_start(draft, i))]
    toc = [i for i, line in enumerate(draft.lines) if draft.tables.heading(line) == "toc"]
    if toc and draft.kind == "protokoll":
        again = _again(found)
        found = found[again:] if again is not None else [start for start in found if start.index < toc[0]]
    own = {_number(start) for start in found if not start.beside}
    found = [start for start in found if not (start.beside and _number(start) in own)]
    return _rising(found, first=draft.kind != "protokoll")


def page_heads(draft: Draft, found: list[Start]) -> list[int]:
    """The heads of later pages that name the § of the page, and open none."""
    opens = {start.index for start in found}
    below = range(found[0].index + 1, len(draft.lines)) if found and draft.kind in PROTOCOLS else range(0)
    return [i for i in below if i not in opens and _BESIDE.match(draft.lines[i].text)]


def _again(found: list[Start]) -> int | None:
    """Where a number comes for the second time."""
    seen: set[str] = set()
    for n, start in enumerate(found):
        if start.paragraph in seen:
            return n
        if start.paragraph:
            seen.add(start.paragraph)
    return None


def _rising(found: list[Start], *, first: bool) -> list[Start]:
    """The longest row of rising numbers, so that one misread number costs one §; with ``first`` from the first one on.

    >>> [s.paragraph for s in _rising([Start(i, f"§ {n}", "") for i, n in enumerate((4, 75, 5, 6, 4, 7))], first=False)]
    ['§ 4', '§ 5', '§ 6', '§ 7']
    """
    read = [(start, _number(start)) for start in found if start.paragraph]
    if first:
        read = [row for row in read if row is read[0] or row[1] > read[0][1]]
    kept = {start.index for start in found if not start.paragraph}
    kept.update(read[n][0].index for n in _longest([number for _, number in read]))
    return [start for start in found if start.index in kept]


def _longest(numbers: list[int]) -> list[int]:
    """The places of the longest rising row; of two as long, the one whose numbers stand earliest.

    >>> _longest([4, 75, 5, 6, 4, 7, 7])
    [0, 2, 3, 5]
    """
    tails: list[int] = []  # per length, from the last number on: the negated largest number that opens such a row
    by_length: list[list[int]] = []  # the places that open a row of each length, from the last on
    for n in reversed(range(len(numbers))):
        length = bisect_left(tails, -numbers[n])
        if length == len(tails):
            tails.append(-numbers[n])
            by_length.append([n])
        else:
            tails[length] = -numbers[n]
            by_length[length].append(n)
    row: list[int] = []
    for places in reversed(by_length):
        fits = (n for n in reversed(places) if not row or (n > row[-1] and numbers[n] > numbers[row[-1]]))
        row.append(next(fits))
    return row


def _number(start: Start) -> int:
    digits = "".join(c for c in start.paragraph if c.isdigit())
    return int(digits or 0)


def paragraph_start(draft: Draft, i: int) -> Start | None:
    """The § that line ``i`` opens, if it does."""
    line = draft.lines[i]
    found = _PARAGRAPH.match(line.text)
    if not found:
        beside = _BESIDE.match(line.text) if draft.kind in PROTOCOLS else None
        return Start(i, f"§ {beside['number']}", "", beside=True) if beside else _unread(draft, i)
    rest = found["rest"].strip()
    lower = re.match(r"^[a-zåäö]", rest) and not re.match(r"^(dnr|diarie|ärende)", rest, re.I)
    if (lower and not _apart(draft, i, rest)) or rest.startswith((")", "]")):
        return None
    if (
        i
        and not line.gap
        and len(draft.lines[i - 1].text) > 0.6 * draft.width
        and draft.lines[i - 1].text[-1:] not in '.:!?"”)0123456789'
        and not (draft.label[i - 1] == "furniture" or draft.tables.heading(draft.lines[i - 1]))
    ):
        return None
    if re.match(r"^(kommunallagen|lag|lagen|SoL|LSS|PBL|KL|skollagen)\b", rest, re.I):
        return None
    if (
        re.match(r"^(KS|KF|[A-ZÅÄÖ]{2,6}|KSAU)\b(?!.{0,2}\d)", rest)
        and draft.tables.heading(line) is None
        and (i and draft.lines[i - 1].text.startswith(("•", "§")))
    ):
        return None
    if _OF_OTHERS.match(f"{found['year'] or ''} {rest}") and _among_papers(draft, i):
        return None
    return Start(i, f"§ {found['number']}", "" if not rest or identifies(rest) or not strip_ids(rest) else rest)


# The § of another body among the papers of a matter: "§ 77/24 RS Svar på motion", "§ 18 Arbetsutskottet 2025-03-06".
_OF_OTHERS = re.compile(
    r"/\d{2,4} |\s*,? ?(?:[A-ZÅÄÖ]{2,6}\b|"
    r"[A-ZÅÄÖ][\wåäö-]*(?: [\wåäö-]+){0,2}?(?:styrelsen|nämnden|utskottet|fullmäktige))"
)


def _among_papers(draft: Draft, i: int) -> bool:
    """Whether a line stands in the list right below a heading such as Beslutsunderlag, no blank line between."""
    for j in range(i, max(0, i - 8), -1):
        if draft.lines[j].gap or draft.lines[j].new_page:
            return False
        if draft.tables.heading(draft.lines[j - 1]) == "basis":
            return True
    return False


def _unread(draft: Draft, i: int) -> Start | None:
    """A § whose number cannot be read, beside the matter's own number."""
    line = draft.lines[i]
    found = _UNREAD.match(line.text) if draft.kind in PROTOCOLS and line.gap else None
    return Start(i, "", "") if found and identifies(found["rest"]) else None


def _apart(draft: Draft, i: int, rest: str) -> bool:
    """Whether a § with a small letter behind its number stands by itself, as a matter and not as words of a law."""
    line, above = draft.lines[i], draft.lines[i - 1] if i else None
    below = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
    if draft.kind not in PROTOCOLS or _GOES_ON.match(rest) or rest.endswith((".", ",", ":")) or below is None:
        return False
    head = above is None or line.gap > 0 or identifies(above.text)
    return head and draft.tables.heading(below) is not None


def identifies(text: str) -> bool:
    """Whether the text is nothing but a number of the matter: its diarienummer, or its § in another body."""
    worded = re.fullmatch(r"[a-zåäö]+ \d+ [a-zåäö]+", text)  # "över 85 år", the end of a title
    return bool((_ID.match(text) and not worded) or is_number(text) or _ELSEWHERE.match(text))


def strip_ids(rest: str) -> str:
    """What is left of a § line when the dnr at its end is taken away.

    >>> strip_ids("Val av justerare Dnr KS-2024-00001")
    'Val av justerare'
    >>> strip_ids("Au § 88   Ks § 64   Dnr 2018-00341  101"), strip_ids("Au § 88, Ks § 64 Val av justerare")
    ('', 'Val av justerare')
    """
    bare = re.sub(r"(?:^|\s+)(Dnr|Diarienummer|Ärendenummer|Diarienr)\b.*$", "", rest, flags=re.I)
    return without_number(_OTHERS.sub("", bare)).strip()
