"""Punctuation that engines misread: full stops, quotes, abbreviations, the space after §."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Edit, Span
from .candidates import Candidate
from .model import MIXED, RepairModel
from .tokens import TITLE, Piece, shape

RARELY = 4  # a capital away from sentence starts costs at least this many shape steps (3 nats)
_OPENED = re.compile(r"(?<![^\s(])'(?=[^\W\d_][^\n'\"”]{1,90}[\"”](?![^\W_]))")
_MFL = re.compile(r"\bm[-,] ?fl\b[.,]?")
_LEFT_L = re.compile(r"(?<![^\s(])[\[{(]\.(?=[a-zåäö]{3})")
_P = r"(?:S|M|SD|C|V|KD|L|MP|D|FI|FP)"
_LIST = re.compile(
    rf"(?<=\))\.(?=\s+[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+){{1,2}}\s\({_P}\)(?:,| och\b))"
    rf"|(?<=\b[A-Z])\.(?= {_P} och {_P}\b)"
)
_TIGHT = re.compile(r"(?<=§)(?=\d{1,3}\b)")
_HEADING = re.compile(r"^[ \t]*§(?=\d{1,3}[ \t]+(?:Dnr|Diarie|Ärende))", re.M)
_WIDE = re.compile(r"§[ \t]\d")


def mark_edits(text: str) -> Iterator[Edit]:
    """Marks that can be told without knowing the words.

    >>> [(e.span, e.text) for e in mark_edits("'Sittande flicka\\" m-fl, [.udvigsson")]
    [(Span(start=0, end=1), '"'), (Span(start=18, end=23), 'm.fl.'), (Span(start=24, end=26), 'L')]
    """
    for match in _OPENED.finditer(text):
        yield Edit(Span(*match.span()), '"', "restore.punctuation", 0.9)
    for match in _MFL.finditer(text):
        yield Edit(Span(*match.span()), "m.fl.", "restore.punctuation", 0.95)
    for match in _LEFT_L.finditer(text):
        yield Edit(Span(*match.span()), "L", "restore.letters", 0.9)
    for match in _LIST.finditer(text):
        yield Edit(Span(match.start(), match.start() + 1), ",", "restore.punctuation", 0.85)
    tight = [m.start() for m in _TIGHT.finditer(text)]
    for match in _HEADING.finditer(text):
        yield Edit(Span(match.end(), match.end()), " ", "restore.split", 0.9)
    wide = len(_WIDE.findall(text))
    if wide and 4 * wide >= len(tight):
        for at in tight:
            yield Edit(Span(at, at), " ", "restore.split", 0.85)


def stop_edits(
    text: str, found: Sequence[Piece], chosen: Sequence[tuple[Candidate, float]], model: RepairModel
) -> Iterator[Edit]:
    """A comma before a word whose capital only the start of a sentence explains was a full stop."""
    for before, piece, (reading, _) in zip(found, found[1:], chosen[1:], strict=False):
        if text[before.end : before.end + 1] != "," or piece.begin - before.end != 2 or reading.word <= MIXED:
            continue
        if len(piece.text) > 1 and shape(piece.text) == TITLE and shape(reading.text) == TITLE:
            habits = model.shapes[reading.word]
            if ((habits >> 4 * TITLE) & 15) >= RARELY and (habits & 15) == 0:
                yield Edit(Span(before.end, before.end + 1), ".", "restore.punctuation", 0.9)
