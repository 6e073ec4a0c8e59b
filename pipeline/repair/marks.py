"""Punctuation that engines misread: full stops, commas, quotes, abbreviations, and the space beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Edit, Span
from .candidates import Candidate
from .model import MIXED, RepairModel
from .tokens import INSIDE, LOWER, TITLE, Piece, shape, tabled

RARELY = 4  # a capital away from sentence starts costs at least this many shape steps (3 nats)
# A pattern that starts with its sign is looked for much faster than one that first looks back at what is before it;
# patterns that cannot start so have a quick one beside them, which matches wherever they do.
_OPENED = re.compile(r"['’‘*](?<![^\s(].)(?=[^\W\d_][^\n'’\"”]{1,90}[\"”](?![^\W_]))")
_MFL = re.compile(r"m(?<!\w.)(?:[-,_] ?|\.)fl\b(?P<stop>[.,]?)(?=(?P<tight>[a-zåäö]{2})?)")
_LEFT_L = re.compile(r"[\[{(](?<![^\s(].)\.(?=[a-zåäö]{3})")
PARTY = r"(?:S|M|SD|C|V|KD|L|MP|D|FI|FP)"  # the codes that stand in brackets and lists
_LIST = re.compile(rf"\({PARTY}\)(?P<stop>\.)(?=\s+[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+){{1,2}}\s\({PARTY}\)(?:,| och\b))")
_BARE_LIST = re.compile(rf"\b{PARTY}(?P<stop>\.)(?= {PARTY} ?och {PARTY}\b)")
_BARE_LIST_QUICK = re.compile(r"[A-Z]\. [A-Z]{1,3} ?och ")
# One of those who vote or move, with what parts them from the next.
_MEMBER = re.compile(
    rf"\({PARTY}\)(?P<stop>[,.])(?=\s+[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+){{0,3}}\s(?P<next>\({PARTY}\)))"
)
_MEMBER_QUICK = re.compile(rf"\({PARTY}\)\.\s")
_AFTER_DATE = re.compile(r"\.(?:(?<=\b20\d\d\.)(?= §)|(?<=§ \d{2}\.)(?= den \d)|(?<=§ \d{3}\.)(?= den \d))")
_TWICE = re.compile(r"['’](?<=[\"”].)(?=[^\W\d_])")
# Two quotation marks in a row where one of them opens or closes nothing.
_PAIRS = ("''", "’’", '""', "””", "'\"", "'”", '’"', "’”", '"”', '”"')
_DOUBLE_OPEN = re.compile(r"(?:'[\"”]|[\"”][\"”]|''|’’)(?<![^\s(]..)(?=[^\W\d_])")
_DOUBLE_CLOSE = re.compile(r"(?:[\"”][\"”]|['’][\"”]|''|’’)(?<=[\w.]..)(?=[.,;:]?(?:\s|$))")
# A blank read behind the thin mark that opens a quotation, "' Sittande flicka'"; behind a double one it may be printed.
_GAPED = re.compile(
    r"(?:^|(?<=[\s(]))['’](?P<gap> )(?=[^\W\d_][^'\"’”\n]{2,60}(?<=[\w.!?])['\"’”](?!\w))", re.MULTILINE
)
_SINGLE = re.compile(r"(?<![\w'’])['’‘](?=\w)")
_QUOTED = 120  # characters before a mark where what it closes may have been opened
_AT = re.compile(r"\w\.[\w-]+(?P<gap> )@(?=\n?[\w-]+\.[\w.-]*[a-z]{2}\b)")
_HEADS = r"(?:Handling|Yrkand|F[oéöd6]rslag|Proposition|Omr[oéöd6]st|Beslut|Reservation|Sammanfattning|Protokolls)"
_NUMBERED = re.compile(rf"(?:\b(?:nr|[Bb]ilaga|[a-z]{{3,9}} 20)|§) ?\d{{1,4}}(?P<stop>,)(?=\s*\n\s*{_HEADS})")
_NUMBERED_QUICK = re.compile(r",(?<=\d,)\s*\n[HYFPOBRS]")
_FOUND = re.compile(r"\bfinns \w+ f\w+rslag till be\w+$")  # what the chair finds is named behind the comma
_SLASH = re.compile(r"(?<=[a-zåäöé]{2})[ \t]+(?=/[^\W\d_]{3})")
_PAGES_QUICK = re.compile(r"\(\d{1,3}\)[ \t]*$", re.M)
_PAGES = re.compile(r"(?<![\w.,:/-])(?P<page>\d{1,3})(?P<gap>[ \t]?)\((?P<of>\d{1,3})\)(?=[ \t]*$)", re.M)
_LINE_END_QUICK = re.compile(r",[ \t]*\n[ \t]*\n[A-ZÅÄÖ]")
_LINE_END = re.compile(r"(?<!\w)[a-zåäöé&46]{2,}(?P<stop>,)(?=[ \t]*\n[ \t]*\n[A-ZÅÄÖ][a-zåäöé&46]+(?![-\w]))")
_HALFWAY_QUICK = re.compile(r"\. [a-zåäöé&46]{2}")
_HALFWAY = re.compile(r"(?<![\w.])[a-zåäöé]{4,}(?P<stop>\.)(?= [a-zåäöé&46]{2,} [a-zåäöé&46])")
# A speck behind a word that ends no sentence, before one in small letters.
_SPECK = re.compile(r"\b(?:och|att|samt|eller|som|till|med|av)(?P<stop>\.)(?=[ \n][a-zåäöé&46]{3,} )")
_ITEM = re.compile(r",(?:(?<=\n\d,)|(?<=\n\d\d,))(?=[ \t]+(?:[A-ZÅÄÖ][a-zåäöé&46]+|att)[ \n])")
_BEFORE_ITEM = re.compile(r"(?:\n[ \t]*|[:.][ \t]*)\n\d+\Z")
_BARRED = re.compile(r"^[ \t]*[^|\n]{0,80}\|[^\n]*\|[^\n]*$|^[ \t]*\d{1,3}\.?\|[^\n]*$", re.M)
_SEAM = re.compile(r"(?<=[^\s-])(?=\|)(?!\|-)|(?<=\|)(?=[^\s-])")
_SHORT = frozenset("inkl exkl resp nuv dvs tills prel komp bitr doktor prop omkr".split())


def mark_edits(text: str) -> Iterator[Edit]:
    """Marks that can be told without knowing the words.

    >>> sorted((e.span, e.text) for e in mark_edits("'Sittande flicka\\" m-fl, [.udvigsson"))
    [(Span(start=0, end=1), '"'), (Span(start=18, end=23), 'm.fl.'), (Span(start=24, end=26), 'L')]
    """
    for match in _OPENED.finditer(text):
        yield Edit(Span(*match.span()), '"', "restore.punctuation", 0.9)
    for match in _LEFT_L.finditer(text):
        yield Edit(Span(*match.span()), "L", "restore.letters", 0.9)
    yield from member_edits(text)
    for match in _TWICE.finditer(text) if "'" in text or "’" in text else ():
        yield Edit(Span(*match.span()), "", "restore.punctuation", 0.85)
    for match in _GAPED.finditer(text) if "' " in text or "’ " in text else ():
        yield Edit(Span(*match.span("gap")), "", "restore.punctuation", 0.9)
    yield from _doubled(text)
    for match in _looked_for(_NUMBERED, _NUMBERED_QUICK, text):
        yield Edit(Span(*match.span("stop")), ".", "restore.punctuation", 0.9)
    for match in _looked_for(_LINE_END, _LINE_END_QUICK, text):
        if not _FOUND.search(text, max(0, match.start() - 40), match.start("stop")):
            yield Edit(Span(match.start("stop"), match.end("stop")), ".", "restore.punctuation", 0.75)
    for match in _SPECK.finditer(text):
        yield Edit(Span(*match.span("stop")), "", "restore.punctuation", 0.85)
    for match in _ITEM.finditer(text):  # "1, Nämnden" or "2, att" after a lead-in or a blank line
        if _BEFORE_ITEM.search(text, max(0, match.start() - 20), match.start()):
            yield Edit(Span(*match.span()), ".", "restore.punctuation", 0.9)
    for match in _looked_for(_HALFWAY, _HALFWAY_QUICK, text):
        if match[0][:-1] not in _SHORT:
            yield Edit(Span(match.start("stop"), match.end("stop")), ",", "restore.punctuation", 0.8)
    yield from read_edits(text)


def _doubled(text: str) -> Iterator[Edit]:
    """Two quotation marks where one was printed.

    >>> [(e.span.start, e.text) for e in _doubled('""Na fram" med Eva Berg""')]
    [(0, '"'), (23, '"')]
    """
    if any(pair in text for pair in _PAIRS):
        for match in _DOUBLE_OPEN.finditer(text):
            yield Edit(Span(*match.span()), '"', "restore.punctuation", 0.85)
        for match in _DOUBLE_CLOSE.finditer(text):
            if not _SINGLE.search(text, max(0, match.start() - _QUOTED), match.start()):
                yield Edit(Span(*match.span()), '"', "restore.punctuation", 0.85)


def member_edits(text: str) -> Iterator[Edit]:
    """The comma that stands between members of a list, read as a full stop."""
    listed = {m.span("stop") for m in (*_LIST.finditer(text), *_looked_for(_BARE_LIST, _BARE_LIST_QUICK, text))}
    for start, end in sorted(listed | set(_members(text))):
        yield Edit(Span(start, end), ",", "restore.punctuation", 0.85)


def _members(text: str) -> Iterator[tuple[int, int]]:
    """Full stops inside a list of members: only its last one, behind och or av, ends a sentence.

    >>> text = "A Ek (S), Bo Al (M). Cia By (V), Du Dal (C) och Eva Ek (L). Fia Go (S) röstar Nej."
    >>> [text[:end] for _, end in _members(text)]
    ['A Ek (S), Bo Al (M).']
    """
    following, inside = -1, False
    for match in _looked_for(_MEMBER, _MEMBER_QUICK, text):
        inside = match["stop"] == "," or (inside and match.start() == following)
        if inside and match["stop"] == ".":
            yield match.span("stop")
        following = match.start("next")


def _looked_for(pattern: re.Pattern[str], quick: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of a pattern, if the quick one finds anything."""
    return pattern.finditer(text) if quick.search(text) else iter(())


def read_edits(text: str) -> Iterator[Edit]:
    """Those of the marks that every engine misreads, whatever its language.

    >>> [(e.span, e.text) for e in read_edits("2023. § 8 i Sala /Berg")]
    [(Span(start=4, end=5), ','), (Span(start=16, end=17), '')]
    """
    for match in _MFL.finditer(text):
        end = match.end() + (not match["stop"] and text[match.end() : match.end() + 1] == ".")
        new = "m.fl. " if match["tight"] else "m.fl."
        if text[match.start() : end] != new:
            yield Edit(Span(match.start(), end), new, "restore.punctuation", 0.95)
    for match in _AFTER_DATE.finditer(text):
        yield Edit(Span(*match.span()), ",", "restore.punctuation", 0.95)
    for match in _SLASH.finditer(text) if " /" in text or "\t/" in text else ():
        yield Edit(Span(*match.span()), "", "restore.split", 0.95)
    for match in _AT.finditer(text) if " @" in text else ():
        yield Edit(Span(*match.span("gap")), "", "restore.split", 0.95)
    yield from _pages(text)
    if tabled(text):
        yield from _bars(text)


def _bars(text: str) -> Iterator[Edit]:
    """Strokes between the columns of a table stand apart from what is in them, as tables are drawn.

    >>> [(e.span, e.text) for e in _bars("| Ek (M)|X| |")]
    [(Span(start=8, end=8), ' '), (Span(start=9, end=9), ' '), (Span(start=10, end=10), ' ')]
    """
    for row in _BARRED.finditer(text):
        for seam in _SEAM.finditer(text, row.start(), row.end()):
            yield Edit(Span(seam.start(), seam.start()), " ", "restore.split", 0.97)
        if row[0].endswith("]") and "[" not in row[0]:
            yield Edit(Span(row.end() - 1, row.end()), " |", "restore.punctuation", 0.9)


def _pages(text: str) -> Iterator[Edit]:
    """``1(12)`` is printed ``1 (12)``: the space is thin and gets lost, unless the text always sets it so.

    >>> [(e.span, e.text) for e in _pages("Protokoll 1(2)")]
    [(Span(start=11, end=11), ' ')]
    """
    found = [m for m in _looked_for(_PAGES, _PAGES_QUICK, text) if int(m["page"]) <= int(m["of"])]
    tight = [m for m in found if not m["gap"]]
    if len(tight) == 1 or len(found) > len(tight):
        for match in tight:
            at = match.end("page")
            yield Edit(Span(at, at), " ", "restore.split", 0.9)


def stop_edits(
    text: str, found: Sequence[Piece], chosen: Sequence[tuple[Candidate, float]], model: RepairModel
) -> Iterator[Edit]:
    """A comma before a word whose capital only the start of a sentence explains was a full stop."""
    for before, piece, (said, _), (reading, _) in zip(found, found[1:], chosen, chosen[1:], strict=False):
        if text[before.end : before.end + 1] != "," or piece.begin - before.end != 2 or reading.word <= MIXED:
            continue
        if len(piece.text) > 1 and shape(piece.text) == TITLE and shape(reading.text) == TITLE:
            habits = model.shapes[reading.word]
            unusual = ((habits >> 4 * TITLE) & 15) >= RARELY and (habits & 15) == 0
            if unusual and _FOUND.search(text, max(0, before.end - 40), before.end):
                continue
            if (
                unusual
                and text[piece.end : piece.end + 1] != "-"
                and not (_capital_too(before, said, model) or _listed(text, piece, before, said))
            ):
                yield Edit(Span(before.end, before.end + 1), ".", "restore.punctuation", 0.9)


def _capital_too(piece: Piece, reading: Candidate, model: RepairModel) -> bool:
    """Whether a word that is no name has its capital all the same: one of a list of names (``Förskola, Skola``)."""
    return (
        piece.start == INSIDE
        and reading.word > MIXED
        and shape(reading.text) == TITLE
        and model.shapes[reading.word] >> 4 * LOWER & 15 < (model.shapes[reading.word] >> 4 * TITLE) & 15
    )


def _listed(text: str, piece: Piece, before: Piece, said: Candidate) -> bool:
    """Whether what stands around the comma is a list of names: ``Länsstyrelsen, Polisen och``."""
    if text[piece.end : piece.end + 2] == " &":
        return True
    capital = before.start == INSIDE and len(said.text) > 1 and shape(said.text) == TITLE
    return capital and text[piece.end :].startswith((",", " och", " samt"))
