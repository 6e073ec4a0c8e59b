"""How far the items below a lead-in reach, and the lead-ins that stand between them."""

from __future__ import annotations

import re
from itertools import pairwise

from .draft import Draft
from .lines import ends_sentence

_SECOND_HAND = re.compile(r"\bi (forsta|andra|tredje) hand\b|\byrkar\b|\bforeslar\b")
_IN_HAND = re.compile(r"i (forsta|andra|tredje|sista) hand\b")


def items_from(draft: Draft, todo: list[int], start: int) -> list[int]:
    """The items from ``todo[start]`` on: until a heading, the sign-off, or running text after the list."""
    shape = _shape(draft, todo[start])
    taken: list[int] = []
    for k in range(start, len(todo)):
        if k > start and _ends_zone(draft, todo, k, shape) and not _broken_on(draft, todo, start, k):
            break
        if k > start and any(draft.label[j] == "signature" for j in range(todo[k - 1] + 1, todo[k])):
            break
        taken.append(todo[k])
        if len(taken) > 400:
            break
    return taken


def _broken_on(draft: Draft, todo: list[int], start: int, k: int) -> bool:
    """Whether ``todo[k]`` goes on with an item: where blank lines break a list's sentences, one ends none of them."""
    above, line = draft.lines[todo[k - 1]], draft.lines[todo[k]]
    if line.gap != 1 or ends_sentence(above.text) or draft.tables.heading(line):
        return False
    return any(
        draft.lines[j].gap == 1 and draft.lines[j].text[:1].islower() and not ends_sentence(draft.lines[i].text)
        for i, j in pairwise(todo[start:k])
    )


def lead_ins_between(draft: Draft, items: list[int]) -> list[int]:
    """Lead-ins of what is asked for in the second place: ``I andra hand, om ovanstående avslås,`` above an att."""
    return [
        i
        for i, below in pairwise(items)
        if draft.lines[i].gap
        and draft.lines[i].mark is None
        and (draft.lines[i].text[:1].isupper() or _IN_HAND.match(draft.lines[i].key))
        and draft.lines[i].text[-1:] not in ".!?"
        and _SECOND_HAND.search(draft.lines[i].key)
        and not draft.lines[i].att
        and draft.lines[below].gap
        and (draft.lines[below].mark is not None or draft.lines[below].att)
    ]


def _shape(draft: Draft, i: int) -> str:
    line = draft.lines[i]
    if line.mark:
        return line.mark.kind + (line.mark.value if line.mark.kind == "bullet" else "")
    return "att" if line.att else "plain"


def _ends_zone(draft: Draft, todo: list[int], k: int, shape: str) -> bool:
    """Whether running text begins at ``todo[k]``."""
    line, above = draft.lines[todo[k]], draft.lines[todo[k - 1]]
    if draft.tables.heading(line) and not line.mark:
        return True
    if _shape(draft, todo[k]) == shape != "plain" or line.mark or line.att:
        return False
    if not line.gap or not (line.text[:1].isupper() or line.text[:1] in '"”'):
        return False
    if above.text[-1:] not in '.!?:;,)”"':
        more = [j for j in todo[k:] if _shape(draft, j) == shape]
        return not more and (line.gap > 1 or len(above.text) < 0.7 * draft.width)
    more = [j for j in todo[k : k + 8] if _shape(draft, j) == shape]
    if shape != "plain" and not more:
        return True
    if shape == "plain":
        alike = _like_item(draft, line.key) or _done_too(draft, todo, k) or _same_subject(draft, todo, k)
        return not draft.tables.has("anaphora", line.key) and not alike
    return False


def _same_subject(draft: Draft, todo: list[int], k: int) -> bool:
    """Whether a sentence begins with the word of the item above: "Kommunen tar fram ...", "Kommunen söker ..."."""
    first, above = draft.lines[todo[k]].key.split(" ")[0], draft.lines[todo[k - 1]]
    one = above.gap > 0 and above.key.split(" ")[0] == first and len(first) > 4
    return one and not re.search(r"[.!?] \S", draft.lines[todo[k]].text)


# What is to be done, by whom it does not say: "Torghandeln görs avgiftsfri.", "En plan tas fram".
_DONE = re.compile(r"(\S+ ){1,7}?[a-z]+(as|ars|ors|ngs|ks|ys|es|rs)\b")


def _done_too(draft: Draft, todo: list[int], k: int) -> bool:
    """Whether line ``todo[k]`` is a sentence of its own in the passive, as the item above is."""
    line, above = draft.lines[todo[k]], draft.lines[todo[k - 1]]
    below = draft.lines[todo[k + 1]] if k + 1 < len(todo) else None
    alone = above.gap and (below is None or below.gap) and all(len(x.text) < 0.95 * draft.width for x in (line, above))
    one = all(not re.search(r"[.!?] \S", x.text) for x in (line, above))
    return bool(alone and one and _DONE.match(line.key) and _DONE.match(above.key))


def _like_item(draft: Draft, key: str) -> bool:
    """Whether a paragraph reads as a decision of its own (a sentence proposal without a mark)."""
    return (
        draft.tables.has("decision.subject", key)
        or re.search(r"\b(far|ges|uppdras) (i uppdrag )?(att)?\b", key[:120]) is not None
        or re.match(
            r"(darutover|dessutom|vidare|aven|ocksa|samtidigt|i ovrigt|harutover) (foreslas|foreslar|yrkar|yrkas|"
            r"hemstalls|hemstaller)\b.*\batt\b",
            key,
        )
        is not None
    )
