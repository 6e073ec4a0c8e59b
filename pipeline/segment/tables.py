"""The reviewed tables of the grammar, compiled: headings, formulas, furniture, evidence for kinds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from ..needles import Quick
from .lines import Line, fold

_NUMBERING = re.compile(r"^(\d{1,2}(\.\d{1,2})*[.)]? |[a-h][.)] |§ )(?=[a-z])")
_ASIDE = re.compile(r"(?<=[a-z]{5}) \((?=[a-zåäö]{4,}\b)[^()]{5,60}\)$")  # what a form says about what to write here


@dataclass(frozen=True)
class Evidence:
    """One row of the table of kinds."""

    kind: str
    zone: str
    weight: float
    pattern: Quick


@dataclass(frozen=True)
class Tables:
    """All tables; made once by :func:`load_tables`."""

    headings: tuple[tuple[str, re.Pattern[str]], ...]
    squeezed: dict[str, str]
    formulas: dict[str, Quick]
    furniture: tuple[tuple[str, Quick], ...]
    kinds: tuple[Evidence, ...]
    places: frozenset[str]

    def place(self, key: str) -> bool:
        """Whether a folded line is nothing but the name of a municipality or region, after ``i`` perhaps."""
        return key.removeprefix("i ") in self.places

    def has(self, name: str, key: str) -> bool:
        """Whether the formula occurs in the folded text."""
        return self.formulas[name].search(key) is not None

    def heading(self, line: Line) -> str | None:
        """The label of what stands under this line, when the line is a known heading."""
        text = line.text
        if (
            len(text) > 110
            or (text[-1:] in ",;" and not _DECIDING.search(text))
            or not (text[:1].isupper() or text[:1].isdigit() or text[:1] == "§")
            or (len(text) > 60 and line.key.endswith(_GOES_ON))
        ):
            return None
        return _heading(heading_key(line.key), text.endswith("."))


# A full line that ends so is the middle of a sentence; a heading in two lines is shorter.
_GOES_ON = (
    " samt",
    " och",
    " eller",
    " att",
    " som",
    " av",
    " med",
    " till",
    " den",
    " det",
    " en",
    " ett",
    " i",
    " pa",
)
# Older minutes part the deciding body from what it decides by a comma: "Fullmäktige beslutar således,".
_DECIDING = re.compile(r"\b(besluta|beslutar|beslutade|beslutat|beslöt|således|sålunda),$", re.I)


def heading_key(key: str) -> str:
    """A folded heading without numbering and closing punctuation.

    >>> heading_key("2. bakgrund:"), heading_key("motivering (fortsatt garna pa baksidan)")
    ('bakgrund', 'motivering')
    """
    bare = _NUMBERING.sub("", key)
    return (bare if bare.startswith("forslag") else _ASIDE.sub("", bare)).rstrip(" :.,-").strip()


@lru_cache(maxsize=4096)
def _heading(key: str, full_stop: bool) -> str | None:
    tables = load_tables()
    if full_stop and " " in key and not key.endswith(" foljande"):
        return None
    for label, pattern in tables.headings:
        if pattern.fullmatch(key):
            # A pattern that holds any name also holds a slip in a heading of another label.
            slip = _misread(tables, key, 0.95) if ".{" in pattern.pattern and 16 < len(key) < 45 else None
            return slip or label
    if not 8 < len(key) < 45 or "(" in key or key.count(" ") > 5:
        return None
    return tables.squeezed.get(_squeeze(key)) or _misread(tables, key)


def _misread(tables: Tables, key: str, least: float = 0.9) -> str | None:
    """The label of a heading that differs from a known one in a letter or two that no repair has mended."""
    wanted = _squeeze(key)
    size = len(wanted)  # of a word that is much longer or shorter no letters need be counted
    near = [word for word in tables.squeezed if 2.0 * min(size, len(word)) / (size + len(word)) >= least]
    close = get_close_matches(wanted, near, n=1, cutoff=least) if near else []
    return tables.squeezed[close[0]] if close else None


def _squeeze(key: str) -> str:
    """The key without blanks and with the strokes l, i, 1 and | as one, for headings that OCR has torn."""
    return re.sub(r"[i1|!]", "l", re.sub(r"[^a-z0-9|!]", "", key)).replace("0", "o")


def _rows(name: str) -> list[list[str]]:
    content = (Path(__file__).parents[1] / "tables" / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in content.splitlines() if line and not line.startswith("#")]
    return rows[1:]


@lru_cache(maxsize=1)
def load_tables() -> Tables:
    """Read and compile the tables."""
    headings = tuple((label, re.compile(pattern)) for label, pattern, _ in _rows("headings.tsv"))
    squeezed: dict[str, str] = {}
    for (label, _), (_, _, example) in zip(headings, _rows("headings.tsv"), strict=True):
        for word in {heading_key(fold(example))} | _LITERALS.get(label, set()):
            if len(word) > 7:
                squeezed.setdefault(_squeeze(word), label)
    return Tables(
        headings,
        squeezed,
        {name: Quick(re.compile(pattern)) for name, pattern, _ in _rows("formulas.tsv")},
        tuple((where, Quick(re.compile(pattern))) for where, pattern, _ in _rows("furniture.tsv")),
        tuple(Evidence(k, z, float(w), Quick(re.compile(p, re.M))) for k, z, w, p, _ in _rows("kinds.tsv")),
        frozenset(fold(row[1]) for row in _rows("municipalities.tsv")),
    )


_LITERALS = {
    "summary": {"sammanfattning", "sammanfattning av arendet"},
    "basis": {"beslutsunderlag"},
    "proposal": {"forslag till beslut"},
    "distribution": {"beslutet skickas till", "beslutet ska skickas till"},
}
