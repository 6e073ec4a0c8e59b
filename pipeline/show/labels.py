"""Swedish names, with English ones for the tooltips, of what a record says in codes."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import NamedTuple


class Label(NamedTuple):
    """A name in both languages."""

    swedish: str
    english: str


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], Label]:
    text = resources.files("pipeline").joinpath("tables", "show_labels.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(what, value): Label(swedish, english) for what, value, swedish, english in rows}


def label(what: str, value: str) -> Label:
    """The names of a value; one that the table lacks is named as it stands.

    >>> label("section", "motivation")
    Label(swedish='Motivering', english='motivation')
    >>> label("section", "poem").swedish
    'poem'
    """
    return _table().get((what, value), Label(value, value))
