"""The wheel, alone in an empty environment and another folder, reads the text samples."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ["seed-motion-huddinge", "seed-yrkande-huddinge"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The command of a freshly built wheel, installed with its dependencies in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, cwd=folder)
    (wheel,) = folder.glob("attsats-*.whl")
    venv.create(folder / "env", with_pip=True)
    bin_folder = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", str(wheel)], check=True, cwd=folder)
    return bin_folder


def test_the_samples_run_from_another_folder(installed, tmp_path):
    inputs = [str(ROOT / "samples" / name / f"{name}.txt") for name in SAMPLES]
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = [installed / "attsats", "extract", *inputs, "-o", "out.jsonl"]
    subprocess.run(run, check=True, cwd=tmp_path, env=clean)
    records = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["kind"] for record in records] == ["motion", "yrkande"]
    assert subprocess.run([installed / "attsats", "validate", "out.jsonl"], cwd=tmp_path, env=clean).returncode == 0


def test_nothing_but_the_package_is_installed_at_top_level(installed):
    code = (
        "import pipeline, pathlib; p = pathlib.Path(pipeline.__file__).parent; "
        "print(p); print((p.parent / 'models').exists())"
    )
    told = subprocess.run([installed / "python", "-c", code], check=True, capture_output=True, text=True, cwd="/")
    where, models = told.stdout.split("\n")[:2]
    assert str(installed.parent) in where, "another package called pipeline was imported"
    assert models == "False"
