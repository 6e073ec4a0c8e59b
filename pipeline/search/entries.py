"""What the index holds of a record: one entry per matter (§) and one per att-sats.

An entry is plain and flat, the same for SQLite, OpenSearch and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Json = dict[str, Any]

LEFT_OUT = frozenset({"furniture", "toc"})  # page headers and tables of contents repeat what stands elsewhere
TITLE_LENGTH = 160
SHORT_TITLE = 12


class Entry(NamedTuple):
    """One thing to find.

    ``level`` is ``matter`` or ``proposal``; ``item`` counts the record's matters from 0 and is -1 for what belongs
    to none of them (front page, attendance); ``n`` numbers the att-satser of a matter and is 0 for a matter.
    An att-sats has the title and the people of its matter, but neither its stem nor its diarienummer.
    ``outcomes`` are decisions where there are any, else recommendations, and for a motion those of its case.
    """

    id: str
    record: str
    level: str
    item: int
    n: int
    source: str
    kind: str
    municipality: str | None
    body: str | None
    date: str | None
    year: int | None
    paragraph: str | None
    title: str
    text: str
    act: str | None
    parties: tuple[str, ...]
    outcomes: tuple[str, ...]
    people: tuple[str, ...]
    dnr: tuple[str, ...]

    def as_json(self) -> Json:
        """The same as a dict with lists, for engines that take JSON."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in self._asdict().items()}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a motion by its case: the outcome of the whole, and by att-sats."""

    whole: str | None
    proposals: Mapping[int, str]


def fates(cases: Iterable[Json]) -> dict[str, Fate]:
    """What became of each motion, by the source name of its record."""
    return {
        case["motion"]: Fate(case["outcome"], {p["n"]: p["outcome"] for p in case["proposals"] if p["outcome"]})
        for case in cases
        if case["motion"]
    }


def entries(record: Json, fate: Fate | None = None) -> list[Entry]:
    """Every entry of one record.

    Args:
        record: a valid record, masked already if it is to be.
        fate: what became of it, where it is a motion whose case is known.
    """
    made: list[Entry] = []
    one = len(record["items"]) == 1
    for i, item in enumerate(record["items"]):
        matter = _matter(record, i, item, _whole(record) if one else _text(record, item["sections"]), fate)
        made += [matter, *(_proposal(matter, item, p, k, fate) for k, p in enumerate(item["proposals"], 1))]
    if not one:
        rest = _text(record, record["sections"]) if record["items"] else record["text"]["repaired"]
        if rest.strip():
            made.append(_front(record, rest))
    return made


def _matter(record: Json, i: int, item: Json, text: str, fate: Fate | None) -> Entry:
    raised = item["motion_authors"] or (record["signatories"] if len(record["items"]) == 1 else [])
    parties = [p["party"] for p in raised if p["party"]] or _named(record, item)
    title = item["title"] or item["references"]["motion_title"] or _first_line(text) or record["source"]["name"]
    people = [p["name"] for p in (*raised, *item["reservations"])]
    outcomes = [fate.whole] if fate and fate.whole else _outcomes(item["outcomes"])
    return Entry(
        id=f"{record['id']}.{i}",
        level="matter",
        item=i,
        n=0,
        paragraph=item["paragraph"],
        title=title,
        text=text,
        act=None,
        parties=_unique(parties),
        outcomes=_unique(outcomes),
        people=_unique(people),
        dnr=_unique([*item["dnr"], *record["dnr"]]),
        **_document(record),
    )


def _proposal(matter: Entry, item: Json, proposal: Json, number: int, fate: Fate | None) -> Entry:
    codes = {p["party"] for p in item["motion_authors"]} | set(matter.parties)
    by = [proposal["by"]] if proposal["by"] in codes else []
    told = [o for o in item["outcomes"] if o["of"] == f"proposal {proposal['n']}"]
    own = fate.proposals.get(proposal["n"]) if fate else None
    return matter._replace(
        id=f"{matter.id}.p{number}",
        level="proposal",
        dnr=(),
        n=proposal["n"],
        text=proposal["text"],
        act=proposal["act"],
        parties=tuple(by) or matter.parties,
        outcomes=(own,) if own else _unique(_outcomes(told)) or matter.outcomes,
    )


def _front(record: Json, text: str) -> Entry:
    people = [p["name"] for p in (*record["signatories"], *record["attendance"])]
    title = " ".join(part for part in (record["kind"].capitalize(), record["body"], record["date"]) if part)
    return Entry(
        id=f"{record['id']}.front",
        level="matter",
        item=-1,
        n=0,
        paragraph=None,
        title=title,
        text=text,
        act=None,
        parties=_unique(p["code"] for p in record["parties"]),
        outcomes=(),
        people=_unique(people),
        dnr=_unique(record["dnr"]),
        **_document(record),
    )


def _document(record: Json) -> dict[str, Any]:
    """The fields that all entries of a document share."""
    return {
        "record": record["id"],
        "source": record["source"]["name"],
        "kind": record["kind"],
        "municipality": record["municipality"]["name"] if record["municipality"] else None,
        "body": record["body"] or record["addressee"],
        "date": record["date"],
        "year": int(record["date"][:4]) if record["date"] else None,
    }


def _whole(record: Json) -> str:
    """All the text but what is left out."""
    holes = sorted(
        tuple(at["repaired"])
        for section in (*record["sections"], *record["items"][0]["sections"])
        if section["kind"] in LEFT_OUT
        for at in section["at"]
    )
    text, kept, last = record["text"]["repaired"], [], 0
    for start, end in holes:
        kept.append(text[last : max(last, start)])
        last = max(last, end)
    return "".join([*kept, text[last:]]).strip()


def _text(record: Json, sections: Iterable[Json]) -> str:
    """The text of some sections, in the order of the page."""
    ranges = sorted(tuple(at["repaired"]) for s in sections if s["kind"] not in LEFT_OUT for at in s["at"])
    text = record["text"]["repaired"]
    return "\n".join(text[start:end] for start, end in ranges).strip()


def _named(record: Json, item: Json) -> list[str]:
    """The parties that stand in the text of a matter."""
    ranges = [at["repaired"] for section in item["sections"] for at in section["at"]]
    if not ranges or len(record["items"]) == 1:
        return [party["code"] for party in record["parties"]]
    start, end = min(r[0] for r in ranges), max(r[1] for r in ranges)
    return [party["code"] for party in record["parties"] if any(start <= at["repaired"][0] < end for at in party["at"])]


def _outcomes(outcomes: Iterable[Json]) -> list[str]:
    """Decisions where there are any, else recommendations; never what a member merely moved."""
    told = list(outcomes)
    for act in ("decision", "recommendation"):
        found = [o["outcome"] for o in told if o["act"] == act]
        if found:
            return found
    return []


def _first_line(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line[:TITLE_LENGTH] for line in lines if len(line) >= SHORT_TITLE), "")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
