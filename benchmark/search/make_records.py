"""Make valid synthetic records of any number, to measure scale: invented council prose, no real document.

    python benchmark/search/make_records.py 20000 OUT.jsonl

Words are drawn by Zipf's law from the installed hunspell dictionary (a few built-in words where it is missing),
with council phrases put in; one record in four is a board's protocol of several matters, the rest are motions.
Nothing in them means anything: use them for speed and size, never for quality.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from typing import Any

Json = dict[str, Any]

PLACES = [("Kalix", "2514"), ("Ystad", "1286"), ("Arvika", "1784"), ("Vetlanda", "0685"), ("Falköping", "1499"),
          ("Vaxholm", "0187"), ("Strängnäs", "0486"), ("Karlskoga", "1883"), ("Huddinge", "0126"),
          ("Piteå", "2581")]  # fmt: skip
PARTIES = ["S", "M", "SD", "C", "V", "KD", "L", "MP"]
FIRST = "Anna Erik Maria Lars Karin Johan Eva Anders Lena Per Sara Mikael Ingrid Jonas Ulla Gunnar Fatima Ali".split()
LAST = "Bergvall Lindros Åkerlöf Sundmark Ekeblom Nyholt Forsgård Västling Öberg Häggmo Dahlin Kvist Rönnbo".split()
SUBJECTS = [
    "trygga skolvägar", "belysning på gång- och cykelvägar", "våld i nära relationer", "laddstolpar vid idrottshallar",
    "fria bussresor för äldre", "giftfria förskolor", "en kommunal energiplan", "upprustning av badplatser",
    "fler bostäder på landsbygden", "språkkrav i äldreomsorgen", "en hundrastgård i centrum", "skolskjuts till fritids",
    "minskat matsvinn i skolköken", "en fritidsbank i varje kommundel", "snöröjning av trottoarer",
    "kulturskolans avgifter",
]  # fmt: skip
PHRASES = ["våld i nära relationer", "i dagens läge", "kommunens invånare", "enligt kommunallagen", "under lång tid",
           "en utredning visar", "barn och unga", "inom ramen för budget", "trygghet och säkerhet",
           "god livskvalitet"]  # fmt: skip
ASKS = ["utreda förutsättningarna för {}", "ta fram en handlingsplan för {}", "avsätta medel till {} i nästa budget",
        "återkomma med en redovisning av {}", "samverka med föreningslivet om {}"]  # fmt: skip
FEW = "kommun skola barn väg plan vård stöd arbete ansvar år miljö buss fråga hus park grupp medel behov".split()
VOCABULARY = 57_000  # word types: what 45 MB of real prose would bring
OUTCOMES = [("bifall", "Motionen bifalls."), ("avslag", "Motionen avslås."), ("besvarad", "Motionen anses besvarad.")]


class Writer:
    """Writes text and remembers where everything stands."""

    def __init__(self) -> None:
        self.text = ""

    def put(self, text: str, end: str = "\n") -> Json:
        """Append, and give the place."""
        start = len(self.text)
        self.text += text + end
        span = [start, start + len(text)]
        return {"raw": span, "repaired": span, "page": 1, "box": None, "quote": text}


class Prose:
    """Draws words by Zipf's law."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = dictionary() or FEW
        random.Random(7).shuffle(self.words)
        self.words = FEW + self.words[:VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.words))))

    def sentence(self) -> str:
        """One sentence of eight to eighteen words."""
        count = self.chance.randint(8, 18)
        drawn = [self.words[bisect(self.weights, self.chance.random() * self.weights[-1])] for _ in range(count)]
        if self.chance.random() < 0.3:
            drawn.insert(count // 2, self.chance.choice(PHRASES))
        return " ".join(drawn).capitalize() + "."

    def paragraph(self, sentences: int) -> str:
        """Sentences on one line."""
        return " ".join(self.sentence() for _ in range(sentences))


def dictionary() -> list[str]:
    """Lower-case words of the installed hunspell dictionary; empty where there is none."""
    for folder in (Path(sys.prefix) / "share/hunspell", Path("/usr/share/hunspell")):
        if (folder / "sv_SE.dic").is_file():
            lines = (folder / "sv_SE.dic").read_text(encoding="utf-8", errors="ignore").splitlines()[1:]
            words = (line.split("/")[0].split()[0] for line in lines if line.strip())
            return [w for w in words if w.isalpha() and w.islower() and 2 <= len(w) <= 16]
    return []


def record(number: int, chance: random.Random, prose: Prose) -> Json:
    """One valid record."""
    write = Writer()
    place, code = chance.choice(PLACES)
    date = f"{chance.randint(2014, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    protocol = number % 4 == 3
    made = _empty(number, "protokoll" if protocol else "motion", date)
    made["municipality"] = {"name": place, "code": code}
    if protocol:
        made["body"] = chance.choice(["kommunstyrelsen", "kommunfullmäktige", "barn- och utbildningsnämnden"])
        made["sections"] = [_section("meta", write.put(f"{place} kommun\nSammanträdesprotokoll {date}"))]
        made["items"] = [_paragraph(n, write, chance, prose) for n in range(1, chance.randint(2, 4))]
    else:
        made["addressee"] = "kommunfullmäktige"
        made["items"] = [_motion(made, write, chance, prose)]
    made["text"] = {"raw": write.text, "repaired": write.text}
    codes = {p["party"] for p in made["signatories"]} | {a["party"] for i in made["items"] for a in i["motion_authors"]}
    made["parties"] = [{"code": c, "name": None, "confidence": 0.99, "at": []} for c in sorted(codes)]
    return made


def _empty(number: int, kind: str, date: str) -> Json:
    sha = hashlib.sha256(str(number).encode()).hexdigest()
    part = {"n": 1, "of": 1, "pages": [1, 1]}
    source = {"name": f"{kind}-{number}.txt", "sha256": sha, "media_type": "text/plain", "bytes": 2000, "pages": 1,
              "part": part, "also": [], "page_sizes": []}  # fmt: skip
    page = {"page": 1, "ocr": "clean", "damage": 0.0, "source": "given"}
    return {
        "schema": "record/1.0", "id": sha[:24], "source": source,
        "generator": {"name": "attsats", "version": "0", "models": {}}, "kind": kind, "municipality": None,
        "addressee": None, "body": None, "date": date, "dnr": [f"KS-{date[:4]}/{number}"], "signatories": [],
        "attendance": [], "sections": [], "parties": [], "items": [], "entities": [], "text": {}, "repairs": [],
        "quality": {"ocr": "clean", "read_with": None, "damage": 0.0, "confidence": 0.9, "pages": [page]},
        "evidence": {}, "notes": [], "review": [],
    }  # fmt: skip


def _section(kind: str, *at: Json) -> Json:
    return {"kind": kind, "heading": None, "confidence": 0.95, "at": list(at)}


def _person(chance: random.Random, party: str, at: Json | None) -> Json:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return {"name": name, "party": party, "role": None, "confidence": 0.95, "at": [at] if at else []}


def _item(title: str) -> Json:
    return {
        "paragraph": None, "title": title, "dnr": [], "motion_authors": [], "sections": [], "proposals": [],
        "outcomes": [], "votes": [], "reservations": [], "statements": [],
        "references": {"motion_title": None, "paragraphs": [], "laws": []},
    }  # fmt: skip


def _motion(made: Json, write: Writer, chance: random.Random, prose: Prose) -> Json:
    subject, party = chance.choice(SUBJECTS), chance.choice(PARTIES)
    item = _item(subject)
    sections = item["sections"]
    sections.append(_section("title", write.put(f"Motion om {subject}")))
    sections.append(_section("background", write.put(prose.paragraph(6)), write.put(prose.paragraph(5))))
    sections.append(_section("motivation", write.put(prose.paragraph(6))))
    stem = "Med anledning av ovanstående föreslår vi:"
    sections.append(_section("stem", write.put(stem)))
    _proposals(item, write, chance, subject, "request", party, stem)
    for _ in range(chance.randint(1, 2)):
        person = _person(chance, party, None)
        person["at"] = [write.put(f"{person['name']} ({party})")]
        made["signatories"].append(person)
    sections.append(_section("signature", *(p["at"][0] for p in made["signatories"])))
    return item


def _paragraph(n: int, write: Writer, chance: random.Random, prose: Prose) -> Json:
    subject, party = chance.choice(SUBJECTS), chance.choice(PARTIES)
    item = _item(subject)
    item["paragraph"] = f"§ {n}"
    item["sections"].append(_section("title", write.put(f"§ {n} Svar på motion om {subject}")))
    item["motion_authors"].append(_person(chance, party, None))
    item["sections"].append(_section("summary", write.put(prose.paragraph(7))))
    code, verbatim = chance.choice(OUTCOMES)
    at = write.put(verbatim)
    outcome = {"of": "motion", "outcome": code, "by": "kommunstyrelsen", "act": "decision", "verbatim": verbatim}
    item["outcomes"].append({**outcome, "confidence": 0.95, "at": [at]})
    item["sections"].append(_section("decision", at))
    _proposals(item, write, chance, subject, "decision", None, None)
    return item


def _proposals(
    item: Json, write: Writer, chance: random.Random, subject: str, act: str, by: str | None, stem: str | None
) -> None:
    places = []
    for k in range(1, chance.randint(2, 5)):
        text = "att " + chance.choice(ASKS).format(subject)
        places.append(write.put(text))
        told = {"n": k, "text": text, "stem": stem, "by": by, "act": act, "confidence": 0.95, "at": [places[-1]]}
        item["proposals"].append(told)
    item["sections"].append(_section("proposal", *places))


def main() -> None:
    """Write the records and say how much text they hold."""
    count, out = int(sys.argv[1]), Path(sys.argv[2])
    chance = random.Random(count)
    prose = Prose(chance)
    size = 0
    with out.open("w", encoding="utf-8") as lines:
        for number in range(count):
            made = record(number, chance, prose)
            size += len(made["text"]["repaired"].encode())
            print(json.dumps(made, ensure_ascii=False), file=lines)
    print(f"{count} records, {size / 1e6:.1f} MB of text")


if __name__ == "__main__":
    main()
