"""Voteringar: totals in prose, rolls in prose and tables, what Ja and Nej meant, and whether they agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..document import Ballot, Span, Vote
from .ballots import SUMMED, closed_ballot
from .counts import COUNT, number
from .names import PersonHit, Reading, bare
from .party_persons import persons
from .passages import Passage
from .rolls import Roll, headed, one_by_one, tables

_N = rf"{COUNT}(?: \(\d{{1,3}}\))?"
_TOTAL = re.compile(
    rf"\b{_N} ja(?:[- –]{{0,2}}röst(?:er)?|-)?"
    rf"(?: för [^.\d]{{3,90}}?| \((?:[^()\d]|\([^()]{{1,4}}\)){{5,900}}\))?(?:,| och| mot|;)*(?: och|"
    rf" mot)? ?{_N} nej(?:[- –]{{0,2}}röst(?:er)?)?\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?:^|(?<=[.\n] ))Ja \([^()\d]{{3,60}}\)\s+{_N}\s+Nej \([^()\d]{{3,60}}\)\s+{_N}(?!\d)|"
    rf"\b(?:antal )?ja(?:-röster:?|:) ?{_N}\b(?: röster| st)?[\s,;.|]{{1,4}}(?:antal )?nej(?:-röster:?|:) ?{_N}\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    rf"\b{_N} (?:ledamöter |personer )?röst(?:ar|ade) (?:för )?ja\b[^.\d]{{0,40}}?\b{_N} (?:ledamöter |"
    rf"personer )?(?:röst(?:ar|ade) )?(?:för )?nej\b"
    rf"|\bröst(?:ar|ade) {_N} (?:ledamöter |personer )?(?:för )?ja\b[^.\d]{{0,40}}?\b{_N} (?:ledamöter |"
    rf"personer )?(?:för )?nej\b"
    rf"|\bja:? {_N}\b[\s,;.|]{{1,4}}nej:? {_N}\b|\bmed {_N} röster mot {_N}\b",
    re.IGNORECASE,
)
_TRIPLE = re.compile(r"(?<![\d–-])(\d{1,3})[–-](\d{1,3})(?:[–-](\d{1,3}))?(?![\d–-])")
_BEFORE_TRIPLE = re.compile(
    r"(?:(?<![Ff]olk)[Oo]mröst(?!\w* i (?:[Rr]iksdag|EU))|[Vv]otering|röstetal|siffrorna|[Rr]esultat(?=:))"
    r"\w*[^.\n]{0,60}$"
)
_ABSTAIN = re.compile(
    rf"\b{_N} (?:ledamot|ledamöter|röster|st)?\s?(?:som )?(?:avst[åo]\w*|nedlagda)|avst(?:år|od|"
    rf"ående)(?:[^.\d]{{0,20}})[(: ] ?(\d+)|(?:och|,) {_N} (?:som )?avst\w+|"
    rf"\bblank(?:a röster|a|t)?:? (\d+)|\b{_N} blank(?:a|t)?\b",
    re.IGNORECASE,
)
# How many voted or sit there in all: what the parts must add up to.
_WHOLE = re.compile(
    rf"\b(?:totalt|sammanlagt|summa|tillsammans)(?: avgavs| avges| röstade)?:? {_N}(?: avgivna)? "
    r"(?:röster|ledamöter)\b|"
    rf"\b(?:samtliga|av) {_N} (?:ledamöter|röstberättigade|närvarande)\b|"
    rf"\b{_N} (?:ledamöter och (?:tjänstgörande )?ersättare|ledamöter|röstberättigade) (?:är|var) närvarande\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"\b{_N} (?:ledamot|ledamöter)?\s?(?:är |var |som är |som var )?(?:frånvarande|(?:inte|ej) närvarande)(?!: ?\d)|"
    r"frånvarande: ?(\d+)",
    re.IGNORECASE,
)
_ROLL = re.compile(
    r"\b(?:r\w{1,3}star|röstade|röstat)(?: med)? (?P<v>[Jj]a|[Nn]ej)\b(?: \((?P<n>\d+)\))?|\b(?P<avst>avstår|"
    r"avstod)\b[^.(]{0,40}\((?P<an>\d+)\)"
)
# The verb before the names: "Följande röstar Ja: Eva Ek (S), ..."
_AHEAD = re.compile(
    r"\b(?:röstar|röstade|röstat)(?: med)? (?P<v>[Jj]a|[Nn]ej):|\b(?:avstår|avstod)(?: från att rösta)?:"
)
_YES = re.compile(
    r"\b(?:[Jj]a|JA)(?:-röst)?(?: innebär(?: att)?| för| betyder)\s+(.+?)(?=[.,;”\"]? (?:och )?(?:[Nn]ej|"
    r"NEJ)(?:-röst)?\b|"
    r"[.”\"](?: |$)|,?\n|$)"
)
_NO = re.compile(
    r"\b(?:[Nn]ej|NEJ)(?:-röst)?(?: innebär(?: att)?| för| betyder)\s+(.+?)(?=[.”\"](?: |$|[A-Z])|"
    r",?\n|$)"
)
_WHO_VOTES = re.compile(
    r"[Dd]en som (?:röstar (?:på|för)|(?:vill )?bifall\w+|"
    r"vill) (.{3,120}?),? röstar [Jj]a[,.;]? (?:och )?[Dd]en som (?:röstar (?:på|för)|"
    r"(?:vill )?bifall\w+|vill) (.{3,120}?),? röstar [Nn]ej"
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


@dataclass(frozen=True, slots=True)
class _Count:
    yes: int
    no: int
    abstain: int
    absent: int
    start: int
    end: int
    sure: float


def _counts(text: str) -> list[_Count]:
    found: list[_Count] = []
    marks = [m for form in (_TOTAL, _LABELLED, _SPOKEN, SUMMED) for m in form.finditer(text)]
    for m in sorted(marks, key=lambda m: m.start()):
        if any(m.start() < c.end for c in found):
            continue
        stop = min([x.start() for x in marks if x.start() > m.start()] + [m.end() + 150, len(text)])
        rest = text[m.end() : stop]
        abstain, absent = _ABSTAIN.search(rest), _ABSENT.search(rest)
        yes, no = [number(g) for g in m.groups() if g][:2]
        found.append(
            _Count(
                yes,
                no,
                number(next((g for g in abstain.groups() if g), None)) if abstain else 0,
                number(next((g for g in absent.groups() if g), None)) if absent else 0,
                m.start(),
                m.end() + max([x.end() for x in (abstain, absent) if x] or [0]),
                0.97,
            )
        )
    if not found:
        found += [
            _Count(int(m.group(1)), int(m.group(2)), int(m.group(3) or 0), 0, m.start(), m.end(), 0.8)
            for m in _TRIPLE.finditer(text)
            if _BEFORE_TRIPLE.search(text[: m.start()])
        ]
    return found


def _prose_roll(text: str, reading: Reading) -> tuple[list[Ballot], dict[str, int], int, int]:
    """Names that "röstar Ja (7)", the counts printed beside them, and where that stands."""
    ballots: list[Ballot] = []
    printed: dict[str, int] = {}
    first, last, start = -1, 0, 0
    people = persons(text, reading)
    if told := one_by_one(text, reading):
        ballots = [Ballot(who.name, who.party, vote) for who, vote in told]
        return ballots, printed, told[0][0].start, told[-1][0].after
    if ahead := list(_AHEAD.finditer(text)):
        for m, end in zip(ahead, [*(n.start() for n in ahead[1:]), len(text)], strict=True):
            vote = (m["v"] or "avstår").lower()
            ballots += [Ballot(p.name, p.party, vote) for p in people if m.end() <= p.start < end]
        return ballots, printed, ahead[0].start(), people[-1].after if people else ahead[-1].end()
    for m in _ROLL.finditer(text):
        vote = (m.group("v") or "avstår").lower()
        begin = _sentence_start(text, start, m.start())
        members = [p for p in people if begin <= p.start < m.start()]
        if not members and not m.group("n"):
            continue
        ballots += [Ballot(p.name, p.party, vote) for p in members]
        ballots += _unbracketed(text, begin, m, members, people, vote, reading)
        shown = m.group("n") or m.group("an")
        if shown:
            printed[vote] = int(shown)
        first = first if first >= 0 else (members[0].start if members else m.start())
        start = last = m.end()
    return ballots, printed, first, last


def _unbracketed(
    text: str,
    begin: int,
    m: re.Match[str],
    members: list[PersonHit],
    people: list[PersonHit],
    vote: str,
    reading: Reading,
) -> list[Ballot]:
    """Names without a bracket ("samt ordföranden Bo Ek röstar Ja (3)"), when they make the printed count full."""
    missing = int(m.group("n") or 0) - len(members)
    known = {p.name: p.party for p in people}
    loose = [
        b
        for b in bare(text[begin : m.start()], reading)
        if all(not p.start <= begin + b.start < p.after for p in members)
    ]
    return [Ballot(b.name, known.get(b.name), vote) for b in loose] if 0 < missing == len(loose) else []


def _sentence_start(text: str, start: int, end: int) -> int:
    """Where the sentence that ends at ``end`` begins; a stop after a bracket is a comma misread."""
    stops = [m.end() for m in re.finditer(r"(?<!\))\. (?=[A-ZÅÄÖ])", text[start:end])]
    return start + stops[-1] if stops else start


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
        counts = _counts(p.text)
        for n, c in enumerate(counts):
            means = _meanings(p.text[: c.start], means)
            at = (p.span(c.start, c.end),)
            vote = Vote(means[0], c.yes, c.no, c.abstain, c.absent, *means, None, (), c.sure, at)
            stop = counts[n + 1].start if n + 1 < len(counts) else len(p.text)
            made.append(_against_whole(vote, p.text[counts[n - 1].end if n else 0 : stop]))
        means = _meanings(p.text[counts[-1].end :], (None, None)) if counts else _meanings(p.text, means)
        if p.kind in _ROLLS:
            _add_roll(made, p, means, reading)
    rolls = tables(raw, span, reading)
    for listed in rolls:
        _add_listed(made, listed, (Span(listed.first, listed.last),), means, alone=len(rolls) == 1)
    return tuple(made)


def outvoted(found: Iterable[Passage], reading: Reading) -> bool:
    """Whether a count or a roll has more Nej than Ja, so that what the chair had found before did not stand."""
    for p in found:
        shown = _prose_roll(p.text, reading)[1]
        if shown.get("nej", 0) > shown.get("ja", 0) or any(c.no > c.yes for c in _counts(p.text)):
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
    ballots, printed, start, end = _prose_roll(p.text, reading)
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
