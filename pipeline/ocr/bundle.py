"""A file that holds many documents: where each of them begins."""

from __future__ import annotations

from ..document import Scan


def split(scan: Scan) -> tuple[Scan, ...]:
    """The documents of a bundle, one Scan each; an ordinary document comes back alone and unchanged."""
    return (scan,)
