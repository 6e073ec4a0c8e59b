"""Write ``tests/cases/council.jsonl``: a small invented council, for tests of search, page, feed and exports.

    python benchmark/search/make_council.py

Every document, person and number in it is made up; the places are real municipalities that never said any of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]

HERE = Path(__file__).resolve().parents[2] / "tests" / "cases"
NAMES = {"S": "Socialdemokraterna", "M": "Moderaterna", "SD": "Sverigedemokraterna", "C": "Centerpartiet",
         "V": "Vänsterpartiet", "KD": "Kristdemokraterna", "L": "Liberalerna", "MP": "Miljöpartiet"}  # fmt: skip
CODES = {"Kalix": "2514", "Ystad": "1286", "Arvika": "1784", "Vetlanda": "0685"}


class Text:
    """Repaired text as it grows, the raw text behind it, and the edits between them."""

    def __init__(self, damage: dict[str, str]) -> None:
        self.damage = damage
        self.raw = self.repaired = ""
        self.repairs: list[Json] = []

    def put(self, text: str) -> Json:
        """Append a line, and give its place."""
        start = len(self.raw), len(self.repaired)
        for piece in re.findall(r"\w+|\W+", text):
            self._piece(piece)
        place = {
            "raw": [start[0], len(self.raw)], "repaired": [start[1], len(self.repaired)], "page": 1, "box": None,
            "quote": self.raw[start[0] :],
        }  # fmt: skip
        self.raw, self.repaired = self.raw + "\n", self.repaired + "\n"
        return place

    def _piece(self, piece: str) -> None:
        read = self.damage.get(piece, piece)
        if read != piece:
            raw, repaired = [len(self.raw), len(self.raw) + len(read)], [len(self.repaired)] * 2
            repaired[1] += len(piece)
            self.repairs.append({"raw": raw, "repaired": repaired, "from": read, "to": piece,
                                 "rule": "restore.letters", "confidence": 0.98})  # fmt: skip
        self.raw, self.repaired = self.raw + read, self.repaired + piece


def build(spec: Json) -> Json:
    """One valid record from a short description."""
    text = Text(spec.get("damage", {}))
    made = _frame(spec)
    if spec["kind"] == "protokoll":
        made["sections"] = [_section("meta", [text.put(line) for line in spec["front"]])]
        people = [_person(p, text.put(f"{p[0]} ({p[1]})")) for p in spec["present"]]
        made["attendance"] = [{**p, "role": None, "status": "tjänstgörande"} for p in people]
        made["sections"].append(_section("attendance", [p["at"][0] for p in people]))
        made["items"] = [_matter(item, text) for item in spec["items"]]
    else:
        made["items"] = [_matter(spec, text)]
        made["signatories"] = [
            _person(p, text.put(f"{p[0]} ({p[1]})" if p[1] else p[0]), spec["kind"]) for p in spec.get("people", [])
        ]
        if made["signatories"]:
            made["items"][0]["sections"].append(_section("signature", [p["at"][0] for p in made["signatories"]]))
    made["text"], made["repairs"] = {"raw": text.raw, "repaired": text.repaired}, text.repairs
    _entities(made, spec)
    codes = {p["party"] for p in (*made["signatories"], *made["attendance"])}
    codes |= {a["party"] for item in made["items"] for a in item["motion_authors"]}
    made["parties"] = [
        {"code": c, "name": NAMES[c], "confidence": 0.99, "at": _find(made, f"({c})")} for c in sorted(codes - {None})
    ]
    if text.repairs:
        made["quality"] |= {"ocr": "wrong-language", "read_with": "eng", "damage": 0.2}
    return made


def _frame(spec: Json) -> Json:
    sha = hashlib.sha256(spec["name"].encode()).hexdigest()
    page = {"page": 1, "ocr": "clean", "damage": 0.0, "source": "given"}
    return {
        "schema": "record/1.0", "id": sha[:24],
        "source": {"name": spec["name"], "sha256": sha, "media_type": "text/plain", "bytes": 900, "pages": 1,
                   "part": {"n": 1, "of": 1, "pages": [1, 1]}, "also": [], "page_sizes": []},
        "generator": {"name": "attsats", "version": "0.1.0", "models": {}}, "kind": spec["kind"],
        "municipality": {"name": spec["place"], "code": CODES[spec["place"]]}, "addressee": spec.get("to"),
        "body": spec.get("body"), "date": spec["date"], "dnr": spec.get("dnr", []), "signatories": [],
        "attendance": [], "sections": [], "parties": [], "items": [], "entities": [], "text": {}, "repairs": [],
        "quality": {"ocr": "clean", "read_with": None, "damage": 0.0, "confidence": 0.95, "pages": [page]},
        "evidence": {}, "notes": [], "review": [],
    }  # fmt: skip


def _section(kind: str, at: list[Json], heading: str | None = None) -> Json:
    return {"kind": kind, "heading": heading, "confidence": 0.94, "at": at}


def _person(person: list[str | None], at: Json | None, kind: str = "") -> Json:
    made = {"name": person[0], "party": person[1], "role": None, "confidence": 0.97, "at": [at] if at else []}
    return {**made, "private": True} if kind == "medborgarforslag" else made


def _matter(spec: Json, text: Text) -> Json:
    item: Json = {
        "paragraph": spec.get("paragraph"), "title": spec["title"], "dnr": spec.get("dnr", []),
        "motion_authors": [_person(p, None) for p in spec.get("authors", [])], "sections": [], "proposals": [],
        "outcomes": [], "votes": [], "reservations": [], "statements": [],
        "references": {"motion_title": spec.get("motion_title"), "paragraphs": [], "laws": []},
    }  # fmt: skip
    lead = f"{spec['paragraph']} " if spec.get("paragraph") else ""
    item["sections"].append(_section("title", [text.put(lead + spec.get("heading", spec["title"]))]))
    for kind, lines in spec.get("text", []):
        item["sections"].append(_section(kind, [text.put(line) for line in lines]))
    stem = spec.get("stem")
    if stem:
        item["sections"].append(_section("stem", [text.put(stem)]))
    places = []
    for n, line in enumerate(spec.get("asks", []), 1):
        places.append(text.put(line))
        item["proposals"].append({"n": n, "text": line, "stem": stem, "by": spec.get("by"), "confidence": 0.93,
                                  "act": spec.get("act", "request"), "at": [places[-1]]})  # fmt: skip
    if places:
        item["sections"].append(_section("proposal", places))
    for of, outcome, by, act, verbatim in spec.get("outcomes", []):
        at = text.put(verbatim)
        item["sections"].append(_section("decision", [at], "Beslut"))
        item["outcomes"].append({"of": of, "outcome": outcome, "by": by, "act": act, "verbatim": verbatim,
                                 "confidence": 0.92, "at": [at]})  # fmt: skip
    for yes, no, line in spec.get("votes", []):
        at = text.put(line)
        item["sections"].append(_section("votes", [at]))
        item["votes"].append({"for": "kommunstyrelsens förslag", "yes": yes, "no": no, "abstain": 0, "absent": 0,
                              "yes_means": "bifall till kommunstyrelsens förslag", "no_means": None, "verified": None,
                              "roll": [], "confidence": 0.9, "at": [at]})  # fmt: skip
    return item


def _find(made: Json, needle: str) -> list[Json]:
    """Where a string stands in the repaired text, away from any edit."""
    if made["repairs"]:
        return []
    found = re.finditer(re.escape(needle), made["text"]["repaired"])
    return [{"raw": list(m.span()), "repaired": list(m.span()), "page": 1, "box": None, "quote": m[0]} for m in found]


def _entities(made: Json, spec: Json) -> None:
    for kind, text in spec.get("entities", []):
        made["entities"].append({"type": kind, "text": text, "normalized": text, "confidence": 0.9,
                                 "at": _find(made, text)})  # fmt: skip


def main() -> None:
    """Write the records, and the case of the motion that has one."""
    specs = json.loads((HERE / "council_specs.json").read_text(encoding="utf-8"))
    records = [build(spec) for spec in specs]
    with (HERE / "council.jsonl").open("w", encoding="utf-8") as lines:
        for record in records:
            print(json.dumps(record, ensure_ascii=False), file=lines)
    by_name = {record["source"]["name"]: record for record in records}
    motion, decided = by_name["motion-badplatser.txt"], by_name["protokoll-kf-2021-09.txt"]
    board = by_name["protokoll-ks-2021-05.txt"]
    link = {"body": "kommunfullmäktige", "date": decided["date"], "paragraph": "§ 88", "method": "title_authors",
            "confidence": 0.95, "evidence": []}  # fmt: skip
    case = {
        "schema": "case/1.0", "id": hashlib.sha256(b"badplatser").hexdigest()[:24],
        "title": "Upprustning av kommunens badplatser",
        "municipality": motion["municipality"], "motion": motion["source"]["name"],
        "authors": [{"name": "Ragnhild Tornfalk", "party": "MP", "from": motion["source"]["name"]}],
        "documents": [
            {**link, "record": board["id"], "source": board["source"]["name"], "relation": "recommends_on",
             "body": "kommunstyrelsen", "date": board["date"], "paragraph": "§ 41"},
            {**link, "record": decided["id"], "source": decided["source"]["name"], "relation": "decides"},
        ],
        "proposals": [
            {"n": p["n"], "text": p["text"], "outcome": outcome, "expanded_from": "point", "confidence": 0.9,
             "recommendations": [{"by": "kommunstyrelsen", "outcome": outcome, "record": board["id"]}]}
            for p, outcome in zip(motion["items"][0]["proposals"], ["bifall", "avslag"], strict=True)
        ],
        "outcome": "delvis_bifall", "decided_by": "kommunfullmäktige", "decided": decided["date"],
    }  # fmt: skip
    (HERE / "council_cases.jsonl").write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
