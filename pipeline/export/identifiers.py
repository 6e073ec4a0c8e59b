"""Stable addresses for things that a record names: the same person, party or body in two records has the same one."""

from __future__ import annotations

import re
import unicodedata

BASE = "https://attsats.example/"  # a reserved name: these addresses name things and lead nowhere


def slug(text: str) -> str:
    """Letters and digits of a text, for an address.

    >>> slug("Barn- och utbildningsnämnden"), slug("§ 12"), slug("██ █")
    ('barn-och-utbildningsnamnden', '12', 'x')
    """
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-") or "x"


def address(kind: str, *parts: str | int | None) -> str:
    """The address of a thing.

    >>> address("party", "Huddinge", "HP")
    'https://attsats.example/party/huddinge/hp'
    """
    return BASE + "/".join([kind, *(slug(str(part)) for part in parts if part not in (None, ""))])
