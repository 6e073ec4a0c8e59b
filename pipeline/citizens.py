"""How papers name the citizen behind a medborgarförslag: the wordings, and the address behind the name.

The tagger makes authors of those whom it finds so, and masking hides them in any text: both read the wordings here.
A councillor has a party behind the name; whoever has one is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

_UP = "A-ZÅÄÖÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĶŁĻŃŇŌŐŒŘŚŞŠŤŪŮŰŹŻŽ"
_TOKEN = rf"(?:(?:[Aa]l|[Ee]l|d|O)[-'’])?[{_UP}](?:[^\W\d_]|['’´]|-(?=[^\W\d_]))+"
_JOINT = r"(?:\s+(?:von|af|de|la|der|van|ben|bin|al|el|da|dos|di|du|le|ter|zu)){0,2}"
NAME = rf"{_TOKEN}(?:{_JOINT}\s+(?:{_TOKEN}|[{_UP}]\.(?=\s))){{1,4}}"
_DATE = r"(?:den\s+)?\d{1,4}(?:[-./]\d\d?){0,2}(?:\s[a-z]{3,9}(?:\s\d{4})?)?"
_PROPOSAL = r"\b(?i:(?:medborgar|invånar)(?:f[öo]rslag|initiativ|motion)(?:et|en|s)?)\b"
_GUARD = re.compile(r"(?i)medborgar(?:f[öo]rslag|initiativ|motion)|invånar(?:f[öo]rslag|initiativ|motion)")
_HINTS = ("edborgar", "EDBORGAR", "nvånar", "NVÅNAR")  # most texts have none, and are done with here
_STEMS = ("medborgar", "invånar")
_RAISED = (
    r"(?:inlämna(?:ts|t|des|d)|lämna(?:ts|t|des)(?:\s+in)?|inkommit|inkommet|inkom|kommit\s+in|väck(?:ts|tes|t)|"
    r"ställ(?:ts|des|t)|inskicka(?:ts|t|des)|skicka(?:ts|t|des)\s+in|framför(?:ts|t)|undertecknat|skrivet|mottagits)"
)
_RAISES = (
    r"(?:inkommit|inkom|inkommer|kommit\s+in|lämnat|lämnade|lämnar|inlämnat|inlämnade|väckt|väckte|väcker|ställt|"
    r"ställde|skickat|skickade|ingett|ingivit|ingav|framfört|presenterat|anmält)"
)
_SAYS = (
    r"(?:föreslår|föreslog|föreslagit|skriver|skrev|vill|önskar|begär|anför|framför|framhåller|påpekar|efterlyser|"
    r"efterfrågar|hemställer|uppger|menar|anser|yrkar|lyfter|uppmanar|undrar|tar\s+upp)"
)
_ANY = r"(?:[^.\n]|\n(?!\s*\n)|(?<=\d)\.(?=\d))"  # anything of one sentence
_FILLER = rf"(?:som|har|är|var|in|nr|daterat|{_RAISED}|till\s+\w+|{_DATE}|[\d:/-]+|\([^()\n]{{1,12}}\)|,)"
_BY = r"(?i:av|från):?\s+"
_BEHIND = r"(?:\s*[,(][^.;:\n]{2,60}?[,)])?"  # an address, or an age

# Where nobody stands but who raised the proposal: what ends at the name, and what begins behind it.
_BEFORE = tuple(
    re.compile(form)
    for form in (
        rf"{_PROPOSAL}(?:\s*{_FILLER}){{0,8}}\s+{_BY}",
        rf"{_PROPOSAL}{_ANY}{{0,160}}?\b{_RAISED}(?:\s+{_DATE})?(?:\s+till\s+\w+)?\s+{_BY}",
        rf"\b[Ii]\s+(?:ett|sitt|rubricerat|ovanstående)\s+(?:\w+\s+)?{_PROPOSAL}{_ANY}{{0,120}}?\b{_SAYS}\s+",
        r"\b(?i:f[öo]rslagsställare)n?(?:\s*:|\s+är|\s+var|,)?\s+",
        r"\b[Uu]ndertecknad,?\s+",
    )
)
_AFTER = tuple(
    re.compile(form)
    for form in (
        rf"{_BEHIND}\s+{_ANY}{{0,60}}?\b{_RAISES}\b{_ANY}{{0,60}}?\b(?:ett|sitt|följande|två|flera)\s+"
        rf"(?:\w+\s+){{0,2}}?{_PROPOSAL}",
        rf"{_BEHIND}\s+(?:har\s+)?{_SAYS}\s+{_ANY}{{0,60}}?\b(?:i|genom|via)\s+(?:ett\s+|sitt\s+)?(?:\w+\s+)?{_PROPOSAL}",
        rf"{_BEHIND}\s+(?:har\s+)?i\s+(?:ett|sitt)\s+{_PROPOSAL}",
    )
)
_BREAK = re.compile(r"\n\s*")
_OWNED = re.compile(rf"\s+{_PROPOSAL}")
# Where others may stand too: a name there counts with a given name that is known.
_PERHAPS = tuple(
    re.compile(form)
    for form in (
        rf"{_PROPOSAL}{_ANY}{{0,120}}?\b{_BY}",
        rf"{_PROPOSAL}\s*[-–—:,(]\s*",
        rf"{_PROPOSAL}{_ANY}{{3,120}}?(?:\s[-–—]|,|\s\()\s*(?={NAME}\)?\s*(?:$|\n))",
    )
)
_LEADS = re.compile(
    r"(?:(?i:(?:kommun)?(?:invånaren?|medborgaren?)|f[öo]rslagsställaren?|privatpersonen|eleven|herr|fru|boende|"
    r"en\s+person|sökanden|även|också)[,:]?\s+)+"
)
_NO_PERSON = re.compile(
    r"(?i)(?:.*(?:kommuns?|stads|regions?|nämnden?s?|styrelsens?|fullmäktiges?|utskottets?|förvaltningens?|kontoret|"
    r"förening(?:en|ens)?|förbund(?:et)?|skolan?|partiet|rådet|laget|klubb(?:en)?|grupp(?:en)?|bolaget|gatan?|vägen?|"
    r"torget?|parken|kyrkan|huset|enheten|avdelningen|församling(?:en)?)|ab|stad|centrum)"
)
STOPS = frozenset(
    "om en ett detta angående gällande rörande avseende beträffande kring och med för att av från till i på den det "
    "har är samt "
    "datum dnr diarienummer sida adress postadress telefon e-post epost mail beslut sammanfattning ärendet ärende "
    "bakgrund kommunstyrelsen kommunfullmäktige protokoll motivering förslag underskrift namnförtydligande".split()
)
_AND = re.compile(r"\s*(?:(?P<comma>,)|\s(?:och|samt)|\s&)\s+")
_PARTY = re.compile(r"\s*,?\s*\((?:[A-ZÅÄÖ]{1,4}|[A-ZÅÄÖ][a-zåäö]{1,2})\)")
_COUPLE = re.compile(rf"({_TOKEN})\s+(?:och|&)\s+(?={NAME})")
_NAME = re.compile(NAME)
_NAMES = re.compile(rf"(?<![\w-])(?:{_TOKEN}\s+(?:och|&)\s+)?{NAME}")

_STREET = (
    rf"(?:[{_UP}][\w.'’-]*[ ]){{0,2}}[{_UP}][\w-]*?(?:gata|gatan|väg|vägen|gränd|gränden|stig|stigen|torg|torget|plan|"
    r"backe|backen|allé|allén|gård|liden|vagen|vag|grand)(?![^\W\d_])(?:\s+\d{1,4}(?:\s?[A-Za-z]\b)?)?(?:,?\s(?:lgh|tr)\.?\s?\d*)?"
)
_FARM = rf"(?:[{_UP}][\w.'’-]*[ ]){{1,3}}\d{{1,3}}(?:\s?[A-Z]\b)?(?![-/:\d])"  # "Norra Byn 12"
_POST = rf"\d{{3}}\s?\d{{2}}\s+[{_UP}][\w-]+"
_TOWN = rf"[{_UP}][\w-]+(?=\s*[,.;)\n]|\s+(?:har|om|den|som|inkom|med|och|daterat|föreslår)\b|\s*$)"
_LIVES = r"(?:(?:som\s+)?(?:är\s+)?(?:boende|bosatt|bor|hemmahörande|skriven|folkbokförd)\s+(?:på|i|vid)\s+)"
_REST = rf"(?:(?:,\s*|\s+){_POST}|,\s*{_TOWN})?"
_ADDRESS = re.compile(
    rf"s?(?:\s*[,(]\s*|\s*\n\s*|\s+)(?P<street>{_LIVES}?(?:{_STREET}|{_POST}){_REST})"
    rf"|s?(?:\s*[,(]\s*|\s+(?={_LIVES}))(?P<place>{_LIVES}?(?:{_FARM}|{_TOWN}){_REST})"
)


@dataclass(frozen=True, slots=True)
class Citizen:
    """A name at ``text[start:end]``; ``sure`` is how sure it is that a citizen who raised the matter is meant."""

    name: str
    start: int
    end: int
    sure: float


def citizens(text: str, given: Callable[[str], bool] | None = None, *, about: bool = False) -> list[Citizen]:
    """Whom a text names as having raised a medborgarförslag.

    Args:
        text: a text of any kind.
        given: tells given names; without it only the wordings count that leave no doubt.
        about: the text is known to be about such a proposal, and need not say so itself.

    >>> [c.name for c in citizens("Ett medborgarförslag om bänkar har inlämnats av Eva Ek, Storgatan 4.")]
    ['Eva Ek']
    >>> [c.name for c in citizens("Eva Ek och Bo Ax har inkommit med ett medborgarförslag.")]
    ['Eva Ek', 'Bo Ax']
    """
    if not about and not _is_told(text):
        return []
    found: dict[int, Citizen] = {}
    for form in _BEFORE:
        for match in form.finditer(text):
            found |= {c.start: c for c in _listed(text, match.end(), given)}
    for match in _NAMES.finditer(text):
        if _GUARD.search(text, match.end(), match.end() + 300):
            found |= {c.start: c for c in _before_wording(text, match, given)}
    for form in _PERHAPS if given else ():
        for match in form.finditer(text):
            listed = _listed(text, match.end(), given)
            if given and listed and given(listed[0].name.split()[0]):
                found |= {c.start: c for c in listed}
    return [found[at] for at in sorted(found)]


def _is_told(text: str) -> bool:
    """Whether the word stands anywhere in a text: sought without a pattern, which takes ten times as long."""
    if not any(part in text for part in _HINTS):
        return False
    lowered = text.lower()
    return any(_GUARD.match(lowered, at) for stem in _STEMS for at in _places(lowered, stem))


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _before_wording(text: str, match: re.Match[str], given: Callable[[str], bool] | None) -> list[Citizen]:
    """The citizens whom a row of capitalised words names, if what follows says so; its first line may be a heading."""
    for start in (*(match.start() + at.end() for at in _BREAK.finditer(match.group())), match.start()):
        listed = _listed(text, start, given)
        if listed and any(form.match(text, listed[-1].end) for form in _AFTER):
            return listed
        if listed and listed[-1].name.endswith("s") and _OWNED.match(text, listed[-1].end):
            return [*listed[:-1], _owner(listed[-1])]
    return []


def _owner(owned: Citizen) -> Citizen:
    """Whose proposal it is: "Eva Eks medborgarförslag"."""
    name = owned.name.removesuffix("s")
    return replace(owned, name=name, end=owned.end - (len(owned.name) - len(name)))


def _listed(text: str, at: int, given: Callable[[str], bool] | None) -> list[Citizen]:
    """The names from ``at`` on, joined by commas and "och"; none when a party or an organisation is meant."""
    made: list[Citizen] = []
    lead = _LEADS.match(text, at)
    at = lead.end() if lead else at
    couple = _COUPLE.match(text, at)  # "Eva och Bo Ek"
    at = couple.end() if couple else at
    while found := _NAME.match(text, at):
        name = person_of(found.group())
        if name is None or (made and not _goes_on(text, made[-1], name, given)):
            break
        end = at + len(name)
        if _PARTY.match(text, end):
            return []
        sure = 0.8 if given and given(name.split()[0]) else 0.6
        made.append(Citizen(" ".join(name.split()), at, end, sure))
        joined = _AND.match(text, end)
        if not joined:
            break
        at = joined.end()
    if couple and made:
        family = f"{couple[1]} {made[0].name.split()[-1]}"
        made.insert(0, Citizen(family, couple.start(1), couple.end(1), made[0].sure))
    return made


def person_of(printed: str) -> str | None:
    """As much of a row of capitalised words as can be a person's name, or None.

    >>> person_of("Eva Ek Storgatan"), person_of("EVA EK OM BÄNKAR"), person_of("Norra Skolan")
    ('Eva Ek', 'EVA EK', None)
    """
    words = list(re.finditer(r"\S+", printed))
    kept = 0
    for n, word in enumerate(words):
        broken = n >= 2 and "\n" in printed[words[n - 1].end() : word.start()]
        if broken or word.group().lower() in STOPS or _NO_PERSON.fullmatch(word.group()):
            break
        kept = n + 1
    return printed[: words[kept - 1].end()] if kept >= 2 else None


def _goes_on(text: str, last: Citizen, name: str, given: Callable[[str], bool] | None) -> bool:
    """Whether a list of persons goes on with this name: behind a comma there may be a place or an office instead."""
    joined = _AND.match(text, last.end)
    if not joined or not joined["comma"]:
        return True
    return given(name.split()[0]) if given else not re.match(r"\s+\d", text[joined.end() + len(name) :])


def address_behind(text: str, end: int) -> tuple[int, int] | None:
    """Where the address stands that follows a name which ends at ``end``; None where none does.

    >>> text = "Eva Ek, Storgatan 4, Tibro, har inkommit"
    >>> text[slice(*address_behind(text, 6))]
    'Storgatan 4, Tibro'
    """
    found = _ADDRESS.match(text, end)
    return found.span(found.lastgroup or 0) if found else None
