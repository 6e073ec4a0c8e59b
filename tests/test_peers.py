"""The benchmark that puts repair beside its peers: what it counts, and that no peer is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmark.repair import engines, peers, peers_page
from benchmark.repair.peers import Peer

PRINTED = "Nämnden får i uppdrag att förbättra vägen till skolan. Vi vill ha fler bänkar i parken."
READ = PRINTED.translate(str.maketrans("åäö", "aao"))
HEAD = "# Page\n\nBefore.\n\n"
TAIL = "\n\nAfter.\n"


def lacking() -> engines.Mend:
    raise ImportError("No module named 'nowhere'")


def vandal() -> engines.Mend:
    return lambda text: text.replace("parken", "parker")


def oracle() -> engines.Mend:
    return lambda text: PRINTED


CONTENDERS = [
    Peer("as read", lambda: str),
    Peer("oracle", oracle),
    Peer("vandal", vandal),
    Peer("elsewhere", lacking),
    Peer("ByT5-small, int8", oracle, speed_only=True),
]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> list[peers_page.Figures]:
    folder = tmp_path_factory.mktemp("pages")
    for n in range(3):
        (folder / f"d{n}.printed.txt").write_text(PRINTED, encoding="utf-8")
        (folder / f"d{n}.eng.txt").write_text(READ, encoding="utf-8")
    return peers.compare(folder, CONTENDERS, str, 60.0)


def of(table: list[peers_page.Figures], peer: str, reading: str = "eng") -> peers_page.Figures:
    (found,) = [f for f in table if f.peer == peer and f.reading == reading]
    return found


def test_words_are_counted_against_the_print(table: list[peers_page.Figures]) -> None:
    untouched, perfect = of(table, "as read"), of(table, "oracle")
    wrong = sum(a != b for a, b in zip(READ.split(), PRINTED.split(), strict=True))
    assert untouched.words == 3 * len(PRINTED.split())
    assert (untouched.wrong, untouched.mended, untouched.broken) == (3 * wrong, 0, 0)
    assert untouched.wer[0] == pytest.approx(100 * wrong / len(PRINTED.split()))
    assert (perfect.wer[0], perfect.cer[0], perfect.mended, perfect.broken) == (0, 0, 3 * wrong, 0)


def test_harm_is_counted_on_read_and_on_clean_text(table: list[peers_page.Figures]) -> None:
    assert of(table, "vandal").broken == 3
    clean = of(table, "vandal", "printed")
    assert (clean.wrong, clean.broken) == (0, 3)
    assert of(table, "as read", "printed").wer == (0, 0, 0)


def test_a_peer_that_is_not_installed_gets_a_row(table: list[peers_page.Figures]) -> None:
    assert of(table, "elsewhere").missing == "No module named 'nowhere'"
    text = peers_page.tables(table)
    assert "| elsewhere | not to be had here: No module named 'nowhere' |" in text
    assert len({line.count("|") for line in text.split("\n") if line.startswith("|")}) == 1


def test_a_network_without_training_is_timed_and_not_judged(table: list[peers_page.Figures]) -> None:
    network = of(table, "ByT5-small, int8")
    assert network.words == 0
    assert network.speed > 0
    assert not [f for f in table if f.speed_only and f.reading == "printed"]
    assert "| ByT5-small, int8 | speed only |" in peers_page.tables(table)


def test_a_slow_peer_stops_after_its_seconds() -> None:
    def slow(text: str) -> str:
        while not sum(range(400_000)):
            pass
        return text

    made, speed = peers.timed(slow, ["ab"] * 5, 0.0)
    assert made == ["ab"]
    assert 0 < speed < 2_000_000
    row = peers_page.row(peers_page.Figures("slow", "eng", documents=1, words=9, speed=speed), 1.0, 5)
    assert row.startswith("| slow (1 documents) |")


def test_the_page_is_renewed_between_its_marks(table: list[peers_page.Figures], tmp_path: Path) -> None:
    page = tmp_path / "repair.md"
    page.write_text(f"{HEAD}{peers_page.BEGIN}\nold\n{peers_page.END}{TAIL}", encoding="utf-8")
    peers_page.write(page, table)
    once = page.read_text(encoding="utf-8")
    peers_page.write(page, table)
    assert page.read_text(encoding="utf-8") == once
    assert once.startswith(HEAD)
    assert once.endswith(TAIL)
    assert "old" not in once
    image = (tmp_path / "images" / "repair-peers.svg").read_text(encoding="utf-8")
    assert "oracle: 0.0 %" in image
    assert "as read: 40.0 %" in image or "as read" in image


def test_the_unigram_takes_the_likeliest_word_and_leaves_what_it_does_not_know() -> None:
    mend = engines.word_by_word(engines.unigram({"för": 0.01, "for": 0.0001, "är": 0.03, "ar": 0.00003, "i": 0.02}))
    assert mend("For Boris 4r, | (fér)") == "För Boris är, I (för)"
    assert mend("a" * 60) == "a" * 60


def test_the_programme_runs_without_the_extra(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d.printed.txt").write_text(PRINTED, encoding="utf-8")
    (tmp_path / "d.eng.txt").write_text(READ, encoding="utf-8")
    peers.main([str(tmp_path), "--only", "attsats", "--only", "as read", "--json", str(tmp_path / "out.json")])
    assert "attsats" in capsys.readouterr().out
    assert (tmp_path / "out.json").read_text(encoding="utf-8").count('"peer": "attsats"') == 2


def test_rows_of_an_earlier_run_are_named(table: list[peers_page.Figures]) -> None:
    merged = peers.with_kept([f for f in table if f.peer != "vandal"], table)
    assert [(f.peer, f.reading) for f in merged] == [(f.peer, f.reading) for f in table]
    assert {f.peer for f in merged if f.kept} == {"vandal"}
    assert "From an earlier run on the same pages: vandal." in peers_page.tables(merged)
    assert "earlier run" not in peers_page.tables(table)
