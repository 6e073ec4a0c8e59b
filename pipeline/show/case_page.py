"""Cases as one self-contained HTML page: the time line, what became of each att-sats, and what to look at.

Like the page of records: no script, no request to anywhere, Swedish with English in the tooltips.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .labels import Label, label
from .markup import Html, join, tag
from .page import percent, shell
from .summary import people

Json = dict[str, Any]

_MAY_BELONG = "may belong here: "


class Doubt(NamedTuple):
    """An entry of a case's ``review`` for a person: what it is (``doubt`` in the labels), and which document."""

    name: str
    document: str
    confidence: float


def case_page(cases: list[Json]) -> str:
    """The page for one or more valid cases."""
    title = " · ".join(dict.fromkeys(_title(case) for case in cases[:3]))
    jumps = [tag("a", _title(case), href=f"#c{n}") for n, case in enumerate(cases) if len(cases) > 1]
    bar = tag(
        "header",
        tag("strong", "attsats"),
        tag("nav", *jumps, aria_label=_said("cases").swedish) if jumps else Html(""),
        class_="bar",
    )
    return shell(title, bar, tag("main", *(_case(case, n) for n, case in enumerate(cases))))


def doubts(case: Json) -> list[Doubt]:
    """What a case asks a person to look at."""
    made = []
    for entry in case.get("review", ()):
        field, _, number = entry["field"].partition(".")
        if field == "documents" and number:
            made.append(Doubt("unsure_link", case["documents"][int(number)]["source"], entry["confidence"]))
        elif field == "documents":
            made.append(Doubt("may_belong", entry["reason"].removeprefix(_MAY_BELONG), entry["confidence"]))
        else:
            made.append(Doubt("no_motion", "", entry["confidence"]))
    return made


def _case(case: Json, n: int) -> Html:
    return tag(
        "section",
        _head(case, n),
        _heading("events"),
        tag("ol", *_raised(case), *(_event(document) for document in case["documents"]), class_="events"),
        join(_heading("proposals"), tag("ol", *(_proposal(p, case) for p in case["proposals"]), class_="asks"))
        if case["proposals"]
        else Html(""),
        _review(case),
        class_="case",
        id=f"c{n}",
        aria_labelledby=f"c{n}-title",
    )


def _head(case: Json, n: int) -> Html:
    rows: list[tuple[str, str | Html]] = []
    if case["municipality"]:
        rows.append(("municipality", case["municipality"]["name"]))
    if case["authors"]:
        elsewhere = sorted({author["from"] for author in case["authors"]} - {case["motion"]})
        rows.append(("authors", join(people(case["authors"]), _source("named_in", elsewhere))))
    decided = " ".join(filter(None, (case["decided_by"], case["decided"])))
    rows.append(("outcome", join(_outcome(case["outcome"]), f" {decided}" if decided else "")))
    cells = [join(tag("dt", _said(key).swedish, title=_said(key).english), tag("dd", value)) for key, value in rows]
    kind = tag("p", _said("case").swedish, class_="kind", title=_said("case").english)
    return join(kind, tag("h1", _title(case), id=f"c{n}-title"), tag("dl", *cells))


def _raised(case: Json) -> list[Html]:
    """The first event, when anything is known of it; with the document that gave the date if the motion did not."""
    raised = case.get("raised")
    if not raised and not case["motion"]:
        return []
    told = [raised["from"]] if raised and raised["from"] != case["motion"] else []
    under = tag("small", case["motion"]) if case["motion"] else Html("")
    what = label("relation", "motion")
    return [_line(raised["date"] if raised else None, what, what.swedish, join(under, _source("said_in", told)))]


def _event(document: Json) -> Html:
    did, how = label("relation", document["relation"]), label("method", document["method"])
    body = document["body"] or ""
    what = " ".join(filter(None, (body[:1].upper() + body[1:], did.swedish)))
    where = f", {document['paragraph']}" if document["paragraph"] else ""
    small = tag("small", f"{document['source']} · {how.swedish} {percent(document['confidence'])}", title=how.english)
    return _line(document["date"], did, what[:1].upper() + what[1:] + where, small)


def _line(date: str | None, names: Label, what: str, small: Html) -> Html:
    when = tag("time", date, datetime=date) if date else tag("span", _said("no_date").swedish, class_="when")
    return tag("li", when, tag("div", tag("b", what, title=names.english), small))


def _proposal(proposal: Json, case: Json) -> Html:
    printed = {document["record"]: document["source"] for document in case["documents"]}
    advice = [
        tag("small", f"{told['by'] or printed.get(told['record'], '–')}: ", _outcome(told["outcome"]))
        for told in proposal["recommendations"]
    ]
    return tag(
        "li",
        tag("p", proposal["text"], " ", _outcome(proposal["outcome"])),
        *([tag("div", *advice, class_="advice", title=_said("advice").english)] if advice else []),
        *([_counter(proposal["counter"], printed)] if proposal.get("counter") else []),
        value=str(proposal["n"]),
    )


def _counter(counter: Json, printed: dict[str, str]) -> Html:
    """The text that stands in the place of an att-sats, with who put it there."""
    names = _said("counter")
    by = counter["by"] or printed.get(counter["record"], "")
    head = tag("small", tag("b", names.swedish), f" · {by}" if by else "", title=names.english)
    return tag("div", head, counter["text"], class_="counter")


def _review(case: Json) -> Html:
    rows = []
    for doubt in doubts(case):
        names = label("doubt", doubt.name)
        sure = f" {percent(doubt.confidence)}" if doubt.document else ""
        document = join(": ", tag("code", doubt.document)) if doubt.document else Html("")
        rows.append(tag("li", tag("span", names.swedish, title=names.english), document, sure))
    return join(_heading("review"), tag("ul", *rows, class_="review")) if rows else Html("")


def _outcome(outcome: str | None) -> Html:
    names = label("outcome", outcome) if outcome else _said("undecided")
    return tag("span", names.swedish, class_=f"outcome o-{outcome or 'none'}", title=names.english)


def _source(key: str, sources: list[str]) -> Html:
    """Which document a value was taken from, when the motion itself lacks it."""
    if not sources:
        return Html("")
    names = _said(key)
    return tag("small", f"{names.swedish} {', '.join(sources)}", class_="from", title=names.english)


def _heading(key: str) -> Html:
    return tag("h2", _said(key).swedish, title=_said(key).english)


def _said(key: str) -> Label:
    return label("case", key)


def _title(case: Json) -> str:
    return str(case["title"] or case["motion"] or case["id"])
