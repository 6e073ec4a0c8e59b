"""Voteringar: totals and rolls put together, what Ja and Nej meant, and whether they agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..document import Ballot, Span, Vote
from .ballots import closed_ballot
from .counts import number
from .names import Reading
from .passages import Passage
from .prose_rolls import prose_roll
from .rolls import Roll, headed, tables
from .vote_counts import N, counts

# How many voted or sit there in all: what the parts must add up to.
_WHOLE = re.compile(
    rf"\b(?:totalt|sammanlagt|summa|tillsammans)(?: avgavs| avges| röstade)?:? {N}(?: avgivna)? "
    r"(?:röster|ledamöter)\b|"
    rf"\b(?:samtliga|av) {N} (?:ledamöter|röstberättigade|närvarande)\b|"
    rf"\b{N} (?:ledamöter och (?:tjänstgörande )?ersättare|ledamöter|röstberättigade) (?:är|var) närvarande\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:[Jj]a|JA)(?:-röst)?(?: innebär(?: att)?| för| betyder| =)\s+(.+?)(?=[.,;”\"]? (?:och )?(?:[Nn]ej|"
    r"NEJ)(?:-röst)?\b|"
    r"[.”\"](?: |$)|,?\n|$)"
)
_NO = re.compile(
    r"\b(?:[Nn]ej|NEJ)(?:-röst)?(?: innebär(?: att)?| för| betyder| =)\s+(.+?)(?=[.”\"](?: |$|[A-Z])|"
    r",?\n|$)"
)
_PRESSES = r"(?:röstar|trycker(?: på)?)"
_WHO_VOTES = re.compile(
    r"[Dd]en som (?:röstar (?:på|för)|(?:vill )?bifall\w+|"
    rf"vill) (.{{3,120}}?),? {_PRESSES} [Jj]a(?:-knappen)?[,.;]? (?:och )?[Dd]en som (?:röstar (?:på|för)|"
    rf"(?:vill )?bifall\w+|vill) (.{{3,120}}?),? {_PRESSES} [Nn]ej"
)
# Of old the No was what the Yes was not: "Den som vill bifalla X röstar ja, den det ej vill röstar nej."
_WHO_WILL = re.compile(
    r"[Dd]en(?: det)? som vill bifalla (.{3,120}?),? röstar [Jj]a[,.;]? (?:och )?"
    r"[Dd]en (?:det )?(?:som )?(?:ej|icke|inte)"
)
# Where a number of votes would be a story, not a votering of this matter.
_PROSE = (
    "background",
    "motivation",
    "summary",
    "assessment",
    "basis",
    "distribution",
    "toc",
    "furniture",
    "attendance",
    "title",
)


def votes(found: Iterable[Passage], raw: str, span: Span, reading: Reading) -> tuple[Checked, ...]:
    """The voteringar of one matter, with their rolls and what does not add up; no vote without one in the text."""
    made: list[Checked] = []
    means: _Means = (None, None)
    for p in found:
        told = p.kind == "summary" and re.search(r"\b(?:[Vv]otering(?:en)?|[Oo]mröstning(?:en)?)\b", p.text)
        if p.kind in _PROSE and not told:
            continue
        if poll := closed_ballot(p.text):
            at = (p.span(poll.start, poll.end),)
            vote = Vote(poll.elected, poll.votes, poll.others, poll.blank, 0, poll.elected, None, None, (), 0.85, at)
            made.append(_against_whole(vote, p.text))
            continue
        totals = counts(p.text)
        for n, c in enumerate(totals):
            means = _meanings(p.text[: c.start], means)
            at = (p.span(c.start, c.end),)
            vote = Vote(means[0], c.yes, c.no, c.abstain, c.absent, *means, None, (), c.sure, at)
            stop = totals[n + 1].start if n + 1 < len(totals) else len(p.text)
            made.append(_against_whole(vote, p.text[totals[n - 1].end if n else 0 : stop]))
        means = _meanings(p.text[totals[-1].end :], (None, None)) if totals else _meanings(p.text, means)
        if p.kind in _ROLLS:
            _add_roll(made, p, means, reading)
    rolls = tables(raw, span, reading)
    for listed in rolls:
        _add_listed(made, listed, (Span(listed.first, listed.last),), means, alone=len(rolls) == 1)
    return tuple(made)


def outvoted(found: Iterable[Passage], reading: Reading) -> bool:
    """Whether a count or a roll has more Nej than Ja, so that what the chair had found before did not stand."""
    for p in found:
        shown = prose_roll(p.text, reading)[1]
        if shown.get("nej", 0) > shown.get("ja", 0) or any(c.no > c.yes for c in counts(p.text)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Checked:
    """A votering and what does not add up in it, if anything."""

    vote: Vote
    odd: str | None = None


def _against_whole(vote: Vote, text: str) -> Checked:
    """The parts against the number of votes or members that is printed beside them."""
    whole = _WHOLE.search(text)
    said = number(next((g for g in whole.groups() if g), None)) if whole else 0
    parts = (vote.yes, vote.no, vote.abstain, vote.absent)
    sums = {sum(parts), sum(parts[:3]), sum(parts[:2])}  # with and without those who abstain or are not there
    if not said or said in sums:
        return Checked(vote)
    odd = f"{vote.yes} ja, {vote.no} nej, {vote.abstain} avstår and {vote.absent} frånvarande are not {said}."
    return Checked(replace(vote, verified=False, confidence=min(vote.confidence, 0.8)), odd)


_Means = tuple[str | None, str | None]
_ROLLS = ("votes", "procedure", "floor", "other", "heading")


def _add_roll(made: list[Checked], p: Passage, means: _Means, reading: Reading) -> None:
    """A roll in prose is a vote of its own; one broken over a page is put together again."""
    listed = headed(p.text, reading)
    if listed.ballots:
        _add_listed(made, listed, (p.span(listed.first, listed.last),), means)
        return
    ballots, printed, start, end = prose_roll(p.text, reading)
    if not printed and not ballots:
        return
    at: tuple[Span, ...] = (p.span(max(0, start), end),)
    counted = Counter(b.vote for b in ballots)
    told = [c.vote for c in made if not c.vote.roll]
    if ballots and any((v.yes, v.no) == (counted["ja"], counted["nej"]) for v in told):
        _add_listed(made, Roll(ballots, printed, start, end), at, means)
        return
    before = made[-1].vote if made else None
    if before and before.roll and not {b.vote for b in before.roll} & {b.vote for b in ballots}:
        made.pop()
        ballots = [*before.roll, *ballots]
        kept = {"ja": before.yes, "nej": before.no, "avstår": before.abstain}
        printed = {**{v: n for v, n in kept.items() if n}, **printed}
        at = (*before.at, *at)
    made.append(_rolled(ballots, printed, means, at))


def _add_listed(made: list[Checked], roll: Roll, at: tuple[Span, ...], means: _Means, *, alone: bool = True) -> None:
    """A list of names checks the vote that was told in prose, or is the vote; of several lists each its own vote."""
    counted = Counter(b.vote for b in roll.ballots)
    told = [n for n, c in enumerate(made) if not c.vote.roll]
    same = [n for n in told if (made[n].vote.yes, made[n].vote.no) == (counted["ja"], counted["nej"])]
    if not made or (not alone and not same):
        made.append(_rolled(roll.ballots, roll.printed, means, at))
    elif same or (told and told[-1] == len(made) - 1):
        n = same[0] if same else told[-1]
        last = made[n].vote
        printed = {"ja": last.yes, "nej": last.no, "avstår": last.abstain, "frånvarande": last.absent}
        odd = _unlike(roll.ballots, {v: n for v, n in printed.items() if n or v != "frånvarande"})
        odd = odd or _unlike(roll.ballots, roll.printed)
        sure = last.confidence if odd is None else min(last.confidence, 0.8)
        checked = replace(last, verified=odd is None, roll=tuple(roll.ballots), at=(*last.at, *at), confidence=sure)
        made[n] = Checked(checked, odd or made[n].odd)


def _unlike(ballots: list[Ballot], printed: dict[str, int]) -> str | None:
    """What the names do not say as the printed totals do, None where they agree."""
    counted = Counter(b.vote for b in ballots)
    wrong = [f"{vote}: {n} printed, {counted[vote]} names" for vote, n in printed.items() if counted[vote] != n]
    return "; ".join(wrong) + "." if wrong else None


def _meanings(text: str, means: _Means) -> _Means:
    """What Ja and Nej stand for, from the last announcement in the text; else as before."""
    ja, nej = list(_YES.finditer(text)), list(_NO.finditer(text))
    if not ja and (who := _WHO_VOTES.search(text)):
        return (who.group(1), who.group(2))
    if not ja and (who := _WHO_WILL.search(text)):
        return (who.group(1), None)
    return (_clean(ja[-1].group(1)) if ja else means[0], _clean(nej[-1].group(1)) if nej else means[1])


def _clean(text: str) -> str:
    return text.strip(' .,:;”"“')


def _rolled(ballots: list[Ballot], printed: dict[str, int], means: _Means, at: tuple[Span, ...]) -> Checked:
    """A vote known from its roll: printed totals count, names check them."""
    counted = Counter(b.vote for b in ballots)
    yes, no, abstain, absent = (printed.get(v, counted[v]) for v in ("ja", "nej", "avstår", "frånvarande"))
    odd = _unlike(ballots, printed) if ballots else None
    verified = odd is None if ballots else None
    vote = Vote(means[0], yes, no, abstain, absent, *means, verified, tuple(ballots), 0.95 if verified else 0.8, at)
    return Checked(vote, odd)
