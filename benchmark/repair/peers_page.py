"""The page that shows repair beside its peers: tables between two marks, and a plot."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark import drawing
from benchmark.drawing import Axis

BEGIN, END = "<!-- peers: written by python -m benchmark.repair.peers -->", "<!-- peers: end -->"
US, YARDSTICK, UNTOUCHED = "attsats", "ByT5-small, int8", "as read"
PUBLISHED = (6.2, 7.4)  # wrong words, per cent, that ByT5-small leaves on Swedish newspapers: KBLab; Löfgren & Dannélls
HEADINGS = {
    "eng": "Text read with the wrong language",
    "swe+eng": "The same pages read with the right language",
    "printed": "The printed text itself, which should come back as it was",
}


@dataclass(frozen=True)
class Figures:
    """One peer on one reading; rates in per cent with their intervals, speed in characters per processor second."""

    peer: str
    reading: str
    missing: str = ""
    speed_only: bool = False
    documents: int = 0
    words: int = 0
    wer: tuple[float, float, float] = (0.0, 0.0, 0.0)
    cer: tuple[float, float, float] = (0.0, 0.0, 0.0)
    wrong: int = 0
    mended: int = 0
    broken: int = 0
    loading: float = 0.0
    speed: float = 0.0
    again: float = 0.0
    kept: bool = False  # from an earlier run


def round_off(value: float) -> str:
    """A speed in three figures, thousands apart.

    >>> round_off(151234.0), round_off(67.3)
    ('151,000', '67')
    """
    digits = max(0, len(str(int(value))) - 3)
    return f"{round(value, -digits):,.0f}"


def row(figures: Figures, yardstick: float, whole: int) -> str:
    """One row of a table; ``whole`` is how many documents there are."""
    name = f"**{figures.peer}**" if figures.peer == US else figures.peer
    if figures.missing:
        return f"| {name} | not to be had here: {figures.missing} | | | | | | |"
    times = f"{figures.speed / yardstick:,.{0 if figures.speed > 10 * yardstick else 1}f}" if yardstick else ""
    speed = ["", "", ""] if figures.peer == UNTOUCHED else [round_off(figures.speed), round_off(figures.again), times]
    if figures.speed_only:
        return f"| {name} | speed only | | | | {round_off(figures.speed)} | | {times} |"
    if figures.documents < whole:
        name += f" ({figures.documents} documents)"
    wer, cer = ("{:.2f} [{:.2f}, {:.2f}]".format(*rate) for rate in (figures.wer, figures.cer))
    broken = f"{1000 * figures.broken / max(1, figures.words):.1f}"
    mended = f"{100 * figures.mended / max(1, figures.wrong):.0f}" if figures.wrong else ""
    return f"| {name} | {' | '.join([wer, cer, mended, broken, *speed])} |"


def tables(table: Sequence[Figures]) -> str:
    """One table for each reading."""
    yardstick = next((f.speed for f in table if f.peer == YARDSTICK and not f.missing), 0.0)
    lines = []
    for reading, heading in HEADINGS.items():
        mine = [f for f in table if f.reading == reading]
        if not mine:
            continue
        whole, words = max((f.documents, f.words) for f in mine if not f.speed_only)
        lines += [
            f"### {heading}",
            "",
            f"{whole} documents, {words:,} words; measured {time.strftime('%Y-%m-%d')}.",
            "",
        ]
        lines += [
            "| | wrong words, % | wrong letters, % | of the wrong words mended, % | right words made wrong, per 1,000"
        ]
        lines[-1] += " | characters/s | the second time | times ByT5 int8 |"
        lines += ["| --- |" + " --- |" * 7]
        lines += [row(f, yardstick, whole) for f in mine] + [""]
        kept = ", ".join(f.peer for f in mine if f.kept)
        lines += [f"From an earlier run on the same pages: {kept}.", ""] if kept else []
    return "\n".join(lines)


def plot(table: Sequence[Figures]) -> str:
    """Wrong words left against speed, on the text that the wrong language read."""
    mine = [f for f in table if f.reading == "eng" and not f.missing]
    across, up = Axis(10, 10_000_000, 70, 690, log=True), Axis(0, 32, 350, 50)
    ticks = [(10.0**k, f"{10**k:,}") for k in range(1, 8)]
    parts = [
        drawing.label(20, 26, "Wrong words left in text read with the wrong language, and speed", size=15),
        drawing.frame(across, up, ticks, [(v, f"{v} %") for v in range(0, 31, 5)]),
        drawing.label(380, 390, "characters a second, one core (each step ten times faster)", anchor="middle"),
    ]
    for f in mine:
        x, y = across.at(f.speed), up.at(f.wer[0])
        if f.peer == UNTOUCHED:
            parts += [drawing.line(70, y, 690, y, dashed=True), drawing.label(76, y - 5, f"as read: {f.wer[0]:.1f} %")]
        elif f.peer == YARDSTICK:
            top, low = up.at(PUBLISHED[1]), up.at(PUBLISHED[0])
            parts += [drawing.line(x, top, x, low, colour=drawing.THEIRS), drawing.dot(x, top, hollow=True)]
            parts += [
                drawing.dot(x, low, hollow=True),
                drawing.label(x + 11, top - 8, "ByT5-small, int8: speed measured here,"),
            ]
            parts += [drawing.label(x + 11, top + 7, "published quality (newspapers)")]
        elif not f.speed_only:
            colour = drawing.OURS if f.peer == US else drawing.THEIRS
            parts += [drawing.line(x, up.at(f.wer[1]), x, up.at(f.wer[2]), colour=colour)]
            parts += [
                drawing.dot(x, y, colour=colour, title=f"{f.peer}: {f.wer[0]:.2f} %, {f.speed:,.0f} characters/s")
            ]
            parts += [drawing.label(x + 11, y + 4, f"{f.peer}: {f.wer[0]:.1f} %", colour=colour)]
    return drawing.picture(720, 405, parts, title="Repair beside its peers: wrong words left against speed")


def write(page: Path, table: Sequence[Figures]) -> None:
    """Renew the tables between the two marks of a page, and the plot ``images/repair-peers.svg`` beside it."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{tables(table)}\n{END}{after}", encoding="utf-8")
    image = page.parent / "images" / "repair-peers.svg"
    image.parent.mkdir(exist_ok=True)
    image.write_text(plot(table), encoding="utf-8")
