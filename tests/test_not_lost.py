"""Proposals that look like something else: a stamp, an address, a greeting, a name. None of them may be lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.segment import SegmentModel, load, segment
from tests.test_segment import labels, transcript

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted(
    path.with_suffix(".txt")
    for folder in (ROOT / "tests" / "cases" / "papers", ROOT / "benchmark" / "annotated" / "train")
    for path in folder.glob("*.json")
    if path.with_suffix(".txt").exists() and '"request"' in path.read_text(encoding="utf-8")
)
MOTION = """Motion om bänkar i parken

Det finns inga bänkar i parken och det är synd för alla som vill sitta där en stund och vila.

Vi yrkar

"""
ATT = "att bänkar köps in\n\n"


@cache
def model() -> SegmentModel:
    return load(ROOT / "models" / "structure-sv")


def requests(text: str) -> list[str]:
    return [p.text for item in segment(transcript(text), model()).items for p in item.proposals if p.act == "request"]


ENDS = {
    "web page": (ATT + "att en karta läggs ut på www.tibro.se\n", 2),
    "reported": (ATT + "att frågan anmäld 2019 besvaras\n", 2),
    "reported, with a bullet": ("- bänkar köps in\n- anmäld brist 2020 rättas\n", 2),
    "enclosure": (ATT + "att planen får en karta\n(bilaga till planen)\n", 2),
    "address": (ATT + "att ett anslag sätts upp på\nbox 12 vid torget\n", 2),
    "official": (ATT + "att kommunens rektor får pengar till bänkar\n", 2),
    "official in the next line": (ATT + "att fler\nutredare anställs\n", 2),
    "persons": (ATT + "att Ann Ek (S) och Bo Alm (M) väljs\n", 2),
    "second choice": ("I första hand att bänkar köps in\n\nI andra hand att bänkar hyrs\n", 2),
    "second choice, signed": ("I första hand att bänkar köps in\n\nI andra hand att bänkar hyrs\n\nAnn Ek (S)\n", 2),
    "greeting among them": (ATT + "Vänligen se även bilden\n\natt en karta ritas\n\nTibro 2020-01-02\nAnn Ek (S)\n", 2),
}


@pytest.mark.parametrize(("end", "count"), ENDS.values(), ids=list(ENDS))
def test_the_last_proposals_are_no_part_of_the_end(end: str, count: int) -> None:
    found = requests(MOTION + end)
    assert len(found) == count
    words = set(end.partition("\n\nAnn Ek")[0].partition("\n\nVänligen")[0].split())
    assert words - set(" ".join(found).split()) <= {"-"}


PLAIN = {
    "signed": "Fler bänkar köps in\n\nEn karta ritas\n\nAnn Ek (S)\n",
    "not signed": "Fler bänkar köps in\n\nEn karta ritas\n",
    "officials": "Fler bänkar köps in\n\nFler utredare anställs\n\nAnn Ek (S)\n",
}


@pytest.mark.parametrize("end", PLAIN.values(), ids=list(PLAIN))
def test_a_list_without_marks_keeps_its_last(end: str) -> None:
    asked = " ".join(requests(MOTION.replace("yrkar", "yrkar:") + end))
    assert asked == " ".join(end.partition("\n\nAnn Ek")[0].split())


@pytest.mark.parametrize("line", ["Hälsningar från äldre i byn", "Vänligen köp bänkar till oss", "Med vänlig hälsning"])
def test_a_greeting_above_the_proposals_signs_nothing(line: str) -> None:
    text = MOTION.replace("Vi yrkar", f"{line}\n\nVi yrkar") + ATT + "att en karta ritas\n\nAnn Ek (S)\n"
    assert requests(text) == ["att bänkar köps in", "att en karta ritas"]


SIGNED = {
    "greeting": ("Hälsningar från Ann\nAnn Ek, Storgatan 4\n", ["signature", "signature"]),
    "long greeting": ("Med vänlig hälsning\n\nAnn Ek för oss alla på gården\n", ["signature", "signature"]),
    "stamp": ("Ann Ek (S)\nink 2019-05-04\nDnr KS 2019:5\n", ["signature", "meta", "meta"]),
    "web page": ("Ann Ek (S)\n\nwww.socialdemokraterna.se\n", ["signature", "furniture"]),
    "party": ("Socialdemokraterna Tibro genom\n\nAnn Ek (S)\n", ["signature", "signature"]),
    "office": ("Ann Ek\nledamot i kommunfullmäktige\n", ["signature", "signature"]),
}


@pytest.mark.parametrize(("end", "wanted"), SIGNED.values(), ids=list(SIGNED))
def test_the_end_is_still_the_end(end: str, wanted: list[str]) -> None:
    text = MOTION + ATT + "att en karta ritas\n\n" + end
    by_line = labels(segment(transcript(text), model()))
    rows = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [by_line[n] for n in rows[-len(wanted) :]] == wanted
    assert requests(text) == ["att bänkar köps in", "att en karta ritas"]


def _without(text: str, by_line: dict[int, str], away: Sequence[str]) -> str:
    """The text with the lines under its last proposal that have one of the labels ``away`` blanked."""
    last = max((n for n, label in by_line.items() if label == "proposal"), default=0)
    return "\n".join("" if n > last and by_line.get(n) in away else line for n, line in enumerate(text.split("\n"), 1))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_paper_whose_signature_is_lost_asks_for_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    outline = segment(transcript(text), model())
    blanked = _without(text, labels(outline), ("signature", "meta", "furniture"))
    assert requests(blanked) == requests(text)


def test_the_papers_are_many_enough_to_say_something() -> None:
    asks: list[Any] = [json.loads(path.with_suffix(".json").read_text("utf-8"))["proposals"] for path in PAPERS]
    assert len(asks) > 40


EXTRACT = """PROTOKOLLSUTDRAG
Kommunstyrelsen 2020-02-03

§ 12 Motion om bänkar

Beslut

Kommunstyrelsen beslutar

att motionen bifalls,

{end}
"""
CLOSING = {
    "who gets the task": ("att uppdraget ges till tekniska nämnden.\n\nByggnadsnämnden", "decision", "distribution"),
    "the last word of an item": ("att uppdraget ges till\n\nbyggnadsnämnden", "decision", "decision"),
    "enclosed": ("att kartan i bilaga 1 antas.\n\nBilaga 1: Karta över parken", "decision", "basis"),
    "adopted as enclosed": ("att anta planen enligt\nbilaga 1: Karta över parken.", "decision", "decision"),
}


@pytest.mark.parametrize(("end", "upper", "lower"), CLOSING.values(), ids=list(CLOSING))
def test_the_end_of_a_matter_begins_below_its_decision(end: str, upper: str, lower: str) -> None:
    text = EXTRACT.format(end=end)
    by_line = labels(segment(transcript(text), model()))
    rows = [n for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert [by_line[n] for n in rows[-2:]] == [upper, lower]
