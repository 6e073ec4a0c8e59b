"""Records as OParl 1.1 objects: bodies, organisations, persons, papers with their att-satser as papers below them,
and for protocols meetings with agenda items.

What OParl has no field for stands under the vendor prefix ``attsats:``, as the standard provides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .cases import Followed, followed
from .identifiers import address

Json = dict[str, Any]
Things = dict[str, Json]

SCHEMA = "https://schema.oparl.org/1.1/"
DECIDES = "decides"  # the relation of a case that settles it
TYPES = {"party": "Partei", "body": "Gremium"}  # OParl's own words for kinds of organisation


def oparl(records: Iterable[Json], cases: Iterable[Json] = ()) -> Json:
    """One object with a list ``data`` of OParl objects, each thing once, ordered by address.

    Args:
        records: valid records, masked if they are to be.
        cases: what followed on motions: consultations that lead from a paper to the agenda items that took it up.
    """
    made: Things = {}
    records = list(records)
    for record in records:
        _record(record, made)
    for case in followed(records, cases):
        _case(case, made)
    return {"data": [made[key] for key in sorted(made)]}


def _case(case: Followed, made: Things) -> None:
    """The consultations of a motion, the papers that answer it, and what became of each att-sats."""
    key = address("document", case.motion["id"])
    paper = made.get(key)
    if paper is None or not paper["type"].endswith("/Paper"):
        return
    if case.outcome:
        paper["attsats:outcome"] = case.outcome
    for below in (made[part] for part in paper["subordinatedPaper"]):
        outcome = case.proposals.get(below["attsats:n"])
        if outcome:
            below["attsats:outcome"] = outcome
    for number, handling in enumerate(case.handled, 1):
        there = made.get(address("document", handling.record["id"]))
        if there is None:
            continue
        if there["type"].endswith("/Paper"):
            paper.setdefault("relatedPaper", []).append(there["id"])
        elif handling.item is not None:
            item = there["agendaItem"][handling.item]
            consultation = {
                "id": f"{key}/consultation/{number}",
                "type": SCHEMA + "Consultation",
                "paper": key,
                "agendaItem": item["id"],
                "meeting": there["id"],
                "organization": there["organization"],
                "authoritative": handling.relation == DECIDES,
                "role": handling.relation,
            }
            paper.setdefault("consultation", []).append(consultation)
            item.setdefault("consultation", consultation["id"])


def _record(record: Json, made: Things) -> None:
    place = record["municipality"] or {"name": "Okänd kommun", "code": None}
    body = _put(made, "Body", address("municipality", place["name"]), name=place["name"])
    if record["kind"] in ("protokoll", "protokollsutdrag"):
        _meeting(record, body, made)
    else:
        _paper(record, body, made)


def _paper(record: Json, body: str, made: Things) -> None:
    item = record["items"][0] if record["items"] else None
    people = [_person(made, body, person) for person in record["signatories"]]
    parties = [_party(made, body, p["party"]) for p in record["signatories"] if p["party"]]
    addressed = _organization(made, body, record["addressee"], "body") if record["addressee"] else None
    paper = _put(
        made,
        "Paper",
        address("document", record["id"]),
        body=body,
        name=(item and item["title"]) or record["source"]["name"],
        reference=record["dnr"][0] if record["dnr"] else None,
        date=record["date"],
        paperType=record["kind"],
        originatorPerson=list(dict.fromkeys(people)),
        originatorOrganization=list(dict.fromkeys(parties)),
        underDirectionOf=[addressed] if addressed else [],
        subordinatedPaper=[],
        mainFile=_file(record),
    )
    for k, proposal in enumerate(item["proposals"] if item else []):
        below = _put(
            made,
            "Paper",
            f"{paper}/att-sats/{k + 1}",
            body=body,
            name=proposal["text"],
            date=record["date"],
            paperType="att-sats",
            superordinatedPaper=[paper],
            **{"attsats:act": proposal["act"], "attsats:stem": proposal["stem"], "attsats:n": proposal["n"]},
        )
        made[paper]["subordinatedPaper"].append(below)


def _meeting(record: Json, body: str, made: Things) -> None:
    organization = _organization(made, body, record["body"], "body") if record["body"] else None
    meeting = _put(
        made,
        "Meeting",
        address("document", record["id"]),
        name=" ".join(filter(None, (record["body"], record["date"]))) or record["source"]["name"],
        organization=[organization] if organization else [],
        participant=list(dict.fromkeys(_person(made, body, person) for person in record["attendance"])),
        resultsProtocol=_file(record),
        agendaItem=[],
    )
    if record["date"]:
        made[meeting]["attsats:date"] = record["date"]  # `start` would claim an hour that nobody printed
    for i, item in enumerate(record["items"]):
        decided = [o for o in item["outcomes"] if o["act"] == "decision"]
        made[meeting]["agendaItem"].append(
            _drop(
                {
                    "id": f"{meeting}/matter/{i}",
                    "type": SCHEMA + "AgendaItem",
                    "number": item["paragraph"],
                    "order": i,
                    "name": item["title"],
                    "result": decided[0]["outcome"] if decided else None,
                    "resolutionText": "\n".join(o["verbatim"] for o in decided) or None,
                    "attsats:proposals": [{"n": p["n"], "act": p["act"], "text": p["text"]} for p in item["proposals"]],
                    "attsats:votes": [{k: v[k] for k in ("yes", "no", "abstain", "absent")} for v in item["votes"]],
                }
            )
        )


def _file(record: Json) -> Json:
    source = record["source"]
    return {
        "id": address("file", source["sha256"]),
        "type": SCHEMA + "File",
        "accessUrl": address("file", source["sha256"]),  # the standard asks for one; whoever publishes puts theirs here
        "fileName": source["name"],
        "mimeType": source["media_type"],
        "size": source["bytes"],
        "text": record["text"]["repaired"],
        "attsats:sha256": source["sha256"],
    }


def _person(made: Things, body: str, person: Json) -> str:
    where = body.rsplit("/", 1)[-1]
    key = address("person", where, person["name"], person["party"])
    _put(made, "Person", key, body=body, name=person["name"], status=[], membership=[])
    party = _party(made, body, person["party"]) if person["party"] else None
    if party and not made[key]["membership"]:
        made[key]["membership"].append(
            {"id": f"{key}/in/{party.rsplit('/', 1)[-1]}", "type": SCHEMA + "Membership", "organization": party}
        )
    if person.get("role") and person["role"] not in made[key]["status"]:
        made[key]["status"].append(person["role"])
    return key


def _party(made: Things, body: str, code: str) -> str:
    return _organization(made, body, code, "party")


def _organization(made: Things, body: str, name: str, kind: str) -> str:
    key = address(kind, body.rsplit("/", 1)[-1], name)
    return _put(made, "Organization", key, body=body, name=name, organizationType=TYPES[kind])


def _put(made: Things, kind: str, key: str, **values: Any) -> str:
    """Put an object where there is none of this address yet; the address."""
    made.setdefault(key, _drop({"id": key, "type": SCHEMA + kind, **values}))
    return key


def _drop(values: Json) -> Json:
    """OParl leaves out what is not known."""
    return {key: value for key, value in values.items() if value is not None}
