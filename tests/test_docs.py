"""Docs are checked: generated pages are fresh, links lead somewhere, one sentence a line."""

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("models/*/card.md")])


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reference():
    return script("reference")


@pytest.mark.parametrize("name", ["record.md", "case.md", "exit-codes.md"])
def test_generated_pages_are_what_the_code_says(name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == reference().pages()[name], "run 'make docs'"


def test_every_exit_code_of_the_source_is_documented_and_means_one_thing():
    found = {}
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        for name, number in re.findall(r'code, exit_code = "([\w.-]+)", (\d+)', path.read_text("utf-8")):
            assert found.setdefault(name, int(number)) == int(number), f"{name} has two exit codes"
    assert len(found) > 15
    assert len(set(found.values())) == len(found), f"two errors share an exit code: {found}"
    for page in ("exit-codes.md", "cli.md"):
        text = (ROOT / "docs" / "reference" / page).read_text("utf-8")
        table = {code: int(number) for number, code in re.findall(r"^\| (\d+) \| `([\w.-]+)` \|", text, re.M)}
        assert {name: number for name, number in table.items() if name != "error"} == found, f"{page}: run 'make docs'"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_one_sentence_a_line(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(("|", "#", "    ", "Copyright")):
            continue
        prose = re.sub(r"`[^`]*`", "x", line)
        assert not re.search(r"[a-zåäö)][.!?] [A-ZÅÄÖ]", prose), f"{page.name}:{number}: {line}"


def test_every_field_of_the_record_is_described():
    for name in ("record.md", "case.md"):
        rows = re.findall(
            r"^\| `([^`]+)` \| (.*?) \| (.*?) \|$", (ROOT / "docs" / "reference" / name).read_text("utf-8"), re.M
        )
        assert len(rows) > 30
        bare = [field for field, _, text in rows if not text and not re.search(r"part\.|pages\[\]\.", field)]
        assert bare == []


def test_the_example_of_the_readme_is_what_comes_out(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.S)
    names: dict = {}
    exec(compile(code, "README.md", "exec"), names)
    (printed,) = map(json.loads, re.findall(r"```json\n(.*?)```", text, re.S))
    (made,) = names["record"]["items"][0]["proposals"]
    assert abs(printed.pop("confidence") - made.pop("confidence")) < 0.1
    assert printed == made


# The site


def test_the_site_names_every_page_and_no_other():
    text = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    named = re.findall(r"^ +- (?:[^:\n]+: )?([\w./-]+\.md)$", text, re.M)
    pages = sorted(name for name in script("site").places().values() if name.endswith(".md"))
    assert sorted(named) == pages


def test_links_of_the_site_resolve(tmp_path, monkeypatch):
    site = script("site")
    monkeypatch.setattr(site, "PAGES", tmp_path)
    site.gather()
    pages = sorted(tmp_path.rglob("*.md"))
    assert len(pages) > 20
    links = 0
    for page in pages:
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.S)
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
            links += 1
            assert (page.parent / target).exists(), f"{page.relative_to(tmp_path)} links to {target}"
    assert links > 25


def test_the_site_asks_nothing_of_others(tmp_path):
    """Nor does its check overlook what would."""
    (tmp_path / "a.html").write_text('<script src="https://a.example/x.js"></script><a href="https://b.example">b</a>')
    (tmp_path / "a.css").write_text("@import url(https://c.example/x.css); p { color: red }")
    (tmp_path / "b.html").write_text('<link rel="stylesheet" href="//d.example/x.css"><img src="e.png">')
    found = script("site").outside(tmp_path)
    assert found == ["//d.example/x.css", "https://a.example/x.js", "https://c.example/x.css"]
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.search(r"^  font: false$", text, re.M)


def test_the_tutorial_can_be_followed(tmp_path, monkeypatch):
    from pipeline.cli import main

    text = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    lines = [line for block in re.findall(r"```bash\n(.*?)```", text, re.S) for line in block.splitlines()]
    assert len(lines) >= 9
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "attsats"
        assert main(words) == 0, line
    assert {"records.jsonl", "cases.jsonl", "council.db", "motion.html", "tables", "tei"} <= {
        path.name for path in tmp_path.iterdir()
    }
