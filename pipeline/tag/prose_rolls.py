"""Rolls in prose: "Eva Ek (S), Bo Ek (M) röstar Ja (2)", or the verb before the names."""

from __future__ import annotations

import re

from ..document import Ballot
from .names import PersonHit, Reading, bare
from .party_persons import persons
from .rolls import one_by_one

_ROLL = re.compile(
    r"\b(?:r\w{1,3}star|röstade|röstat)(?: med)? (?P<v>[Jj]a|[Nn]ej)\b(?: \((?P<n>\d+)\))?|\b(?P<avst>avstår|"
    r"avstod)\b[^.(]{0,40}\((?P<an>\d+)\)"
)
# What a vote will mean, told before anybody votes: "Den som röstar på Eva Eks (S) förslag röstar nej."
_WHOEVER = re.compile(r"\b[Dd](?:en|e|em|et) (?:ledamot |ledamöter )?som\b")
# The verb before the names: "Följande röstar Ja: Eva Ek (S), ..."
_AHEAD = re.compile(
    r"\b(?:röstar|röstade|röstat)(?: med| följande)? (?P<v>[Jj]a|[Nn]ej):|\b(?:avstår|avstod)(?: från att rösta)?:|"
    r"\b(?P<given>[Jj]a|[Nn]ej)-?röst(?:er)? (?:avges|avgavs|avger|avgav)(?: av)?\b"
)


def prose_roll(text: str, reading: Reading) -> tuple[list[Ballot], dict[str, int], int, int]:
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
            vote = (m["v"] or m["given"] or "avstår").lower()
            if m["given"] and (stop := re.compile(r"\. (?=[A-ZÅÄÖ])").search(text, m.end(), end)):
                ballots += _abstaining(text, stop.end(), end, people)
                end = stop.start()
            ballots += [Ballot(p.name, p.party, vote) for p in people if m.end() <= p.start < end]
        return ballots, printed, ahead[0].start(), people[-1].after if people else ahead[-1].end()
    for m in _ROLL.finditer(text):
        vote = (m.group("v") or "avstår").lower()
        begin = _sentence_start(text, start, m.start())
        if _WHOEVER.search(text, begin, m.start()):
            continue
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


def _abstaining(text: str, start: int, end: int, people: list[PersonHit]) -> list[Ballot]:
    """Those of whom a sentence behind the roll says that they abstain: "Mia Ek (V) avstår"."""
    verb = re.compile(r"\b(?:avstår|avstod)\b").search(text, start, end)
    return [Ballot(p.name, p.party, "avstår") for p in people if verb and start <= p.start < verb.start()]


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
