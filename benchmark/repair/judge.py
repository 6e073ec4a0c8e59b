"""Which words and which edits are right, judged against what was printed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from pipeline.document import Page, Part, Scan, Source, Span, Transcript

from . import align


@dataclass(frozen=True)
class Judged:
    """One document: word counts and, per edit, its confidence and whether it is right."""

    words: int
    before: int
    after: int
    letters: int
    letters_wrong: int
    mended: int
    broken: int
    edits: list[tuple[str, float, bool]]
    left: list[tuple[str, str]]
    hurt: list[tuple[str, str, str]]


def scan_of(text: str) -> Scan:
    """A text as if it were given as a file; pages end at form feeds."""
    pages, start = [], 0
    for number, page in enumerate(text.split("\f"), 1):
        pages.append(Page(number, Span(start, start + len(page)), "given"))
        start += len(page) + 1
    return Scan(Source("", "", "text/plain", len(text), len(pages), Part(1, 1, (1, len(pages)))), text, tuple(pages))


def distance(a: str, b: str) -> int:
    """Letters to change, add or take away.

    >>> distance("nära", "nara.")
    2
    """
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def judge(transcript: Transcript, printed: str) -> Judged:
    """Judge one document."""
    raw, text = align.fold(transcript.scan.text), align.fold(transcript.text)
    truth = align.fold(printed).split()
    pairs_raw = align.words(raw.split(), truth, strict=True)
    places = align.tokens(text)
    words = [w for _, w in places]
    pairs = align.words(words, truth, strict=True)
    raw_words = raw.split()
    was = {j for i, j in pairs_raw if i >= 0 and j >= 0 and raw_words[i] == truth[j]}
    right_words = {i for i, j in pairs if i >= 0 and j >= 0 and words[i] == truth[j]}
    now = {j for i, j in pairs if i in right_words and j >= 0}
    read_as = {j: raw_words[i] for i, j in pairs_raw if i >= 0 and j >= 0}
    given_as = {j: words[i] for i, j in pairs if i >= 0 and j >= 0}
    left, letters_wrong = [], 0
    for a, b in align.blocks(words, truth):
        x, y = " ".join(words[i] for i in a), " ".join(truth[j] for j in b)
        if x != y:
            left.append((x, y))
            letters_wrong += distance(x, y)
    return Judged(
        len(truth),
        sum(i < 0 or j < 0 or raw_words[i] != truth[j] for i, j in pairs_raw),
        sum(i < 0 or j < 0 or words[i] != truth[j] for i, j in pairs),
        sum(map(len, truth)) + len(truth),
        letters_wrong,
        len(now - was),
        len(was - now),
        _edits(transcript, places, right_words),
        left,
        [(read_as[j], given_as.get(j, ""), truth[j]) for j in sorted(was - now)],
    )


def _edits(transcript: Transcript, places: list[tuple[int, str]], right: set[int]) -> list[tuple[str, float, bool]]:
    """An edit is right when every word it touches is."""
    # Folding may drop soft hyphens only: offsets agree otherwise.
    starts = [start for start, _ in places]
    out = []
    for edit, span in zip(transcript.edits, transcript.repaired_spans(), strict=True):
        begin, end = span.start, max(span.end, span.start + 1)
        if edit.text.isspace():  # a space put in is judged by the words on both sides of it
            begin, end = begin - 1, end + 1
        first = max(0, bisect_right(starts, begin) - 1)
        touched = []
        for k in range(first, len(places)):
            if starts[k] >= end:
                break
            if starts[k] + len(places[k][1]) > begin:
                touched.append(k)
        out.append((edit.rule, edit.confidence, bool(touched) and all(k in right for k in touched)))
    return out
