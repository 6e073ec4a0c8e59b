"""``Outline`` to ``Protocol``: who wants what, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..document import (
    Item,
    Matter,
    Mention,
    Note,
    Outline,
    Party,
    Person,
    Proposal,
    Protocol,
    References,
    Span,
)
from . import head, people, reserving, signing
from .addressee import addressee
from .attendance import attendance
from .calibrate import calibrated
from .honorifics import bearers
from .mentions import entities, find, laws, mention, settle
from .model import TagModel
from .names import OTHERS, Reading, bare
from .outcomes import outcomes
from .parties import Codes, PartyHit, Scope
from .party_brackets import brackets
from .party_persons import persons
from .passages import Passage, of_kind, passages
from .places import unnamed
from .sender import sent_by
from .spellings import canonical
from .statements import statements
from .statutes import Found
from .votes import Checked, votes

_REPLIES = {
    "motion": r"motion",
    "interpellation": r"interpellation",
    "medborgarförslag": r"medborgarförslag",
    "initiativ": r"initiativ",
    "fråga": r"\bfråga\b",
}


def tag(outline: Outline, model: TagModel) -> Protocol:
    """Find parties, persons, outcomes, votes and all other mentions. Pure; spans are in repaired coordinates."""
    found = passages(outline)
    first = Reading(model.book, Scope())
    place = model.places.find(found, first.look)
    day = head.date(outline, found)
    reading = first.within(Scope(place.value[0] if place else None, day.value if day else None))
    reading = reading.calling(
        bearers(outline.transcript.text, (hit for p in found for hit in persons(p.text, reading)))
    )
    named = ((hit.name, hit.party) for p in found for hit in persons(p.text, reading))
    spelled = canonical(named, model.tables.given, model.tables.surname_parts)
    party_values, codes = _parties(found, reading)
    signed = signing.signatories(outline, found, reading, spelled)
    polled = [_polled(outline, n, item, found, reading) for n, item in enumerate(outline.items)]
    matters = tuple(
        _matter(outline, n, item, found, model, reading, spelled, signed, polled[n])
        for n, item in enumerate(outline.items)
    )
    mentions, notes = _mentions(outline, found, model, reading, codes)
    numbers = head.dnr(of_kind(found, "meta", "title", item=-1))
    if len(outline.items) == 1:
        numbers = list(matters[0].dnr)
    protocol = Protocol(
        outline=outline,
        municipality=place,
        addressee=addressee(outline, found),
        date=day,
        dnr=tuple(numbers),
        signatories=signed,
        attendance=attendance(found, outline.transcript.text, reading, spelled),
        parties=party_values,
        matters=tuple(
            replace(m, reservations=reserving.reservations(found, n, outline.kind.value, reading, spelled, signed))
            for n, m in enumerate(matters)
        ),
        mentions=mentions,
        notes=(
            *notes,
            *unnamed(outline, place),
            *_spelling_notes(outline, spelled, found, reading),
            *_others_notes(outline, found, reading),
            *_vote_notes(outline, polled),
        ),
    )
    return calibrated(sent_by(protocol), model)


def _parties(found: tuple[Passage, ...], reading: Reading) -> tuple[tuple[Party, ...], Codes]:
    """Every party mentioned, with all its places; and the codes printed in brackets."""
    hits: list[tuple[PartyHit, Passage]] = []
    for p in found:
        hits += [(party, p) for party, _, _, _ in brackets(p.text, reading) if party]
    codes = frozenset(h.code for h, _ in hits)
    codes |= reading.book.local.get(reading.scope.municipality or "", frozenset())
    bare = Codes(codes)
    for p in found:
        hits += [(h, p) for h in reading.named(p.text)]
        hits += [(h, p) for h in bare.find(p.text)]
        hits += [(h, p) for h in _behind_names(p, reading)]
    sure: dict[str, float] = {}
    places: dict[str, dict[Span, None]] = {}  # in the order they were found, each once
    for hit, p in hits:
        code = reading.book.canonical(hit.code, reading.scope)
        sure[code] = max(sure.get(code, 0.0), hit.sure)
        places.setdefault(code, {})[p.span(hit.start, hit.end)] = None
    named = {c: reading.book.name(c, reading.scope) for c in places}
    return tuple(Party(c, named[c], sure[c], tuple(places[c])) for c in sorted(places)), bare


def _behind_names(p: Passage, reading: Reading) -> Iterator[PartyHit]:
    """Codes behind a comma at the end of a sign-off's line: "Ann Ek, V"."""
    for m in re.finditer(r"(?<=[a-zåäö]), ?([A-ZÅÄÖ]{1,3})$", p.text if p.kind == "signature" else "", re.MULTILINE):
        code, sure = reading.book.code(m.group(1), reading.scope, after_name=False)
        if code:
            yield PartyHit(code, m.start(1), m.end(1), sure)


def _about(item: Item, found: tuple[Passage, ...], n: int) -> str:
    """The kind of the matter: motion, interpellation, ... or ärendet."""
    title = item.title.value if item.title else ""
    heads = " ".join([title, *(p.text for p in found if p.item in (n, -1) and p.kind == "title")])
    for of, pattern in _REPLIES.items():
        if re.search(pattern, heads, re.IGNORECASE):
            return of
    for p in found:
        if p.item == n and p.kind in ("decision", "summary", "basis", "floor"):
            if re.search(r"\b[Mm]otionen\b|\bväckta? motion", p.text):
                return "motion"
            if re.search(r"\b[Mm]edborgarförslaget\b", p.text):
                return "medborgarförslag"
    return "ärendet"


def _matter(
    outline: Outline,
    n: int,
    item: Item,
    found: tuple[Passage, ...],
    model: TagModel,
    reading: Reading,
    spelled: dict[str, str],
    signed: tuple[Person, ...],
    polled: tuple[Checked, ...],
) -> Matter:
    """What one item of the outline holds."""
    mine = tuple(p for p in found if p.item == n)
    alone = len(outline.items) == 1
    pool = found if alone else mine
    about = _about(item, found if alone else mine, n)
    authors = people.motion_authors(outline, found, n, reading, spelled)
    numbers = head.dnr(of_kind(pool, "meta", "title"))
    kind = outline.kind.value
    if kind == "kallelse":
        numbers = head.dnr(of_kind(mine, "toc")) or head.row_numbers(outline, item)
    cited = _references(pool, model, reading)
    raised = about if about != "ärendet" else None
    proposers = tuple(_proposer(p, outline, found, reading, signed) for p in item.proposals)
    told = outcomes(outline, item, mine if not alone else found, about, reading)
    if kind == "yrkande":  # in whose name the whole paper is written
        told = tuple(replace(o, by=o.by or next(iter(proposers), None)) if o.act == "floor" else o for o in told)
    return Matter(
        dnr=tuple(numbers),
        motion_authors=authors,
        outcomes=told,
        votes=tuple(checked.vote for checked in polled),
        statements=statements(found, n, reading),
        references=replace(
            cited,
            motion_title=item.title.value
            if item.title and raised and kind not in ("motion", "interpellation")
            else None,
        ),
        proposers=proposers,
    )


def _polled(outline: Outline, n: int, item: Item, found: tuple[Passage, ...], reading: Reading) -> tuple[Checked, ...]:
    """The voteringar of one item, checked; only a protocol has any."""
    if outline.kind.value not in ("protokoll", "protokollsutdrag"):
        return ()
    pool = found if len(outline.items) == 1 else tuple(p for p in found if p.item == n)
    return votes(pool, outline.transcript.text, item.span, reading)


def _proposer(
    proposal: Proposal, outline: Outline, found: tuple[Passage, ...], reading: Reading, signed: tuple[Person, ...]
) -> str | None:
    """Who proposes: parties by their codes, persons by their names, council and board abbreviated."""
    by = proposal.by
    if by is None and outline.kind.value in people.AUTHORED | {"yrkande", "yttrande"}:
        codes = list(dict.fromkeys(s.party for s in signed if s.party))
        sent = people.senders(found, reading)
        alone = sent is not None and "," not in sent and len(codes) > 1  # of several who sign, the one named in full
        return (None if alone else sent) or ", ".join(codes or [s.name for s in signed]) or None
    if not by:
        return None
    codes = list(dict.fromkeys(h.code for h in reading.named(by)))
    if codes:
        return ", ".join(codes)
    names = [hit.name for hit in persons(by, reading)]
    if not names and by in reading.bearers:
        names = [reading.bearers[by].name]
    if not names and " och " in by:  # several whose parties stand elsewhere
        names = [hit.name for hit in bare(by, reading)]
    if names:
        return ", ".join(names)
    code, _ = reading.book.tables.bodies.get(by.lower(), (by, by))
    return code if code in ("KF", "KS", "KSAU", "RF", "RS") else by


def _references(pool: tuple[Passage, ...], model: TagModel, reading: Reading) -> References:
    """Earlier §§ and laws that the matter cites, in the order of the text."""
    paragraphs: list[str] = []
    cited: list[str] = []
    for p in pool:
        if p.kind in ("furniture", "toc", "attendance", "meta"):
            continue
        if "§" in p.text:
            paragraphs += [f.normalized for f in model.citations.paragraphs(p.text)]
        cited += [" ".join(f.text.split()) for f in laws(p.text, model, reading)]
    return References(None, tuple(dict.fromkeys(paragraphs)), tuple(dict.fromkeys(cited)))


def _mentions(
    outline: Outline, found: tuple[Passage, ...], model: TagModel, reading: Reading, codes: Codes
) -> tuple[tuple[Mention, ...], list[Note]]:
    """The entities of every passage, in the order of the text."""
    private = outline.kind.value in ("medborgarforslag", "motion", "interpellation", "fraga")
    ruled: list[tuple[Passage, list[Found]]] = []
    for p in found:
        listed = list(find(p, model, reading, private))
        for hit, _, start, end in brackets(p.text, reading):
            if hit:
                listed.append(Found("PARTY", p.text[start:end], hit.code, start, end, hit.sure))
        named = [*reading.named(p.text), *codes.find(p.text)]
        listed += [Found("PARTY", p.text[h.start : h.end], h.code, h.start, h.end, h.sure) for h in named]
        ruled.append((p, listed))
    made: list[tuple[Found, Span]] = []
    for (p, listed), extra in zip(ruled, entities(ruled, model), strict=True):
        made += settle(p, [*listed, *extra])
    notes = []
    hidden = [span for f, span in made if f.type == "PERSONNUMMER"]
    if hidden:
        at = tuple(outline.transcript.to_raw(s) for s in hidden)
        notes.append(Note("tag.personnummer", "The text holds personnummer; outputs mask them.", at, len(hidden)))
    return tuple(mention(f, span, model) for f, span in sorted(made, key=lambda m: m[1])), notes


def _spelling_notes(
    outline: Outline, spelled: dict[str, str], found: tuple[Passage, ...], reading: Reading
) -> list[Note]:
    """One note per person whose spellings were reconciled, at the spellings that were not used."""
    notes = []
    for printed, used in spelled.items():
        spans = [p.span(h.start, h.end) for p in found for h in persons(p.text, reading) if h.name == printed]
        at = tuple(outline.transcript.to_raw(s) for s in spans)
        notes.append(Note("tag.name-reconciled", f"{printed!r} is read as {used!r}.", at, max(1, len(at))))
    return notes


_OTHERS = re.compile(rf"\s*,? ?{OTHERS}")


def _others_notes(outline: Outline, found: tuple[Passage, ...], reading: Reading) -> list[Note]:
    """One note for all places where "m.fl." hides names: more people stand behind it than the record can name."""
    spans: list[Span] = []
    for p in found:
        if p.kind in ("furniture", "toc") or not _HIDDEN.search(p.text):
            continue
        for hit in persons(p.text, reading):
            inside = _OTHERS.match(p.text, hit.end)
            behind = inside or _OTHERS.match(p.text, hit.after)
            if behind:
                spans.append(p.span(hit.start, max(hit.after, behind.end())))
    if not spans:
        return []
    at = tuple(outline.transcript.to_raw(s) for s in spans)
    return [Note("tag.and-others", "Others, whose names are not printed here, stand behind m.fl.", at, len(at))]


_HIDDEN = re.compile(OTHERS)


def _vote_notes(outline: Outline, polled: list[tuple[Checked, ...]]) -> list[Note]:
    """One note for each votering whose totals, names and sums do not agree."""
    return [
        Note("tag.vote-totals", c.odd, tuple(outline.transcript.to_raw(s) for s in c.vote.at), 1)
        for checked in polled
        for c in checked
        if c.odd
    ]
