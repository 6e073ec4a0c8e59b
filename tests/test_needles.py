"""What a pattern needs must stand in whatever it matches: a needle that is wrong loses findings silently."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.needles import Quick, needles
from pipeline.segment.lines import fold
from pipeline.segment.tables import _rows, load_tables

PATTERNS = {quick.pattern for quick in load_tables().formulas.values()}
PATTERNS |= {quick.pattern for _, quick in load_tables().furniture} | {e.pattern.pattern for e in load_tables().kinds}


def test_every_example_of_the_tables_holds_what_its_pattern_needs() -> None:
    for name in ("formulas.tsv", "furniture.tsv", "kinds.tsv"):
        for row in _rows(name):
            pattern, example = re.compile(row[-2], re.M), fold(row[-1])
            if pattern.search(example):
                assert Quick(pattern).search(example), (name, row)


@given(st.data())
def test_whatever_a_pattern_of_the_tables_matches_holds_what_it_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(sorted(PATTERNS, key=lambda p: p.pattern)))
    text = data.draw(st.from_regex(pattern))
    assert Quick(pattern).search(text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(ab)?c|d+e", "dde"),
        (r"(?:x|yz)*q", "q"),
        (r"a[bc]d", "abd"),
        (r"(?i)ja|nej", "NEJ"),
        (r"(?i:ja) nu", "JA nu"),
        (r"(?=.*bo)\w+", "abo"),
        (r"(?<!a)b(?!c)", "b"),
        (r"(a)\1b", "aab"),
        (r"^$", ""),
        (r"(?>ab|cd)e", "cde"),
        (r"a{2,3}b", "aab"),
    ],
)
def test_parts_of_all_kinds(pattern: str, text: str) -> None:
    assert Quick(re.compile(pattern)).search(text)


def test_a_text_without_them_is_not_searched() -> None:
    assert needles(re.compile(r"\b(votering|omrostning)(en)?\b")) == {"votering", "omrostning"}
    assert not Quick(re.compile("votering")).may_match("ingen")
