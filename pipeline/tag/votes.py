"""Voteringar: totals in prose, rolls in prose and tables, what Ja and Nej meant, and whether they agree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..document import Ballot, Span, Vote
from .names import PersonHit, Reading, bare, persons
from .passages import Passage

_WORDS = {
    w: n for n, w in enumerate("noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton".split())
}
_N = r"(\d{1,3}|" + "|".join(_WORDS) + r")"
_TOTAL = re.compile(
    rf"\b{_N} ja(?:[- –]{{0,2}}röst(?:er)?)?(?: för [^.\d]{{3,90}}?)?(?:,| och| mot|;)*(?: och|"
    rf" mot)? ?{_N} nej(?:[- –]{{0,2}}röst(?:er)?)?\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"\b(?:antal )?ja(?:-röster)?: ?{_N}\b[\s,;.|]{{1,4}}(?:antal )?nej(?:-röster)?: ?{_N}\b", re.IGNORECASE
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
_BEFORE_TRIPLE = re.compile(r"(?:[Oo]mröst|[Vv]otering|röstetal|siffrorna)\w*[^.\n]{0,60}$")
_ABSTAIN = re.compile(
    rf"\b{_N} (?:ledamot|ledamöter|röster|st)?\s?(?:som )?(?:avst[åo]\w*|nedlagda)|avst(?:år|od|"
    rf"ående)(?:[^.\d]{{0,20}})[(: ] ?(\d+)|(?:och|,) {_N} (?:som )?avst\w+",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    rf"\b{_N} (?:ledamot|ledamöter)?\s?(?:är |var |som är )?frånvarande|frånvarande: ?(\d+)", re.IGNORECASE
)
_ROLL = re.compile(
    r"\b(?:r\w{1,3}star|röstade|röstat)(?: med)? (?P<v>[Jj]a|[Nn]ej)\b(?: \((?P<n>\d+)\))?|\b(?P<avst>avstår|"
    r"avstod)\b[^.(]{0,40}\((?P<an>\d+)\)"
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
_ROW = re.compile(r"^\|(.+)\|$")
_DIGITAL = re.compile(
    r"^\s*(?:\d+\.? )?(.{3,60}?\([^)]{1,6}\))[ \t|]+(Ja|Nej|Avstår|Avst\.?|Frånv(?:arande|\.)?)\s*$", re.IGNORECASE
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


def number(word: str | None) -> int:
    """A printed number, in digits or words."""
    if not word:
        return 0
    return int(word) if word.isdigit() else _WORDS.get(word.lower(), 0)


def _counts(text: str) -> list[_Count]:
    found: list[_Count] = []
    marks = [*_TOTAL.finditer(text), *_LABELLED.finditer(text), *_SPOKEN.finditer(text)]
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


def _table(raw: str, span: Span, reading: Reading) -> tuple[list[Ballot], Span | None]:
    """A roll in a table with an X under Ja, Nej or Avstår, or one name and vote a line."""
    header: list[str] = []
    ballots: list[Ballot] = []
    first, last, at = -1, 0, span.start
    for line in raw[span.start : span.end].split("\n"):
        row = _ROW.match(line.strip())
        digital = _DIGITAL.match(line)
        if row:
            cells = [" ".join(c.replace("<br>", " ").split()) for c in row.group(1).split("|")]
            low = [c.lower() for c in cells]
            if any(c.startswith("ja") for c in low) and any(c.startswith("nej") for c in low):
                header = low
            elif header and len(cells) <= len(header):
                vote = next(
                    (
                        _vote(h)
                        for h, c in zip(header, cells, strict=False)
                        if c.upper() in ("X", "1", "V") and _vote(h)
                    ),
                    None,
                )
                who = persons(cells[0] or cells[1 % len(cells)], reading)
                if vote and who:
                    ballots.append(Ballot(who[0].name, who[0].party, vote))
                    first, last = (first if first >= 0 else at), at + len(line)
        elif digital:
            who = persons(digital.group(1), reading)
            if who:
                ballots.append(Ballot(who[0].name, who[0].party, _vote(digital.group(2).lower()) or "ja"))
                first, last = (first if first >= 0 else at), at + len(line)
        at += len(line) + 1
    return ballots, Span(first, last) if ballots else None


def _vote(word: str) -> str | None:
    for start, vote in (("ja", "ja"), ("nej", "nej"), ("avst", "avstår"), ("frånv", "frånvarande")):
        if word.startswith(start):
            return vote
    return None


def votes(found: Iterable[Passage], raw: str, span: Span, reading: Reading) -> tuple[Vote, ...]:
    """The voteringar of one matter, with their rolls; no vote without one in the text."""
    made: list[Vote] = []
    means: _Means = (None, None)
    for p in found:
        told = p.kind == "summary" and re.search(r"\b(?:[Vv]otering(?:en)?|[Oo]mröstning(?:en)?)\b", p.text)
        if p.kind in _PROSE and not told:
            continue
        counts = _counts(p.text)
        for c in counts:
            means = _meanings(p.text[: c.start], means)
            at = (p.span(c.start, c.end),)
            made.append(Vote(means[0], c.yes, c.no, c.abstain, c.absent, *means, None, (), c.sure, at))
        means = _meanings(p.text[counts[-1].end :], (None, None)) if counts else _meanings(p.text, means)
        if p.kind in _ROLLS:
            _add_roll(made, p, means, reading)
    ballots, table_at = _table(raw, span, reading)
    if ballots and table_at:
        _add_table(made, ballots, table_at, means)
    return tuple(made)


_Means = tuple[str | None, str | None]
_ROLLS = ("votes", "procedure", "floor", "other", "heading")


def _add_roll(made: list[Vote], p: Passage, means: _Means, reading: Reading) -> None:
    """A roll in prose is a vote of its own; one broken over a page is put together again."""
    ballots, printed, start, end = _prose_roll(p.text, reading)
    if not printed and not ballots:
        return
    at: tuple[Span, ...] = (p.span(max(0, start), end),)
    if made and made[-1].roll and not {b.vote for b in made[-1].roll} & {b.vote for b in ballots}:
        last = made.pop()
        ballots = [*last.roll, *ballots]
        kept = {"ja": last.yes, "nej": last.no, "avstår": last.abstain}
        printed = {**{v: n for v, n in kept.items() if n}, **printed}
        at = (*last.at, *at)
    made.append(_rolled(ballots, printed, means, at))


def _add_table(made: list[Vote], ballots: list[Ballot], at: Span, means: _Means) -> None:
    """A table of names checks the vote that was told in prose, or is the vote."""
    counted = Counter(b.vote for b in ballots)
    if made and not made[-1].roll:
        last = made[-1]
        same = (counted["ja"], counted["nej"], counted["avstår"]) == (last.yes, last.no, last.abstain)
        made[-1] = replace(last, verified=same, roll=tuple(ballots), at=(*last.at, at))
    elif not made:
        made.append(_rolled(ballots, {}, means, (at,)))


def _meanings(text: str, means: _Means) -> _Means:
    """What Ja and Nej stand for, from the last announcement in the text; else as before."""
    ja, nej = list(_YES.finditer(text)), list(_NO.finditer(text))
    if not ja and (who := _WHO_VOTES.search(text)):
        return (who.group(1), who.group(2))
    return (_clean(ja[-1].group(1)) if ja else means[0], _clean(nej[-1].group(1)) if nej else means[1])


def _clean(text: str) -> str:
    return text.strip(' .,:;”"“')


def _rolled(ballots: list[Ballot], printed: dict[str, int], means: _Means, at: tuple[Span, ...]) -> Vote:
    """A vote known from its roll: printed totals count, names check them."""
    counted = Counter(b.vote for b in ballots)
    yes, no, abstain, absent = (printed.get(v, counted[v]) for v in ("ja", "nej", "avstår", "frånvarande"))
    verified = all(counted[v] == n for v, n in printed.items()) if ballots else None
    return Vote(means[0], yes, no, abstain, absent, *means, verified, tuple(ballots), 0.95 if verified else 0.8, at)
