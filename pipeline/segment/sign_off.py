"""The end of a member's document: who signs it, and what stands under the names.

What a line looks like is not enough here: the last of the proposals may name a web page, a date or an official.
A line that opens an item, or goes on with one, is never a part of the end.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .blocks import names, noise, signs
from .draft import Draft
from .lines import Line, ends_sentence, fold

_REGARDS = re.compile(r"((med )?vanliga? halsning(ar)?|mvh|hogaktningsfullt)\b.{0,30}")
# These two also open sentences: "Hälsningar från äldre i byn", "Vänligen besvara frågan".
_REGARDS_ALONE = re.compile(
    r"(?:Hälsning(?:ar|en)?|Vänligen)[,.!]*(?: (?:[A-ZÅÄÖ][\w-]*|i|på|från|och|för|gm)[,.!]*){0,5}"
)
_CAPTION = re.compile(
    r"(motionar(er)?|forslagsstallare|undertecknare|undertecknat|inlamnad av|namnunderskrift(er)?|underskrift(er)?):?"
)
_SMALL = frozenset("genom gm för i på av och från med".split())  # between the capitals of a closing line
# A party in brackets, a name and what follows it, and what no word begins.
_NAMED = re.compile(r"\([A-ZÅÄÖa-zåäö]{1,4}\)|^(?:[A-ZÅÄÖ][\w.-]* ){1,3}[A-ZÅÄÖ][\w-]*,? (?:\(|[a-zåäö])|^[\W\d_]")
_FOOT = tuple(
    (label, re.compile(form))
    for label, form in (
        (
            "meta",
            r"\b(dnr|diarienr|diarienummer)\b.{0,4}\S*\d|^.{0,30}\b(ink|inkom|inkommen|ank|ankom|anmald)\b.{0,12}\d",
        ),
        ("basis", r"^(bilaga|bilagor|bilagt?)\b[: ]"),
        (
            "furniture",
            r"^(sida|sid|blad) ?\d{1,2}(\b|$)|^\d{1,2}( av |/)\d{1,2}$|^- ?\d{1,2} ?-$|"
            r"^jag (ar|har|bor|godkanner|samtycker) [^.]{5,80}: ?(ja|nej)$|"
            r"^\([a-z][^()]{8,80}\)$|^(\S+ ){0,2}\S*www\.|\bwww\..*\S@\S|\S@\S.*\bwww\.|"
            r"^(box|postadress|adress|besoksadress|tel|telefon|e-post)\b.*\d|^blanketten |^personuppgifter|"
            r"^[^.:\d]{3,40}, \d{3} ?\d\d [a-z]{3,}( [a-z]+)?$",
        ),
    )
)


# The upper lines of a registrar's stamp: whose it is.
_REGISTRAR = re.compile(
    r"([\w-]+ ){1,3}(kommun|stad)|region [\w ]+|(kommun|region)styrelsen|\w+namnden|\w+(kontoret|kansliet)"
)


def label_foot(draft: Draft, indices: list[int]) -> None:
    """What stands under the names: the registrar's stamp, enclosures, the party's address, a remark in brackets."""
    todo = [i for i in indices if draft.label[i] is None]
    for at in range(len(todo) - 1, max(-1, len(todo) - 7), -1):
        line = draft.lines[todo[at]]
        label = _foot(line) or _of_stamp(draft, todo, at)
        if label is None or _asks(draft, line) or _goes_on(draft, todo, at):
            return
        draft.put([todo[at]], label, 0.85)


def _foot(line: Line) -> str | None:
    if len(line.text) > 130:
        return None
    return next((label for label, form in _FOOT if form.search(line.key)), None)


def _of_stamp(draft: Draft, todo: list[int], at: int) -> str | None:
    """What a line is that stands right above the diary number of a stamp: the house, or the day it came in."""
    line = draft.lines[todo[at]]
    below = todo[at + 1] if at + 1 < len(todo) else None
    if below is None or draft.label[below] not in {"meta", "furniture"} or draft.lines[below].gap:
        return None
    if draft.tables.has("date-only", line.key):
        return "meta"
    return "furniture" if line.gap and _REGISTRAR.fullmatch(line.key) else None


def label_names(draft: Draft, indices: list[int]) -> None:
    """From the end upwards: names, dates, parties and what OCR leaves of handwriting."""
    todo = [i for i in indices if draft.label[i] is None]
    cut = len(todo)
    for at in range(cut - 1, max(0, cut - 8), -1):
        if _regards(draft.lines[todo[at]]) and not any(_says_more(draft, i) for i in todo[at + 1 :]):
            draft.put(todo[at:], "signature", 0.93)
            return
    while cut and len(todo) - cut < 25 and _signs(draft, todo[cut - 1]) and not _listed(draft, todo[:cut]):
        cut -= 1
    while cut < len(todo) and not _starts_block(draft, todo, cut):
        cut += 1
    block = todo[cut:]
    if block and not all(noise(draft.lines[i]) and len(block) < 2 for i in block):
        draft.put(block, "signature", 0.93)
    _hanging(draft, todo[:cut])


def _regards(line: Line) -> bool:
    return bool(_REGARDS.fullmatch(line.key) or _REGARDS_ALONE.fullmatch(line.text))


def _says_more(draft: Draft, i: int) -> bool:
    """Whether a line below the greeting belongs to the text: an item, or a sentence."""
    line = draft.lines[i]
    return _asks(draft, line) or (len(line.text) > 60 and line.text.endswith("."))


def _signs(draft: Draft, i: int) -> bool:
    return signs(draft.lines[i], draft.tables) and not _asks(draft, draft.lines[i])


def _asks(draft: Draft, line: Line) -> bool:
    """Whether a line opens an item, and not what OCR makes of handwriting or a list of names."""
    if line.mark is None:
        return line.att and " " in line.text
    return not noise(line) and not names(replace(line, text=line.body), draft.tables)


def _goes_on(draft: Draft, todo: list[int], at: int) -> bool:
    """Whether a line goes on with the sentence above, whatever it looks like: "att en sida görs på / www.x.se"."""
    line = draft.lines[todo[at]]
    if at == 0 or line.gap or not (line.text[:1].islower() or line.text.startswith("(")):
        return False
    above = draft.lines[todo[at - 1]]
    ended = ends_sentence(above.text) and not above.text.endswith((":", ";"))
    return not (ended or _signs(draft, todo[at - 1]) or (_foot(above) and not _asks(draft, above)))


def _hanging(draft: Draft, todo: list[int]) -> None:
    """A closing line such as ``Sverigedemokraterna Kungsbacka genom`` or ``Kommunfullmäktigeledamöter``."""
    if not todo:
        return
    line = draft.lines[todo[-1]]
    captioned = _CAPTION.fullmatch(line.key) is not None
    plain = (
        len(line.text) < 60 and (captioned or line.text[-1:] not in ".:?!") and not line.mark and not _asks(draft, line)
    )
    begins = line.text[:1].isupper() or " " not in line.text
    if line.gap and plain and begins and not _listed(draft, todo):
        draft.put(todo[-1:], "signature", 0.8)


def _listed(draft: Draft, todo: list[int]) -> bool:
    """Whether the last line reads as the last of a list of proposals, and not as who signs or what they are."""
    line, tables = draft.lines[todo[-1]], draft.tables
    words = line.text.split()
    if len(words) == 1 or _NAMED.search(line.text) or all(w[:1].isupper() or w in _SMALL for w in words):
        return False
    told = tables.has("role", fold(words[0])) or tables.has("place-date", line.key) or tables.has("sign.for", line.key)
    return not told and _in_list(draft, todo)


def _in_list(draft: Draft, todo: list[int]) -> bool:
    """Whether the last line is the last of short proposals with neither mark nor "att", under their lead-in."""
    for i in reversed(todo[-12:-1]):
        line = draft.lines[i]
        if line.mark or line.att:
            return False
        if draft.tables.heading(line) or line.text.endswith(":") or line.key.endswith(" att"):
            asks = any(draft.tables.has(form, line.key) for form in ("stem.verb", "stem.heading", "stem.organ"))
            return asks or draft.tables.heading(line) in {"proposal", "floor"}
    return False


def _starts_block(draft: Draft, todo: list[int], cut: int) -> bool:
    line = draft.lines[todo[cut]]
    if cut == 0 or line.gap or draft.tables.has("place-date", line.key):
        return True
    above = draft.lines[todo[cut - 1]]
    short = len(above.text) < 0.6 * draft.width
    opens = noise(line) or draft.tables.has("sign.for", line.key) or not _goes_on(draft, todo, cut)
    return above.text[-1:] in ".!?" or (short and opens)
