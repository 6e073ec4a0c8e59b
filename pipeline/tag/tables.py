"""The reviewed tables of facts: parties, brackets, bodies, roles, laws, municipalities, given names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party: canonical ``code``, where it is found (``scope``, empty for the whole country) and when."""

    code: str
    name: str
    variants: tuple[str, ...]
    scope: tuple[str, ...]
    since: str
    until: str

    def valid(self, date: str | None) -> bool:
        """Whether the party bore this name on the ISO date; unknown dates are not held against it.

        >>> PartyRow("FP", "Folkpartiet", (), (), "1934-08-05", "2015-11-22").valid("2015-11-22")
        False
        """
        return date is None or ((not self.since or self.since <= date) and (not self.until or date < self.until))


@dataclass(frozen=True, slots=True)
class LawRow:
    """A law with its SFS number and the days between which it is in force."""

    name: str
    sfs: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that is looked up, read once by :func:`read`."""

    parties: tuple[PartyRow, ...]
    brackets: dict[str, str]
    bodies: dict[str, tuple[str, str]]  # printed form in lower case, or exact abbreviation -> (code, name)
    roles: dict[str, str]  # printed form in lower case -> role
    laws: dict[str, tuple[LawRow, ...]]  # printed form -> the laws of that name, the one in force today first
    municipalities: dict[str, str]  # short name -> code
    regions: dict[str, tuple[str, ...]]  # name -> the other forms that are printed
    given: dict[str, int]  # given name -> bearers
    authorities: tuple[str, ...]
    known_names: dict[str, str]  # countries, provinces, organisations that every paper may name -> LOC or ORG
    surname_parts: tuple[frozenset[str], frozenset[str]]  # first and last parts of compound surnames, lower case
    surnames: frozenset[str] = frozenset()  # the commonest


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated table with a header line; lines that begin with ``#`` are comments."""
    with path.open(encoding="utf-8", newline="") as file:
        table = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def read(folder: Path) -> Tables:
    """Read the tables of the folder."""
    parties = tuple(
        PartyRow(
            r["code"],
            r["name"],
            tuple(v for v in r["variants"].split("|") if v),
            tuple(v for v in r["scope"].split("|") if v),
            r["from"],
            r["to"] or "",
        )
        for r in rows(folder / "parties.tsv")
    )
    bodies = {}
    for r in rows(folder / "bodies.tsv"):
        for form in r["variants"].split("|"):
            bodies[form if re.fullmatch(r"[A-Z]{2,6}|Kf|Ks|KsAu", form) else form.lower()] = (r["code"], r["name"])
    laws: dict[str, tuple[LawRow, ...]] = {}
    for r in rows(folder / "laws.tsv"):
        for form in r["variants"].split("|"):
            laws[form] = (*laws.get(form, ()), LawRow(r["name"], r["sfs"], r["from"], r["to"] or ""))
    parts = [(r["part"], r["place"]) for r in rows(folder / "surname_parts.tsv")]
    return Tables(
        parties=parties,
        brackets={r["read"]: r["code"] for r in rows(folder / "party_brackets.tsv")},
        bodies=bodies,
        roles={form.lower(): r["role"] for r in rows(folder / "roles.tsv") for form in r["variants"].split("|")},
        laws={form: tuple(sorted(found, key=lambda law: law.until != "")) for form, found in laws.items()},
        municipalities={r["name"]: r["code"] for r in rows(folder / "municipalities.tsv")},
        regions={r["name"]: tuple(v for v in r["variants"].split("|") if v) for r in rows(folder / "regions.tsv")},
        given={r["name"]: int(r["bearers"]) for r in rows(folder / "given_names.tsv")},
        authorities=tuple(r["name"] for r in rows(folder / "authorities.tsv")),
        known_names={r["name"]: r["type"] for r in rows(folder / "known_names.tsv")},
        surname_parts=(
            frozenset(p for p, at in parts if at == "first"),
            frozenset(p for p, at in parts if at == "last"),
        ),
        surnames=_surnames(folder / "ocr_surnames.tsv"),
    )


def _surnames(path: Path) -> frozenset[str]:
    """The names of a table without a header line; comments begin with ``#``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))
