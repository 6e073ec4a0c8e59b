"""Records as a spaCy ``DocBin``: the repaired text with sections, att-satser, entities and repairs as span groups.

A span that begins or ends inside a token widens to the token; its exact raw range is in the record. ``doc.ents`` holds
the entities that do not overlap, ``doc.user_data`` the record's id, kind and date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

Json = dict[str, Any]

GROUPS = ("sections", "proposals", "entities", "repairs", "signatories")


def docbin(records: Iterable[Json]) -> bytes:
    """The records as the bytes of a ``.spacy`` file; read it with ``DocBin().from_bytes``."""
    nlp = spacy.blank("sv")
    nlp.max_length = 100_000_000
    packed = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)
    for record in records:
        packed.add(_doc(nlp.make_doc(record["text"]["repaired"]), record))
    return packed.to_bytes()


def _doc(doc: Doc, record: Json) -> Doc:
    found: dict[str, list[Span]] = {name: [] for name in GROUPS}
    sections = [*record["sections"], *(s for item in record["items"] for s in item["sections"])]
    proposals = [p for item in record["items"] for p in item["proposals"]]
    labelled: dict[str, list[tuple[str, Json]]] = {
        "sections": [(s["kind"], s) for s in sections],
        "proposals": [(p["act"], p) for p in proposals],
        "entities": [(e["type"], e) for e in record["entities"]],
        "signatories": [(p["party"] or "-", p) for p in record["signatories"]],
    }
    for name, values in labelled.items():
        for label, value in values:
            found[name] += [s for at in value["at"] if (s := _span(doc, at["repaired"], label)) is not None]
    found["repairs"] = [s for r in record["repairs"] if (s := _span(doc, r["repaired"], r["rule"])) is not None]
    for name, spans in found.items():
        doc.spans[name] = spans
    doc.set_ents(filter_spans(found["entities"]))
    doc.user_data["attsats"] = {key: record[key] for key in ("id", "kind", "date")}
    return doc


def _span(doc: Doc, place: list[int], label: str) -> Span | None:
    start, end = place
    return doc.char_span(start, end, label=label, alignment_mode="expand") if start < end else None
