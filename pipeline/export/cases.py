"""Cases among exported records: which matters handled a motion, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

NO_HANDLING = frozenset({"mentions"})  # a list that merely names the motion


@dataclass(frozen=True, slots=True)
class Handling:
    """One matter that handled a motion: its record, which matter of it (None: the whole document), and how."""

    record: Json
    item: int | None
    relation: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A motion's record with the matters that handled it, and the outcomes of the whole and by att-sats."""

    motion: Json
    handled: tuple[Handling, ...]
    outcome: str | None
    proposals: Mapping[int, str]


def followed(records: Iterable[Json], cases: Iterable[Json]) -> Iterator[Followed]:
    """The cases whose motion is among the records, with what of their documents is there too."""
    by_id = {record["id"]: record for record in records}
    by_source = {record["source"]["name"]: record for record in by_id.values()}
    for case in cases:
        motion = by_source.get(case["motion"])
        if motion is None:
            continue
        told = [d for d in case["documents"] if d["record"] in by_id and d["relation"] not in NO_HANDLING]
        yield Followed(
            motion,
            tuple(Handling(by_id[d["record"]], _item(by_id[d["record"]], d), d["relation"]) for d in told),
            case["outcome"],
            {p["n"]: p["outcome"] for p in case["proposals"] if p["outcome"]},
        )


def _item(record: Json, document: Json) -> int | None:
    """Which matter of a record a case means: as it says, else the one with its §."""
    told = document.get("item")
    if told is not None and told < len(record["items"]):
        return int(told)
    numbers = [item["paragraph"] for item in record["items"]]
    return numbers.index(document["paragraph"]) if document["paragraph"] and document["paragraph"] in numbers else None
