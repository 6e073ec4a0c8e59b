"""Everything on the reader page that can be pointed at on the scan, by a short key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A raw range, and the box on its page in pixels where the document was a scan."""

    raw: tuple[int, int]
    page: int
    box: tuple[int, int, int, int] | None

    def as_json(self) -> Json:
        """For the script of the page."""
        return {"raw": self.raw, "page": self.page, "box": self.box}


def places(record: Json) -> dict[str, list[Place]]:
    """The places of every value of a record.

    Keys: ``s0`` sections in the order of the record, ``p0-1`` the second proposal of the first matter, ``o0-0``
    outcomes, ``v0-0`` votes, ``a0-0`` a matter's authors, ``t0`` a matter's title, ``g0`` signatories, ``n0`` those
    present, ``e0`` entities, ``r0`` repairs, ``kind``, ``date`` and the like for single values.
    """
    found = {key: [_place(at) for at in value["at"]] for key, value in _values(record)}
    boxed = sorted(
        {place for group in found.values() for place in group if place.box}, key=lambda p: p.raw[1] - p.raw[0]
    )
    first = record["source"]["part"]["pages"][0]
    for i, repair in enumerate(record["repairs"]):
        start, end = repair["raw"]
        around = next((p for p in boxed if p.raw[0] <= start and end <= p.raw[1]), None)
        found[f"r{i}"] = [Place((start, end), around.page if around else first, around.box if around else None)]
    return {key: group for key, group in found.items() if group}


def _values(record: Json) -> Iterator[tuple[str, Json]]:
    """Everything with an ``at``, with its key."""
    number = 0
    for holder in (record, *record["items"]):
        for section in holder["sections"]:
            yield f"s{number}", section
            number += 1
    yield from _numbered("g", record["signatories"])
    yield from _numbered("n", record["attendance"])
    yield from _numbered("e", record["entities"])
    yield from record["evidence"].items()
    for i, item in enumerate(record["items"]):
        groups = {"p": "proposals", "o": "outcomes", "v": "votes", "a": "motion_authors", "x": "reservations"}
        for letter, name in groups.items():
            yield from _numbered(f"{letter}{i}-", item[name])
        title = item.get("evidence", {}).get("title")
        if title:
            yield f"t{i}", title


def _numbered(prefix: str, values: list[Json]) -> Iterator[tuple[str, Json]]:
    for i, value in enumerate(values):
        yield f"{prefix}{i}", value


def _place(at: Json) -> Place:
    box = tuple(at["box"]) if at["box"] else None
    return Place((at["raw"][0], at["raw"][1]), at["page"], box)
