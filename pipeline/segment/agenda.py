"""The numbered matters of a notice of meeting."""

from __future__ import annotations

import re

from ..diary import is_number, without_number
from .blocks import names
from .draft import Draft
from .lines import Line
from .running import running
from .titles import clean_title

_ROW = re.compile(r"^(?:ärende )?(?P<n>\d{1,3})(?:[.):]\s*|\s{2,}|\s(?=[A-ZÅÄÖ]))(?P<rest>[A-ZÅÄÖ\"”].{2,})$", re.I)
_OPEN = re.compile(r"(?:,|-|\b(?:om|att|i|för|av|och|på|till|med|från|samt))$")


def agenda(draft: Draft) -> list[list[int]]:
    """The lines of each numbered matter, in order; none where no list of three or more is numbered from 1 on.

    The last matter ends where the names of those who sign begin.
    """
    lines = draft.lines
    starts: list[int] = []
    for i, line in enumerate(lines):
        found = _ROW.match(line.text) if i not in draft.page else None
        if found and int(found["n"]) == len(starts) + 1:
            starts.append(i)
    if len(starts) < 3:
        return []
    ends = [*starts[1:], next((i for i in range(starts[-1] + 1, len(lines)) if _closes(draft, i)), len(lines))]
    return [list(range(start, end)) for start, end in zip(starts, ends, strict=True)]


def _closes(draft: Draft, i: int) -> bool:
    """Whether the list of matters ends above line ``i``: names, text on a new page, or where it is posted."""
    line = draft.lines[i]
    if not line.gap or i in draft.page:
        return False
    told = len(line.text) > 50 and line.indent == 0 and line.mark is None
    return _signs(draft, line) or draft.tables.heading(line) == "other" or (told and i - 1 in draft.page)


def _signs(draft: Draft, line: Line) -> bool:
    return names(line, draft.tables) and not re.search(r"\d", line.text)


def agenda_title(draft: Draft, indices: list[int]) -> tuple[str, list[int]]:
    """The title of one matter, and its lines: the numbered line, and what goes on with it above its diarienummer."""
    lines = [draft.lines[i] for i in indices if i not in draft.page]
    own = [i for i in indices if i not in draft.page]
    first = _ROW.match(lines[0].text)
    texts = [without_number(first["rest"] if first else lines[0].text)]
    used = [own[0]]
    done = first is not None and texts[0] != first["rest"].strip()
    for i, line in zip(own[1:], lines[1:], strict=True):
        goes_on = line.text[:1].islower() or _OPEN.search(texts[-1]) or line.indent > lines[0].indent + 1
        if done or line.gap or is_number(line.text) or not goes_on or len(used) > 3:
            break
        text = without_number(line.text)
        done = text != line.text
        texts.append(text)
        used.append(i)
    return clean_title(running(texts)), used
