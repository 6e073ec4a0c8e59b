"""``Outline`` to ``Protocol``: parties, persons, roles, votes, outcomes and every other mention.

``load(folder)`` reads the model once; ``tag(outline, model)`` is pure.
"""

from .model import TagModel, load
from .tagger import tag

__all__ = ["TagModel", "load", "tag"]
