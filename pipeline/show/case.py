"""A case as a time line in the terminal: what happened to a motion, and to each of its att-satser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from .visible import visible

Json = dict[str, Any]

_DID = {
    "answers": "answered",
    "remitted_to": "sent on",
    "recommends_on": "recommended",
    "decides": "decided",
    "postpones": "postponed",
    "refers_back": "sent back",
    "reserves_against": "reserved against",
    "floor_motion_on": "moved on the floor",
    "mentions": "listed",
}


def timeline(case: Json) -> RenderableType:
    """Title, movers, each document in order of time, each att-sats with its outcome."""
    head = Text(visible(case["title"] or "(no title)"), style="bold")
    if case["municipality"]:
        head.append(f"  {visible(case['municipality']['name'])}", style="not bold")
    grid = Table.grid(padding=(0, 2))
    for row in _rows(case):
        grid.add_row(*row)
    return Group(head, grid, "")


def _rows(case: Json) -> Iterator[tuple[Text, Text, Text]]:
    if case["authors"]:
        movers = ", ".join(f"{a['name']} ({a['party'] or '–'})" for a in case["authors"])
        sources = {a["from"] for a in case["authors"]} - {case["motion"]}
        named = f"  [named in {', '.join(sorted(sources))}]" if sources else ""
        yield Text("  raised by", style="cyan"), Text(visible(movers + named)), Text("")
    if raised := case.get("raised"):
        told = "" if raised["from"] == case["motion"] else f"said in {raised['from']}"
        yield Text(f"  {raised['date']}"), Text("raised"), Text(visible(told), style="dim")
    for document in case["documents"]:
        where = " ".join(filter(None, (document["body"], document["paragraph"])))
        what = f"{_DID.get(document['relation'], document['relation'])}{': ' + where if where else ''}"
        told = f"{document['source']}, {document['method']} {document['confidence']:.2f}"
        yield Text(f"  {document['date'] or 'no date'}"), Text(visible(what)), Text(visible(told), style="dim")
    printed = {document["record"]: document["source"] for document in case["documents"]}
    for proposal in case["proposals"]:
        advice = ", ".join(
            f"{r['by'] or printed.get(r['record'], 'unnamed')}: {r['outcome']}" for r in proposal["recommendations"]
        )
        outcome = Text(proposal["outcome"] or "no decision known", style="bold" if proposal["outcome"] else "dim")
        text = Text(visible(proposal["text"]) + (f"  [{visible(advice)}]" if advice else ""))
        yield Text(f"  att-sats {proposal['n']}", style="cyan"), text, outcome
        if counter := proposal.get("counter"):
            yield Text("  instead"), Text(visible(counter["text"])), Text(visible(counter["by"] or ""), style="dim")
    for doubt in case.get("review", ()):
        yield Text("  look at", style="yellow"), Text(visible(doubt["reason"])), Text(f"{doubt['confidence']:.2f}")
    decided = " ".join(filter(None, (case["decided_by"], case["decided"])))
    yield Text("  outcome", style="cyan"), Text(decided), Text(case["outcome"] or "no decision known", style="bold")
