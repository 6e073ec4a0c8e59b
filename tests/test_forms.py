"""Protocols, extracts and notices in the forms of many municipalities: invented matters, each house style its own.

A case is ``cases/forms/NAME.txt`` with what a person reads in it, ``NAME.json``.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run

Json = dict[str, Any]
FORMS = Path(__file__).parent / "cases" / "forms"
NAMES = sorted(path.stem for path in FORMS.glob("*.txt"))
FIELDS = ("head", "matters", "titles", "dnr", "authors", "proposals", "outcomes", "votes", "reservations")
KNOWN: dict[str, str] = json.loads((FORMS / "known_failures.json").read_text("utf-8"))


def fold(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip(" .,;:\"'").casefold()


@functools.cache
def record(name: str) -> Json:
    made: Json = run.extract(FORMS / f"{name}.txt", models=_models())[0]
    return made


@functools.cache
def _models() -> models.Models:
    return models.load()


def expected(name: str) -> Json:
    wanted: Json = json.loads((FORMS / f"{name}.json").read_text("utf-8"))
    return wanted


def kind_of_object(of: str) -> str:
    """What an outcome is about: the motion, one of its proposals, a yrkande, a förslag or something else."""
    of = of.casefold()
    if of.startswith(("motion", "medborgarf", "initiativ")):
        return "motion"
    if of.startswith("proposal"):
        return "proposal"
    return "yrkande" if "yrkande" in of else "förslag" if "förslag" in of else "other"


def named(people: list[Json]) -> list[str]:
    return sorted({f"{p['name']} ({p['party']})" if p["party"] else p["name"] for p in people})


def without_groups(found: list[Json], wanted: list[str]) -> list[str]:
    """Those who reserve themselves; a whole group is written ``group CODE``, whatever the text calls it."""
    groups = {w.removeprefix("group ") for w in wanted if w.startswith("group ")}
    names = {w for w in wanted if not w.startswith("group ")}
    plain = named(found)
    left = [p for p in found if named([p])[0] not in names and p["party"] in groups]
    return sorted([n for n in plain if n not in {named([p])[0] for p in left}] + [f"group {p['party']}" for p in left])


def free(outcome: list[str]) -> bool:
    """Told as an outcome or left to others: what the chair found of the proposals put, what parts make of a whole."""
    return (outcome[0] == "decision" and outcome[1] in {"förslag", "yrkande", "other"}) or outcome[2] in {
        "delvis_bifall",
        "other",
    }


def compare(name: str, field: str) -> tuple[Any, Any]:
    """What the field of a case should hold, and what it holds."""
    want, got = expected(name), record(name)
    items = got["items"]
    if field == "head":
        municipality = (got["municipality"] or {}).get("name")
        return ([want["kind"], fold(want["body"]), want["date"], want["municipality"]],
                [got["kind"], fold(got["body"]), got["date"], municipality])  # fmt: skip
    if field == "matters":
        number = functools.partial(re.sub, r"\D*(\d+).*", r"\1")
        return ([number(i["paragraph"] or "-") for i in want["items"]], [number(i["paragraph"] or "-") for i in items])
    if field == "titles":
        pairs = zip([i["title"] for i in want["items"]], [i["title"] for i in items], strict=False)
        alike = [w if difflib.SequenceMatcher(None, fold(w), fold(t)).ratio() >= 0.9 else t for w, t in pairs]
        return [i["title"] for i in want["items"]], alike
    if field == "dnr":
        return [i["dnr"] for i in want["items"]], [
            i["dnr"] or (got["dnr"] if len(items) == 1 else []) for i in items
        ]  # fmt: skip
    if field == "authors":
        return [sorted(i["motion_authors"]) for i in want["items"]], [named(i["motion_authors"]) for i in items]
    if field == "proposals":
        return ([sorted([a, fold(t)] for a, t in i["proposals"]) for i in want["items"]],
                [sorted([p["act"], fold(p["text"])] for p in i["proposals"]) for i in items])  # fmt: skip
    if field == "outcomes":
        wanted = [sorted(i["outcomes"]) for i in want["items"]]
        found = []
        for n, item in enumerate(items):
            told = sorted([o["act"], kind_of_object(o["of"]), o["outcome"]] for o in item["outcomes"])
            left = list(wanted[n]) if n < len(wanted) else []
            kept = []
            for o in told:
                if o in left:
                    left.remove(o)
                    kept.append(o)
                elif not free(o):
                    kept.append(o)
            found.append(kept)
        return wanted, found
    if field == "votes":
        counts = ("yes", "no", "abstain", "absent")
        return [i["votes"] for i in want["items"]], [[[v[k] for k in counts] for v in i["votes"]] for i in items]
    wanted_names = [sorted(i["reservations"]) for i in want["items"]]
    return wanted_names, [
        without_groups(item["reservations"], wanted_names[n] if n < len(wanted_names) else [])
        for n, item in enumerate(items)
    ]


def _cases() -> list[Any]:
    return [
        pytest.param(name, field, marks=pytest.mark.xfail(reason=KNOWN[f"{name} {field}"], strict=True))
        if f"{name} {field}" in KNOWN
        else pytest.param(name, field)
        for name in NAMES
        for field in FIELDS
    ]


def test_every_known_failure_is_a_case() -> None:
    assert {tuple(key.split(" ")) for key in KNOWN} <= {(name, field) for name in NAMES for field in FIELDS}


@pytest.mark.parametrize(("name", "field"), _cases())
def test_form(name: str, field: str) -> None:
    wanted, found = compare(name, field)
    assert found == wanted
