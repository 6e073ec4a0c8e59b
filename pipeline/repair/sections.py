"""The section sign: engines take it for 8, $, & or S; a protocol's own numbering tells."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from ..document import Edit, Span
from .section_cited import cited_edits
from .section_heads import NEAR, SIGN, matter_edits

__all__ = ["SIGN", "head_edits", "number_edits", "section_edits"]
_MONEY = re.compile(r"(?i)dollar|usd|us\$|miljon|miljard|mkr|kronor")
_DOLLAR = re.compile(
    r"(?P<sign>[$§&8](?<![\w$§&].)(?:[$§&8]|(?<=[$&])))"
    r"(?=(?:[ \t]{0,2}|\n)(?P<n>\d{1,3})(?:[ \t]?[-–][ \t]?\d{1,3})?\b(?![.,:/]\d))"
)
# "&$3 Dnr": one section has one sign, however it was read.
_ONE_HEAD = re.compile(r"(?<![^\n\f])[$§&8]{2}[ \t]{0,2}\d{1,3}[ \t]+(?:Dnr\b|Diarie(?:nummer|nr)\b)")
_PAIRED = re.compile(r"(?P<sign>[$&])(?<![\w$§&].)(?=[ \t][$§&][ \t]{0,2}\d{1,3}\b)")  # i § § 124-126
_LISTING = re.compile(r"(?P<sign>[$&]{2})(?<![\w$§&]..)(?=[ \t]\d{1,3},[ \t]?\d{1,3}\b(?![.,]\d))")  # $$ 8,9
_ALONE = re.compile(
    r"^[ \t\f]*(?P<n>\d{1,2})[ \t]?(?P<letter>[a-z])(?:[ \t]?(?:[8$&S]|8\$|\$8)|(?<=\d.)§)[ \t]*$", re.M
)  # 15 a §, alone in its line
_DATED_QUICK = re.compile(r"[$8&S][ \t]\d")
_DATED = re.compile(
    r"(?:\b\d{4}-\d\d-\d\d|\b(?:19|20)\d\d),?[ \t]+(?P<sign>88|[$8&S])"
    r"(?=[ \t]\d{1,3}\b(?![-:/.,]\d|[ \t]?(?:kr|%|procent|st|år)))"
)
_LAW = re.compile(
    r"\bkap(?:\.|itel)?(?:[ \t]|\n)\d{1,3}(?:[ \t]?[a-z])?(?:[ \t]?(?:[-–,]|och)[ \t]?\d{1,3})*[ \t]"
    r"(?P<after>88|[$8&S])(?=[ \t.,;:)]|$)"
    r"|(?<![\d.,:])\b\d{1,3}(?:[ \t][a-z])?[ \t](?P<alone>\$(?=[ \t]*[.,;:)])|\$\$(?=[ \t]))"
    r"|(?<![\d.,:])\b\d{1,3}(?:[ \t][a-z])?[ \t](?P<before>88|[$8&])"
    r"(?=[ \t](?:i[ \t])?(?:(?:[a-zåäö]*lagen|KL|samma lag|SoL|LSS|PBL|[a-zåäö]*balken|[a-zåäö]*förordningen)\b))",
    re.M,
)
_LAW_WORD = (
    r"(?:i\s)?[A-ZÅÄÖ]?[a-zåäö]*"
    r"(?:lag|lagen|balken|f[oéöd6]{1,2}rdning|f[oéöd6]{1,2}rordning|f[oéöd6]{1,2}rordningen)\b"
)
_CHAPTERED = re.compile(
    rf"\bkap(?:\.|itlet|itel)?,?\s?\d{{1,2}}(?:(?P<glued>8)|(?:\s[a-h])?\s(?P<sign>[58]))(?=\s{{1,2}}{_LAW_WORD})"
)
# After the date of a meeting, where a thousand would have no date behind it.
_MEETING = re.compile(
    r"\b(?:19|20)\d\d,\s{1,3}(?P<sign>[58$&S])(?=\s(?:\d{1,4}(?:,|\soch)\s{1,3}den\s\d|(?:\d\d?|\d{4})\soch\b))"
)
_OPENING = re.compile(r"\s*(?P<sign>8)(?=[ \t]\d{1,3}[ \t]+[A-ZÅÄÖ][a-zåäöé]+[ \t]+[a-zåäö])")
_OPENED = re.compile(
    r"\((?P<sign>[8$&])(?=\s\d{1,3}[ \t]+[A-ZÅÄÖ]?[a-zåäö]*(?:ordning|ordningen|lagen|stadgan|stadga)\b)"
)
_MEETING_QUICK = re.compile(r"[58$&S](?<=\s.)\s\d")  # of all that stands around it, what is looked for fastest
_YEARLY_QUICK = re.compile(r"[$&8]\s\d{1,3}/\d")
_YEARLY = re.compile(r"\b(?:KF|KS|KSAU|AU) (?P<sign>[$&8])(?=\s\d{1,3}/\d\d\b)")
_BEHIND = re.compile(r"(?<![\d.,:])\b\d{1,3}(?:[ \t][a-h])?[ \t](?P<sign>\$)(?=[ \t\n])(?![ \t\n](?:per|st|/|och \d))")
PROOF = 2  # signs that were read well
# Without one of these no law has lost its sign.
_CHAPTER = re.compile(r"kap(?:\.|itel)?\s\d")
_STRAY = re.compile(r"[$8&S](?:(?<=\$)|(?<=[ \t].)8?(?=[ \t.,;:)\n]|$))")
_NAMED_LAW = re.compile(r"[$8&][ \t](?:i[ \t])?(?:KL\b|[a-zåäö]*(?:lagen|balken|förordningen)\b)")
_HEAD = re.compile(r"^[ \t*•«»]*(?P<sign>[$8&S])(?P<gap>[ \t]{0,3})(?P<n>\d{1,3})(?=[ \t]*$|[ \t]+[A-ZÅÄÖ\d])", re.M)
_LISTED = re.compile(
    r"^(?:[ \t\f]*(?P<sign>8)|[ \t\f]*[*•«+»°\x22][ \t]*(?P<listed>[85])[ \t]?)"
    r"(?=\d{1,3}[ \t]+(?:KF|KS|KSAU|AU|KUN|BUN|SN|SON|VON|TN|MBN|GN|FG|SBN|KFN)\b)",
    re.M,
)
_TIGHT = re.compile(r"§(?=\d{1,3}\b)")
_WIDE = re.compile(r"§[ \t]+\d")
_HEAD_OF = r"(?P<n>\d{1,3})[ \t]+(?P<rest>[A-ZÅÄÖ]\S*[ \t]+\S*\d\S*)"
_TIGHT_HEAD = re.compile(rf"^[ \t\f]*§{_HEAD_OF}", re.M)
_WIDE_HEAD = re.compile(rf"^[ \t\f]*§[ \t]+{_HEAD_OF}", re.M)
_DOUBLE = re.compile(r"(?<=§)[ \t]{2,}(?=\d)")
_ITEM = re.compile(r"[ \t]*(?:[^\w\s§]|[eo](?=[ \t]))[ \t]*")
_BLURRED = re.compile(r"§[ \t](?P<n>[dlIOoSZB\d]{1,3})(?=\s)")
_DIGITS = str.maketrans("dlIOoSZB", "41100528")
_PRINTED = re.compile(r"§§?[ \t]{0,3}(\d{1,3})")


def section_edits(text: str) -> list[Edit]:
    """Edits that put § back; sorted, apart.

    >>> [(e.span, e.text) for e in section_edits("Kommunstyrelsen 2023-05-02, 8 12")]
    [(Span(start=28, end=29), '§')]
    >>> [(e.span, e.text) for e in section_edits("i $ $ 124 enligt\\n15a8\\n")]
    [(Span(start=2, end=3), '§'), (Span(start=4, end=5), '§'), (Span(start=17, end=21), '15 a §')]
    >>> [e.text for e in section_edits("Eva Ek, $$ 8,9")], [e.text for e in section_edits("15a8$\\n15a§\\n15 a §")]
    (['§§'], ['15 a §', '15 a §'])
    >>> [e.text for e in section_edits("§ 42\\n«8 44")]
    ['§']
    >>> section_edits("Det kostar $ 100 miljoner dollar.")
    []
    >>> [(e.span, e.text) for e in section_edits("§ 42\\n§ dd av")]
    [(Span(start=7, end=9), '44')]
    """
    numbers = {int(n) for n in _PRINTED.findall(text)}
    found: dict[int, Edit] = {}
    for edit in (
        *_dollars(text),
        *_dated(text),
        *matter_edits(text, numbers),
        *_laws(text),
        *_laws_own(text),
        *_told(text),
        *cited_edits(text),
    ):
        found.setdefault(edit.span.start, edit)
    for edit in _heads(text, numbers | {int(m["n"]) for m in _DOLLAR.finditer(text)}):
        found.setdefault(edit.span.start, edit)
    for edit in _blurred(text, numbers):
        found.setdefault(edit.span.start, edit)
    return [found[start] for start in sorted(found)]


def _blurred(text: str, numbers: set[int]) -> Iterator[Edit]:
    """Letters read in place of a number's digits, where the numbering of the text agrees."""
    for match in _BLURRED.finditer(text):
        read = match["n"]
        n = read.translate(_DIGITS)
        if len(read) > 1 and not read.isdigit() and any(abs(int(n) - k) <= NEAR for k in numbers):
            yield Edit(Span(match.start("n"), match.end("n")), n, SIGN, 0.85)


def number_edits(text: str, restored: Container[int] | None = None) -> list[Edit]:
    """Edits after §: one space before its number; only after the signs that stand at ``restored``, if given.

    A text that always sets its signs tight keeps them so; in a list they stand tight more often than elsewhere.

    >>> [(e.span, e.text) for e in number_edits("§  12 och §13")]
    [(Span(start=1, end=3), ' '), (Span(start=11, end=11), ' ')]
    """
    if "§" not in text:
        return []
    found = [Edit(Span(*m.span()), " ", "restore.split", 0.9) for m in _DOUBLE.finditer(text)]
    tight = [m.end() for m in _TIGHT.finditer(text) if not _listed(text, m.start())]
    if restored is not None:
        tight = [at for at in tight if at - 1 in restored]
    if len(tight) == 1 or _WIDE.search(text):
        found += [Edit(Span(at, at), " ", "restore.split", 0.9) for at in tight]
    return sorted(found, key=lambda e: e.span)


def head_edits(text: str) -> list[Edit]:
    """A space in heads read tight (``§3 Dnr 7``) that the text shows apart elsewhere, before the same matter.

    >>> [(e.span, e.text) for e in head_edits("§ 3 Dnr 7\\n§ 4 Dnr 8\\n§3 Dnr 7\\n§12 Plan")]
    [(Span(start=21, end=21), ' ')]
    """
    tight = list(_TIGHT_HEAD.finditer(text)) if "§" in text and _TIGHT.search(text) else []
    if not tight:
        return []
    apart = {(m["n"], tuple(m["rest"].split())) for m in _WIDE_HEAD.finditer(text)}
    return [
        Edit(Span(m.start("n"), m.start("n")), " ", "restore.split", 0.9)
        for m in tight
        if (m["n"], tuple(m["rest"].split())) in apart
    ]


def _listed(text: str, at: int) -> bool:
    """Whether a sign stands first behind a bullet."""
    return _ITEM.fullmatch(text, text.rfind("\n", 0, at) + 1, at) is not None


def _edit(start: int, sign: str, confidence: float) -> Edit:
    new = "§§" if len(sign) == 2 else "§"
    return Edit(Span(start, start + len(sign)), new, SIGN, confidence)


def _dollars(text: str) -> Iterator[Edit]:
    for match in (*_PAIRED.finditer(text), *_LISTING.finditer(text)):
        yield _edit(match.start("sign"), match["sign"], 0.95)
    for match in _DOLLAR.finditer(text):
        sign = match["sign"]
        if len(sign) == 2 and sign not in ("§§", "88") and _ONE_HEAD.match(text, match.start()):
            yield Edit(Span(match.start("sign"), match.end("sign")), "§", SIGN, 0.95)
            continue
        if sign in ("§§", "88") or _MONEY.search(text[max(0, match.start() - 12) : match.end() + 26]):
            continue
        yield _edit(match.start("sign"), sign, 0.97)


def _laws_own(text: str) -> Iterator[Edit]:
    """The number of a law's own section, alone in its line: ``15a8`` is ``15 a §``."""
    for match in _ALONE.finditer(text):
        new = f"{match['n']} {match['letter']} §"
        yield Edit(Span(match.start("n"), match.start("n") + len(match[0].strip())), new, SIGN, 0.9)


def _dated(text: str) -> Iterator[Edit]:
    dated = _DATED.finditer(text) if _DATED_QUICK.search(text) else ()
    for match in dated:
        yield _edit(match.start("sign"), match["sign"], 0.96)
    for match in _LISTED.finditer(text):
        group = "sign" if match["sign"] else "listed"
        yield _edit(match.start(group), match[group], 0.96)


def _laws(text: str) -> Iterator[Edit]:
    lost = "$" in text or _NAMED_LAW.search(text) or (_CHAPTER.search(text) and _STRAY.search(text))
    for match in _LAW.finditer(text) if lost else ():
        group = next(name for name in ("after", "alone", "before") if match[name])
        yield _edit(match.start(group), match[group], 0.96)


def _told(text: str) -> Iterator[Edit]:
    """Signs that what stands around them tells: dates, chapters, numbers of matters; ``8 $`` where others prove it.

    >>> [(e.span.start, e.text) for e in _told("6 mars 2024, 5 194, den 9 april; 17 kapitlet, 3 5 aktiebolagslagen")]
    [(13, '§'), (48, '§')]
    >>> [e.text for e in _told("med 3 kap. 18 lagen")], list(_told("den 6 mars 2024, 5 500 och 12 $ per gång"))
    ([' §'], [])
    """
    for match in _MEETING.finditer(text) if _MEETING_QUICK.search(text) else ():
        yield _edit(match.start("sign"), match["sign"], 0.9)
    for match in _CHAPTERED.finditer(text) if "kap" in text else ():
        if match["glued"]:
            yield Edit(Span(*match.span("glued")), " §", SIGN, 0.85)
        else:
            yield _edit(match.start("sign"), match["sign"], 0.9)
    yearly = _YEARLY.finditer(text) if _YEARLY_QUICK.search(text) else ()
    for match in (*yearly, *_OPENED.finditer(text)):
        yield _edit(match.start("sign"), match["sign"], 0.9)
    if opening := _OPENING.match(text):
        yield _edit(opening.start("sign"), "8", 0.85)
    if "$" in text and text.count("§") >= PROOF:
        for match in _BEHIND.finditer(text):
            if not _MONEY.search(text[max(0, match.start() - 26) : match.end() + 26]):
                yield _edit(match.start("sign"), match["sign"], 0.85)


def _heads(text: str, numbers: set[int]) -> Iterator[Edit]:
    """A sign before a number at the start of a line, where the numbering of the text agrees."""
    for match in _HEAD.finditer(text):
        sign, n = match["sign"], int(match["n"])
        near = any(abs(n - k) <= NEAR for k in numbers)
        if sign in "$&" or (near and (match["gap"] or sign != "8" or n > 9)):
            yield _edit(match.start("sign"), sign, 0.97 if near else 0.9)
