"""The command line: what it prints where, what it leaves with, and that it answers at once."""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli, errors, models, ocr, run
from pipeline.cli import completion, doctor, inputs, reference
from pipeline.cli.output import output

ROOT = Path(__file__).resolve().parent.parent
ATTSATS = [sys.executable, "-m", "pipeline.cli"]

HEAVY = ("numpy", "spacy", "rich", "PIL", "jsonschema", "pypdfium2", "pytesseract", "ftfy", "importlib.metadata")


@pytest.fixture
def extracted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, dict[str, Any]]]:
    """``run.extract`` without models: one small record a file; files named bad fail in their own ways."""
    calls: list[tuple[Any, dict[str, Any]]] = []

    def extract(source: str | bytes, **options: Any) -> list[dict[str, Any]]:
        calls.append((source, options))
        if source == "missing.pdf":
            raise errors.InputMissing("There is no file missing.pdf.", "Check the path.")
        if source == "strange.pdf":
            raise ZeroDivisionError("a bug")
        return [{"name": options["name"] or source, "title": "Fråga"}]

    monkeypatch.setattr(run, "extract", extract)
    monkeypatch.setattr(models, "load", lambda: None)
    return calls


def shell(*words: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*ATTSATS, *words], input=stdin, capture_output=True, cwd=ROOT, env={**os.environ, **env}, timeout=120
    )


# Help, version, speed


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"    {name}" in shown for name in cli.COMMANDS)
    assert "examples:" in shown


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])
    assert left.value.code == 0
    assert f"attsats {name}" in capsys.readouterr().out.split("positional arguments")[-1]


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys\nfrom pipeline import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, text=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_help_answers_at_once() -> None:
    """Processor time, not the clock: the best of five, so that a busy machine does not matter."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert shell("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) <= 0.2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("attsats ")


@pytest.mark.parametrize("words", [[], ["no-such-command"], ["extract"], ["extract", "--no-such-option", "a.pdf"]])
def test_wrong_usage_leaves_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2
    assert "usage: attsats" in capsys.readouterr().err


# extract


def test_extract_writes_one_record_a_line(extracted: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "a.pdf", "b.pdf"]) == 0
    shown = capsys.readouterr()
    assert [json.loads(line)["name"] for line in shown.out.splitlines()] == ["a.pdf", "b.pdf"]
    assert "Fråga" in shown.out
    assert shown.err == ""


def test_extract_pretty(extracted: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "a.pdf", "--pretty"]) == 0
    assert capsys.readouterr().out.startswith('{\n  "name"')


def test_one_bad_file_does_not_stop_the_others(extracted: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "missing.pdf", "strange.pdf", "b.pdf"]) == errors.InputMissing.exit_code
    shown = capsys.readouterr()
    assert [json.loads(line)["name"] for line in shown.out.splitlines()] == ["b.pdf"]
    assert "missing.pdf: There is no file missing.pdf. Check the path. [input.missing]" in shown.err
    assert "strange.pdf: unexpected ZeroDivisionError: a bug" in shown.err
    assert "Traceback" not in shown.err


def test_an_unexpected_error_is_exit_code_1(
    extracted: list[Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTSATS_DEBUG", "1")
    assert cli.main(["extract", "strange.pdf"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_extract_reads_stdin(extracted: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Motion")))
    assert cli.main(["extract", "-", "--name", "motion.txt"]) == 0
    assert extracted[0][0] == b"Motion"
    assert extracted[0][1]["name"] == "motion.txt"


def test_reading_options_reach_the_settings(extracted: list[Any], tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"x")
    words = ["--languages", "swe", "--text-layer", "reread", "--jobs", "2", "--page-timeout", "9", "--whole"]
    assert cli.main(["extract", str(source), *words, "--keep-pages", str(tmp_path / "kept")]) == 0
    settings = extracted[0][1]["settings"]
    assert not settings.split
    assert (settings.ocr.languages, settings.ocr.text_layer, settings.ocr.jobs) == ("swe", "reread", 2)
    assert settings.ocr.page_timeout == 9.0
    assert settings.ocr.recorded.parent == tmp_path / "kept"
    assert settings.ocr.recorded.name.startswith("a-")


def test_out_is_written_whole_or_not_at_all(extracted: list[Any], tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert cli.main(["extract", "a.pdf", "missing.pdf", "-o", str(out)]) == 10
    assert json.loads(out.read_text(encoding="utf-8"))["name"] == "a.pdf"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_out_keeps_what_was_there_when_interrupted(
    extracted: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before\n", encoding="utf-8")

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "extract", interrupted)
    assert cli.main(["extract", "a.pdf", "-o", str(out)]) == cli.INTERRUPTED
    assert out.read_text(encoding="utf-8") == "before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_out_to_a_pipe_leaves_the_pipe_in_its_place(tmp_path: Path) -> None:
    """A device or a named pipe is written to; a file put in its place would break /dev/null for the whole machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with output(pipe) as out:
            out.write("a record\n")
        assert os.read(reader, 100) == b"a record\n"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_out_that_cannot_be_written(extracted: list[Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", "a.pdf", "-o", str(tmp_path / "no" / "out.jsonl")]) == 31
    assert "[output.failed]" in capsys.readouterr().err


def test_missing_file_for_real() -> None:
    done = shell("extract", "no-such-file.pdf", "--keep-pages", os.devnull + "-x")
    assert done.returncode == 10
    assert b"no-such-file.pdf" in done.stderr
    assert done.stdout == b""


# validate


def test_validate_names_line_and_breach(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('\n{"schema": "record/1.0"}\n', encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 30
    shown = capsys.readouterr()
    assert f"{path}:2: $: 'id' is a required property" in shown.out
    assert "1 of 1 records are not valid" in shown.err


@pytest.mark.parametrize(("text", "said"), [("{no json", "Line 1"), ('{"a": 1}\n[1]\n', "Line 2"), ("3", "Line 1")])
def test_validate_tells_what_is_no_record(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(text, encoding="utf-8")
    assert cli.main(["validate", str(path)]) == errors.InputDamaged.exit_code
    assert said in capsys.readouterr().err


def test_validate_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", "no-such.jsonl"]) == 10


# doctor


def test_doctor_says_what_to_type(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    report = ocr.EngineReport("5.3.0", ("eng",), ("swe",), "apt-get install tesseract-ocr-swe")
    monkeypatch.setattr(ocr, "probe", lambda languages: report)
    assert cli.main(["doctor"]) == errors.EngineMissing.exit_code
    shown = capsys.readouterr().out
    assert "missing swe" in shown
    assert "apt-get install tesseract-ocr-swe" in shown


def test_doctor_without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "probe", lambda languages: ocr.EngineReport(None, (), ("swe",), "install it"))
    finding = doctor.engine("swe")
    assert (finding.well, finding.exit_code, finding.advice) == (False, 20, "install it")


def test_doctor_tells_of_a_missing_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> Path:
        raise errors.ModelMissing(f"The model {name!r} is not installed.", "Reinstall attsats.")

    monkeypatch.setattr(models, "folder", nothing)
    assert {(f.well, f.exit_code) for f in doctor.models()} == {(False, 22)}


def test_doctor_json(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["doctor", "--json"])
    assert {"Python", "Tesseract", "spacy"} <= {finding["what"] for finding in json.loads(capsys.readouterr().out)}


# Signals and pipes


def test_broken_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"schema": "record/1.0"}\n' * 3000, encoding="utf-8")
    command = f"{' '.join(ATTSATS)} validate {path} 2>{tmp_path}/err | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout.splitlines()[-1] == str(cli.BROKEN_PIPE)
    assert (tmp_path / "err").read_text(encoding="utf-8") == ""


def test_interrupt_leaves_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(args: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "run", interrupted)
    assert cli.main(["doctor"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"schema": "å"}\n', encoding="utf-8")
    done = shell("validate", str(path), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 30
    done.stdout.decode("utf-8")


def test_stored_records_of_every_shape(tmp_path: Path) -> None:
    for text, lines in (
        ('{"a": 1}', [1]),
        ('[{"a": 1}, {"a": 2}]', [1, 1]),
        ('\ufeff{"a": 1}\n\n{"a": 2}\n', [1, 3]),
        ('{\n "a": 1\n}\n{\n "a": 2\n}\n', [1, 4]),
        ("", []),
    ):
        path = tmp_path / "r.jsonl"
        path.write_text(text, encoding="utf-8")
        assert [n for n, _ in inputs.stored(str(path))] == lines


# Completion and reference


@pytest.fixture
def commands() -> dict[str, argparse.ArgumentParser]:
    return dict(completion.subcommands(cli.build()))


@pytest.mark.parametrize(
    ("name", "write", "check"),
    [
        ("bash", completion.bash, ["bash", "-n"]),
        ("zsh", completion.zsh, ["zsh", "-n"]),
        ("fish", completion.fish, ["fish", "--no-execute"]),
    ],
)
def test_completion_is_a_script_of_its_shell(
    name: str,
    write: Callable[[dict[str, argparse.ArgumentParser]], str],
    check: list[str],
    commands: dict[str, argparse.ArgumentParser],
    tmp_path: Path,
) -> None:
    script = write(commands)
    assert all(command in script for command in cli.COMMANDS)
    assert "keep-pages" in script
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed here")
    path = tmp_path / f"attsats.{name}"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run([*check, str(path)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("attsats ex", ["extract"]),
        ("attsats extract --pre", ["--pretty"]),
        ("attsats show --color n", ["never"]),
        ("attsats completion f", ["fish"]),
    ],
)
def test_bash_completes(words: str, wanted: list[str], commands: dict[str, argparse.ArgumentParser]) -> None:
    typed = words.split(" ")
    script = (
        completion.bash(commands)
        + f"COMP_WORDS=({' '.join(typed)}) COMP_CWORD={len(typed) - 1}\n_attsats\n"
        + 'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash"], input=script, capture_output=True, text=True, timeout=60)
    found = done.stdout.split()
    assert set(wanted) <= set(found)
    assert all(word.startswith(typed[-1]) for word in found)


def test_reference_is_in_step() -> None:
    page = ROOT / "docs" / "reference" / "cli.md"
    made = reference.reference()
    assert page.read_text(encoding="utf-8") == made, "run 'make docs'"


def test_exit_codes_are_apart() -> None:
    kinds = reference._kinds()
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
