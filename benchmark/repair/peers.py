"""Repair beside what else can be had: the same held-back pages through each, quality and speed in one run.

    python -m benchmark.repair.peers PAGES [--write docs/repair.md] [--json FILE] [--seconds 120]
        [--only NAME ... [--keep FILE]]

PAGES holds ID.printed.txt and ID.eng.txt (and ID.swe+eng.txt) as a scan factory writes them. Each peer gets the text
as it was read and is judged as ``evaluate`` judges: case and punctuation count, dashes and quotes of all kinds are
one. The printed text is given to each as well: clean text should come back as it was. Speed is in characters a
second of processor time, loading apart. A peer that has used up its seconds stops after the document at hand, and
the table says how many it got through; documents come in one shuffled order for all. ``pip install 'attsats[peers]'``
brings the peers; one that is not there gets a row that says so. ``--only`` runs some of the peers, and ``--keep``
takes the rows of the others from what an earlier run wrote with ``--json``; the page then names them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from pipeline import repair
from pipeline.document import Edit, Quality, Span, Transcript

from . import engines
from .evaluate import closed, interval
from .judge import Judged, judge, scan_of
from .peers_page import Figures, write

Mend = Callable[[str], str]
Page = tuple[str, str, str]  # name, as read, as printed
READINGS = ("eng", "swe+eng", "printed")


@dataclass(frozen=True)
class Peer:
    """Something that mends text; ``open`` loads it and may raise ImportError."""

    name: str
    open: Callable[[], Mend]
    speed_only: bool = False


def peers(model: repair.RepairModel) -> list[Peer]:
    """Us and all others."""
    return [
        Peer("as read", lambda: str),
        Peer("attsats", lambda: lambda text: repair.repair(scan_of(text), model).text),
        Peer("wordfreq unigram", engines.open_unigram),
        Peer("symspellpy", engines.open_symspell),
        Peer("hunspell", engines.open_hunspell),
        Peer("trollfab-ocr", engines.open_trollfab),
        Peer("ByT5-small, int8", partial(engines.open_byt5, quantised=True), speed_only=True),
        Peer("ByT5-small, float32", partial(engines.open_byt5, quantised=False), speed_only=True),
    ]


def pages(folder: Path, reading: str) -> list[Page]:
    """The documents of a folder in their shuffled order; the printed text is a reading of itself."""
    found = []
    for path in sorted(folder.glob("*.printed.txt")):
        read = path.with_name(path.name.replace(".printed.", f".{reading}."))
        if read.is_file() and path.read_text(encoding="utf-8").strip():
            found.append((path.name[:-12], read.read_text(encoding="utf-8"), path.read_text(encoding="utf-8")))
    random.Random(1).shuffle(found)
    return found


def timed(mend: Mend, texts: Sequence[str], seconds: float) -> tuple[list[str], float]:
    """The mended texts, as many as fit into the seconds (one at least), and the characters mended a second."""
    start, made = time.process_time(), list[str]()
    for text in texts:
        if made and time.process_time() - start > seconds:
            break
        made.append(mend(text))
    spent = time.process_time() - start
    return made, sum(map(len, texts[: len(made)])) / max(spent, 1e-9)


def verdict(read: str, given: str, truth: str) -> Judged:
    """Judge a mended text: one edit over all that was read."""
    edits = (Edit(Span(0, len(read)), given, "peer", 1.0),) if given != read else ()
    return judge(Transcript(scan_of(read), edits, Quality("noisy", None, 0.0, 1.0), ()), truth)


def measure(peer: Peer, reading: str, found: Sequence[Page], truths: dict[str, str], seconds: float) -> Figures:
    """Run one peer over the documents of one reading and judge what it gives."""
    start = time.process_time()
    try:
        mend = peer.open()
    except ImportError as error:
        return Figures(peer.name, reading, str(error), peer.speed_only)
    loading = time.process_time() - start
    texts = [read for _, read, _ in found]
    made, speed = timed(mend, texts, seconds)
    again = speed if peer.speed_only else timed(mend, texts[: len(made)], seconds)[1]
    figures = Figures(peer.name, reading, "", peer.speed_only, len(made), loading=loading, speed=speed, again=again)
    if peer.speed_only:
        return figures
    rows = [verdict(read, given, truths[name]) for (name, read, _), given in zip(found, made, strict=False)]
    return replace(
        figures,
        words=sum(j.words for j in rows),
        wer=interval([(j.after, j.words) for j in rows]),
        cer=interval([(j.letters_wrong, j.letters) for j in rows]),
        wrong=sum(j.before for j in rows),
        mended=sum(j.mended for j in rows),
        broken=sum(j.broken for j in rows),
    )


def compare(folder: Path, contenders: Sequence[Peer], close: Callable[[str], str], seconds: float) -> list[Figures]:
    """All peers on all readings that the folder has; networks without training run on the first reading only."""
    table = []
    truths = {name: close(printed) for name, _, printed in pages(folder, "printed")}
    for reading in READINGS:
        found = pages(folder, reading)
        for peer in contenders if found else ():
            if not (peer.speed_only and table and table[0].reading != reading):
                table.append(measure(peer, reading, found, truths, seconds))
                print(table[-1], flush=True)
    return table


def with_kept(table: Sequence[Figures], earlier: Sequence[Figures]) -> list[Figures]:
    """The rows of this run, and of an earlier one those of the peers that this one left out, in the earlier order."""
    now = {(f.peer, f.reading): f for f in table}
    ran = {f.peer for f in table}
    kept = [now.get((f.peer, f.reading), f if f.peer in ran else replace(f, kept=True)) for f in earlier]
    known = {(f.peer, f.reading) for f in earlier}
    return [*kept, *(f for f in table if (f.peer, f.reading) not in known)]


def main(argv: Sequence[str] | None = None) -> None:
    """Compare, print, and write the page."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--model", type=Path, default=Path("models/repair-sv"))
    ap.add_argument("--seconds", type=float, default=120.0)
    ap.add_argument("--only", action="append", help="names of peers to run")
    ap.add_argument("--keep", type=Path, help="rows of the peers that are not run, as written with --json")
    ap.add_argument("--json", type=Path)
    ap.add_argument("--write", type=Path, help="page whose table is renewed; its plot lies in images/ beside it")
    a = ap.parse_args(argv)
    model = repair.load(a.model)
    chosen = [p for p in peers(model) if not a.only or p.name in a.only]
    table = compare(a.folder, chosen, lambda printed: closed(printed, model), a.seconds)
    if a.keep:
        table = with_kept(table, [Figures(**f) for f in json.loads(a.keep.read_text(encoding="utf-8"))])
    if a.json:
        a.json.write_text(json.dumps([asdict(f) for f in table], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if a.write:
        write(a.write, table)


if __name__ == "__main__":
    main()
