"""Killed at random moments and gone on with each time, a batch leaves the same bytes as one that was left alone.

The same with 1,000 documents, 20 kills and the real pipeline: ``python -m benchmark.batch.kill``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the benchmarks are in no wheel

from benchmark.batch.corpus import make  # noqa: E402
from benchmark.batch.kill import STUB, differences, disturbed, undisturbed  # noqa: E402


def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", documents=120, traps=True)
    options = ["--jobs", "2", *STUB]
    seconds = undisturbed(tmp_path / "in", tmp_path / "calm", *options)
    hit = disturbed(tmp_path / "in", tmp_path / "killed", 5, seconds, 11, *options)
    assert hit >= 2
    assert differences(tmp_path / "calm", tmp_path / "killed") == []
    counts = json.loads((tmp_path / "killed" / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert counts["inputs"] == 120
    assert counts["failed"] >= 3
