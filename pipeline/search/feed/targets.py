"""Targets by address."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from ..analysis import analyzer
from ..failures import FeedFailed
from .send import Target

NAME = "attsats"


def open_target(url: str, *, state: Path | None = None) -> Target:
    """The target at an address.

    ``http(s)://host:9200/alias`` and ``opensearch://host:9200/alias`` are OpenSearch or Elasticsearch,
    ``postgresql://user@host/database?table=name`` is PostgreSQL, ``-`` is NDJSON on stdout.

    Raises:
        FeedFailed: no such kind of address, or the server cannot be reached.
        ExtraMissing: its client is not installed.
    """
    parts = urlsplit(url)
    if url == "-":
        from .lines import LinesTarget

        return LinesTarget(sys.stdout, state)
    if parts.scheme in ("http", "https", "opensearch"):
        from .opensearch import connect

        scheme = "http" if parts.scheme == "opensearch" else parts.scheme
        server = urlunsplit((scheme, parts.netloc, "", "", ""))
        return connect(server, parts.path.strip("/") or NAME, analyzer().version)
    if parts.scheme in ("postgresql", "postgres"):
        from .postgres import connect as connect_postgres

        options = dict(pair.partition("=")[::2] for pair in parts.query.split("&") if pair)
        table = options.pop("table", NAME)
        query = "&".join(f"{key}={value}" for key, value in options.items())
        return connect_postgres(urlunsplit(parts._replace(query=query)), table)
    raise FeedFailed(f"{url!r} is no address to feed.", "Give http://…, postgresql://…, or - for NDJSON.")
