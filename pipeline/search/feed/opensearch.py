"""OpenSearch (and Elasticsearch, whose common interface is all that is used) as a target.

Searches go to an alias; documents lie in an index whose name holds the version of mapping and analysis. When that
version changes, a new index is filled from the start and the alias moves over when it is whole.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module, resources
from typing import Any

from ..failures import ExtraMissing, FeedFailed
from .documents import Document
from .send import Held

Json = dict[str, Any]

CHUNK = 500  # documents in one bulk request
BYTES = 8_000_000
ATTEMPTS = 7
FIRST_WAIT = 0.5
BUSY = (429, 502, 503, 504)


def settings() -> Json:
    """Settings and mapping of the index."""
    text = resources.files(__package__).joinpath("opensearch.json").read_text(encoding="utf-8")
    loaded: Json = json.loads(text)
    return loaded


@dataclass
class OpenSearchTarget:
    """An alias on a server. ``sleep`` is what waits between attempts."""

    client: Any
    alias: str
    analyzer: str
    sleep: Callable[[float], object] = time.sleep
    _index: str = field(default="", init=False)

    def held(self) -> Mapping[str, Held]:
        """What the index of the current version holds; the index is made where there is none."""
        version = hashlib.sha256(json.dumps([settings(), self.analyzer], sort_keys=True).encode()).hexdigest()[:10]
        self._index = f"{self.alias}-{version}"
        if not self._call(self.client.indices.exists, index=self._index):
            self._call(self.client.indices.create, index=self._index, body=settings())
        self._call(self.client.indices.refresh, index=self._index)
        found: dict[str, tuple[set[str], set[str], int]] = {}
        for identifier, source in self._all():
            digests, ids, _ = found.setdefault(source["record"], (set(), set(), 0))
            digests.add(source["digest"])
            ids.add(identifier)
            found[source["record"]] = (digests, ids, source["of"])
        return {record: Held(frozenset(d), frozenset(i), of) for record, (d, i, of) in found.items()}

    def write(self, put: Sequence[Document], delete: Sequence[str]) -> None:
        """Send in bulk; single documents that the server is too busy for are sent again, ever more slowly."""
        actions: list[tuple[Json, Json | None]] = [
            ({"index": {"_index": self._index, "_id": document.id}}, document.fields) for document in put
        ]
        actions += [({"delete": {"_index": self._index, "_id": identifier}}, None) for identifier in delete]
        for chunk in _chunks(actions):
            self._send(chunk)

    def finish(self) -> None:
        """Refresh, and let the alias point here and nowhere else."""
        self._call(self.client.indices.refresh, index=self._index)
        old = []
        if self._call(self.client.indices.exists_alias, name=self.alias):
            old = [name for name in self._call(self.client.indices.get_alias, name=self.alias) if name != self._index]
        actions: list[Json] = [{"remove": {"index": name, "alias": self.alias}} for name in old]
        actions.append({"add": {"index": self._index, "alias": self.alias}})
        self._call(self.client.indices.update_aliases, body={"actions": actions})
        for name in old:
            self._call(self.client.indices.delete, index=name)

    def _all(self) -> Iterator[tuple[str, Json]]:
        """Every document's id and its fields that tell what changed, page by page in the order of ids."""
        after: list[Any] | None = None
        while True:
            body: Json = {"size": 1000, "sort": [{"id": "asc"}], "query": {"match_all": {}}}
            body["_source"] = ["record", "digest", "of"]
            if after:
                body["search_after"] = after
            hits = self._call(self.client.search, index=self._index, body=body)["hits"]["hits"]
            for hit in hits:
                yield hit["_id"], hit["_source"]
            if len(hits) < 1000:
                return
            after = hits[-1]["sort"]

    def _send(self, actions: list[tuple[Json, Json | None]]) -> None:
        remaining = actions
        for attempt in range(ATTEMPTS):
            lines = [json.dumps(part, ensure_ascii=False) for pair in remaining for part in pair if part is not None]
            answer = self._call(self.client.bulk, body="\n".join(lines) + "\n")
            remaining = _refused(remaining, answer)
            if not remaining:
                return
            self._wait(attempt)
        raise FeedFailed(f"The server stayed too busy for {len(remaining)} documents.", "Run the command again later.")

    def _call(self, function: Callable[..., Any], **arguments: Any) -> Any:
        """One request; sent again while the server is too busy or cannot be reached."""
        for attempt in range(ATTEMPTS):
            try:
                return function(**arguments)
            except Exception as error:
                status = getattr(error, "status_code", None)
                if status in BUSY or (status == "N/A" and attempt < 2):  # N/A: no answer at all
                    self._wait(attempt)
                    continue
                if status is None:
                    raise
                raise FeedFailed(f"The server answered: {error}.", "Check the address and the rights.") from error
        raise FeedFailed("The server stayed too busy.", "Run the command again later: it goes on where it stopped.")

    def _wait(self, attempt: int) -> None:
        self.sleep(FIRST_WAIT * 2**attempt * (0.75 + random.random() / 2))


def _refused(actions: list[tuple[Json, Json | None]], answer: Json) -> list[tuple[Json, Json | None]]:
    """The actions that the server was too busy for.

    Raises:
        FeedFailed: it refused one for good; the message says which and why.
    """
    if not answer.get("errors"):
        return []
    again = []
    for action, item in zip(actions, answer["items"], strict=True):
        ((kind, told),) = item.items()
        status = told.get("status", 200)
        if status in BUSY:
            again.append(action)
        elif status >= 400 and not (kind == "delete" and status == 404):
            raise FeedFailed(f"The server refused {told.get('_id')}: {told.get('error')}.", "Check its mapping.")
    return again


def _chunks(actions: list[tuple[Json, Json | None]]) -> Iterator[list[tuple[Json, Json | None]]]:
    chunk: list[tuple[Json, Json | None]] = []
    size = 0
    for action in actions:
        width = len(action[1]["text"]) * 5 if action[1] else 100
        if chunk and (len(chunk) == CHUNK or size + width > BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += width
    if chunk:
        yield chunk


def connect(url: str, alias: str, analyzer: str) -> OpenSearchTarget:
    """A target on the server at ``url``."""
    try:
        library = import_module("opensearchpy")
    except ImportError as error:
        raise ExtraMissing("opensearch-py is not installed.", "Run: pip install 'attsats[feed]'.") from error
    return OpenSearchTarget(library.OpenSearch(url, timeout=60, max_retries=0), alias, analyzer)
