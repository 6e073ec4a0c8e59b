"""Does the time of the structure stage grow with the length? ``python -m benchmark.structure.linear``.

Invented protocols of 30 to 300 pages, one § a page; processor time.
"""

from __future__ import annotations

import time
from pathlib import Path

from pipeline.segment import load, segment

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


def main() -> None:
    """Milliseconds a page, for growing protocols."""
    model = load(Path(__file__).resolve().parents[2] / "models" / "structure-sv")
    for pages in PAGES:
        read = transcript("protocol.txt", protocol(pages))
        start = time.process_time()
        outline = segment(read, model)
        spent = time.process_time() - start
        print(f"{pages} pages, {len(outline.items)} items: {spent:.2f} s, {1000 * spent / pages:.1f} ms a page")


if __name__ == "__main__":
    main()
