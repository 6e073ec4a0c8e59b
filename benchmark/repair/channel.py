"""What an engine makes of letters, learnt from pages whose print is known."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pipeline
from pipeline.repair import model, skeleton

from . import align

LEAST = 2
OFTEN = 25  # words printed as often as this have confusions of their own
_EDGES = ".,:;!?()[]\"'-"
_TABLE = Path(pipeline.__file__).resolve().parent / "tables" / "ocr_confusions.tsv"
Steps = list[tuple[str, str]]


@dataclass
class Counts:
    """How often printed letters were read as what, and how often their case was."""

    seen: Counter[str] = field(default_factory=Counter)
    read: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    case: Counter[tuple[str, bool, bool, bool]] = field(default_factory=Counter)
    whole: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    words: int = 0


def steps(read: str, printed: str) -> Steps:
    """The cheapest letter alignment as (printed, read) steps; either may be empty.

    >>> steps("nar", "när")
    [('n', 'n'), ('ä', 'a'), ('r', 'r')]
    """
    n, m = len(printed), len(read)
    fold_p, fold_r = [skeleton.skeleton(c) for c in printed], [skeleton.skeleton(c) for c in read]
    cost = [[0.75 * (i + j) for j in range(m + 1)] for i in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            pair = 0.0 if printed[i - 1] == read[j - 1] else 0.3 if fold_p[i - 1] == fold_r[j - 1] else 1.0
            if pair == 1.0 and printed[i - 1] in "åäöéü":
                pair = 0.7
            cost[i][j] = min(cost[i - 1][j - 1] + pair, cost[i - 1][j] + 0.75, cost[i][j - 1] + 0.75)
    path: Steps = []
    i, j = n, m
    while i or j:
        if i and cost[i][j] == cost[i - 1][j] + 0.75:
            i -= 1
            path.append((printed[i], ""))
        elif j and cost[i][j] == cost[i][j - 1] + 0.75:
            j -= 1
            path.append(("", read[j]))
        else:
            i, j = i - 1, j - 1
            path.append((printed[i], read[j]))
    return path[::-1]


def grouped(path: Steps) -> Steps:
    """Neighbouring changes taken together, and additions with the letter they stand beside.

    >>> grouped([("n", "n"), ("", "i"), ("ä", "a"), ("r", "r")])
    [('n', 'n'), ('ä', 'ia'), ('r', 'r')]
    """
    out: Steps = []
    changed = False
    for a, b in path:
        if a == b:
            out.append((a, b))
            changed = False
        elif changed and len(out[-1][0] + a) <= 2 and len(out[-1][1] + b) <= 3:
            out[-1] = (out[-1][0] + a, out[-1][1] + b)
        else:
            out.append((a, b))
            changed = True
    whole: Steps = []
    for a, b in out:
        if not a and whole and len(whole[-1][0]) == 1:
            whole[-1] = (whole[-1][0], whole[-1][1] + b)
        elif whole and not whole[-1][0]:
            whole[-1] = (a, whole[-1][1] + b)
        else:
            whole.append((a, b))
    return whole


def learn(pages: Iterable[tuple[str, str]]) -> Counts:
    """Count over (read, printed) texts."""
    counts = Counts()
    for read, printed in pages:
        left, right = align.fold(read).split(), align.fold(printed).split()
        for a, b in align.blocks(left, right):
            if len(a) == len(b) == 1:
                _word(counts, left[a[0]], right[b[0]])
    return counts


def _word(counts: Counts, read: str, printed: str) -> None:
    lower_read, lower_printed = read.lower(), printed.lower()
    if len(lower_read) != len(read) or len(lower_printed) != len(printed):
        return
    path = [(c, c) for c in lower_printed] if lower_read == lower_printed else steps(lower_read, lower_printed)
    if sum(a != b for a, b in path) > max(2, 0.6 * len(printed)):
        return
    counts.words += 1
    counts.seen.update(lower_printed)
    counts.seen.update(lower_printed[i : i + 2] for i in range(len(lower_printed) - 1))
    for a, b in grouped(path):
        counts.read[a][b] += 1
    if len(read) == len(printed):
        for i, c in enumerate(printed):
            if c.isalpha() and read[i].isalpha():
                counts.case[lower_printed[i], i == 0, c.isupper(), read[i].isupper()] += 1
    inner_read, inner_printed = lower_read.strip(_EDGES), lower_printed.strip(_EDGES)
    if inner_printed.isalpha() and inner_read and len(inner_printed) < 12:
        counts.whole[inner_printed][inner_read] += 1


_SHORT = ("är", "år", "på", "så", "få")  # words of two letters in the table, not pairs of letters
WORD_WEIGHT = 300
PRIOR_WEIGHT = 1500  # the table of known confusions counts like so many printed letters each


def known_confusions() -> dict[tuple[str, str], float]:
    """The reviewed table: (printed, read as) to how many per letter printed."""
    rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#"))
    return {(printed, read.lower()): float(rate) / 10_000 for printed, read, rate in rows}


def _cost(p: float) -> int:
    return max(0, round(-math.log(p) * model.UNIT))


def table(counts: Counts, prior: dict[tuple[str, str], float]) -> dict[str, object]:
    """Costs of the channel: letters read as others, and letters that changed case."""

    letters: dict[str, dict[str, int]] = {}
    for printed in sorted({*counts.read, *(p for p, _ in prior)}):
        if len(printed) > 2 or printed in _SHORT or not printed or not any(c.isalpha() for c in printed):
            continue
        seen, ways = counts.seen[printed], counts.read.get(printed, Counter())
        kept: dict[str, int] = {}
        for read in sorted({*ways, *(r for p, r in prior if p == printed)}):
            known = prior.get((printed, read), 0.0) * PRIOR_WEIGHT
            if "/" not in read and (ways[read] >= LEAST or known):
                kept[read] = _cost((max(0.0, ways[read] - 0.4) + known) / (seen + PRIOR_WEIGHT * bool(known) + 2))
        if kept:
            letters[printed] = kept
    odd = sum(n for a, ways in counts.read.items() for b, n in ways.items() if a != b and n < LEAST)
    letters_seen = sum(n for a, n in counts.seen.items() if len(a) == 1)
    case: dict[str, list[int]] = {}
    for c in sorted({k[0] for k in counts.case}):
        row = []
        for first, upper in ((False, False), (False, True), (True, False), (True, True)):
            same, other = counts.case[c, first, upper, upper], counts.case[c, first, upper, not upper]
            row.append(_cost((other + 0.02) / (same + other + 20)))
        case[c] = row
    words = _words(counts, prior)
    return {"letters": letters, "case": case, "words": words, "other": _cost(max(odd, 1) / letters_seen / 12)}


def _words(counts: Counts, prior: dict[tuple[str, str], float]) -> dict[str, dict[str, int]]:
    """Costs of whole words: those that the pages print often, and those of the table."""
    words: dict[str, dict[str, int]] = {}
    for printed in sorted({*counts.whole, *_SHORT, *(p for p, _ in prior if len(p) > 2)}):
        readings = counts.whole.get(printed, Counter())
        listed = len(printed) > 2 or printed in _SHORT
        known = {r: rate for (p, r), rate in prior.items() if p == printed} if listed else {}
        seen = sum(readings.values())
        if seen < OFTEN and not known:
            continue
        rates = {r: n / (seen + 3) for r, n in readings.items() if n >= LEAST and r != printed}
        for read, rate in known.items():
            rates[read] = (readings[read] + rate * WORD_WEIGHT) / (seen + WORD_WEIGHT)
        words[printed] = {read: _cost(rate) for read, rate in sorted(rates.items())}
    return {printed: readings for printed, readings in words.items() if readings}


def pairs(folders: Iterable[Path], language: str, *, held: bool | None = None) -> list[tuple[str, str]]:
    """The (read, printed) texts of folders that the scan factory filled.

    One page in five is held back for calibration: ``held`` asks for those, for the others, or for all.
    """
    found = []
    for folder in sorted(folders):
        for path in sorted(folder.glob("*.printed.txt")):
            read = path.with_name(path.name.replace(".printed.", f".{language}."))
            if read.exists() and held in (None, zlib.crc32(path.name.encode()) % 5 == 3):
                found.append((read.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")))
    return found
