"""Hits and att-satser as CSV and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ..search import Results

Json = dict[str, Any]

COLUMNS = (
    "id", "level", "municipality", "body", "date", "kind", "paragraph", "title", "parties", "outcomes", "people",
    "dnr", "act", "source", "record", "text",
)  # fmt: skip
PROPOSAL_COLUMNS = ("record", "source", "paragraph", "title", "n", "act", "by", "stem", "text", "confidence")


def hits_json(found: Results) -> Json:
    """What was found, as one JSON object."""
    hits = [{**{key: hit.entry[key] for key in COLUMNS}, "score": hit.score} for hit in found.hits]
    return {"total": found.total, "hits": hits}


def hits_csv(found: Results) -> str:
    """What was found, one hit a row; lists are joined by semicolons."""
    return table(COLUMNS, ([hit.entry[key] for key in COLUMNS] for hit in found.hits))


def proposals_csv(record: Json) -> str:
    """The att-satser of one record, one a row."""
    rows = (
        [record["id"], record["source"]["name"], item["paragraph"], item["title"]]
        + [proposal[key] for key in PROPOSAL_COLUMNS[4:]]
        for item in record["items"]
        for proposal in item["proposals"]
    )
    return table(PROPOSAL_COLUMNS, rows)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with a header, and a byte order mark so that spreadsheets read the letters right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet takes for a formula."""
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return "" if value is None else value
