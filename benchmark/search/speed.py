"""How fast the index is made and searched, and how large it is, on synthetic records.

    python benchmark/search/make_records.py 20000 /tmp/records.jsonl
    python benchmark/search/speed.py /tmp/records.jsonl /tmp/bench.db [JOBS]

Times are CPU seconds of all processes (what a quiet core would take), with the wall clock beside them.
Queries are 1 to 3 words of middling frequency, all of which must be found, with facets and ten marked hits; then the
commonest words by the number of entries that hold them, and what else finds or tries much.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from pipeline.search import Filters, open_index, search

QUERIES = 300
COMMONEST = 100


def main() -> None:
    """Measure and print."""
    records, db = Path(sys.argv[1]), Path(sys.argv[2])
    jobs = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with records.open(encoding="utf-8") as lines:
        size = sum(len(json.loads(line)["text"]["repaired"].encode()) for line in lines)
    for path in db.parent.glob(db.name + "*"):
        path.unlink()
    with open_index(db, create=True) as index:
        cpu, wall = _spent(), time.perf_counter()
        with records.open("rb") as lines:
            counts = index.put(lines, jobs=jobs)
        index.optimize()
        cpu, wall = _spent() - cpu, time.perf_counter() - wall
        print(f"{counts.added} records, {counts.entries} entries, {size / 1e6:.1f} MB of text, {index.words.version}")
        helpers = (os.times().children_user + os.times().children_system) / counts.added * 1000
        print(
            f"indexed by {jobs} processes: {counts.added / cpu:.0f} records per CPU second "
            f"({counts.added / wall:.0f} by the clock); ms of CPU a record: "
            f"{cpu / counts.added * 1000 - helpers:.2f} in the one that writes, {helpers:.2f} in the others"
        )
        cpu = _spent()
        with records.open("rb") as lines:
            same = index.put(lines, jobs=jobs).same
        print(f"once more, {same} unchanged: {same / (_spent() - cpu):.0f} records per CPU second")
        bare = _bare(index.db.execute("SELECT title, text FROM entries").fetchall(), db)
        print(f"a bare FTS5 table of the same entries, for scale: {counts.added / bare:.0f} records per CPU second")
    print(f"file: {db.stat().st_size / 1e6:.1f} MB, {db.stat().st_size / size:.2f} times the text")
    with open_index(db) as index:
        chance = random.Random(1)
        terms = [row[0] for row in index.db.execute("SELECT word FROM vocabulary WHERE length(word) > 4")]
        index.db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab ('main', 'exact', 'row')")
        often = dict(index.db.execute("SELECT term, doc FROM temp.terms WHERE doc BETWEEN 20 AND 4000"))
        middling = sorted(word for word in terms if word in often)
        asked = [" ".join(chance.sample(middling, chance.choice([1, 1, 2, 2, 3]))) for _ in range(QUERIES)]
        commonest = "SELECT term FROM temp.terms WHERE length(term) > 2 ORDER BY doc DESC, term LIMIT ?"
        special = {
            f"the {COMMONEST} commonest words": [row[0] for row in index.db.execute(commonest, (COMMONEST,))],
            "a word of nearly every record": ["kommun"],
            "a common phrase": ['"våld i nära relationer"'],
            "a beginning": ["skol*"],
            "a slip": ["belysnign", "snöröjnign"],
            "no words, newest first": [""],
        }
        for name, queries in {"1-3 words": asked, **special}.items():
            print(f"{name}: {_times(index, queries)}")


def _spent() -> float:
    """CPU seconds of this process and of those that it started and that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _bare(rows: list[tuple[str, str]], db: Path) -> float:
    """CPU seconds for titles and texts alone in one full-text table: how fast this machine is today."""
    scratch = db.with_name(db.name + ".bare")
    scratch.unlink(missing_ok=True)
    cpu = time.process_time()
    file = sqlite3.connect(scratch)
    file.execute("CREATE VIRTUAL TABLE bare USING fts5 (title, text, tokenize='unicode61 remove_diacritics 2')")
    file.executemany("INSERT INTO bare VALUES (?, ?)", rows)
    file.commit()
    file.close()
    scratch.unlink()
    return time.process_time() - cpu


def _times(index, queries: list[str]) -> str:  # type: ignore[no-untyped-def]
    for _ in range(2):
        search(index, queries[0])
    cpu, wall = [], []
    for query in queries * (5 if len(queries) < 5 else 1):
        start, clock = time.process_time(), time.perf_counter()
        found = search(index, query, Filters())
        cpu.append((time.process_time() - start) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
    cpu.sort()
    return (
        f"median {statistics.median(cpu):.1f} ms, p99 {cpu[int(len(cpu) * 0.99) - 1]:.1f} ms of CPU "
        f"(by the clock {statistics.median(wall):.1f} ms); last found {found.total}"
    )


if __name__ == "__main__":
    main()
