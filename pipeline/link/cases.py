"""A case: a motion, everything that happened to it, and what became of each att-sats."""

from __future__ import annotations

import hashlib
from typing import Any

from .clues import Clue, Raised, body_code
from .match import Link
from .outcomes import FINAL, final, overall, per_proposal, recommended, replaced, whole_of
from .titles import fold

Json = dict[str, Any]

_RELATION = {"bordlagd": "postpones", "aterremiss": "refers_back", "remitterad": "remitted_to"}
DOUBTFUL = 0.9  # a link less sure than this is listed for review
_ANSWERS = ("tjansteskrivelse", "yttrande", "other", "kallelse")


def case_of(motion: Raised, joined: list[Link], unsure: list[Link] | None = None) -> Json:
    """The case of a motion that lies before us; ``unsure`` may belong to it as well as to another."""
    joined = in_time(joined)
    authors = _authors(motion) or _authors_elsewhere(joined)
    made = _empty(motion.record, motion.title, motion.municipality)
    when = {"date": motion.date, "from": motion.source} if motion.date else _raised_elsewhere(joined)
    made |= {"motion": motion.source, "authors": authors, "raised": when}
    made["documents"] = [_document(link) for link in joined]
    return _settle(made, motion.proposals, joined) | {"review": _doubts(made["documents"], unsure)}


def case_without_motion(found: list[Clue]) -> Json:
    """The case of a motion of which only the handling is known: clues with one title in one municipality."""
    joined = in_time([Link(-1, clue, "title_authors", 0.7) for clue in found])
    first = joined[0].clue
    made = _empty(f"{fold(first.text)}|{_name(first.municipality)}", first.text, first.municipality)
    made |= {"authors": _authors_elsewhere(joined), "raised": _raised_elsewhere(joined)}
    made["documents"] = [_document(link) for link in joined]
    alone = {"field": "motion", "reason": "no motion among the records answers to this title", "confidence": 0.0}
    return _settle(made, (), joined) | {"review": [alone]}


def in_time(joined: list[Link]) -> list[Link]:
    """One link a document item, the surest; in order of date, then of source, then of item."""
    surest: dict[tuple[str, int], Link] = {}
    for link in joined:
        key = (link.clue.record, link.clue.item)
        held = surest.get(key)
        if held is None or _rank(link) > _rank(held):
            surest[key] = link
    return sorted(surest.values(), key=lambda k: (k.clue.date or "9999", k.clue.source, k.clue.record, k.clue.item))


def _rank(link: Link) -> tuple[bool, float]:
    return (link.clue.how != "mention", link.confidence)


def _settle(made: Json, texts: tuple[str, ...], joined: list[Link]) -> Json:
    """Outcome of the case and of each att-sats, from the last decision of the council."""
    owned = [link for link in joined if link.clue.how != "mention"]
    decisions = [link for link in owned if final(link.clue)]
    advice = [(link, recommended(link.clue)) for link in owned if recommended(link.clue)]
    said, sure, decided = _decision(decisions, owned, advice)
    rows = per_proposal(texts, said, decided.proposals if decided else ())
    counters = counter_texts(texts, owned)
    made["proposals"] = [
        {
            "n": n,
            "text": text,
            "recommendations": _recommendations(n, texts, advice),
            "outcome": outcome,
            "expanded_from": how,
            "counter": counters.get(n),
            "confidence": round(sure if outcome else 0.5, 4),
        }
        for n, (text, (outcome, how)) in enumerate(zip(texts, rows, strict=True), 1)
    ]
    whole = whole_of(said)
    for row, link in zip(made["documents"], joined, strict=True):
        if said and link.clue is decided:
            row["relation"] = "decides"
    made["outcome"] = overall([o for o, _ in rows], whole) if said else None
    made["decided_by"] = (decided.body or "kommunfullmäktige") if decided and said else None
    made["decided"] = decided.date if decided and said else None
    return made


def _decision(
    decisions: list[Link], owned: list[Link], advice: list[tuple[Link, list[Json]]]
) -> tuple[list[Json], float, Clue | None]:
    """What was decided at last, how sure, and where; through the board's proposal where the council adopts that."""
    if decisions:
        last = decisions[-1]
        said = final(last.clue)
        return said, min(last.confidence, *(o["confidence"] for o in said)), last.clue
    for link in reversed(owned):
        if body_code(link.clue.body) != "KF" or not advice:
            continue
        adopted = [
            o
            for o in link.clue.outcomes
            if o["act"] == "decision" and o["outcome"] == "bifall" and "förslag" in o["of"].casefold()
        ]
        earlier = [
            row for row in advice if _of_board(row[0].clue) and (row[0].clue.date or "") <= (link.clue.date or "9")
        ]
        if adopted and earlier:
            return earlier[-1][1], 0.8 * link.confidence, link.clue
    return [], 0.5, None


def counter_texts(texts: tuple[str, ...], owned: list[Link]) -> dict[int, Json]:
    """The text that the council, or the board before it, puts in the place of an att-sats; the last one counts."""
    made: dict[int, Json] = {}
    for link in owned:
        if body_code(link.clue.body) not in ("KF", "KS"):
            continue
        for n, text in replaced(texts, link.clue.proposals).items():
            made[n] = {"text": text, "by": link.clue.body, "record": link.clue.record}
    return made


def _of_board(clue: Clue) -> bool:
    return body_code(clue.body) == "KS"


def _recommendations(n: int, texts: tuple[str, ...], advice: list[tuple[Link, list[Json]]]) -> list[Json]:
    made = []
    for link, said in advice:
        outcome, _ = per_proposal(texts, said, link.clue.proposals)[n - 1]
        if outcome:
            by = said[0]["by"] or link.clue.body
            made.append({"by": by, "outcome": outcome, "record": link.clue.record})
    return made


def _document(link: Link) -> Json:
    clue = link.clue
    return {
        "record": clue.record,
        "source": clue.source,
        "item": clue.item,
        "relation": relation(clue),
        "body": clue.body,
        "date": clue.date,
        "paragraph": clue.paragraph,
        "method": link.method,
        "confidence": round(link.confidence, 4),
        "evidence": list(clue.at),
    }


def relation(clue: Clue) -> str:
    """What the item does with the motion."""
    if clue.how == "mention":
        return "mentions"
    if clue.kind == "yrkande":
        return "floor_motion_on"
    if clue.kind in ("reservation", "sarskilt_yttrande"):
        return "reserves_against"
    if final(clue):
        return "decides"
    if recommended(clue):
        return "recommends_on"
    for outcome in clue.outcomes:
        if outcome["act"] == "decision" and outcome["outcome"] in _RELATION:
            return _RELATION[outcome["outcome"]]
    return "answers" if clue.kind in _ANSWERS else "recommends_on" if _of_board(clue) else "answers"


def _authors_elsewhere(joined: list[Link]) -> list[Json]:
    """The movers as the surest document that names them has it, with its name."""
    for link in sorted(joined, key=lambda k: (-len(k.clue.authors), -k.confidence, k.clue.source)):
        if link.clue.authors:
            return _authors(link.clue)
    return []


def _authors(told: Raised | Clue) -> list[Json]:
    return [{"name": a.name, "party": a.party, "private": a.private, "from": told.source} for a in told.authors]


def _raised_elsewhere(joined: list[Link]) -> Json | None:
    """When the motion was raised as the surest document that says so has it, with its name."""
    for link in sorted(joined, key=lambda k: (-k.confidence, k.clue.source, k.clue.item)):
        if link.clue.raised_on:
            return {"date": link.clue.raised_on, "from": link.clue.source}
    return None


def _doubts(documents: list[Json], unsure: list[Link] | None) -> list[Json]:
    """The links that a person should look at, and the documents that two motions have an equal claim to."""
    made = [
        {"field": f"documents.{n}", "reason": f"uncertain link by {row['method']}", "confidence": row["confidence"]}
        for n, row in enumerate(documents)
        if row["confidence"] < DOUBTFUL
    ]
    rows = {(k.clue.source, k.clue.paragraph or "", round(k.confidence, 4)) for k in unsure or ()}
    return made + [
        {"field": "documents", "reason": f"may belong here: {source} {paragraph}".strip(), "confidence": confidence}
        for source, paragraph, confidence in sorted(rows)
    ]


def _empty(key: str, title: str, municipality: Json | None) -> Json:
    return {
        "schema": "case/1.0",
        "id": hashlib.sha256(f"case|{key}".encode()).hexdigest()[:24],
        "title": title or None,
        "municipality": municipality,
        "motion": None,
        "authors": [],
        "raised": None,
        "documents": [],
    }


def _name(municipality: Json | None) -> str:
    return fold(municipality["name"]) if municipality else ""


__all__ = ["FINAL", "case_of", "case_without_motion", "in_time", "relation"]
