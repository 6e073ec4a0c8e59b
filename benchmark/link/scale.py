"""Linking at scale, on invented records: precision, recall, speed, growth; and the finder of seriemotioner.

python -m benchmark.link.scale [--records 100000] [--motions 10000]
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.link import Store, cases
from pipeline.link.series import families

from .invent import planted, records

Json = dict[str, Any]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000, help="0 leaves this part out")
    parser.add_argument("--motions", type=int, default=10_000, help="0 leaves this part out")
    args = parser.parse_args()
    for count in (args.records // 10, args.records):
        if count:
            _chains(count)
    if args.motions:
        _families(args.motions)
    return 0


def _chains(count: int) -> None:
    """Link invented records as a stream: the names of their sources tell whose they are, nothing is kept.

    The time is processor time of linking alone, by tenth of the records taken in and of the motions given out.
    """
    wanted = hits = found = made = 0

    def stream() -> Iterator[Json]:
        nonlocal wanted, made
        for record, owner in records(count):
            wanted += owner is not None and owner != record["id"]
            made += 1
            yield record

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "links.db")
        taken = [0.0] * 10
        for part in _parts(stream(), 2000):
            begun = time.process_time()
            store.add(part)
            taken[min(9, 10 * made // (count + 1))] += time.process_time() - begun
        begun = time.process_time()
        marks = [begun]
        for case in cases(store):
            if case["motion"] is None:
                continue
            name = case["motion"].removesuffix(".txt")
            found += len(case["documents"])
            hits += sum(d["source"].removesuffix(".txt").partition("s")[0] == name for d in case["documents"])
            marks.append(time.process_time())
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        store.close()
    took = sum(taken) + marks[-1] - begun
    tenth = len(marks) // 10
    given = [marks[n + tenth] - marks[n] for n in range(0, tenth * 10, tenth)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{made} records: precision {hits / found:.4f}, recall {hits / wanted:.4f}, {made / took:.0f} records/s, "
        f"{1e6 * took / made:.0f} µs a record; peak {peak:.0f} MiB resident, store {size / 2**20:.0f} MiB"
    )
    print("  µs a record, by tenth: taken in", *(f"{1e7 * t / made:.0f}" for t in taken))
    print("  linked", *(f"{1e7 * t / made:.0f}" for t in given))


def _parts(stream: Iterator[Json], size: int) -> Iterator[list[Json]]:
    while part := list(itertools.islice(stream, size)):
        yield part


def _families(count: int) -> None:
    made = list(planted(count, count // 20))
    owner = {record["id"]: family for record, family in made}
    members = defaultdict(list)
    for name, family in owner.items():
        if family is not None:
            members[family].append(name)
    wanted = {frozenset(p) for group in members.values() for p in itertools.combinations(group, 2)}
    begun = time.perf_counter()
    found = {
        frozenset(p)
        for family in families(record for record, _ in made)
        for p in itertools.combinations([m["record"] for m in family["members"]], 2)
    }
    took = time.perf_counter() - begun
    hits = len(wanted & found)
    precision, recall = hits / max(1, len(found)), hits / len(wanted)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    print(
        f"{count} motions, {len(members)} families: pairwise P {precision:.4f} R {recall:.4f} F1 {f1:.4f}, {took:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
