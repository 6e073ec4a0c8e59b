"""Folders of documents to run batches over: made from the project's own samples, all different, some broken."""

from __future__ import annotations

import random
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SCANS = ("*.pdf", "*.png", "*.jpg")


def texts() -> list[list[str]]:
    """The paragraphs of each sample text."""
    found = sorted(SAMPLES.glob("*/source.txt"))
    return [path.read_text(encoding="utf-8").split("\n\n") for path in found]


def scans() -> list[Path]:
    """The sample scans, smallest first."""
    found = [path for pattern in SCANS for path in SAMPLES.glob(f"*/{pattern}")]
    return sorted(found, key=lambda path: (path.stat().st_size, path.name))


def write_text(path: Path, n: int, chance: random.Random, sources: list[list[str]]) -> None:
    """A text of one sample with some paragraphs of another, so that no two are the same."""
    paragraphs = list(chance.choice(sources))
    other = chance.choice(sources)
    for _ in range(chance.randint(0, 3)):
        paragraphs.insert(chance.randrange(len(paragraphs)), chance.choice(other))
    path.write_text("\n\n".join([f"Ärende {n}", *paragraphs]), encoding="utf-8")


def write_scan(path: Path, n: int, source: Path) -> None:
    """A sample scan with a few bytes behind its end, which readers pass over: the same page, another hash."""
    path.write_bytes(source.read_bytes() + f"\n%% {n}\n".encode())


def write_broken(path: Path, n: int, chance: random.Random, source: Path) -> None:
    """One of the ways in which files are broken."""
    whole = source.read_bytes()
    ways = (
        b"",
        whole[: max(100, len(whole) // 50)] + str(n).encode(),
        chance.randbytes(4000),
        f"{n}\n \n\f\n".encode().replace(str(n).encode(), b" " * n),
        b"%PDF-1.7\n" + str(n).encode() + chance.randbytes(500),
    )
    path.write_bytes(ways[n % len(ways)])


def write_trap(path: Path, n: int) -> None:
    """What the stub stumbles over: it is damaged, it has a bug, it crashes, leaves, eats memory, or hangs."""
    path.write_text(f"{TRAPS[n % len(TRAPS)]} {n}", encoding="utf-8")


TRAPS = ("broken", "raise", "crash", "leave", "hog 4000", "hang")


def make(
    folder: Path, *, documents: int, broken: float = 0.05, scanned: float = 0.02, seed: int = 7, traps: bool = False
) -> None:
    """Write ``documents`` files into subfolders of a hundred; the same seed gives the same bytes.

    ``traps``: the broken ones are such for the stub, and scans are left out.
    """
    chance = random.Random(seed)
    sources, images = texts(), scans()[:3]
    for n in range(documents):
        place = folder / f"{n // 100:04}"
        place.mkdir(parents=True, exist_ok=True)
        kind = chance.random()
        if traps and kind < broken:
            write_trap(place / f"{n:06}.txt", n)
        elif kind < broken:
            write_broken(place / f"{n:06}.pdf", n, chance, chance.choice(images))
        elif kind < broken + scanned and not traps:
            image = images[n % len(images)]
            write_scan(place / f"{n:06}{image.suffix}", n, image)
        else:
            write_text(place / f"{n:06}.txt", n, chance, sources)
