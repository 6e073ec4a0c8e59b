"""Build the repair model: the same input gives the same bytes.

python -m benchmark.repair.train --text FILE... --pages DIR... --out models/repair-sv
"""

from __future__ import annotations

import argparse
import csv
import itertools
import sys
from pathlib import Path

import pipeline
from pipeline import repair
from pipeline.repair import model
from pipeline.repair.channel import build
from pipeline.repair.ready import CHANNEL

from . import calibrate, channel, corpus, forms, letters, pack, smooth

VERSION = "1.0"
SETTINGS = {"beam": 8}


def names(paths: list[Path], least: int) -> list[str]:
    """Names from CSV lists (name, bearers), lower-cased: facts that join the lexicon and the letter model."""
    found = []
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for row in itertools.islice(csv.reader(file), 1, None):
                coded = row[0].isdigit()  # code, name
                if coded or len(row) == 1 or (row[1].isdigit() and int(row[1]) >= least):
                    found += [
                        part.lower()
                        for part in (row[0] if not row[0].isdigit() else row[1]).replace("-", " ").split()
                        if part.isalpha()
                    ]
    return found


def surnames() -> list[str]:
    """The reviewed table of common surnames, and their genitives: unlike given names they are made much like others."""
    table = Path(pipeline.__file__).resolve().parent / "tables" / "ocr_surnames.tsv"
    rows = (line.split("\t")[0].lower() for line in table.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return [form for name in rows if name.isalpha() for form in (name, name if name.endswith("s") else name + "s")]


def main() -> None:
    """Count, smooth, pack."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--text", type=Path, nargs="+", required=True)
    ap.add_argument("--pages", type=Path, nargs="+", required=True)
    ap.add_argument("--names", type=Path, nargs="*", default=[])
    ap.add_argument("--out", type=Path, required=True)
    a = ap.parse_args()
    families = surnames()
    listed = [*names(a.names, 20), *families]
    printed = corpus.openings(text for _, text in channel.pairs(a.pages, "eng", held=False))
    counted = corpus.count(corpus.unprinted(corpus.paragraphs(a.text), printed), listed)
    print(f"{len(counted.stream):,} tokens, {len(counted.words):,} words", file=sys.stderr)
    orders = smooth.smooth(counted.stream, 3, model.ID_BITS, len(counted.words), (1, 2, 2))
    arrays = pack.lexicon(counted, orders[0])
    arrays |= pack.kept("pairs", orders[1], back=True) | pack.kept("triples", orders[2], back=False)
    arrays |= pack.grams("letters", *letters.packed([*counted.words[len(model.CLASSES) :], *counted.once]))
    arrays |= pack.grams("names", *letters.packed([*corpus.names(counted), *families]))
    channels = {
        "eng": channel.table(channel.learn(channel.pairs(a.pages, "eng", held=False)), channel.known_confusions())
    }
    config = {
        "name": a.out.name,
        "version": VERSION,
        "settings": SETTINGS | {"tokens": len(counted.stream)},
        "channels": channels,
        "calibration": {},
    }
    pack.write(a.out, arrays | forms.empty(), config)
    built = repair.load(a.out)
    arrays |= forms.table(built, build(CHANNEL, channels[CHANNEL]))
    pack.write(a.out, arrays, config)
    built = repair.load(a.out)
    config["calibration"] = calibrate.tables(built, channel.pairs(a.pages, "eng", held=True))
    config["calibration"] |= calibrate.printed_tables(built, channel.pairs(a.pages, "swe+eng"))
    size = pack.write(a.out, arrays, config)
    for name, values in sorted(arrays.items()):
        print(f"{name:20} {values.nbytes:>12,}", file=sys.stderr)
    print(f"{size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
