"""What may go wrong with an index, a feed or the page."""

from __future__ import annotations

from ..errors import AttsatsError


class IndexMissing(AttsatsError):
    """The index file is not there, or is none."""

    code, exit_code = "index.missing", 40


class IndexOutdated(AttsatsError):
    """The index was made by other rules than this installation's, so that words would not meet."""

    code, exit_code = "index.outdated", 41


class QueryInvalid(AttsatsError):
    """The query holds nothing that can be looked for, or an unknown filter value."""

    code, exit_code = "query.invalid", 42


class ExtraMissing(AttsatsError):
    """An optional package that this command needs is not installed."""

    code, exit_code = "install.extra", 43


class FeedFailed(AttsatsError):
    """The server refused documents or did not answer."""

    code, exit_code = "feed.failed", 44
