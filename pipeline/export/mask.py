"""Masking: a record without its private details, and still a record by every law.

Each hidden character becomes one ``█`` in raw text, repaired text, quotes, repairs and values alike, so that every
place stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from ..document import Edit, Page, Part, Quality, Scan, Source, Span, Transcript
from .private import (
    BLOCK,
    Names,
    addresses,
    contacts,
    hide,
    is_private_contact,
    personnummer,
    private_names,
    private_people,
)

Json = dict[str, Any]

CODE = "mask.hidden"
KEPT = frozenset(
    {"schema", "id", "generator", "municipality", "quality", "text", "repairs"}
)  # no names in them, or made anew
SHORTEST = 3  # shorter strings are hidden in their place only: they stand in too many other words


def mask(record: Json) -> Json:
    """The record with personnummer, private persons and their contact details hidden.

    Args:
        record: a valid record; it is not changed.

    Returns:
        The same object where nothing is private, else a new valid record with a note ``mask.hidden`` whose places
        say what was hidden (with the box on the page where one is known). Masking twice changes nothing more.
    """
    names = private_names(record)
    people = private_people(record)
    if not people and _is_clean(record, names):
        return record
    transcript = _transcript(record)
    hidden = _hidden(record, transcript, names)
    if not hidden and not people:
        return record
    raw = _blocks(record["text"]["raw"], hidden)
    repairs = [_repair(edit, raw, hidden) for edit in record["repairs"]]
    patterns = _patterns(record, transcript, hidden, names)
    made: Json = {key: value if key in KEPT else _clean(value, raw, hidden, patterns) for key, value in record.items()}
    made["text"] = {"raw": raw, "repaired": _applied(raw, repairs)}
    made["repairs"] = repairs
    made["source"]["sha256"] = record["source"]["sha256"]
    if hidden and not any(note["code"] == CODE for note in record["notes"]):
        places = [place for span in hidden for place in _places(record, span, raw, transcript)]
        message = "Personnummer, private persons or their contact details are hidden."
        made["notes"] = [*made["notes"], {"code": CODE, "message": message, "count": len(hidden), "at": places}]
    return made


def _is_clean(record: Json, names: Names) -> bool:
    """Whether nothing is found to hide, as in most records: told before anything is made ready to hide it."""
    texts = dict.fromkeys((record["text"]["raw"], record["text"]["repaired"]))
    found = chain(_tagged(record), *(_in_text(text, record["kind"], names) for text in texts))
    return next(found, None) is None


def _transcript(record: Json) -> Transcript:
    """The edits of the record as the type that knows the way between raw and repaired text."""
    raw = record["text"]["raw"]
    source = Source("", "", "text/plain", 0, 1, Part(1, 1, (1, 1)))
    scan = Scan(source, raw, (Page(1, Span(0, len(raw)), "given"),))
    edits = tuple(Edit(Span(*e["raw"]), e["to"], e["rule"], e["confidence"]) for e in record["repairs"])
    return Transcript(scan, edits, Quality("clean", None, 0.0, 1.0))


def _hidden(record: Json, transcript: Transcript, names: Names) -> list[Span]:
    """The raw ranges to hide: sorted, apart, and holding every edit they touch."""
    found = [Span(*at["raw"]) for at in _tagged(record)]
    raw, repaired = record["text"]["raw"], record["text"]["repaired"]
    found += [Span(*span) for span in _in_text(raw, record["kind"], names)]
    if repaired != raw:
        found += [transcript.to_raw(Span(*span)) for span in _in_text(repaired, record["kind"], names)]
    found = [transcript.to_raw(transcript.to_repaired(span)) for span in found if span.start < span.end]
    return [span for span in _joined(found) if raw[span.start : span.end].strip(BLOCK + " \n\r\t\f")]


def _tagged(record: Json) -> Iterator[Json]:
    """The places of what the tagger found and what is private."""
    for entity in record["entities"]:
        private = entity["type"] == "PERSONNUMMER" or (
            entity["type"] == "CONTACT" and is_private_contact(entity["text"], record["kind"])
        )
        if private:
            yield from entity["at"]
    for person in private_people(record):
        yield from person["at"]


def _in_text(text: str, kind: str, names: Names) -> Iterator[tuple[int, int]]:
    yield from personnummer(text)
    yield from contacts(text, kind)
    for name in names:
        yield from (match.span() for match in name.finditer(text))
    yield from addresses(text, names)


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _blocks(text: str, spans: Iterable[Span]) -> str:
    parts, last = [], 0
    for start, end in spans:
        parts += [text[last:start], hide(text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def _repair(edit: Json, raw: str, hidden: list[Span]) -> Json:
    start, end = edit["raw"]
    inside = any(
        span.start < end and start < span.end if start < end else span.start < start < span.end for span in hidden
    )
    return {**edit, "from": raw[start:end], "to": hide(edit["to"])} if inside else edit


def _applied(raw: str, repairs: Iterable[Json]) -> str:
    parts, last = [], 0
    for edit in repairs:
        parts += [raw[last : edit["raw"][0]], edit["to"]]
        last = edit["raw"][1]
    return "".join([*parts, raw[last:]])


def _patterns(record: Json, transcript: Transcript, hidden: list[Span], names: Names) -> list[re.Pattern[str]]:
    """What to hide in values: every hidden string as it was read, as repaired, and on one line."""
    strings = {person["name"] for person in private_people(record)}
    for span in hidden:
        there = transcript.to_repaired(span)
        strings |= {record["text"]["raw"][slice(*span)], record["text"]["repaired"][slice(*there)]}
    for entity in record["entities"]:
        if any(span.start <= at["raw"][0] and at["raw"][1] <= span.end for at in entity["at"] for span in hidden):
            strings |= {entity["text"], entity["normalized"]}
    place = record["municipality"]["name"] if record["municipality"] else None
    public = {place, record["body"], record["addressee"]}  # a town in an address is still the town
    words = sorted({s.strip() for s in strings - public if len(s.strip()) >= SHORTEST}, key=lambda s: (-len(s), s))
    whole = [re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, word.split())) + r"(?!\w)") for word in words]
    return [*whole, *names]


def _clean(node: Any, raw: str, hidden: list[Span], patterns: list[re.Pattern[str]]) -> Any:
    """A copy of a value with hidden strings masked; an ``at`` gets its quote from the masked raw text."""
    if isinstance(node, str):
        return _masked(node, patterns)
    if isinstance(node, list):
        return [_clean(child, raw, hidden, patterns) for child in node]
    if not isinstance(node, dict):
        return node
    if "quote" in node and "raw" in node:
        return {**node, "quote": raw[node["raw"][0] : node["raw"][1]]}
    made = {key: _clean(child, raw, hidden, patterns) for key, child in node.items()}
    if made.get("private"):
        made["name"] = hide(made["name"])
    return made


def _masked(text: str, patterns: list[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: hide(match[0]), text)
    for start, end in personnummer(text):
        text = text[:start] + hide(text[start:end]) + text[end:]
    return text


def _places(record: Json, span: Span, raw: str, transcript: Transcript) -> list[Json]:
    """Where on the pages a hidden range stands: in the smallest known box around it, else on pages without a box."""
    known = [at for at in _all_places(record) if at["raw"][0] < span.end and span.start < at["raw"][1]]
    around = [at for at in known if at["raw"][0] <= span.start and span.end <= at["raw"][1] and at["box"]]
    inside = [at for at in known if span.start <= at["raw"][0] and at["raw"][1] <= span.end and at["box"]]
    there = transcript.to_repaired(span)
    base = {"raw": list(span), "repaired": list(there), "quote": raw[span.start : span.end]}
    if sum(at["raw"][1] - at["raw"][0] for at in inside) >= span.end - span.start:
        return [{**base, "page": at["page"], "box": at["box"]} for at in inside]
    if around:
        best = min(around, key=lambda at: at["raw"][1] - at["raw"][0])
        return [{**base, "page": best["page"], "box": best["box"]}]
    return [{**base, "page": page, "box": None} for page in _pages(record, span)]


def _pages(record: Json, span: Span) -> list[int]:
    """The pages a range may stand on: from that of the place before it to that of the place after it."""
    first, last = record["source"]["part"]["pages"]
    for at in _all_places(record):
        if at["raw"][0] <= span.start:
            first = max(first, at["page"])
        if at["raw"][0] >= span.end:
            last = min(last, at["page"])
    return list(range(first, max(first, last) + 1))


def _all_places(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if "quote" in node and "raw" in node:
            yield node
        else:
            for key, child in node.items():
                if key not in ("text", "repairs"):
                    yield from _all_places(child)
    elif isinstance(node, list):
        for child in node:
            yield from _all_places(child)
