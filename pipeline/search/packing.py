"""Records in little room: what can be had again from the rest is left out, then compressed.

Quotes are slices of the raw text. The repaired text stands in the record's entries, where people search it, and the
raw text is the repaired one with the repairs undone.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]
Parts = list[int | str]  # of a text: numbers of texts that are known, and what stands between them

NO_TEXTS: Mapping[int, str] = MappingProxyType({})
LEVEL = 3  # two thirds of the time of the usual 6, and a hundredth of the file
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
    '"text":{"of":[0,"\\n"]},'
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


def parts(record: Json, texts: Mapping[int, str]) -> Parts | None:
    """The repaired text of a record by other texts that stand in it one after another; None where its raw text cannot
    be had again.

    >>> parts({"text": {"raw": "§ 1 Val\\n", "repaired": "§ 1 Val\\n"}, "repairs": []}, {-1: "", 0: "§ 1 Val"})
    [0, '\\n']
    """
    repaired = record["text"]["repaired"]
    if record["text"]["raw"] != (_undone(repaired, record["repairs"]) if record["repairs"] else repaired):
        return None
    made: Parts = []
    last = 0
    for number, text in texts.items():
        at = repaired.find(text, last) if text else -1
        if at >= 0:
            made += [repaired[last:at], number]
            last = at + len(text)
    return [part for part in (*made, repaired[last:]) if part != ""]


def slim(record: Json, text: Parts | None = None) -> bytes:
    """The record as JSON without what can be had again."""
    return slimmed(encode(record).encode(), text)


def slimmed(line: bytes, text: Parts | None = None) -> bytes:
    """A record's JSON without its quotes and its repaired text, which are found by how attsats writes them; without
    its raw text too where the parts of its text are given.

    Where they are written otherwise they stay, and :func:`unpack` gives the same record for it. No string can look
    like the keys that are looked for: its own quotation marks are escaped.
    """
    for raw, repaired in TEXTS:
        start = line.rfind(raw)
        end = _end(line, start + len(raw)) if start >= 0 else 0
        if end and line.startswith(repaired, end):
            told = line[start:end] if text is None else b'"text":{"of":' + encode(text).encode()
            line = b"".join((line[:start], told, line[_end(line, end + len(repaired)) :]))
    for key in QUOTES:
        before, *rest = line.split(key)
        kept = [before]
        for part in rest:
            if PLACE.match(before, max(0, before.rfind(b"{"))):
                kept.append(part[_end(part, 0) :])
            else:
                kept += [key, part]
            before = part
        line = b"".join(kept)
    return line


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


def unpack(packed: bytes, texts: Mapping[int, str] = NO_TEXTS) -> Json:
    """The record that was packed; ``texts`` are those that its parts were told by."""
    words = DICTIONARIES[int.from_bytes(packed[2:6], "big")]
    whole: Json = json.loads(zlib.decompressobj(zdict=words).decompress(packed))
    text = whole["text"]
    told = text.pop("of", None)
    if told is None:
        raw, repaired = text["raw"], _applied(text["raw"], whole["repairs"])
    else:
        repaired = "".join([part if isinstance(part, str) else texts[part] for part in told])
        raw = _undone(repaired, whole["repairs"])
    whole["text"] = {**text, "raw": raw, "repaired": repaired}
    _quote(whole, raw)
    return whole


def _applied(raw: str, repairs: Sequence[Json]) -> str:
    """The repaired text."""
    made, last = [], 0
    for edit in repairs:
        made += [raw[last : edit["raw"][0]], edit["to"]]
        last = edit["raw"][1]
    return "".join([*made, raw[last:]])


def _undone(repaired: str, repairs: Sequence[Json]) -> str:
    """The raw text; something else where the places of the repairs are not theirs."""
    made, last = [], 0
    for edit in repairs:
        made += [repaired[last : edit["repaired"][0]], edit["from"]]
        last = edit["repaired"][1]
    return "".join([*made, repaired[last:]])


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
