"""Motions and clues as text for the store, and back."""

from __future__ import annotations

import json
from array import array
from typing import Any, TypeVar

from .clues import Author, Clue, Raised

T = TypeVar("T", Raised, Clue)


def freeze(row: Raised | Clue) -> tuple[str, bytes]:
    """JSON of everything but the words, and the words as sorted 32-bit numbers."""
    plain = {name: getattr(row, name) for name in row.__slots__ if name != "words"}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")), array("I", sorted(row.words)).tobytes()


def thaw(cls: type[T], data: str, words: bytes) -> T:
    """The motion or clue again."""
    plain: dict[str, Any] = json.loads(data)
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    plain["authors"] = tuple(_author(*told) for told in plain["authors"])
    numbers = array("I")
    numbers.frombytes(words)
    plain["words"] = frozenset(numbers)
    return cls(**plain)


def _author(name: str, party: str | None, private: bool | None = None) -> Author:
    """An author; stores of earlier versions do not say who is private, and there whoever has no party may be."""
    return Author(name, party, party is None if private is None else private)
