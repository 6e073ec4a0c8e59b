"""Wrong encodings as edits: cases with negatives, round trips through the codecs, laws."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Edit
from pipeline.quality import decode
from pipeline.repair.encoding import encoding_edits

CASES = json.loads((Path(__file__).parent / "cases" / "encoding.json").read_text(encoding="utf-8"))
TEXT = (
    "Motion om tryggare skolvägar i Åkersby\n\nFöräldrar är oroliga för sina barn när de går till skolan. "
    "Vi föreslår därför att nämnden får i uppdrag att se över hastigheterna på Östra Ängsvägen och Ågatan.\n"
    "Åsa Öberg, Märta Sjögren och Håkan Äng"
)


def apply(text: str, edits: list[Edit]) -> str:
    parts, last = [], 0
    for edit in edits:
        parts += [text[last : edit.span.start], edit.text]
        last = edit.span.end
    return "".join([*parts, text[last:]])


def _marked(cases: list[dict[str, str]]) -> list[object]:
    return [
        pytest.param(case, id=case["note"], marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)])
        if "xfail" in case
        else pytest.param(case, id=case["note"])
        for case in cases
    ]


@pytest.mark.parametrize("case", _marked(CASES))
def test_case(case: dict[str, str]) -> None:
    edits = encoding_edits(case["raw"])
    if case["want"] is None:
        assert edits == []
    else:
        assert apply(case["raw"], edits) == case["want"]
        assert all(edit.rule.startswith("encoding.") for edit in edits)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "cp850"),
        ("utf-8", "mac_roman"),
        ("cp850", "cp1252"),
        ("cp850", "latin-1"),
        ("mac_roman", "cp1252"),
        ("mac_roman", "latin-1"),
        ("cp1252", "mac_roman"),
        ("cp1252", "cp850"),
    ],
)
def test_mix_up_is_undone(written: str, read: str) -> None:
    garbled = "".join(bytes([b]).decode(read, "replace").replace("\ufffd", chr(b)) for b in TEXT.encode(written))
    assert garbled != TEXT
    assert apply(garbled, encoding_edits(garbled)) == TEXT


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp850", "mac_roman"])
def test_decode_finds_the_encoding(name: str) -> None:
    assert decode(TEXT.encode(name)) == (TEXT, name)


def test_decode_without_a_mark_and_with_signs_of_windows() -> None:
    assert decode(TEXT.encode("utf-16-le"))[0] == TEXT
    assert decode("”Åtgärder” – för".encode("cp1252")) == ("”Åtgärder” – för", "cp1252")
    assert decode(b"") == ("", "utf-8")


def test_edits_are_narrow() -> None:
    edits = encoding_edits("Nämnden för skola och vÃ¥rd")
    assert [(tuple(edit.span), edit.text) for edit in edits] == [((23, 25), "å")]


@given(
    st.text(alphabet=st.sampled_from("aåäö bnÃ¥¤¶Â§†„”â€™“├ñ√•\u00ad\ufb01\u200b\n\r\f|{}\x85\x8a\u030a¨"), max_size=60)
)
def test_edits_are_sorted_apart_and_inside(text: str) -> None:
    last = 0
    for edit in encoding_edits(text):
        assert last <= edit.span.start < edit.span.end <= len(text)
        assert text[edit.span.start : edit.span.end] != edit.text
        assert 0.0 < edit.confidence <= 1.0
        last = edit.span.end


@given(st.text(alphabet="abcdeåäö ÅÄÖ.,!?\n", max_size=200))
def test_plain_swedish_letters_are_never_touched(text: str) -> None:
    assert encoding_edits(text) == []


@given(st.binary(max_size=200))
def test_decode_takes_any_bytes(data: bytes) -> None:
    text, name = decode(data)
    assert isinstance(text, str)
    assert name
