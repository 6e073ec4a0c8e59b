"""Rebuild the tables of facts that ``tag`` reads from open data: given names, municipalities, authorities.

    python -m benchmark.tags.build_tables DATA_DIR

``DATA_DIR`` holds ``tilltalsnamn-*.csv`` (SCB), ``municipalities.csv`` and ``authorities.tsv``.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

TABLES = Path(__file__).resolve().parents[2] / "pipeline" / "tables"
FEWEST_BEARERS = 25
# Words that are also given names but far more often something else at the head of a Swedish sentence.
NOT_NAMES = {"Den", "Du", "Vi", "Man", "Ett", "Han", "Ni", "De", "Till"}
END_IN_S = {"Alingsås", "Borås", "Västerås", "Strängnäs", "Hofors", "Bengtsfors", "Degerfors", "Hagfors", "Hällefors"}
END_IN_S |= {"Munkfors", "Storfors", "Bollnäs", "Höganäs", "Sotenäs", "Vännäs", "Mönsterås", "Torsås", "Robertsfors"}
END_IN_S |= {"Grums", "Tranås", "Kramfors"}


def given_names(data: Path) -> list[tuple[str, int]]:
    """Given names with at least ``FEWEST_BEARERS`` bearers, most common first."""
    count: Counter[str] = Counter()
    for path in sorted(data.glob("tilltalsnamn-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                count[row["name"]] += int(row["persons"])
    return [(name, n) for name, n in count.most_common() if n >= FEWEST_BEARERS and name not in NOT_NAMES]


def short_name(official: str) -> str:
    """The name without "kommun" and its genitive: "Österåkers kommun" gives "Österåker"."""
    name = official.removesuffix(" kommun")
    if name == "Falu":
        return "Falun"
    return name if name in END_IN_S or not name.endswith("s") else name[:-1]


def main(data: Path) -> None:
    with (TABLES / "given_names.tsv").open("w", encoding="utf-8") as out:
        out.write("name\tbearers\n")
        out.writelines(f"{name}\t{n}\n" for name, n in given_names(data))
    with (data / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = [(r["code"], r["name"], r["county"]) for r in csv.DictReader(file)]
    with (TABLES / "municipalities.tsv").open("w", encoding="utf-8") as out:
        out.write("code\tname\tofficial\tcounty\n")
        out.writelines(f"{code}\t{short_name(name)}\t{name}\t{county}\n" for code, name, county in rows)
    with (data / "authorities.tsv").open(encoding="utf-8", newline="") as file:
        names = sorted({r["name"].strip() for r in csv.DictReader(file, delimiter="\t") if r["name"].strip() != "name"})
    with (TABLES / "authorities.tsv").open("w", encoding="utf-8") as out:
        out.write("name\n")
        out.writelines(f"{name}\n" for name in names)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
