"""Bad input through the whole command: each kind has its own exit code and says the next step; odd input is noted."""

from __future__ import annotations

import json
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline import cli
from pipeline.cli.terminal import Progress

files = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("ocr_files.py"))))
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")

PDF = files.pdf([["Motion om belysning", "Vi yrkar att belysningen byts ut."] * 20])
LOCKED = files.pdf(
    [["Motion"]],
    trailer="/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<{'33' * 16}> <{'33' * 16}>]",
)
BAD = {
    "empty.pdf": (b"", 11),
    "empty.png": (b"", 11),
    "blanks.txt": (b" \n\n\t\n", 11),
    "random.bin": (bytes(range(256)) * 40, 12),
    "truncated.pdf": (PDF[:200], 13),
    "locked.pdf": (LOCKED, 14),
    "broken.png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, 13),
}

NORWEGIAN = """Kommunestyret behandlet saken i møte. Rådmannen foreslår at kommunen ikke går videre med planen, fordi
innbyggerne har gitt tydelig uttrykk for at de ønsker en annen løsning. Det er viktig at barn og unge får være med på å
bestemme hvordan skolen deres skal se ut. Vi mener at kommunen bør bruke pengene på noe annet enn et nytt rådhus.
"""
ENGLISH = """The council discussed the matter at its meeting. The chief executive proposes that the municipality should
not go ahead with the plan, because residents have made it clear that they want another solution. It is important that
children and young people have a say in what their school should look like. We think that the money would be better
spent on something else.
"""


@pytest.mark.parametrize("name", BAD)
def test_bad_input_has_its_own_exit_code(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, code = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert cli.main(["extract", str(path)]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"attsats: {path}: ")
    assert "unexpected" not in shown.err


def test_missing_file_and_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(tmp_path / "no.pdf")]) == 10
    assert cli.main(["extract", str(tmp_path)]) == 10


@needs_tesseract
def test_an_empty_scan_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "white.png"
    path.write_bytes(files.saved(files.drawn([]), "PNG"))
    assert cli.main(["extract", str(path)]) == 11
    assert "no text" in capsys.readouterr().err


def extracted(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert cli.main(["extract", str(path)]) == 0
    record: dict[str, Any] = json.loads(capsys.readouterr().out)
    return record


@pytest.mark.parametrize(("name", "text"), [("norwegian", NORWEGIAN), ("english", ENGLISH)])
def test_another_language_is_noted_and_left_alone(
    name: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    record = extracted(path, capsys)
    assert any("language" in note["code"] for note in record["notes"]), [note["code"] for note in record["notes"]]
    assert record["text"]["repaired"] == record["text"]["raw"]


def test_latin1_is_read_as_it_was_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "latin1.txt"
    path.write_bytes("Motion om grönska vid Ågatan\n\nJag yrkar\natt träden vårdas.\n".encode("latin-1"))
    assert "grönska vid Ågatan" in extracted(path, capsys)["text"]["raw"]


def test_document_on_stdin_is_the_same_as_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    data = b"Motion om lekplatser\n\nVi yrkar\natt lekplatsen rustas.\n"
    path = tmp_path / "motion.txt"
    path.write_bytes(data)
    from_file = extracted(path, capsys)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert cli.main(["extract", "-", "--name", "motion.txt"]) == 0
    assert json.loads(capsys.readouterr().out) == from_file


def test_progress_tells_the_speed_of_the_last_pages_and_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter([0.0, *[0.0] * 20, *[2.0 * n for n in range(1, 21)]])  # twenty known pages, then two seconds each
    progress = Progress("big.pdf", clock=lambda: next(seconds))
    for done in range(1, 41):
        progress(done, 100)
    last = capsys.readouterr().err.split("\r\x1b[K")[-1]
    assert last == "big.pdf: page 40 of 100, 0.5 pages/s, 2 min left"


def test_progress_is_taken_away_when_all_pages_are_done(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress("big.pdf")
    progress(1, 1)
    assert capsys.readouterr().err == "\r\x1b[K"
