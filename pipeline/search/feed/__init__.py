"""Feeding other engines: the entries of the index, with our lemmas as a field of their own, to OpenSearch,
PostgreSQL, or as NDJSON to anything else. Only what changed is sent; what is gone is deleted.
"""

from .documents import Document, documents
from .send import Report, Target, feed
from .targets import open_target

__all__ = ["Document", "Report", "Target", "documents", "feed", "open_target"]
