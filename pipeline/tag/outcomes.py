"""All outcomes of one matter: what is decided, recommended and moved, each said once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..document import Item, Outcome, Outline, Proposal
from . import chair, decisions, floor, overturned, people, reports
from .names import Reading
from .objects import ABOUT_MATTERS, UNOWNED
from .passages import Passage, of_kind
from .votes import outvoted

_RECOMMENDING = ("tjansteskrivelse", "yttrande", "protokoll", "protokollsutdrag")


def outcomes(
    outline: Outline, item: Item, mine: tuple[Passage, ...], about: str, reading: Reading
) -> tuple[Outcome, ...]:
    """All outcomes of a matter, each said once per speaker and act."""
    kind = outline.kind.value
    if kind in ("motion", "interpellation", "fraga", "medborgarforslag", "initiativ", "kallelse", "reservation"):
        return ()
    body = outline.body.value if outline.body else None
    if kind in ("yrkande", "yttrande") and body is None:
        body = people.senders(mine, reading)
    spoken = of_kind(mine, "floor")
    own = tuple(p for p in item.proposals if not (spoken and p.act == "floor"))
    listed = tuple(p for p in item.proposals if p not in own and _listed(outline, p))
    made = decisions.from_proposals(own, about, body)
    act = "recommendation" if item.proposals and item.proposals[0].act == "recommendation" else "decision"
    if kind == "tjansteskrivelse":
        made += decisions.from_stems(of_kind(mine, "stem"), about, "recommendation", body, office=True)
    if kind in ("protokoll", "protokollsutdrag"):
        made += decisions.from_stems(of_kind(mine, "stem"), about, act, body)
        for p in of_kind(mine, "basis"):
            made += reports.earlier(p)
    if kind in _RECOMMENDING:
        told = ("summary", "assessment", *(("background",) if kind == "protokollsutdrag" else ()))
        for p in of_kind(mine, *told):
            made += reports.reported(p, body)
        for p in of_kind(mine, "assessment", "background", "summary", "basis"):
            made += reports.table_rows(p)
    if kind in ("yttrande", "yrkande", "sarskilt_yttrande"):
        for p in of_kind(mine, "statement", "motivation"):
            made += [replace(o, act="floor") if o.by == body else o for o in reports.reported(p, body)]
    if kind == "yrkande":  # "Alliansen yrkar bifall till nämndens förslag med följande ändringar:"
        for p in of_kind(mine, "stem"):
            made += [replace(o, by=o.by or body) for o in floor.moved(p, about, reading)]
    for p in spoken:
        made += floor.moved(p, about, reading)
    made = _sent_back(made)
    said = {(o.of, o.outcome) for o in made if o.act == "floor"}
    made += [o for o in decisions.from_proposals(listed, about, body) if (o.of, o.outcome) not in said]
    for p in of_kind(mine, "procedure", "other", *(("summary",) if kind in ("protokoll", "protokollsutdrag") else ())):
        made += floor.moved(p, about, reading, named=True)
    settled = about in ABOUT_MATTERS[:-1] or _said(made, item.proposals)
    made += _chair(mine, about, body, reading, settled)
    kept = floor.kept_on_the_table(mine, made, body)
    if kept:  # the yrkande to send the matter back is told there with who moved it
        made = [o for o in made if (o.act, o.outcome) != ("decision", "avslag") or o.of not in UNOWNED[:2]]
    return _without_sums(_once([*made, *_adopted(made, body), *kept]), item.proposals)


def _sent_back(made: list[Outcome]) -> list[Outcome]:
    """Without what the reasons for sending a matter back speak of: it is not decided in the same breath."""
    if all((o.act, o.outcome) != ("decision", "aterremiss") or o.of not in ABOUT_MATTERS for o in made):
        return made
    settled = ("bifall", "delvis_bifall", "avslag", "besvarad")
    return [o for o in made if o.act != "decision" or o.of not in ABOUT_MATTERS or o.outcome not in settled]


def _said(made: list[Outcome], proposals: tuple[Proposal, ...]) -> bool:
    """Whether Beslut says what became of the matter; a letter that one point of several answers is not the matter."""
    decided = [o for o in made if o.act == "decision"]
    points = sum(p.act == "decision" for p in proposals)
    return any(not _LETTERS.match(o.of) for o in decided) or len(decided) >= max(points, 1)


_LETTERS = re.compile(r"(?:hemställan|framställ\w*|begäran)\b")


def _listed(outline: Outline, proposal: Proposal) -> bool:
    """Whether a yrkande is an item of a list below its mover: "Eva Ek (C) yrkar:" and "att bifalla motionen"."""
    if not proposal.by or not proposal.at:
        return False
    printed = outline.transcript.text[proposal.at[0].start : proposal.at[0].end]
    return re.match(r"(?:[-–•*]|\d{1,2}[.)])?\s*att\b|(?:[-–•*]|\d{1,2}[.)])\s", printed, re.IGNORECASE) is not None


_OF_REST = re.compile(r"\b[Ii] övrigt\b|\b[Mm]otionens övriga\b|\bdelvis\b|\bi (?:den|viss) del\b|\bi (?:de )?delar\b")


def _without_sums(made: tuple[Outcome, ...], proposals: tuple[Proposal, ...]) -> tuple[Outcome, ...]:
    """Without "approved in part" where the text does not say so of the motion, but decides point by point.

    The sum stays where the points alone do not give it: the text speaks of the rest, or of the approved points only.
    """

    def summed(o: Outcome) -> bool:
        points = [x for x in made if x.of.startswith("proposal") and (x.act, x.by) == (o.act, o.by)]
        each = o.act == "floor" or any(x.outcome != "bifall" for x in points)
        beside = [p.text for p in proposals if p.act == o.act] if o.act != "floor" else []
        return bool(points) and each and not any(_OF_REST.search(text) for text in (o.verbatim, *beside))

    return tuple(o for o in made if not (o.of == "motion" and o.outcome == "delvis_bifall" and summed(o)))


def _chair(mine: tuple[Passage, ...], about: str, body: str | None, reading: Reading, decided: bool) -> list[Outcome]:
    """The chair's findings; a ballot on the same proposals replaces the finding before it.

    That the chair finds a proposal taken counts where Beslut does not itself say what became of the matter,
    and no vote said otherwise.
    """
    voted = of_kind(mine, "votes", "procedure")
    won = chair.meant_by_no(voted) if outvoted(voted, reading) else None
    counts = not decided and won is None
    leads = chair.chair_named(mine, reading)
    findings = chair.found_by_chair(of_kind(mine, "procedure"), about, body, reading, finished=counts, chair=leads)
    ballots = chair.found_by_chair(of_kind(mine, "votes"), about, body, reading, finished=counts, won=won, chair=leads)
    against = overturned.upsets(voted, reading)
    findings = overturned.turned(findings, against)
    if any(not o.of.startswith(("motion", "initiativ", "tillägg")) for o in ballots):
        findings = [o for o in findings if o.of.startswith(("tillägg", "återremissyrkande by"))]
    if decided and not of_kind(mine, "floor"):  # nothing else was moved: Beslut says it
        findings = [o for o in findings if not _ALONE.search(o.verbatim)]
    if won is not None:  # the meeting said no to what the chair had found
        findings = [o for o in findings if o.outcome != "bifall" or o.of.startswith("tillägg") or o.of in won]
    instead = [] if decided else overturned.taken_instead(against, body)
    return [*findings, *ballots, *instead]


_ALONE = re.compile(r"^\w+(?: \w+)? (?:beslutar|beslutade) (?:enligt|i enlighet med) \w+ förslag[.]?$")


_PROPOSERS = {
    "KS förslag": ("kommunstyrelsen",),
    "RS förslag": ("regionstyrelsen",),
    "KSAU förslag": ("kommunstyrelsens arbetsutskott", "arbetsutskottet"),
    "AU förslag": ("kommunstyrelsens arbetsutskott", "arbetsutskottet"),
    "förvaltningens förslag": ("förvaltningen", "kontoret"),
}


# What an item of the decision says where the proposal stands above it: "Enligt förslaget."
_AS_PROPOSED = "liggande förslag"


def _adopted(made: list[Outcome], body: str | None) -> list[Outcome]:
    """A body that takes another's proposal decides what that proposal says, when nothing else says it."""
    decided = [o for o in made if o.act == "decision"]
    taken = [o for o in decided if o.outcome == "bifall" and (o.of in _PROPOSERS or o.of == _AS_PROPOSED)]
    if taken and taken[0].of == _AS_PROPOSED and "fullmäktige" in (body or "") and len(decided) == 1:
        return _of_offered(
            [o for o in made if o.act == "recommendation" and o.of in ABOUT_MATTERS], taken[0], body or ""
        )
    taken = [o for o in taken if o.of in _PROPOSERS]
    own = [o for o in made if o.act == "recommendation" and _short((o.by or "").lower()) == (body or "")]
    if not taken or body is None or any(o.of in ABOUT_MATTERS for o in [*decided, *own]):
        return []
    proposers = _PROPOSERS[taken[0].of]
    if ("fullmäktige" in body) != proposers[0].endswith("styrelsen"):
        return []
    offered = [
        o
        for o in made
        if o.act == "recommendation" and o.of in ABOUT_MATTERS and _short((o.by or "").lower()) in proposers
    ]
    return _of_offered(offered, taken[0], body)


def _of_offered(offered: list[Outcome], taken: Outcome, body: str) -> list[Outcome]:
    """The decision that takes what was offered, where all that was offered comes to the same."""
    if len({o.outcome for o in offered}) != 1:
        return []
    o = offered[0]
    return [replace(o, act="decision", by=body, confidence=0.75, at=(*taken.at, *o.at))]


def _class(of: str) -> str:
    if of.startswith(("motion", "medborgarf", "initiativ", "interpellation", "fråga", "proposal", "ärendet")):
        return of
    if re.match(r"(?:hemställan|framställning|begäran|val av)\b", of):
        return of  # each letter and each election is a thing of its own
    return "yrkande" if "yrkande" in of else "förslag"


def _once(made: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The same outcome of the same thing is said once: per speaker on the floor, per body when recommended."""
    kept: dict[tuple[str, ...], Outcome] = {}
    for o in made:
        keyed = o.act != "decision" or o.of == "ärendet"
        who = (o.by or "").lower() if keyed else ""
        of = o.of if o.act == "floor" or "yrkande by" in o.of else _class(o.of)
        key = (of, o.outcome, o.act, who if o.act == "floor" else _short(who))
        if key not in kept or kept[key].confidence < o.confidence:
            kept[key] = o if key not in kept else replace(o, at=kept[key].at)
    return _told_twice(tuple(kept.values()))


def _told_twice(made: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Without the shorter telling of yrkanden that were decided on, once by the name of who moved, once by party."""
    decided = [o for o in made if o.act == "decision" and "yrkande by" in o.of]
    told = {o.outcome for o in decided}
    dropped = [o for o in made if o.act == "decision" and o.of in UNOWNED and o.outcome in told]
    for outcome in {o.outcome for o in decided}:
        for kind in {o.of.split(" by ")[0] for o in decided}:  # an addition is no telling of what it adds to
            alike = [o for o in decided if o.outcome == outcome and o.of.split(" by ")[0] == kind]
            parties = [o for o in alike if _PARTIES.search(o.of)]
            members = [o for o in alike if o not in parties]
            dropped += members if len(members) < len(parties) else parties if members else []
    return tuple(o for o in made if o not in dropped)


_PARTIES = re.compile(r" by [A-ZÅÄÖ]{1,4}(?:(?:, | och | samt )[A-ZÅÄÖ]{1,4})*(?: beträffande .+)?$")


def _short(body: str) -> str:
    """Bodies and their abbreviations compare equal."""
    return {"ks": "kommunstyrelsen", "kf": "kommunfullmäktige", "ksau": "kommunstyrelsens arbetsutskott"}.get(
        body, body
    )
