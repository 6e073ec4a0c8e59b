"""What of a record a person should look at."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

REVIEW_BELOW = 0.6  # values said with less are listed for a person to look at

_NESTED = (dict, list)
_UNREVIEWED = ("at", "entities", "text", "quality", "source", "raw", "repaired")


def review(made: Json) -> list[Json]:
    """What a person should look at: every value said with less than ``REVIEW_BELOW``, least certain first.

    Entities are left out: they are many and feed no field.
    """
    found: list[Json] = []

    def look(node: Any, path: str) -> None:
        if isinstance(node, dict):
            confidence = node.get("confidence")
            if path and confidence is not None and confidence < REVIEW_BELOW:
                found.append({"field": path, "reason": "low confidence", "confidence": confidence})
            for key, child in node.items():
                if child and isinstance(child, _NESTED) and key not in _UNREVIEWED:
                    look(child, f"{path}.{key}" if path else key)
        else:
            for i, child in enumerate(node):
                if isinstance(child, _NESTED):
                    look(child, f"{path}.{i}")

    look(made, "")
    return sorted(found, key=lambda entry: (entry["confidence"], entry["field"]))
