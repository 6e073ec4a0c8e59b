"""The repair model can be rebuilt by anyone: the same input gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmark.repair import align, channel, names
from pipeline import models, repair

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = [
    "Kommunen får i uppdrag att förbättra tryggheten på skolorna.",
    "Nämnden föreslår att motionen om fler cykelvägar avslås.",
    "Det är viktigt att alla barn får plats i förskolan.",
    "Ärendet återremitteras till kommunstyrelsen för vidare beredning.",
]


def build(folder: Path, out: str, seed: str) -> Path:
    (folder / "pages").mkdir(exist_ok=True)
    text = "\n".join(f"{s} {t}" for s in SENTENCES for t in SENTENCES) + "\n"
    (folder / "text.txt").write_text(text * 3, encoding="utf-8")
    for n in range(12):
        printed = "Vi vill att " + SENTENCES[n % 4].lower() + "\n"
        read = printed.translate(str.maketrans("åäö", "aao"))
        (folder / "pages" / f"p{n}.printed.txt").write_text(printed, encoding="utf-8")
        (folder / "pages" / f"p{n}.eng.txt").write_text(read, encoding="utf-8")
    command = [sys.executable, "-m", "benchmark.repair.train", "--text", str(folder / "text.txt")]
    command += ["--pages", str(folder / "pages"), "--out", str(folder / out / "repair-xx")]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    return folder / out / "repair-xx"


def test_same_input_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path, "a", "1"), build(tmp_path, "b", "2")
    assert sorted(p.name for p in first.iterdir()) == ["config.json", "weights.bin"]
    assert all((second / p.name).read_bytes() == p.read_bytes() for p in first.iterdir())
    model = repair.load(first)
    assert repair.word_count(model, "förskolan") > 0
    assert repair.word_count(model, "forskolan") == 0


@pytest.mark.parametrize(
    ("read", "printed", "errors"),
    [("a b c", "a b c", 0), ("a x c", "a b c", 1), ("a c", "a b c", 1), ("”a” – b", '"a" - b', 0), ("", "a", 1)],
)
def test_word_errors(read: str, printed: str, errors: int) -> None:
    assert align.errors(read, printed) == errors


def test_confusions_are_learnt_with_their_neighbours() -> None:
    assert channel.grouped(channel.steps("niar", "när")) == [("n", "n"), ("ä", "ia"), ("r", "r")]
    table = channel.table(channel.learn([("har ar nar " * 9, "här är när " * 9)]), {})
    assert table["letters"]["ä"]["a"] <= 1  # type: ignore[index]


def test_listed_surnames_come_through_the_channel() -> None:
    counts = names.right(["Åkerlund", "Rosvall", "Åkerblom"], repair.load(models.folder("repair-sv")))
    assert counts["plain"] == (2, 2)
    assert counts["dots"][1] == 4
    assert counts["dots"][0] >= 3
