"""One self-contained HTML page: the text with everything marked, and what was found beside it.

No script, no request to anywhere; the content security policy allows nothing but the page's own style sheet.
The interface is in Swedish, with English in the tooltips.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources
from typing import Any

from .facts import facts
from .labels import Label, label
from .markup import Html, join, safe, tag, void
from .view import Block, Line, Piece, View, view

Json = dict[str, Any]

UNSURE = 0.6  # below this a value is drawn as doubtful

LAYERS = (
    ("sections", "Avsnitt", "sections", True),
    ("names", "Namn och uppgifter", "names and references", True),
    ("repairs", "Reparationer", "repairs", True),
    ("original", "Texten som den lästes", "the text as it was read", False),
)


def page(records: list[Json]) -> str:
    """The page for one or more valid records."""
    title = " · ".join(dict.fromkeys(_title(record) for record in records[:3]))
    return shell(
        title,
        tag("a", "Till texten", href="#d0-text", class_="skip"),
        _bar(records),
        tag("main", *(_document(record, n) for n, record in enumerate(records))),
    )


def shell(title: str, *body: Html) -> str:
    """A page that may load nothing and run nothing, around its body."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = join(
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=policy),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        Html(f"<style>{style}</style>"),
    )
    return f'<!doctype html>\n<html lang="sv">\n<head>{head}</head>\n<body>{join(*body)}</body>\n</html>\n'


@lru_cache(maxsize=1)
def _style() -> str:
    return resources.files("pipeline.show").joinpath("page.css").read_text(encoding="utf-8").strip()


def _title(record: Json) -> str:
    titles = [item["title"] for item in record["items"] if item["title"]]
    kind = label("kind", record["kind"]).swedish
    return f"{kind}: {titles[0]}" if titles else f"{kind}: {record['source']['name']}"


def _bar(records: list[Json]) -> Html:
    """The switches of what is shown; they work without script, by their place before the text."""
    switches = [
        tag(
            "label",
            void("input", type="checkbox", id=f"show-{name}", checked=on),
            tag("span", swedish),
            title=english,
        )
        for name, swedish, english, on in LAYERS
    ]
    jumps = [tag("a", _title(record), href=f"#d{n}") for n, record in enumerate(records) if len(records) > 1]
    return tag(
        "header",
        tag("strong", "attsats"),
        tag("fieldset", tag("legend", "Visa", class_="hidden"), *switches),
        tag("nav", *jumps, aria_label="Dokument") if jumps else Html(""),
        class_="bar",
    )


def _document(record: Json, n: int) -> Html:
    shown = view(record)
    blocks = [_block(block, shown, n) for block in shown.blocks]
    return tag(
        "article",
        facts(shown, f"d{n}"),
        tag("div", *blocks, class_="text", id=f"d{n}-text", tabindex="-1"),
        id=f"d{n}",
        aria_labelledby=f"d{n}-title",
    )


def _block(block: Block, shown: View, n: int) -> Html:
    names = label("section", block.label)
    unsure = block.confidence is not None and block.confidence < UNSURE
    parts = []
    if block.page is not None:
        parts.append(tag("div", f"Sida {block.page}", class_="page", title=f"page {block.page}"))
    if block.first_of_item and len(shown.record["items"]) > 1 and block.item is not None:
        item = shown.record["items"][block.item]
        heading = " ".join(part for part in (item["paragraph"], item["title"]) if part)
        parts.append(tag("h2", heading or "Ärende", class_="item", id=f"d{n}-item{block.item}"))
    chip = tag("span", names.swedish, class_="chip", title=_tip(names, block.confidence))
    body = tag("div", *_lines(block.lines, shown, n), class_="body")
    parts.append(tag("section", chip, body, class_=f"block k-{block.label}{' unsure' if unsure else ''}"))
    return join(*parts)


def _tip(names: Label, confidence: float | None) -> str:
    return names.english + (f", {percent(confidence)} sure" if confidence is not None else "")


def percent(confidence: float) -> str:
    """A probability as a person writes it.

    >>> percent(0.998)
    '99.8 %'
    """
    return f"{confidence * 100:.1f}".removesuffix(".0") + " %"


def _lines(lines: tuple[Line, ...], shown: View, n: int) -> list[Html]:
    """The lines of a block; ``soft`` line ends give way on narrow screens, those at a blank line stay."""
    made = []
    for before, line in zip((None, *lines), lines, strict=False):
        if before is not None:
            soft = before.pieces and line.pieces
            made.append(join(" ", void("br", class_="soft" if soft else None)))
        made.append(join(*(_piece(piece, shown, n) for piece in line.pieces)))
    return made


def _piece(piece: Piece, shown: View, n: int) -> Html:
    made = Html(safe(piece.text))
    if piece.note is not None:
        note = shown.record["notes"][piece.note]
        made = tag("span", "⚠", class_="warning", role="img", title=f"{note['code']}: {note['message']}")
    if piece.repair is not None:
        made = _repair(piece, shown.record["repairs"][piece.repair])
    if piece.entity is not None:
        made = _entity(made, shown.record["entities"][piece.entity])
    if piece.proposal is not None:
        proposal = shown.proposals[piece.proposal]
        begins = piece.text and any(piece.start == start for start, _ in proposal.at[:1])
        act = label("act", proposal.value["act"])
        number = tag(
            "span",
            f"{proposal.value['n']}",
            class_="number",
            id=f"d{n}-p{piece.proposal}",
            title=f"proposal {proposal.value['n']}, {act.english}, {percent(proposal.value['confidence'])} sure",
        )
        made = join(number if begins else Html(""), tag("span", made, class_=f"proposal a-{proposal.value['act']}"))
    return made


def _repair(piece: Piece, repair: Json) -> Html:
    """The new text, the old one beside it (hidden by default), and a note that shows on hover and focus."""
    why = f"{repair['rule']}, {percent(repair['confidence'])}"
    old = repair["from"] if piece.start == repair["repaired"][0] else ""
    doubtful = " unsure" if repair["confidence"] < UNSURE else ""
    note = tag(
        "span",
        tag("del", _shown(repair["from"])),
        " → ",
        tag("ins", _shown(repair["to"])),
        tag("small", why),
        class_="tip",
        role="tooltip",
    )
    return tag(
        "span",
        tag("span", old, class_="old"),
        tag("span", piece.text or "‸", class_="new" if piece.text else "new gone"),
        note,
        class_=f"repair{doubtful}",
        tabindex="0",
    )


def _shown(text: str) -> str:
    """Text for a note: what has no ink gets a sign."""
    return text.replace("\n", "⏎").replace("\f", "⏎").replace("\t", "⇥") or "∅"


def _entity(inner: Html, entity: Json) -> Html:
    names = label("entity", entity["type"])
    normal = f": {entity['normalized']}" if entity["normalized"] and entity["normalized"] != entity["text"] else ""
    return tag(
        "span",
        inner,
        class_=f"entity e-{entity['type'].lower()}",
        title=f"{names.swedish} ({names.english}){normal}, {percent(entity['confidence'])}",
    )
