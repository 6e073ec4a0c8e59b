"""The page that shows how true the confidences are: a table for each reading, and a plot with a panel for each kind."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark import drawing
from benchmark.drawing import Axis
from benchmark.tags import reliability

BEGIN, END = "<!-- confidence: written by python -m benchmark.tags.calibrate -->", "<!-- confidence: end -->"
LIMIT = 0.05
GROUPS = {
    "all people": ("signatories", "motion_authors", "reservations"),
    "all outcomes": ("outcomes.decision", "outcomes.recommendation", "outcomes.floor"),
}
READINGS = {
    "as given": "The annotated documents as they are",
    "wrong language": "The same documents printed and read with the wrong language",
    "wrong language, again": "Another such printing, which no fit has seen",
    "forms": "Invented forms of other municipalities",
}
COLOURS = {"as given": drawing.THEIRS, "wrong language": drawing.OURS}
WIDTH, HEIGHT, ACROSS = 190, 180, 4


@dataclass(frozen=True)
class Judged:
    """A value with the probability that a fit without its matter gives it."""

    kind: str
    reading: str
    matter: str
    said: float
    right: bool


def rows(judged: Sequence[Judged], reading: str) -> list[tuple[str, list[Judged]]]:
    """(name, values) of each kind of value, of the groups of kinds, and of all, in one reading."""
    mine = [j for j in judged if j.reading == reading]
    found = [(kind, [j for j in mine if j.kind == kind]) for kind in sorted({j.kind for j in mine})]
    found += [(name, [j for j in mine if j.kind in kinds]) for name, kinds in GROUPS.items()]
    return [(name, values) for name, values in [*found, ("all", mine)] if values]


def line(name: str, values: Sequence[Judged]) -> str:
    """A row of the table."""
    said, right = [j.said for j in values], [j.right for j in values]
    low, high = reliability.interval(said, right, [j.matter for j in values])
    mean, most = reliability.by_chance(said)
    error = reliability.error(said, right)
    verdict = "yes" if error <= LIMIT else "too few to tell" if most > LIMIT and error <= most else "no"
    wrong = [j.matter for j in values if not j.right]
    within = f"{len(wrong)} in {len(set(wrong))}" if wrong else "0"
    cells = [name, f"{len(values):,}", within, f"{sum(said) / len(said):.3f}"]
    cells += [
        f"{sum(right) / len(right):.3f}",
        f"{error:.3f} [{low:.3f}, {high:.3f}]",
        f"{mean:.3f}, {most:.3f}",
        verdict,
    ]
    return f"| {' | '.join(cells)} |"


def queue(judged: Sequence[Judged]) -> str:
    """What a person finds who looks at the least sure twentieth of the values."""
    found, errors = reliability.held_in_queue([j.said for j in judged], [j.right for j in judged])
    return f"The 5 % least sure of {len(judged):,} values hold {found:.0f} of {errors} errors."


def show(judged: Sequence[Judged]) -> str:
    """The tables of all readings."""
    lines = [f"Measured {time.strftime('%Y-%m-%d')}.", ""]
    for reading, heading in READINGS.items():
        found = rows(judged, reading)
        if found:
            lines += [f"### {heading}", "", queue(found[-1][1]), ""]
            lines += [
                "| | values | wrong, in matters | mean confidence | share right | ECE | by chance | at most .05 |"
            ]
            lines += ["| --- |" + " --- |" * 7, *(line(*row) for row in found), ""]
    fitted = [j for j in judged if j.reading in ("as given", "wrong language")]
    return "\n".join([*lines, "As given and wrong language together: " + queue(fitted), ""])


def spots(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """The bins as (mean confidence, share right, count), those in one place made one."""
    found: dict[tuple[float, float], int] = {}
    for said, right, count in reliability.bins([j.said for j in judged], [j.right for j in judged]):
        place = (round(said, 3), round(right, 3))
        found[place] = found.get(place, 0) + count
    return [(*place, count) for place, count in found.items()]


def plot(judged: Sequence[Judged]) -> str:
    """Small multiples: share right against confidence, a dot for each bin, its area the number of values."""
    kinds = sorted({j.kind for j in judged if j.reading in COLOURS})
    parts = [drawing.label(16, 26, "Share right (up) against confidence (across)", size=15)]
    for n, (reading, colour) in enumerate(COLOURS.items()):
        parts += [
            drawing.dot(400 + 110 * n, 22, colour=colour),
            drawing.label(412 + 110 * n, 26, reading, colour=colour),
        ]
    for n, kind in enumerate(kinds):
        left, top = 40 + WIDTH * (n % ACROSS), 66 + HEIGHT * (n // ACROSS)
        across, up = Axis(0.3, 1, left, left + WIDTH - 55), Axis(0.3, 1, top + HEIGHT - 60, top)
        ticks = [(v, f"{v:.1f}") for v in (0.4, 0.6, 0.8, 1.0)]
        parts += [drawing.label(left, top - 10, kind), drawing.frame(across, up, ticks, ticks)]
        parts += [drawing.line(across.start, up.start, across.end, up.end, colour=drawing.FAINT, dashed=True)]
        for reading, colour in COLOURS.items():
            mine = [j for j in judged if (j.kind, j.reading) == (kind, reading)]
            for said, right, count in spots(mine):
                told = f"{kind}, {reading}: {count} values said at {said:.3f}, {right:.3f} right"
                radius = round(1.5 + count**0.5 / 2, 1)
                parts += [
                    drawing.dot(across.at(said), up.at(right), colour=colour, radius=radius, hollow=True, title=told)
                ]
    height = 80 + HEIGHT * -(-len(kinds) // ACROSS)
    return drawing.picture(50 + WIDTH * ACROSS, height, parts, title="How often values are right, by confidence")


def write(page: Path, judged: Sequence[Judged]) -> None:
    """Renew the tables between the two marks of a page, and the plot ``images/confidence.svg`` beside it."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{show(judged)}\n{END}{after}", encoding="utf-8")
    image = page.parent / "images" / "confidence.svg"
    image.parent.mkdir(exist_ok=True)
    image.write_text(plot(judged), encoding="utf-8")
