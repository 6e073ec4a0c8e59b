"""Bundles: first pages found, missed and invented.

    python benchmark/ocr/bundle_cases.py FOLDER

FOLDER holds texts, one document each. Every text, as it is and cut into pages of different lengths, must stay one
document; then four random texts at a time are put into one file, and the pages on which they begin must be found.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pipeline import ocr
from pipeline.ocr.first_pages import first_pages

LENGTHS = (16, 20, 24, 27, 38, 45, 52)


def pages_of(text: str, length: int) -> list[str]:
    """The text's own pages, or pages of so many lines."""
    if "\f" in text:
        return text.split("\f")
    lines = text.split("\n")
    pages = ["\n".join(lines[i : i + length]) for i in range(0, len(lines), length)]
    return [page for page in pages if page.strip()]


def main(folder: Path) -> None:
    """Count and print."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")) if ".clean" not in path.name]
    split = sum(len(first_pages(ocr.read(text.encode()))) > 1 for text in texts)
    cut = [pages_of(text.replace("\f", "\n"), length) for text in texts for length in LENGTHS]
    split += sum(len(first_pages(ocr.read("\f".join(pages).encode()))) > 1 for pages in cut)
    print(f"single documents: {len(texts) + len(cut)}, split: {split}")
    rng = random.Random(5)
    found = missed = invented = 0
    for _ in range(40):
        pages: list[str] = []
        starts = set()
        for text in rng.sample(texts, 4):
            starts.add(len(pages))
            pages += pages_of(text, 50)
        got = set(first_pages(ocr.read("\f".join(pages).encode())))
        found, missed, invented = (
            found + len(got & starts) - 1,
            missed + len(starts - got),
            invented + len(got - starts),
        )
    print(f"bundles: 40, first pages found: {found}, missed: {missed}, invented: {invented}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
