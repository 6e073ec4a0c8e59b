"""In whose name a paper is written: the names of parties, local lists and offices above everything else."""

from __future__ import annotations

import re

from .draft import PAGE, Draft
from .head_lines import KIND, OFFICE, SUBJECT, small_print
from .kinds import MEMBERS, PROTOCOLS
from .lines import Line, fold

# A party's or local list's own name at the head of its paper, with the place perhaps.
_PARTY = re.compile(
    r"([\w-]+ (· )?){0,4}[\w-]*(partiet|listan|demokraterna|demokrati|moderaterna|alternativet|liberalerna)"
    r"( (de grona|liberalerna))?(( i)? (region |landstinget )?[\w-]+( kommun| stad)?| ?[·|/-] ?.{3,40})?"
)
_CODE = re.compile(r"[A-ZÅÄÖ]{1,3}")
# The part of a party that writes, right under the party's name.
_BRANCH = re.compile(
    r"((i|\w+) )?(arbetarekommun(en)?|\w*(fullmaktige|parti)grupp(en)?|\w*(avdelning|krets|distrikt)(en|et)?)"
    r"( i [\w -]{3,30})?"
)
_REACHED = re.compile(r"\bwww\.|https?:|\S@\S|\b[\w-]+\.(se|nu|com|org)\b")  # by web or by letter


def letterhead(draft: Draft, indices: list[int], at: int) -> str | None:
    """``furniture`` for the name of a party, a list or an office at the very top, and for the place right under it."""
    i = indices[at]
    line = draft.lines[i]
    if at > 2 or draft.kind in PROTOCOLS or draft.kind == "kallelse":
        return None
    under = i > 0 and draft.label[i - 1] == PAGE and not line.gap
    if under and OFFICE.fullmatch(line.key):
        return PAGE
    if draft.kind not in MEMBERS or SUBJECT.match(line.key):
        return None
    if under and _REACHED.search(line.key) and len(line.text) < 60:
        return PAGE
    cells = re.split(r"\s{2,}", line.text)
    codes = [cell for cell in cells if _CODE.fullmatch(cell)]
    parties = [cell for cell in cells if _PARTY.fullmatch(fold(cell))]
    others = [cell for cell in cells if cell not in parties]
    if (
        _PARTY.fullmatch(re.sub(r"[\W_]+$", "", line.key))
        or len(codes) > 1
        or (parties and all(_REACHED.search(fold(c)) for c in others))
    ):
        return PAGE
    if under and (all(draft.tables.place(fold(cell)) for cell in cells) or _BRANCH.fullmatch(line.key)):
        return PAGE
    return PAGE if at == 0 and _of_list(draft, line) and _titled_below(draft, indices) else None


def _of_list(draft: Draft, line: Line) -> bool:
    """Whether a line is the name of a list that no table knows: its initials stand in brackets below, or it is
    printed in capitals with the place in it."""
    words = line.key.split()
    if not 1 < len(words) < 6 or line.mark or line.text[-1:] in ".:,!?" or not line.text[:1].isupper():
        return False
    codes = {"".join(word[0] for word in words if len(word) > 1 or word in "i&"), "".join(word[0] for word in words)}
    printed = {code for below in draft.lines for code in re.findall(r"\(([a-z]{2,5})\)", below.key)}
    place = draft.tables.place(words[0]) or draft.tables.place(words[-1])
    named = len(words) < 4 and words[-1] in ("val", "basta", "framtid", "vilja", "lista")
    return bool(codes & printed) or (place and line.text.isupper() and len(words) < 4) or named


def _titled_below(draft: Draft, indices: list[int]) -> bool:
    """Whether a title follows on its own lines: short, apart, neither a field of the head nor a known heading."""
    for at, i in enumerate(indices[1:12], 1):
        line = draft.lines[i]
        if _REACHED.search(line.key):
            continue
        if draft.label[i] is None and small_print(draft, line, at) is None:
            after = draft.lines[i + 1] if i + 1 < len(draft.lines) else None
            short = len(line.text) < 110 and line.text[-1:] not in ".:,"
            apart = line.gap or KIND.match(draft.lines[i - 1].key)
            return bool(short and apart and after and after.gap and draft.tables.heading(line) is None)
    return False
