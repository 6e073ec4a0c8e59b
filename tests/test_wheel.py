"""The wheel, alone in an empty environment and another folder, reads the text samples."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
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


def shipped():
    """Every file that the package reads or runs: code, tables, schemas, templates, and the models."""
    for folder in ("pipeline", "models"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"__pycache__", ".mypy_cache"} & set(path.parts):
                yield path.relative_to(ROOT)


def test_the_wheel_holds_all_that_is_read_at_run_time(installed):
    (wheel,) = installed.parent.parent.glob("attsats-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    inside = {
        path: path.as_posix().replace("models/", "pipeline/models/", path.parts[0] == "models") for path in shipped()
    }
    assert [str(path) for path, name in inside.items() if name not in held] == []
    read = (
        "search/schema.sql", "search/feed/postgres.sql", "search/feed/opensearch.json", "reader/static/style.css",
        "reader/templates/base.html", "schemas/record-1.json", "tables/first_pages.json",
    )  # fmt: skip
    assert [name for name in read if f"pipeline/{name}" not in held] == []


def test_the_source_archive_holds_what_the_tests_need(installed, tmp_path):
    python = installed / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "hatchling"], check=True, cwd=tmp_path)
    subprocess.run([python, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)], check=True, cwd=ROOT)
    (archive,) = tmp_path.glob("attsats-*.tar.gz")
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    assert [str(path) for path in shipped() if path.as_posix() not in held] == []
    assert {"Makefile", "mkdocs.yml", "scripts/reference.py", "tests/test_wheel.py", "docs/index.md"} <= held


def test_records_are_indexed_searched_and_exported(installed, tmp_path):
    """Without any extra: the built-in stemmer, CSV, SQLite and TEI."""
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    council = str(ROOT / "tests" / "cases" / "council.jsonl")
    command = installed / "attsats"
    subprocess.run([command, "index", council, "--db", "c.db"], check=True, cwd=tmp_path, env=clean)
    run = [command, "search", "snöröjning", "--db", "c.db", "--json"]
    told = subprocess.run(run, check=True, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, env=clean)
    assert json.loads(told.stdout)["source"] == "motion-snorojning.txt"
    for form in ("csv", "tei"):
        run = [command, "export", council, "--format", form, "--out", f"out-{form}"]
        subprocess.run(run, check=True, cwd=tmp_path, env=clean)
        assert (tmp_path / f"out-{form}").exists()
    run = [command, "serve", "--db", "c.db"]
    refused = subprocess.run(run, capture_output=True, text=True, cwd=tmp_path, env=clean)
    assert refused.returncode == 43, "the page is an extra, and says so"
    assert "attsats[serve]" in refused.stderr


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
    clean = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = [installed / "python", "-c", code]
    told = subprocess.run(run, check=True, capture_output=True, text=True, cwd="/", env=clean)
    where, models = told.stdout.split("\n")[:2]
    assert str(installed.parent) in where, "another package called pipeline was imported"
    assert models == "False"
