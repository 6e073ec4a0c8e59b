"""What became of a motion, and of each of its att-satser.

Only the council decides a motion; what a board says on the merits is a recommendation, whatever its heading.
A decision on the whole motion reaches every att-sats that no decision of its own has named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .clues import Clue, body_code
from .titles import fold, similarity, tokens

Json = dict[str, Any]

FINAL = ("bifall", "avslag", "besvarad", "delvis_bifall", "avskriven", "atertagen")
_ORDINALS = {"forsta": 1, "andra": 2, "tredje": 3, "fjarde": 4, "femte": 5, "sjatte": 6, "sjunde": 7}
_ORDINAL = "|".join(_ORDINALS)
_FIRST_AND_SECOND = re.compile(
    rf"\b(?:{_ORDINAL})\b(?:\s+(?:{_ORDINAL}))*\s+(?:och|samt)\s+(?:{_ORDINAL})\s+(?=att\s?sats)"
)
_POINTS = re.compile(
    r"\b(?:punkt(?:en|erna)?|att\s?sats(?:en|erna)?(?:\s+nr)?|yrkande(?:na)?)"
    r"\s+((?:\d+(?:\s+(?:och|samt|till)\s+|\s+)?)+)"
)
_VERBS = (("avslag", r"\bavsla|\bavsly|\bavstyrk"), ("besvarad", r"\bbesvara"), ("bifall", r"\bbif[ao]ll|\btillstyrk"))
_BINDING = ("decision", "recommendation")
COUNTER = 0.4  # share of its words that the board's text must have in common with the att-sats it replaces
TAKEN_OVER = 0.9  # a decision that says an att-sats almost word for word grants it


def decides(clue: Clue) -> bool:
    """Whether this item can settle a motion: the council's, or a body's that is not known."""
    return body_code(clue.body) in ("KF", "")


def merits(clue: Clue) -> list[Json]:
    """The outcomes of an item that speak of the motion or its att-satser on the merits, members' yrkanden left out."""
    return [o for o in clue.outcomes if o["outcome"] in FINAL and o["act"] != "floor" and _of_motion(o)]


def final(clue: Clue) -> list[Json]:
    """The same, where the item is the council's own decision."""
    return [o for o in merits(clue) if o["act"] == "decision"] if decides(clue) else []


def recommended(clue: Clue) -> list[Json]:
    """The same, where the item only recommends: what its body says itself, before what it tells of others."""
    found = [o for o in merits(clue) if o["act"] == "recommendation" or not decides(clue)]
    own = [o for o in found if o.get("by") and body_code(o["by"]) == body_code(clue.body)]
    return own or found


def per_proposal(texts: tuple[str, ...], said: Iterable[Json], decided: Iterable[Json]) -> list[tuple[str | None, str]]:
    """For each att-sats its outcome and how it was had: ``point``, ``global`` or ``none``.

    >>> whole = {"of": "motion", "outcome": "avslag", "verbatim": "i övrigt avslås motionen"}
    >>> first = {"of": "proposal 1", "outcome": "bifall", "verbatim": "första att-satsen bifalls"}
    >>> per_proposal(("att a", "att b"), [whole, first], [])
    [('bifall', 'point'), ('avslag', 'global')]
    """
    said, decided = list(said), list(decided)
    whole: str | None = None
    points: dict[int, str] = {}
    for outcome in said:
        numbers = points_of(outcome, len(texts))
        if numbers:
            points.update((n, str(outcome["outcome"])) for n in numbers)
        elif whole is None or outcome["outcome"] != "other":
            whole = outcome["outcome"]
    rest = rest_of([*(o.get("verbatim") or "" for o in said), *(p["text"] for p in decided if p["act"] in _BINDING)])
    if rest and points:
        whole = rest
    taken = _taken_over(texts, decided)
    made: list[tuple[str | None, str]] = []
    for number in range(1, len(texts) + 1):
        if number in points:
            made.append((points[number], "point"))
        elif number in taken and whole in (None, "delvis_bifall"):
            made.append(("bifall", "point"))
        elif whole == "delvis_bifall" and (points or taken):
            made.append((None, "none"))  # the rest of a partial grant is not said
        else:
            made.append((whole, "global") if whole else (None, "none"))
    return made


def points_of(outcome: Json, count: int) -> list[int]:
    """The att-satser that an outcome names by number, in its object or in its own words.

    >>> points_of({"of": "motion", "verbatim": "Punkterna 1 och 3 bifalls"}, 4)
    [1, 3]
    """
    if outcome.get("outcome") == "delvis_bifall" and outcome["of"] == "motion":
        return []  # sums up what the points say
    words = fold(outcome.get("verbatim") or "")
    together = [n for n in _named_together(words) if 1 <= n <= count]
    numbered = re.match(r"proposal\s+(\d+)", outcome["of"])
    if numbered:
        number = int(numbered.group(1))
        return together if number in together else [number]
    if "ovrig" in words and not re.search(r"(?:punkt|att sats|yrkande)\w*\s+\d", words):
        return []
    if together:
        return together
    ordinals = re.findall(r"\b(" + _ORDINAL + r")\b(?=[^.]{0,40}\batt\s?sats)", words)
    return [_ORDINALS[o] for o in ordinals if _ORDINALS[o] <= count]


def _named_together(words: str) -> list[int]:
    """The numbers of "punkterna 1 och 3" or "första och andra att-satserna"."""
    found = _POINTS.search(words)
    if found:
        span = re.match(r"(\d+)\s+till\s+(\d+)", found.group(1))
        return list(range(int(span[1]), int(span[2]) + 1)) if span else [int(n) for n in re.findall(r"\d+", found[1])]
    ordinals = _FIRST_AND_SECOND.search(words)
    return [_ORDINALS[o] for o in ordinals.group().split() if o in _ORDINALS] if ordinals else []


def rest_of(sentences: Iterable[str]) -> str | None:
    """What is said of the rest: "i övrigt avslås motionen".

    >>> rest_of(["Motionens första att-sats bifalls.", "Motionen avslås i övrigt."])
    'avslag'
    """
    for sentence in sentences:
        words = fold(sentence)
        if not re.search(r"\bi ovrigt\b|\bovriga\b|\bresterande\b", words):
            continue
        for outcome, verb in _VERBS:
            if re.search(verb, words):
                return outcome
    return None


def overall(outcomes: list[str | None], whole: str | None) -> str | None:
    """The motion's outcome from those of its att-satser."""
    known = {o for o in outcomes if o}
    if not known:
        return whole
    if len(known) == 1 and None not in outcomes:
        return known.pop()
    if known & {"bifall", "delvis_bifall"}:
        return "delvis_bifall"
    return whole or ("avslag" if "avslag" in known else min(known))


def whole_of(said: Iterable[Json]) -> str | None:
    """The outcome that speaks of the motion as a whole, the last one said."""
    made = None
    for outcome in said:
        if outcome["of"].startswith("motion") or fold(outcome["of"]).startswith("medborgarforslag"):
            made = outcome["outcome"]
    return made


def _of_motion(outcome: Json) -> bool:
    return fold(outcome["of"]).startswith(("motion", "medborgarforslag", "proposal", "att sats"))


def _taken_over(texts: tuple[str, ...], decided: Iterable[Json]) -> set[int]:
    """The att-satser that the decision itself repeats: granted, though the motion is not named."""
    own = [p["text"] for p in decided if p["act"] in _BINDING]
    return {n for n, text in enumerate(texts, 1) if any(similarity(text, said) >= TAKEN_OVER for said in own)}


def replaced(texts: tuple[str, ...], decided: Iterable[Json]) -> dict[int, str]:
    """The decided sentences that are neither about the motion nor an att-sats, but share the matter of one att-sats.

    >>> replaced(("att kommunen bygger laddstolpar vid skolor", "att badet hålls öppet"),
    ...     [{"act": "decision", "text": "Tekniska nämnden får i uppdrag att utreda laddstolpar vid skolor."}])
    {1: 'Tekniska nämnden får i uppdrag att utreda laddstolpar vid skolor.'}
    """
    made: dict[int, str] = {}
    for proposal in decided:
        text = proposal["text"]
        if proposal["act"] not in _BINDING or re.search(r"motion|att-sats", text, re.I):
            continue
        if any(similarity(item, text) >= TAKEN_OVER for item in texts):
            continue
        own = set(tokens(text))
        shared = sorted(((len(own & set(tokens(item))), n) for n, item in enumerate(texts, 1)), reverse=True)
        if not shared or shared[0][0] < 2 or (len(shared) > 1 and shared[0][0] == shared[1][0]):
            continue
        best, n = shared[0]
        if best >= COUNTER * min(len(own), len(tokens(texts[n - 1]))):
            made[n] = text
    return made
