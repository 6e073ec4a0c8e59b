"""Who proposes or decides, as the lead-in or the heading above the proposals names them."""

from __future__ import annotations

import re

_HEAD_BY = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?(?P<by>.{3,80}?)s\s+(förslag|beslut(?!a)|yrkande)", re.I)
_HEAD_SHORT = re.compile(r"^(?P<by>KS|KSAU|AU|RS|RSAU)(?::s)?\s+förslag\b")
_HEAD_CODE = re.compile(r"\w*yrkande(?:n)?,? \((?P<by>[A-ZÅÄÖ]{1,4})\)[:.]?$", re.I)
_HEAD_FROM = re.compile(r"^Förslag till beslut (?:från|av) (?P<by>[\wåäö -]{4,60}?)[:.]?$", re.I)
_BY_BEFORE = re.compile(r"(?P<by>[^.:!?]*?)\s*\b(yrkar|föreslår|hemställer|begär|äskar|vill|beslutar för egen)\b", re.I)
_BY_AFTER = re.compile(
    r"\b(yrkar|föreslår|hemställer|begär|äskar|vill)\s+(?P<by>(?!att\b|kommun|region|på\b|därför|fullmäktige|"
    r"hos\b)[\wÅÄÖåäö ()&,–-]+?)"
    r"(?=\s+(?:att|hos|därför|kommun\w+|region\w+|fullmäktige|på)\b|\s*:|$)",
    re.I,
)
_NOBODY = re.compile(r"^(vi|jag|man|det|undertecknade?|motionären|därför|härmed|undertecknade ledamöter)$", re.I)
_PHRASE = re.compile(
    r"^(med anledning av|mot bakgrund av|mot den(na)? bakgrund(en)?|med hänvisning till|utifrån|därför|av ovan|"
    r"med stöd av|med detta som bakgrund)\b.*",
    re.I,
)


def proposer(stem: str | None, heading: str | None) -> str | None:
    """Who proposes, as a lead-in or the heading above it says; None where neither names anybody."""
    if stem:
        told = stem if re.search(r"(föreslår|yrkar|hemställer)", stem) else _PHRASE.sub("", stem)
        after, before = _BY_AFTER.search(told), _BY_BEFORE.match(told)
        for candidate in (after["by"] if after else None, before["by"] if before else None):
            who = _who(candidate)
            if who:
                return who
    heads = (heading, stem if stem and not _BY_BEFORE.search(stem) else None)
    for head in heads:  # a lead-in such as "Kommunstyrelsens förslag 1978-09-04, § 158:" is a heading too
        if head and (owner := _owner(head)):
            return owner.lower() if owner.isupper() and len(owner) > 5 else owner
    return None


# Words of a sentence or a title that goes on to a body's name: "Enligt kommunstyrelsens förslag:" names no decider.
_NO_OWNER = re.compile(
    r"\b(?:enligt|i enlighet med|förslag till|bifall till|på förslag av|innehåller|informerar)\b", re.I
)


# The body alone, above the paragraph that tells what it proposed.
_BODY = re.compile(r"(?:Kommun|Region|Lands|Landstings|Stads)styrelsen|Arbetsutskottet|[A-ZÅÄÖ]\w+nämnden")


def _owner(head: str) -> str | None:
    """Whose beslut, förslag or yrkande a heading announces."""
    if _BODY.fullmatch(head):
        return head
    if moved := _HEAD_CODE.match(head):
        return moved["by"]
    owner = _HEAD_BY.match(head) or _HEAD_SHORT.match(head) or _HEAD_FROM.match(head)
    if (
        owner is None
        or _NO_OWNER.search(owner["by"])
        or (owner.re is _HEAD_BY and owner["by"][:1].islower() and " " in owner["by"])
    ):
        return None
    return owner["by"].rstrip(":")  # "AU:s förslag"


# What the body does besides: "Kommunstyrelsen tillstyrker kontorets förslag och föreslår fullmäktige besluta:".
_ACTS_TOO = re.compile(
    r"\s+(?:tillstyrker|tillstyrkte|avstyrker|avstyrkte|bifaller|biföll|avslår|avslog|godkänner|godkände|beslutar|"
    r"beslutade|antar|antog|delar|instämmer|ställer|anser|har|finner)\b"
)


def _who(candidate: str | None) -> str | None:
    if not candidate:
        return None
    who = re.sub(r"^.*\b(ovanstående|anförda|bakgrund|detta|därför)\b[,]?\s*", "", candidate, flags=re.I).strip(" ,")
    who = _ACTS_TOO.split(who, maxsplit=1)[0]
    if not who or _NOBODY.match(who) or len(who) > 120 or _PHRASE.match(who) or not who[:1].isupper():
        return None
    return who
