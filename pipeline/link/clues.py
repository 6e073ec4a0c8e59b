"""What a record says about motions: one clue for each way in which it speaks of one."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from .raising import raised_on
from .titles import MENTION, fold, fold_once, subject, surname, surnames, tokens

Json = dict[str, Any]

RAISED = ("motion", "medborgarforslag")
_LISTS = ("votes", "attendance", "furniture")
_OF_OUTCOME = ("of", "outcome", "act", "by", "verbatim", "confidence")
_OF_PROPOSAL = ("n", "text", "act")
_LIST = 4  # a motion that names as many motions is a list of them
_MINUTES = re.compile(r"^\W*(?:sammanträdes)?protokoll\b|sammanträdesdatum", re.I | re.M)
_LONG_WORD = re.compile(r"[^\W_]{7,}")
WINDOW = 320  # characters of text after "motion om" that may hold a title


class Author(NamedTuple):
    """Who raised a motion; a citizen is a private person."""

    name: str
    party: str | None
    private: bool


@dataclass(frozen=True, slots=True)
class Raised:
    """A motion that lies before us."""

    record: str
    source: str
    municipality: Json | None
    date: str | None
    title: str
    authors: tuple[Author, ...]
    surnames: tuple[str, ...]
    dnr: tuple[str, ...]
    proposals: tuple[str, ...]
    words: frozenset[int]


@dataclass(frozen=True, slots=True)
class Clue:
    """One way in which an item of a record speaks of a motion.

    ``how`` is ``title`` (the matter is the motion), ``part`` (one of several motions that the matter settles),
    ``mention`` (its text names it) or ``reference`` (only earlier §§ are named).
    ``text`` begins with the motion's subject; ``chain`` are earlier §§.
    """

    record: str
    source: str
    item: int
    kind: str
    municipality: Json | None
    body: str | None
    date: str | None
    paragraph: str | None
    how: str
    text: str
    surnames: tuple[str, ...]
    authors: tuple[Author, ...]
    dnr: tuple[str, ...]
    chain: tuple[str, ...]
    outcomes: tuple[Json, ...]
    proposals: tuple[Json, ...]
    at: tuple[Json, ...]
    raised_on: str | None
    words: frozenset[int]

    @property
    def own(self) -> str | None:
        """The §'s own key in a chain: body, date and number."""
        return chain_key(self.body, self.date, self.paragraph)


def is_handling(record: Json) -> bool:
    """Whether a record said to be a motion is rather a page of minutes: a list of motions, or a § on one."""
    text = record["text"]["repaired"]
    return bool(_MINUTES.search(text[:300])) or len(MENTION.findall(text)) >= _LIST


def raised(record: Json) -> Raised | None:
    """The motion that a record holds, or None for other kinds."""
    if record["kind"] not in RAISED or not record["items"] or is_handling(record):
        return None
    item = record["items"][0]
    people = record["signatories"] + item["motion_authors"]
    text = record["text"]["repaired"]
    opening = MENTION.search(text[:400])
    by_title = surnames(opening.group("who") or "") if opening else ()
    title = item["title"] or (first_lines(text[opening.end() : opening.end() + 200]) if opening else "")
    return Raised(
        record=record["id"],
        source=record["source"]["name"],
        municipality=record["municipality"],
        date=record["date"],
        title=subject(title),
        authors=_authors(people),
        surnames=tuple(dict.fromkeys([*(surname(p["name"]) for p in people), *by_title])),
        dnr=tuple(dict.fromkeys(_dnr(d) for d in [*record["dnr"], *item["dnr"]])),
        proposals=tuple(p["text"] for p in item["proposals"] if p["act"] == "request"),
        words=rare_words(" ".join(p["text"] for p in item["proposals"]) + " " + title),
    )


def _authors(people: list[Json]) -> tuple[Author, ...]:
    return tuple(Author(p["name"], p["party"], p.get("private", False)) for p in people)


def first_lines(text: str) -> str:
    """The lines up to the first that is followed by an empty one or by one that begins with a capital.

    >>> first_lines("en tryggare väg till\\nskolan\\nVägen är mörk.")
    'en tryggare väg till skolan'
    """
    return " ".join(re.split(r"\n\s*(?=\n|[A-ZÅÄÖ0-9])", text, maxsplit=1)[0].split())


def clues(record: Json) -> list[Clue]:
    """Every clue of a record that is not itself a motion."""
    if record["kind"] in RAISED and not is_handling(record):
        return []
    found: list[Clue] = []
    for number, item in enumerate(record["items"]):
        found += _item_clues(record, number, item)
    return found


def _item_clues(record: Json, number: int, item: Json) -> list[Clue]:
    start, whole = _item_text(record, item)
    sections = item["sections"] + record["sections"]
    title = item["title"] or ""
    treats = (
        re.search(r"motion|medborgarförslag", title, re.I)
        or item["references"]["motion_title"]
        or item["motion_authors"]
        or any(fold(o["of"]).startswith("motion") for o in item["outcomes"])
    )
    mentions = [m for m in MENTION.finditer(whole) if not _in_lists(whole, m, sections, start)]
    chain = tuple(dict.fromkeys(filter(None, map(reference_key, item["references"]["paragraphs"]))))
    places = tuple((item.get("evidence") or {}).get("title", {}).get("at", [])[:1])
    found: list[Clue] = []
    if treats and title:
        people = item["motion_authors"]
        named = MENTION.search(title)
        names = [*(surname(p["name"]) for p in people), *(surnames(named.group("who") or "") if named else ())]
        text = subject(item["references"]["motion_title"] or title)
        if not any(word.isalpha() for word in tokens(text)):
            text = subject(_heading(whole))
        found.append(_clue(record, number, item, "title", text, names, _authors(people), chain, places, whole))
    elif chain:
        found.append(_clue(record, number, item, "reference", subject(title), (), (), chain, places, whole))
    for mention in mentions:
        window = whole[mention.end() : mention.end() + WINDOW]
        movers = surnames(mention.group("who") or "")
        if any(c.text[:40] == window[:40] for c in found):
            continue
        said = _said_of(item, window)
        how = "part" if said else "mention"
        clue = _clue(record, number, item, how, window, movers, (), (), places, whole)
        found.append(replace(clue, outcomes=said, dnr=(), words=frozenset()) if said else clue)
    return found


def _heading(text: str) -> str:
    """The line of a §'s opening that names a motion; empty when none does."""
    return next((line for line in text[:500].split("\n") if re.search(r"motion|medborgarförslag", line, re.I)), "")


def _said_of(item: Json, window: str) -> tuple[Json, ...]:
    """What an item that treats several motions says of the one that ``window`` names.

    That is the sentence that names it with its outcome, or what is said of all ("Motionerna avslås").
    """
    opening = fold(window[:24])
    alone = tuple(
        {**_only(o, _OF_OUTCOME), "of": "motion"}
        for o in item["outcomes"]
        if (named := MENTION.search(o["verbatim"] or "")) and fold(o["verbatim"][named.end() :]).startswith(opening)
    )
    every = (o for o in item["outcomes"] if re.search(r"\bmotionerna\b", o["verbatim"] or "", re.I))
    return alone or tuple({**_only(o, _OF_OUTCOME), "of": "motion"} for o in every)


def _clue(
    record: Json,
    number: int,
    item: Json,
    how: str,
    text: str,
    names: Any,
    authors: tuple[Author, ...],
    chain: tuple[str, ...],
    places: tuple[Json, ...],
    whole: str,
) -> Clue:
    own = how != "mention"
    return Clue(
        record=record["id"],
        source=record["source"]["name"],
        item=number,
        kind=record["kind"],
        municipality=record["municipality"],
        body=record["body"],
        date=record["date"],
        paragraph=item["paragraph"],
        how=how,
        text=" ".join(text.split()),
        surnames=tuple(dict.fromkeys(n for n in names if n)),
        authors=authors,
        dnr=tuple(dict.fromkeys(_dnr(d) for d in _numbers(record, item))) if own else (),
        chain=chain,
        outcomes=tuple(_only(o, _OF_OUTCOME) for o in item["outcomes"]) if own else (),
        proposals=tuple(_only(p, _OF_PROPOSAL) for p in item["proposals"]) if own else (),
        at=places,
        raised_on=raised_on(whole) if how == "title" else None,
        words=rare_words(whole[:6000]) if own else frozenset(),
    )


def _item_text(record: Json, item: Json) -> tuple[int, str]:
    """The repaired text of an item, from its first place to its last, and where it starts."""
    text: str = record["text"]["repaired"]
    if len(record["items"]) == 1:
        return 0, text
    ranges = [at["repaired"] for section in item["sections"] for at in section["at"]]
    if not ranges:
        return 0, ""
    start = min(r[0] for r in ranges)
    return start, text[start : max(r[1] for r in ranges)]


def _in_lists(text: str, mention: re.Match[str], sections: list[Json], start: int) -> bool:
    """Whether a mention heads a list of votes or names: such lists repeat titles that are not this matter's."""
    before, after = text[max(0, mention.start() - 60) : mention.start()], text[mention.end() : mention.end() + 250]
    if re.search(r"[Ää]rendemening|[Oo]mröstningslista", before) or re.search(r"\bAntal\s+[Jj]a\b", after):
        return True
    offset = start + mention.start()
    return any(
        at["repaired"][0] <= offset < at["repaired"][1]
        for section in sections
        if section["kind"] in _LISTS
        for at in section["at"]
    )


def rare_words(text: str) -> frozenset[int]:
    """Long words, folded, as 32-bit numbers: what two texts about the same thing share."""
    return frozenset(map(_word_number, _LONG_WORD.findall(text)))


@lru_cache(maxsize=131072)
def _word_number(word: str) -> int:
    return zlib.crc32(fold_once(word).encode())


def _numbers(record: Json, item: Json) -> list[str]:
    """The diarienummer of an item, those in its title too."""
    return [*(item["dnr"] or record["dnr"]), *re.findall(r"\b[A-ZÅÄÖ]{2,4}[- .]?\d{4}/\d+\b", item["title"] or "")]


def _only(value: Json, keys: tuple[str, ...]) -> Json:
    return {key: value[key] for key in keys if key in value}


def chain_key(body: str | None, date: str | None, paragraph: str | None) -> str | None:
    """``body|date|number`` of a §, or None when the date or number is unknown."""
    number = re.search(r"\d+", paragraph or "")
    return f"{body_code(body)}|{date}|{number.group()}" if number and date else None


def reference_key(printed: str) -> str | None:
    """The same from a printed reference such as ``KSAU 2025-05-13 § 153``.

    >>> reference_key("KF 2024-11-05 § 146")
    'KF|2024-11-05|146'
    """
    found = re.match(r"(?P<body>.*?)\s*(?P<date>\d{4}-\d\d-\d\d),?\s*§+\s*(?P<n>\d+)", printed.strip())
    return f"{body_code(found['body'])}|{found['date']}|{found['n']}" if found else None


def body_code(body: str | None) -> str:
    """KF, KS, AU for the bodies that every municipality has, else the folded name; empty when unknown."""
    folded = fold(body or "")
    if not folded:
        return ""
    if "utskott" in folded or folded in ("ksau", "au"):
        return "AU"
    if "fullmaktige" in folded or folded in ("kf", "rf"):
        return "KF"
    if "styrelse" in folded or folded in ("ks", "rs"):
        return "KS"
    return folded


def _dnr(printed: str) -> str:
    bare = re.sub(r"^\s*(?:dnr|diarienummer|ärendenummer)\.?:?\s*", "", printed.casefold())
    return re.sub(r"[^0-9a-zåäö]+", "-", bare)
