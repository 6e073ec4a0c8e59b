"""Letters that a wrong encoding spoiled, as edits on the raw text; the only module that knows ``ftfy``.

Two finders work side by side. ``ftfy`` reads each line for UTF-8 that was read as something else;
:mod:`pipeline.quality.mojibake` knows what ftfy leaves (CP850 and MacRoman read as Windows-1252, a lone ``Ã¥`` in
a good line). Typographic leftovers that break words follow: ligatures, soft hyphens, zero-width and control
characters, letters whose dots or ring stand apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import ftfy

from ..document import Edit, Span
from ..quality import mojibake

# Options are ignored unless a config goes in; explain makes ftfy keep to what it can name.
_CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    fix_c1_controls=False,
    remove_terminal_escapes=False,
    remove_control_chars=False,
    normalization=None,
    explain=True,
)
_GOOD = re.compile(r"[\n\f\t\r -~åäöÅÄÖéÉüÜ§–—”“’‘•…°½´·\u00a0\u00ad\ufb00-\ufb06]*\Z")

_RULE = {
    "utf8": "encoding.lone",
    "utf8-twice": "encoding.twice",
    "utf8-as-cp850": "encoding.cp850",
    "utf8-as-macroman": "encoding.macroman",
    "latin1-as-cp850": "encoding.cp850",
    "latin1-as-macroman": "encoding.macroman",
    "iso646-se": "encoding.iso646",
}

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LEFTOVER = re.compile(
    r"(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<soft>\u00ad(?!\s*\n))"  # at a line's end it is a hyphen: see lines
    r"|(?P<width>[\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<control>[\x00-\x08\x0b\x0e-\x1f\x7f]+|\r(?=\n))"
    r"|(?P<compose>[A-Za-z][\u0300-\u0304\u0306-\u030c\u0327\u0328])"
    r"|(?P<apart>[\u00a8\u02da][aAoOuU](?=\w)|(?<=\w)[\u00a8\u02da][aAoOuU])"
    r"|(?P<c1>[\x80-\x9f])"
)
# One of these stands in every leftover: most texts have none, and one class is looked for much faster.
_SUSPECT = re.compile(
    r"[\ufb00-\ufb06\u00ad\u200b-\u200d\u2060\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\r"
    r"\u0300-\u0304\u0306-\u030c\u0327\u0328\u00a8\u02da]"
)


def encoding_edits(text: str) -> list[Edit]:
    """Edits that undo wrong encodings and leftovers of typesetting: sorted, apart, as narrow as can be.

    >>> [(e.text, e.rule) for e in encoding_edits("Ã\\x85rsredovisning fÃ¶r skolan")]
    [('Å', 'encoding.ftfy'), ('ö', 'encoding.ftfy')]
    >>> encoding_edits("Motion av João Sá om ”närvård”, se not †")
    []
    """
    if text.isascii() and "}" not in text and "{" not in text and not _SUSPECT.search(text):
        return []
    edits = list(_garbled_edits(text))
    taken = {i for edit in edits for i in range(edit.span.start, edit.span.end)}
    edits += [edit for edit in _leftover_edits(text) if taken.isdisjoint(range(*edit.span))]
    return sorted(edits, key=lambda edit: edit.span)


def _garbled_edits(text: str) -> Iterator[Edit]:
    """Mojibake: ftfy by the line, then what it left."""
    garbled = mojibake.find(text)
    leave = _line_numbers(text, [g.start for g in garbled if g.mixup != "utf8"])
    taken: set[int] = set()
    for edit in _ftfy_edits(text, leave):
        taken.update(range(edit.span.start, edit.span.end))
        yield edit
    for g in garbled:
        if taken.isdisjoint(range(g.start, g.end)):
            yield Edit(Span(g.start, g.end), g.letters, _RULE.get(g.mixup, "encoding.lone"), g.confidence)


def _line_numbers(text: str, places: list[int]) -> set[int]:
    """The numbers of the lines that hold the sorted places."""
    numbers, number, last = set(), 0, 0
    for place in places:
        number += text.count("\n", last, place)
        last = place
        numbers.add(number)
    return numbers


def _ftfy_edits(text: str, leave: set[int]) -> Iterator[Edit]:
    """What ftfy changes, line by line, narrowed to the characters that differ; lines that ours reads are left."""
    offset = 0
    for number, line in enumerate(text.split("\n")):
        if number not in leave and not _GOOD.match(line):
            fixed = ftfy.fix_and_explain(line, _CONFIG).text
            if fixed != line:
                yield from _narrow(line, fixed, offset)
        offset += len(line) + 1


def _narrow(line: str, fixed: str, offset: int) -> Iterator[Edit]:
    """The letters that changed: as the mix-up's own table has them where that explains all, else word by word."""
    garbled = [g for g in mojibake.find(line) if g.mixup == "utf8"]
    if _replaced(line, garbled) == fixed:
        for g in garbled:
            yield Edit(Span(offset + g.start, offset + g.end), g.letters, "encoding.ftfy", 0.99)
        return
    old, new = line.split(" "), fixed.split(" ")
    if len(old) != len(new):
        old, new = [line], [fixed]
    for a, b in zip(old, new, strict=True):
        if a != b:
            head = _shared(a, b)
            tail = _shared(a[head:][::-1], b[head:][::-1])
            yield Edit(Span(offset + head, offset + len(a) - tail), b[head : len(b) - tail], "encoding.ftfy", 0.99)
        offset += len(a) + 1


def _replaced(line: str, garbled: list[mojibake.Garble]) -> str:
    for g in reversed(garbled):
        line = line[: g.start] + g.letters + line[g.end :]
    return line


def _shared(a: str, b: str) -> int:
    """How many characters two words begin with in common."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _leftover_edits(text: str) -> Iterator[Edit]:
    """Ligatures, soft hyphens, characters without width, control characters, dots and rings set apart."""
    if not _SUSPECT.search(text):
        return
    for match in _LEFTOVER.finditer(text):
        kind, seen = str(match.lastgroup), match[0]
        new = _leftover(kind, seen, text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
        if new is not None and new != seen:
            yield Edit(Span(*match.span()), new, f"encoding.{kind}", 0.97 if kind in ("apart", "soft") else 0.99)


def _leftover(kind: str, seen: str, before: str, after: str) -> str | None:
    """What stands for a leftover, or None where it may be meant."""
    if kind == "ligature":
        return _LIGATURES[seen]
    if kind == "soft":
        return "" if before.isalpha() and after.isalpha() else "-"
    if kind in ("width", "control"):
        return ""
    if kind == "compose":
        composed = unicodedata.normalize("NFC", seen)
        return composed if len(composed) == 1 else None
    if kind == "apart":
        mark = {"\u00a8": "\u0308", "\u02da": "\u030a"}[seen[0]]
        composed = unicodedata.normalize("NFC", seen[1] + mark)
        return composed if composed in "åäöüÅÄÖÜ" else None
    try:
        return seen.encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return ""
