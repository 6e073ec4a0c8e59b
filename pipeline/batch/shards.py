"""Many shards become one result: what a job array has done is put together in the order of the list."""

from __future__ import annotations

import re
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from .journal import FILE, FOLDER, Journal
from .outputs import write
from .progress import Quiet, Report, State
from .refusal import Refused
from .session import SHARDS, Ending, exit_code, facts, shard_place, summary


def merge(out: Path, report: Report | None = None) -> Ending:
    """Put the shards of ``out`` together.

    Raises:
        Refused: a shard is missing, not finished, still running, or of another list, version or settings.
    """
    begun, started = time.monotonic(), datetime.now(UTC)
    n = _how_many(out)
    places = [shard_place(out, k, n) for k in range(1, n + 1)]
    missing = [k for k, place in enumerate(places, 1) if not (place / FOLDER / FILE).exists()]
    if missing:
        raise Refused(f"Of {n} shards, {_ranges(missing)} have not been begun.", _advice(missing))
    with closing(Journal(out)) as journal:
        if journal.get("versions") is not None and not journal.get("merged"):
            raise Refused(f"{out} holds a run of its own beside the shards.", "Run the shards into another --out.")
        journal.clear()
        journal.put("merged", True)
        common = _common(places)
        for place in places:
            journal.take_in(place / FOLDER / FILE)
        for key, value in common.items():
            journal.put(key, value)
        journal.put("shard", [1, 1])
        about = {
            "started": started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(time.monotonic() - begun, 1),
            "shards": n,
        }
        manifest = write(journal, out, facts(journal, about))
    counts = manifest["counts"]
    state = State(inputs=counts["inputs"], done=counts["inputs"] - counts["pending"], failed=counts["failed"])
    (report or Quiet()).end(state, summary(manifest, out))
    return Ending(manifest, exit_code(manifest, complete=True))


def _how_many(out: Path) -> int:
    found = {
        int(match[2])
        for place in (out / SHARDS).glob("*-of-*")
        if (match := re.fullmatch(r"(\d+)-of-(\d+)", place.name))
    }
    if not found:
        raise Refused(f"{out} has no shards.", "Run the shards first, with --shard K/N and the same --out.")
    if len(found) > 1:
        sizes = ", ".join(map(str, sorted(found)))
        raise Refused(f"{out} has shards of several divisions: of {sizes}.", "Take away those of the wrong one.")
    return found.pop()


def _common(places: list[Path]) -> dict[str, object]:
    """What all shards agree on; also makes sure that each is finished and that nobody is writing to it."""
    common: dict[str, object] = {}
    unfinished = []
    for k, place in enumerate(places, 1):
        with closing(Journal(place)) as shard:
            if shard.pending():
                unfinished.append(k)
            for key in ("job", "versions", "list"):
                value = shard.get(key)
                if common.setdefault(key, value) != value:
                    raise Refused(
                        f"Shard {k} was made with another {key} than the first one.",
                        "Run all shards with the same list of inputs, settings and version.",
                    )
    if unfinished:
        raise Refused(f"Of {len(places)} shards, {_ranges(unfinished)} are not finished.", _advice(unfinished))
    return common


def _advice(shards: list[int]) -> str:
    return f"Run them with --resume; with SLURM: sbatch --array={_ranges(shards)} and the same script."


def _ranges(numbers: list[int]) -> str:
    """
    >>> _ranges([1, 2, 3, 7])
    '1-3,7'
    """
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ",".join("-".join(map(str, part)) for part in parts)
