"""Masking of cases: the citizens who raised a matter are hidden as they are in its records."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from ..citizens import citizens
from .private import Names, addresses, contacts, hide, is_private_author, names_of, personnummer

Json = dict[str, Any]

_SOURCES = frozenset({"motion", "source", "from", "reason"})  # of files, whose names may tell a person's
_MASKED = frozenset({"title", "text", "quote"}) | _SOURCES
_ALIKE = 70.0  # a word of raw text as like a part of the name as this may be that part, read badly
_OF_CITIZENS = "medborgarforslag"


def mask_case(case: Json) -> Json:
    """The case with personnummer, private persons and their contact details hidden.

    Args:
        case: a valid case; it is not changed.

    Returns:
        The same object where nothing is private, else a new valid case; each hidden character becomes one ``█``.
    """
    told = [author["name"] for author in case["authors"] if is_private_author(author)]
    public = [author["name"] for author in case["authors"] if not is_private_author(author)]
    texts = [case["title"] or "", *(proposal["text"] for proposal in case["proposals"])]
    named = {citizen.name for text in texts for citizen in citizens(text)} - set(public)
    names = names_of({*told, *named}, public)
    made: Json = _clean(case, "", names, _OF_CITIZENS if told else "")
    return case if made == case else made


def _clean(node: Any, key: str, names: Names, kind: str) -> Any:
    if isinstance(node, list):
        return [_clean(child, key, names, kind) for child in node]
    if isinstance(node, dict):
        made = {name: _clean(child, name, names, kind) for name, child in node.items()}
        return {**made, "name": hide(node["name"])} if "party" in node and is_private_author(node) else made
    if not isinstance(node, str) or key not in _MASKED:
        return node
    spans = [*personnummer(node), *(match.span() for name in names for match in name.finditer(node))]
    if key not in _SOURCES:
        spans += [*contacts(node, kind), *addresses(node, names)]
    if key == "quote":
        spans += _alike(node, names)
    return _hidden(node, spans)


def _alike(quote: str, names: Names) -> list[tuple[int, int]]:
    """The words of a quote of raw text that are a part of a name with slips of the OCR."""
    return [
        word.span()
        for word in re.finditer(r"\w[\w|!-]+", quote)
        if any(fuzz.ratio(word.group().lower(), part) >= _ALIKE for part in names.words)
    ]


def _hidden(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + hide(text[start:end]) + text[end:]
    return text
