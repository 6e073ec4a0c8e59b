"""Stage three: what kind of document it is, its matters, the section of every line, its proposals."""

from .outline import SegmentModel, load, segment

__all__ = ["SegmentModel", "load", "segment"]
