"""Does the time of the structure stage grow with the length? ``python -m benchmark.structure.linear``.

Invented protocols of 30 to 300 pages, one § a page, extracts of many short §§ and letters; processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from pipeline.segment import SegmentModel, load, segment

from .gold import transcript

PAGES = (30, 75, 150, 300)
HEAD = "SAMMANTRÄDESPROTOKOLL\nKommunfullmäktige\n2024-05-02\n\nBeslutande\nEva Ek (S)\n\nJusterare Bo Al (M)\n"
TEXT = "\n".join(["Kommunen har i dag många bänkar i sina parker och fler planeras under kommande år."] * 20)
PAGE = """
§ {n} Dnr KS-2024-{n:05d}
Svar på motion om bänkar i park {n}

Beslut
Kommunfullmäktige avslår motionen.

Sammanfattning av ärendet
{text}

Yrkanden
Eva Ek (S) yrkar bifall till motionen.

Beslutsgång
Ordföranden ställer proposition på yrkandet och finner att kommunfullmäktige avslår motionen.
"""


def protocol(pages: int) -> str:
    """An invented protocol with one § a page."""
    return HEAD + "\f".join(PAGE.format(n=n, text=TEXT) for n in range(1, pages + 1))


def extract(matters: int) -> str:
    """An invented extract with many short §§."""
    return "PROTOKOLLSUTDRAG\nKommunstyrelsen 2020-01-01\n\n" + "".join(
        f"§ {n}\n\nÄrende om bänkar nummer {n}\n\nBeslut\n\nKommunstyrelsen bifaller motionen.\n\n"
        for n in range(1, matters + 1)
    )


LETTER = "TJÄNSTESKRIVELSE\n2020-01-01\nKommunstyrelsen\n\nSvar på motion om bänkar\n\n"
PROSE = "Förvaltningen har räknat bänkarna i parken och skrivit upp dem i en lista som ligger där.\n\n"


def letter(paragraphs: int) -> str:
    """An invented letter of an office, all of it under one heading."""
    return LETTER + "Ärendet\n\n" + PROSE * paragraphs


def letter_with_headings(paragraphs: int) -> str:
    """The same with the heading above every paragraph."""
    return LETTER + ("Ärendet\n\n" + PROSE) * paragraphs


SHORT: dict[str, Callable[[int], str]] = {
    "matters": extract,
    "paragraphs": letter,
    "headings": letter_with_headings,
}


def main() -> None:
    """Milliseconds a page, for growing protocols, and seconds for growing extracts and letters."""
    model = load(Path(__file__).resolve().parents[2] / "models" / "structure-sv")
    for pages in PAGES:
        spent, items = _spent(protocol(pages), model)
        print(f"{pages} pages, {items} items: {spent:.2f} s, {1000 * spent / pages:.1f} ms a page")
    for what, write in SHORT.items():
        for count in (400, 800, 1600):
            print(f"{count} {what}: {_spent(write(count), model)[0]:.2f} s")


def _spent(text: str, model: SegmentModel) -> tuple[float, int]:
    """Processor time of the stage, and how many items it found."""
    read = transcript("protocol.txt", text)
    start = time.process_time()
    outline = segment(read, model)
    return time.process_time() - start, len(outline.items)


if __name__ == "__main__":
    main()
