"""PostgreSQL as a target: one table with three text search columns.

``by_lemma`` holds our lemmas and parts, ``by_form`` the words as printed without dots, ``swedish`` what the server's
own Swedish configuration makes of the text. A batch is one transaction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module, resources
from typing import Any

from ..failures import ExtraMissing, FeedFailed
from .documents import Document
from .send import Held

COLUMNS = (
    "id", "record", "level", "item", "n", "source", "kind", "municipality", "body", "date", "year", "paragraph",
    "title", "text", "act", "parties", "outcomes", "people", "dnr", "digest", "of", "lemmas", "parts", "folded",
)  # fmt: skip
UNSTORABLE = re.compile("\x00")  # the server's text cannot hold it


@dataclass
class PostgresTarget:
    """A table of a database."""

    connection: Any
    table: str

    def held(self) -> Mapping[str, Held]:
        """What the table holds; it is made where there is none."""
        script = resources.files(__package__).joinpath("postgres.sql").read_text(encoding="utf-8")
        with self.connection.transaction():
            self.connection.execute(script.replace("{table}", self.table))
        rows = self.connection.execute(
            f'SELECT record, array_agg(DISTINCT digest), array_agg(id), max("of") FROM {self.table} GROUP BY record'
        )
        return {record: Held(frozenset(digests), frozenset(ids), of) for record, digests, ids, of in rows}

    def write(self, put: Sequence[Document], delete: Sequence[str]) -> None:
        """Put and delete in one transaction."""
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        update = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS[1:])
        marks = ", ".join(["%s"] * len(COLUMNS))
        sql = f"INSERT INTO {self.table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {update}"
        rows = [[_value(document.fields[name]) for name in COLUMNS] for document in put]
        with self.connection.transaction(), self.connection.cursor() as cursor:
            if delete:
                cursor.execute(f"DELETE FROM {self.table} WHERE id = ANY(%s)", (list(delete),))
            if rows:
                cursor.executemany(sql, rows)

    def finish(self) -> None:
        """Every batch is visible already."""


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return UNSTORABLE.sub(" ", value)
    return [_value(one) for one in value] if isinstance(value, list) else value


def connect(url: str, table: str) -> PostgresTarget:
    """A target in the database at ``url``."""
    try:
        library = import_module("psycopg")
    except ImportError as error:
        raise ExtraMissing("psycopg is not installed.", "Run: pip install 'attsats[feed]'.") from error
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,50}", table):
        raise FeedFailed(f"{table!r} is no name for a table.", "Use lower-case letters, digits and underscores.")
    try:
        return PostgresTarget(library.connect(url, autocommit=True), table)
    except library.OperationalError as error:
        raise FeedFailed(f"The database cannot be reached: {error}.", "Check the address.") from error
