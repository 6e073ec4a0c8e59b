"""Signs that a wrong language misreads: bullets at the start of a line, § before and after numbers, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Edit, Span
from .bullets import bullet_edits, dash_edits
from .marks import PARTY, mark_edits, read_edits
from .sections import section_edits

_BRACKET = re.compile(
    r"[({\[](?<![^\W_].)(?P<inner>[58$]S|S[58$]|5D|SO|S0|5|8|9|\$|K0|Mp|M|S|SD|C|V|KD|L|MP|Fl|F1|l|1|I|\\/)[)}\]](?![^\W_])"
)
_PARTY = {
    **dict.fromkeys(("5S", "8S", "$S", "S5", "S8", "S$"), "S"),
    "5D": "SD",
    "SO": "SD",
    "S0": "SD",
    "5": "S",
    "8": "S",
    "9": "S",
    "$": "S",
    "K0": "KD",
    "Mp": "MP",
    "l": "L",
    "1": "L",
    "I": "L",
    "Fl": "FI",
    "F1": "FI",
    "\\/": "V",
}
_GLUED_QUICK = re.compile(r"[SMCVLDP](?:och |i\s)")
_GLUED = re.compile(r"(?<=[,.(] )(?P<party>S|M|C|V|L|D|SD|KD|MP)och(?= [A-ZÅÄÖ])")
_GLUED_DATE = re.compile(r"(?<= och )(?P<party>S|M|C|V|L|D|SD|KD|MP)den(?= \d{1,2} [a-z])")
_GLUED_I = re.compile(r"(?:\b(?:fr[åa]n|och)|,) (?P<party>S|M|C|L|SD|KD|MP)(?=i\s[a-zåäö]{3})")
_TIGHT = re.compile(rf"\((?<=[a-zåäöé]{{2}}\()(?={PARTY}\))")
_NUMBERED = re.compile(r"\di(?=\s[a-zåäö]{3})")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,:/-])\d{1,4}$")
_HEXADECIMAL = r"\dA-FOQISZJ£"
_LONG = re.compile(rf"(?<!\w)[{_HEXADECIMAL}]{{24,}}(?!\w)")
_BROKEN = re.compile(rf"(?<!\w)[{_HEXADECIMAL}]+(?: [{_HEXADECIMAL}]+)+(?!\w)")
_LONG_QUICK = re.compile(rf"[{_HEXADECIMAL}]{{10}}")
_DIGIT_OF = str.maketrans("OQISZJ£ ", "001523E\0")
_MANY = 6  # digits: no word in capitals has as many
_WHOLE = range(32, 65)  # characters of a checksum or an identity
_NUMBERED_BY = re.compile(
    r"\b(?:punkt(?:en|erna)?|yrkandet?|bilaga|nr|kap(?:itel|itlet)?|steg|fas|alternativ) (?P<one>[|l!])(?=\s)"
)
_ALONE = re.compile(r" [|l!]\s")
_YEAR = re.compile(r"(?<=\d{3}) (?=/(?:19|20)\d\d(?!\d))|(?<=\b20\d\d) (?=/\d\d(?!\d))")
_ROUND = re.compile(r"\{(?=[^{}()\[\]\n]{2,80}\))")
_DOLLAR = re.compile(
    r"(?<![\w$])\$(?=[A-ZÅÄÖ]{1,3}(?:-|\b))|(?<=\b[A-Z]{1}, )\$(?=,| och\b)|(?<=\b[A-Z]{2}, )\$(?=,| och\b)"
)
_TILL = re.compile(r"til[\]!|}](?<!\w....)(?=\s)")
_BACKSLASH = re.compile(r"(?<![^\s(])\\(?=[a-zåäöé]{3})")  # "\\angsiktig": a thin l
_TILDE = re.compile(r"~(?<=[a-zåäö] ~)(?= [a-zåäö])")
_STEM = re.compile(r"(?<![^\s(])(?:\\[tT]|'T)(?=-[a-zåäö]{3})")  # "\\T-system"
_WITHIN = re.compile(r"\{(?<=[a-zåäöé]{2}\{)t?(?=[a-zåäöé]{2})")  # "hem{tjanst", "hem{janst": a t, or its edge
_BEFORE_PARTY = re.compile(rf"!(?<=[a-zåäöé]!)(?= \({PARTY}\))")  # "Fredrik Lesel! (L)"
# A sentence that begins "På sockeln", "I en motion", as print without room between its letters is read.
_SENTENCE = r"(?:(?<=[.!?] )|(?<=\n\n))"
_RINGED = re.compile(rf"{_SENTENCE}(?P<first>[PDS])A(?= [a-zåäöé]{{2}})")
_I_EN = re.compile(rf"{_SENTENCE}T(?=(?:en|ett|den|sin|sitt|dag) [a-zåäöé]{{2}})")
_RING = re.compile(r"(?<![\w.,:/-])[fdnps](?P<eight>8)(?=\s[a-zåäö]{2})")  # f8 is få, and so are d8, n8, p8, s8
_CAPITAL_I = re.compile(r"[\]\[{!'](?<=[.:] .)(?= [a-zåäö]{2})")  # "kronor. ] kommunerna": what stands there is an I
_STANDING = (" ] ", " [ ", " { ", " ! ", " ' ")
_LETTERED = re.compile(r"§(?<=\d[a-h]§)")  # "15a§"
_STROKE = re.compile(r"^[ \t]*(?P<stroke>')(?=[A-ZÅÄÖ][a-zåäöé]+(?![^\n]*['’])[^\n]*$)", re.M)
_QUOTED = 300  # characters that stand between single quotation marks at most
_NAMED = re.compile(r"[A-ZÅÄÖŠŽ$][^\W\d_]+[ \t\n]*$")
_COUNTED = re.compile(r"\b(?:[Jj]a|[Nn]ej|JA|NEJ)[ \t\n]*$")  # "röstar Nej (5)": how many do, no party


def sign_edits(text: str, *, cautious: bool = False, read: bool = False) -> list[Edit]:
    """Edits for bullets, section signs and party brackets in text read with a wrong language.

    ``cautious``: only what can hardly be printed that way; ``read``: an engine surely read it, with whatever language.

    >>> [(e.span, e.text) for e in sign_edits("e |IGOR bidrar till")]
    [(Span(start=0, end=1), '•')]
    """
    marks = tuple(mark_edits(text)) if not cautious else tuple(read_edits(text)) if read else ()
    rest = (
        *bullet_edits(text, cautious=cautious), *dash_edits(text), *_parties(text), *section_edits(text),
        *_brackets(text), *_numbers(text), *_strokes(text), *_broken(text), *(() if cautious else _slips(text)),
    )  # fmt: skip
    found = sorted((*rest, *marks), key=lambda e: e.span)
    apart: list[Edit] = []
    for edit in found:
        if not apart or edit.span.start >= apart[-1].span.end:
            apart.append(edit)
    return apart


def _parties(text: str) -> Iterator[Edit]:
    """``M, Loch KD`` is ``M, L och KD``, ``SDi`` is ``SD i``, ``Josefson(M)`` is ``Josefson (M)``."""
    if _GLUED_QUICK.search(text):
        for match in _GLUED.finditer(text):
            yield Edit(Span(*match.span()), f"{match['party']} och", "restore.split", 0.95)
        for match in _GLUED_I.finditer(text):
            yield Edit(Span(match.end(), match.end()), " ", "restore.split", 0.9)
    for match in _GLUED_DATE.finditer(text) if "den " in text else ():
        yield Edit(Span(*match.span()), f"{match['party']} den", "restore.split", 0.9)
    for match in _TIGHT.finditer(text):
        yield Edit(Span(match.start(), match.start()), " ", "restore.split", 0.95)


def _numbers(text: str) -> Iterator[Edit]:
    """``punkt 1i yrkandet`` is ``1 i``; and a hexadecimal number, as digital signatures have, holds no O, I or S.

    >>> [(e.span, e.text) for e in _numbers("OOCB363FDF29093E04576E32D63ES92B")]
    [(Span(start=0, end=32), '00CB363FDF29093E04576E32D63E592B')]
    """
    for match in _NUMBERED.finditer(text):
        if _NUMBER_BEFORE.search(text, max(0, match.start() - 5), match.start() + 1):
            yield Edit(Span(match.end() - 1, match.end() - 1), " ", "restore.split", 0.95)
    for match in _LONG.finditer(text) if _LONG_QUICK.search(text) else ():
        digits = match[0].translate(_DIGIT_OF)
        if digits != match[0] and sum(ch.isdigit() for ch in match[0]) >= _MANY:
            yield Edit(Span(*match.span()), digits, "restore.digits", 0.9)


def _broken(text: str) -> Iterator[Edit]:
    """Long hexadecimal numbers and numbers with their year that spaces broke.

    >>> [(e.span, e.text) for e in _broken("Dnr 00790 /2025: 1704270DAD99F20A17042 70DAD99F20AB1")]
    [(Span(start=9, end=10), ''), (Span(start=17, end=52), '1704270DAD99F20A1704270DAD99F20AB1')]
    """
    for match in _YEAR.finditer(text) if " /" in text else ():
        yield Edit(Span(*match.span()), "", "restore.split", 0.95)
    for match in _BROKEN.finditer(text) if _LONG_QUICK.search(text) else ():
        whole = match[0].translate(_DIGIT_OF).replace("\0", "")
        letters = sum(ch.isalpha() for ch in whole)
        if len(whole) in _WHOLE and min(letters, len(whole) - letters) >= _MANY:
            yield Edit(Span(*match.span()), whole, "restore.digits", 0.6)


def _slips(text: str) -> Iterator[Edit]:
    """Signs that stand for a letter, a digit or a bracket where nothing else can.

    >>> text = "enligt punkt | i {2010:879) av $M-titlar och MP, $ och V til] de"
    >>> [text[: e.span.start][-5:] + e.text for e in _slips(text)]
    ['unkt 1', ' | i (', ') av S', ' MP, S', 'ch V till']
    """
    for match in _NUMBERED_BY.finditer(text) if _ALONE.search(text) else ():
        yield Edit(Span(*match.span("one")), "1", "restore.digits", 0.9)
    for match in _CAPITAL_I.finditer(text) if any(sign in text for sign in _STANDING) else ():
        yield Edit(Span(*match.span()), "I", "restore.letters", 0.85)
    for match in _BACKSLASH.finditer(text) if "\\" in text else ():
        yield Edit(Span(*match.span()), "l", "restore.letters", 0.85)
    for match in _TILDE.finditer(text) if " ~ " in text else ():
        yield Edit(Span(*match.span()), "-", "restore.punctuation", 0.85)
    for match in _WITHIN.finditer(text) if "{" in text else ():
        yield Edit(Span(*match.span()), "t", "restore.letters", 0.85)
    for match in _BEFORE_PARTY.finditer(text) if "! (" in text else ():
        yield Edit(Span(*match.span()), "l", "restore.letters", 0.9)
    for match in _RINGED.finditer(text):
        yield Edit(Span(*match.span()), f"{match['first']}å", "restore.letters", 0.85)
    for match in _I_EN.finditer(text):
        yield Edit(Span(*match.span()), "I ", "restore.split", 0.85)
    for match in _STEM.finditer(text) if "\\" in text or "'T-" in text else ():
        yield Edit(Span(*match.span()), "IT", "restore.letters", 0.85)
    for match in _RING.finditer(text) if "8 " in text or "8\n" in text else ():
        yield Edit(Span(*match.span("eight")), "å", "restore.letters", 0.9)
    for match in _LETTERED.finditer(text):
        yield Edit(Span(match.start() - 1, match.start() + 1), f" {text[match.start() - 1]} §", "restore.split", 0.93)
    for sign, pattern, printed in (("{", _ROUND, "("), ("$", _DOLLAR, "S"), ("til", _TILL, "till")):
        for match in pattern.finditer(text) if sign in text else ():
            yield Edit(Span(*match.span()), printed, "restore.letters" if printed != "(" else "restore.bracket", 0.93)


def _strokes(text: str) -> Iterator[Edit]:
    """``'Godkänd``: dirt or a rule at the margin, read as a quotation mark that nothing closes."""
    for match in _STROKE.finditer(text) if "'" in text else ():
        if not re.search(r"\w['’](?!\w)", text[match.end() : match.end() + _QUOTED]):
            yield Edit(Span(match.start("stroke"), match.end()), "", "restore.punctuation", 0.85)


def _brackets(text: str) -> Iterator[Edit]:
    for match in _BRACKET.finditer(text):
        inner = match["inner"]
        new = f"({_PARTY.get(inner, inner)})"
        before = text[max(0, match.start() - 40) : match.start()]
        if inner.isdigit() and _COUNTED.search(before):
            continue
        if new != match.group() and _NAMED.search(before):
            yield Edit(Span(*match.span()), new, "restore.bracket", 0.93)
