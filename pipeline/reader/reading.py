"""One document prepared for the reader page: facts with their places, marked text, pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..show.view import View, view
from .images import Files
from .places import Place, places
from .wording import Wording

Json = dict[str, Any]

UNSURE = 0.6
MOST_REPAIRS = 300  # listed in the panel; all of them are marked in the text


@dataclass(frozen=True, slots=True)
class Fact:
    """One value in the panel: what it is, the value, its confidence, and the key of its place (or "")."""

    name: str
    value: str
    confidence: float | None
    key: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """One page of the scan: its number, whether it may be shown, and its size in pixels."""

    page: int
    open: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the template shows. ``shown`` is the key that the address asks for, with its places."""

    title: str
    facts: tuple[Fact, ...]
    groups: tuple[tuple[str, tuple[Fact, ...]], ...]
    view: View
    sections: tuple[str | None, ...]
    scans: tuple[Scan, ...]
    raw: str
    shown: str
    shown_places: tuple[Place, ...]
    data: str


def reading(record: Json, files: Files, words: Wording, shown: str) -> Reading:
    """Prepare one record for the page."""
    found = places(record)
    made = view(record)
    closed = files.path(record) is not None
    open_pages = set(files.shown_pages(record))
    first = record["source"]["part"]["pages"][0]
    sizes = record["source"]["page_sizes"] if closed else []
    known = shown if shown in found else ""
    titles = [item["title"] for item in record["items"] if item["title"]]
    return Reading(
        title=titles[0] if len(record["items"]) == 1 and titles else _name(record, words),
        facts=tuple(_single(record, words)),
        groups=tuple((name, tuple(group)) for name, group in _groups(record, words) if group),
        view=made,
        sections=_section_keys(record, made),
        scans=tuple(Scan(first + i, first + i in open_pages, size[0], size[1]) for i, size in enumerate(sizes)),
        raw=record["text"]["raw"],
        shown=known,
        shown_places=tuple(found.get(known, ())),
        data=_data(found, record),
    )


def _name(record: Json, words: Wording) -> str:
    """What to call a document of several matters or none: its kind, body and date, else its file."""
    told = [part for part in (record["body"], record["date"]) if part]
    return " ".join([words.label("kind", record["kind"]), *told]) if told else str(record["source"]["name"])


def _data(found: dict[str, list[Place]], record: Json) -> str:
    """The places as JSON that can stand inside a script element."""
    told = json.dumps({key: [place.as_json() for place in group] for key, group in found.items()})
    return told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _single(record: Json, words: Wording) -> list[Fact]:
    evidence = record["evidence"]

    def fact(key: str, value: str | None) -> list[Fact]:
        if not value:
            return []
        told = evidence.get(key)
        return [Fact(words(key), value, told["confidence"] if told else None, key if told and told["at"] else "")]

    place = record["municipality"]
    numbers = [
        Fact(words("dnr"), value, evidence.get(f"dnr.{i}", {}).get("confidence"), f"dnr.{i}" * (f"dnr.{i}" in evidence))
        for i, value in enumerate(record["dnr"])
    ]
    return [
        *fact("kind", words.label("kind", record["kind"])),
        *fact("municipality", place["name"] if place else None),
        *fact("addressee", record["addressee"]),
        *fact("body", record["body"]),
        *fact("date", record["date"]),
        *numbers,
    ]


def _groups(record: Json, words: Wording) -> list[tuple[str, list[Fact]]]:
    proposals, outcomes, votes, authors = [], [], [], []
    for i, item in enumerate(record["items"]):
        where = item["paragraph"] or ""
        for k, p in enumerate(item["proposals"]):
            about = " · ".join(filter(None, (where, words.label("act", p["act"]), p["by"])))
            proposals.append(Fact(str(p["n"]), p["text"], p["confidence"], f"p{i}-{k}", about))
        for k, o in enumerate(item["outcomes"]):
            about = " · ".join(filter(None, (where, words.label("act", o["act"]), o["by"], o["of"])))
            outcomes.append(Fact("", words.label("outcome", o["outcome"]), o["confidence"], f"o{i}-{k}", about))
        for k, v in enumerate(item["votes"]):
            told = f"{v['yes']}–{v['no']}, {v['abstain']}, {v['absent']}"
            votes.append(Fact("", told, v["confidence"], f"v{i}-{k}", f"{where} {words('votes_line')}".strip()))
        authors += [_person(a, f"a{i}-{k}", where) for k, a in enumerate(item["motion_authors"])]
    repairs = [
        Fact("", f"{r['from'] or '∅'} → {r['to'] or '∅'}", r["confidence"], f"r{i}", r["rule"])
        for i, r in enumerate(record["repairs"][:MOST_REPAIRS])
    ]
    review = [Fact("", entry["field"], entry["confidence"], "", entry["reason"]) for entry in record["review"]]
    return [
        ("proposals", proposals),
        ("decisions", outcomes),
        ("votes", votes),
        ("signed", [_person(p, f"g{i}", "") for i, p in enumerate(record["signatories"])]),
        ("raised", authors),
        ("present", [_person(p, f"n{i}", "") for i, p in enumerate(record["attendance"])]),
        ("repairs", repairs),
        ("review", review),
    ]


def _person(person: Json, key: str, where: str) -> Fact:
    name = person["name"] + (f" ({person['party']})" if person["party"] else "")
    about = " · ".join(filter(None, (where, person.get("role"), person.get("status"))))
    return Fact("", name, person["confidence"], key if person["at"] else "", about)


def _section_keys(record: Json, made: View) -> tuple[str | None, ...]:
    """The key of the section that each block of the view shows."""
    keys, number, ranges = [], 0, []
    for holder in (record, *record["items"]):
        for section in holder["sections"]:
            ranges += [(at["repaired"][0], at["repaired"][1], number) for at in section["at"]]
            number += 1
    for block in made.blocks:
        start = next((line.start for line in block.lines if line.pieces), 0)
        found = next((n for a, b, n in ranges if a <= start < b), None)
        if found is None:
            end = block.lines[-1].start
            found = next((n for a, b, n in ranges if a < end + 1 and start < b), None)
        keys.append(None if found is None else f"s{found}")
    return tuple(keys)
