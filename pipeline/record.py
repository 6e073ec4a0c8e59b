"""The last stage: a :class:`Protocol` becomes one JSON record, as ``docs/record.md`` promises."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from typing import Any

from .document import (
    Item,
    Matter,
    Note,
    Outcome,
    Person,
    Proposal,
    Protocol,
    Scan,
    Section,
    Transcript,
    Value,
    Vote,
    all_notes,
)
from .located import Places
from .review import review

Json = dict[str, Any]


def record(protocol: Protocol, *, models: Mapping[str, str] | None = None) -> Json:
    """The record of one document, a dict ready for ``json.dumps``.

    Args:
        protocol: what ``tag`` found.
        models: versions of the models used, by name.

    Returns:
        A dict that holds to ``schemas/record-1.json`` and to the laws of :mod:`pipeline.laws`.
    """
    outline = protocol.outline
    transcript = outline.transcript
    scan = transcript.scan
    place = Places(transcript)
    quality = transcript.quality
    made: Json = {
        "schema": "record/1.0",
        "id": record_id(scan),
        "source": _source(scan),
        "generator": {"name": "attsats", "version": version(), "models": dict(models or {})},
        "kind": outline.kind.value,
        "municipality": _municipality(protocol),
        "addressee": _plain(protocol.addressee),
        "body": _plain(outline.body),
        "date": _plain(protocol.date),
        "dnr": [value.value for value in protocol.dnr],
        "signatories": [_person(p, place) for p in protocol.signatories],
        "attendance": [_attendee(p, place) for p in protocol.attendance],
        "sections": [_section(s, place) for s in outline.sections],
        "parties": [
            {"code": p.code, "name": p.name, "confidence": _round(p.confidence), "at": place.all(p.at)}
            for p in protocol.parties
        ],
        "items": [_item(i, m, place) for i, m in zip(outline.items, protocol.matters, strict=True)],
        "entities": [
            {
                "type": m.type,
                "text": m.text,
                "normalized": m.normalized,
                "confidence": _round(m.confidence),
                "at": place.all(m.at),
            }
            for m in protocol.mentions
        ],
        "text": {"raw": scan.text, "repaired": transcript.text},
        "repairs": _repairs(transcript),
        "quality": {
            "ocr": quality.ocr,
            "read_with": quality.read_with,
            "damage": _round(quality.damage),
            "confidence": _round(quality.confidence),
            "pages": [
                {"page": p.page, "ocr": p.ocr, "damage": _round(p.damage), "source": p.source} for p in quality.pages
            ],
        },
        "evidence": _evidence(protocol, place),
        "notes": [_note(n, place) for n in all_notes(protocol)],
    }
    made["review"] = review(made)
    return made


def record_id(scan: Scan) -> str:
    """24 hexadecimal digits from the bytes' hash and the part's page range: the same on every machine."""
    first, last = scan.source.part.pages
    return hashlib.sha256(f"{scan.source.sha256}:{first}-{last}".encode()).hexdigest()[:24]


@cache
def version() -> str:
    """The installed version, or ``0+source`` when run from files that were never installed."""
    try:
        return metadata.version("attsats")
    except metadata.PackageNotFoundError:
        return "0+source"


def _source(scan: Scan) -> Json:
    source = scan.source
    return {
        "name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "bytes": source.bytes,
        "pages": source.pages,
        "part": {"n": source.part.n, "of": source.part.of, "pages": list(source.part.pages)},
        "also": list(source.also),
        "page_sizes": [[p.width, p.height, p.dpi] for p in scan.pages] if scan.words else [],
    }


def _municipality(protocol: Protocol) -> Json | None:
    if protocol.municipality is None:
        return None
    name, code = protocol.municipality.value
    return {"name": name, "code": code}


def _plain(value: Value[str] | None) -> str | None:
    return value.value if value else None


def _round(confidence: float) -> float:
    return round(float(confidence) if 0.0 <= confidence <= 1.0 else min(1.0, max(0.0, float(confidence))), 4)


def _person(person: Person, place: Places) -> Json:
    made: Json = {
        "name": person.name,
        "party": person.party,
        "role": person.role,
        "confidence": _round(person.confidence),
        "at": place.all(person.at),
    }
    if person.private:
        made["private"] = True
    return made


def _attendee(person: Person, place: Places) -> Json:
    made = {**_person(person, place), "status": person.status}
    if person.replaces:
        made["replaces"] = person.replaces
    return made


def _section(section: Section, place: Places) -> Json:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "confidence": _round(section.confidence),
        "at": place.all(section.at),
    }


def _item(item: Item, matter: Matter, place: Places) -> Json:
    proposers = matter.proposers or tuple(p.by for p in item.proposals)
    return {
        "paragraph": _plain(item.paragraph),
        "title": _plain(item.title),
        "dnr": [value.value for value in matter.dnr],
        "motion_authors": [_person(p, place) for p in matter.motion_authors],
        "sections": [_section(s, place) for s in item.sections],
        "proposals": [_proposal(p, by, place) for p, by in zip(item.proposals, proposers, strict=True)],
        "outcomes": [_outcome(o, place) for o in matter.outcomes],
        "votes": [_vote(v, place) for v in matter.votes],
        "reservations": [_person(p, place) for p in matter.reservations],
        "statements": [
            {"kind": s.kind, "by": s.by, "confidence": _round(s.confidence), "at": place.all(s.at)}
            for s in matter.statements
        ],
        "references": {
            "motion_title": matter.references.motion_title,
            "paragraphs": list(matter.references.paragraphs),
            "laws": list(matter.references.laws),
        },
        "evidence": _evidence_of({"paragraph": item.paragraph, "title": item.title}, place),
    }


def _proposal(proposal: Proposal, by: str | None, place: Places) -> Json:
    return {
        "n": proposal.n,
        "text": proposal.text,
        "stem": proposal.stem,
        "by": by,
        "act": proposal.act,
        "confidence": _round(proposal.confidence),
        "at": place.all(proposal.at),
    }


def _outcome(outcome: Outcome, place: Places) -> Json:
    return {
        "of": outcome.of,
        "outcome": outcome.outcome,
        "by": outcome.by,
        "act": outcome.act,
        "verbatim": outcome.verbatim,
        "confidence": _round(outcome.confidence),
        "at": place.all(outcome.at),
    }


def _vote(vote: Vote, place: Places) -> Json:
    return {
        "for": vote.about,
        "yes": vote.yes,
        "no": vote.no,
        "abstain": vote.abstain,
        "absent": vote.absent,
        "yes_means": vote.yes_means,
        "no_means": vote.no_means,
        "verified": vote.verified,
        "roll": [{"name": b.name, "party": b.party, "vote": b.vote} for b in vote.roll],
        "confidence": _round(vote.confidence),
        "at": place.all(vote.at),
    }


def _repairs(transcript: Transcript) -> list[Json]:
    raw = transcript.scan.text
    return [
        {
            "raw": [edit.span.start, edit.span.end],
            "repaired": [there.start, there.end],
            "from": raw[edit.span.start : edit.span.end],
            "to": edit.text,
            "rule": edit.rule,
            "confidence": _round(edit.confidence),
        }
        for edit, there in zip(transcript.edits, transcript.repaired_spans(), strict=True)
    ]


def _evidence(protocol: Protocol, place: Places) -> Json:
    values: dict[str, Value[Any] | None] = {
        "kind": protocol.outline.kind,
        "municipality": protocol.municipality,
        "addressee": protocol.addressee,
        "body": protocol.outline.body,
        "date": protocol.date,
    }
    values |= {f"dnr.{i}": value for i, value in enumerate(protocol.dnr)}
    return _evidence_of(values, place)


def _evidence_of(values: Mapping[str, Value[Any] | None], place: Places) -> Json:
    return {
        name: {"confidence": _round(value.confidence), "at": place.all(value.at)}
        for name, value in values.items()
        if value is not None
    }


def _note(note: Note, place: Places) -> Json:
    return {"code": note.code, "message": note.message, "count": note.count, "at": place.raw(note.at)}
