"""Which municipality a document belongs to that names none, or names one where nobody has heard of it.

A sign is a number for what a motion and its handling have in common.
A document goes where most of its signs are known from the other side (motions from handlings and the reverse).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby

from .clues import Clue, Raised
from .titles import fold, tokens

LAYOUT = """
create table if not exists signs
  (sign integer, block text, motion integer, record text, primary key (sign, block, motion, record)) without rowid;
"""
_SURE = 2  # signs that must be known elsewhere, and none at home, before a motion moves
_WIDELY = 12  # a sign that more municipalities than this know places nobody

# Documents without a municipality, and motions (their prose may name another) that nobody at home has heard of.
_LOST = """
create temp table lost as
select sign, block, motion, record from signs where block = '' or record in (
  select record from signs where motion and block != ''
  except
  select here.record from signs here
  where here.motion and here.block != '' and exists (
    select 1 from signs there where there.sign = here.sign and there.block = here.block and not there.motion));
create temp table asked as select distinct sign, motion from lost;
create temp table known as
select distinct asked.sign, asked.motion, signs.block
from asked join signs on signs.sign = asked.sign and signs.motion != asked.motion and signs.block != '';
create index temp.known_sign on known (sign, motion);
delete from known where (sign, motion) in (select sign, motion from known group by 1, 2 having count(*) > :widely);
"""
_FOUND = """
select lost.record, lost.block, known.block, count(distinct lost.sign)
from lost join known on known.sign = lost.sign and known.motion = lost.motion
group by lost.record, known.block order by lost.record
"""
_TABLES = ("lost", "asked", "known")


def remember(db: sqlite3.Connection, rows: Iterable[Raised | Clue]) -> None:
    """Keep the signs of some motions and clues."""
    db.executemany("insert or ignore into signs values (?, ?, ?, ?)", sorted({m for row in rows for m in _marks(row)}))


def forget(db: sqlite3.Connection, rows: Iterable[Raised | Clue]) -> None:
    """Drop them again."""
    marks = {mark for row in rows for mark in _marks(row)}
    db.executemany("delete from signs where sign = ? and block = ? and motion = ? and record = ?", marks)


def places(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Records that belong elsewhere than they say, each with its municipality's block."""
    clear = "".join(f"drop table if exists temp.{name};" for name in _TABLES)
    db.executescript(clear + _LOST.replace(":widely", str(_WIDELY)))
    for (record, own), rows in groupby(db.execute(_FOUND), key=lambda row: (row[0], row[1])):
        found = sorted(((count, block) for _, _, block, count in rows), reverse=True)
        alone = len(found) == 1 or found[0][0] > found[1][0]
        if alone and (not own or found[0][0] >= _SURE):
            yield record, found[0][1]
    db.executescript(clear)


def block_of(row: Raised | Clue) -> str:
    """The block of the municipality that a motion or clue names; empty for none."""
    return fold(row.municipality["name"]) if row.municipality else ""


def _marks(row: Raised | Clue) -> Iterator[tuple[int, str, bool, str]]:
    return ((sign, block_of(row), isinstance(row, Raised), row.record) for sign in _signs(row))


def _signs(row: Raised | Clue) -> list[int]:
    """Numbers for the subject, and for the movers with the subject."""
    title = row.title if isinstance(row, Raised) else row.text
    words = tokens(title)[:8]
    longest = sorted(words, key=lambda w: (-len(w), w))[:2]
    marks = ["t " + " ".join(sorted(words[:4]))] if len(words) > 2 else []
    marks += [f"n {name} {word}" for name in row.surnames[:4] for word in longest]
    return [int.from_bytes(hashlib.blake2b(m.encode(), digest_size=7).digest(), "big") for m in marks]
