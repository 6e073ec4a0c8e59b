"""Markdown that a converter put around the text: the signs of headings and of bold print, and escaped signs.

They belong to no word and to no line of the paper. Only a text with several headings so marked is taken for Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Edit, Span

_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(?=\S)", re.M)
_CLOSED = re.compile(r"(?<![ \t])[ \t]+#{1,6}[ \t]*$", re.M)  # "## Beslut ##"
# Bold and italic print; "* att" with a blank behind the sign is an item of a list.
_BOLD = re.compile(
    r"(?<![\w*_\\])(?P<open>\*{1,3}|_{1,3})(?=[^\s*_])[^\n*]{1,300}?(?<=[^\s*_\\])(?P<close>(?P=open))(?![\w*_])"
)
_ESCAPED = re.compile(r"\\(?=[-.*_#()\[\]+!|<>])")
HEADINGS = 2


def markup_edits(text: str) -> list[Edit]:
    """Edits that take the marks out, sorted; none in text that is no Markdown.

    >>> text = "# Motion\\n\\n## Bänkar\\n\\n**Datum:** 2023-05-02"
    >>> [text[e.span.start : e.span.end] for e in markup_edits(text)]
    ['# ', '## ', '**', '**']
    >>> markup_edits("# 1 i listan"), markup_edits("Läs ** och ##")
    ([], [])
    """
    if "#" not in text or len(_HEADING.findall(text)) < HEADINGS:
        return []
    spans = sorted({*_marks(text)})
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return [Edit(Span(start, end), "", "markup.mark", 0.99) for start, end in apart]


def _marks(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_HEADING, _CLOSED, _ESCAPED):
        yield from (m.span() for m in pattern.finditer(text))
    for bold in _BOLD.finditer(text):
        yield bold.span("open")
        yield bold.span("close")
