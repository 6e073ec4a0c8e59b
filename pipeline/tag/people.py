"""Who raised a motion, who reserves themselves, who leaves a statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..citizens import citizens
from ..document import Outline, Person
from .names import PersonHit, Reading, bare, brackets, groups, persons
from .passages import Passage, of_kind, sentences

_RAISED_AFTER = re.compile(
    r"\b(?:[Mm]otion(?:en|er)?|[Ii]nterpellation(?:en)?|[Ff]råga|[Ii]nitiativ(?:ärende|et)?|"
    r"[Mm]edborgarförslag(?:et)?)\b"
    r"(?: \((?:[A-ZÅÄÖ]{1,3}|\d{4}:\d{1,4}|\d{1,4}/\d{2,4})\))?"
    r"(?: [\w-]+){0,5}?,? (?:av|från|väckt av|ställd av|inlämnad av) "
    r"|\b[Ii]nterpellation till [^.]{3,70}? (?:av|från) |\b[Ss]var på (?:skrivelse|initiativ|förslag) (?:av|från) "
    r"|\b(?:Inlämnad|Väckt|Ställd|väckt|väckts|väckta|inlämnad|inlämnats|inlämnat|ställd|undertecknad|"
    r"inkommit|lämnats in|"
    r"inkommen) (?:av|från) |\b[Mm]otion(?:en)?, "
    r"|\b[Ii] (?:en|sin) motion(?: [^.]{0,80}?)? (?:föreslår|yrkar|vill|begär|framför|framhåller|skriver|har|"
    r"anför|hemställer) "
    r"|\b[Mm]otionär(?:en|erna)?,? |grupp(?:en|er|erna)? (?:har |föreslår |yrkar )genom "
)
_RAISED_BEFORE = re.compile(
    r"^(?: med flera| m\.fl\.)?,? (?:för [\w ]{3,40} )?(?:har|föreslår|föreslog|vill|yrkar i|begär|lämnade|"
    r"inkom|väckte|ställer|ställde|anmälde|skriver|"
    r"anför|lyfter|hemställer|ingav|ingivit|inlämnade|inlämnat|avgav|avgivit|väckt)\b"
    r"[^.]{0,140}?\b(?:motion(?:en)?|interpellation(?:en)?|fråga|initiativ(?:et|ärende)?|medborgarförslag(?:et)?)\b"
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
            r"(?:\s|ledamoten |ledamöterna |gruppledaren |[A-ZÅÄÖ][\wåäö]+ (?:i [A-ZÅÄÖ][\wåäö]+ )?genom )*",
            before[leads.end() :],
        )
        title_end = (
            p.kind == "title"
            and re.search(r"[-–—] ?$|^(?:Svar på )?[Mm]otion\b[^.]* (?:av|från) ?$", before)
            and re.match(r" ?(?:med flera|m\.? ?fl\.?)?\s*$", after)
        )
        if named or title_end:
            yield group
        elif p.kind in ("title", "summary", "background", "assessment") and _RAISED_BEFORE.match(after):
            sentence = after.split(". ")[0]
            if not _NOT_RAISED.search(re.sub(r"yrkar i (?:(?:en|sin) )?(?=motion)", "", sentence).split("motion")[0]):
                yield group


GROUP = re.compile(r"\b([Ll]edam\w{1,3}t(?:en|er|erna)|[Rr]epresentant(?:en|er|erna)|[Gg]ruppen) (från|för|i) ")


# Groups by another word: "vpk-gruppen", "hela moderata gruppen", "samtliga ledamöter för (SD)".
_WHOLE = re.compile(
    r"(?:(?:\b[Ll]edamöterna i )?\b(?P<code>[A-Za-zÅÄÖåäö]{1,4})-gruppen|"
    r"\b(?:(?P<lead>[Hh]ela|[Dd]en|[Dd]et) )?(?P<party>[A-ZÅÄÖa-zåäö]{5,25}?)s? (?:fullmäktige)?(?:gruppen|grupp)|"
    r"\b[Ss]amtliga (?:ledamöter|företrädare) (?:för|från|i|tillhörande) \((?P<bracket>[A-ZÅÄÖa-zåäö]{1,4})\)"
    r"(?:- ?grupp(?:en)?)?|"
    r"\b(?P<codes>[A-Za-zÅÄÖåäö]{1,4}-(?:,? (?:[a-zåäö]{1,4}-|och))* [a-zåäö]{1,4}-|[A-Za-zÅÄÖåäö]{1,4}-)ledamöterna|"
    r"(?:\b[Ss]amtliga |(?<=ister och )|(?<=rater och )|(?<=ler och ))"
    r"(?P<kin>\w{3,20}partister|\w{2,20}demokrater|moderater|liberaler))"
    r"(?![\wåäö])"
)


_RESERVES = re.compile(
    r"^[Rr]eservation(?:er)?:(?= )|"
    r"\banmäl(?:er|de|des)\b(?=[^.]{0,120}\b(?:reservation|avvikande mening|skiljaktig mening)\b)|"
    r"\btill förmån för (?:eget|sitt|egna|sina)\b|"
    r"\breserver(?:ar|ade|at)\b(?: sig)?|\b(?:anmäler|anmäls|lämnar|lämnas|"
    r"avger) (?:en )?(?:skriftlig )?reservation(?:er)?\b|"
    r"\b[Rr]eservation(?:er)?(?: mot beslutet)?(?: (?:anmäls|anmäldes|lämnas|lämnades|anförs|anfördes|avges|"
    r"inlämnas))?(?: skriftligt)? av\b"
)


def _inverted(sentence: str, verb: re.Match[str], reading: Reading) -> str:
    """What follows the verb, where the reserving persons stand there: "Mot beslutet reserverar sig N.N."."""
    rest = sentence[verb.end() :]
    first = next(iter(persons(rest, reading)), None)
    before = sentence[: verb.start()]
    if first is None or first.start > 22 or persons(before, reading) or GROUP.search(before):
        return ""
    return _before_reason(rest, first.start)


_SURNAME = re.compile(r"(?:[,:]|\boch|\bsamt) ([A-ZÅÄÖ][a-zåäöé]{2,}) \(([A-Za-zÅÄÖåäö]{1,4})\)")


def _surnames(found: tuple[Passage, ...], reading: Reading) -> dict[str, str | None]:
    """The parties of those whom a list names by their surnames: "Ja röstar: Ek, Nordin (mp) och Alm (c)"."""
    return {
        m[1]: reading.book.code(m[2], reading.scope, after_name=True)[0]
        for p in found
        for m in _SURNAME.finditer(p.text)
    }


# What somebody reserves themselves for, among the names of those who do.
_REASONS = re.compile(
    r"\b(?:till förmån för|mot beslutet|med hänvisning till|enligt)\b[^.]*?"
    r"(?=(?:,? samt|,? och|,) [A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+ (?:till förmån|med hänvisning|enligt)|[.]?$)"
)


def _inverted_bare(sentence: str, verb: re.Match[str], reading: Reading) -> str:
    """As :func:`_inverted`, names without parties: what follows the verb, its reasons blanked out."""
    rest = sentence[verb.end() :]
    if not re.match(r"(?: skriftligen| muntligen)?(?: mot beslutet)? (?=[A-ZÅÄÖ])", rest):
        return ""
    if GROUP.search(sentence) or persons(sentence, reading) or bare(sentence[: verb.start()], reading):
        return ""
    return _REASONS.sub(lambda m: " " * len(m.group()), rest)


def _before_reason(rest: str, after: int = 0) -> str:
    """The text up to "till förmån för ...", where others are named."""
    end = re.search(r"\b(?:till förmån|mot beslutet|med hänvisning|enligt)\b", rest)
    return rest[: end.start()] if end and end.start() > after else rest


# Printed forms with OCR slips lead to these: by first letter, then indefinite and definite.
_LEADS = {
    "l": ("Ledamöter", "Ledamöterna"),
    "r": ("Representanter", "Representanterna"),
    "g": ("Gruppen", "Gruppen"),
}


def one_party(found: tuple[Passage, ...], reading: Reading) -> str | None:
    """The party in whose name a paper is written, when its head, stem or sign-off names exactly one."""
    for kinds in (("signature",), ("stem",), ("furniture", "meta", "reservation")):
        codes = {h.code for p in of_kind(found, *kinds) for h in reading.named(p.text)}
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
    known = {x.name: x.party for p in found for x in persons(p.text, reading)}
    for p in of_kind(found, "reservation", item=item):
        for start, end in sentences(p.text):
            sentence = p.text[start:end]
            verb = _RESERVES.search(sentence)
            if not verb or re.search(r"[\"”“][^\"”“]*$", sentence[: verb.start()]):
                continue
            subject = sentence[: verb.start()]
            inverted = _inverted(sentence, verb, reading)
            named = persons(inverted or subject, reading)
            if not named and (inverted := _inverted_bare(sentence, verb, reading)):
                told = _surnames(found, reading)
                named = [
                    replace(h, party=known.get(h.name) or told.get(h.name.split()[-1])) for h in bare(inverted, reading)
                ]
            whole = _whole_groups(_before_reason(sentence), reading)
            if whole and re.search(r"\banmäler att\b", subject):
                named = []  # who speaks for the group
            for name, code, a, b in whole:
                made.setdefault((name, code), Person(name, code, None, 0.85, (p.span(start + a, start + b),)))
            if not named and not GROUP.search(subject):
                named = [replace(h, party=known[h.name]) for h in bare(subject, reading) if h.name in known]
            for hit in named:
                shift = start + (verb.end() if inverted else 0)
                name = spelled.get(hit.name, hit.name)
                made.setdefault(
                    (name, hit.party),
                    Person(name, hit.party, None, hit.sure, (p.span(shift + hit.start, shift + hit.end),)),
                )
            if inverted and named and not whole and (beside := GROUP.search(inverted)):
                for name, code, a, b in _group_names(inverted, beside, reading):
                    at = (p.span(start + verb.end() + a, start + verb.end() + b),)
                    made.setdefault((name, code), Person(name, code, None, 0.9, at))
            group = None if whole else GROUP.search(subject)
            behind = None if group or named or whole else GROUP.search(sentence[verb.end() : verb.end() + 40])
            if group or behind:
                shift = start if group else start + verb.end()
                text = subject if group else _before_reason(sentence[verb.end() :])
                for name, code, a, b in _group_names(text, group or behind, reading):
                    made.setdefault((name, code), Person(name, code, None, 0.92, (p.span(shift + a, shift + b),)))
            if not made and not group and not whole:
                for h in reading.named(subject):
                    members = re.match(r" ledamöter(?:na)?\b", subject[h.end :])
                    end = h.end + (members.end() if members else 0)
                    at = (p.span(start + h.start, start + end),)
                    made.setdefault(
                        (subject[h.start : end], h.code), Person(subject[h.start : end], h.code, None, 0.7, at)
                    )
        if not made and not re.search(r"\b[Rr]eserv", p.text) and len(p.text) < 400:
            loose = [replace(h, party=known[h.name]) for h in bare(p.text, reading) if known.get(h.name)]
            for hit in persons(p.text, reading) or loose:  # a heading and names alone
                name = spelled.get(hit.name, hit.name)
                at = (p.span(hit.start, hit.end),)
                made.setdefault((name, hit.party), Person(name, hit.party, None, 0.7, at))
    if not made and kind == "reservation":
        return tuple(Person(s.name, s.party, s.role, s.confidence, s.at) for s in signed)
    return tuple(made.values())


def _whole_groups(text: str, reading: Reading) -> list[tuple[str, str | None, int, int]]:
    """(name as printed, code, start, end) of the groups that :data:`_WHOLE` finds."""
    made: list[tuple[str, str | None, int, int]] = []
    for m in _WHOLE.finditer(text):
        if m["party"] and GROUP.search(text[: m.start()]):
            continue  # "Ledamöterna i Moderaternas grupp"
        code = m["code"] or m["bracket"]
        if m["codes"]:
            parties = re.findall(r"([A-Za-zÅÄÖåäö]{1,4})-", m["codes"])
            one = reading.book.code(parties[0], reading.scope, after_name=True)[0] if len(parties) == 1 else None
            made.append((m.group(), one, m.start(), m.end()))
            continue
        if m["kin"]:
            party = re.sub("ister$", "iet", m["kin"]) if m["kin"].endswith("ister") else f"{m['kin']}na"
            known = next((h.code for h in reading.named(party.capitalize())), None)
        elif code:
            known, _ = reading.book.code(code, reading.scope, after_name=True)
        else:
            word = m["party"].capitalize()
            known = next((h.code for h in reading.named(word) or reading.named(word + "s")), None)
        if known:
            name = re.sub(r"^ledam", "Ledam", m.group().replace("- grupp", "-grupp"))
            if m["kin"] and not name.lower().startswith("samtliga"):
                name = f"samtliga {name}"  # the second of "samtliga miljöpartister och vänsterpartister"
            made.append((name, known, m.start(), m.end()))
    return made


def _group_names(subject: str, group: re.Match[str] | None, reading: Reading) -> list[tuple[str, str, int, int]]:
    """(name, code, start, end): one group as printed, several each with the common lead-in."""
    if group is None:
        return []
    word = _LEADS[group.group(1)[0].lower()][group.group(1).endswith("erna")]
    lead = f"{word} {group.group(2)} "
    listed = groups_named(subject, group.end(), reading)
    if len(listed) == 1:
        _, code, a, b = listed[0]
        tail = re.match(r"(?::s|s)? (?:grupp\w*|fullmäktigegrupp)", subject[b:])
        end = b + (tail.end() if tail else 0)
        every = re.search(r"\b[Ss]amtliga $", subject[: group.start()])
        if every:
            lead, start = f"{every.group()}{lead[0].lower()}{lead[1:]}", every.start()
        return [(lead + subject[a:end], code, start if every else group.start(), end)]
    return [(lead + name.removesuffix("s"), code, a, b) for name, code, a, b in listed]


def groups_named(text: str, at: int, reading: Reading) -> list[tuple[str, str, int, int]]:
    """The parties of "Ledamöterna från SD och KD": (printed, code, start, end)."""
    made = [(text[h.start : h.end], h.code, h.start, h.end) for h in reading.named(text) if h.start >= at]
    if made:
        return made
    for m in re.finditer(r"\b[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,4}\b", text[at:]):
        code, _ = reading.book.code(m.group(), reading.scope, after_name=True)
        if code:
            made.append((m.group(), code, at + m.start(), at + m.end()))
    return made
