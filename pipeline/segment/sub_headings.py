"""Headings that no table knows, told by how they stand: short, by themselves, with text below."""

from __future__ import annotations

import re

from .blocks import names
from .draft import Draft
from .lines import Line


def opens_text(draft: Draft, i: int) -> bool:
    """Whether such a heading glued to its text heads it; below a colon it is the first thing that was announced."""
    return not (i and draft.lines[i - 1].text.endswith(":"))


def member_heading(draft: Draft, i: int) -> bool:
    """In a member's paper: a short line by itself before text."""
    line = draft.lines[i]
    if (line.mark and line.mark.kind != "number") or i + 1 >= len(draft.lines):
        return False
    below = draft.lines[i + 1]
    return (
        len(line.text) < 65
        and line.text[-1:] not in ".,;:!"
        and line.text[:1].isupper()
        and line.gap > 0
        and below.text[:1].isupper()
        and len(below.text) > 0.55 * draft.width
        and not re.search(r"\d[\d ]* (kr|kronor|%|procent)\b|  ", line.text)
    )


def office_heading(draft: Draft, i: int) -> bool:
    """In an office's paper: the same, numbered or a little longer, and no name of who signs."""
    line = draft.lines[i]
    if i + 1 >= len(draft.lines) or (not line.text[:1].isupper() and not line.text[:1].isdigit()):
        return False
    below: Line = draft.lines[i + 1]
    plain = (
        len(line.text) < 70
        and re.search(r"[^\W\d_]{3}", line.text) is not None
        and line.text[-1:] not in ".,;:"
        and not re.search(r"\||\s{3,}", line.text)
    )
    bullet = line.mark and line.mark.kind == "bullet"
    return bool(
        plain
        and not bullet
        and line.gap
        and len(below.text) > 0.6 * draft.width
        and below.text[:1].isupper()
        and not names(line, draft.tables)
    )
