"""Records in little room: what can be had again from the rest is left out, then compressed.

Quotes are slices of the raw text, and the repaired text is the raw text with the repairs applied.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

Json = dict[str, Any]

# What every record says: given to the compressor beforehand, the most frequent last.
COMMON = (
    '{"schema":"record/1.0","generator":{"name":"attsats","version":"","models":{"repair":"","ner":""}},"also":[],'
    '"media_type":"application/pdf","bytes":,"pages":,"part":{"n":1,"of":1,"pages":[1,1]},"page_sizes":[[1654,2339,200'
    '"quality":{"ocr":"wrong-language","clean","read_with":"eng",null,"damage":0.0,"source":"text-layer","given","ocr",'
    '"attendance":[{"status":"tjänstgörande","ersättare","signatories","municipality":{"name":"","code":"},"addressee":'
    '"kommunfullmäktige","body":"kommunstyrelsen","evidence":{"kind":{"municipality":{"date":{"notes":[],"review":[{"'
    '"field":"items.0.proposals.1.text","reason":"low confidence","votes":[],"reservations":[],"statements":[],'
    '"references":{"motion_title":null,"paragraphs":[],"laws":[]},"motion_authors":[],"outcomes":[{"of":"motion",'
    '"outcome":"bifall","avslag","by":"kommunfullmäktige","act":"decision","recommendation","request","verbatim":"'
    '"entities":[{"type":"PERSON","ORG","BODY","DATE","PARTY","text":"","normalized":"","parties":[{"code":"SD",'
    '"repairs":[{"raw":[,"from":"","to":"","rule":"restore.letters","proposals":[{"n":1,"text":"att ","stem":"Med '
    'anledning av ovanstående föreslår ","sections":[{"kind":"proposal","heading":null,"background","motivation",'
    '"title","party":"S","role":null,"confidence":0.95,"at":[{"raw":[],"repaired":[],"page":1,"box":null}]}'
).encode()


encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def slim(record: Json) -> bytes:
    """The record as JSON without what can be had again."""
    return encode({**_without_quotes(record), "text": {"raw": record["text"]["raw"]}}).encode()


def pack(slimmed: bytes) -> bytes:
    """A slim record, compressed; :func:`unpack` gives the whole record back."""
    packer = zlib.compressobj(6, zdict=COMMON)
    return packer.compress(slimmed) + packer.flush()


def unpack(packed: bytes) -> Json:
    """The record that was packed."""
    whole: Json = json.loads(zlib.decompressobj(zdict=COMMON).decompress(packed))
    raw = whole["text"]["raw"]
    _quote(whole, raw)
    parts, last = [], 0
    for edit in whole["repairs"]:
        parts += [raw[last : edit["raw"][0]], edit["to"]]
        last = edit["raw"][1]
    whole["text"]["repaired"] = "".join([*parts, raw[last:]])
    return whole


def _without_quotes(node: Any) -> Any:
    if isinstance(node, dict):
        if "quote" in node and "raw" in node:
            return {key: child for key, child in node.items() if key != "quote"}
        return {key: _without_quotes(child) if isinstance(child, dict | list) else child for key, child in node.items()}
    return [_without_quotes(child) if isinstance(child, dict | list) else child for child in node]


def _quote(node: Any, raw: str) -> None:
    """Put the quotes back: into everything that has a raw range and a page."""
    if isinstance(node, list):
        for child in node:
            _quote(child, raw)
    elif isinstance(node, dict):
        if "raw" in node and "page" in node and "repaired" in node:
            node["quote"] = raw[node["raw"][0] : node["raw"][1]]
        else:
            for child in node.values():
                if isinstance(child, dict | list):
                    _quote(child, raw)
