"""Decisions on what is no motion: the matter itself, a yrkande, a body's proposal, a letter, an election."""

from __future__ import annotations

import re

from .alternatives import chosen
from .objects import ABOUT_MATTERS, VERB, outcome_of, things


def other_objects(text: str, about: str) -> list[tuple[str, str]]:
    """Decisions on the matter under another word: the matter itself, or a body's proposal that is taken."""
    case = re.search(r"\b[Ää]rendet\b", text)
    for m in VERB.finditer(text):
        if (
            outcome_of(m) in ("aterremiss", "bordlagd", "avskriven", "atertagen")
            and case
            and abs(m.start() - case.end()) < 60
        ):
            return [(about if about in ABOUT_MATTERS else "ärendet", outcome_of(m))]
    asked = next((t for t in things(text) if t.of in _SENT), None)
    sent = re.search(r"\b(?P<no>avslå\w*|avslogs?|utan bifall)|\bbifall\w*|\bbiföll\w*", text)
    if asked and sent:
        if sent["no"]:
            return [(asked.of, "avslag")]
        return [(about if about in ABOUT_MATTERS else "ärendet", _SENT[asked.of])]
    taken = _TAKEN_PROPOSAL.search(text)
    if taken:
        return [(t.of, "bifall") for t in things(taken["a"] or taken["b"] or taken["c"])[:1]]
    return withdrawn(text) or _by_itself(text, about) or chosen(text)


def withdrawn(text: str) -> list[tuple[str, str]]:
    """Yrkanden that their movers take back: "anmäler att yrkandet från D och L återtas"."""
    taken = _WITHDRAWN.search(text)
    return [(t.of, "atertagen") for t in things(taken["what"])[:1]] if taken else []


_WITHDRAWN = re.compile(
    r"\batt (?P<what>(?:\w+)?yrkandet\b[^.]{0,80}?) (?:återtas|återkallas|dras tillbaka|tas tillbaka)\b"
)
# What an item decides of a thing that is no motion: "Yrkandet från M avslås.", "Hemställan från X om Y tillstyrks."
_SUBJECT = re.compile(
    r"^(?:att )?(?P<what>(?:\w*[Yy]rkande(?:t|na|n)|[Ff]örslag(?:et|en)) (?:från|av) .{1,70}?|"
    r"\w*[Yy]rkande(?:t|na) om .{1,90}?|"
    r"[Hh]emställan\b.{0,260}?|(?:\w+ ){0,3}ansökan\b.{0,160}?) "
    r"(?P<verb>avslås|avslogs|bifalls|bifalles|bifölls|beviljas|tillstyrks|avstyrks|återtas|lämnas utan bifall)\b"
)
# The same in the infinitive, or with the body before it: "att avslå Eva Eks tilläggsyrkande om X".
_ACTS = re.compile(
    r"^(?:att |(?:[A-ZÅÄÖ][\wåäö-]+ ){1,4}(?:beslutar att )?)?(?P<verb>avslå|avslår|bifalla|bifaller)(?= (?!motion))"
)
# A paper that is no motion: a resignation, a letter or a referral that is answered or handed on.
_PAPER = re.compile(
    r"(?:(?P<bifall>\b(?:[Bb]ifaller|[Bb]ifalla|[Bb]eviljar|[Bb]evilja))|"
    r"(?P<besvarad>\b[Bb]esvara(?:r)?)(?= \w+ (?:med|genom|enligt)\b)|"
    r"(?P<remitterad>\b(?:[Öö]verlämna|[Öö]verlämnar|[Öö]versända|[Öö]versänder)(?= \w+ till\b))) "
    r"(?P<what>avsägelsen|remissen|skrivelsen|namninsamlingen)\b"
)
_FILED = re.compile(r"\b(?:läggs?|lägga) (?:\w+ ){0,4}till handlingarna\b|\btill handlingarna läggs\b")
_ELECTED = re.compile(r"\bvalberedningen\b.{0,80}?\bförslag\w*\b.{0,40}?\b(?:bifall\w*|antas|godkänns)")
_SENDS = re.compile(r"^(?:att )?(?:[A-ZÅÄÖ][\wåäöÅÄÖ -]{3,50}? )?(?:beslutar att )?remittera(?:r)? (?!till\b)\w")


def _by_itself(text: str, about: str) -> list[tuple[str, str]]:
    """What the sentence decides on that is no motion: a yrkande, a hemställan, an election, a matter sent out."""
    subject = _SUBJECT.match(text)
    if paper := _PAPER.search(text):
        return [(paper["what"].lower(), next(name for name in ("bifall", "besvarad", "remitterad") if paper[name]))]
    if subject and "ansökan" in subject["what"]:
        return [("ansökan", "avslag" if subject["verb"].startswith(("avsl", "avst")) else "bifall")]
    if _FILED.search(text):
        return [("ärendet", "till_handlingarna")]
    if subject:
        what = subject["what"][:1].lower() + subject["what"][1:]
        verb = VERB.search(subject["verb"])
        of = next((t.of for t in things(what)), "yrkande" if what.startswith("yrkande") else None)
        return [(of, outcome_of(verb))] if verb and of else []
    acts = _ACTS.match(text)
    taken = things(text, acts.end(), acts.end() + 110)[:1] if acts else []
    if acts and taken and "yrkande" in taken[0].of and taken[0].start <= acts.end() + 5:
        return [(taken[0].of, "avslag" if acts["verb"].startswith("avsl") else "bifall")]
    if acts and re.match(r" (?:yrkandet|yrkandena) om ", text[acts.end() :]):
        return [("yrkande", "avslag" if acts["verb"].startswith("avsl") else "bifall")]
    if _ELECTED.search(text):
        return [("valberedningens förslag", "bifall")]
    return [(about if about in ABOUT_MATTERS else "ärendet", "remitterad")] if _SENDS.match(text) else []


_SENT = {"återremissyrkande": "aterremiss", "bordläggningsyrkande": "bordlagd"}
_PROPOSED = (
    r"(?:\w+ ){0,3}?(?:\w*förvaltningens|\w*kontorets|\w*utskottets|\w*utskotts|\w*styrelsens|\w*nämndens) förslag"
)
_TAKEN_PROPOSAL = re.compile(
    r"\b(?:antar?|beviljar?|bifaller|bifalla|godkänner|godkänna|"
    rf"(?:beslutar|beslutade|beslutat)(?: således| därmed| alltså)?(?: att besluta)? (?:enligt|i enlighet med)) "
    rf"(?P<a>{_PROPOSED})"
    rf"|^(?:att )?(?:[Ee]nligt|[Ii] enlighet med) (?P<b>{_PROPOSED})(?: till \w+)?[.\s]*$"
    rf"|^(?:att )?(?P<c>{_PROPOSED})(?: till beslut)? (?:antas|bifalls|godkänns)[.\s]*$"
)
