"""On which pages of a file do documents begin?

Evidence is added up, page by page: the printed page numbers begin again or belong to another file, a document names
itself in the page's head, a letter's head or a new registry number stands there, the protocol is another meeting's,
the page before is a last page. A page whose numbers, §§ or sentence go on never begins a document. When in doubt
nothing is split.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from ..document import Scan
from .page_heads import DATE, TOP, VERY_TOP, announcements, is_names, label, plain, table, titles
from .pages_text import PageLines, pages_of

ENOUGH = 3.0
HEAD = 14  # lines of an office letter's head
_SHORT = 0.6  # of the file's fullest page: a page with fewer lines has ended
_CLOSE = 8  # lines at a page's end in which a document closes
_NEARLY_ALL = 0.8  # of a protocol's pages; the last may be a sheet of signatures
_FAR = 15  # §§ that no protocol leaves out
_NEVER = -9.0
_STOPS = (".", "!", "?", ".”", '."')

_PLACE_AND_DATE = re.compile(rf"(?:^|[A-ZÅÄÖ][a-zåäö]+,? |\s{{3,}}|\t){DATE}(?:$|\s{{3,}})")
_REGISTERED = re.compile(
    r"(?<![\d-])(?:[A-ZÅÄÖ][A-Za-zåäö]{0,5}[ -]?)?"
    r"(?:\d{4}[-/.:]\d{2,6}|\d{3,5}/\d{2,4}|\d\d/\d{4}|\d{4} nr \d{1,4})(?![\d-])"
)
_YEARS = re.compile(r"\d{4}-\d\d|(?:.* )?(?:19|20)\d\d[-/](?:19|20)\d\d")
_PARAGRAPH = re.compile(r"^§ ?(\d{1,4})\b(?![.,;:]|\s+[a-zåäö]|\s*$)")
_MEETING = re.compile(
    r"(?:sammanträdesdatum|sammanträde|protokoll)\W{1,3}(\d{4}-\d\d-\d\d)|protokoll \(?nr ?(\d+)", re.IGNORECASE
)
_APPENDIX = re.compile(r"[Bb]ilaga [A-Z\d]{1,3}\b.{0,25}$|BILAGA \w{1,3}\b.{0,25}$")


def first_pages(scan: Scan) -> list[int]:
    """The indexes of the pages on which documents begin; always the first page."""
    pages = pages_of(scan)
    running = _running_numbers(pages)
    fullest = max((len(page.lines) for page in pages), default=0)
    views = [_View(page, running, fullest) for page in pages]
    bookmarked = {scan.page_at(at.start).number for n in scan.notes if n.code == "ocr.bookmark" for at in n.at}
    starts = [0]
    for i in range(1, len(views)):
        document = [view for view in views[starts[-1] : i] if view.lines]  # blank backs of sheets say nothing
        if score(document, views[i], bookmarked=pages[i].page.number in bookmarked) >= ENOUGH:
            starts.append(i)
    return starts


def _running_numbers(pages: tuple[PageLines, ...]) -> frozenset[int | None]:
    """The totals of page numbers that run through the whole file, stamped on the bundle: they say nothing.

    Those beside the word protokoll in the head of each page are the protocol's own.
    """
    steps: Counter[int | None] = Counter()
    for before, page in pairwise(pages):
        earlier = set(before.numbers)
        steps.update({of for n, of in page.numbers if (n - 1, of) in earlier})
    enough = max(3, 0.8 * (len(pages) - 1))
    running = {of for of, count in steps.items() if count >= enough}
    return frozenset(of for of in running if not _numbers_protocol(pages, of))


def _numbers_protocol(pages: tuple[PageLines, ...], total: int | None) -> bool:
    """Whether ``Hallarums kommun   PROTOKOLL`` stands beside ``2 (7)`` on nearly all pages, and no other number."""
    heads = [
        frozenset(plain(line) for line, _ in page.edges if "protokoll" in line.lower())
        for page in pages
        if {of for _, of in page.numbers} == {total}
    ]
    same = sum(bool(head & heads[0]) for head in heads) if heads else 0
    return same >= _NEARLY_ALL * len(pages)


@dataclass(frozen=True)
class _View:
    """One page, and what is asked of it again and again."""

    page: PageLines
    running: frozenset[int | None]
    fullest: int

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for line, _ in self.page.lines)

    @property
    def head(self) -> tuple[str, ...]:
        return self.lines[:HEAD]

    @cached_property
    def numbers(self) -> list[tuple[int, int | None]]:
        """The page numbers that are the document's own."""
        return [(n, of) for n, of in self.page.numbers if of not in self.running]

    @cached_property
    def paragraphs(self) -> list[int]:
        """The numbers of the §§ that begin on the page."""
        return [int(found[1]) for line in self.lines if (found := _PARAGRAPH.match(line.strip()))]

    @cached_property
    def meetings(self) -> frozenset[str]:
        """Dates and numbers of the protocols that its head and foot name."""
        edges = (line for line, _ in self.page.edges)
        return frozenset(found[1] or found[2] for line in edges for found in _MEETING.finditer(line))

    @cached_property
    def registered(self) -> frozenset[str]:
        return frozenset(number for line in self.lines for number in _registered(line))

    @cached_property
    def ended(self) -> bool:
        """Whether it looks like the last page of its document: short, numbered as the last, signed or sent out."""
        if len(self.lines) <= _SHORT * self.fullest:
            return True
        if any(of is not None and n == of for n, of in self.page.numbers):
            return True
        return any(map(_is_closing, self.close)) or any(is_names(line.strip()) for line in self.close[-3:])

    @cached_property
    def body(self) -> tuple[str, ...]:
        """Its lines without page numbers and the like."""
        return tuple(line.strip() for line in self.lines if not _edge(line))

    @property
    def at_rest(self) -> bool:
        """Whether its last sentence is whole."""
        return bool(self.body) and self.body[-1].endswith(_STOPS)

    @cached_property
    def close(self) -> tuple[str, ...]:
        """Its last lines, those who get the decision and nothing before them where they are named."""
        lines = self.lines[-_CLOSE:]
        sent = max((i for i, line in enumerate(lines) if _is_closing(line)), default=0)
        return lines[sent:]

    @cached_property
    def is_protocol(self) -> bool:
        """Whether the page's head is that of a protocol or an agenda, whose §§ come on later pages."""
        return any(any(front in line.lower() for front in table().fronts) for line in self.head)


def score(document: list[_View], page: _View, *, bookmarked: bool = False) -> float:
    """How much speaks for a new document on ``page``, ``document`` being the pages since the last first page."""
    if not page.lines or not document:
        return 0.0
    before = document[-1]
    numbers = _by_numbers(document, page)
    if numbers == _NEVER:
        return _NEVER
    paragraphs, meeting = _by_paragraphs(document, page), _by_meeting(document, page)
    announced = _by_name(document, page)
    known = frozenset().union(*(view.registered for view in document))
    registered = any(number not in known for line in page.head for number in _registered(line))
    begun = announced > 0 or paragraphs > 0 or numbers >= 2.0
    total = numbers + paragraphs + meeting + announced + _by_letter_head(document, page) + bookmarked
    total += 0.75 * (registered and begun) + 0.75 * (before.ended and begun)
    total -= 2.0 * _goes_on(before, page)
    # Without numbers or a meeting of its own, a name in the head should be met by an ended page before it.
    return total if numbers >= 2.0 or meeting > 0 or before.ended or before.at_rest else total - 0.75


def _by_numbers(document: list[_View], page: _View) -> float:
    """Page numbers that begin again, or that are another file's; ``_NEVER`` where they go on."""
    before = document[-1].numbers
    if any((n - 1, of) in before for n, of in page.numbers):
        return _NEVER
    totals = [(n, of) for n, of in page.numbers if of is not None]
    known = [(n, of) for view in document for n, of in view.numbers if of is not None]
    weight = 0.0
    if any(n == of for n, of in before):
        weight += 1.0
    bare = [n for n, of in page.numbers if of is None]
    if any(n == 1 for n, _ in totals) or (bare == [1] and len(before) == 1 and before[0][0] > 1):
        return weight + 2.0
    if any(m < n for n, of in totals for m, whole in known if whole == of):
        return _NEVER  # a number between them was not read
    if totals and not known and any(n == len(document) + 1 for n, _ in totals):
        return _NEVER  # the pages before have no number
    if totals and any(of is not None for _, of in before) and not {of for _, of in totals} & {of for _, of in known}:
        return weight + 2.0  # of another file
    return weight


def _by_paragraphs(document: list[_View], page: _View) -> float:
    """A § in the page's head that does not follow the document's own."""
    head = [int(found[1]) for line in page.head[:6] if (found := _PARAGRAPH.match(line.strip()))]
    if not head:
        return 0.0
    known = [number for view in document for number in view.paragraphs]
    if not known:
        return 0.0 if any(view.is_protocol for view in document) else 1.5
    if known[-1] <= head[0] <= known[-1] + 3:
        return -2.0
    if head[0] > known[-1] and _letterhead(page) & frozenset().union(*(_letterhead(view) for view in document)):
        return 0.0  # extracts of one protocol
    if head[0] < min(known):
        return 1.5 + 0.75 * any(plain(line) == "beslut" for line in page.head)
    return 1.5 if head[0] > known[-1] + _FAR else 0.75


def _letterhead(page: _View) -> frozenset[str]:
    """The lines above the page's first §, without what differs from page to page."""
    above = takewhile(lambda line: not _PARAGRAPH.match(line.strip()), page.lines[:4])
    return frozenset(plain(line) for line in above) - {""}


def _by_meeting(document: list[_View], page: _View) -> float:
    """The date or number of a protocol in head or foot: another one's, or still the same."""
    known = frozenset().union(*(view.meetings for view in document))
    if not known or not page.meetings:
        return 0.0
    return -2.0 if known & page.meetings else 1.5


def _by_name(document: list[_View], page: _View) -> float:
    """What the page's head calls the document, if that was not on the pages before."""
    ending = document[-1].close
    if any(_PARAGRAPH.match(line.strip()) for line in ending[-3:]):
        return 0.0  # the title of the § that the page before ends with
    if titles(page.lines[: HEAD + 6]) > 2 or (titles(page.head) and titles(ending)):
        return 0.0  # a list of documents
    if any(plain(line) in table().lists for line in (*ending, *page.head[:TOP])):
        return 0.0
    old = {plain(line) for view in document for line in view.head}
    found = [weight for line, weight in announcements(page.head) if plain(line) not in old]
    appendix = any(_APPENDIX.match(line.strip()) for line in page.head[:VERY_TOP])
    if any(view.paragraphs for view in document):  # a protocol has appendices and reservations of its own
        found, appendix = [weight for weight in found if weight >= 1.5], False
    several = len(found) > 1 or appendix
    return max(found) + 0.75 * several if found else 0.0


def _by_letter_head(document: list[_View], page: _View) -> float:
    """An addressee, a handläggare, a date: what stands in the head of a letter and not on the page before."""
    labels = {label(line) for line in page.head} - {""}
    known = {label(line) for line in document[-1].head}
    weight = 0.75 * (len(labels) >= 2 and len(labels - known) >= 1)
    old = {line.strip() for view in document for line in view.head}
    dated = any(_PLACE_AND_DATE.search(line.strip()) and line.strip() not in old for line in page.head[:TOP])
    return weight + 0.75 * dated


def _registered(line: str) -> list[str]:
    """Registry numbers, and nothing that is a date or a span of years."""
    return [number for number in _REGISTERED.findall(line) if not _YEARS.fullmatch(number)]


def _goes_on(before: _View, page: _View) -> bool:
    """Whether a sentence or a list of documents goes on over the page break."""
    body, following = before.body, page.body
    if not body or not following:
        return False
    if _is_closing(body[-1]) and plain(body[-1]).endswith(" till"):
        return True  # those who get the decision follow
    if body[-1][-1] not in '.:!?)”"' and following[0][0].islower():
        return True
    listed = any(plain(line) in table().listed_under for line in before.close)
    return listed and any(re.search(rf"{DATE}(?: § ?\d+)?$", line) for line in following[:2])


def _is_closing(line: str) -> bool:
    return plain(line).startswith(table().closings)


def _edge(line: str) -> bool:
    return sum(ch.isalpha() for ch in line) < 8 or bool(re.search(r"\(\d+\)\s*$", line))
