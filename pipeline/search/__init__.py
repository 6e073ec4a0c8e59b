"""Searching finished records as people search: Swedish inflection, missing dots, parts of compounds, slips.

>>> from pipeline.search import open_index, search      # doctest: +SKIP
>>> with open_index("council.db") as index:             # doctest: +SKIP
...     search(index, "vald i nara relationer", Filters(party="SD")).total
12
"""

from .analysis import Analyzer, analyzer, fold
from .entries import Entry, entries
from .facets import FACETS
from .failures import ExtraMissing, FeedFailed, IndexMissing, IndexOutdated, QueryInvalid
from .find import Hit, Results, search
from .opening import open_index
from .query import Filters, parse
from .snippet import Snippet
from .store import Counts, Index

__all__ = [
    "FACETS",
    "Analyzer",
    "Counts",
    "Entry",
    "ExtraMissing",
    "FeedFailed",
    "Filters",
    "Hit",
    "Index",
    "IndexMissing",
    "IndexOutdated",
    "QueryInvalid",
    "Results",
    "Snippet",
    "analyzer",
    "entries",
    "fold",
    "open_index",
    "parse",
    "search",
]
