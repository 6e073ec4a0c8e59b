"""Values said about documents in the forms of other municipalities: texts invented for the tests, read by a person.

A form is NAME.txt with NAME.json (``tests/cases/forms``). ``first-reading.json`` holds what was said about them, and
whether it was right, before anybody wrote a rule for them: [kind, the rule's confidence, right, form] of each value.
Only that tells how the rules do on forms that are new to them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmark.tags.shrinkage import Said
from pipeline.document import Outcome, Outline, Person, Protocol

Json = dict[str, Any]
OBJECTS = (("motion", "motion"), ("medborgarf", "motion"), ("initiativ", "motion"), ("proposal", "proposal"))


def values(folder: Path, outline: Callable[[str, str], Outline], tag: Callable[[Outline], Protocol]) -> Iterator[Said]:
    """Every value said about the forms of a folder."""
    for path in sorted(folder.glob("*.txt")):
        wanted = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        protocol = tag(outline(path.read_text(encoding="utf-8"), path.stem))
        for kind, sure, right in _said(protocol, wanted):
            yield Said(kind, sure, right, path.stem, "forms")


def recorded(path: Path) -> list[Said]:
    """The values of a first reading."""
    return [Said(*row, "forms") for row in json.loads(path.read_text(encoding="utf-8"))]


def _said(protocol: Protocol, wanted: Json) -> Iterator[tuple[str, float, bool]]:
    items = wanted["items"]
    if protocol.date:
        yield "date", protocol.date.confidence, protocol.date.value == wanted["date"]
    if protocol.municipality:
        yield "municipality", protocol.municipality.confidence, protocol.municipality.value[0] == wanted["municipality"]
    numbers = {re.sub(r"\W", "", d) for i in items for d in i["dnr"]}
    for number in {v.value: v for m in protocol.matters for v in m.dnr}.values():
        yield "dnr", number.confidence, re.sub(r"\W", "", number.value) in numbers
    for kind in ("motion_authors", "reservations"):
        names = {n for i in items for n in i[kind]}
        for person in (p for m in protocol.matters for p in getattr(m, kind)):
            yield kind, person.confidence, _named(person) in names or f"group {person.party}" in names
    counts = [v for i in items for v in i["votes"]]
    for vote in (v for m in protocol.matters for v in m.votes):
        yield "votes", vote.confidence, _take(counts, [vote.yes, vote.no, vote.abstain, vote.absent])
    told = [o for i in items for o in i["outcomes"]]
    for outcome in (o for m in protocol.matters for o in m.outcomes):
        found = [outcome.act, _object(outcome), outcome.outcome]
        right = _take(told, found)
        # What the chair found about a proposal that was put may be told, or left to the decision.
        if right or outcome.act != "decision" or found[1] in ("motion", "proposal"):
            yield f"outcomes.{outcome.act}", outcome.confidence, right


def _take(left: list[Any], found: Any) -> bool:
    """Whether something is among what is left; then it is used up."""
    if found in left:
        left.remove(found)
        return True
    return False


def _named(person: Person) -> str:
    return f"{person.name} ({person.party})" if person.party else person.name


def _object(outcome: Outcome) -> str:
    """What an outcome is about: the motion, one of its proposals, a yrkande, a förslag or something else."""
    of = outcome.of.casefold()
    named = next((kind for start, kind in OBJECTS if of.startswith(start)), None)
    return named or ("yrkande" if "yrkande" in of else "förslag" if "förslag" in of else "other")
