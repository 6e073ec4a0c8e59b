"""The views: nothing of a document becomes markup, every mark lies where the record says."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console

from pipeline.document import (
    Edit,
    Item,
    Matter,
    Mention,
    Note,
    Outcome,
    Outline,
    Page,
    Part,
    Party,
    Person,
    Proposal,
    Protocol,
    Quality,
    Scan,
    Section,
    Source,
    Span,
    Transcript,
    Value,
    Vote,
)
from pipeline.laws import schema, validate
from pipeline.record import record
from pipeline.show.labels import label
from pipeline.show.markup import Html, tag
from pipeline.show.page import page
from pipeline.show.summary import summarise
from pipeline.show.text import render
from pipeline.show.view import Block, noted, view
from pipeline.show.visible import visible

HOSTILE = '<script>alert("x")</script>'
RAW = (
    f"Motion om tr&d {HOSTILE}\n\n"
    "Kommunen har f|a trad. Eva\x1b[31m Ek (V) xx vill se fler.\n"
    "\fSida 2\n"
    "Vi foreslar\n"
    "1. att plantera trad,\n"
    "2. att skota dem.\n"
)


def at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """A valid record of two pages with repairs (one deletes), a person, two proposals, an outcome and a vote."""
    edits = [
        Edit(at(RAW, "tr&d"), "träd", "restore.letters", 0.99),
        Edit(at(RAW, "f|a"), "få", "restore.letters", 0.5),
        Edit(at(RAW, " xx"), "", "restore.noise", 0.7),
        Edit(at(RAW, "foreslar"), "föreslår", "restore.letters", 0.999),
    ]
    end = RAW.index("\f")
    scan = Scan(
        Source(f"{HOSTILE}.txt", "0" * 64, "text/plain", len(RAW.encode()), 2, Part(1, 1, (1, 2))),
        RAW,
        (Page(1, Span(0, end), "given"), Page(2, Span(end + 1, len(RAW)), "given")),
        notes=(Note("ocr.test", f"A note {HOSTILE}", (Span(0, 6),)), Note("ocr.whole", "All.", (Span(0, len(RAW)),))),
    )
    transcript = Transcript(scan, tuple(edits), Quality("wrong-language", "eng", 0.3, 0.9))
    text = transcript.text
    title, stem = at(text, f"Motion om träd {HOSTILE}"), at(text, "Vi föreslår")
    first, second = at(text, "att plantera trad,"), at(text, "att skota dem.")
    item = Item(
        Span(0, len(text)),
        None,
        Value(f"Träd {HOSTILE}", 0.9, (title,)),
        (
            Section("title", (title,), 0.99),
            Section("background", (at(text, "Kommunen har få trad. Eva\x1b[31m Ek (V) vill se fler."),), 0.4),
            Section("furniture", (at(text, "Sida 2"),), 0.9),
            Section("stem", (stem,), 0.9),
            Section("proposal", (at(text, "1. att plantera trad,\n2. att skota dem."),), 0.9),
        ),
        (
            Proposal(1, "att plantera träd,", "Vi föreslår", "V", "request", 0.97, (first,)),
            Proposal(2, "att sköta dem.", "Vi föreslår", "V", "request", 0.97, (second,)),
        ),
    )
    outline = Outline(transcript, Value("motion", 0.99, (title,)), None, (item,))
    person = at(text, "Eva\x1b[31m Ek")
    outcome = Outcome("motion", "bifall", "nämnden", "recommendation", "bifall", 0.9, (title,))
    vote = Vote("bifall", 3, 2, 1, 0, None, None, None, (), 0.9, (title,))
    protocol = Protocol(
        outline,
        Value(("Huddinge", "0126"), 0.9, (title,)),
        None,
        None,
        (),
        (Person(f"Eva Ek {HOSTILE}", "V", None, 0.9, (person,)),),
        (),
        (Party("V", "Vänsterpartiet", 0.9, (at(text, "(V)"),)),),
        (Matter(outcomes=(outcome,), votes=(vote,)),),
        (
            Mention("PER", "Eva Ek", "Eva Ek", 0.9, (person,)),
            Mention("LOC", HOSTILE, HOSTILE, 0.9, (at(text, HOSTILE),)),
        ),
    )
    document = record(protocol)
    assert validate(document) == []
    return document


def text_of(block: Block) -> str:
    return "\n".join("".join(piece.text for piece in line.pieces) for line in block.lines)


# The layout


def test_blocks_follow_sections_and_pages(made: dict[str, Any]) -> None:
    blocks = view(made).blocks
    assert [(block.label, block.page) for block in blocks] == [
        ("title", None),
        ("background", None),
        ("furniture", 2),
        ("stem", None),
        ("proposal", None),
    ]
    assert [block.first_of_item for block in blocks] == [True, False, False, False, False]


def test_no_text_is_lost_or_doubled(made: dict[str, Any]) -> None:
    shown = "".join(text_of(block) for block in view(made).blocks)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", visible(made["text"]["repaired"]))


def test_marks_lie_where_the_record_says(made: dict[str, Any]) -> None:
    pieces = [piece for block in view(made).blocks for line in block.lines for piece in line.pieces]
    repaired = made["text"]["repaired"]
    for piece in pieces:
        assert visible(repaired[piece.start : piece.start + len(piece.text)]) == piece.text
    assert {piece.repair for piece in pieces} - {None} == {0, 1, 2, 3}
    assert [piece.text for piece in pieces if piece.repair == 2] == [""]  # what was deleted still has a place
    assert "".join(piece.text for piece in pieces if piece.proposal == 0) == "att plantera trad,"
    assert "".join(piece.text for piece in pieces if piece.entity == 0) == "Eva\ufffd[31m Ek"


def test_notes_stand_where_they_belong(made: dict[str, Any]) -> None:
    pieces = [piece for block in view(made).blocks for line in block.lines for piece in line.pieces]
    assert [(piece.note, piece.start, piece.text) for piece in pieces if piece.note is not None] == [(0, 0, "")]
    assert noted({"text": {"repaired": "x" * 99}, "notes": [{"code": "x.y", "at": [{"repaired": [0, 5]}] * 50}]}) == {}


def test_a_line_of_no_section_is_other() -> None:
    empty = {
        "text": {"repaired": "alone"},
        "source": {"part": {"pages": [1, 1]}},
        "items": [],
        "sections": [],
        "entities": [],
        "repairs": [],
        "notes": [],
    }
    assert [block.label for block in view(empty).blocks] == ["other"]


# The page


class Reader(HTMLParser):
    """Collects elements and visible text, and complains about elements left open."""

    VOID = frozenset({"meta", "input", "link", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def html(made: dict[str, Any]) -> str:
    return page([made])


@pytest.fixture(scope="module")
def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_nothing_of_the_document_becomes_markup(html: str, read: Reader) -> None:
    assert not any(tag == "script" for tag, _ in read.elements)
    assert "<script" not in html
    assert HOSTILE in "".join(read.text)
    assert "ocr.test: A note &lt;script&gt;" in html
    assert "\x1b" not in html


def test_no_request_leaves_the_page(read: Reader) -> None:
    assert not {tag for tag, _ in read.elements} & {"script", "link", "img", "iframe", "object", "form", "base"}
    for _, attributes in read.elements:
        assert not {"src", "style", "srcset", "action"} & set(attributes)
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    style = "".join(re.findall(r"<style>(.*?)</style>", page([]), re.S))
    assert "url(" not in style
    assert "@import" not in style


def test_policy_allows_only_the_style_sheet(html: str, read: Reader) -> None:
    [policy] = [a["content"] for t, a in read.elements if a.get("http-equiv") == "Content-Security-Policy"]
    [style] = re.findall(r"<style>(.*?)</style>", html, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_ids_are_unique_and_links_lead_somewhere(made: dict[str, Any]) -> None:
    reader = Reader()
    reader.feed(page([made, made]))
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {(attributes["href"] or "")[1:] for _, attributes in reader.elements if "href" in attributes}
    assert targets <= set(ids)
    labelled = {attributes["aria-labelledby"] for _, attributes in reader.elements if "aria-labelledby" in attributes}
    assert labelled <= set(ids)


def test_page_can_be_read_by_everyone(read: Reader) -> None:
    elements = dict(read.elements)
    assert elements["html"]["lang"] == "sv"
    assert [tag for tag, _ in read.elements].count("main") == 1
    assert [tag for tag, _ in read.elements].count("h1") == 1
    repairs = [attributes for tag, attributes in read.elements if (attributes.get("class") or "").startswith("repair")]
    assert repairs
    assert all(attributes["tabindex"] == "0" for attributes in repairs)


def test_repairs_show_the_original(html: str) -> None:
    assert 'class="old">tr&amp;d</span>' in html
    assert 'class="new">träd</span>' in html
    assert "restore.letters, 99 %" in html
    assert 'class="repair unsure"' in html


def test_panel_says_what_was_found(read: Reader) -> None:
    text = "".join(read.text)
    for part in ("Motion", "Huddinge (0126)", "att plantera träd,", "Bifall", "Läst med fel språk", "Läsning"):
        assert part in text
    assert ("abbr", {"title": "Vänsterpartiet"}) in read.elements
    for part in ("Eva Ek",):
        assert part in text


def test_contrast_of_the_colours() -> None:
    """WCAG AA, 4.5 to 1, for every colour of text on the grounds it stands on, light and dark."""
    style = "".join(re.findall(r"<style>(.*?)</style>", page([]), re.S))
    light, dark = re.findall(r":root \{(.*?)\}", style, re.S)
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", scheme))
        for ink in ("ink", "quiet", "link", "person", "party", "number", "doubt"):
            assert contrast(colours[ink], colours["sheet"]) >= 4.5, ink
        for ink in ("ink", "quiet", "link"):
            assert contrast(colours[ink], colours["ground"]) >= 4.5, ink
        for ground in ("proposal", "floor", "decision", "recommendation"):
            for ink in ("ink", "person", "party", "number"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["tip-ink"], colours["tip"]) >= 4.5
        assert contrast(colours["sheet"], colours["proposal-ink"]) >= 4.5


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# The terminal


def printed(*parts: Any, color: bool = False) -> str:
    console = Console(
        width=100, record=True, force_terminal=color, markup=False, highlight=False, quiet=False, file=None
    )
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    return captured.get()


def test_terminal_gets_no_control_characters(made: dict[str, Any]) -> None:
    assert "\x1b" not in printed(summarise(made), render(made))


def test_terminal_view_names_the_sections(made: dict[str, Any]) -> None:
    shown = printed(render(made))
    for part in ("Rubrik", "Bakgrund ?", "Ingress till förslag", "Att-sats", "sida 2", "föreslår"):
        assert part in shown


def test_summary_has_what_a_person_wants_first(made: dict[str, Any]) -> None:
    shown = printed(summarise(made))
    for part in ("motion · Huddinge", "att plantera träd,", "(V)", "4 repairs in", "read with eng", "ocr.test"):
        assert part in shown


# Small parts


@pytest.mark.parametrize("text", ["\x1b[31m", "\x00", "\x9b31m", "\u202egnp.exe", "\u2066x", "\x7f"])
def test_invisible_characters_are_shown(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert "\ufffd" in visible(text)


def test_ordinary_text_is_left_alone() -> None:
    assert visible("Ärende 1\t–\n\f§ 2") == "Ärende 1\t–\n\f§ 2"


def test_attributes_are_escaped() -> None:
    assert tag("a", "x", title='"><script>') == '<a title="&quot;&gt;&lt;script&gt;">x</a>'
    assert tag("p", Html("<b>x</b>"), "<i>") == "<p><b>x</b>&lt;i&gt;</p>"


PLACES = {
    "kind": ("properties", "kind"),
    "ocr": ("properties", "quality", "properties", "ocr"),
    "entity": ("properties", "entities", "items", "properties", "type"),
    "section": ("$defs", "section", "properties", "kind"),
    "outcome": ("$defs", "outcome", "properties", "outcome"),
    "act": ("$defs", "proposal", "properties", "act"),
}


@pytest.mark.parametrize("what", PLACES)
def test_every_code_of_the_record_has_a_name(what: str) -> None:
    node = schema()
    for key in PLACES[what]:
        node = node[key]
    assert node["enum"]
    assert [code for code in node["enum"] if label(what, code) == (code, code)] == []
