"""What is sent: one flat document per entry."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from ..analysis import Analyzer, fold
from ..entries import Fate, entries

Json = dict[str, Any]

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Document:
    """One entry as engines take it: its id, its record's id, and all fields."""

    id: str
    record: str
    fields: Json


def documents(record: Json, words: Analyzer, fate: Fate | None = None) -> list[Document]:
    """The documents of one record (masked already, if it is to be).

    Beside the fields of :class:`~pipeline.search.entries.Entry` each holds ``lemmas`` (one for every word of title,
    text and people, folded), ``parts`` (of compounds), ``folded`` (the words as printed, without dots), and, to
    tell what changed, ``digest`` and ``of`` (how many documents the record has).
    """
    made = [_fields(entry.as_json(), words) for entry in entries(record, fate)]
    digest = hashlib.sha256(encode([words.version, made]).encode()).hexdigest()[:32]
    return [Document(fields["id"], record["id"], {**fields, "digest": digest, "of": len(made)}) for fields in made]


def _fields(entry: Json, words: Analyzer) -> Json:
    searched = " ".join([entry["title"], entry["text"], *entry["people"], *entry["dnr"]])
    lemmas, parts = words.text(searched)
    return {**entry, "lemmas": lemmas, "parts": parts, "folded": fold(searched)}
