"""What is mended in text that was read from print just now, and left in text that was given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.document import Page, Part, Scan, Source, Span
from pipeline.models import load
from pipeline.repair import repair
from pipeline.repair.compose import apply
from pipeline.repair.party_brackets import party_bracket_edits
from pipeline.repair.printed import printed_edits
from pipeline.repair.section_gaps import section_gap_edits
from pipeline.repair.sections import section_edits


def mended(text: str) -> str:
    return apply(text, printed_edits(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("för<br>Ås och <br> mål", "för<br>Ås och<br>mål"),
        ("och <br> mål", "och <br> mål"),
        ("Dnr 0497 /22 och 00061 /2023", "Dnr 0497/22 och 00061/2023"),
        ("enligt 15a § och 3 b §", "enligt 15 a § och 3 b §"),
        ("Datum\n§161 Dnr KS-1\n• §12 KF", "Datum\n§ 161 Dnr KS-1\n• §12 KF"),
        ("ekonomichef §§ 6, 7,8 och 8,9 kr", "ekonomichef §§ 6, 7, 8 och 8,9 kr"),
        ("| Ek (M) | IX | |\nIX", "| Ek (M) | | X | |\nIX"),
        ("Samhällsbyggnadschet, bachet", "Samhällsbyggnadschef, bachet"),
        ("Ek (M) m.fi.. och Al (S) m.tl. yrkar", "Ek (M) m.fl., och Al (S) m.fl. yrkar"),
        ("27 /1 -22", "27 /1 -22"),
        ("Bo Ek (SD) mtl. och mfl. ord", "Bo Ek (SD) m.fl. och mfl. ord"),
        ("Maj- Britt Ek, för- och Nacka", "Maj-Britt Ek, för- och Nacka"),
        ("Ermin $korié (S) och Ermin Skorié (S)\n", "Ermin Škorić (S) och Ermin Škorić (S)\n"),
        ("kostar $ 100, entré och $ab", "kostar $ 100, entré och $ab"),
        ("eva.ek € lund.se, 10 € per styck", "eva.ek@lund.se, 10 € per styck"),
        ("från L, M; D och KD", "från L, M, D och KD"),
        ("Bo Ek (S); Eva Al (M) och Ed By (V)", "Bo Ek (S), Eva Al (M) och Ed By (V)"),
        ("Bo Ek (S), Eva Al (M). Ed By (V), Al Bo (L) och", "Bo Ek (S), Eva Al (M), Ed By (V), Al Bo (L) och"),
        ("9 Nej. I ledamot avstår", "9 Nej. 1 ledamot avstår"),
        ("den I mars i Al-Azhar", "den 1 mars i Al-Azhar"),
        ("förbundets Al-tolkverktyg", "förbundets AI-tolkverktyg"),
        ("För att ; den nya = planen", "För att den nya planen"),
        ("1; Ansökan\n2: Yttrande\n3. Beslut\n", "1. Ansökan\n2. Yttrande\n3. Beslut\n"),
        ("1: Ansökan\n2: Yttrande\n", "1: Ansökan\n2: Yttrande\n"),
        ('"Ja till det.” Hon sa', '"Ja till det." Hon sa'),
        ('Statyn "Sittande flicka” står', "Statyn ”Sittande flicka” står"),
        ('Statyn "Sittande flicka" står', 'Statyn "Sittande flicka" står'),
        ("Bo Ek (S). 2:e vice ordförande", "Bo Ek (S), 2:e vice ordförande"),
        ("Bo Ek (S). Ordförande\nEva", "Bo Ek (S), Ordförande\nEva"),
        ("Bo Ek (S). Ordförande Ulf Al", "Bo Ek (S). Ordförande Ulf Al"),
        ("Lars Sundbom. förvaltningschef Al", "Lars Sundbom, förvaltningschef Al"),
        ("Kungl. majestät och dr. philos. vid", "Kungl. majestät och dr. philos. vid"),
        ("Tjänsteskrivelse. 2023-12-22\n", "Tjänsteskrivelse, 2023-12-22\n"),
        ("Förslaget avslås. 2023-12-22 kom ett nytt", "Förslaget avslås. 2023-12-22 kom ett nytt"),
        ("Expedieras 2023-12-11. 2023-12-05.", "Expedieras 2023-12-11, 2023-12-05."),
        ("sekreterare §§ 6.7.8\n", "sekreterare §§ 6, 7, 8\n"),
        ("§42 2025.489 KS\nVal\n§ 44 2025.393 KS\n", "§ 42 2025.489 KS\nVal\n§ 44 2025.393 KS\n"),
        ("§42 2025.489 KS\nVal enligt § 44\n", "§42 2025.489 KS\nVal enligt § 44\n"),
        ("FC-2023-01164, FG-2023-00145 och FG-2023-00002", "FC-2023-01164, FG-2023-00145 och FG-2023-00002"),
        ("enligt §§ 6.2 och", "enligt §§ 6.2 och"),
        ("FG-2023-01 164, FG-2023-00145 och FG-2023-00002", "FG-2023-01164, FG-2023-00145 och FG-2023-00002"),
        ("KS-2023-12 164, KS-2023-145 och KS-2023-2", "KS-2023-12 164, KS-2023-145 och KS-2023-2"),
    ],
)
def test_print_that_was_read(text: str, expected: str) -> None:
    assert mended(text) == expected


def test_only_what_was_read_from_an_image_is_mended() -> None:
    text = "Kommunstyrelsen beslutar att bifalla motionen Dnr 0497 /22 från Maj- Britt Ek i Kungsbacka kommun.\n"
    source = Source("a.txt", "0" * 64, "text/plain", len(text), 1, Part(1, 1, (1, 1)))
    given = Scan(source, text, (Page(1, Span(0, len(text)), "given", 0, 0, 0),), (), None, ())
    model = load().repair
    assert repair(given, model).text == text
    read = repair(replace(given, read_with="swe+eng"), model).text
    assert "0497/22" in read
    assert "Maj-Britt" in read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§ 5 Dnr A-1\nVal\n\fs6 Dnr A-2\nPlan", "§ 5 Dnr A-1\nVal\n\f§ 6 Dnr A-2\nPlan"),
        ("§ 10 Dnr 1\n§ 11 Dnr 2\n\f31 Dnr 1\nVal\n§ 2 Dnr 2", "§ 10 Dnr 1\n§ 11 Dnr 2\n\f§ 1 Dnr 1\nVal\n§ 2 Dnr 2"),
        ("§ 10 Dnr 1\n31 Dnr 1\n§ 12 Dnr 2", "§ 10 Dnr 1\n31 Dnr 1\n§ 12 Dnr 2"),
        (
            "§ 7 Dnr KS-2023-001\n§ 8 Dnr KS-2023-002\n§ 9 Dnr KS-2023-009\n\fSJ Dnr KS-2023-001\n§ 8 Dnr KS-2023-002",
            "§ 7 Dnr KS-2023-001\n§ 8 Dnr KS-2023-002\n§ 9 Dnr KS-2023-009\n\f§ 7 Dnr KS-2023-001\n§ 8 Dnr KS-2023-002",
        ),
    ],
    ids=["first on its page", "the first after a list of contents", "of another number", "told by its matter"],
)
def test_heads_of_sections(text: str, expected: str) -> None:
    assert apply(text, section_gap_edits(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("&$3 Dnr FG-1\n", "§3 Dnr FG-1\n"),
        ("\f$$ 3 Dnr FG-1\n", "\f§ 3 Dnr FG-1\n"),
        ("Eva Ek $$ 3-5\n", "Eva Ek §§ 3-5\n"),
        ("• 5112 KUN Svar\n", "• §112 KUN Svar\n"),
        ("5112 KUN Svar\n", "5112 KUN Svar\n"),
        ("5 76 Dar FG-2023-00076\n", "5 76 Dnr FG-2023-00076\n"),
        ("§ 42\n544 2025.393 KS Svar\n", "§ 42\n§ 44 2025.393 KS Svar\n"),
        ("§ 542\n544 2025.393 KS Svar\n", "§ 542\n544 2025.393 KS Svar\n"),
        ("Kommunfullmäktige 2024-11-05, 5 146\n", "Kommunfullmäktige 2024-11-05, § 146\n"),
        ("den 8 juni 2023, 5 30.\n", "den 8 juni 2023, § 30.\n"),
        ("under juni 2023, 5 300 kronor", "under juni 2023, 5 300 kronor"),
        ("den 8 juni 2023, 5 300\nkronor", "den 8 juni 2023, 5 300\nkronor"),
        ("Sekreterare Bo Ek Paragrafer 8 1-11\n", "Sekreterare Bo Ek Paragrafer § 1-11\n"),
        ("Ek §§ 6, 7\nAl 88 8, 9\n", "Ek §§ 6, 7\nAl §§ 8, 9\n"),
        ("Ek röstade 88 8, 9\n", "Ek röstade 88 8, 9\n"),
        ("§ 2 Dnr FG-2024-2\nVal\nLå 1 Dnr FG-2024-00003\n", "§ 2 Dnr FG-2024-2\nVal\n§ 1 Dnr FG-2024-00003\n"),
        ('" 8 112 KUN Svar\n', '" § 112 KUN Svar\n'),
        ("Al (S), 88 106-123, §§ 107-108 Ek", "Al (S), §§ 106-123, §§ 107-108 Ek"),
        ("telefon 88 106-103, 88 12-95 Ek", "telefon 88 106-103, 88 12-95 Ek"),
        ("den 7 december 2022, 8153. Förvaltningens", "den 7 december 2022, § 153. Förvaltningens"),
        ("den 7 december 2022, 8153 kronor", "den 7 december 2022, 8153 kronor"),
        ("5 kap. 6 f och 6 g 85 SoL", "5 kap. 6 f och 6 g §§ SoL"),
        ("mellan 30 och 85 SoL-ärenden", "mellan 30 och 85 SoL-ärenden"),
        ("stöd av 3 kap.\n18 förordning om", "stöd av 3 kap.\n1 § förordning om"),
        ('det som står under 8 8: "Förbundet', 'det som står under 8 §: "Förbundet'),
        ("Protokollsutdrag 256 8 Återbetalning", "Protokollsutdrag 256 § Återbetalning"),
        ("Direktionen Dnr 26/0001-1\n8 620 Årsredovisning", "Direktionen Dnr 26/0001-1\n§ 620 Årsredovisning"),
        ("utskotts beslut, 2024-11-19 5 349 (Motion)", "utskotts beslut, 2024-11-19 § 349 (Motion)"),
        ("utskotts beslut 2024-11-19 5 349 kronor", "utskotts beslut 2024-11-19 5 349 kronor"),
        ("Ordningslagen 3 kap\n12 8 och anmälas", "Ordningslagen 3 kap\n12 § och anmälas"),
        ("Paragrafer § I-II\n", "Paragrafer § 1-11\n"),
    ],
)
def test_signs_of_sections(text: str, expected: str) -> None:
    assert apply(text, section_edits(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo Ek (M) och Bo Ek (VD. yrkar", "Bo Ek (M) och Bo Ek (M). yrkar"),
        (
            "Bo Ek (M), Åsa Al (M), Bo Ek (VD, Åsa Al (VD, Ed By (VD\n",
            "Bo Ek (M), Åsa Al (M), Bo Ek (M), Åsa Al (M), Ed By (M)\n",
        ),
        ("Bo Ek (M), Bo Ek (VD, Ed By (VD\n", "Bo Ek (M), Bo Ek (M), Ed By (VD\n"),
        ("Bo Ek (M), Bo Ek (MM) och Ulf By (MM)\n", "Bo Ek (M), Bo Ek (MM) och Ulf By (MM)\n"),
        ("Bo Ek (M), Bo Ek (S), Bo Ek (VD\n", "Bo Ek (M), Bo Ek (S), Bo Ek (VD\n"),
        ("Bo Ek (M) röstade först, Bo Ek (12)\n", "Bo Ek (M) röstade först, Bo Ek (12)\n"),
        ("Ordförande Bo Ek (M); Bo Ek OM) finner", "Ordförande Bo Ek (M); Bo Ek (M) finner"),
    ],
    ids=["own", "read alike", "read alike once", "perhaps a party", "two of the name", "a count", "one bracket"],
)
def test_brackets_of_parties(text: str, expected: str) -> None:
    assert apply(text, party_bracket_edits(text)) == expected
