"""Yrkanden made at a meeting: who moves what, out of running sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from .running import sats

_VERB = re.compile(r"\b(yrkar|yrkade|föreslår|föreslog|föreslås|hemställer|hemställde|begär|äskar)\b", re.I)
_ADVERB = re.compile(
    r"^(?:också|även|därför|dessutom|vidare|härefter|därutöver|i sin tur|samtidigt|följande|på|om|:)\s+(?!hand)|^:\s*",
    re.I,
)
_ORGAN = re.compile(
    r"^(?:att\s+)?(?:kommun|region|stads)?(?:fullmäktige|styrelsen)(?:n)?\s+(?:att\s+)?(?:besluta(?:r)?\s+)?(?=att\b)|"
    r"^\w*(?:nämnden|utskottet|direktionen)\s+(?=att\b)",
    re.I,
)
_ADDITION = re.compile(r"^(?P<main>.+?),? samt (?:till )?följande \w+:\s*(?P<more>.+)$")
_BESLUTA = re.compile(r"^(?:\w+\s){0,3}(?:besluta|att besluta)\b[^:]{0,80}:\s*(?P<text>.+)$")
_TWO = re.compile(r"\s+och\s+(?:yrkar|föreslår)\s+")


class Move(NamedTuple):
    """One yrkande: who, the clean text, and where it begins and ends in the paragraph's running text."""

    by: str | None
    text: str
    start: int
    end: int


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as offsets; abbreviations and initials do not end one."""
    spans, start = [], 0
    depth = 0
    for found in re.finditer(r"[”\"“]|[.!?]+[”\"’')]*(?=\s+(?:[A-ZÅÄÖ\"”“]|\d:[ea] ))", text):
        mark = found.group()
        if mark in '”"“':
            depth ^= 1
            continue
        if "”" in mark or '"' in mark:
            depth = 0
        before = text[max(0, found.start() - 12) : found.start()]
        if (
            re.search(r"(\b[A-ZÅÄÖ]|\bm\.?\s?fl|\bbl|\bkap|\bnr|\bdnr|\bs\.k|\bp\.g\.a|\bt\.ex|\bca|\bSt)$", before)
            or depth
        ):
            continue
        spans.append((start, found.end()))
        start = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def moves(text: str) -> list[Move]:
    """The yrkanden in one paragraph.

    >>> [(m.by, m.text) for m in moves("Eva Ek (S) yrkar bifall till motionen. Vidare yrkade Bo Al (M) avslag.")]
    [('Eva Ek (S)', 'bifall till motionen.'), ('Bo Al (M)', 'avslag.')]
    """
    found: list[Move] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        verb = _VERB.search(sentence)
        if not verb or not _speaks(sentence, verb):
            if found:
                last = found[-1]
                found[-1] = Move(last.by, f"{last.text} {sentence}", last.start, end)
            continue
        found += _moves_of(sentence, verb, start, end)
    return found


def _speaks(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the sentence moves something itself, and does not only speak of a yrkande."""
    before = sentence[: verb.start()]
    return len(before) < 600 and not re.search(r"\b(enligt|om att|som)\b", before[-25:])


def _moves_of(sentence: str, verb: re.Match[str], start: int, end: int) -> list[Move]:
    by: str | None = re.sub(r"^(Vidare|Dessutom|Därefter|Härefter|Slutligen)\s+", "", sentence[: verb.start()]).strip(
        " ,"
    )
    rest = sentence[verb.end() :].strip()
    if not by or re.fullmatch(r"(Vidare|Dessutom|Därefter|Härefter|Slutligen|Därutöver)", by):
        inverted = re.match(
            r"^(?P<who>(?:ordföranden?\s+)?[A-ZÅÄÖ].*?)\s+(?:även\s+|också\s+|"
            r"därför\s+)?(?=(?:på\s+)?(?:i första hand|bifall|avslag|"
            r"återremiss|bordläggning|att)\b)",
            rest,
        )
        if inverted:
            by, rest = inverted["who"], rest[inverted.end() :]
    by = by or None
    found: list[Move] = []
    for part in _TWO.split(rest):
        text = part.strip()
        while _ADVERB.match(text):
            text = _ADVERB.sub("", text, count=1).strip()
        more = None
        if addition := _ADDITION.match(text):
            text, more = addition["main"], addition["more"]
        if decide := _BESLUTA.match(text):
            text = decide["text"]
        text = _ORGAN.sub("", text)
        if len(text) > 3:
            found.append(Move(by, sats(text), start, end))
        if more:
            found.append(Move(by, sats(more), start, end))
    return found
