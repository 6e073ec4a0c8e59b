"""Sending: which documents a target lacks, which it holds in vain, and the batches between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ...export.mask import mask
from ...export.surrogates import storable
from ..analysis import Analyzer, analyzer
from ..entries import fates
from .documents import Document, documents

Json = dict[str, Any]

BATCH = 200  # records


@dataclass(frozen=True, slots=True)
class Held:
    """What a target holds of one record: digests met, how many documents there are, how many there should be."""

    digests: frozenset[str]
    ids: frozenset[str]
    of: int

    def is_whole(self, digest: str) -> bool:
        """Whether all documents of the record are there, in this version."""
        return self.digests == {digest} and len(self.ids) == self.of


class Target(Protocol):
    """Where documents go."""

    def held(self) -> Mapping[str, Held]:
        """What is there, by record id."""

    def write(self, put: Sequence[Document], delete: Sequence[str]) -> None:
        """Put documents and delete ids. What has been written when it fails may stay: the next run mends it."""

    def finish(self) -> None:
        """Make what was written visible to searches."""


@dataclass(slots=True)
class Report:
    """What a run did, in records and in documents."""

    sent: int = 0
    same: int = 0
    deleted: int = 0
    documents: int = 0


def feed(
    records: Iterable[Json],
    target: Target,
    *,
    cases: Iterable[Json] = (),
    delete: Iterable[str] = (),
    sync: bool = False,
    masked: bool = True,
    words: Analyzer | None = None,
) -> Report:
    """Bring a target up to date.

    Args:
        records: valid records; the last one of an id wins.
        target: where they go.
        cases: what is known of the fate of motions.
        delete: ids of records to take out.
        sync: also take out every record that is not among ``records``.
        masked: hide personnummer, private persons and their contact details.
        words: the analyzer that makes the lemmas.
    """
    words = words or analyzer()
    known = fates(map(storable, cases))
    held = dict(target.held())
    report = Report()
    met: set[str] = set()
    batch = _Batch(target)
    for record in map(storable, records):
        identifier = record["id"]
        met.add(identifier)
        made = documents(mask(record) if masked else record, words, known.get(record["source"]["name"]))
        there = held.get(identifier)
        if there and made and there.is_whole(made[0].fields["digest"]):
            report.same += 1
            continue
        batch.add(identifier, made, there.ids if there else frozenset())
        ids = frozenset(document.id for document in made)
        held[identifier] = Held(frozenset(document.fields["digest"] for document in made), ids, len(made))
        report.sent += 1
        report.documents += len(made)
    stale = (set(delete) | (set(held) - met if sync else set())) & set(held)
    for identifier in sorted(stale):
        batch.add(identifier, [], held[identifier].ids)
    report.deleted = len(stale)
    batch.flush()
    target.finish()
    return report


class _Batch:
    """Gathers what goes to the target together; no record twice in one batch."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._records: set[str] = set()
        self._put: list[Document] = []
        self._gone: list[str] = []

    def add(self, record: str, made: Sequence[Document], there: frozenset[str]) -> None:
        """Put these documents of a record in place of those that are there."""
        if record in self._records or len(self._records) == BATCH:
            self.flush()
        self._records.add(record)
        self._put += made
        self._gone += sorted(there - {document.id for document in made})

    def flush(self) -> None:
        """Send what was gathered."""
        if self._put or self._gone:
            self._target.write(self._put, self._gone)
        self._records.clear()
        self._put, self._gone = [], []
