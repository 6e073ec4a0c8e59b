"""Who raised a motion, who signs, who was there, who reserves themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..document import Outline, Person, Statement
from .names import NAME, PersonHit, Reading, bare, groups, persons, trim
from .passages import Passage, of_kind, sentences

_RAISED_AFTER = re.compile(
    r"\b(?:[Mm]otion(?:en|er)?|[Ii]nterpellation(?:en)?|[Ff]råga|[Ii]nitiativ(?:ärende|et)?|[Mm]edborgarförslag(?:et)?)\b(?: \([A-ZÅÄÖ]{1,3}\))?(?: \w+){0,2}? (?:av|från|väckt av|ställd av|inlämnad av) "
    r"|\b(?:väckt|väckts|väckta|inlämnad|inlämnats|ställd|undertecknad) av |\b[Mm]otion(?:en)?, "
    r"|\b[Ii] en motion (?:föreslår|yrkar|vill|begär|framför|framhåller|skriver|har) |\b[Ii] en motion (?:av|från) "
)
_RAISED_BEFORE = re.compile(
    r"^(?: med flera| m\.fl\.)?,? (?:har|föreslår|föreslog|vill|yrkar|begär|lämnade|inkom|väckte|ställer|ställde|anmälde|skriver)\b[^.]{0,140}?"
    r"\b(?:motion(?:en)?|interpellation(?:en)?|fråga|initiativ(?:et|ärende)?|medborgarförslag(?:et)?)\b"
)
_NOT_RAISED = re.compile(r"\b(?:yrkar|yrkade|bifall|avslag|reserverar|återremi\w+)\b")
_AUTHORED = {"motion", "interpellation", "fraga", "medborgarforslag", "initiativ"}
_OFFICIAL = {"tjansteskrivelse", "protokoll", "protokollsutdrag", "kallelse", "other"}


def person(
    hit: PersonHit, p: Passage, spelled: Mapping[str, str], *, role: str | None = None, private: bool = False
) -> Person:
    """A value of the record out of a hit in a passage."""
    name = spelled.get(hit.name, hit.name)
    return Person(name, hit.party, role, hit.sure, (p.span(hit.start, hit.end),), None, private)


def motion_authors(
    outline: Outline, found: tuple[Passage, ...], item: int, reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Who raised the matter that a reply or a protocol treats: named in the title, the summary or the decision."""
    if outline.kind.value in _AUTHORED:
        return ()
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    authors: dict[str, Person] = {}
    single = len(outline.items) <= 1
    pool = [p for p in found if p.item == item or (single and p.item == -1)]
    for p in of_kind(pool, "title", "summary", "background", "basis", "heading", "decision", "assessment", "stem"):
        if p.kind == "basis" and authors:
            continue
        for group in _raisers(p, reading):
            for hit in group:
                person_ = person(hit, p, spelled)
                authors.setdefault(person_.name, person_)
    if not authors:
        for p in of_kind(pool, "decision", "proposal"):
            m = re.search(rf"\b[Dd]en av (.{{3,200}}?) väckta? (?:motion|interpellation)", p.text)
            if m:
                for hit in bare(m.group(1), reading):
                    party = known.get(hit.name)
                    start = m.start(1) + hit.start
                    authors.setdefault(
                        hit.name, Person(hit.name, party, None, 0.8, (p.span(start, start + len(hit.name)),))
                    )
    return tuple(authors.values())


def _raisers(p: Passage, reading: Reading) -> Iterable[list[PersonHit]]:
    """The lists of persons that a passage names as raising the matter."""
    made = groups(p.text, persons(p.text, reading))
    for group in made:
        before = p.text[max(0, group[0].start - 60) : group[0].start]
        after = p.text[group[-1].after : group[-1].after + 170]
        leads = _RAISED_AFTER.search(before)
        named = leads and re.fullmatch(r"(?:\s|ledamoten |ledamöterna |gruppledaren )*", before[leads.end() :])
        title_end = (
            p.kind == "title"
            and re.search(r"[-–—] ?$", before)
            and re.match(r" ?(?:med flera|m\.? ?fl\.?)?\s*$", after)
        )
        if named or title_end:
            yield group
        elif p.kind in ("summary", "background", "assessment") and _RAISED_BEFORE.match(after):
            sentence = after.split(". ")[0]
            if not _NOT_RAISED.search(sentence.split("motion")[0]):
                yield group


_ROLE_LINE = re.compile(
    r"(?i)^(?:(?:tf\.? |bitr(?:ädande|\.) )?[\wåäö-]*(?:chef|direktör|sekreterare|handläggare|utredare|ledare|strateg|controller|jurist|arkitekt|ingenjör|"
    r"samordnare|planerare|ordförande|ledamot|råd|administratör|inspektör|specialist|rektor|ekonom|assistent|kommunalråd|expert|ombud))\b.*"
)
_NAME_WORD = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_SIGN_LABEL = re.compile(
    r"(?i)^\W*(sekreterare|ordförande|protokolls?justerare|justerare|justerande|justeras|vid protokollet)\b[ :.…_-]*(.*)$"
)


def columns(line: str) -> list[tuple[int, str]]:
    """The columns of a printed line: (offset, text), parted by two spaces or more."""
    return [(m.start(), m.group()) for m in re.finditer(r"\S+(?: \S+)*", line)]


def _lines(p: Passage, text: str) -> list[tuple[int, str]]:
    """The printed lines of a passage, in repaired coordinates."""
    start = text.rfind("\n", 0, p.origin(0)) + 1
    end = p.all().end
    made = []
    for line in text[start:end].split("\n"):
        made.append((start, line))
        start += len(line) + 1
    return made


def signatories(
    outline: Outline, found: tuple[Passage, ...], reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Those who raise or sign the document itself."""
    kind = outline.kind.value
    text = outline.transcript.text
    if kind in ("protokoll", "protokollsutdrag"):
        return _signed_protocol(found, text, reading, spelled)
    made: dict[str, Person] = {}
    signed = of_kind(found, "signature")
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    default = None if kind in _OFFICIAL else _one_party(found, reading)
    for p in signed:
        hits = persons(p.text, reading)
        loose = [b for b in _loose(p, text, reading) if all(b.name not in h.name for h in hits)]
        for hit in [*hits, *loose]:
            party = (
                hit.party
                or known.get(hit.name)
                or (default if kind in _AUTHORED | {"yrkande", "reservation", "sarskilt_yttrande"} else None)
            )
            fixed = PersonHit(hit.name, party, hit.start, hit.end, hit.after, hit.sure)
            role = _role(p, fixed, text)
            value = person(fixed, p, spelled, role=role, private=kind == "medborgarforslag")
            made.setdefault(value.name, value)
    if kind in _AUTHORED:
        for p in of_kind(found, "title", "meta"):
            for group in _raisers(p, reading):
                for hit in group:
                    value = person(hit, p, spelled, private=kind == "medborgarforslag")
                    if all(value.name not in n and n not in value.name for n in made):
                        made.setdefault(value.name, value)
    if not made and kind == "kallelse":
        made = {x.name: x for x in _convener(found, text, reading)}
    return tuple(made.values())


def _loose(p: Passage, text: str, reading: Reading) -> list[PersonHit]:
    """Names that stand alone in a column of a signature line, with the party behind a comma or none."""
    made = []
    for start, line in _lines(p, text):
        for at, cell in columns(line):
            cell_text = re.sub(r"^(?:[Gg]enom|[Ff]ör \w+:|/|[Uu]ndertecknat? av:?)\s+", "", cell)
            at += len(cell) - len(cell_text)
            m = re.match(rf"({NAME})(?=$|,| /)", cell_text) or re.match(
                rf"((?:{_NAME_WORD} ){{1,3}}{_NAME_WORD}) (?=(?:[A-ZÅÄÖa-zåäö]+ ){{0,2}}[\wåäö:]*(?:ordförande|gruppledare|ledamot|råd)\b)",
                cell_text,
            )
            if not m or _ROLE_LINE.match(cell_text):
                continue
            name, offset = trim(m.group(1), 0)
            tokens = name.split()
            if not 2 <= len(tokens) <= 4 or any(t.isupper() and len(t) > 1 for t in tokens):
                continue
            if _ORGANISATION.search(name) or not (reading.given(tokens[0]) or len(tokens) == 2):
                continue
            rest = cell_text[m.end() :]
            code = next((h.code for h in reading.book.named(rest, reading.scope)), None)
            bracket = re.search(r"\(([^()]{1,6})\)\s*$", rest)
            if bracket and code is None:
                code, _ = reading.book.code(bracket.group(1), reading.scope, after_name=True)
            where = _inside(p, start + at + offset)
            if where is not None:
                made.append(
                    PersonHit(
                        name,
                        code,
                        where,
                        where + len(name),
                        where + len(name),
                        0.85 if reading.given(tokens[0]) else 0.6,
                    )
                )
    return made


_ORGANISATION = re.compile(
    r"(?i)\b(?:kommun\w*|stad|stads|region\w*|nämnd\w*|förvaltning\w*|styrelse\w*|partiet|gruppen|fullmäktige\w*|demokraterna|kungsbackaborna|ab|förbund\w*|datum|bilag\w*)\b"
)


def _inside(p: Passage, origin: int) -> int | None:
    """The offset in the passage of a repaired offset, None when it is not part of it."""
    for start, piece in zip(p.starts, p.origins, strict=True):
        if piece <= origin:
            at = start + origin - piece
            if at < len(p.text) and p.origin(at) == origin:
                return at
    return None


def _one_party(found: tuple[Passage, ...], reading: Reading) -> str | None:
    """The party in whose name a paper is written, when its head, stem or sign-off names exactly one."""
    for kinds in (("signature",), ("stem",), ("furniture", "meta", "reservation")):
        codes = {h.code for p in of_kind(found, *kinds) for h in reading.book.named(p.text, reading.scope)}
        if len(codes) == 1:
            return codes.pop()
    return None


def _role(p: Passage, hit: PersonHit, text: str) -> str | None:
    """The role printed after the name or under it, in the same column."""
    after = p.text[hit.after : hit.after + 40]
    roles = [
        m.group()
        for m in re.finditer(
            r"\b[\wåäö:]*(?:ordförande|gruppledare|ledamot|ersättare|kommunalråd|oppositionsråd|regionråd|sekreterare)\b",
            after,
        )
    ]
    if roles and re.match(r"[ ,]{0,2}\S{0,20} ?" + re.escape(roles[0]), after):
        return roles[0]
    origin = p.origin(hit.start)
    start = text.rfind("\n", 0, origin) + 1
    column = origin - start
    below = (
        [line for line in text[text.find("\n", origin) + 1 :].split("\n")[:3] if line.strip()]
        if "\n" in text[origin:]
        else []
    )
    for line in below[:1]:
        cells = columns(line)
        near = min(cells, key=lambda c: abs(c[0] - column), default=None)
        if near and _ROLE_LINE.match(near[1]):
            return near[1][:1].lower() + near[1][1:]
    return None


def _convener(found: tuple[Passage, ...], text: str, reading: Reading) -> list[Person]:
    """A kallelse is signed by the official whose role stands under the name in the head."""
    for p in of_kind(found, "meta", "signature"):
        for hit in _loose(p, text, reading):
            role = _role(p, hit, text)
            if role:
                return [person(hit, p, {}, role=role)]
    return []


def _signed_protocol(
    found: tuple[Passage, ...], text: str, reading: Reading, spelled: Mapping[str, str]
) -> tuple[Person, ...]:
    """Secretary, chair and justerare of the sign-off; their parties from the attendance."""
    parties = {x.name: x.party for p in of_kind(found, "attendance") for x in persons(p.text, reading)}
    made: dict[str, Person] = {}
    for p in of_kind(found, "attendance", "signature"):
        label = None
        for start, line in _lines(p, text):
            for at, cell in columns(line):
                m = _SIGN_LABEL.match(cell)
                if m and re.match(rf"{NAME}|$", m.group(2)):
                    label = _SIGNS[m.group(1).lower()[:6]]
                    cell, at = m.group(2), at + m.start(2)
                if not label or not cell.strip():
                    continue
                hits = persons(cell, reading) or [h for h in bare(cell, reading) if h.start == 0]
                for hit in hits:
                    if "ersätt" in cell.lower() or re.search(r"\), ", cell):
                        continue
                    name = spelled.get(hit.name, hit.name)
                    where = start + at + hit.start
                    span = type(p.all())(where, where + len(hit.name))
                    made.setdefault(name, Person(name, hit.party or parties.get(name), label, hit.sure, (span,)))
                if hits and label != "justerare":
                    label = None
        if p.kind == "signature" and not made:
            for hit in [*persons(p.text, reading), *_loose(p, text, reading)]:
                value = person(hit, p, spelled, role=_role(p, hit, text))
                made.setdefault(value.name, value)
    return tuple(made.values())


_SIGNS = {
    "sekret": "sekreterare",
    "ordför": "ordförande",
    "protok": "justerare",
    "juster": "justerare",
    "vid pr": "sekreterare",
}
_ATTENDS = re.compile(r"^(?:,? ?(?P<role>(?:\d:[ae] |förste |andre )?(?:vice )?ordförande))?")


def attendance(found: tuple[Passage, ...], reading: Reading, spelled: Mapping[str, str]) -> tuple[Person, ...]:
    """The members and substitutes of the attendance block, with role and status."""
    made: dict[tuple[str, str], Person] = {}
    for p in of_kind(found, "attendance"):
        hits = persons(p.text, reading)
        for n, hit in enumerate(hits):
            before, after = p.text[max(0, hit.start - 30) : hit.start], p.text[hit.after : hit.after + 40]
            status = "tjänstgörande"
            if re.search(r"ersätter\s*$", before):
                status = "frånvarande"
            elif re.match(r" ?ersätter\b", after):
                status = "tjänstgörande ersättare"
            elif "Ersättare" in p.text[: hit.start] and "Övriga närvarande" in p.text[: hit.start]:
                status = "ersättare"
            role = re.match(r",? ?((?:\d:[ae] |förste |andre )?(?:vice )?ordförande)", after, re.IGNORECASE)
            name = spelled.get(hit.name, hit.name)
            made.setdefault(
                (name, ""),
                Person(
                    name,
                    hit.party,
                    role.group(1).lower() if role else None,
                    min(0.9, hit.sure),
                    (p.span(hit.start, hit.end),),
                    status,
                ),
            )
    return tuple(made.values())


_GROUP = re.compile(r"\b([Ll]edam[oö]t(?:en|er|erna)|[Rr]epresentant(?:en|er|erna)|[Gg]ruppen) (?:från|för|i) ")


def reservations(
    found: tuple[Passage, ...],
    item: int,
    kind: str,
    reading: Reading,
    spelled: Mapping[str, str],
    signed: tuple[Person, ...],
) -> tuple[Person, ...]:
    """Who reserves themselves: named members, or whole groups ("Ledamöterna från SD")."""
    made: dict[tuple[str, str | None], Person] = {}
    for p in of_kind(found, "reservation", item=item):
        for start, end in sentences(p.text):
            sentence = p.text[start:end]
            verb = re.search(r"\breserver(?:ar|ade|at)\b(?: sig)?", sentence)
            if not verb or re.search(r"[\"”“][^\"”“]*$", sentence[: verb.start()]):
                continue
            subject = sentence[: verb.start()]
            inverted = sentence[verb.end() :] if re.search(r"^(?:Mot beslutet|Mot beslut)", sentence) else ""
            for hit in persons(subject or inverted, reading):
                shift = start + (0 if subject else verb.end())
                name = spelled.get(hit.name, hit.name)
                made.setdefault(
                    (name, hit.party),
                    Person(name, hit.party, None, hit.sure, (p.span(shift + hit.start, shift + hit.end),)),
                )
            group = _GROUP.search(subject)
            if group:
                lead = subject[group.start() : group.end()]
                for name, code, a, b in _groups_named(subject, group.end(), reading):
                    made.setdefault(
                        (lead + name, code), Person(lead + name, code, None, 0.92, (p.span(start + a, start + b),))
                    )
            if not made and not group:
                for h in reading.book.named(subject, reading.scope):
                    made.setdefault(
                        (subject[h.start : h.end], h.code),
                        Person(subject[h.start : h.end], h.code, None, 0.7, (p.span(start + h.start, start + h.end),)),
                    )
    if not made and kind == "reservation":
        return tuple(Person(s.name, s.party, s.role, s.confidence, s.at) for s in signed)
    return tuple(made.values())


def _groups_named(text: str, at: int, reading: Reading) -> list[tuple[str, str, int, int]]:
    """The parties of "Ledamöterna från SD och KD": (printed, code, start, end)."""
    made = [
        (text[h.start : h.end], h.code, h.start, h.end)
        for h in reading.book.named(text, reading.scope)
        if h.start >= at
    ]
    if made:
        return made
    for m in re.finditer(r"\b[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}\b", text[at:]):
        code, _ = reading.book.code(m.group(), reading.scope, after_name=True)
        if code:
            made.append((m.group(), code, at + m.start(), at + m.end()))
    return made


def statements(found: tuple[Passage, ...], item: int, reading: Reading) -> tuple[Statement, ...]:
    """Särskilda yttranden and protokollsanteckningar, with who makes them."""
    made = []
    for p in of_kind(found, "statement", item=item):
        low = (p.heading + " " + p.text[:160]).lower()
        kind = "sarskilt_yttrande" if "särskilt yttrande" in low else "protokollsanteckning"
        people = groups(p.text, persons(p.text[:400], reading))
        by = ", ".join(x.name for x in people[0]) if people else None
        if by is None:
            by = (
                next((text for text, _, _, _ in _groups_named(p.text[:200], 0, reading)), None)
                if _GROUP.search(p.text[:200])
                else None
            )
        made.append(Statement(kind, by, 0.85, (p.all(),)))
    return tuple(made)
