"""The end of an official paper: who signs in columns, what is attached, to whom a decision goes without a heading."""

from __future__ import annotations

import re

from ..roles import OFFICE
from .blocks import names, noise, signs
from .draft import Draft
from .kinds import PROTOCOLS
from .lines import Line, ends_sentence

_NAME = re.compile(
    r"[A-ZÅÄÖÉ][\wåäöéü'’-]+(?: (?:von |af |de )?[A-ZÅÄÖÉ][\wåäöéü'’-]+){1,3}(?: \([A-Za-zÅÄÖåäö]{1,4}\))?"
)
_ROLE = re.compile(
    r"(?:[\wåäö:.-]+ ){0,3}[\wåäö-]*" + f"(?:{OFFICE}|ordförande)n?"
    r"(?:,? [\wåäö-]+){0,3}",
    re.I,
)
_DATED = re.compile(r"(?:[a-zåäö -]{2,25} )?dag som ovan|[a-z -]{2,25}(?: den)? \d{1,2} [a-z]{3,9} (?:19|20)\d\d")
_SENDER = re.compile(
    r"pa \w*(?:namndens|styrelsens|forvaltningens|kontorets|utskottets) vagnar|"
    r"(?:for )?(?:.{3,50}(?:namnden|styrelsen|forvaltningen|kontoret|sektorn|avdelningen|kommun|forbundet)|"
    r".{3,40} (?:ab|aktiebolag)|ab .{3,40}|.{2,40}hus|[a-z -]{3,30}s kommunstyrelse)"
)
_ATTACHED = re.compile(r"bilag(?:a|or)(?: \d{1,2}(?: ?[:.-])? +\S| ?: ?\S)")
# Whom a decision goes to, one a line, where the house prints no heading above them.
_RECEIVER = re.compile(
    r"(?:[\w-]+,? (?:och )?){0,3}[\w-]*(?:namnden|styrelsen|beredningen|kontoret|forvaltningen|avdelningen|utskottet|"
    r"kansliet|enheten|motionaren|motionarerna|revisorerna|akten|bolaget|namndsekreterare|ekonomen)|.{3,40} ab"
)
_BY_ORDER = re.compile(r"(enligt uppdrag|pa \w*(namndens|styrelsens) vagnar|for \w*(namnden|styrelsen)|dag som ovan)$")
_ENCLOSED = re.compile(r"^(bilaga|bilagor|bilagt?)\b")


_CLERK = re.compile(r"(?:vid protokollet|ratt utdraget|utdraget bestyrks|utdragets riktighet)\b.{0,60}")


def cells(line: Line) -> list[str]:
    """The columns of a printed line."""
    return [cell for cell in re.split(r"\s{2,}", line.text) if cell not in ("", "/", "&", "och")]


def label_closing(draft: Draft, indices: list[int]) -> None:
    """Label what the end of a paper or of a § shows by its layout alone, whatever heading stands above."""
    todo = [i for i in indices if draft.label[i] is None]
    if draft.kind in PROTOCOLS:
        _attested(draft, todo)
        _captioned(draft, [i for i in todo if draft.label[i] is None])
        if len(todo) > 3:
            _signed(draft, todo, _PRESIDES)
        _receivers(draft, todo)
        _attached(draft, todo, from_=len(todo) // 3)
        return
    signed = _signed(draft, todo)
    _attached(draft, todo, from_=len(todo) // 2)
    if signed is not None:
        _after(draft, [i for i in todo if i > signed])


# Who signs minutes: the chair, the secretary and those who check them.
_PRESIDES = re.compile(
    r"(?:(?:\d:[ea] )?(?:vice )?ordförande|\w*sekreterare|(?:protokolls?)?juster(?:are|ande))n?", re.I
)


def _signed(draft: Draft, todo: list[int], roles: re.Pattern[str] = _ROLE) -> int | None:
    """Names side by side, or one alone, with their roles right below; the last line of the block."""
    lowest = 1 if roles is _PRESIDES else max(6, len(todo) // 3)
    for n in range(len(todo) - 2, lowest, -1):
        upper, lower = draft.lines[todo[n]], draft.lines[todo[n + 1]]
        above, below = cells(upper), cells(lower)
        alike = len(above) == len(below) and (len(above) > 1 or (upper.gap > 0 and lower.text[:1].isupper()))
        if not alike or lower.gap > 1 or not all(_NAME.fullmatch(cell) for cell in above):
            continue
        if roles is _PRESIDES and len(above) == 1 and lower.gap:
            continue  # of those elected, and the next office below
        if not all(roles.fullmatch(cell) for cell in below) or draft.tables.heading(upper):
            continue
        first, last = n, n + 1
        while (
            last + 1 < len(todo) and not draft.lines[todo[last + 1]].gap and len(draft.lines[todo[last + 1]].text) < 60
        ):
            last += 1
        while first > 1 and _heads_block(draft, todo, first - 1):
            if draft.tables.heading(draft.lines[todo[first - 2]]) == "distribution":
                break  # the one who gets the decision, and no sender
            first -= 1
        draft.put(todo[first : last + 1], "signature", 0.93)
        return todo[last]
    return None


def _attested(draft: Draft, todo: list[int]) -> None:
    """Who wrote an extract and who attests it, below the matter: ``Vid protokollet: Eva Ek``, and all under it."""
    for n in range(len(todo) - 1, max(len(todo) * 2 // 3, len(todo) - 10), -1):
        line = draft.lines[todo[n]]
        if line.gap and _CLERK.match(line.key):
            below = [i for i in todo[n:] if not draft.tables.heading(draft.lines[i]) and len(draft.lines[i].text) < 60]
            if below == todo[n:]:
                draft.put(below, "signature", 0.9)


# "Sekreterare: Inga Lill", "Ordförande ________", "Digitalt signerat av", "Rätt utdraget intygar".
_CAPTION = re.compile(
    r"(sekreterare|ordforande|justerande|justerare|protokollsjusterare|protokollforare|justeras|vid protokollet)\b"
    r"( ?[:._].*|  +.*)?$|(protokollet ar )?(digitalt|elektroniskt) (signerat|justerat|undertecknat)( av)?:?$|"
    r"(ratt utdraget|utdraget) (intygar|bestyrks?|bestyrkes)\b.{0,40}$"
)


def _captioned(draft: Draft, todo: list[int]) -> None:
    """The sign-off at the end of a matter: captions, each with the name behind or below it."""
    first = len(todo)
    for n in range(len(todo) - 1, max(1, len(todo) - 14), -1):
        line = draft.lines[todo[n]]
        if _CAPTION.match(line.key) and len(line.text) < 90:
            first = n
        elif not (
            names(line, draft.tables) or noise(line) or (len(_NAME.findall(line.text)) == 1 and len(line.text) < 45)
        ):
            break
    if first < len(todo) and draft.lines[todo[first]].gap and draft.tables.heading(draft.lines[todo[first]]) is None:
        draft.put(todo[first:], "signature", 0.85)


def _heads_block(draft: Draft, todo: list[int], k: int) -> bool:
    """Whether a line above the names says when and where they sign, or for whom, with the date right above perhaps."""
    above, line, below = (draft.lines[todo[n]] for n in (k - 1, k, k + 1))
    if len(line.text) >= 60:
        return False
    if _DATED.fullmatch(line.key):
        return line.gap > 0 or ends_sentence(above.text)
    return _SENDER.fullmatch(line.key) is not None and below.gap > 0 and bool(line.gap or _DATED.fullmatch(above.key))


def _attached(draft: Draft, todo: list[int], *, from_: int) -> None:
    """``Bilaga: X`` or ``Bilaga 1   X`` in a line of its own, and what it is attached to goes on no further."""
    inside = False
    for i in todo[from_:]:
        line = draft.lines[i]
        fits = _ATTACHED.match(line.text.lower()) and len(line.text) < 110 and line.text[-1:] not in ".,"
        inside = bool(fits) and (line.gap > 0 or inside) and draft.tables.heading(line) in (None, "basis")
        if inside:
            draft.put([i], "basis", 0.9)


def _after(draft: Draft, rest: list[int]) -> None:
    """Below the names stands no more of the proposal: whom it goes to, or what belongs to nothing."""
    label = "other"
    for i in rest:
        line = draft.lines[i]
        if draft.label[i] is None and draft.tables.heading(line):
            return
        if draft.tables.has("sends", line.key):
            label = "distribution"
        elif line.gap:
            label = "other"
        draft.put([i], label, 0.85)


def _receivers(draft: Draft, todo: list[int]) -> None:
    """The bodies that a § ends with, below a full stop and a blank line."""
    cut = len(todo)
    while cut and len(todo) - cut < 8 and _RECEIVER.fullmatch(draft.lines[todo[cut - 1]].key):
        cut -= 1
    if not 0 < cut < len(todo) or not draft.lines[todo[cut]].gap:
        return
    above = draft.lines[todo[cut - 1]]
    if above.text.endswith(".") or draft.label[todo[cut - 1]] == "basis" or _ATTACHED.match(above.text.lower()):
        draft.put(todo[cut:], "distribution", 0.85)


def label_sign_off(draft: Draft, run: list[int], current: str) -> list[int]:
    """The names under a document; what is left of ``run``."""
    if current in {"votes", "attendance", "toc", "signature", "reservation", "decision"}:
        return run
    if current == "distribution" and not any(draft.tables.has("role", draft.lines[i].key) for i in run):
        return run
    if draft.kind in PROTOCOLS and current not in {"procedure"}:
        return run
    least = 0
    if current == "basis":  # rows of the list itself end in names and dates
        least = next((n for n, i in enumerate(run) if n and draft.lines[i].gap), len(run))
    cut = len(run)
    while cut > 1 and _ENCLOSED.match(draft.lines[run[cut - 1]].key) and len(draft.lines[run[cut - 1]].text) < 90:
        cut -= 1
    enclosed, run = run[cut:], run[:cut]
    draft.put(enclosed, "basis", 0.85)
    for k in range(cut - 1, max(0, cut - 6), -1):
        if _BY_ORDER.match(draft.lines[run[k]].key) and names(draft.lines[run[-1]], draft.tables):
            draft.put(run[k:], "signature", 0.9)
            return run[:k]
    while cut > least and signs(draft.lines[run[cut - 1]], draft.tables) and len(run) - cut < 10:
        if current == "distribution" and _RECEIVER.fullmatch(draft.lines[run[cut - 1]].key):
            break
        cut -= 1
    if cut and run[cut:] and _office_name(draft, run[cut - 1]) and draft.lines[run[cut]].gap:
        cut -= 1
    while 1 < cut < len(run) and _heads_block(draft, run, cut - 1):
        cut -= 1
    if not cut and draft.kind in PROTOCOLS:  # all below a heading such as "Deltagare i debatten"
        return run
    block = run[cut:]
    while (
        block
        and not draft.lines[block[0]].gap
        and not _DATED.fullmatch(draft.lines[block[0]].key)
        and draft.lines[block[0] - 1].n + 1 == draft.lines[block[0]].n
        and (block[0] - 1 in run)
    ):
        block = block[1:]
    if (
        not block
        or all(noise(draft.lines[i]) for i in block)
        or not any(names(draft.lines[i], draft.tables) for i in block)
    ):
        return run
    draft.put(block, "signature", 0.9)
    return run[: len(run) - len(block)]


def _office_name(draft: Draft, i: int) -> bool:
    """Whether a line is the name of an office in capitals, alone above the names of those who sign for it."""
    line = draft.lines[i]
    return line.gap > 0 and line.text.isupper() and len(line.text) < 50 and len(line.text.split()) < 6
