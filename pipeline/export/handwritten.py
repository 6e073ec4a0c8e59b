"""Whom a citizen's paper names as its writer, without a list of given names: behind the labels of a form, under a
greeting, after "jag heter"; and the address that is filled in. The writer is a private person: all of it is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..citizens import NAME, STOPS, person_of

_LABEL = re.compile(
    r"(?i)(?:(?:ditt|mitt|ert|dina|för-?\s?och|förslagsställarens|förslagslämnarens|sökandens)\s+)?"
    r"(?:(?:för|efter|till)?namn|tilltalsnamn|namnf[öo]rtydligande|namnteckning|namnunderskrift|underskrift(?:er)?|signatur|"
    r"f[öo]rslagsställare|f[öo]rslagslämnare|insändare|avsändare|kontaktperson|inlämna[dt]\s+av|undertecknad)\b"
    r"(?:\s+(?:på|av)\s+f[öo]rslagsställaren?)?(?:\s*[,/&]\s*\w+|\s+och\s+\w+|\s*\([^)\n]{0,40}\))*[\s.…_:*]*"
)
_OTHER_LABEL = re.compile(
    r"(?i)(?:(?:post|gatu|bostads|e-?post|mejl|mail)?adress|tel(?:efon|e?fonnummer|nr|\.)?|mobil\w*|e-?post|e-?mail|"
    r"(?:ort\s+och\s+|ort/)?datum|ort|postn\w*|personn\w*|kommun|rubrik|förslag\w*|motivering|beskrivning|ärende)\b"
)
_INLINE = re.compile(
    r"(?i:\b(?:underskrift|namnf[öo]rtydligande|namnteckning|namn)\s*:?\s+|\b(?:jag\s+heter|mitt\s+namn\s+är|undertecknad,?)\s+)"
    rf"(?P<name>{NAME})"
)
_GREETING = re.compile(
    r"(?i)\s*(?:med\s+|många\s+|bästa\s+)?(?:vänlig\w*(?:\s+hälsning\w*)?|hälsning(?:ar|en)?|högaktningsfullt|mvh|m\.v\.h\.?|"
    r"tack\s+på\s+förhand|hälsar)\s*[,.!/]*(?P<rest>.{0,60})"
)
_WRITTEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’´.-]|[ ](?! ))*")  # what one cell holds, up to a digit or another sign
_CAPITALS = re.compile(rf"(?:{NAME}|[^\W\d_a-zåäö][\w'’-]+)\s*(?:$|[,.\d])")  # a whole cell, or up to a sign
_DETAIL_LABEL = re.compile(
    r"(?i)(?:(?:post|gatu|bostads|e-?post|mejl|mail|hem)?adress|tel(?:efon(?:nummer)?|nr)?|tfn|mobil(?:telefon|nummer)?|"
    r"e-?post|e-?mail|mejl|postn(?:umme)?r)\b(?:\s*[,/&]\s*\w+|\s+och\s+\w+|\s*\([^)\n]{0,40}\))*[\s.…_:*]*"
)
_DETAIL = re.compile(r"(?!.*\b(?:19|20)\d\d-\d\d-\d\d\b).*(?:\d|@|\.(?:se|com|nu|net|org|eu)\b)")
_CELL = re.compile(r"\S+(?:[ ]\S+)*")
_MOST_WORDS = 5
_FAR = 3  # lines from a label to what is filled in under it


class Cell(NamedTuple):
    """A cell of a line: its text, the column where it begins, and where that is in the whole text."""

    text: str
    column: int
    start: int


def written_names(text: str) -> set[str]:
    """Every name that a citizen's paper gives as its writer's.

    >>> sorted(written_names("Namn\\nAdela Zwiripov\\nAdress\\nStorgatan 4"))
    ['Adela Zwiripov']
    >>> sorted(written_names("Namn: adela zwiripov     Telefon: 0504-123 45"))
    ['adela zwiripov']
    >>> sorted(written_names("Vänliga hälsningar\\nAdela Maria Zwiripov"))
    ['Adela Maria Zwiripov']
    """
    names = {found for match in _INLINE.finditer(text) if (found := person_of(match["name"]))}
    rows = _rows(text)
    for row, below in _pairs(rows):
        names |= set(_labelled(row, below))
    for n, row in enumerate(rows):
        greeting = _GREETING.fullmatch(" ".join(cell.text for cell in row))
        if greeting:
            under = (cell.text for later in rows[n + 1 : n + 3] for cell in later)
            names |= set(signed_names([greeting["rest"], *under]))
    return {" ".join(name.split()) for name in names}


def written_details(text: str) -> Iterator[tuple[int, int]]:
    """Where a form's address, telephone number and mail stand that are filled in beside or under their labels.

    >>> text = "Adress\\nNorrby 4, Tibro"
    >>> [text[a:b] for a, b in written_details(text)]
    ['Norrby 4, Tibro']
    """
    for row, below in _pairs(_rows(text)):
        for k, cell in enumerate(row):
            label = _DETAIL_LABEL.fullmatch(cell.text)
            filled = _filled(row, k, below) if label else None
            if filled and _DETAIL.match(filled.text):
                yield filled.start, filled.start + len(filled.text)


def _rows(text: str) -> list[list[Cell]]:
    """The cells of every line that has some, parted by tabs or by two spaces and more."""
    rows, start = [], 0
    for line in text.split("\n"):
        rows.append([Cell(m.group(), m.start(), start + m.start()) for m in _CELL.finditer(line)])
        start += len(line) + 1
    return rows


def _pairs(rows: list[list[Cell]]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Each row with the next one that holds anything, if it is near."""
    for n, row in enumerate(rows):
        if row:
            yield row, next(filter(None, rows[n + 1 : n + 1 + _FAR]), [])


def _filled(row: list[Cell], k: int, below: list[Cell]) -> Cell | None:
    """What is filled in for a label that is a cell of its own: the cell beside it, else the one under it."""
    beside = row[k + 1] if k + 1 < len(row) else None
    if beside and not _is_label(beside.text):
        return beside
    under = min(below, key=lambda cell: abs(cell.column - row[k].column), default=None)
    return under if under and not _is_label(under.text) else None


def _is_label(text: str) -> bool:
    return bool(_LABEL.match(text) or _OTHER_LABEL.match(text))


def signed_names(cells: list[str]) -> Iterator[str]:
    """The cells of a sign-off that hold nothing but a name."""
    for cell in cells:
        found = re.fullmatch(rf"\s*({NAME})\s*[,.]?\s*", cell)
        name = person_of(found[1]) if found else None
        if name:
            yield name


def _labelled(row: list[Cell], below: list[Cell]) -> Iterator[str]:
    """What stands behind a label in its cell or in the next one, else under it."""
    for k, cell in enumerate(row):
        label = _LABEL.match(cell.text)
        if not label:
            continue
        whole = label.end() == len(cell.text)
        filled = _filled(row, k, below) if whole else None
        if filled and filled in below and not _CAPITALS.match(filled.text):
            continue
        found = _value(filled.text if filled else cell.text[label.end() :])
        if found:
            yield found


def _value(cell: str) -> str | None:
    """The name that a cell begins with: a few words without digits that are no label."""
    found = _WRITTEN.match(cell)
    if not found or _is_label(cell):
        return None
    words = found.group().strip(" .-").split()
    end = next(
        (n for n, word in enumerate(words) if _OTHER_LABEL.fullmatch(word) or _LABEL.fullmatch(word)), len(words)
    )
    words = words[:end]
    if len(words) == 1:
        return words[0] if words[0][:1].isupper() and words[0].lower() not in STOPS else None
    return " ".join(words) if 1 < len(words) <= _MOST_WORDS and person_of(" ".join(words)) else None
