"""A file that holds many documents ("handlingar"): where each of them begins.

A page begins a document only when several independent signs say so: the printed page numbers begin again, a
document's name stands in its head, an office letter's head is there, the header changes, the page before is a last
page. A page whose number goes on, or on which a sentence goes on, never does. When in doubt nothing is split.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from ..document import Note, Page, Part, Scan, Span, Word
from .pages_text import PageLines, pages_of

_ENOUGH = 3.0
_HEAD = 14  # lines of an office letter's head
_TOP = 9  # lines in which a document names itself
_VERY_TOP = 3
_SHORT = 0.6  # of the file's fullest page: a page with fewer lines has ended
_DATED = re.compile(r", \d{4}-\d\d-\d\d\W*$|,\n\d{4}-\d\d-\d\d\W*$")  # how entries of a list of documents end
_TABLES = Path(__file__).resolve().parent.parent / "tables"


@dataclass(frozen=True, slots=True)
class _Signs:
    headings: frozenset[str]
    starts: tuple[str, ...]
    meta: tuple[str, ...]
    ambiguous: frozenset[str]


@cache
def _signs() -> _Signs:
    table = json.loads((_TABLES / "first_pages.json").read_text(encoding="utf-8"))
    return _Signs(
        frozenset(table["headings"]),
        tuple(table["heading_starts"]),
        tuple(table["meta"]),
        frozenset(table["ambiguous"]),
    )


def split(scan: Scan) -> tuple[Scan, ...]:
    """The documents of a bundle, one Scan each; an ordinary document comes back alone and unchanged.

    Each part keeps the file's page numbers; ``source.part`` says which part it is and its first and last page. A
    note tells what the bundle's table of contents calls the part.
    """
    starts = first_pages(scan)
    if len(starts) < 2:
        return (scan,)
    ends = [start - 1 for start in starts[1:]] + [len(scan.pages) - 1]
    contents = _contents(scan, pages_of(scan), starts)
    parts = [_cut(scan, first, last) for first, last in zip(starts, ends, strict=True)]
    made = []
    for n, (part, first, last) in enumerate(zip(parts, starts, ends, strict=True), 1):
        pages = (scan.pages[first].number, scan.pages[last].number)
        about = f"Part {n} of {len(parts)} of a bundle, pages {pages[0]} to {pages[1]}."
        notes = [Note("ocr.bundle", about)]
        if contents.get(first):
            notes.append(Note("ocr.bundle-contents", f"The bundle's table of contents: {contents[first]}"))
        source = replace(scan.source, part=Part(n, len(parts), pages))
        made.append(replace(part, source=source, notes=(*part.notes, *notes)))
    return tuple(made)


def first_pages(scan: Scan) -> list[int]:
    """The indexes of the pages on which documents begin; always the first page."""
    pages = pages_of(scan)
    running = _running_numbers(pages)
    bookmarked = {scan.page_at(at.start).number for n in scan.notes if n.code == "ocr.bookmark" for at in n.at}
    starts = [0]
    for i in range(1, len(pages)):
        if _score(pages, i, starts[-1], running, pages[i].page.number in bookmarked) >= _ENOUGH:
            starts.append(i)
    return starts


def _running_numbers(pages: tuple[PageLines, ...]) -> frozenset[int | None]:
    """The totals of page numbers that run through the whole file, stamped on the bundle: they say nothing."""
    steps: Counter[int | None] = Counter()
    for before, page in pairwise(pages):
        earlier = set(before.numbers)
        steps.update({of for n, of in page.numbers if (n - 1, of) in earlier})
    enough = max(3, 0.8 * (len(pages) - 1))
    return frozenset(of for of, count in steps.items() if count >= enough)


def _score(pages: tuple[PageLines, ...], i: int, since: int, running: frozenset[int | None], bookmarked: bool) -> float:
    before, page = pages[i - 1], pages[i]
    if not page.lines or not before.lines:
        return 0.0
    here = [(n, of) for n, of in page.numbers if of not in running]
    earlier = [(n, of) for n, of in before.numbers if of not in running]
    if any((n - 1, of) in earlier for n, of in here):
        return -9.0  # the numbers go on
    totals = [(n, of) for n, of in here if of is not None]
    if totals and all(n > 1 for n, _ in totals):
        return -9.0
    again = any(n == 1 for n, _ in totals) or (any(n == 1 for n, _ in here) and any(n > 1 for n, _ in earlier))
    score = 2.0 if again else 0.0
    if earlier and any(n == of for n, of in earlier):
        score += 1.0
    old = {_plain(line) for known in pages[since:i] for line, _ in known.lines[:_HEAD]}
    head = [line for line, _ in page.lines[:_HEAD]]
    announced = max((weight for line, weight in _announcements(head) if _plain(line) not in old), default=0.0)
    score += announced
    labels = {_label(line) for line in head} - {""}
    known_labels = {_label(line) for line, _ in before.lines[:_HEAD]}
    score += 0.75 * (len(labels) >= 2 and len(labels - known_labels) >= 1)
    known_dnr = {dnr for known in pages[since:i] for line, _ in known.lines for dnr in _dnr(line)}
    new_dnr = {dnr for line in head for dnr in _dnr(line)} - known_dnr
    score += 0.75 * bool(new_dnr and announced)
    score += 0.75 * bool(announced and _ended(before, pages))
    score += 1.0 * bookmarked
    if _goes_on(before, page):
        score -= 2.0
    # Without page numbers beginning anew, a name in the head has to be met by an ended page before it.
    return score if again or _ended(before, pages) else min(score, _ENOUGH - 0.5)


def _dnr(line: str) -> list[str]:
    """Registry numbers, and nothing that is a date."""
    found = re.findall(r"(?<![\d-])(?:[A-ZÅÄÖ]{1,6}[ -]?)?\d{4}[-/.:]\d{2,6}(?![\d-])", line)
    return [dnr for dnr in found if not re.fullmatch(r"\d{4}-\d\d", dnr)]


def _plain(line: str) -> str:
    return re.sub(r"[\d()]+", "", " ".join(line.lower().split())).strip(" .:-–")


def _announcements(head: list[str]) -> list[tuple[str, float]]:
    """The lines that name a kind of document as a heading does, and their weight: more at the very top.

    Under a § they are only the matter's title; in a list of documents only its entries.
    """
    signs = _signs()
    found = []
    paragraph = any(re.match(r"\s*§ ?\d+", line) for line in head[:6])
    for place, line in enumerate(head[:_TOP]):
        running = len(line.strip()) > 75 and not re.search(r"\s{3,}|\t", line.strip())
        if running and place >= _VERY_TOP:
            break  # what follows running text is no head
        if line.rstrip().endswith((",", ";")) or _is_entry_of_list(head[place : place + 3]):
            continue
        chunks = [_plain(chunk) for chunk in re.split(r"\s{3,}|\t", line)] + [_plain(line)]
        begun = not paragraph and any(chunk.startswith(signs.starts) for chunk in chunks)
        top = 0.75 * (place < _VERY_TOP)
        if any(chunk in signs.headings for chunk in chunks) or begun:
            found.append((line, 1.5 + top))
        elif any(chunk in signs.ambiguous for chunk in chunks):
            found.append((line, 0.75 + top))
    return found


def _is_entry_of_list(lines: list[str]) -> bool:
    """Whether a heading's line and the two after it are an entry of a list of documents: it ends in a date."""
    return any(_DATED.search("\n".join(line.strip() for line in lines[: n + 1])) for n in range(len(lines)))


def _label(line: str) -> str:
    """The label of an office letter's head with which the line begins, or nothing."""
    plain = _plain(line)
    return next(
        (label for label in _signs().meta if plain == label or plain.startswith((f"{label}:", f"{label} "))), ""
    )


def _goes_on(before: PageLines, page: PageLines) -> bool:
    """Whether a sentence goes on over the page break: no full stop, then a small letter."""
    body = [line.strip() for line, _ in before.lines if not _edge(line)]
    following = [line.strip() for line, _ in page.lines if not _edge(line)]
    if not body or not following:
        return False
    return body[-1][-1] not in '.:!?)”"' and following[0][0].islower()


def _edge(line: str) -> bool:
    return sum(ch.isalpha() for ch in line) < 8 or bool(re.search(r"\(\d+\)\s*$", line))


def _ended(page: PageLines, pages: tuple[PageLines, ...]) -> bool:
    """Whether the page looks like the last of its document: it is short, or numbered as the last."""
    fullest = max(len(other.lines) for other in pages)
    return len(page.lines) <= _SHORT * fullest or any(of is not None and n == of for n, of in page.numbers)


def _contents(scan: Scan, pages: tuple[PageLines, ...], starts: list[int]) -> dict[int, str]:
    """What the bundle calls each part: its bookmark, or the line of its table of contents that fits it best."""
    called: dict[int, str] = {}
    for note in scan.notes:
        if note.code == "ocr.bookmark":
            for at in note.at:
                called.setdefault(scan.page_at(at.start).number - scan.pages[0].number, note.message)
    entries = [line.strip() for page in pages[: starts[1]] for line, _ in page.lines if _is_entry(line)]
    for first in starts[1:]:
        if first in called or not entries:
            continue
        head = _words(" ".join(line for line, _ in pages[first].lines[:_HEAD]))
        best = max(entries, key=lambda entry: len(_words(entry) & head) / max(3, len(_words(entry))))
        if len(_words(best) & head) >= max(3, 0.6 * len(_words(best))):
            called[first] = best
    return {first: called[first] for first in starts if first in called}


def _is_entry(line: str) -> bool:
    """``3. Svar på motion om lekplatser ... 12``, ``§ 4 Budget``, ``Ärende 7 Skolskjuts``."""
    return bool(re.match(r"\s*(?:§ ?\d+|[Ää]rende \d+|\d{1,3}[.):]?)\s+\S.{5,}|.{8,}\.{3,}\s*\d+\s*$", line))


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3 and not word.isdigit()}


def _cut(scan: Scan, first: int, last: int) -> Scan:
    """The pages ``first`` to ``last`` (indexes) as a Scan of its own; spans are moved, page numbers kept."""
    whole = Span(scan.pages[first].span.start, scan.pages[last].span.end)

    def moved(span: Span) -> Span:
        return Span(span.start - whole.start, span.end - whole.start)

    pages = tuple(
        Page(p.number, moved(p.span), p.source, p.width, p.height, p.dpi) for p in scan.pages[first : last + 1]
    )
    numbers = {page.number for page in pages}
    words = tuple(Word(moved(w.span), w.page, w.box, w.confidence, w.line) for w in scan.words if w.page in numbers)
    notes = []
    for note in scan.notes:
        at = tuple(moved(span) for span in note.at if whole.start <= span.start and span.end <= whole.end)
        if at or not note.at:
            notes.append(replace(note, at=at, count=len(at) or note.count))
    return replace(scan, text=scan.text[whole.start : whole.end], pages=pages, words=words, notes=tuple(notes))
