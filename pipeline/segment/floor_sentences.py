"""The sentences of yrkanden: where one member's ends and the next one's begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..yrkanden import BY_WHAT

VERB = re.compile(
    r"\b(yrkar|yrkade|föreslår|föreslog|föreslås|nominerar|nominerade|"
    r"hemställer(?: om)?|hemställde(?: om)?|begär|äskar|"
    r"vill se(?= (?:bifall|avslag))|förordar(?= (?:bifall|avslag)))\b|"
    r"\byrkas(?= (?:på )?(?:bifall|avslag|återremiss|att)\b)|"
    r"\b(?:lämnar|lämnade|lägger|lade|framställer|framställde|framför|framförde|väcker|väckte|presenterar)"
    r"(?: (?:fram|ett|följande)){1,3} (?!egna)\w*(?:yrkande|förslag)n?(?: till beslut)?"
    r"(?::|(?= att\b)|(?: om| på)(?= (?:bifall|avslag|återremiss|att)\b))|"
    # Houses that print no verb: "Eva Ek (S): Bifall till motionen.", "Eva Ek (S) - avslag på motionen".
    r"(?<=\))(?::|\s+[–—-])"
    r"(?=\s+(?:bifall|avslag|återremiss|bordläggning|i första hand|motionen|ärendet|enligt|att)\b)|"
    r"(?<=^Yrkande )(?:av|från)(?= [^.]{3,90}? om (?:bifall|avslag|återremiss|att)\b)",
    re.I,
)
WHO = r"[A-ZÅÄÖ][\w.'’-]{1,40}(?: (?:von |af |de |la |van )?[A-ZÅÄÖ][\w.'’-]{1,40}){1,3} \([A-Za-zÅÄÖåäö]{1,4}\)"
_NEXT_MOVER = re.compile(
    rf"(?:,|,? (?:och|samt|men))\s+(?={WHO}(?:, {WHO})*(?: (?:och|samt) {WHO})? (?:yrkar|yrkade|föreslår|föreslog)\s"
    r"(?:att|bifall|avslag|återremiss|bordläggning)\b)"
)


# The verb is not said again: "Eva Ek (S) yrkar bifall till motionen och Bo Al (M) avslag".
_SHARED = re.compile(
    rf",? (?:samt|och|medan|men) (?={WHO}(?:(?:, | och | samt ){WHO})* (?:bifall|avslag|återremiss|bordläggning)\b)"
)


# Somebody else wants something else: "Eva Ek yrkar bifall, medan Bo Al yrkar avslag".
_WHILE = re.compile(
    r",? (?:medan|varemot|under det att) "
    r"(?=(?:[A-ZÅÄÖ][\w-]+ ){2,3}[^.:]{0,90}?\b(?:yrkar|yrkade|föreslår|föreslog) (?:att|bifall|avslag|återremiss)\b)"
)


# Where the next member's line begins in a list that is printed without full stops: "... Bo Al (M) - avslag".
_MOVER = (
    r"(?<=[^.!?:,] )(?<!\boch )(?<!\bsamt )(?<!\bav )"
    r"(?=(?:[A-ZÅÄÖ][\w-]+ ){2,4}\((?:[A-ZÅÄÖa-zåäö]{1,4}|-)\)(?::| [–—-]) "
    r"(?:[Bb]ifall|[Aa]vslag|[Åå]terremiss|[Mm]otionen|[Ii] första hand)\b)"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as offsets; abbreviations and initials do not end one."""
    spans, start = [], 0
    depth = 0
    for found in re.finditer(_MOVER + r"|[”\"“]|(?<![.!?])[.!?]+[”\"’')]*(?=\s+(?:[A-ZÅÄÖ\"”“]|\d:[ea] ))", text):
        mark = found.group()
        if not mark:
            if (
                found.start() > start
                and not depth
                and not re.search(r"[A-ZÅÄÖ][\w-]* $", text[max(0, found.start() - 60) : found.start()])
            ):
                spans.append((start, found.start() - 1))
                start = found.start()
            continue
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


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """The sentences, cut again where the next member moves something behind a mere comma."""
    for start, end in sentences(text):
        cuts = [m for form in (_NEXT_MOVER, _WHILE, _SHARED, BY_WHAT) for m in form.finditer(text, start, end)]
        for cut in sorted(cuts, key=lambda found: found.start()):
            if cut.re is BY_WHAT or VERB.search(text, start, cut.start()):
                yield start, cut.start()
                start = cut.end()
        yield start, end
