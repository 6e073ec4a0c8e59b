"""A record in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .labels import label
from .visible import visible

Json = dict[str, Any]

MARGIN = 17  # width of the column of names
SHOWN = 220  # characters of one att-sats


def summarise(record: Json) -> RenderableType:
    """Kind, title, att-satser, parties, signatories, outcomes, votes, words repaired, notes."""
    head = [record["kind"], _municipality(record), record["body"], record["date"], *record["dnr"]]
    first = Text(visible(record["source"]["name"]), style="bold")
    first.append(_part(record) + "  ")
    first.append(" · ".join(visible(str(part)) for part in head if part), style="not bold")
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=MARGIN)
    grid.add_column()
    for name, value in _rows(record):
        grid.add_row(Text(f"  {name}", style="cyan"), Text(visible(value).replace("\n", " ")))
    return Group(first, grid, "")


def _part(record: Json) -> str:
    part = record["source"]["part"]
    return f" ({part['n']} of {part['of']})" if part["of"] > 1 else ""


def _municipality(record: Json) -> str | None:
    return record["municipality"]["name"] if record["municipality"] else None


def _rows(record: Json) -> Iterator[tuple[str, str]]:
    for item in record["items"]:
        yield from _item(item)
    if record["parties"]:
        yield "parties", " ".join(sorted(party["code"] for party in record["parties"]))
    if record["signatories"]:
        yield "signed by", people(record["signatories"])
    if record["attendance"]:
        yield "present", f"{len(record['attendance'])} persons"
    yield "text", _reading(record)
    if record["notes"]:
        yield "notes", ", ".join(_counted(note) for note in record["notes"])
    if record["review"]:
        yield "to review", f"{len(record['review'])} values with low confidence"


def _item(item: Json) -> Iterator[tuple[str, str]]:
    title = " ".join(part for part in (item["paragraph"], item["title"]) if part)
    if title:
        yield "matter" if item["paragraph"] else "title", title
    if item["motion_authors"]:
        yield "raised by", people(item["motion_authors"])
    for i, proposal in enumerate(item["proposals"]):
        by = f" ({proposal['by']})" if proposal["by"] else ""
        name = {"request": "att-satser"}.get(proposal["act"], proposal["act"])
        first = i == 0 or item["proposals"][i - 1]["act"] != proposal["act"]
        yield name if first else "", f"{proposal['n']}. {shortened(proposal['text'])}{by if first else ''}"
    for outcome in item["outcomes"]:
        by = f" by {outcome['by']}" if outcome["by"] else ""
        yield "outcome", f"{label('outcome', outcome['outcome']).swedish} ({outcome['act']}{by}) of {outcome['of']}"
    for vote in item["votes"]:
        yield "vote", f"{vote['yes']} ja, {vote['no']} nej, {vote['abstain']} avstår, {vote['absent']} frånvarande"
    if item["reservations"]:
        yield "reservations", people(item["reservations"])


def people(persons: list[Json]) -> str:
    """Names with their parties.

    >>> people([{"name": "Eva Ek", "party": "V"}, {"name": "Bo Bok", "party": None}])
    'Eva Ek (V), Bo Bok'
    """
    return ", ".join(p["name"] + (f" ({p['party']})" if p["party"] else "") for p in persons)


def shortened(text: str, limit: int = SHOWN) -> str:
    """A text cut at a word, with an ellipsis where something is left out.

    >>> shortened("one two three", 9)
    'one two …'
    """
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + " …"


def _reading(record: Json) -> str:
    quality = record["quality"]
    words = len(record["text"]["repaired"].split())
    pages = record["source"]["pages"]
    return (
        f"{pages} page{'s' if pages > 1 else ''}, {quality['ocr']}"
        + (f" (read with {quality['read_with']})" if quality["read_with"] else "")
        + f", {len(record['repairs'])} repairs in {words} words"
    )


def _counted(note: Json) -> str:
    count = note.get("count", 1)
    return f"{note['code']} ×{count}" if count > 1 else str(note["code"])
