"""Every named thing in the text, with its normalised form: the entities of the record."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from ..document import Mention, Span
from .dates import dates
from .head import _CUE, _DNR, _RUINED, dates_at, mended
from .model import TagModel
from .money import amounts
from .names import PersonHit, Reading, bare
from .party_persons import persons
from .passages import Passage, sentences
from .references import private_data
from .statutes import Found

_TOPIC = (
    r"(?:[A-ZÅÄÖ][\wåäö]+|barn|lärande|utbildning|kultur|fritid|vård|omsorg|socialtjänst|arbetsmarknad|arbete|miljö|"
    r"hälsa|teknik|samhällsbyggnad|samhälle|funktionsstöd|individ|familj|demokrati|förskola|grundskola|trygghet|"
    r"näringsliv|äldre|bygg|stadsutveckling|konsument\w*|upphandling|service|ungdom|unga|integration)"
)
_NAMND = re.compile(
    rf"\b(?:[Nn]ämnden för {_TOPIC}(?:(?:,| och| &|, samt) {_TOPIC}){{0,3}}|"
    r"(?:[A-ZÅÄÖa-zåäö]+-(?:, [a-zåäö]+-)* ?(?:och|samt) |"
    r"(?:[Kk]ultur|[Bb]arn|[Vv]ård|[Mm]iljö|[Bb]ygg|[Pp]lan|[Ss]ocial|"
    r"[Ss]amhälls|[Gg]ymnasie|[Uu]tbildnings|[Tt]rafik|[Pp]ark|[Nn]atur|[Ii]ndivid) och )?"
    r"[A-ZÅÄÖa-zåäö][\wåäö]*(?:nämnden|utskottet)(?:s)?|(?:[Tt]ekniska|[Ss]ociala|[Gg]emensamma) nämndens?)\b"
)
_MAY_NUMBER = re.compile(r"nr\b|nummer|eteckning")
_PARAGRAPH = re.compile(r"§§? ?\d{1,3}(?: ?[a-z]\b)?(?:[-–]\d{1,3})?")


def find(p: Passage, model: TagModel, reading: Reading, private: bool) -> Iterator[Found]:
    """The rule-made mentions of one passage."""
    text = p.text
    if "§" in text:
        yield from model.citations.paragraphs(text)
        for m in _PARAGRAPH.finditer(text):
            yield Found("PARAGRAPH", m.group(), " ".join(m.group().replace("§§", "§").split()), m.start(), m.end(), 0.9)
    yield from laws(text, model, reading)
    yield from amounts(text)
    yield from private_data(text, addresses=private)
    for d in dates(text):
        yield Found("DATE", text[d.start : d.end], d.iso, d.start, d.end, 0.9 if d.compact else 0.98)
    for cue in _CUE.finditer(text) if _MAY_NUMBER.search(text) else ():
        ruined = _RUINED.match(text, cue.end())
        if ruined and not _DNR.fullmatch(ruined.group()):
            yield Found("DNR", ruined.group(), mended(ruined), ruined.start(), ruined.end(), 0.96)
            continue
        number = _DNR.search(text, cue.end(), cue.end() + 30)
        if number and not dates_at(number.group()) and number.start() - cue.end() <= 6:
            yield Found("DNR", number.group(), number.group(), number.start(), number.end(), 0.95)
    yield from _lookups(text, reading)
    for name, start, end, official in model.places.named(text, reading.look(text)):
        code = model.tables.municipalities[name]
        kind = "MUNICIPALITY" if official else "LOC"
        yield Found(
            kind, text[start:end], f"{name} {code}" if official else name, start, end, 0.97 if official else 0.8
        )
    for hit in persons(text, reading):
        yield Found("PER", hit.name, hit.name, hit.start, hit.end, hit.sure)
    for loose in _bare(text, p.kind, reading):
        yield Found("PER", loose.name, loose.name, loose.start, loose.end, 0.7)
    for m in _NAMND.finditer(text) if "ämnd" in text or "utskott" in text else ():
        yield Found("BODY", m.group(), m.group()[:1].lower() + m.group()[1:].removesuffix("s"), m.start(), m.end(), 0.9)


def _bare(text: str, kind: str, reading: Reading) -> list[PersonHit]:
    return bare(text, reading) if kind in ("signature", "attendance", "meta", "decision", "procedure", "floor") else []


_SURE = {"BODY": 0.95, "ROLE": 0.93, "AUTHORITY": 0.95, "LOC": 0.9, "ORG": 0.9}


def _lookups(text: str, reading: Reading) -> Iterator[Found]:
    """Bodies, roles, authorities, and the best-known places and organisations of the tables."""
    for hit in reading.look(text):
        sure = _SURE.get(hit.entry.type)
        if sure:
            yield Found(hit.entry.type, text[hit.start : hit.end], hit.entry.value, hit.start, hit.end, sure)


def laws(text: str, model: TagModel, reading: Reading) -> list[Found]:
    """Laws with chapter and section."""
    if text not in reading.statutes:
        looked = [hit for hit in reading.look(text) if hit.entry.type == "LAW"]
        found = model.statutes.find(text, looked, model.tables.laws, reading.scope.date)
        reading.statutes[text] = list(found)
    return reading.statutes[text]


# Labels whose names stand in lists, with brackets or titles: the recogniser adds nothing there.
_UNREAD = ("toc", "furniture", "votes", "heading", "meta", "attendance", "distribution")
# Words that begin a sentence or an item behind a colon, and are no names.
_WORDS = frozenset(
    "Den Det De Ett En Att Detta Dessa Nej Två Tre Fyra Fem Kommer Hur Vad När Vilka Vilken Varför".split()
)
_CAPITAL = re.compile(r"(?<=[a-zåäö,;:)] )[A-ZÅÄÖ][\wåäö-]{2,}")


def entities(found: list[tuple[Passage, list[Found]]], model: TagModel) -> list[list[Found]]:
    """Persons, organisations and places of the trained recogniser, for each passage.

    It reads only the sentences with a capitalised word that no rule has explained.
    """
    extra: list[list[Found]] = [[] for _ in found]
    if model.nlp is None:
        return extra
    asked: list[tuple[int, int, str]] = []
    for n, (p, listed) in enumerate(found):
        if p.kind in _UNREAD:
            continue
        taken = sorted((f.start, f.end) for f in listed)
        capitals = [m.start() for m in _CAPITAL.finditer(p.text) if m.group() not in _WORDS]
        open_ = _outside(capitals, taken)
        if open_:
            for start, end in sentences(p.text):
                if bisect_left(open_, start) < bisect_left(open_, end):
                    asked.append((n, start, p.text[start : min(end, start + 600)]))
    for (n, start, _), doc in zip(asked, model.nlp.pipe(text for _, _, text in asked), strict=True):
        for ent in doc.ents:
            normal = " ".join(ent.text.split())
            if len(normal) > 1 and normal[0].isupper():
                extra[n].append(Found(ent.label_, ent.text, normal, start + ent.start_char, start + ent.end_char, 0.75))
    return extra


def _outside(places: list[int], taken: list[tuple[int, int]]) -> list[int]:
    """The places, in order, that lie in none of the sorted stretches.

    >>> _outside([1, 5, 9], [(0, 2), (1, 6)])
    [9]
    """
    reach, n, free = -1, 0, []
    for at in places:
        while n < len(taken) and taken[n][0] <= at:
            reach = max(reach, taken[n][1])
            n += 1
        if at >= reach:
            free.append(at)
    return free


def settle(p: Passage, found: list[Found]) -> list[tuple[Found, Span]]:
    """Of overlapping mentions the surer, then the longer stays; each with its repaired span."""
    kept: list[Found] = []  # in order of their places, none overlapping another
    for f in sorted(found, key=lambda f: (-f.sure, f.start - f.end, f.start)):
        n = bisect_right(kept, f.start, key=lambda k: k.start)
        if (n == 0 or kept[n - 1].end <= f.start) and (n == len(kept) or f.end <= kept[n].start):
            kept.insert(n, f)
    return [(f, p.span(f.start, f.end)) for f in kept]


def mention(found: Found, span: Span, model: TagModel) -> Mention:
    """A record's mention out of a finding."""
    return Mention(found.type, found.text, found.normalized, model.calibrated(found.type, found.sure), (span,))
