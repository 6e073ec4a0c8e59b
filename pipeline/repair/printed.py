"""What an engine makes of print that it read in the right language: blanks beside signs, and letters it has not.

These edits are made on text that was read from an image just now, never on text that was given: there a blank before
a slash may have been written so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..document import Edit, Span
from .marks import PARTY, member_edits, read_edits
from .printed_stops import rows_of_sections, stops_in_print

_BREAK = re.compile(r"[ \t]*<br>[ \t]*")
_TIGHT_BREAK = re.compile(r"\S<br>\S")
_SLASH = re.compile(r"(?<=\d{3})[ \t]+(?=/(?:\d\d(?!\d)|20\d\d))")
# "$kori" is Škori: no sum has letters behind its sign.
_CARON = re.compile(r"(?<![\w$&§])\$(?=([a-zåäö]{4}))")
_SOFT = re.compile(r"(?:\b[A-ZÅÄÖŠŽ]|\$)[a-zåäö]{2,12}i(?P<e>[éè])(?=[,.]?\s)")  # the surnames in -ić
_AT = re.compile(r"(?<=\w)[ \t]?[€©][ \t]?(?=[a-zåäö][\w-]*\.(?:[\w-]+\.)*[a-z]{2,3}\b)")
_NAME_BEFORE = re.compile(r"\b\w+\.[\w-]+$")
_HEAD = re.compile(r"^[ \t\f]*§(?=\d{1,3}[ \t]+(?:Dnr|Diarie|Ärende))", re.M)
_CROSSED = re.compile(r"(?<![^\s|])(?:(?P<left>[Il1\[\]])[Xx]|[Xx](?P<right>[Il1\[\]]))(?=[\s|])")
_ROW = re.compile(r"^[^\n|]*\|[^\n]*\|[^\n]*$", re.M)
_CHIEF = re.compile(r"(?<=[a-zåäö]{3}che)t\b")  # no word ends so
_OTHERS = re.compile(r"(?:\bm\.(?:f[i1]|t[li1])|(?<=[A-Z]\) )m[ft][li1])\.(?P<stop>[.,]?)(?=\s)")  # m.fl.
_TIGHT_HEAD = re.compile(r"^[ \t\f]*§(?=\d{1,3}(?:[ \t]|$))", re.M)
_WIDE_HEAD = re.compile(r"^[ \t\f]*§[ \t]\d{1,3}(?:[ \t]|$)", re.M)
_LETTERED = re.compile(r"(?<![\w.,:/-])\d{1,2}(?=[a-h] §)")  # "15a §"
_DOUBLE = re.compile(r"(?<=\b[A-ZÅÄÖ][a-zåäöé]{2}-)[ \t](?=[A-ZÅÄÖ][a-zåäöé]{2})")
_LISTED = re.compile(rf"\b{PARTY}(?P<stop>[,;] ?){PARTY}(?=,| och\b)")
_SEMICOLON = re.compile(rf"(?<=\(){PARTY}\)(?P<stop>;)(?=\s+[A-ZÅÄÖ][\w-]+\s[^\n;]{{0,40}}\({PARTY}\))")
_DIRT = re.compile(r"(?<!\S)[;:=,][ \t]|[ \t][;:=,](?=\n)")  # nobody prints them alone
_MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_FIRST = re.compile(rf"(?<=\bden )[Il|](?= (?:{_MONTHS})\b)")
_ABBREVIATED = re.compile(r"\bA[l|](?=-[a-zåäö]{4})")  # "Al-verktyg" is AI-verktyg
_MEMBER = re.compile(r"(?<=[.:] )[Il|](?= ledamot\b)")  # "9 Nej. 1 ledamot"
_NUMBERED = re.compile(
    r"\b(?P<prefix>(?P<letters>[A-ZÅÄÖ]{2,8})[- ]?(?:19|20)\d\d[-/])(?P<n>\d{1,6}(?P<more> \d{1,4})?)(?![\w-])"
)
_OFTEN = 3  # times that a registry is named for each time that another is, which is read like it
_ALIKE = (str.maketrans("C", "G"), str.maketrans("O", "Q"), str.maketrans("F", "P"))
_AGREE = 2  # numbers of one registry that are as long as each other
# An opening mark read as a straight one, and the closing one that was read behind it.
_QUOTED = re.compile(r"(?<![^\s(])\"(?=\w)[^\"”“]{1,400}?(?P<close>”)(?=[\s.,;:)]|\Z)")
_ITEM = re.compile(r"^[ \t]*(?P<n>\d{1,2})(?P<stop>[;:.])(?=[ \t]+[A-ZÅÄÖ])", re.M)


def printed_edits(text: str) -> list[Edit]:
    """Edits on text that was read from print; sorted, apart.

    >>> text = "för<br>Ås och <br>mål; Dnr 0497 /22; Ermin $korié (S)\\n"
    >>> [(text[e.span.start : e.span.end], e.text) for e in printed_edits(text)]
    [(' <br>', '<br>'), (' ', ''), ('$', 'Š'), ('é', 'ć')]
    """
    found = sorted((*read_edits(text), *member_edits(text), *_edits(text)), key=lambda e: e.span)
    apart: list[Edit] = []
    for edit in found:
        if not apart or edit.span.start >= apart[-1].span.end:
            apart.append(edit)
    return apart


def _edits(text: str) -> Iterator[Edit]:
    yield from _breaks(text)
    yield from _letters(text)
    yield from _items(text)
    yield from _registered(text)
    for match in _SLASH.finditer(text) if " /" in text else ():
        yield Edit(Span(*match.span()), "", "restore.split", 0.95)
    heads = _TIGHT_HEAD if "§" in text and _WIDE_HEAD.search(text) else _HEAD
    for match in (*heads.finditer(text), *(_LETTERED.finditer(text) if " §" in text else ())):
        yield Edit(Span(match.end(), match.end()), " ", "restore.split", 0.9)
    for match in _DOUBLE.finditer(text) if "- " in text else ():
        yield Edit(Span(*match.span()), "", "restore.split", 0.8)
    for match in _QUOTED.finditer(text):
        yield _quotation(text, match)
    for match in _CHIEF.finditer(text) if "chet" in text else ():
        yield Edit(Span(*match.span()), "f", "restore.letters", 0.85)
    for match in _OTHERS.finditer(text):
        yield Edit(Span(*match.span()), "m.fl.," if match["stop"] else "m.fl.", "restore.punctuation", 0.85)
    yield from rows_of_sections(text)
    yield from stops_in_print(text)
    yield from _crosses(text)
    for match in _DIRT.finditer(text):
        yield Edit(Span(*match.span()), "", "restore.punctuation", 0.85)
    for match in _ABBREVIATED.finditer(text):
        yield Edit(Span(*match.span()), "AI", "restore.letters", 0.85)
    for match in (*_FIRST.finditer(text), *(_MEMBER.finditer(text) if "edamot" in text else ())):
        yield Edit(Span(*match.span()), "1", "restore.digits", 0.9)
    for match in _SEMICOLON.finditer(text) if ");" in text else ():
        yield Edit(Span(*match.span("stop")), ",", "restore.punctuation", 0.85)
    for match in _LISTED.finditer(text):
        if match["stop"] != ", ":
            yield Edit(Span(*match.span("stop")), ", ", "restore.punctuation", 0.9)


def _quotation(text: str, match: re.Match[str]) -> Edit:
    """One of two marks that do not fit: behind a full stop the closing one was misread, else the opening one.

    >>> texts = ('"Ja till det.” sa', 'Statyn "Sittande flicka” står')
    >>> [(edit.span.start, edit.text) for t in texts for m in _QUOTED.finditer(t) for edit in [_quotation(t, m)]]
    [(13, '"'), (7, '”')]
    """
    closed = match.start("close")
    if text[closed - 1] == ".":
        return Edit(Span(closed, closed + 1), '"', "restore.punctuation", 0.8)
    return Edit(Span(match.start(), match.start() + 1), "”", "restore.punctuation", 0.8)


def _crosses(text: str) -> Iterator[Edit]:
    """A cross in a row of a table, read as one word with the upright line beside it.

    >>> [(e.span, e.text) for e in _crosses("| Ek (M) | X1 | |\\nIX för X1")]
    [(Span(start=11, end=13), 'X |')]
    """
    for row in _ROW.finditer(text) if "|" in text else ():
        for match in _CROSSED.finditer(text, row.start(), row.end() + 1):
            yield Edit(Span(*match.span()), "| X" if match["left"] else "X |", "restore.punctuation", 0.8)


def _breaks(text: str) -> Iterator[Edit]:
    """A break inside a cell of a table stands tight; blanks beside it mean nothing there."""
    if not _TIGHT_BREAK.search(text):
        return
    for match in _BREAK.finditer(text):
        if match[0] != "<br>":
            yield Edit(Span(*match.span()), "<br>", "restore.split", 0.95)


def _letters(text: str) -> Iterator[Edit]:
    """Š and ć, which the Swedish model does not have, and @.

    >>> [(e.span.start, e.text) for e in _letters("eva.ek € lund.se")]
    [(6, '@')]
    """
    for match in _CARON.finditer(text) if "$" in text else ():
        yield Edit(Span(*match.span()), "Š", "restore.letters", 0.85)
        root = match[1]
        for other in re.finditer(rf"\bS(?={root})", text):
            yield Edit(Span(*other.span()), "Š", "restore.letters", 0.75)
    for match in _SOFT.finditer(text) if "ié" in text or "iè" in text else ():
        yield Edit(Span(*match.span("e")), "ć", "restore.letters", 0.85)
    for match in _AT.finditer(text) if "€" in text or "©" in text else ():
        if _NAME_BEFORE.search(text, max(0, match.start() - 60), match.start()):
            yield Edit(Span(*match.span()), "@", "restore.letters", 0.9)


def _registered(text: str) -> Iterator[Edit]:
    """A blank inside a number of a registry whose other numbers are all as long without it.

    >>> [(e.span, e.text) for e in _registered("FG-2023-01 164, FG-2023-00145 och FG-2023-00002")]
    [(Span(start=10, end=11), '')]
    >>> list(_registered("KS 2023/12 16, KS 2023/14 och KS 2023/1"))
    []
    >>> [e.text for e in _registered("FC-2023-01164, FG-2023-00145, FG-2023-00146 och FG-2024-00002")]
    ['FG']
    """
    numbers = list(_NUMBERED.finditer(text))
    registries = Counter(m["letters"] for m in numbers)
    for match in numbers:
        letters = match["letters"]
        others = [r for r, n in registries.items() if n >= _OFTEN * registries[letters] and _read_alike(letters, r)]
        if len(others) == 1:
            yield Edit(Span(*match.span("letters")), others[0], "restore.letters", 0.85)
    for match in numbers:
        if match["more"]:
            lengths = [len(m["n"]) for m in numbers if not m["more"] and m["prefix"] == match["prefix"]]
            if len(lengths) >= _AGREE and set(lengths) == {len(match["n"]) - 1}:
                at = match.start("more")
                yield Edit(Span(at, at + 1), "", "restore.split", 0.85)


def _read_alike(letters: str, other: str) -> bool:
    """Whether one registry may be the other misread: ``FC`` is ``FG``.

    >>> _read_alike("FC", "FG"), _read_alike("KS", "KF"), _read_alike("FG", "FG")
    (True, False, False)
    """
    return letters != other and any(letters.translate(to) == other.translate(to) for to in _ALIKE)


def _items(text: str) -> Iterator[Edit]:
    """The stop behind an item's number, where the items follow each other and the stops do not agree.

    >>> [e.span for e in _items("1; Motionen\\n2: Handlingar\\n3. Beslut\\n")]
    [Span(start=1, end=2), Span(start=13, end=14)]
    >>> list(_items("1: Motionen\\n2: Handlingar\\n"))
    []
    """
    items = list(_ITEM.finditer(text))
    if len({item["stop"] for item in items}) < 2:
        return
    numbers = {int(item["n"]) for item in items}
    for item in items:
        n = int(item["n"])
        if item["stop"] != "." and numbers & {n - 1, n + 1}:
            yield Edit(Span(*item.span("stop")), ".", "restore.punctuation", 0.85)
