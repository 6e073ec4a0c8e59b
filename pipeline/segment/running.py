"""Printed lines into running text: hyphens at line ends joined, list marks and slips of the att removed."""

from __future__ import annotations

import re
from collections.abc import Iterable

_KEEP_HYPHEN = re.compile(r"^(och|eller|samt|respektive|till|som|men|än|i)\b", re.I)
_GLUED = re.compile(r"^[Aa]tt(?=[a-zåäö]{4,})(?!(ack|ityd|est|rah|rap|rib|rakt|ent|ack|asch))")
_DOUBLE = re.compile(r"^(att\s+){2,}", re.I)
_JOINER = re.compile(r"[,;]?\s+(samt|och|dels)[,;]?$")


def running(lines: Iterable[str]) -> str:
    """Lines as one text.

    >>> running(["kommun-", "styrelsen utreder vård-", "och omsorg"])
    'kommunstyrelsen utreder vård- och omsorg'
    """
    text = ""
    for raw in lines:
        line = re.sub(r"\s+", " ", raw.replace("\u00ad", "-" if raw.rstrip().endswith("\u00ad") else "")).strip()
        if not line:
            continue
        if text.endswith("-") and not text.endswith(" -") and len(text) > 1 and text[-2].isalnum():
            if _KEEP_HYPHEN.match(line):
                text += " " + line
            elif line[:1].islower() and text[-2].isalpha() and not text[-2].isupper():
                text = text[:-1] + line
            else:
                text += line
        else:
            text = f"{text} {line}" if text else line
    return text


def sats(text: str) -> str:
    """A proposal in its clean form: one leading lower-case att, no word that only joins to the next item.

    >>> sats("Att att utreda frågan samt"), sats("Attutreda frågan"), sats("Motionen bifalls.")
    ('att utreda frågan', 'att utreda frågan', 'Motionen bifalls.')
    """
    text = _JOINER.sub("", text.strip())
    text = _GLUED.sub("att ", text)
    text = _DOUBLE.sub("att ", text)
    if re.match(r"(Att|ATT)\b", text):
        text = "att" + text[3:]
    return text.strip()
