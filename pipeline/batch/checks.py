"""What is refused before any work: better now than in the middle of the night."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path
from typing import Any

from .inputs import Selection, folder_conflict
from .journal import FILE, FOLDER, Journal
from .outputs import MANIFEST, RECORDS
from .refusal import Refused

_ROOM_LEAST = 64 << 20


def check_place(out: Path, selection: Selection, *, resume: bool) -> None:
    """The output folder is no input, can be written to, and holds no other run.

    Raises:
        Refused: one of these is not so.
    """
    conflict = folder_conflict(out, selection.folders())
    if conflict is not None:
        raise Refused(
            f"--out {out} lies in the input folder {conflict}: the results would be inputs next time.",
            "Choose a folder beside it.",
        )
    if out.exists() and not out.is_dir():
        raise Refused(f"{out} is a file.", "Name a folder.")
    if not resume and ((out / FOLDER / FILE).exists() or (out / MANIFEST).exists() or (out / RECORDS).exists()):
        raise Refused(f"{out} holds the results of a run.", "Go on with --resume, or choose another --out.")
    if resume and (out / MANIFEST).exists() and not (out / FOLDER / FILE).exists():
        raise Refused(f"{out} has results, but no journal to go on from.", "Choose another --out, or take them away.")
    probe = out / f".attsats-probe-{uuid.uuid4().hex}"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        raise Refused(f"{out} cannot be written to: {error.strerror}.", "Check its permissions.") from error


def check_room(out: Path, count: int, size: int) -> None:
    """There is room for the results, by a cautious guess.

    The journal is compressed and the records are not; together they take about 12 kB a document and less than
    the inputs' own size for scans, several times it for texts, which are small.

    Raises:
        Refused: the disk is too full.
    """
    free = shutil.disk_usage(out).free
    wanted = _ROOM_LEAST + 12_000 * count + size
    if free < wanted:
        raise Refused(
            f"{out} has room for {free / 1e6:,.0f} MB, and the results may take {wanted / 1e6:,.0f} MB.",
            "Make room, or choose another --out.",
        )


def check_same(journal: Journal, key: str, now: Any, what: str) -> None:
    """The run in the folder was begun with the same versions (or settings) as this one would have.

    Raises:
        Refused: it was not; mixing them would give results that cannot be told apart.
    """
    before = journal.get(key)
    if before is None or before == now:
        return
    differences = ", ".join(_differences(before, now))
    raise Refused(
        f"The run in the output folder was made with {what}: {differences}.",
        f"Choose another --out, or go on with the {what.removeprefix('other ')} it was made with.",
    )


def _differences(before: Any, now: Any, path: str = "") -> list[str]:
    if isinstance(before, dict) and isinstance(now, dict):
        keys = sorted({*before, *now})
        return [
            text
            for key in keys
            for text in _differences(before.get(key), now.get(key), f"{path}.{key}" if path else key)
        ]
    return [] if before == now else [f"{path} {before} then, {now} now"]
