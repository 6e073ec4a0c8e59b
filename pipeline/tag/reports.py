"""Outcomes told in passing: what a summary or an assessment reports, earlier handling, tables of answers."""

from __future__ import annotations

import re

from ..document import Outcome
from .deciding import NAMES_MATTER, of_sentence
from .decisions import lowered, outcome
from .objects import ABOUT_MATTERS, things
from .passages import Passage, sentences

_WHO = re.compile(
    r"\b((?:[Kk]ommunstyrelsens (?:arbetsutskott|förvaltning)|(?:[Nn]ämnden|[Ff]örvaltningen|"
    r"[Nn]ämnderna) för [A-ZÅÄÖ][\wåäö]+(?: (?:&|och) [A-ZÅÄÖ][\wåäö]+)*|"
    r"(?:[A-ZÅÄÖ][\wåäö-]*(?:-| )(?:och|samt) [\wåäö-]*(?:nämnden|förvaltningen)|"
    r"[A-ZÅÄÖ][\wåäö-]*- och [\wåäö]+(?:nämnden|förvaltningen))|"
    r"(?:[Tt]ekniska |[Ss]ociala )?[\wåäöÅÄÖ-]*(?:nämnden|förvaltningen|styrelsen|utskottet|kontoret|"
    r"beredningen|direktionen|[Bb]olaget|[Ff]örbundet|nämnderna|Nämnden|Förvaltningen))(?! för [A-ZÅÄÖ]))"
)


# A body that says yes or no and no more: "Tekniska nämnden har avstyrkt.", "Kommunstyrelsen föreslår avslag."
_SHORT = re.compile(
    rf"(?P<who>{_WHO.pattern}(?: och {_WHO.pattern.replace('(', '(?:', 1)})?) (?:har |föreslår |föreslog |yrkar )?"
    r"(?:beslutade [^.]{0,30}?\batt )?(?:föreslå )?"
    r"(?:(?P<no>avstyrk(?:er|t|te)|avslag)|tillstyrk(?:er|t|te)|bifall)"
    r"(?=[.]?$|,? (?:eftersom|då|med(?! undantag)|under|på)\b)"
)


_SAYS_NOT = re.compile(
    r"\b(?:föreslår|föreslog|rekommenderar) (?:inte|ej)\b|\b(?:inte|ej) (?:föreslagit|föreslår|rekommenderar)\b"
)
_PROPOSES = re.compile(
    r"\b(?:anser att (?=\w*motionen (?:ska(?:ll)?|inte|bör)\b)|"
    r"föreslår|föreslog|föreslagit|avstyrk\w+|tillstyrk\w+|rekommenderar|"
    r"(?:beslutade|beslutat|beslöt)\b[^.]{0,40}\bföreslå)\b"
)
# A point of the motion, not what the motion says: "punkt 1 i motionen".
_IN_MOTION = re.compile(r"\b(?:punkt|att-?sats|yrkande|förslag)\w* \d[\d, och–-]* i motionen\b")
# What a paper of somebody else proposes: "I tjänsteskrivelsen föreslås att motionen avslås".
_IN_PAPER = re.compile(
    r"\b[Ii] (?:\w*skrivelsen|\w*utlåtandet|\w*yttrandet|svaret|förslaget(?: till svar)?) föreslås\b"
)
_EARLIER = re.compile(r"\b(?:föreslog|behandlade|beslutade|beslöt)\b")


def reported(p: Passage, own: str | None) -> list[Outcome]:
    """Recommendations told in a summary or an assessment: "Skolnämnden föreslår att motionen avslås"."""
    made = []
    told = ""  # the matter that the passage has named
    for start, end in sentences(p.text):
        sentence = p.text[start:end]
        if p.kind == "background" and _EARLIER.search(sentence):
            continue  # how it was handled before: what became of that is told elsewhere
        if not NAMES_MATTER.search(sentence):
            if told and (short := _SHORT.match(sentence)):
                name = "avslag" if short["no"] else "bifall"
                said = ", ".join(lowered(m.group(1)) for m in _WHO.finditer(short["who"]))
                made.append(outcome(told, name, said, "recommendation", sentence, 0.8, (p.span(start, end),)))
            continue
        told = next((t.of for t in things(sentence) if t.of in ABOUT_MATTERS), "motion")
        who = list(_WHO.finditer(sentence))
        verb = _PROPOSES.search(sentence)
        wish = re.search(
            r"\banser\b[^.]{0,30}\b[Mm]otionen\b[^.]{0,30}\b(?:tillgodosedd|besvarad)\b|"
            r"\b(?:bör|föreslås)\b[^.]{0,30}\b[Mm]otionen\b[^.]{0,20}\b(?:avslås|bifallas|bifalls|anses\b|"
            r"besvaras)|\b[Mm]otionen\b[^.]{0,60}\b(?:bör|föreslås)\b[^.]{0,40}\b(?:avslås|bifallas|bifalls|"
            r"anses|besvaras)",
            sentence,
        )
        if verb and _SAYS_NOT.search(sentence):
            continue  # what the body wants is not said
        if verb and re.search(r"\b(?:motionär|[Ii] (?:en |sin )?motion(?:en)?\b)", _IN_MOTION.sub("", sentence)):
            continue
        if not verb and (not wish or _IN_PAPER.search(sentence)):
            continue
        speakers = [m for m in who if not verb or m.start() < verb.start()]
        if verb and not speakers and not wish:
            continue
        by = ", ".join(dict.fromkeys(lowered(m.group(1)) for m in speakers[-2:])) if speakers else own
        beside = re.search(r"\b[Mm]otionen och (yrkandet från [^.]{1,40}?) bör\b", sentence)
        if beside and "avslås" in sentence:
            at = (p.span(start, end),)
            also = things(beside.group(1))[:1]
            made += [outcome(t.of, "avslag", own, "recommendation", sentence, 0.8, at) for t in also]
        results = of_sentence(sentence, "motion")
        for of, name in results:
            if name in ("bifall", "delvis_bifall", "avslag", "besvarad", "aterremiss") and not (
                of == "motion" and len(results) > 1 and name == "delvis_bifall"
            ):
                made.append(outcome(of, name, by, "recommendation", sentence, 0.85, (p.span(start, end),)))
    return made


def earlier(p: Passage) -> list[Outcome]:
    """Earlier handling among the documents: "Kommunfullmäktige bordlade ärendet den 19 juni 2024, § 131."."""
    made = []
    for m in re.finditer(
        r"(?:^|\n|\. )((?:[A-ZÅÄÖ][\wåäö&, -]{3,60}?)) (bordlade|återremitterade) ärendet [^.\n]*", p.text
    ):
        name = "bordlagd" if m.group(2) == "bordlade" else "aterremiss"
        made.append(
            outcome(
                "ärendet",
                name,
                lowered(m.group(1)),
                "decision",
                m.group().strip(". \n"),
                0.85,
                (p.span(m.start(1), m.end()),),
            )
        )
    return made


def table_rows(p: Passage) -> list[Outcome]:
    """Remiss tables flattened to lines: "Kulturnämnden Avstyrker"."""
    made = []
    for m in re.finditer(
        r"\b([A-ZÅÄÖ][\wåäö-]*(?:nämnden|styrelsen|förvaltningen))\b[^.\n]{0,60}?\b(Avstyrk(?:er|s)|"
        r"Tillstyrk(?:er|s))\b",
        p.text,
    ):
        name = "avslag" if m.group(2).startswith("Av") else "bifall"
        made.append(
            outcome(
                "motion", name, lowered(m.group(1)), "recommendation", m.group(2), 0.8, (p.span(m.start(), m.end()),)
            )
        )
    return made
