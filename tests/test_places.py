"""Which municipality or region a paper belongs to, also where its name is nowhere printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import models, run
from pipeline.tag.profiles import Sign, read_profiles
from pipeline.tag.tables import rows

TABLES = Path(__file__).resolve().parents[1] / "pipeline" / "tables"
SIGNS = read_profiles(TABLES / "profiles.tsv")

PAPER = """{head}
Svar på motion om belysning

Beslut
Kommunfullmäktige avslår motionen.

Sammanfattning
{text}
"""


@pytest.fixture(scope="module")
def loaded() -> models.Models:
    return models.load()


def _read(loaded: models.Models, head: str, text: str) -> Any:
    (made,) = run.extract(PAPER.format(head=head, text=text).encode(), name="paper.txt", models=loaded)
    return made


@pytest.mark.parametrize("sign", SIGNS, ids=lambda s: f"{s.municipality}-{s.pattern.pattern.pattern[:20]}")
def test_every_sign_of_a_profile_has_an_example_that_it_fits(sign: Sign) -> None:
    examples = {r["pattern"]: r["example"] for r in rows(TABLES / "profiles.tsv")}
    assert sign.pattern.search(examples[sign.pattern.pattern.pattern])
    others = [s for s in SIGNS if s.municipality != sign.municipality and s.weight >= 1]
    assert not any(other.pattern.search(examples[sign.pattern.pattern.pattern]) for other in others)


@pytest.mark.parametrize(
    ("head", "text", "name", "code"),
    [
        ("§ 12 Diarienummer 00123/2025", "Motionärerna vill ha fler lampor.", "Mölndal", "1481"),
        ("§ 12 Fler lampor\nVoo 123/2025", "Motionärerna vill ha fler lampor.", "Örebro", "1880"),
        ("§ 12", "Föredragande borgarrådet anför att det är ljust nog.", "Stockholm", "0180"),
    ],
)
def test_a_paper_that_names_no_municipality_is_known_by_its_form(
    loaded: models.Models, head: str, text: str, name: str, code: str
) -> None:
    made = _read(loaded, head, text)
    assert made["municipality"] == {"name": name, "code": code}
    assert "tag.municipality-by-form" in [note["code"] for note in made["notes"]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Motionärerna vill att alla mölndalsbor ska se bättre.", "Mölndal"),
        ("Lampor är göteborgarnas rätt, säger lärarna och ledarna.", "Göteborg"),
    ],
)
def test_the_inhabitants_name_their_municipality(loaded: models.Models, text: str, name: str) -> None:
    made = _read(loaded, "§ 12", text)
    assert made["municipality"]["name"] == name
    assert made["evidence"]["municipality"]["at"][0]["quote"] in ("mölndalsbor", "göteborgarnas")


def test_what_another_municipality_has_done_is_an_example(loaded: models.Models) -> None:
    paper = (
        "Motion om ett giftfritt badhus\n\nVi vill att barn i Mölndal ska kunna bada utan kemikalier.\n\n"
        "Alingsås kommun har sedan 2014 renat sitt vatten med ozon. I Mölndals\nstads miljöprogram står att vattnet "
        "ska vara giftfritt, med inspiration från Alingsås. Badhuset i Alingsås luktar inget.\n\n"
        "Vi yrkar att fullmäktige beslutar:\n\natt utreda ozonrening i badhuset.\n\nAnna Ek (MP)\n"
    )
    (record,) = run.extract(paper.encode(), name="motion.txt", models=loaded)
    assert record["municipality"]["name"] == "Mölndal"


def test_a_weak_sign_alone_names_nobody_and_a_printed_name_goes_before_the_form(loaded: models.Models) -> None:
    weak = _read(loaded, "§ 12 Dnr KS-2025/123", "Motionärerna vill ha fler lampor.")
    assert weak["municipality"] is None
    named = _read(loaded, "Lerums kommun\n§ 12 Diarienummer 00123/2025", "Motionärerna vill ha fler lampor i Lerum.")
    assert named["municipality"] == {"name": "Lerum", "code": "1441"}
    assert "tag.municipality-by-form" not in [note["code"] for note in named["notes"]]


@pytest.mark.parametrize(
    ("head", "text", "home"),
    [
        ("REGION SKÅNE\n§ 12", "Motionärerna vill ha fler lampor.", {"name": "Region Skåne", "code": None}),
        ("REGION GOTLAND\n§ 12", "Regionfullmäktige vill se.", {"name": "Gotland", "code": "0980"}),
        (
            "RÄDDNINGSTJÄNSTEN DALA MITT\nDirektionen 2017-09-29\n§ 12",
            "Borlänge vill ha fler lampor.",
            {"name": "Räddningstjänsten Dala Mitt", "code": None},
        ),
        (
            "Protokoll regionfullmäktige\n§ 12",
            "Västra Götalandsregionen har lampor, som Region Hallands.",
            {"name": "Västra Götalandsregionen", "code": None},
        ),
    ],
)
def test_regions_and_unions_are_known_by_their_letterheads(
    loaded: models.Models, head: str, text: str, home: dict[str, str | None]
) -> None:
    assert _read(loaded, head, text)["municipality"] == home


LETTER = """                                         Vårt diarienummer
                                         TN 2024/0415-3
TJÄNSTESKRIVELSE
2024-08-29                               Ert diarienummer
                                         KS 2024/0388

Samhällsbyggnadskontoret                 Tekniska nämnden
Handläggare, titel, telefon
Eva Ek, ingenjör, 0123-456 78

Svar på motion om grillplatser

Förslag till beslut
1. Tekniska nämnden avstyrker motionen.

Ärendet
Motionärerna föreslår att kommunen ställer upp fler grillplatser i skogen, eftersom de som finns är upptagna.

Kontoret anser att de grillplatser som redan finns räcker, och att de pengar som finns bör gå till bänkar.

Eva Ek
Ingenjör
"""

INTERPELLATION = """Interpellation till tekniska divisionsnämndens ordförande Sven Ek (S)

Vem skottar för den som inte har bil?

Vintern kom sent men med besked.

Jag frågar därför:
Vad kostar det?

Eva Al (MP)
"""


@pytest.mark.parametrize(
    ("paper", "addressee"),
    [(LETTER, "tekniska nämnden"), (INTERPELLATION, "tekniska divisionsnämndens ordförande")],
)
def test_the_receiver_stands_in_a_column_or_in_the_genitive(loaded: models.Models, paper: str, addressee: str) -> None:
    (made,) = run.extract(paper.encode(), name="paper.txt", models=loaded)
    assert made["addressee"] == addressee
