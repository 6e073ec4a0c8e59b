"""The kind of a document, from weighed evidence that is reported with its places."""

from __future__ import annotations

import math
import re

from ..document import Span, Value
from .lines import Line
from .tables import Tables, heading_key

KINDS = (
    "motion", "interpellation", "fraga", "medborgarforslag", "initiativ", "tjansteskrivelse", "yttrande", "yrkande",
    "reservation", "sarskilt_yttrande", "protokoll", "protokollsutdrag", "kallelse", "other",
)  # fmt: skip
MEMBERS = {"motion", "interpellation", "fraga", "medborgarforslag", "initiativ", "yrkande", "reservation",
           "sarskilt_yttrande"}  # fmt: skip
PROTOCOLS = {"protokoll", "protokollsutdrag"}
_LEAD = re.compile(
    r"^((svar|yttrande|remiss|anmalan|remittering|beredning) (pa|over|av|angaende|gallande)|yrkande angaende)"
)

_OWN_SECTION = re.compile(r"^(?!bilag)(\w+ )?§ ?\d+|\d\d-\d\d ([a-z]{2,6} )?§ ?\d+$")
# A § that opens a matter: with its title beside it, or alone on its line.
_SECTION = re.compile(r"^§ ?(\d{1,4})(?:/\d\d)?(?: [a-z]|$)")


def kind_of(lines: tuple[Line, ...], page: set[int], tables: Tables) -> Value[str]:
    """The kind, its probability and the lines that speak for it."""
    own = [i for i in range(len(lines)) if i not in page or i < 4]
    top = _top(lines, own, tables)
    heads = [i for i in own if tables.heading(lines[i])]
    zones = {
        "top": top,
        "first": [i for i in own if i not in page][:2],
        "heading": heads,
        "tail": own[-8:],
        "any": own,
        "page": sorted(page),
    }
    scores: dict[str, float] = {}
    places: dict[str, list[Span]] = {}
    keys = {
        name: [heading_key(lines[i].key) if name == "heading" else lines[i].key for i in zone]
        for name, zone in zones.items()
    }
    texts = {name: "\n".join(zone) for name, zone in keys.items()}
    for row in tables.kinds:
        if found := row.pattern.search(texts[row.zone]):
            scores[row.kind] = scores.get(row.kind, 0.0) + row.weight
            at = texts[row.zone].count("\n", 0, found.start())
            places.setdefault(row.kind, []).append(lines[zones[row.zone][at]].span)
    _settle(scores, lines, top, tables)
    best = max(scores, key=lambda kind: (scores[kind], -KINDS.index(kind)), default="other")
    total = sum(math.exp(min(score, 30) - scores[best]) for score in scores.values()) or 1.0
    return Value(best, min(0.995, 1 / total), tuple(places.get(best, ())[:6]))


def _top(lines: tuple[Line, ...], own: list[int], tables: Tables) -> list[int]:
    """The lines before the running text: at most twelve, ended by a heading or by a paragraph."""
    top: list[int] = []
    for i in own[:12]:
        line = lines[i]
        if tables.heading(line) in {"decision", "summary", "matter", "background", "proposal"} and top:
            break
        if len(line.text) > 55 and line.text.endswith(".") and not line.mark and i + 1 < len(lines):
            break
        top.append(i)
    return top


_RESERVES = {"reservation", "skriftlig reservation", "sarskilt yttrande", "reservation och sarskilt yttrande"}


def _settle(scores: dict[str, float], lines: tuple[Line, ...], top: list[int], tables: Tables) -> None:
    """What no sum of weights decides: a protocol without a front page is an extract; titles that name other kinds."""
    front = scores.get("protokoll", 0.0)
    extract = scores.get("protokollsutdrag", 0.0)
    numbers = {found[1] for line in lines if (found := _SECTION.match(line.key))}
    if len(numbers) == 1 and any("protokollsutdrag" in lines[i].key for i in top):
        scores["protokoll"] = front / 2  # an extract that keeps the front page
    elif front >= 7:
        scores["protokoll"] = max(front, extract + 1.5)
    elif front >= 3.5 and len(numbers) > 1:
        scores["protokoll"] = max(front, extract + 1)
    elif front:
        scores["protokoll"] = front / 2
    heads = {tables.heading(line) for line in lines}
    if any(lines[i].key in _RESERVES for i in top[:4]) and "decision" not in heads:
        scores["protokollsutdrag"] = extract / 2  # the § that a paper is annexed to is not its own
    if extract >= 6 and any(_OWN_SECTION.search(lines[i].key) for i in top):
        for kind in MEMBERS | {"yttrande", "kallelse", "tjansteskrivelse", "other"}:
            if kind in scores and scores[kind] < 11:
                scores[kind] /= 2
    if top and any(_LEAD.match(lines[i].key) for i in top):
        scores["motion"] = scores.get("motion", 0.0) - 4
