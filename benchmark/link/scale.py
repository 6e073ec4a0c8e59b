"""Linking at scale, on invented records: precision, recall, speed, growth; and the finder of seriemotioner.

python -m benchmark.link.scale [--records 100000] [--motions 10000]
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from pipeline.link import link
from pipeline.link.series import families

from .invent import planted, records


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--motions", type=int, default=10_000)
    args = parser.parse_args()
    for count in (args.records // 10, args.records):
        _chains(count)
    _families(args.motions)
    return 0


def _chains(count: int) -> None:
    truth: dict[str, str | None] = {}
    wanted, made = 0, list(records(count))
    for record, owner in made:
        truth[record["id"]] = owner
        wanted += owner is not None and owner != record["id"]
    ids = {record["source"]["name"]: record["id"] for record, _ in made}
    hits = found = 0
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        for case in link((record for record, _ in made), Path(folder) / "links.db"):
            if case["motion"] is None:
                continue
            for document in case["documents"]:
                found += 1
                hits += truth[document["record"]] == ids[case["motion"]]
        took = time.perf_counter() - begun
    print(
        f"{len(made)} records: precision {hits / found:.4f}, recall {hits / wanted:.4f}, "
        f"{len(made) / took:.0f} records/s, {1e6 * took / len(made):.0f} µs a record"
    )


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
