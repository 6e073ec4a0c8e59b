"""What was found in a document, as the panel beside its text."""

from __future__ import annotations

from typing import Any

from .labels import label
from .markup import Html, join, tag
from .summary import people
from .view import View

Json = dict[str, Any]


def facts(shown: View, key: str) -> Html:
    """The panel; ``key`` begins the ids of this document."""
    record = shown.record
    kind = label("kind", record["kind"])
    titles = [item["title"] for item in record["items"] if item["title"]]
    single = titles[0] if len(record["items"]) == 1 and titles else record["source"]["name"]
    return tag(
        "aside",
        tag("p", kind.swedish, class_="kind", title=kind.english),
        tag("h1", single, id=f"{key}-title"),
        _particulars(record),
        _matters(record, key),
        _proposals(shown, key),
        _outcomes(record),
        _votes(record),
        _reading(record),
        _list("Att granska", "values to look at", [_review(entry) for entry in record["review"]]),
        _list("Anmärkningar", "notes", [_note(note) for note in record["notes"]]),
        aria_label="Uppgifter ur dokumentet",
    )


def _particulars(record: Json) -> Html:
    rows: list[tuple[str, str, str | Html]] = []
    if record["municipality"]:
        code = record["municipality"]["code"]
        rows.append(("Kommun", "municipality", record["municipality"]["name"] + (f" ({code})" if code else "")))
    for name, english, key in (
        ("Ställd till", "addressee", "addressee"),
        ("Organ", "body", "body"),
        ("Datum", "date", "date"),
    ):
        if record[key]:
            rows.append((name, english, record[key]))
    if record["dnr"]:
        rows.append(("Diarienummer", "registry number", ", ".join(record["dnr"])))
    authors = [author for item in record["items"] for author in item["motion_authors"]]
    if authors:
        rows.append(("Väckt av", "raised by", people(list({a["name"]: a for a in authors}.values()))))
    if record["signatories"]:
        rows.append(("Undertecknat av", "signed by", people(record["signatories"])))
    if record["parties"]:
        rows.append(("Partier", "parties", _parties(record["parties"])))
    if record["attendance"]:
        rows.append(("Närvarande", "present", f"{len(record['attendance'])} personer"))
    cells = [join(tag("dt", name, title=english), tag("dd", value)) for name, english, value in rows]
    return tag("dl", *cells) if cells else Html("")


def _parties(parties: list[Json]) -> Html:
    """The codes, each with its name on hover."""
    codes = [tag("abbr", p["code"], title=p["name"]) for p in sorted(parties, key=lambda p: str(p["code"]))]
    return Html(", ".join(codes))


def _matters(record: Json, key: str) -> Html:
    if len(record["items"]) < 2:
        return Html("")
    rows = []
    for i, item in enumerate(record["items"]):
        name = " ".join(part for part in (item["paragraph"], item["title"]) if part) or f"Ärende {i + 1}"
        rows.append(tag("a", name, href=f"#{key}-item{i}"))
    return _list("Ärenden", "matters", rows)


def _proposals(shown: View, key: str) -> Html:
    rows = []
    for i, proposal in enumerate(shown.proposals):
        value = proposal.value
        act = label("act", value["act"])
        by = f" av {value['by']}" if value["by"] else ""
        rows.append(
            tag(
                "li",
                tag("a", value["text"], href=f"#{key}-p{i}"),
                tag(
                    "small",
                    tag("span", act.swedish, class_=f"proposal a-{value['act']}"),
                    by,
                    title=f"{act.english}, {value['confidence']:.0%} sure",
                ),
                value=str(value["n"]),
            )
        )
    if not rows:
        return Html("")
    return join(tag("h2", "Att-satser", title="proposals"), tag("ol", *rows))


def _outcomes(record: Json) -> Html:
    rows = []
    for item in record["items"]:
        for outcome in item["outcomes"]:
            names = label("outcome", outcome["outcome"])
            act = label("act", outcome["act"])
            by = f" av {outcome['by']}" if outcome["by"] else ""
            rows.append(
                join(
                    tag("b", names.swedish, title=names.english),
                    f" · {_object(outcome['of'])} ",
                    tag("small", f"{act.swedish}{by}", title=act.english),
                )
            )
    return _list("Utfall", "outcomes", rows)


def _object(of: str) -> str:
    """What an outcome is about, in Swedish.

    >>> _object("proposal 2"), _object("yrkande by Eva Ek"), _object("motion")
    ('förslag 2', 'yrkande av Eva Ek', 'motionen')
    """
    if of == "motion":
        return "motionen"
    return of.replace("proposal ", "förslag ", 1).replace(" by ", " av ", 1)


def _votes(record: Json) -> Html:
    rows = [
        tag(
            "tr",
            tag("th", vote["for"] or "Votering", scope="row"),
            *(tag("td", str(vote[key])) for key in ("yes", "no", "abstain", "absent")),
        )
        for item in record["items"]
        for vote in item["votes"]
    ]
    if not rows:
        return Html("")
    names = (("Votering", "vote"), ("Ja", "yes"), ("Nej", "no"), ("Avstår", "abstain"), ("Frånv.", "absent"))
    head = tag("tr", *(tag("th", swedish, scope="col", title=english) for swedish, english in names))
    return join(tag("h2", "Röster", title="votes"), tag("table", tag("thead", head), tag("tbody", *rows)))


def _reading(record: Json) -> Html:
    quality = record["quality"]
    names = label("ocr", quality["ocr"])
    words = len(record["text"]["repaired"].split())
    read = f", läst med {quality['read_with']}" if quality["read_with"] else ""
    return join(
        tag("h2", "Läsning", title="reading"),
        tag(
            "p",
            tag("b", names.swedish, title=names.english),
            f"{read}. {len(record['repairs'])} reparationer i {words} ord.",
        ),
    )


def _review(entry: Json) -> Html:
    return join(tag("code", entry["field"]), f" {entry['confidence']:.0%}")


def _note(note: Json) -> Html:
    count = f" ({note['count']} ggr)" if note.get("count", 1) > 1 else ""
    return join(tag("code", note["code"]), f" {note['message']}{count}")


def _list(swedish: str, english: str, rows: list[Html]) -> Html:
    if not rows:
        return Html("")
    return join(tag("h2", swedish, title=english), tag("ul", *(tag("li", row) for row in rows)))
