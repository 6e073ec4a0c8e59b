"""Sentences that break off: a line that the scan or a page break lost is noted, never invented."""

from __future__ import annotations

import re
from itertools import pairwise

from ..document import Item, Note, Span, Transcript

_PROSE = frozenset({"background", "motivation", "summary", "assessment", "statement"})
# Words that no Swedish sentence ends with.
_OPEN = re.compile(
    r"\b(och|eller|samt|att|som|en|ett|den|de|i|på|av|för|med|till|från|vid|om|mot|mellan|inom|utan|är|har|kan|ska|"
    r"vars|där|när|genom|enligt)$"
)
_BLANK = re.compile(r"^(?P<last>[^\n]+)\n[ \t\f]*\n\s*(?P<next>[^\n]+)", re.M)
_STARTS_ANEW = re.compile(r"[A-ZÅÄÖ][a-zåäö]+ [a-zåäö]{2,}|[-–•*·] ")


def lost_lines(transcript: Transcript, items: tuple[Item, ...]) -> tuple[Note, ...]:
    """One note for every place where a sentence breaks off before a blank line and another begins after it."""
    text = transcript.text
    found: list[Span] = []
    for item in items:
        spans = sorted(span for section in item.sections if section.kind in _PROSE for span in section.at)
        for start, end in spans:
            for gap in _BLANK.finditer(text[start:end]):
                found += _breaks(gap["last"], gap["next"], start + gap.start("last"))
        for (a, b), (c, d) in pairwise(spans):
            if "\n\n" in text[b:c] or "\f" in text[b:c]:
                last = text[a:b].rsplit("\n", 1)[-1]
                found += _breaks(last, text[c:d].split("\n", 1)[0], b - len(last))
    if not found:
        return ()
    places = tuple(transcript.to_raw(span) for span in dict.fromkeys(found))
    return (Note("segment.text-lost", "A sentence breaks off here: a line may be missing.", places, len(places)),)


def _breaks(last: str, following: str, start: int) -> list[Span]:
    if _OPEN.search(last.rstrip()) and _STARTS_ANEW.match(following.strip()):
        return [Span(start, start + len(last.rstrip()))]
    return []
