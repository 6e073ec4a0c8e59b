"""Records as Popolo: persons, organisations, memberships, motions and vote events.

Popolo has no att-satser, one creator per motion, and no evidence. So each att-sats that is asked for is a motion of
its own (``classification`` att-sats) beside that of the document, further signatories are in ``co_creator_ids``, and
places stay in the record: those two are extensions, under ``extras``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .cases import Followed, followed
from .identifiers import address

Json = dict[str, Any]

RAISES = frozenset({"motion", "interpellation", "fraga", "medborgarforslag", "initiativ", "yrkande"})
OPTIONS = {"ja": "yes", "nej": "no", "avstår": "abstain", "frånvarande": "absent"}


@dataclass
class _Made:
    """What was made so far, each thing once, by address."""

    persons: dict[str, Json] = field(default_factory=dict)
    organizations: dict[str, Json] = field(default_factory=dict)
    memberships: dict[str, Json] = field(default_factory=dict)
    motions: dict[str, Json] = field(default_factory=dict)
    vote_events: dict[str, Json] = field(default_factory=dict)


def popolo(records: Iterable[Json], cases: Iterable[Json] = ()) -> Json:
    """One Popolo document: lists of ``persons``, ``organizations``, ``memberships``, ``motions``, ``vote_events``.

    Args:
        records: valid records, masked if they are to be.
        cases: what followed on motions: results of motions and att-satser; votes belong to the motion voted on.
    """
    made = _Made()
    records = list(records)
    for record in records:
        _record(record, made)
    for case in followed(records, cases):
        _case(case, made)
    return {
        name: [things[key] for key in sorted(things)]
        for name, things in (
            ("persons", made.persons),
            ("organizations", made.organizations),
            ("memberships", made.memberships),
            ("motions", made.motions),
            ("vote_events", made.vote_events),
        )
    }


def _case(case: Followed, made: _Made) -> None:
    """The results of a motion and its att-satser; the votes of the matters that handled it become its own."""
    motion = address("matter", case.motion["id"], 0)
    if motion not in made.motions:
        return
    made.motions[motion]["result"] = case.outcome or made.motions[motion]["result"]
    for part in made.motions.values():
        if part["extras"].get("part_of_id") == motion:
            part["result"] = case.proposals.get(part["extras"]["n"])
    matters = {address("matter", h.record["id"], h.item) for h in case.handled if h.item is not None}
    for event in made.vote_events.values():
        if event["motion_id"] in matters:
            event["extras"]["matter_id"] = event["motion_id"]
            event["motion_id"] = motion


def _record(record: Json, made: _Made) -> None:
    place = record["municipality"]["name"] if record["municipality"] else None
    body = _organization(made, place, record["body"] or record["addressee"], "body")
    for attendee in record["attendance"]:
        _member(made, place, attendee, body)
    signatories = [_member(made, place, person, None) for person in record["signatories"]]
    for i, item in enumerate(record["items"]):
        authors = [_member(made, place, person, None) for person in item["motion_authors"]]
        creators = signatories if record["kind"] in RAISES else authors
        motion = _motion(record, i, item, creators, body)
        made.motions[motion["id"]] = motion
        if record["kind"] in RAISES:
            for k, proposal in enumerate(item["proposals"]):
                part = {
                    **motion,
                    "id": f"{motion['id']}/att-sats/{k + 1}",
                    "text": proposal["text"],
                    "classification": "att-sats",
                    "result": None,
                    "extras": {"part_of_id": motion["id"], "n": proposal["n"], "act": proposal["act"]},
                }
                made.motions[part["id"]] = part
        for k, vote in enumerate(item["votes"]):
            event = _vote(made, place, record, motion, k, vote, body)
            made.vote_events[event["id"]] = event


def _motion(record: Json, i: int, item: Json, creators: list[str], body: str | None) -> Json:
    decided = next((o["outcome"] for o in item["outcomes"] if o["act"] == "decision" and o["of"] == "motion"), None)
    return {
        "id": address("matter", record["id"], i),
        "organization_id": body,
        "creator_id": creators[0] if creators else None,
        "text": item["title"],
        "classification": record["kind"],
        "date": record["date"],
        "result": decided,
        "sources": [{"url": address("document", record["id"]), "note": record["source"]["name"]}],
        "extras": {"co_creator_ids": creators[1:], "dnr": item["dnr"], "paragraph": item["paragraph"]},
    }


def _vote(made: _Made, place: str | None, record: Json, motion: Json, k: int, vote: Json, body: str | None) -> Json:
    counts = [{"option": option, "value": vote[option]} for option in ("yes", "no", "abstain", "absent")]
    votes = []
    for ballot in vote["roll"]:
        person = _member(made, place, ballot, body)
        party = _party(made, place, ballot["party"])
        votes.append({"voter_id": person, "option": OPTIONS.get(ballot["vote"], ballot["vote"]), "group_id": party})
    return {
        "id": f"{motion['id']}/vote/{k + 1}",
        "identifier": str(k + 1),
        "motion_id": motion["id"],
        "organization_id": body,
        "start_date": record["date"],
        "counts": counts,
        "votes": votes,
        "extras": {"about": vote["for"], "yes_means": vote["yes_means"], "verified": vote["verified"]},
    }


def _member(made: _Made, place: str | None, person: Json, body: str | None) -> str:
    """The person's address; memberships of party and body are made along the way."""
    key = address("person", place, person["name"], person["party"])
    made.persons.setdefault(key, {"id": key, "name": person["name"]})
    party = _party(made, place, person["party"])
    for organization, role in ((party, None), (body, person.get("role"))):
        if organization:
            membership = f"{key}/in/{organization.rsplit('/', 1)[-1]}"
            told = {"id": membership, "person_id": key, "organization_id": organization, "role": role}
            made.memberships.setdefault(membership, told)
    return key


def _party(made: _Made, place: str | None, code: str | None) -> str | None:
    return _organization(made, place, code, "party") if code else None


def _organization(made: _Made, place: str | None, name: str | None, classification: str) -> str | None:
    if not name:
        return None
    key = address(classification, place, name)
    made.organizations.setdefault(key, {"id": key, "name": name, "classification": classification})
    return key
