"""The structure of lines, as edits on the raw text: words broken at a line's end, words run together.

Both take ``known(word)``: how often a word in lower case was counted in a large corpus (0.0 when never). The number of
lines stays as it is: the rest of a broken word moves up to the line where the word began.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from ..document import Edit, Span

Known = Callable[[str], float]

_HYPHEN = re.compile(r"[-‐\u00ad¬](?=[ \t]*\r?\n)")
_BROKEN = re.compile(
    r"(?P<left>[^\W_][\w/:.-]*)(?P<hyphen>[-‐\u00ad¬])"
    r"(?P<gap>[ \t]*\r?\n[ \t]*(?:\r?\n[ \t]*(?=[a-zåäöé&46]))?)(?P<rest>[^\W_]\S*)(?P<space>[ \t]*)"
)
_LAST = re.compile(r"(?P<left>[^\W\d_]{2,})(?P<hyphen>[-‐\u00ad¬])[ \t]*\r?\n")
_LEFT = re.compile(r"[^\W_][\w/:.-]*\Z")
_ADDRESS = re.compile(r"www\.|https?:|\.(?:se|pdf|html?)\b|@")
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOKAHEAD = 8  # lines of page furniture between the halves of a word
_SURE = 3.0  # counts: a word seen as often as this is a word


@cache
def words(role: str) -> frozenset[str]:
    """The words of one role in ``tables/joints.tsv``."""
    table = Path(__file__).resolve().parent.parent / "tables" / "joints.tsv"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#"))
    return frozenset(word for name, words in rows if name == role for word in words.split())


def hyphen_edits(text: str, known: Known) -> list[Edit]:
    """Join words broken at a line's end; hyphens that belong to the word stay.

    >>> vocabulary = {"socialtjänst": 900.0}
    >>> [(e.span, e.text) for e in hyphen_edits("en social-\\ntjänst som", lambda w: vocabulary.get(w, 0.0))]
    [(Span(start=9, end=18), 'tjänst\\n')]
    """
    edits: list[Edit] = []
    for hyphen in _HYPHEN.finditer(text):
        before = text[text.rfind("\n", 0, hyphen.start()) + 1 : hyphen.start()]
        left = _LEFT.search(before)
        if not left or (edits and hyphen.start() < edits[-1].span.end):
            continue
        at = hyphen.start() - len(left[0])
        near = _BROKEN.match(text, at)
        edit = _join(near, known) if near and near.start("hyphen") == hyphen.start() else None
        if edit:
            edits.append(edit)
        elif far := _LAST.match(text, at):
            edits += _join_far(text, far, known)
    return _apart(edits)


def _join(match: re.Match[str], known: Known) -> Edit | None:
    """One word broken at a line's end, or None where the hyphen says something else."""
    left, rest = match["left"], match["rest"]
    core = _LETTERS.match(rest)
    whole = known((left + rest).lower())
    if rest.rstrip(".,:;").lower() in words("joining") and not (whole >= _SURE and whole > known(left.lower())):
        return None
    choice = _choose(left, core[0] if core else "", rest, known, soft=match["hyphen"] in "\u00ad¬")
    if choice is None:
        return None
    hyphen, confidence = choice
    span = Span(match.start("hyphen"), match.end("space"))
    indent = match["gap"].rpartition("\n")[2]
    moved = ("-" if hyphen else "") + rest + match["gap"].removesuffix(indent).lstrip(" \t") + indent
    return Edit(span, moved, "lines.keep-hyphen" if hyphen else "lines.hyphen", confidence)


def _choose(left: str, core: str, rest: str, known: Known, soft: bool) -> tuple[bool, float] | None:
    """Whether the joined word keeps its hyphen, and how sure that is; None leaves the lines alone."""
    last = re.split(r"[/:.-]", left)[-1]
    if not last:  # two hyphens, or a stop before one
        return None
    if not core:
        numbered = re.fullmatch(r"(?:[A-ZÅÄÖ]{2,}\w*[-/ ])?\d{4}|[A-ZÅÄÖ]{2,5}|[A-ZÅÄÖ]{2,}-\d{4}", left)
        return (True, 0.9) if numbered and re.match(r"\d{2,}", rest) else None
    if left[-1].isdigit() or re.search(r"\d", left):
        return (True, 0.97) if core[0].islower() and len(core) > 1 else None
    joined, apart = known((last + core).lower()), known(f"{last}-{core}".lower())
    if core[0].isupper():
        if last.isupper() and core.isupper() and len(last) > 1:
            if joined >= _SURE:
                return False, 0.95
            return (True, 0.8) if len(last) <= 4 and len(core) <= 4 else None
        return (True, 0.95) if last[0].isupper() and last[1:].islower() and core[1:].islower() else None
    if soft:
        return False, 0.99
    if (len(last) > 1 and last.isupper()) or len(last) == 1:
        return True, 0.97  # EU-länder, e-tjänst
    if apart > max(joined, 1.0):
        return True, 0.95
    if joined >= _SURE:
        return False, 0.99
    if "/" in left or left.count("-") > 1 or _ADDRESS.search(left + rest):
        return True, 0.9
    if _suspended(last, core, known):
        return None
    return False, 0.93 if joined or known(core.lower()) >= _SURE else 0.88


def _suspended(left: str, core: str, known: Known) -> bool:
    """A dash without its space between two whole words ("vård-" / "men"): nothing to join."""
    return core.lower() in words("little") and known(left.lower()) >= 100


def _join_far(text: str, match: re.Match[str], known: Known) -> Iterator[Edit]:
    """A word whose other half comes after the page's furniture: only if the whole is a known word."""
    left = match["left"]
    offset = match.end()
    for line in text[offset : offset + 1500].split("\n")[:_LOOKAHEAD]:
        bare = line.lstrip(" \t\f\r")
        rest = re.match(r"([a-zåäöé]+)([.,:;!?)]*)(\s*)", bare)
        if rest and known((left + rest[1]).lower()) >= _SURE and rest[1] not in words("joining"):
            start = offset + len(line) - len(bare)
            yield Edit(Span(match.start("hyphen"), match.end("hyphen")), rest[1] + rest[2], "lines.hyphen-far", 0.95)
            yield Edit(Span(start, start + rest.end()), "", "lines.hyphen-far", 0.95)
        if rest:  # the text goes on here, with another word
            return
        offset += len(line) + 1


_COMMON = 300.0  # counts: the other half must be a common word
_VERY_COMMON = 3000.0
_WORD = re.compile(r"(?<![\w@/.:-])[A-ZÅÄÖ]?[a-zåäöé]{3,}(?![\w@/-])")
_CAMEL_QUICK = re.compile(r"[A-ZÅÄÖ](?<=[a-zåäö]{2}.)[a-zåäö]{2}")
_CAMEL = re.compile(r"(?<![\w@/.])([a-zåäö]{2,})([A-ZÅÄÖ][a-zåäö]{2,})(?![\w@/])")


def split_edits(text: str, known: Known, seams: dict[str, int] | None = None) -> list[Edit]:
    """Split words run together, where the whole is no word and one half is a word that no compound holds.

    ``seams`` remembers where words fall into two, from one text to the next.

    >>> counts = {"att": 1e5, "utvärdera": 700.0, "utvärdering": 500.0}
    >>> [(e.span, e.text) for e in split_edits("Attutvärdera", lambda w: counts.get(w, 0.0))]
    [(Span(start=3, end=3), ' ')]
    """
    edits = []
    seams = {} if seams is None else seams
    run_together = set()
    for word in set(_WORD.findall(text)):  # each once, and hardly ever one to look for again
        at = seams.get(word)
        if at is None:
            at = seams[word] = _seam(word.lower(), known)
        if at:
            run_together.add(word)
    for match in _WORD.finditer(text) if run_together else ():
        if match[0] in run_together:
            at = seams[match[0]]
            edits.append(Edit(Span(match.start() + at, match.start() + at), " ", "lines.split", 0.93))
    for match in _CAMEL.finditer(text) if _CAMEL_QUICK.search(text) else ():
        left, right = match[1], match[2].lower()
        if left in words("function") and known(right) >= _SURE and known(left + right) < _SURE:
            at = match.end(1)
            edits.append(Edit(Span(at, at), " ", "lines.split", 0.93))
    return _apart(edits)


def _seam(word: str, known: Known) -> int:
    """Where the word falls into two, 0 when it does not."""
    if known(word) > 0:
        return 0
    opening, closing = _openers(), _closers()
    best, seam = 0.0, 0
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if left in opening or right in closing:
            fit = _fit(left, right, known)
            if fit >= best:  # of two seams that fit as well, the later one
                best, seam = fit, at
    return seam if best > 0 else 0


@cache
def _openers() -> frozenset[str]:
    """What the first half of two words run together may be, where the second is not what tells."""
    return words("function") | words("first") | {"i"}


@cache
def _closers() -> frozenset[str]:
    """The same for the second half."""
    return words("second") | words("particle")


def _fit(left: str, right: str, known: Known) -> float:
    """How well two halves stand by themselves, 0.0 when they may well be one word."""
    if left in words("function") and right in words("function"):
        return min(known(left), known(right)) if len(left) + len(right) > 3 else 0.0
    if left in words("first") and len(right) > 3:
        return _at_least(known(right), _COMMON)
    if left == "i" and len(right) > 4:
        return _at_least(known(right), _COMMON)
    if right in words("second") and len(left) > 3:
        return _at_least(known(left), _COMMON)
    if right in words("particle") and len(left) > 4:
        return _at_least(known(left), _VERY_COMMON)
    return 0.0


def _at_least(count: float, floor: float) -> float:
    return count if count >= floor else 0.0


def _apart(edits: list[Edit]) -> list[Edit]:
    """Sorted, and of two that meet only the first."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        if not kept or (edit.span.start >= kept[-1].span.end and edit.span != kept[-1].span):
            kept.append(edit)
    return kept


_CLOSED = 10.0  # counts: the whole must be a word beyond doubt
_SPACED = re.compile(r"(?<![^\s(\"”])[^\W\d_](?: [^\W\d_]){2,}(?=[\s.,:;)\"”]|$)")
_SPACED_QUICK = re.compile(r" [^\W\d_] [^\W\d_](?!\w)")
_PAIR = re.compile(r"(?<![\w-])([^\W\d_]{3,}) (?=([^\W\d_]{3,})(?![\w-]))")


def join_edits(text: str, known: Known, halves: dict[str, bool] | None = None) -> list[Edit]:
    """Close words that a space broke: letter-spaced ones (``B E S L U T``, ``a t t``) and halves that are no words.

    Of the short ones only ``att`` is closed, which typewriters set apart: ``t o m`` and ``d v s`` are something else.
    ``halves`` remembers which words may be halves, from one text to the next.

    >>> counts = {"beslut": 9e4, "kampanjen": 500.0}
    >>> [(e.span, e.text) for e in join_edits("B E S L U T om kamp anjen", lambda w: counts.get(w, 0.0))]
    [(Span(start=0, end=11), 'BESLUT'), (Span(start=19, end=20), '')]
    """
    edits = []
    for match in _SPACED.finditer(text) if _SPACED_QUICK.search(text) else ():
        word = match[0].replace(" ", "")
        if word.lower() == "att" or (len(word) > 3 and known(word.lower()) >= _SURE):
            edits.append(Edit(Span(*match.span()), word, "lines.letter-spaced", 0.97))
    pairs = _PAIR.findall(text)
    odd = {} if halves is None else halves
    for word in {word for pair in pairs for word in pair if word not in odd}:
        odd[word] = word.lower() in _halves() or not known(word.lower())
    sure = {
        pair: sure for pair in pairs if (odd[pair[0]] or odd[pair[1]]) and (sure := _closes(pair[0], pair[1], known))
    }
    for match in _PAIR.finditer(text) if sure else ():
        if match.groups() in sure:
            at = match.end(1)
            edits.append(Edit(Span(at, at + 1), "", "lines.close", sure[match[1], match[2]]))
    return _apart(edits)


@cache
def _halves() -> frozenset[str]:
    """What the first half of a word that is always closed may be."""
    return frozenset(whole[:at] for whole in words("closed") for at in range(1, len(whole)))


def _closes(one: str, two: str, known: Known) -> float:
    """How surely two halves are one word, 0.0 where they are not."""
    if two[0].isupper() and one[-1].islower():
        return 0.0
    left, right = one.lower(), two.lower()
    if left + right in words("closed"):
        return 0.97
    apart = (known(left), known(right))
    if 0 not in apart:
        return 0.0
    return 0.93 if known(left + right) > max(_CLOSED, *apart) else 0.0
