"""What an official is called, read alike where the sign-off is found and where its persons are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipeline import models, run

LETTER = """TJÄNSTESKRIVELSE
2020-01-01
Kommunstyrelsen

Svar på motion om bänkar

Förslag till beslut

Kommunstyrelsen föreslår att motionen avslås.

Bedömning

Förvaltningen anser att bänkar är bra men dyra och att det finns annat.

En bänk kostar 3 000 kronor och det är mycket pengar.

Anna Berg          Bo Alm
{role}          Förvaltningschef
"""


@cache
def loaded() -> models.Models:
    return models.load()


@pytest.mark.parametrize(
    "role",
    ["Kamrer", "Bibliotekarie", "Kurator", "Registrator", "Notarie", "Gatumästare", "Stadsantikvarie", "Administratör",
     "Stadsarkitekt", "Miljöinspektör"],
)  # fmt: skip
def test_an_official_signs_with_the_title(role: str, tmp_path: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text(LETTER.format(role=role), encoding="utf-8")
    (made,) = run.extract(paper, models=loaded())
    assert [(s["name"], s["role"]) for s in made["signatories"]] == [
        ("Anna Berg", role.lower()),
        ("Bo Alm", "förvaltningschef"),
    ]
