"""The body whose document this is: printed in the head, or the subject of the deciding sentence."""

from __future__ import annotations

import re

from ..document import Span, Value
from .draft import Draft
from .head_lines import COMPANY
from .kinds import PROTOCOLS
from .lines import fold

_NAME = (
    r"((?:kommun|region|lands|landstings|stads|förbunds|kyrko)?(?:fullmäktige|styrelsens arbetsutskott|styrelsen)|"
    r"[A-ZÅÄÖa-zåäö]{4,12}(?:s|o|ar|er)styrelsen|"
    r"nämnden för [A-ZÅÄÖ][\wåäö-]+(?:(?:,| och| &| samt|\s)\s?[A-ZÅÄÖa-zåäö][\wåäö-]+){0,5}|"
    r"[A-ZÅÄÖa-zåäö][\wåäö-]*(?:,? [\wåäö-]+){0,3}? ?(?:och )?[\wåäö-]*nämnden|[A-ZÅÄÖa-zåäö][\wåäö-]+nämnden|"
    r"(?:(?:kommunstyrelsens |regionstyrelsens )?(?:[\w-]+- och )|(?:[\w-]+a ))?[\w-]*utskottet|"
    r"(?:[A-ZÅÄÖ][\wåäö-]+ ){1,2}(?:stadsdels|kommundels|områdes|distrikts)nämnd|"
    r"direktionen|förbundsdirektionen|valberedningen)"
)
_ALONE = re.compile(rf"^{_NAME}(?: i (?-i:[A-ZÅÄÖ])[\wåäö]+)?(?:\s{{2,}}.*|,? \d{{4}}-\d\d-\d\d)?$", re.I)
_HEADER = re.compile(rf"^(?:.{{2,40}}?\s)??(?P<body>{_NAME}),?\s+(?:sammanträdes)?protokoll(?:sutdrag)?\b", re.I)
_MET = re.compile(rf"\b(?:sammanträde|möte)(?:t)? (?:med|i|för) (?P<body>{_NAME})\b", re.I)
_WIDE = 200  # signs of a header that are looked at
_SHORT = re.compile(r"^(?P<ks>kommunstyrelsen|ks)\s+(?:arbetsutskott|au)$", re.I)
_DECIDES = re.compile(
    rf"^(?:att\s+)?{_NAME}\s+(beslutar|beslutade|godkänner|avslår|bifaller|remitterar|antar|utser|ger|"
    r"lämnar|anser|fastställer|har|föreslår|överlämnar|uppdrar|noterar|tillstyrker|avstyrker|förklarar|:)",
    re.I,
)
_FINDS = re.compile(
    rf"\b(?:finner|prövar|frågar|beslutar|antar|beslutade)\b.{{0,250}}?\b(?:att|om|av)?\s*\b{_NAME}\s+(?:\w+\s){{0,2}}?(?:beslut\w*|antar|bifaller|avslår|"
    r"godkänner|kan|avstyrk\w*|anta|enligt)",
    re.I,
)
_OFFICE = re.compile(
    r"^((?:tekniska|sociala) (?:förvaltningen|kontoret)|förvaltningen för [A-ZÅÄÖ][\wåäö]+(?: (?:&|"
    r"och) [A-ZÅÄÖ][\wåäö]+)?|[\wåäö-]+(?:(?<=-), [\wåäö-]+){0,2}(?: (?:och|"
    r"samt) [\wåäö-]+)?förvaltning(?:en)?|(?:[\wåäö]+-, ){0,2}(?:[\wåäö-]+ och )?[\wåäö-]+sektorn|"
    r"(?:kommun|region)styrelsens (?:förvaltning|kontor|stab)|"
    r"stadsledningskontoret|[\wåäö-]+kontoret|kommunledningsförvaltningen)\b(?:s\b)?",
    re.I,
)


def body_of(draft: Draft, indices: list[int]) -> Value[str] | None:
    """The deciding body of a protocol; the office or body that a letter or statement says it comes from."""
    if draft.kind in PROTOCOLS or draft.kind == "kallelse":
        return (
            _alone(draft, range(min(len(draft.lines), 9)))
            or _header(draft)
            or _decides(draft, indices)
            or _finds(draft, indices)
            or _alone(draft, range(len(draft.lines)))
            or _called(draft)
        )
    if draft.kind in {"tjansteskrivelse", "yttrande"}:
        return _office(draft)
    return None


_CALLED = re.compile(rf"^(?:(?P<a>{_NAME})\b.{{0,60}}? kallas (?:härmed )?till\b|Kallelse till (?P<b>{_NAME})\b)", re.I)


def _called(draft: Draft) -> Value[str] | None:
    """Who meets, in the sentence of a notice that calls to the meeting."""
    for line in draft.lines[:30] if draft.kind == "kallelse" else ():
        if found := _CALLED.match(line.text):
            return Value(_lower(found["a"] or found["b"]), 0.85, (line.span,))
    return None


def _alone(draft: Draft, where: range) -> Value[str] | None:
    for i in where:
        line = draft.lines[i]
        if _wrapped(draft, i):
            continue
        if draft.label[i] in {"meta", "furniture", "title"} and (found := _ALONE.match(line.text)):
            return Value(_lower(found[1]), 0.95, (line.span,))
        if draft.label[i] in {"meta", "furniture"} and _SHORT.match(line.text):
            return Value("kommunstyrelsens arbetsutskott", 0.9, (line.span,))
    return None


def _wrapped(draft: Draft, i: int) -> bool:
    """Whether the line is the end of a title that broke before a body's name ("... till / tekniska nämnden")."""
    line = draft.lines[i]
    return i > 0 and draft.label[i] == draft.label[i - 1] == "title" and not line.gap and line.text[:1].islower()


def _header(draft: Draft) -> Value[str] | None:
    """The body in a header such as ``Lunds kommun Tekniska nämnden, sammanträdesprotokoll``."""
    for line in draft.lines[:6]:
        if found := _HEADER.match(line.text[:_WIDE]) or _MET.search(line.text[:_WIDE]):
            return Value(_lower(found["body"]), 0.9, (line.span,))
    return None


def _decides(draft: Draft, indices: list[int]) -> Value[str] | None:
    for i in indices:
        line = draft.lines[i]
        if draft.label[i] in {"stem", "decision", "proposal", "heading"}:
            text = line.body.strip()
            if re.match(r"^enligt kommunstyrelsens förslag", text, re.I):
                return Value("kommunfullmäktige", 0.9, (line.span,))
            found = (
                _DECIDES.match(text)
                or re.match(rf"^{_NAME}\s*:$", text, re.I)
                or re.match(rf"^{_NAME}s beslut$", text, re.I)
            )
            if found and not (draft.label[i] == "proposal" and _FOREIGN.match(found[1])):
                return Value(_lower(found[1]), 0.85, (line.span,))
    return None


_FOREIGN = re.compile(r"(kommun|region)fullmäktige$", re.I)


def _finds(draft: Draft, indices: list[int]) -> Value[str] | None:
    text = " ".join(draft.lines[i].text for i in indices if draft.label[i] in {"procedure", "votes"})
    if found := _FINDS.search(text):
        spans = tuple(draft.lines[i].span for i in indices if draft.label[i] == "procedure")[:1]
        return Value(_lower(found[1]), 0.8, spans)
    deciding = " ".join(draft.lines[i].text for i in indices if draft.label[i] in {"decision", "stem"})
    if re.search(r"\b(motion|medborgarförslag)\w* (remitteras|överlämnas) till kommunstyrelsen\b", deciding, re.I):
        return Value("kommunfullmäktige", 0.7, ())
    joined = " ".join(draft.lines[i].text for i in indices if draft.label[i] in {"summary", "basis", "heading"})
    if re.search(
        r"kommunstyrelsens? (har|förslag till kommunfullmäktige)|valberedningens förslag till kommunfullmäktige",
        joined,
        re.I,
    ):
        return Value("kommunfullmäktige", 0.7, ())
    return None


def _office(draft: Draft) -> Value[str] | None:
    for i, line in enumerate(draft.lines[:12]):
        found = _OFFICE.match(line.text)
        if found and draft.label[i] in {"meta", "furniture", "title"}:
            return Value(_lower(found[1]), 0.85, (line.span,))
        named = re.search(
            r"\bfrån (förvaltningen för [A-ZÅÄÖ]\w+(?: (?:&|och) [A-ZÅÄÖ]\w+)?|\w+nämnden|\w+förvaltningen)",
            line.text,
            re.I,
        )
        if named and draft.label[i] == "title" and draft.kind == "yttrande":
            return Value(_lower(named[1]), 0.8, (line.span,))
    if draft.kind == "yttrande":
        for i, line in enumerate(draft.lines):
            if draft.label[i] == "signature" and re.search(r"\bkommunstyrelse\b", line.text, re.I):
                return Value("kommunstyrelsen", 0.85, (line.span,))
        if company := _company(draft):
            return company
        # What parties write is handed in to the body at the top, not written by it.
        for i, line in enumerate(() if _by_parties(draft) else draft.lines[:4]):
            asked = i > 0 and re.match(r"till\b", draft.lines[i - 1].key)
            if draft.label[i] in {"meta", "furniture"} and not asked and (own := _ALONE.match(line.text)):
                return Value(_lower(own[1]), 0.8, (line.span,))
        return None
    return _speaker(draft)


def _company(draft: Draft) -> Value[str] | None:
    """A company or foundation of the municipality, named alone at the head; as the running text spells it."""
    for line in draft.lines[:2]:
        if COMPANY.fullmatch(line.text):
            spelled = (re.search(re.escape(line.text), other.text, re.I) for other in draft.lines[2:])
            names = [found[0] for found in spelled if found and not found[0].isupper()]
            return Value(names[0] if names else line.text, 0.85, (line.span,))
    return None


def _by_parties(draft: Draft) -> bool:
    columns = [fold(column) for line in draft.lines[:6] for column in re.split(r"\s{3,}", line.text)]
    return any(draft.tables.has("sign.party", column) for column in columns)


_SPEAKS = re.compile(
    r"\b(?:(?P<before>bedömer|anser|föreslår)\s+)?(?P<name>[Ff]örvaltningen för [A-ZÅÄÖ]\w+?(?: & [A-ZÅÄÖ]\w+?)?|"
    r"[Kk]ommunstyrelsens förvaltning|[Ss]tadsledningskontoret|[A-ZÅÄÖa-zåäö-]{4,}kontoret|"
    r"[A-ZÅÄÖa-zåäö-]{4,}förvaltningen)"
    r"(?:(?P<own>s (?:tjänste\w+|bedömning|synpunkter|kommentar|förslag))|"
    r"\s+(?P<after>bedömer|anser|föreslår|kan|har|ser|konstaterar)\b|s?\b)"
)


def _speaker(draft: Draft) -> Value[str] | None:
    """The office that speaks in a letter: whose assessment it is, who thinks and proposes."""
    weights: dict[str, float] = {}
    places: dict[str, list[Span]] = {}
    for i, line in enumerate(draft.lines):
        if draft.label[i] not in {"assessment", "basis", "heading", "summary", "background"}:
            continue
        near = i + 1 < len(draft.lines) and draft.label[i + 1] == draft.label[i]
        text = f"{line.text} {draft.lines[i + 1].text}" if near else line.text
        for found in _SPEAKS.finditer(text):
            if found.start() >= len(line.text):
                continue
            weight = 3.0 if draft.label[i] == "heading" else 2.0 if found["own"] or found["before"] else 1.0
            if not (found["own"] or found["before"] or found["after"] or draft.label[i] == "heading"):
                continue
            name = _lower(found["name"])
            weights[name] = weights.get(name, 0.0) + weight
            start = line.span.start + found.start()
            places.setdefault(name, []).append(Span(start, min(line.span.end, line.span.start + found.end())))
    if not weights:
        return None
    best = max(weights, key=lambda name: weights[name])
    return Value(best, 0.75, tuple(places[best][:3]))


def _lower(name: str) -> str:
    """The name as it stands in a sentence: the first word small, proper names kept."""
    name = re.sub(r"^att (?=\w+$)", "", re.sub(r"\s+", " ", name).strip())
    name = re.sub(r"\bförvaltning$", "förvaltning", name, flags=re.I)
    return name[:1].lower() + name[1:] if not name.isupper() else name.lower()
