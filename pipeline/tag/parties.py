"""Which parties the text names: brackets after names, names with variants, compounds and lists of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import Entry, Lexicon, LexiconHit
from .phrases import phrases
from .tables import PartyRow, Tables

_UP = "A-ZÅÄÖ"
BRACKET = re.compile(r"[(\[{]\s?([^()\[\]{}\n]{1,40}?)\s?[)\]}]|\(([A-ZÅÄÖ]{1,3})(?=[^\w)]|$)")
LONGEST_CODE = 12  # a longer bracket is a party only by its full name
INDEPENDENT = frozenset(
    ("-", "–", "—", "--", "––", "pl", "vilde", "vildar", "pol. vilde", "pol vilde", "politisk vilde", "partilös",
     "oberoende", "opol", "utan partibeteckning", "utan partitillhörighet", "ej partianknuten")
)  # fmt: skip
_NOT_PARTY = {
    "EU", "SKR", "SOL", "LSS", "LVU", "JO", "IVO", "BUP", "SIS", "AB", "IT", "VD", "HR", "NR", "SFS", "TV", "ID",
    "PBL", "KL", "KF", "KS", "AU", "KSAU", "BUN", "SN", "VON", "RSG", "GR", "FN", "OSL", "PM", "AI", "APT", "MSB",
    "PKV", "DNR", "JA", "NEJ", "BILAGA", "FORTS", "USA", "UK", "VGR", "HVB", "SFI", "LOV", "LOU", "GERS", "POSAM",
    "IGOR", "IOP", "ICLD",
}  # fmt: skip
_CANONICAL = ("S", "M", "SD", "C", "V", "KD", "L", "MP", "FI", "FP")
_AFTER_ONE = (
    "ledda|ledd|lett|styrda|styrd|styret|gruppen|gruppens|politiker|politikern|politikerna|ledamot|ledamöter|"
    "ledamöterna|"
    "representanter|märkt|märkta|förslag|förslaget|motion|motionen|yrkande|kvinnor|föreningen|distriktet|regering|"
    "regeringen|initiativ|majoritet|majoriteten|politik|motionär|reservation|budget|budgeten|alternativet"
)
_LEAD = (
    r"(?:från|för|av|mot|yrkande(?:t|n|na)?|förslag(?:et)?|tilläggsyrkande(?:t)?|återremissyrkande(?:t)?|"
    r"yttrande|partierna|"
    r"gruppledarna|ledamöterna i|representanterna för|mellan|reservation|motion(?:en)?)"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when: local codes and old party names depend on it."""

    municipality: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class PartyHit:
    """A party named at ``text[start:end]``; ``sure`` is the rule's own confidence."""

    code: str
    start: int
    end: int
    sure: float


class PartyBook:
    """The party tables with their patterns, for one :class:`Scope` at a time.

    ``lexicon`` looks up all tables of fixed phrases at once: parties, municipalities, bodies, roles, authorities, laws.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.lexicon = Lexicon([*(_entry(row, v) for row in tables.parties for v in row.variants), *phrases(tables)])
        self.full = {v.lower(): r for r in tables.parties if not r.scope for v in r.variants}
        self.everywhere = frozenset(r.code for r in tables.parties)
        self.national = frozenset(r.code for r in tables.parties if not r.scope)
        self.local: dict[str, frozenset[str]] = {}
        for row in tables.parties:
            for place in row.scope:
                self.local[place] = self.local.get(place, frozenset()) | {row.code}

    def rows(self, scope: Scope) -> Iterator[PartyRow]:
        """The parties that can be meant: national ones and those of the municipality."""
        for row in self.tables.parties:
            if not row.scope or (scope.municipality in row.scope):
                yield row

    def canonical(self, code: str, scope: Scope) -> str:
        """The code of the day: FP is L from 2015-11-22, KDS is KD from 1996-06-29, VPK is V from 1990-05-27."""
        after = {"FP": ("L", "2015-11-22"), "KDS": ("KD", "1996-06-29"), "VPK": ("V", "1990-05-27")}
        if code in after and scope.date is not None and scope.date >= after[code][1]:
            return after[code][0]
        return code

    def name(self, code: str, scope: Scope) -> str | None:
        """The party's name, None for a code that no table knows."""
        found = [r for r in self.rows(scope) if r.code == code]
        return found[0].name if found else next((r.name for r in self.tables.parties if r.code == code), None)

    def code(self, printed: str, scope: Scope, *, after_name: bool) -> tuple[str | None, float]:
        """The code that a bracket's content stands for, with the rule's confidence; None when it is no party.

        ``after_name``: a person's name stands before it, which admits lower case, codes that no table
        knows and codes ruined by OCR.
        """
        text = " ".join(printed.split()).strip(" .,")
        if not text or text.lower() in INDEPENDENT:
            return None, 0.0
        full = self.full.get(text.lower()) if len(text) > 3 else None
        if full:
            return self.canonical(full.code, scope), 0.98
        if len(text) > LONGEST_CODE:
            return None, 0.0
        upper = text.upper()
        known = self.national | self.local.get(scope.municipality or "", frozenset())
        if text in self.tables.brackets and after_name and upper not in known:
            return self.canonical(self.tables.brackets[text], scope), 0.8
        if upper in known and (text == upper or after_name):
            return self.canonical(upper, scope), 0.99
        if not after_name or upper in _NOT_PARTY:
            return None, 0.0
        if upper in self.everywhere:
            return upper, 0.9
        if re.fullmatch(rf"[{_UP}][{_UP}a-zåäö]{{0,5}}(?:\.[{_UP}][a-z]+)?|\d\d:\d", text):
            return upper, 0.75 if len(text) <= 4 else 0.5
        return None, 0.0

    def named(self, text: str, scope: Scope, looked: Iterable[LexiconHit] | None = None) -> list[PartyHit]:
        """Parties named by their names, in any case that is not an ordinary word; ``looked``: the look-up's hits."""
        hits: list[PartyHit] = []
        for hit in self.lexicon.find(text) if looked is None else looked:
            if hit.entry.type != "PARTY":
                continue
            here = not hit.entry.scope or scope.municipality in hit.entry.scope
            here = here and (text[hit.start].isupper() or not hit.entry.scope)
            if here and (not hits or hit.start >= hits[-1].end):
                hits.append(PartyHit(self.canonical(hit.entry.value, scope), hit.start, hit.end, 0.98))
        return hits


@lru_cache(maxsize=256)
def _patterns(codes: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns of some codes; few sets of them are met, since few parties are local."""
    every = sorted(sorted(codes), key=len, reverse=True)
    one = "(?:" + "|".join(map(re.escape, every)) + ")"
    first = "".join(sorted({re.escape(code[0]) for code in every}))
    return (
        re.compile(rf"(?<![\w(])({one}(?:(?:, | och | samt | & |/){one})+)(?![\w:(])"),
        re.compile(rf"[{first}][A-ZÅÄÖ0-9:]{{0,5}}(?![a-zåäö0-9])"),  # begins with a set: fast to look for
        re.compile(rf"\b{_LEAD} ({one})(?=[\s.,;]|:s|-gruppen|$)"),
        re.compile(rf"(?<![\w-])({one})(?::s\b|-\s?(?:{_AFTER_ONE})\b)"),
    )


_MIXED = re.compile(rf"\b{_LEAD} ([A-ZÅÄÖ]{{1,4}}(?:(?:, | och | samt )[A-ZÅÄÖ]{{1,4}}){{2,}})(?![\w:(])")


class Codes:
    """Codes without brackets: "från S, V och MP", "SD:s", "M-ledda", "Yrkande KD, M och D"."""

    def __init__(self, codes: frozenset[str]) -> None:
        self.known = frozenset({*_CANONICAL, *codes})
        self.lists, self.quick, self.single, self.compound = _patterns(self.known)
        self.seen: dict[str, list[PartyHit]] = {}

    def find(self, text: str) -> list[PartyHit]:
        """Every code of a text; what was read once is remembered, since parties and mentions both ask."""
        if text not in self.seen:
            self.seen[text] = list(self._find(text)) if self.quick.search(text) else []
        return self.seen[text]

    def _find(self, text: str) -> Iterator[PartyHit]:
        for m in self.lists.finditer(text):
            if not _LETTERED.search(text[max(0, m.start() - 12) : m.start()]):
                yield from _each(m.group(1), m.start(1), 0.96)
        for m in _MIXED.finditer(text):
            listed = list(_each(m.group(1), m.start(1), 0.85))
            unknown = [h for h in listed if h.code not in self.known]
            if unknown and 2 * len(unknown) < len(listed):
                yield from (h for h in unknown if h.code not in _NOT_PARTY)
        for m in self.single.finditer(text):
            if not re.match(r"\s*[-–]?\s*\d", text[m.end(1) :]):
                yield PartyHit(m.group(1), m.start(1), m.end(1), 0.93)
        for m in self.compound.finditer(text):
            yield PartyHit(m.group(1), m.start(1), m.end(1), 0.95)
        for m in _LONGER.finditer(text):
            yield PartyHit(m.group(1), m.start(1), m.end(1), 0.93)


# "A, B, C och D", "vitamin C och D", "storlek S, M och L": letters of another alphabet than the parties'.
_LETTERED = re.compile(
    r"(?:\b[A-Z],? (?:och )?|[Vv]itamin(?:er)? |[Ss]torlek(?:ar(?:na)?)? |"
    r"[Nn]ivå(?:er(?:na)?)? |[Zz]on(?:er)? |[Aa]lternativ(?:en)?:? |[Kk]lass(?:er(?:na)?)? |[Hh]us(?:en)? |"
    r"[Kk]ategori(?:er)? |[Ll]inje(?:rna)? )$"
)
_LONGER = re.compile(r"(?<![\w-])(SD|KD|MP|FI)-\s?[a-zåäö]{3,}")
_ORDINARY = ("Moderat", "Moderata", "Moderater", "Centern", "Centerns", "Demokraterna", "Liberal")
_ANY_CASE = ("Social", "Sverige", "Center", "Vänsterp", "Krist", "Liberaler", "Miljöp", "Folkp", "Moderaterna")


def _entry(row: PartyRow, variant: str) -> Entry:
    """A look-up entry: long party names also in lower case, words that mean other things only as printed."""
    loose = variant not in _ORDINARY and (variant.startswith(_ANY_CASE) or (bool(row.scope) and " " in variant))
    return Entry(variant, "PARTY", row.code, not loose, row.scope)


def _each(text: str, start: int, sure: float) -> Iterator[PartyHit]:
    for m in re.finditer(r"[^\s,&/]+", text):
        if m.group() not in ("och", "samt"):
            yield PartyHit(m.group(), start + m.start(), start + m.end(), sure)


def split_codes(content: str) -> list[str]:
    """The codes of one bracket.

    >>> split_codes("S, V och MP")
    ['S', 'V', 'MP']
    """
    return [c for c in re.split(r"\s*(?:,|/|\+|&|\boch\b|\bsamt\b)\s*", content) if c]
