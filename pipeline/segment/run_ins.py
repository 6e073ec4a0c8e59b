"""Lead-ins and numbered items that stand in the middle of a printed line: text that somebody has reflowed."""

from __future__ import annotations

import re

# "Kommunfullmäktige föreslås att besluta: 1. ..." and "Förslag till beslut i kommunfullmäktige  Nämnden får ..."
_LEAD_IN = re.compile(
    r"(?:\b(?:föreslår|föreslås|yrkar|hemställer|besluta|beslutar|förslag\s+till\s+beslut)\b[^.:;?!()]{0,70}:"
    r"|\bförslag\s+till\s+beslut(?:\s+i\s+\w+fullmäktige)?\s(?=\s))"
    r"\s*(?=(?P<first>1[.)]\s+)?[A-ZÅÄÖ][\w-]+\s)",
    re.IGNORECASE,
)
# What is decided, behind its heading in the same line: "Beslut: Motionen avslås."
_DECIDED = re.compile(
    r"\s*(?:[A-ZÅÄÖ][\w-]*s )?[Bb]eslut:\s+(?=(?:Motionen|Medborgarförslaget|Interpellationen|Initiativet|Frågan|"
    r"Ärendet|Förslaget|Avslå|Bifall\w*|Avslag|Att|[A-ZÅÄÖ][\w-]*(?:fullmäktige|styrelsen|nämnden|utskottet)) [a-zåäö])"
)
# Headings in the margin, with their text beside them: "Beslut            Motionen avslås."
_MARGIN = re.compile(
    r"(Beslut|Reservation(?:er)?|Yrkanden?|Beslutsgång|Sammanfattning|Ärendebeskrivning|Bakgrund)[ \t]{4,}"
    r"(?=(?:\d[.)] )?(?:[A-ZÅÄÖ]|att )(?:(?![ ]{3,}|\t).){14,}$)(?=\S.* [a-zåäö]{4})"
)
# The same, broken by the end of the line.
_BROKEN = re.compile(r"(?:^|(?<=[.!?])\s+)Förslag(?:\s+till(?:\s+beslut(?:\s+i)?)?)?$")
_REST = re.compile(
    r"(?:(?:till\s+)?beslut\s+)?(?:i\s+)?\w+fullmäktige(?::\s*|\s\s+)(?=(?P<first>1[.)]\s+)?[A-ZÅÄÖ][\w-]+\s)"
)
# The lead-in's own sentence, where the line begins with the end of another.
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])")
_REACH = 14  # lines after an item within which the next number is looked for


class RunIns:
    """Cuts one line after the other; remembers which number comes next."""

    def __init__(self) -> None:
        self._next = 0
        self._left = 0
        self._broken = False

    def parts(self, line: str) -> list[tuple[int, int]]:
        """The ranges of a line that count as lines of their own, in order; mostly the whole line.

        >>> cut, line = RunIns(), "Nämnden föreslår fullmäktige besluta: 1. En plan tas fram. 2. Planen följs upp."
        >>> [line[a:b] for a, b in cut.parts(line)]
        ['Nämnden föreslår fullmäktige besluta:', '1. En plan tas fram.', '2. Planen följs upp.']
        """
        cuts = [0]
        if margin := _MARGIN.match(line):
            return [(0, len(margin[1])), (margin.end(), len(line.rstrip()))]
        if decided := _DECIDED.match(line):
            return [(0, len(decided[0].rstrip())), (decided.end(), len(line.rstrip()))]
        found = _LEAD_IN.search(line) if ":" in line or "slag" in line.casefold() else None
        rest = _REST.match(line) if self._broken else None
        broken = _BROKEN.search(line)
        self._broken = broken is not None
        if rest:
            cuts.append(rest.end())
            self._next, self._left = (2, _REACH) if rest["first"] else (0, 0)
        elif broken and broken.start():
            cuts.append(broken.start() + len(broken.group()) - len(broken.group().lstrip()))
        elif found:
            sentence = [0, *(m.end() for m in _SENTENCE.finditer(line, 0, found.start()))][-1]
            # A lead-in that began on an earlier line is told in passing ("... yrkar att fullmäktige besluta: ...").
            if line[sentence].isupper() and line[found.end()].isupper() | line[found.end()].isdigit():
                cuts += [sentence, found.end()] if sentence else [found.end()]
                self._next, self._left = (2, _REACH) if found["first"] else (0, 0)
        elif self._next and re.match(rf"{self._next}[.)]\s", line):
            self._next, self._left = self._next + 1, _REACH
        while self._next and self._left:
            after = re.compile(rf"(?<=[.;,:])\s+(?={self._next}[.)]\s+[A-ZÅÄÖ]|{self._next}[.)]$)").search(
                line, cuts[-1]
            )
            if not after:
                self._left -= 1
                break
            cuts.append(after.end())
            self._next, self._left = self._next + 1, _REACH
        ends = [*cuts[1:], len(line)]
        return [(a, a + len(line[a:b].rstrip())) for a, b in zip(cuts, ends, strict=True) if line[a:b].strip()]
