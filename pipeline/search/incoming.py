"""Records on their way into an index: as lines of JSON, which are parsed only when they are new or changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import RecordInvalid
from ..export.surrogates import storable

Json = dict[str, Any]

ID = re.compile(rb'\s*\{"schema": ?"record/1\.[^"\\]*", ?"id": ?"([^"\\]+)"')
ESCAPE = b"\\u"  # only behind it a lone surrogate can hide

encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Incoming:
    """One record as UTF-8 JSON, and as an object where there is one already; ``where`` is for messages."""

    text: bytes
    record: Json | None = None
    where: str = "A line"

    def digest(self) -> str:
        """Tells whether the record is the one that an index holds; of the text as it came, masked or not."""
        return hashlib.blake2b(self.text, digest_size=16).hexdigest()

    def id(self) -> str:
        """The id of the record, from the start of the line where attsats wrote it."""
        found = None if self.record else ID.match(self.text)
        return found[1].decode() if found else str(self.parsed().record["id"])  # type: ignore[index]

    def parsed(self) -> Incoming:
        """The same with the object, and without lone surrogates.

        Raises:
            RecordInvalid: it is no JSON, or no UTF-8.
        """
        if self.record is not None:
            return self
        try:
            record = json.loads(self.text.decode())
        except ValueError as error:
            what = "UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"JSON: {error}"
            raise RecordInvalid(f"{self.where} is no {what}.", "Give a file that attsats wrote.") from error
        if ESCAPE in self.text:
            kept = storable(record)
            if kept is not record:
                return Incoming(encode(kept).encode(), kept)
        return Incoming(self.text, record)


def incoming(records: Iterable[Json | bytes | Incoming]) -> Iterator[Incoming]:
    """Records as objects, or as lines of UTF-8 JSON, in one form."""
    for record in records:
        if isinstance(record, Incoming):
            yield record
            continue
        if isinstance(record, bytes):
            yield Incoming(record)
            continue
        try:
            text = encode(record).encode()
        except UnicodeEncodeError:
            record = storable(record)
            text = encode(record).encode()
        yield Incoming(text, record)
