"""Link a set of real motions and §§ and score it: links, outcome of each motion, outcome of each att-sats.

    python -m benchmark.link.evaluate GOLD/links [--texts DIR --ending .eng.txt] [--jobs 2] [--keep CASES.jsonl]

GOLD/links holds ``documents.jsonl.xz`` (id, text) and ``links.json``; the scorer lies one folder up.
``att_satser.json`` beside this file holds the outcome of every att-sats of the decided motions, read by a person
before the program was run on them: number of items and outcome, nothing of the texts.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline import models, run
from pipeline.errors import AttsatsError
from pipeline.link import link

Json = dict[str, Any]


def main() -> int:
    """Print the official score and our own of the att-satser."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=Path, help="take the texts that lie here instead")
    parser.add_argument("--ending", default=".eng.txt")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="keep the cases here")
    parser.add_argument("--records", type=Path, help="keep the records here, or take them from here when it exists")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        kept = args.keep or Path(scratch) / "cases.jsonl"
        cases = list(link(_records(args, Path(scratch))))
        kept.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), "utf-8")
        scorer = args.folder.parent / "score_links.py"
        subprocess.run([sys.executable, str(scorer), str(args.folder / "links.json"), str(kept)], check=True)
    _score_items(cases)
    return 0


def _records(args: argparse.Namespace, scratch: Path) -> Iterator[Json]:
    """The records of all documents, through a file, so that they can be linked again without being made again."""
    path: Path = args.records or scratch / "records.jsonl"
    if not path.exists():
        work = list(_documents(args.folder, args.texts, args.ending))
        with ProcessPoolExecutor(args.jobs) as pool, path.open("w", encoding="utf-8") as out:
            for made in pool.map(_extract, work, chunksize=16):
                out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in made)
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _documents(folder: Path, texts: Path | None, ending: str) -> Iterator[tuple[str, bytes]]:
    with lzma.open(folder / "documents.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            other = texts / f"{document['id']}{ending}" if texts else None
            if other is not None and other.exists():
                yield document["id"], other.read_bytes()
            else:
                yield document["id"], document["text"].encode()


@lru_cache(maxsize=1)
def _models() -> models.Models:
    return models.load()


def _extract(job: tuple[str, bytes]) -> list[Json]:
    name, data = job
    try:
        return run.extract(data, name=f"{name}.txt", models=_models())
    except AttsatsError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return []


def _score_items(cases: list[Json]) -> None:
    wanted: dict[str, list[str]] = json.loads((Path(__file__).parent / "att_satser.json").read_text("utf-8"))
    mine = {c["motion"].split(".")[0]: [p["outcome"] for p in c["proposals"]] for c in cases if c["motion"]}
    right = sum(
        sum(a == b for a, b in zip(outcomes, mine.get(name, []), strict=False)) for name, outcomes in wanted.items()
    )
    total = sum(max(len(outcomes), len(mine.get(name, []))) for name, outcomes in wanted.items())
    print(f"att-satser accuracy {right / total:.3f}  n={total}")
    for name, outcomes in wanted.items():
        if mine.get(name) != outcomes:
            print(f"  {name}: wanted {outcomes}, said {mine.get(name)}")


if __name__ == "__main__":
    sys.exit(main())
