"""``1 (3)`` at the heads and feet of pages, read as ``103)``: told by the numbers of the pages before and behind."""

from __future__ import annotations

import re
from collections import Counter

from ..document import Edit, Span

COUNT = "signs.page-count"
# At the end of a short line without another bracket.
_LINE = re.compile(
    r"^[^\n()]{0,70}?(?<![\w/-])(?:(?P<n>\d{1,3}) ?\((?P<of>\d{1,3})\)|(?P<run>\d{3,7})\))[ \t]*$", re.MULTILINE
)
_PAGES = 2  # that must agree
_ONLY = re.compile(r"^[^\n()]{3,70}[ \t](?P<read>1[01lI]{1,2}[1lI]\))[ \t]*$", re.MULTILINE)
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
    return [*_followed(text), *_odd(text), *_only(text)]


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
    said = {int(site["of"]) for site in _LINE.finditer(text) if site["n"]} if ends else set()
    pages = said.pop() if len(said) == 1 else text.rstrip().count("\f") + 1 if not said else 0
    for end in ends:
        begin = max(text.rfind("\n", 0, end), text.rfind("\f", 0, end)) + 1
        site = _ODD.fullmatch(text, begin, end)
        if site and int(site["n"]) == text.count("\f", 0, end) + 1 <= pages:
            found.append(Edit(Span(site.start("n"), end + 1), f"{site['n']} ({pages})", COUNT, 0.75))
    return found


def _followed(text: str) -> list[Edit]:
    """Numbers of pages that follow each other."""
    sites = list(_LINE.finditer(text))
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
