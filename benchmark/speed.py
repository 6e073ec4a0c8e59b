"""Processor time of each stage on texts, models loaded: documents a second and characters a second on one core.

python -m benchmark.speed FILE... [--repeat 3] [--after OTHER...]

With ``--repeat 1`` no word is in any memory at first, and it fills as in a batch; ``--after`` reads other documents
first, so that it is as full as it is in the middle of one. As the workers of a batch do, the collector of garbage
leaves the models alone.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline import models, ocr
from pipeline.laws import validate
from pipeline.quality import assess
from pipeline.record import record
from pipeline.repair import repair
from pipeline.segment import segment
from pipeline.tag import tag

T = TypeVar("T")


def main() -> int:
    """Print a line a stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--after", nargs="+", type=Path, default=[], help="texts that are read first, untimed")
    args = parser.parse_args()
    begun = time.process_time()
    loaded = models.load()
    gc.collect()
    gc.freeze()
    print(f"models loaded in {time.process_time() - begun:.2f} s of processor time")
    for path in args.after:
        scan = ocr.read(path, quality=loaded.quality)
        text = repair(scan, loaded.repair, assess(scan, loaded.quality))
        validate(record(tag(segment(text, loaded.structure), loaded.ner)))
    spent: Counter[str] = Counter()
    characters = documents = 0

    def timed(name: str, work: Callable[[], T]) -> T:
        begun = time.process_time()
        made = work()
        spent[name] += time.process_time() - begun  # type: ignore[assignment]
        return made

    for _ in range(args.repeat):
        for path in args.files:
            scan = timed("read", lambda path=path: ocr.read(path, quality=loaded.quality))  # type: ignore[misc]
            quality = timed("verdict", lambda scan=scan: assess(scan, loaded.quality))  # type: ignore[misc]
            text = timed("repair", lambda s=scan, q=quality: repair(s, loaded.repair, q))  # type: ignore[misc]
            outline = timed("segment", lambda t=text: segment(t, loaded.structure))  # type: ignore[misc]
            protocol = timed("tag", lambda o=outline: tag(o, loaded.ner))  # type: ignore[misc]
            made = timed("record", lambda p=protocol: record(p))  # type: ignore[misc]
            timed("validate", lambda m=made: validate(m))  # type: ignore[misc]
            documents, characters = documents + 1, characters + len(scan.text)
    total = sum(spent.values())
    for name, seconds in spent.items():
        print(f"{name:10s} {1000 * seconds / documents:7.1f} ms a document  {characters / seconds:12,.0f} characters/s")
    print(f"{documents} documents of {characters / documents:.0f} characters: {documents / total:.1f} documents/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
