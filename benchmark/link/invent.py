"""Invented records with known chains: motions with their remiss, tjänsteskrivelse, decisions in KS and KF.

Titles are drawn from few words so that neighbours look alike; titles in the handling carry slips of the OCR;
dnr differ between bodies or are missing; one motion in twenty has a twin in its own municipality two years later;
of every seventh motion only the handling is there.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Matter = tuple[int, str, int, list[tuple[str, str]]]  # municipality, title, year, movers
ABSENT = 0.15  # share of motions that are not among the records, though their handling is
TWINS = 0.05

_DO = [
    "inrätta",
    "bygga",
    "utreda",
    "införa",
    "avskaffa",
    "utveckla",
    "bevara",
    "stärka",
    "förbättra",
    "rusta",
    "tillgängliggöra",
    "kartlägga",
]
_WHAT = [
    "cykelbanor",
    "lekplatser",
    "badplatser",
    "skolskjutsar",
    "fritidsgårdar",
    "bibliotek",
    "solceller",
    "laddstolpar",
    "äldreboenden",
    "trygghetsvärdar",
    "hundrastgårdar",
    "utegym",
    "skolmåltider",
    "gångvägar",
    "parkeringar",
    "föreningsbidrag",
    "språkförskolor",
    "fältassistenter",
    "konstgräsplaner",
    "busslinjer",
    "kulturhus",
    "våtmarker",
    "odlingslotter",
    "matlådor",
    "sommarjobb",
]
_WHERE = [
    "Norrby",
    "Söderby",
    "Västerhed",
    "Österlund",
    "Ekbacken",
    "Björkdalen",
    "Hamnen",
    "Centrum",
    "Kyrkbyn",
    "Sjövik",
    "Granhult",
    "Aspvik",
]
_WHY = [
    "för unga",
    "för äldre",
    "för nyanlända",
    "i samverkan med föreningslivet",
    "utan avgift",
    "året runt",
    "på kvällar och helger",
    "för ökad trygghet",
    "för klimatets skull",
    "med gröna tak",
    "enligt nordisk förebild",
    "vid skolorna",
]
_GIVEN = [
    "Anna",
    "Bo",
    "Cecilia",
    "David",
    "Elin",
    "Fredrik",
    "Gun",
    "Hans",
    "Ida",
    "Johan",
    "Karin",
    "Lars",
    "Maria",
    "Nils",
    "Olga",
    "Per",
    "Rut",
    "Sara",
    "Tomas",
    "Ulla",
]
_FAMILY = [
    "Ek",
    "Alm",
    "Lindqvist",
    "Öberg",
    "Åkesson",
    "Sjöman",
    "Hedlund",
    "Norrström",
    "Kvist",
    "Wallgren",
    "Bäcklund",
    "Dahl",
    "Falk",
    "Gren",
    "Hägg",
]
_PARTIES = ("S M SD C V KD L MP").split()
_SLIPS = {"å": "a", "ä": "a", "ö": "o", "l": "1", "m": "rn", "e": "c"}


def records(count: int, *, seed: int = 1, municipalities: int = 290) -> Iterator[tuple[Json, str | None]]:
    """About ``count`` records, each with the id of the motion it belongs to (None for strangers)."""
    rng = random.Random(seed)
    made, number = 0, 0
    while made < count:
        number += 1
        matter = _matter(rng, municipalities)
        for twin in (matter, _twin(rng, matter)) if rng.random() < TWINS else (matter,):
            for record, owner in _chain(rng, number, twin):
                made += 1
                yield record, owner
            number += 1


def _matter(rng: random.Random, municipalities: int) -> Matter:
    place = rng.randrange(municipalities)
    title = f"att {rng.choice(_DO)} {rng.choice(_WHAT)} i {rng.choice(_WHERE)} {rng.choice(_WHY)}"
    return place, title, rng.randint(2010, 2025), _people(rng)


def _twin(rng: random.Random, matter: Matter) -> Matter:
    """The same title in the same municipality two years later, by others."""
    place, title, year, _ = matter
    return place, title, year + 2, _people(rng)


def _people(rng: random.Random) -> list[tuple[str, str]]:
    count = rng.randint(1, 3)
    return [(f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}", rng.choice(_PARTIES)) for _ in range(count)]


def _chain(rng: random.Random, number: int, matter: Matter) -> Iterator[tuple[Json, str | None]]:
    place, title, year, people = matter
    town = {"name": f"Kommun {place:03d}", "code": None}
    dnr = f"KS-{year}/{number}"
    proposals = [f"att {rng.choice(_DO)} {rng.choice(_WHAT)} {rng.choice(_WHY)}." for _ in range(rng.randint(1, 4))]
    motion = _record(f"m{number}", "motion", town, None, f"{year}-{rng.randint(1, 6):02d}-11")
    motion["signatories"] = [{"name": n, "party": p} for n, p in people]
    item = motion["items"][0]
    item["title"] = title
    item["proposals"] = [{"n": i + 1, "text": t, "act": "request"} for i, t in enumerate(proposals)]
    motion["dnr"] = [dnr] if rng.random() < 0.5 else []
    owner = motion["id"] if rng.random() > ABSENT else None
    if owner:
        yield motion, owner
    named = " och ".join(f"{n} ({p})" for n, p in people)
    earlier: list[str] = []
    outcome = rng.choice(["avslag", "avslag", "bifall", "besvarad"])
    steps = [
        ("protokollsutdrag", "kommunfullmäktige", "remitterad", "decision"),
        ("tjansteskrivelse", None, outcome, "recommendation"),
        ("protokollsutdrag", "kommunstyrelsen", outcome, "recommendation"),
        ("protokollsutdrag", "kommunfullmäktige", outcome, "decision"),
    ]
    for step, (kind, body, said, act) in enumerate(steps[: rng.randint(1, 4)]):
        date = f"{year + (step > 0)}-{3 * step + 2:02d}-{rng.randint(1, 28):02d}"
        record = _record(f"m{number}s{step}", kind, town, body, date)
        own = f"§ {rng.randint(1, 300)}"
        printed = f"Svar på motion från {named} om {_slip(rng, title)}"
        item = record["items"][0]
        item |= {"paragraph": own if body else None, "title": printed}
        item["motion_authors"] = [{"name": n, "party": p} for n, p in people] if rng.random() < 0.7 else []
        item["dnr"] = [dnr] if rng.random() < 0.6 else [f"NN-{rng.randint(1, 99999)}"]
        item["references"]["paragraphs"] = earlier[-2:]
        item["outcomes"] = [_outcome("motion", said, act, body)]
        record["text"] = {"raw": printed, "repaired": printed}
        if body:
            earlier.append(f"{'KF' if 'full' in body else 'KS'} {date} {own}")
        yield record, owner
    if rng.random() < 0.5:
        stranger = _record(f"x{number}", "protokollsutdrag", town, "kommunstyrelsen", f"{year}-09-09")
        about = f"Detaljplan för {rng.choice(_WHAT)} i {rng.choice(_WHERE)}"
        stranger["items"][0] |= {"paragraph": "§ 7", "title": about}
        stranger["text"] = {"raw": about, "repaired": about}
        yield stranger, None


def _slip(rng: random.Random, text: str) -> str:
    return "".join(_SLIPS[c] if c in _SLIPS and rng.random() < 0.03 else c for c in text)


def _outcome(of: str, outcome: str, act: str, by: str | None) -> Json:
    return {"of": of, "outcome": outcome, "act": act, "by": by, "verbatim": "", "confidence": 0.9, "at": []}


def _record(name: str, kind: str, town: Json, body: str | None, date: str) -> Json:
    empty: Json = {"motion_title": None, "paragraphs": [], "laws": []}
    item: Json = {"paragraph": None, "title": None, "dnr": [], "motion_authors": [], "sections": [], "proposals": []}
    item |= {"outcomes": [], "votes": [], "reservations": [], "statements": [], "references": empty}
    return {
        "id": hashlib.sha256(name.encode()).hexdigest()[:24],
        "source": {"name": f"{name}.txt"},
        "kind": kind,
        "municipality": town,
        "body": body,
        "date": date,
        "dnr": [],
        "signatories": [],
        "sections": [],
        "items": [item],
        "text": {"raw": "", "repaired": ""},
    }


def planted(count: int, families: int, *, seed: int = 1) -> Iterator[tuple[Json, int | None]]:
    """``count`` motions; the members of ``families`` families are edits (up to 30 % of the words) of one text.

    Motions that have nothing to do with each other share two to five of forty phrases, a tenth to a third
    of their words.
    """
    rng = random.Random(seed)
    vocabulary = [
        f"{a}{b}{c}" for a in _WHAT for b in ("", "s", "plan", "stöd") for c in ("", "en", "frågan", "arbetet")
    ]
    vocabulary += [f"{w}{n}" for w in ("ord", "sak", "led", "mål") for n in range(3000)]
    glue = ["och", "att", "för", "i", "på", "med", "som", "är", "det", "en", "av", "till", "ska", "vi", "kommunen"]

    def words(count: int) -> list[str]:
        return [rng.choice(glue) if rng.random() < 0.45 else rng.choice(vocabulary) for _ in range(count)]

    phrases = [words(rng.randint(12, 25)) for _ in range(40)]  # what motions that have nothing in common all say

    def text() -> list[str]:
        said = [rng.choice(phrases) for _ in range(rng.randint(2, 5))]
        return [word for part in (*said[:1], words(rng.randint(150, 400)), *said[1:]) for word in part]

    number = 0

    def motion(words: list[str]) -> Json:
        nonlocal number
        number += 1
        town = {"name": f"Kommun {rng.randrange(290):03d}", "code": None}
        made = _record(f"p{number}", "motion", town, None, f"{rng.randint(2010, 2025)}-05-05")
        made["text"] = {"raw": " ".join(words), "repaired": " ".join(words)}
        return made

    for family in range(families):
        base = text()
        yield motion(base), family
        for _ in range(rng.randint(1, 6)):
            yield motion(_edited(rng, base, vocabulary)), family
    while number < count:
        yield motion(text()), None


def _edited(rng: random.Random, words: list[str], vocabulary: list[str]) -> list[str]:
    share = rng.uniform(0.02, 0.3)
    made: list[str] = []
    for word in words:
        roll = rng.random()
        if roll > share:
            made.append(word)
        elif roll < share / 2:
            made.append(rng.choice(vocabulary))
    return made
