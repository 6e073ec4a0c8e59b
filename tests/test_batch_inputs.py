"""Which documents a batch takes, in which order, under which names; and what it refuses before any work."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import namedtuple
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.checks import check_room
from pipeline.batch.inputs import Selection
from pipeline.batch.journal import FILE, FOLDER, Journal
from pipeline.batch.outputs import whole
from pipeline.batch.refusal import Refused
from pipeline.batch.session import Plan, run
from pipeline.batch.shards import merge
from pipeline.batch.task import Limits
from pipeline.cli import main

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the stub lives beside the benchmarks, which no wheel holds

from benchmark.batch.stub import JOB  # noqa: E402


def listed(journal_folder: Path, *sources: Any, stdin: bytes = b"", **more: Any) -> list[str]:
    """The names, in order, as the journal has them."""
    journal = Journal(journal_folder)
    try:
        journal.list_inputs(Selection(tuple(map(str, sources)), **more).entries(BytesIO(stdin)))
        return [name for _, _, name, _ in journal.inputs_after(-1, 10_000)]
    finally:
        journal.close()


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"motion {name}", encoding="utf-8")
    return folder


class TestSelection:
    def test_a_folder_gives_all_below_it_in_order(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", "b.txt", "a/2.txt", "a/10.txt", "a-x/1.txt", "a/å.txt", "Z.txt")
        assert listed(tmp_path / "j", folder) == ["Z.txt", "a/10.txt", "a/2.txt", "a/å.txt", "a-x/1.txt", "b.txt"]

    def test_hidden_files_litter_and_pipes_are_passed_over(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", "a.txt", ".DS_Store", ".git/config", "x/Thumbs.db", "x/desktop.ini")
        os.mkfifo(folder / "pipe")
        assert listed(tmp_path / "j", folder) == ["a.txt"]

    def test_links_do_not_lead_in_circles(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", "a.txt")
        (folder / "circle").symlink_to(folder)
        (folder / "link.txt").symlink_to("a.txt")
        (folder / "nowhere.txt").symlink_to("gone")
        assert listed(tmp_path / "j", folder) == ["a.txt", "link.txt", "nowhere.txt"]

    def test_include_and_exclude(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", "a.txt", "b.pdf", "c/d.pdf", "c/draft.pdf")
        found = listed(tmp_path / "j", folder, include=("*.pdf",), exclude=("draft*",))
        assert found == ["b.pdf", "c/d.pdf"]

    def test_arguments_keep_their_order_and_a_path_counts_once(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", "a.txt", "b.txt")
        assert listed(tmp_path / "j", folder / "b.txt", folder) == [f"{folder}/b.txt", "a.txt"]

    def test_a_pattern(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, "in/b.txt", "in/a.txt", "in/c/d.txt", "in/x.pdf")
        monkeypatch.chdir(tmp_path)
        assert listed(tmp_path / "j", "in/**/*.txt") == ["in/a.txt", "in/b.txt", "in/c/d.txt"]
        with pytest.raises(Refused, match="No file matches"):
            listed(tmp_path / "j", "in/*.tif")

    def test_a_file_whose_name_looks_like_a_pattern(self, tmp_path: Path) -> None:
        folder = write(tmp_path, "protokoll [1].txt")
        assert listed(tmp_path / "j", folder / "protokoll [1].txt") == [f"{folder}/protokoll [1].txt"]

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            (b"b.txt\na.txt\n", ["b.txt", "a.txt"]),
            (b"b.txt\na.txt", ["b.txt", "a.txt"]),
            (b"b.txt\r\n\r\na.txt\r\n", ["b.txt", "a.txt"]),
            (b"\xef\xbb\xbfb.txt\n", ["b.txt"]),
            (b"b.txt\0with\nnewline.txt\0", ["b.txt", "with\nnewline.txt"]),
            (b"b.txt", ["b.txt"]),
            (b"./x/../b.txt\nb.txt\n", ["b.txt"]),
            ("å ö.txt\n".encode(), ["å ö.txt"]),
            (b"latin-\xe5.txt\n", ["latin-\\xe5.txt"]),
            (b"", []),
        ],
    )
    def test_a_list(self, tmp_path: Path, text: bytes, names: list[str]) -> None:
        assert listed(tmp_path / "j", "-", stdin=text) == names
        (tmp_path / "list.txt").write_bytes(text)
        assert listed(tmp_path / "j", f"@{tmp_path}/list.txt") == names

    def test_a_long_list_is_cut_into_blocks_rightly(self, tmp_path: Path) -> None:
        names = [f"folder/{n:06}-{'x' * (n % 50)}.txt" for n in range(5000)]
        assert listed(tmp_path / "j", "-", stdin="\n".join(names).encode()) == names

    def test_shards_divide_the_list(self, tmp_path: Path) -> None:
        folder = write(tmp_path / "in", *(f"{n}.txt" for n in range(7)))
        parts = []
        for k in (1, 2, 3):
            journal = Journal(tmp_path / f"j{k}")
            journal.list_inputs(Selection((str(folder),)).entries(), (k, 3))
            parts.append([name for _, _, name, _ in journal.inputs_after(-1, 100)])
            journal.close()
        assert parts == [["0.txt", "3.txt", "6.txt"], ["1.txt", "4.txt"], ["2.txt", "5.txt"]]


def test_names_that_are_not_text_get_through(tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"l\xe5da.txt")).write_text("motion")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert run(_plan([folder], tmp_path / "out")).exit_code == 0
    (record,) = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(record)["source"]["name"] == "l\\xe5da.txt"


def test_object_storage(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec", reason="object storage needs the extra")
    memory = fsspec.filesystem("memory")
    memory.pipe({"/arkiv/2021/b.txt": b"motion b", "/arkiv/a.txt": b"motion a", "/arkiv/trasig.pdf": b"broken"})
    ending = run(_plan(["memory://arkiv"], tmp_path / "out"))
    records = (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(record)["source"]["name"] for record in records] == ["2021/b.txt", "a.txt"]
    assert ending.exit_code == 3
    assert not list((tmp_path / "out" / FOLDER / "spool").iterdir()), "what was fetched is taken away"
    with pytest.raises(Refused, match="no file at"):
        run(_plan(["memory://nowhere"], tmp_path / "other"))


def _plan(sources: list[Any], out: Path, **more: Any) -> Plan:
    return Plan(Selection(tuple(map(str, sources))), out, **{"job": JOB, "limits": Limits(30.0), **more})


def _done(tmp_path: Path) -> Path:
    run(_plan([tmp_path / "in"], tmp_path / "out"))
    return tmp_path / "out"


def _changed(tmp_path: Path, key: str, value: Any) -> Path:
    out = _done(tmp_path)
    journal = Journal(out)
    journal.put(key, value)
    journal.close()
    return out


def _inside(tmp_path: Path) -> Plan:
    return _plan([tmp_path / "in"], tmp_path / "in" / "deep" / "out")


def _itself(tmp_path: Path) -> Plan:
    return _plan([tmp_path / "in"], tmp_path / "in")


def _through_link(tmp_path: Path) -> Plan:
    (tmp_path / "link").symlink_to("in")
    return _plan([tmp_path / "in"], tmp_path / "link" / "out")


def _is_file(tmp_path: Path) -> Plan:
    (tmp_path / "out").write_text("mine")
    return _plan([tmp_path / "in"], tmp_path / "out")


def _other_run(tmp_path: Path) -> Plan:
    return _plan([tmp_path / "in"], _done(tmp_path))


def _records_of_somebody(tmp_path: Path) -> Plan:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "records.jsonl").write_text("mine")
    return _plan([tmp_path / "in"], tmp_path / "out")


def _read_only(tmp_path: Path) -> Plan:
    if os.geteuid() == 0:  # permissions do not bind root: take a place where nobody can write
        if not Path("/proc/self").exists():
            pytest.skip("no read-only place for root here")
        return _plan([tmp_path / "in"], Path("/proc/attsats-out"))
    (tmp_path / "out").mkdir(mode=0o500)
    return _plan([tmp_path / "in"], tmp_path / "out")


def _other_version(tmp_path: Path) -> Plan:
    out = _changed(tmp_path, "versions", {"attsats": "0.0.1", "models": {"stub": "stub-sv 0.9"}})
    return _plan([tmp_path / "in"], out, resume=True)


def _other_settings(tmp_path: Path) -> Plan:
    out = _changed(tmp_path, "job", {**JOB.as_json(), "settings": {"ocr": {"languages": "eng"}}})
    return _plan([tmp_path / "in"], out, resume=True)


def _other_shard(tmp_path: Path) -> Plan:
    return _plan([tmp_path / "in"], _changed(tmp_path, "shard", [2, 3]), resume=True)


def _no_list(tmp_path: Path) -> Plan:
    return _plan([f"@{tmp_path}/no-list.txt"], tmp_path / "out")


def _journal_taken_away(tmp_path: Path) -> Plan:
    out = _done(tmp_path)
    shutil.rmtree(out / FOLDER)
    return _plan([tmp_path / "in"], out, resume=True)


def _no_journal(tmp_path: Path) -> Plan:
    (tmp_path / "out" / FOLDER).mkdir(parents=True)
    (tmp_path / "out" / FOLDER / FILE).write_bytes(b"not a database, surely" * 100)
    return _plan([tmp_path / "in"], tmp_path / "out", resume=True)


REFUSALS: list[tuple[Callable[[Path], Plan], str]] = [
    (_inside, "lies in the input folder"),
    (_itself, "lies in the input folder"),
    (_through_link, "lies in the input folder"),
    (_is_file, "is a file"),
    (_other_run, "holds the results of a run"),
    (_records_of_somebody, "holds the results of a run"),
    (_read_only, "cannot be written to"),
    (_other_version, r"attsats 0\.0\.1 then, .* now, models\.stub stub-sv 0\.9 then, stub-sv 1\.0\.0 now"),
    (_other_settings, "settings.ocr"),
    (_other_shard, "other shards"),
    (_no_list, "cannot be read"),
    (_journal_taken_away, "no journal to go on from"),
    (_no_journal, "is not a journal"),
]


@pytest.mark.parametrize(("make", "says"), REFUSALS, ids=[make.__name__[1:] for make, _ in REFUSALS])
def test_refusals_change_nothing(tmp_path: Path, make: Callable[[Path], Plan], says: str) -> None:
    write(tmp_path / "in", "a.txt", "b.txt")
    asked = make(tmp_path)
    before = _everything(tmp_path)
    with pytest.raises(Refused, match=says) as refusal:
        run(asked)
    assert refusal.value.exit_code == 50
    assert refusal.value.advice
    assert _everything(tmp_path) == before


def test_a_refusal_leaves_the_journal_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt")
    (tmp_path / "in" / "b.txt").write_text("broken")
    out = _changed(tmp_path, "versions", {"attsats": "0.0.1"})
    write(tmp_path / "in", "c.txt")
    with pytest.raises(Refused, match="other versions"):
        run(_plan([tmp_path / "in"], out, retry_failed=True))
    journal = Journal(out)
    assert (journal.totals()[0], journal.outcomes()) == (2, 2)
    journal.close()


def test_no_room_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", "a.txt")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12, 10**6))
    with pytest.raises(Refused, match=r"has room for 1 MB, and the results may take 67 MB"):
        run(_plan([tmp_path / "in"], tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_room_grows_with_the_work(tmp_path: Path) -> None:
    check_room(tmp_path, 10, 1000)
    with pytest.raises(Refused):
        check_room(tmp_path, 10, 10**18)


def test_a_second_batch_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "in", "a.txt")
    journal = Journal(_done(tmp_path))
    with pytest.raises(Refused, match="Another batch is writing"):
        run(_plan([tmp_path / "in"], tmp_path / "out", resume=True))
    journal.close()


def test_merge_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no shards"):
        merge(tmp_path)


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    def write_half() -> None:
        with whole(tmp_path / "a.jsonl") as file:
            file.write(b"half a li")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_half()
    assert list(tmp_path.iterdir()) == []


class TestCommand:
    def test_exit_codes(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        write(tmp_path / "in", "a.txt")
        task = ["--task", "benchmark.batch.stub:JOB", "--jobs", "1"]
        assert main(["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *task]) == 0
        assert capsys.readouterr().err == ""
        assert main(["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *task]) == 50
        assert "Go on with --resume" in capsys.readouterr().err
        (tmp_path / "in" / "b.txt").write_text("broken")
        assert main(["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--resume", *task]) == 3
        assert "1 failed" in capsys.readouterr().err

    def test_inputs_are_needed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["batch", "--out", str(tmp_path / "out")]) == 50
        assert "No inputs were named" in capsys.readouterr().err

    @pytest.mark.parametrize("wrong", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
    def test_shards_are_checked(self, tmp_path: Path, wrong: str) -> None:
        with pytest.raises(SystemExit) as refusal:
            main(["batch", "in", "--out", str(tmp_path / "out"), f"--shard={wrong}"])
        assert refusal.value.code == 2


def _everything(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != FILE:
            found[str(path.relative_to(folder))] = path.read_bytes()
        elif path.name == FILE:  # opening it may touch its bytes, not what is in it
            found[str(path.relative_to(folder))] = b""
    return found
