"""How many surnames come out of repair as they were printed, read by the channel behind a given name.

python -m benchmark.repair.names NAMES [--model models/repair-sv]

NAMES holds one surname a line; those that the lexicon has are left out unless ``--known`` is given.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable
from pathlib import Path

from pipeline import repair
from pipeline.repair.agree import listed
from pipeline.repair.channel import Channel
from pipeline.repair.compose import apply
from pipeline.repair.model import UNIT
from pipeline.repair.restore import channel_of, restoration_edits

GIVEN = ("Anna", "Lars", "Karin", "Mikael", "Eva", "Johan", "Sara", "Emma")
PAGE = "Motion fran {name} (S) om battre belysning.\n\n{name}\n"
SEED = 5
TIMES = 2


def read(name: str, channel: Channel, rng: random.Random) -> str:
    """A name as the channel reads it: its å, ä and ö drawn by their costs, the other letters as printed."""
    out = ""
    for letter in name:
        ways = channel.letters[letter.lower()] if letter.lower() in "åäö" else {letter.lower(): 0}
        seen = rng.choices(list(ways), [math.exp(-cost / UNIT) for cost in ways.values()])[0]
        out += seen[:1].upper() + seen[1:] if letter.isupper() else seen
    return out


def right(names: Iterable[str], model: repair.RepairModel) -> dict[str, tuple[int, int]]:
    """Names with and without dots: how many come out right, of how many readings."""
    channel, rng = channel_of(model, "eng"), random.Random(SEED)
    counts = {"dots": (0, 0), "plain": (0, 0)}
    for name in sorted(names):
        kind = "dots" if any(letter in "åäöÅÄÖ" for letter in name) else "plain"
        for _ in range(TIMES):
            given = rng.choice(GIVEN)
            page = PAGE.format(name=f"{given} {read(name, channel, rng)}")
            good = f"{given} {name} (" in apply(page, restoration_edits(page, model, channel))
            counts[kind] = counts[kind][0] + good, counts[kind][1] + 1
    return counts


def main() -> None:
    """Print the shares."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("names", type=Path)
    ap.add_argument("--model", type=Path, default=Path("models/repair-sv"))
    ap.add_argument("--known", action="store_true", help="also the names that the lexicon has")
    a = ap.parse_args()
    model = repair.load(a.model)
    names = {name for name in a.names.read_text(encoding="utf-8").split() if a.known or not listed(model, name)}
    for kind, (good, of) in right(names, model).items():
        print(f"{kind:6} {good} of {of}, {100 * good / max(1, of):.1f} %")


if __name__ == "__main__":
    main()
