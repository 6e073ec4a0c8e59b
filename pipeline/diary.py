"""How a matter's number in the diary is printed: with or without its cue, its body's letters, its class code."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d"
_BODY = r"(?!(?:Nr|Den|Dnr|Sid|Ca|Kl|Kap|SFS|SOU|NJA|EU|Prop)\b)(?:[A-ZÅÄÖ]{2,6}|[A-ZÅÄÖ][a-zåäö]{1,2})"
# A number that says by itself what it is, for the letters of the body in it.
CODED = re.compile(
    rf"(?<![\w/.:-])(?:{_BODY}[ ./:-]?{_YEAR}[./:-]\d{{1,6}}(?:[-.:]\d{{1,5}})*|"
    rf"{_BODY}[ /-]?\d{{1,6}}/(?:{_YEAR}|\d\d)|{_YEAR}-{_BODY}\d{{1,5}}(?: \d{{3}})?|"
    rf"{_YEAR}[/.:]\d{{1,6}} [A-ZÅÄÖ]{{2,5}}|"
    rf"[A-ZÅÄÖ]\d{{2,3}}-\d{{3,5}}/\d\d|[a-zåäö]{{2,4}}/{_YEAR}:\d{{1,6}}|"
    rf"[A-ZÅÄÖ]{{2,4}}/\d{{6}}|"
    rf"\d\d/?[A-ZÅÄÖ]{{2,5}} ?\d{{2,6}}|[A-ZÅÄÖ]{{2,4}}\d\d/\d{{3,6}}|"
    rf"[A-ZÅÄÖ]{{2,5}} \d\d-\d{{3}}-\d{{3}})(?![\w/]|[.:-]\d)"
)
CUE = r"(?:[Dd]nr|[Dd]iarie(?:nummer|nr|beteckning|kod)|[ÄäAa]rende(?:nummer|nr)|[Bb]eteckning)"
# Behind its cue any row of digits is one, parted as the house parts them.
# A year or two digits, letters and a running number in any order of a house's own: "2023-O000112", "2013/208-315 KS".
_HOUSE = (
    rf"{_YEAR}-[A-ZÅÄÖ]{{1,3}}\d{{3,7}}(?![\w/-])|{_YEAR}/\d{{1,5}}-\d{{2,4}}(?: [A-ZÅÄÖ]{{2,4}}(?=\s|$))?(?![\w/-])"
)
CUED = re.compile(
    rf"\b{CUE}\b[ .:]*(?P<number>{CODED.pattern}|{_HOUSE}|(?:{_BODY}[ ./:-]?)?\d[\d./:-]{{2,}}\d(?![\w/-]))"
)
_CLASS = r"(?:\s+\d{1,3}(?:\.\d{1,3}){0,4}|\s+\d-\d)?"
_ONLY = re.compile(
    rf"[\s:,(–-]*(?:{CUED.pattern}|{CODED.pattern.replace('(?<![', '(?<![§')}|"
    rf"{_YEAR}[/.-]\d{{1,6}}|\d{{5}}[/-]{_YEAR}){_CLASS}\s*(?:\)\s*)?"
)
_LAST = re.compile(
    rf"(?<!\s)(?:\s*\(\s*(?:{CUED.pattern}|{CODED.pattern.replace('(?<![', '(?<![§')})\s*\)|"
    rf"\s+{CODED.pattern}|\s+{CUED.pattern.replace('(?P<number>', '(?:')}|\s{{3,}}{_YEAR}/\d{{1,6}}){_CLASS}\s*$"
)


def is_number(text: str) -> bool:
    """Whether a line holds a matter's number and nothing else (its class code aside).

    >>> is_number("Dnr KS 2021-00412 1.1.1.1"), is_number("(BUN 07-044-008)"), is_number("KS0211/15")
    (True, True, True)
    >>> is_number("Motion 2018/47"), is_number("2019-04-15")
    (False, False)
    """
    return _ONLY.fullmatch(text) is not None and re.fullmatch(rf"\s*{_YEAR}-\d\d-\d\d\s*", text) is None


def without_number(title: str) -> str:
    """A title without the number that stands at its end.

    >>> without_number("Svar på motion om bänkar (KS/2023:188)"), without_number("Bänkar i parken    KS 2022/177 312")
    ('Svar på motion om bänkar', 'Bänkar i parken')
    >>> without_number("Budget 2022")
    'Budget 2022'
    """
    return _LAST.sub("", title)


# The number of the paper that is answered stands in another's diary.
_THEIRS = re.compile(r"\b[Ee](?:r|rt|ra) (?:beteckning|referens|dnr|diarienr|diarienummer)[ .:]{0,4}$")


def numbers(line: str) -> list[tuple[int, int]]:
    """Where the numbers of a head line stand: behind a cue, or with a body's letters at either end of the line.

    >>> [line[a:b] for line in ("§ 9 Bänkar (KS/2023:188)", "Dnr 95.402.141") for a, b in numbers(line)]
    ['KS/2023:188', '95.402.141']
    >>> [line[a:b] for line in ("RF § 9 Bänkar   RN18/00412", "Ärendenr 2021-O000340") for a, b in numbers(line)]
    ['RN18/00412', '2021-O000340']
    """
    found = [m.span("number") for m in CUED.finditer(line) if not _THEIRS.search(line, 0, m.start("number"))]
    for m in CODED.finditer(line):
        if _THEIRS.search(line, 0, m.start()):
            continue
        inside = any(a < m.end() and m.start() < b for a, b in found)
        edge = not line[m.end() :].strip(" )0123456789.") or not line[: m.start()].strip(" (")
        if edge and not inside:
            found.append(m.span())
    return found
