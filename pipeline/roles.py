"""What officials and elected members are called: the ends of the words, one table for every stage."""

from __future__ import annotations

from pathlib import Path

_FOLDED = str.maketrans("åäö", "aao")


def _ends() -> dict[str, str]:
    """The kind of each end of a title, from the table."""
    rows = (Path(__file__).parent / "tables" / "role_ends.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


_ENDS = _ends()
OFFICE = "|".join(end for end, kind in _ENDS.items() if kind == "office")
MANDATE = "|".join(end for end, kind in _ENDS.items() if kind == "mandate")
OFFICE_KEY = OFFICE.translate(_FOLDED)  # for folded lines
MANDATE_KEY = MANDATE.translate(_FOLDED)
