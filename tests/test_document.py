"""The laws of coordinates: every span of the repaired text walks back to raw characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Edit, Page, Part, Quality, Scan, Source, Span, Transcript, Word


def scan_of(text: str) -> Scan:
    source = Source("a.txt", "0" * 64, "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    return Scan(source, text, (Page(1, Span(0, len(text)), "given"),))


def transcript_of(text: str, edits: list[tuple[int, int, str]]) -> Transcript:
    made = tuple(Edit(Span(a, b), new, "test.rule", 0.9) for a, b, new in edits)
    return Transcript(scan_of(text), made, Quality("clean", None, 0.0, 1.0))


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    text = draw(st.text(alphabet="abcåä &|\n", min_size=0, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    edits = [(a, b, draw(st.text(alphabet="xyzö", max_size=4))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return transcript_of(text, edits)


@given(transcripts())
def test_repaired_text_is_the_edits_applied(transcript: Transcript) -> None:
    text, raw = transcript.text, transcript.scan.text
    for edit, there in zip(transcript.edits, transcript.repaired_spans(), strict=True):
        assert text[there.start : there.end] == edit.text
    kept_raw, last = "", 0
    for edit in transcript.edits:
        kept_raw += raw[last : edit.span.start]
        last = edit.span.end
    kept_repaired, last = "", 0
    for there in transcript.repaired_spans():
        kept_repaired += text[last : there.start]
        last = there.end
    assert kept_raw + raw[transcript.edits[-1].span.end if transcript.edits else 0 :] == kept_repaired + text[last:]


@given(transcripts(), st.data())
def test_every_repaired_span_walks_back_inside_the_raw_text(transcript: Transcript, data: st.DataObject) -> None:
    text = transcript.text
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))
    raw = transcript.to_raw(Span(a, b))
    assert 0 <= raw.start <= raw.end <= len(transcript.scan.text)
    again = transcript.to_repaired(raw)
    assert again.start <= a
    assert again.end >= b


@given(transcripts(), st.data())
def test_a_span_outside_all_edits_reads_the_same_on_both_sides(transcript: Transcript, data: st.DataObject) -> None:
    text = transcript.text
    if not text:
        return
    i = data.draw(st.integers(0, len(text) - 1))
    if any(there.start <= i < there.end for there in transcript.repaired_spans()):
        return
    raw = transcript.to_raw(Span(i, i + 1))
    assert (
        transcript.scan.text[raw.start : raw.end].endswith(text[i])
        or text[i] in transcript.scan.text[raw.start : raw.end]
    )


@pytest.mark.parametrize("edits", [[(2, 4, "x"), (3, 5, "y")], [(3, 2, "x")], [(0, 99, "x")]])
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="sorted, apart"):
        transcript_of("abcdef", edits)


def test_words_and_pages_are_found_by_offset() -> None:
    source = Source("a.png", "0" * 64, "image/png", 9, 2, Part(1, 1, (1, 2)))
    words = tuple(Word(Span(a, b), p, Box(a, 0, b, 1), 0.9, 0) for a, b, p in [(0, 2, 1), (3, 5, 1), (6, 9, 2)])
    pages = (Page(1, Span(0, 6), "ocr", 10, 10, 100), Page(2, Span(6, 9), "ocr", 10, 10, 100))
    scan = Scan(source, "ab cd\fefg", pages, words)
    assert [w.span.start for w in scan.words_in(Span(1, 4))] == [0, 3]
    assert scan.words_in(Span(2, 3)) == ()
    assert (scan.page_at(5).number, scan.page_at(6).number, scan.page_at(99).number) == (1, 2, 2)
