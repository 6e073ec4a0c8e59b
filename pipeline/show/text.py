"""The marked text of a record in the terminal: sections in the margin, names, proposals and repairs in colour."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from .labels import label
from .view import Block, Piece, View, view
from .visible import visible

Json = dict[str, Any]

ENTITY_STYLES = {
    "PER": "bright_blue",
    "PARTY": "magenta",
    "DATE": "yellow",
    "DNR": "yellow",
    "PARAGRAPH": "yellow",
    "LAW": "cyan",
    "PERSONNUMMER": "red",
    "CONTACT": "red",
}
OTHER_ENTITY = "blue"
REPAIR, DELETED, PROPOSAL, NOTED = "underline green", "red strike", "bold", "bold yellow"
MARGIN = 20


def render(record: Json) -> RenderableType:
    """The whole document, ready to be printed on a rich console."""
    shown = view(record)
    parts: list[RenderableType] = []
    for block in shown.blocks:
        if block.page is not None:
            parts.append(Rule(f"sida {block.page}", style="dim"))
        if block.first_of_item and len(record["items"]) > 1 and block.item is not None:
            parts.append(Rule(visible(_heading(record["items"][block.item])), style="bold", align="left"))
        parts.append(_block(block, shown))
    return Group(*parts, Padding(_legend(), (1, 0, 1, 0)))


def _heading(item: Json) -> str:
    return " ".join(part for part in (item["paragraph"], item["title"]) if part) or "ärende"


def _block(block: Block, shown: View) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 1, 0))
    grid.add_column(width=MARGIN, justify="right")
    grid.add_column()
    sure = "" if block.confidence is None or block.confidence >= 0.6 else " ?"
    text = Text()
    for i, line in enumerate(block.lines):
        text.append("\n" if i else "")
        for piece in line.pieces:
            text.append(piece.text or ("⚠" if piece.note is not None else "‸"), style=_style(piece, shown))
    grid.add_row(Text(label("section", block.label).swedish + sure, style="cyan"), text)
    return grid


def _style(piece: Piece, shown: View) -> str:
    styles = [NOTED] if piece.note is not None else []
    if piece.entity is not None:
        styles.append(ENTITY_STYLES.get(shown.record["entities"][piece.entity]["type"], OTHER_ENTITY))
    if piece.proposal is not None:
        styles.append(PROPOSAL)
    if piece.repair is not None:
        styles.append(REPAIR if piece.text else DELETED)
    return " ".join(styles)


def _legend() -> Text:
    text = Text("marked: ", style="dim")
    for name, style in (
        ("proposal", PROPOSAL),
        ("repaired", REPAIR),
        ("person", ENTITY_STYLES["PER"]),
        ("party", ENTITY_STYLES["PARTY"]),
        ("date, number", ENTITY_STYLES["DATE"]),
        ("law", ENTITY_STYLES["LAW"]),
        ("contact", ENTITY_STYLES["CONTACT"]),
        ("other name", OTHER_ENTITY),
    ):
        text.append(name, style=style)
        text.append("  ")
    return text
