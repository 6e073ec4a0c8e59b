"""Gold documents and transcripts made of them, for training and scoring the structure stage."""

from __future__ import annotations

import difflib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.document import Edit, Page, Part, Quality, Scan, Source, Span, Transcript

FOLDERS = ("dev", "dev_goteborg", "dev_others")
OWN = Path(__file__).resolve().parents[1] / "annotated" / "train"


@dataclass(frozen=True)
class Gold:
    """One gold document: its text as the pipeline gets it, and its annotation."""

    id: str
    text: str
    data: dict[str, Any]
    clean: str | None

    def labels(self) -> dict[int, str]:
        """The label of each line, counted from 0."""
        return {n - 1: label for first, last, label in self.data["labels"] for n in range(first, last + 1)}


def shared_folder(given: str | None = None) -> Path:
    """The folder with ``gold``: the argument, ``ATTSATS_SHARED``, or ``shared`` beside the checkout."""
    return Path(given or os.environ.get("ATTSATS_SHARED") or Path(__file__).resolve().parents[3] / "shared")


def read_gold(shared: Path) -> list[Gold]:
    """Every gold document of the development folders."""
    return [gold for folder in FOLDERS for gold in _read(shared / "gold" / folder)]


def read_own() -> list[Gold]:
    """The invented papers of ``benchmark/annotated/train`` that the model learns from: those of ``own-papers.json``.

    The papers that came later cost more than they gained, see the README beside it.
    """
    learnt = set(json.loads((Path(__file__).with_name("own-papers.json")).read_text(encoding="utf-8")))
    return [gold for gold in _read(OWN) if gold.id in learnt]


def _read(folder: Path) -> list[Gold]:
    found = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(data, dict) and "labels" in data:
            clean = path.with_suffix(".clean.txt")
            found.append(
                Gold(
                    path.stem,
                    path.with_suffix(".txt").read_text(encoding="utf-8"),
                    data,
                    clean.read_text(encoding="utf-8") if clean.is_file() else None,
                )
            )
    return found


def transcript(name: str, text: str, clean: str | None = None) -> Transcript:
    """A transcript of ``text``; with ``clean``, the edits lead to it, as a perfect repair would."""
    source = Source(name, "0" * 64, "text/plain", len(text.encode()), 1, Part(1, 1, (1, 1)))
    scan = Scan(source, text, (Page(1, Span(0, len(text)), "given"),))
    edits = _edits(text, clean) if clean else ()
    return Transcript(scan, edits, Quality("clean", None, 0.0, 0.99))


def _edits(text: str, clean: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    at = 0
    for raw, good in zip(text.split("\n"), clean.split("\n"), strict=False):
        words, wanted = re.findall(r"\s+|\S+", raw), re.findall(r"\s+|\S+", good)
        starts = [at]
        for word in words:
            starts.append(starts[-1] + len(word))
        for op, a, b, c, d in difflib.SequenceMatcher(None, words, wanted, autojunk=False).get_opcodes():
            if op != "equal":
                edits.append(Edit(Span(starts[a], starts[b]), "".join(wanted[c:d]), "gold.clean", 1.0))
        at += len(raw) + 1
    return tuple(edits)
