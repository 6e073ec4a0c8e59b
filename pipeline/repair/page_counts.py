"""``1 (3)`` at the heads and feet of pages, read as ``103)``: told by the numbers of the pages before and behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator

from ..document import Edit, Span

COUNT = "signs.page-count"
# At the end of a short line without another bracket.
_LINE = re.compile(
    r"[^\n()]{0,70}?(?<![\w/-])(?:(?P<n>\d{1,3}) ?\((?P<of>\d{1,3})\)|(?P<run>\d{3,7})\))[ \t]*$", re.MULTILINE
)
_END = re.compile(r"\)(?<=\d\))[ \t]*$", re.MULTILINE)
_PAGES = 2  # that must agree
_ONLY = re.compile(r"^[^\n()]{3,70}[ \t](?P<read>1[01lI]{1,2}[1lI]\))[ \t]*$", re.MULTILINE)
_ENDED = re.compile(r"^(?P<head>[^\n()]{3,70}[ \t])(?P<read>[^\s()]{1,6}\))[ \t]*$", re.MULTILINE)
_HEADED = 8  # characters that a line which each page has says at least
_HEAD = 200  # characters: three or four lines
# The bracket and what is in it read as other signs: "1@)", "2(Q)"; at the end of a line that says little else.
_ODD_END = re.compile(r"\)(?<=[@QGqO(o]\))[ \t]*$", re.MULTILINE)
_ODD = re.compile(r"[^\n()]{0,70}?(?<![\w/-])(?P<n>\d{1,2}) ?(?P<odd>\(?[@QGqOo]?)")


def page_count_edits(text: str) -> list[Edit]:
    """Edits that put the blank and the bracket back, where all numbers of pages follow each other.

    >>> [e.text for e in page_count_edits("Skrivelse 103)\\nText\\fBerga kommun 203)\\nText")]
    ['1 (3)', '2 (3)']
    >>> page_count_edits("Skrivelse 103)\\nText"), page_count_edits("a 103)\\nb 408)\\n")
    ([], [])
    """
    if ")" not in text:
        return []
    found = {edit.span: edit for edit in (*_paged(text), *_followed(text), *_odd(text), *_only(text))}
    apart: list[Edit] = []
    for span in sorted(found):
        if not apart or span.start >= apart[-1].span.end:
            apart.append(found[span])
    return apart


def _paged(text: str) -> Iterator[Edit]:
    """Numbers of pages that most pages agree on, each with its own page.

    >>> pages = ["Berga PROTOKOLL 1 (16)", "a 2116)", "b", "Berga PROTOKOLL Sd6)", "Berga PROTOKOLL 5 (16)", "x 616)"]
    >>> [e.text for e in _paged("\\f".join(pages))], list(_paged("a 1 (1)\\fb 1 (1)"))
    (['2 (16)', '4 (16)', '6 (16)'], [])
    >>> [e.text for e in _paged("A 1 (9)\\fA 2 (9)\\fA 3 (9)\\nA 4 (9)\\fA 6 (9)\\fBerga nu Sd9)")]
    []
    >>> [e.text for e in _paged("Berga PROTOKOLL 1 (1)\\fBerga PROTOKOLL 202)")]
    ['(2)', '2 (2)']
    """
    pages = text.split("\f")
    sites = [list(_counted(page)) for page in pages]
    if len(pages) < _PAGES or not (agreed := _agreed(sites)):
        return
    first, total = agreed
    whole = (first, total) == (1, len(pages))  # as many pages as there are
    heads = Counter(_before(site) for at, found in enumerate(sites) for site in found if _says(site, first + at, total))
    begin = 0
    agree = [None if not found else any(_says(s, first + at, total) for s in found) for at, found in enumerate(sites)]
    known = {head for head in heads if len(head) >= _HEADED}
    for at, (page, found) in enumerate(zip(pages, sites, strict=True)):
        around = known if _between_agreeing(agree, at) else ()
        for start, end, new, sure in _mended(page, found, first + at, total, around):
            if not (new.startswith("(") and not whole):
                yield Edit(Span(begin + start, begin + end), new, COUNT, sure)
        begin += len(page) + 1


def _counted(text: str) -> Iterator[re.Match[str]]:
    """Lines that end with what may be the count of a page."""
    for end in _END.finditer(text):
        begin = text.rfind("\n", 0, end.start()) + 1
        if site := _LINE.match(text, begin, end.end()):
            yield site


def _agreed(sites: list[list[re.Match[str]]]) -> tuple[int, int] | None:
    """The number of the first page and how many there are, as most pages have it.

    As many as there are, told by one of them, is more than a total that two were read with: "(9)" for "(3)".
    """
    votes = Counter(
        vote
        for at, found in enumerate(sites)
        for vote in {(n - at, total) for site in found for n, total in _readings(site)}
    )
    of = Counter(total for found in sites for total in {t for site in found for n, t in _readings(site)})
    count = len(sites)
    best = min(votes, key=lambda vote: (-votes[vote], vote[1] != vote[0] + count - 1, -of[vote[1]], vote), default=None)
    if best is None:
        return None
    agreed, whole = votes[best], (1, count)
    plain = any(site["n"] and _says(site, 1 + at, count) for at, found in enumerate(sites) for site in found)
    if best[0] == 1 and best != whole and plain:
        best, agreed = whole, agreed + votes[whole]
    first, total = best
    enough = agreed >= _PAGES or (best == whole and agreed)
    if enough and agreed * 2 >= sum(map(bool, sites)) and first >= 1 and first + count - 1 <= total:
        return best
    return None


def _mended(
    page: str, found: list[re.Match[str]], n: int, total: int, heads: Container[str]
) -> Iterator[tuple[int, int, str, float]]:
    """Where the count of a page stands, and what it is; nothing where it was read as it is."""
    if any(site["n"] and _says(site, n, total) for site in found):
        return
    for site in found:
        if site["run"] and _says(site, n, total):
            yield site.start("run"), site.end("run") + 1, f"{n} ({total})", 0.95
            return
        if site["n"] and int(site["n"]) == n and int(site["of"]) != total:
            yield site.start("of") - 1, site.end("of") + 1, f"({total})", 0.8
            return
    for line in _ENDED.finditer(page):
        if line["head"].strip() in heads:
            yield line.start("read"), line.end("read"), f"{n} ({total})", 0.85
            return


def _between_agreeing(agree: list[bool | None], at: int) -> bool:
    """Whether the nearest pages with a number, on both sides, have the one that was agreed on.

    >>> _between_agreeing([True, None, True], 1), _between_agreeing([True, False, None], 2)
    (True, False)
    """
    nearest = (next((told for told in side if told is not None), True) for side in (agree[at::-1], agree[at:]))
    return all(nearest)


def _before(site: re.Match[str]) -> str:
    """What a line says before the count."""
    return site[0][: (site.start("n") if site["n"] else site.start("run")) - site.start()].strip()


def _says(site: re.Match[str], n: int, total: int) -> bool:
    return (n, total) in _readings(site)


def _only(text: str) -> list[Edit]:
    """``101)`` at the head of the only page.

    >>> [e.text for e in _only("Berga kommun PROTOKOLL 101)\\nText")], _only("a\\n\\fb 101)"), _only("Dnr (1\\na 101)")
    (['1 (1)'], [], [])
    """
    if "\f" in text.strip("\f\n "):
        return []
    found = _ONLY.search(text, 0, _HEAD)
    if not found or "(" in text[: found.start("read")]:
        return []
    return [Edit(Span(*found.span("read")), "1 (1)", COUNT, 0.85)]


def _odd(text: str) -> list[Edit]:
    """``1@)`` on the first page of two: what is in the bracket is told by the pages that there are.

    >>> [e.text for e in _odd("PROTOKOLL 1@)\\nText\\fPROTOKOLL 2(Q)\\nText")], _odd("se 3@)")
    (['1 (2)', '2 (2)'], [])
    """
    found = []
    ends = [match.start() for match in _ODD_END.finditer(text)]
    said = {int(site["of"]) for site in _counted(text) if site["n"]} if ends else set()
    pages = said.pop() if len(said) == 1 else text.rstrip().count("\f") + 1 if not said else 0
    for end in ends:
        begin = max(text.rfind("\n", 0, end), text.rfind("\f", 0, end)) + 1
        site = _ODD.fullmatch(text, begin, end)
        if site and int(site["n"]) == text.count("\f", 0, end) + 1 <= pages:
            found.append(Edit(Span(site.start("n"), end + 1), f"{site['n']} ({pages})", COUNT, 0.75))
    return found


def _followed(text: str) -> list[Edit]:
    """Numbers of pages that follow each other."""
    sites = list(_counted(text))
    if len(sites) < _PAGES or all(site["run"] is None for site in sites):
        return []
    votes = Counter(
        reading for at, site in enumerate(sites) for reading in {(n - at, total) for n, total in _readings(site)}
    )
    (first, total), agreed = max(votes.items(), key=lambda item: item[1], default=((0, 0), 0))
    if agreed < len(sites) or first + len(sites) - 1 > total:
        return []
    return [
        Edit(Span(*site.span("run"))._replace(end=site.end("run") + 1), f"{first + at} ({total})", COUNT, 0.95)
        for at, site in enumerate(sites)
        if site["run"]
    ]


def _readings(site: re.Match[str]) -> list[tuple[int, int]]:
    """The numbers of the page and of all pages that a place may say; the bracket was read as a digit or not at all."""
    if site["n"]:
        return [(int(site["n"]), int(site["of"]))]
    digits = site["run"]
    parts = [(digits[:i], digits[i + skip :]) for i in range(1, len(digits)) for skip in (0, 1)]
    return [(int(a), int(b)) for a, b in parts if b and b[0] != "0" and a[0] != "0" and int(a) <= int(b)]
