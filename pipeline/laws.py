"""What every record must hold to: the JSON Schema, and the laws that no schema can say.

1. ``text.raw[a:b] == quote`` for every place; applying ``repairs`` to ``text.raw`` gives ``text.repaired``;
   every repaired range lies where its raw range leads.
2. A box lies inside its page and is null for plain text.
3. Where a roll is printed, its counts equal the printed totals or ``verified`` is not true.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

import fastjsonschema
from jsonschema import Draft202012Validator

from .errors import RecordInvalid

Json = dict[str, Any]

BALLOTS = {"ja": "yes", "nej": "no", "avstår": "abstain", "frånvarande": "absent"}


def schema(name: str = "record-1") -> Json:
    """A published JSON Schema of the package: ``record-1`` or ``case-1``."""
    text = resources.files(__package__).joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


def check(record: Json) -> Json:
    """The record itself, if it is valid.

    Raises:
        RecordInvalid: it is not; the message names the first breaches.
    """
    breaches = validate(record)
    if breaches:
        shown = "; ".join(breaches[:3]) + (f"; and {len(breaches) - 3} more" if len(breaches) > 3 else "")
        raise RecordInvalid(f"The record is not valid: {shown}.", "Please report this document as a bug.")
    return record


def validate(record: Any) -> list[str]:
    """Every breach of the schema or of a law, as ``path: what``; empty when the record is valid.

    >>> validate({"schema": "record/1.0"})[0]
    "$: 'id' is a required property"
    """
    errors = _schema_errors("record-1", record)
    if errors:
        return errors
    return [*_text_laws(record), *_place_laws(record), *_vote_laws(record)]


def validate_case(case: Any) -> list[str]:
    """Every breach of the case schema."""
    return _schema_errors("case-1", case)


def _schema_errors(name: str, value: Any) -> list[str]:
    """Every breach of a schema. Compiled code says in a tenth of the time that there is none, which is the rule;
    where it finds one, ``jsonschema`` tells all of them."""
    try:
        _compiled(name)(value)
    except fastjsonschema.JsonSchemaException:
        errors = sorted(_validator(name).iter_errors(value), key=lambda e: list(map(str, e.absolute_path)))
        return [f"{e.json_path}: {e.message[:200]}" for e in errors]
    return []


@lru_cache(maxsize=4)
def _compiled(name: str) -> Callable[[Any], Any]:
    plain = {key: child for key, child in _expanded(name).items() if key not in ("$schema", "$id")}
    # Without details in its errors, which nobody sees, the code is made in a quarter of the time; it fails on const.
    check: Callable[[Any], Any] = fastjsonschema.compile(
        _without_const(plain), use_default=False, detailed_exceptions=False
    )
    return check


def _without_const(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            "enum" if key == "const" else key: [child] if key == "const" else _without_const(child)
            for key, child in node.items()
        }
    return [_without_const(child) for child in node] if isinstance(node, list) else node


@lru_cache(maxsize=4)
def _validator(name: str) -> Draft202012Validator:
    """One validator a schema."""
    return Draft202012Validator(_expanded(name))


def _expanded(name: str) -> Json:
    """The schema with its references written out, which halves the time to validate."""
    loaded = schema(name)
    definitions = loaded.pop("$defs", {})
    expanded: Json = _written_out(loaded, definitions)
    return expanded


def _written_out(node: Any, definitions: Json) -> Any:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str):
            return _written_out(definitions[reference.rsplit("/", 1)[-1]], definitions)
        return {key: _written_out(child, definitions) for key, child in node.items() if key != "description"}
    if isinstance(node, list):
        return [_written_out(child, definitions) for child in node]
    return node


def _text_laws(record: Json) -> Iterator[str]:
    raw, last, shift, parts = record["text"]["raw"], 0, 0, []
    for i, edit in enumerate(record["repairs"]):
        start, end = edit["raw"]
        if start < last or end < start or end > len(raw):
            yield f"$.repairs[{i}]: not sorted and apart inside the raw text"
            return
        if raw[start:end] != edit["from"]:
            yield f"$.repairs[{i}]: 'from' is not the raw text there"
        if edit["repaired"] != [start + shift, start + shift + len(edit["to"])]:
            yield f"$.repairs[{i}]: 'repaired' is not where the raw range leads"
        parts += [raw[last:start], edit["to"]]
        last, shift = end, shift + len(edit["to"]) - (end - start)
    if "".join([*parts, raw[last:]]) != record["text"]["repaired"]:
        yield "$.text.repaired: not the raw text with the repairs applied"


Path = tuple[Any, ...]  # a path and, last, the key of a child: written out only where something is wrong there
_NESTED = (dict, list)


def _written(path: Path) -> str:
    """A path as a reader wants it.

    >>> _written(((("$",), "items"), 3))
    '$.items[3]'
    """
    if len(path) == 1:
        return str(path[0])
    above, key = path
    return _written(above) + (f"[{key}]" if isinstance(key, int) else f".{key}")


def _places(node: Any, path: Path, found: list[tuple[Path, Json]]) -> None:
    """Every place below a node, with its path, into ``found``."""
    if isinstance(node, dict):
        for key, child in node.items():
            if key == "at":
                found += [(((path, key), i), at) for i, at in enumerate(child)]
            elif isinstance(child, _NESTED):
                _places(child, (path, key), found)
    else:
        for i, child in enumerate(node):
            if isinstance(child, _NESTED):
                _places(child, (path, i), found)


def _place_laws(record: Json) -> Iterator[str]:
    raw, repaired = record["text"]["raw"], record["text"]["repaired"]
    first = record["source"]["part"]["pages"][0]
    sizes = record["source"]["page_sizes"]
    places: list[tuple[Path, Json]] = []
    _places(record, ("$",), places)
    for path, at in places:
        start, end = at["raw"]
        if raw[start:end] != at["quote"]:
            yield f"{_written(path)}: the quote is not the raw text there"
        if not 0 <= at["repaired"][0] <= at["repaired"][1] <= len(repaired):
            yield f"{_written(path)}: 'repaired' lies outside the text"
        if at["box"] is None:
            continue
        x0, y0, x1, y1 = at["box"]
        number = at["page"] - first
        if not 0 <= number < len(sizes):
            yield f"{_written(path)}: a box on a page of no known size"
        elif not (0 <= x0 <= x1 <= sizes[number][0] and 0 <= y0 <= y1 <= sizes[number][1]):
            yield f"{_written(path)}: the box lies outside its page"


def _vote_laws(record: Json) -> Iterator[str]:
    for i, item in enumerate(record["items"]):
        for j, vote in enumerate(item["votes"]):
            path = f"$.items[{i}].votes[{j}]"
            if not vote["at"]:
                yield f"{path}: a vote without a place in the text"
            counts = Counter(BALLOTS.get(ballot["vote"]) for ballot in vote["roll"])
            told = all(counts[key] == vote[key] for key in ("yes", "no", "abstain"))
            if vote["roll"] and vote["verified"] and not told:
                yield f"{path}: the roll does not add up to the totals, and yet it is verified"
