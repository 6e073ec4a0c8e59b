"""Who raised a motion, and in whose name a paper is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..citizens import citizens
from ..document import Outline, Person
from .names import PersonHit, Reading, bare, groups
from .party_brackets import brackets
from .party_persons import persons
from .passages import Passage, of_kind

_RAISED_AFTER = re.compile(
    r"\b(?:[Mm]otion(?:en|er)?|[Ii]nterpellation(?:en)?|[Ff]råga|[Ii]nitiativ(?:ärende|et)?|"
    r"[Mm]edborgarförslag(?:et)?)\b"
    r"(?: \((?:[A-ZÅÄÖ]{1,3}|\d{4}:\d{1,4}|\d{1,4}/\d{2,4})\))?"
    r"(?: \d{1,4}[/:]\d{1,4})?(?: [\w-]+){0,5}?,? (?:av|från|väckt av|ställd av|inlämnad av) "
    r"|\b[Ii]nterpellation till [^.]{3,70}? (?:av|från) |\b[Ss]var på (?:skrivelse|initiativ|förslag) (?:av|från) "
    r"|(?:^|\n)(?:Från|Av|Motionär(?:er)?|Förslagsställare|Undertecknare|Inlämna[dt] av): ?"
    r"|\b(?:Inlämnad|Väckt|Ställd|väckt|väckts|väckta|inlämnad|inlämnats|inlämnat|ställd|undertecknad|"
    r"inkommit|lämnats in|"
    r"inkommen) (?:av|från) |\b[Mm]otion(?:en)?, "
    r"|\b[Ii] (?:(?:en|sin) (?:(?:den )?[\w: -]{0,24} (?:dagtecknad|daterad|väckt|ingiven|avlämnad) )?)?"
    r"motion(?:,? [^.]{0,80}?)?,? (?:föreslår|yrkar|vill|begär|framför|framhåller|skriver|har|"
    r"anför|hemställer) "
    r"|\b[Mm]otionär(?:en|erna)?,? |grupp(?:en|er|erna)? (?:har |föreslår |yrkar )genom "
)
_RAISED_BEFORE = re.compile(
    r"^(?: med flera| m\.fl\.)?(?:, (?:som|då|tidigare) [^,.]{4,70})?"
    r",? (?:för [\w ]{3,40} )?(?:har|hade|föreslår|föreslog|vill|yrkar i|begär|lämnade|"
    r"inkom|väckte|ställer|ställde|anmälde|skriver|"
    r"anför|lyfter|hemställer|ingav|ingivit|inlämnade|inlämnat|avgav|avgivit|väckt)\b"
    r"[^.]{0,140}?\b(?:motion(?:en)?|motionerat|interpellation(?:en)?|fråga|initiativ(?:et|ärende)?|medborgarförslag(?:et)?)\b"
)
_NOT_RAISED = re.compile(r"\b(?:yrkar|yrkade|bifall|avslag|reserverar|återremi\w+|överlämnat|besvarar)\b")
AUTHORED = {"motion", "interpellation", "fraga", "medborgarforslag", "initiativ"}


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
    if outline.kind.value in AUTHORED:
        return ()
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    authors: dict[str, Person] = {}
    single = len(outline.items) <= 1
    pool = [p for p in found if p.item == item or (single and p.item == -1)]
    for p in of_kind(
        pool,
        "title",
        "summary",
        "background",
        "basis",
        "heading",
        "decision",
        "assessment",
        "stem",
        "meta",
        "statement",
    ):
        if p.kind in ("basis", "statement") and authors:
            continue
        if p.kind == "statement" and p.origin(0) > outline.items[item].span.start + 400:
            continue
        for group in raisers(p, reading) or _raised_bare(p, reading, known):
            for hit in group:
                person_ = person(hit, p, spelled)
                authors.setdefault(person_.name, person_)
    for p in of_kind(pool, "summary", "background")[:1] if not authors else ():
        authors = {a.name: a for a in _who_wants(p, reading, spelled)}
    title = outline.items[item].title
    about = _of_citizens(pool, title.value if title else "")
    if not authors or about:
        for citizen in _citizens(pool, reading, spelled, about=about):
            if citizen.name not in known:
                authors.setdefault(citizen.name, citizen)
    if not authors:
        for p in of_kind(pool, "decision", "proposal"):
            m = re.search(r"\b[Dd]en av (.{3,200}?) väckta? (?:motion|interpellation)", p.text)
            if m:
                for hit in bare(m.group(1), reading):
                    party = known.get(hit.name)
                    start = m.start(1) + hit.start
                    authors.setdefault(
                        hit.name, Person(hit.name, party, None, 0.8, (p.span(start, start + len(hit.name)),))
                    )
    return tuple(authors.values())


# A reply that begins with what the movers want, where its title says that it answers a motion.
_WANTS = re.compile(r"(?: med flera| m\.? ?fl\.?)?,? (?:vill|önskar|föreslår|yrkar|hemställer|begär) att\b")


def _who_wants(p: Passage, reading: Reading, spelled: Mapping[str, str]) -> list[Person]:
    """The persons that a summary begins with as wanting something: "Eva Ek och Bo Al (M) vill att kommunen"."""
    first: list[PersonHit] = []
    for hit in persons(p.text, reading):
        if p.text[first[-1].end if first else 0 : hit.start].strip(" ,") not in ("", "och", "samt") and not (
            first and hit.start - first[-1].after < 6
        ):
            break
        first.append(hit)
    if not first or not _WANTS.match(p.text[first[-1].after :]):
        return []
    return [person(hit, p, spelled) for hit in first]


_OF_CITIZENS = re.compile(r"(?i)\bmedborgarförslag")


def _of_citizens(pool: Iterable[Passage], title: str) -> bool:
    """Whether the matter is a citizen's proposal, as its title says, also the part of it that names the kind."""
    return any(_OF_CITIZENS.search(text) for text in (title, *(p.text for p in pool if p.kind == "title")))


def _citizens(
    pool: Iterable[Passage], reading: Reading, spelled: Mapping[str, str], *, about: bool
) -> Iterable[Person]:
    """The citizens who raised the matter: private persons, without a party."""
    for p in pool:
        for hit in citizens(p.text, reading.given, about=about) if p.kind != "attendance" else ():
            at = p.span(hit.start, hit.end)
            yield Person(spelled.get(hit.name, hit.name), None, None, hit.sure, (at,), None, True)


def _raised_bare(p: Passage, reading: Reading, known: Mapping[str, str | None]) -> list[list[PersonHit]]:
    """Who raised the matter where the party is printed elsewhere: "Eva Ek har framställt interpellation om X"."""
    if p.kind not in ("summary", "background"):
        return []
    hits = [replace(h, party=known[h.name]) for h in bare(p.text, reading) if known.get(h.name)]
    return [
        group
        for group in groups(p.text, hits)
        if _RAISED_BARE.match(p.text[group[-1].after : group[-1].after + 170])
        and re.search(r"(?:^|[.!?]\s|-ledamoten |[Ll]edamoten )$", p.text[: group[0].start])
    ]


_RAISED_BARE = re.compile(
    r"(?: med flera| m\.?\s?fl\.?)?,? (?:har|hade|väckte|ställde|framställde|lämnade|föreslog)\b[^.]{0,100}?"
    r"\b(?:i (?:en )?motion|(?:väckt|lämnat|inlämnat|framställt|ställt|ingivit|en|in) "
    r"(?:en )?(?:motion|interpellation|fråga))\b"
)


def raisers(p: Passage, reading: Reading) -> list[list[PersonHit]]:
    """The lists of persons that a passage names as raising the matter."""
    return list(_raisers(p, reading))


def _raisers(p: Passage, reading: Reading) -> Iterable[list[PersonHit]]:
    made = groups(p.text, persons(p.text, reading))
    for group in made:
        before = p.text[max(0, group[0].start - 110) : group[0].start]
        after = p.text[group[-1].after : group[-1].after + 170]
        leads = _RAISED_AFTER.search(before)
        named = leads and re.fullmatch(
            r"(?:\s|[a-zåäö]*(?:partisten|demokraten|moderaten|liberalen) |herr |herrar |fru |fröken |"
            r"ledamoten |ledamöterna |gruppledaren |"
            r"[A-ZÅÄÖ][\wåäö]+ (?:i [A-ZÅÄÖ][\wåäö]+ )?genom )*",
            before[leads.end() :],
        )
        title_end = (
            p.kind == "title"
            and re.search(r"[-–—] ?$|^(?:Svar på )?[Mm]otion\b[^.]* (?:av|från|\() ?$", before)
            and re.match(r" ?(?:med flera|m\.? ?fl\.?)?\)?\s*$", after)
        )
        if named or title_end:
            yield group
        elif p.kind in ("title", "summary", "background", "assessment") and _RAISED_BEFORE.match(after):
            sentence = after.split(". ")[0]
            if not _NOT_RAISED.search(re.sub(r"yrkar i (?:(?:en|sin) )?(?=motion)", "", sentence).split("motion")[0]):
                yield group


GROUP = re.compile(r"\b([A-ZÅÄÖ]{1,3})-grupp")  # "S-gruppen i kommunfullmäktige"


def one_party(found: tuple[Passage, ...], reading: Reading) -> str | None:
    """The party in whose name a paper is written, when its head, stem or sign-off names exactly one."""
    for kinds in (("signature",), ("stem",), ("furniture", "meta", "reservation")):
        codes = {h.code for p in of_kind(found, *kinds) for h in reading.named(p.text)}
        codes |= {m[1] for p in of_kind(found, *kinds) for m in GROUP.finditer(p.text)}
        if kinds == ("signature",):  # a list's own code, in a line below the name: "Ekhamns Bästa (EB)"
            codes |= {
                h.code for p in of_kind(found, *kinds) for h, who, _, _ in brackets(p.text, reading) if h and not who
            }
        if len(codes) == 1:
            return codes.pop()
    return None


def senders(found: tuple[Passage, ...], reading: Reading) -> str | None:
    """In whose name a paper is written: one party, or those of the head ("Yrkande (S, V, MP)")."""
    one = one_party(found, reading)
    if one:
        return one
    for p in of_kind(found, "meta", "title"):
        head = p.text.split("\n")[0]
        if re.search(r"(?i)\bmotion", head):
            continue
        codes = [h.code for h, person_, _, _ in brackets(head, reading) if h and person_ is None]
        codes += [h.code for h in reading.named(head)]
        if codes:
            return ", ".join(dict.fromkeys(codes))
    return None
