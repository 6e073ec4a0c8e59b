"""Records in little room: what can be had again from the rest is left out, then compressed.

Quotes are slices of the raw text, and the repaired text is the raw text with the repairs applied.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

Json = dict[str, Any]

LEVEL = 6
SHORT = 64  # bytes that show whether JSON is written with blanks

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

SPACED = COMMON.replace(b'":', b'": ').replace(b',"', b', "').replace(b":,", b": ,")
DICTIONARIES = {zlib.adler32(words): words for words in (COMMON, SPACED)}  # what packs hold of theirs is this number


encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
PLACE = re.compile(
    rb'\{"raw": ?\[\d+, ?\d+\], ?"repaired": ?\[\d+, ?\d+\], ?"page": ?\d+, ?"box": ?(?:null|\[[^\]{"]*\])\Z'
)
QUOTES = (b',"quote":"', b', "quote": "')
TEXTS = ((b'"text":{"raw":"', b',"repaired":"'), (b'"text": {"raw": "', b', "repaired": "'))
QUOTE, BACKSLASH = b'"', 0x5C


def slim(record: Json) -> bytes:
    """The record as JSON without what can be had again."""
    return slimmed(encode(record).encode())


def slimmed(text: bytes) -> bytes:
    """A record's JSON without its quotes and its repaired text, which are found by how attsats writes them.

    Where they are written otherwise they stay, and :func:`unpack` gives the same record for it. No string can look
    like the keys that are looked for: its own quotation marks are escaped.
    """
    for raw, repaired in TEXTS:
        start = text.rfind(raw)
        end = _end(text, start + len(raw)) if start >= 0 else 0
        if end and text.startswith(repaired, end):
            text = text[:end] + text[_end(text, end + len(repaired)) :]
    for key in QUOTES:
        before, *rest = text.split(key)
        kept = [before]
        for part in rest:
            if PLACE.match(before, max(0, before.rfind(b"{"))):
                kept.append(part[_end(part, 0) :])
            else:
                kept += [key, part]
            before = part
        text = b"".join(kept)
    return text


def _end(text: bytes, start: int) -> int:
    """Behind the quotation mark that ends the string whose first letter is at ``start``."""
    end = text.index(QUOTE, start)
    while text[end - 1] == BACKSLASH and _is_escaped(text[start:end]):
        end = text.index(QUOTE, end + 1)
    return end + 1


def _is_escaped(before: bytes) -> bool:
    """Whether the sign behind this is escaped: an odd number of backslashes stands before it."""
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


def pack(slim_text: bytes) -> bytes:
    """A slim record, compressed; :func:`unpack` gives the whole record back."""
    packer = zlib.compressobj(LEVEL, zdict=SPACED if b'": ' in slim_text[:SHORT] else COMMON)
    return packer.compress(slim_text) + packer.flush()


def unpack(packed: bytes) -> Json:
    """The record that was packed."""
    words = DICTIONARIES[int.from_bytes(packed[2:6], "big")]
    whole: Json = json.loads(zlib.decompressobj(zdict=words).decompress(packed))
    raw = whole["text"]["raw"]
    _quote(whole, raw)
    parts, last = [], 0
    for edit in whole["repairs"]:
        parts += [raw[last : edit["raw"][0]], edit["to"]]
        last = edit["raw"][1]
    whole["text"]["repaired"] = "".join([*parts, raw[last:]])
    return whole


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
