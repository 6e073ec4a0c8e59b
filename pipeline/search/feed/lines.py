"""NDJSON as a target: one line a document, one line a deletion, for any other engine."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .documents import Document
from .send import Held


@dataclass
class LinesTarget:
    """Lines ``{"put": {...}}`` and ``{"delete": "id"}``.

    ``state`` is a file that remembers what was written, so that the next run writes only what changed.
    """

    out: TextIO
    state: Path | None = None

    def __post_init__(self) -> None:
        self._held: dict[str, tuple[str, list[str]]] = {}

    def held(self) -> Mapping[str, Held]:
        """What the state file remembers; nothing without one."""
        if self.state and self.state.is_file():
            self._held = json.loads(self.state.read_text(encoding="utf-8"))
        return {
            record: Held(frozenset({digest}), frozenset(ids), len(ids)) for record, (digest, ids) in self._held.items()
        }

    def write(self, put: Sequence[Document], delete: Sequence[str]) -> None:
        """Write the lines."""
        for identifier in delete:
            print(json.dumps({"delete": identifier}), file=self.out)
        gone = set(delete)
        for record, (digest, ids) in list(self._held.items()):
            left = [identifier for identifier in ids if identifier not in gone]
            self._held[record] = (digest, left)
            if not left:
                del self._held[record]
        fresh: dict[str, tuple[str, list[str]]] = {}
        for document in put:
            print(json.dumps({"put": document.fields}, ensure_ascii=False), file=self.out)
            fresh.setdefault(document.record, (document.fields["digest"], []))[1].append(document.id)
        self._held.update(fresh)

    def finish(self) -> None:
        """Remember what was written."""
        self.out.flush()
        if self.state:
            new = self.state.with_name(self.state.name + ".new")
            new.write_text(json.dumps(self._held), encoding="utf-8")
            new.replace(self.state)
