"""Printed lines into running text: hyphens at line ends joined, list marks and slips of the att removed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..document import Span
from .lines import Line

_KEEP_HYPHEN = re.compile(r"^(och|eller|samt|respektive|till|som|men|än|i)\b", re.I)
_MISREAD = re.compile(r"^(?:alt|aft|atl|atf)(?= [a-zåäö])", re.I)
_GLUED = re.compile(r"^[Aa]tt(?=[a-zåäö]{4,})(?!(ack|ityd|est|rah|rap|rib|rakt|ent|ack|asch))")
_DOUBLE = re.compile(r"^(att\s+){2,}", re.I)
_LABELLED = re.compile(r"^(?:Yrkande|Att-?sats|Punkt|Förslag) \d{1,2}[:.)] (?=att\b)", re.I)
_COLON = re.compile(r"^att ?[:;] ?(?=\w)", re.I)  # "Att: Kommunen utreder frågan."
_DELS = re.compile(r"^(?:och )?dels (?=att\b)", re.I)
# What OCR reads into a double quotation mark.
_STRAY = re.compile(r"[’‘'](?=[”“\"])|(?<=[”“])[’‘']")
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
            elif text.endswith((" att-", " Att-")) and line.startswith("sats"):
                text += line
            elif line[:1].islower() and text[-2].isalpha() and not text[-2].isupper():
                text = text[:-1] + line
            else:
                text += line
        else:
            text = f"{text} {line}" if text else line
    return text


_LEAD = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=[.!?]  ))(?P<lead>[A-ZÅÄÖ][^.!?:]{0,160}?\b(?:föreslå\w*|yrka\w*|hemställ\w*|"
    r"beslut\w*|att-?satser)\b[^.!?:]{0,90}?):\s+"
    r"(?=(?:\d{1,2}[.)]\s*)?[A-ZÅÄÖa-zåäö-])"
)
_NUMBERED = re.compile(r"(?:^|\s)(\d{1,2})[.)]\s+(?=[A-ZÅÄÖa-zåäö])")


def inline_lead(text: str) -> tuple[int, int] | None:
    """Where a lead-in with its items behind the colon begins, and where the items begin.

    >>> inline_lead("Så är det. Vi föreslår fullmäktige besluta: Nämnden får i uppdrag att utreda frågan.")
    (11, 44)
    """
    leads = list(_LEAD.finditer(text))
    if not leads or len(text) - leads[-1].end() < 20:
        return None
    found = leads[-1]
    return found.start("lead"), found.end()


def numbered(text: str) -> list[str]:
    """Items numbered within one line of text, in their order; the text itself when there are none.

    >>> numbered("1. Att utreda. 2. Att återkomma.")
    ['Att utreda.', 'Att återkomma.']
    """
    marks = list(_NUMBERED.finditer(text))
    if not marks or marks[0].start() > 1 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]


def sats(text: str) -> str:
    """A proposal in its clean form: one leading lower-case att, no word that only joins to the next item.

    >>> sats("Att att utreda frågan samt"), sats("Attutreda frågan"), sats("Motionen bifalls.")
    ('att utreda frågan', 'att utreda frågan', 'Motionen bifalls.')
    >>> sats("Yrkande 2: Att utreda frågan.")
    'att utreda frågan.'
    """
    text = _STRAY.sub("", _DELS.sub("", _LABELLED.sub("", _JOINER.sub("", text.strip()))))
    text = _GLUED.sub("att ", _MISREAD.sub("att", text))
    text = _DOUBLE.sub("att ", _COLON.sub("att ", text))
    if re.match(r"(Att|ATT)\b(?!-)", text):
        text = "att" + text[3:]
    return text.strip()


def text_of(group: list[Line]) -> str:
    """The item in running form, without its own list mark."""
    first = group[0]
    body = first.body
    inner = re.match(r"^(?:att-?sats\s+)?\d{1,2}[.)]\s+", body) if first.mark and first.mark.kind == "bullet" else None
    body = body[inner.end() :] if inner else body
    return running([body, *(line.text for line in group[1:])])


def spans_of(group: list[Line]) -> tuple[Span, ...]:
    """The item's lines; a jump over furniture (more than blank lines) parts the spans."""
    spans: list[Span] = []
    last = None
    for line in group:
        if spans and last is not None and line.n - last.n - 1 <= line.gap:
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
        last = line
    return tuple(spans)
