"""Reading against the truth: word error rate, the sign §, and CPU seconds beside bare Tesseract.

    python benchmark/ocr/score_ocr.py FOLDER [--tiff] [--bare] [--jobs N] [--repair] [--only GLOB] [--keep DIR]

FOLDER holds scans as the scan factory makes them: ID.pdf (or ID.tiff with --tiff) and ID.printed.txt, what stands on
the pages. ``--bare`` runs ``tesseract -l swe+eng`` with OMP_THREAD_LIMIT=1 on the very pages of ID.tiff and compares
CPU seconds. Words are compared in order, blanks apart; after repair a word
that is divided at the end of a line may be whole; nothing else is forgiven. Beside that, ``folded`` counts dashes
and quotes as one kind each, as benchmark/repair does. With ``--gold DIR`` (texts with ID.clean.txt, corrected by hand
where the print holds a slip of an older OCR) ``mended`` counts the wrong words that are as the corrected text has
them. Prints one line per document and the sums; ``--json`` writes them, and adds to what an earlier run has written
there. ``--keep`` records the OCR in ``DIR/ID`` and reads what is recorded there, so that a change after the reading
is scored without reading again.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image

from benchmark.repair.align import errors as folded_errors
from benchmark.repair.align import words as aligned
from pipeline import ocr


def errors(truth: list[str], read: list[str]) -> int:
    """Words to change, drop or add: Levenshtein's distance over words."""
    row = list(range(len(read) + 1))
    for i, word in enumerate(truth, 1):
        left, row = row, [i]
        for j, other in enumerate(read, 1):
            row.append(min(left[j] + 1, row[j - 1] + 1, left[j - 1] + (word != other)))
    return row[-1]


def words_printed(truth: str, read: list[str]) -> list[str]:
    """The printed words; one that is divided at the end of a line is whole where it was read as one word."""
    whole = set(read)
    words: list[str] = []
    for line in truth.split("\n"):
        first, *others = line.split() or [""]
        divided = words[-1] if words and words[-1].endswith("-") and first else ""
        joined = next((w for w in (divided[:-1] + first, divided + first) if w in whole), "") if divided else ""
        if joined:
            words[-1:] = [joined, *others]
        elif first:
            words += [first, *others]
    return words


def mended(printed: list[str], clean: list[str], read: list[str]) -> int:
    """Words that were read otherwise than they are printed, and as the hand-corrected text has them.

    >>> mended("enligt 12 8. lagen".split(), "enligt 12 §. lagen".split(), "enligt 12 §. lägen".split())
    1
    """
    right = {i: clean[j] for i, j in aligned(printed, clean) if i >= 0 and j >= 0}
    pairs = ((printed[i], right.get(i), read[j]) for i, j in aligned(printed, read) if i >= 0 and j >= 0)
    return sum(was != is_read and is_read == should for was, should, is_read in pairs)


def signs(truth: str, read: str) -> tuple[int, int]:
    """How many § were printed, and how many of them are there."""
    return truth.count("§"), min(truth.count("§"), read.count("§"))


def cpu() -> float:
    """CPU seconds of this process and its children so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def bare(path: Path) -> tuple[float, str]:
    """CPU seconds and text of ``tesseract -l swe+eng`` alone on the pages of a TIFF."""
    text, seconds = "", 0.0
    with Image.open(path) as image:
        for n in range(getattr(image, "n_frames", 1)):
            image.seek(n)
            buffer = io.BytesIO()
            image.save(buffer, "TIFF", dpi=image.info.get("dpi"))
            before = cpu()
            done = subprocess.run(
                ["tesseract", "-", "-", "-l", "swe+eng"],
                input=buffer.getvalue(), capture_output=True, check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
            seconds += cpu() - before
            text += done.stdout.decode()
    return seconds, text


def score(folder: Path, args: argparse.Namespace) -> list[dict[str, Any]]:
    """One row for each document."""
    rows = []
    models = None
    if args.repair:
        from pipeline.models import load

        models = load()
    for printed in sorted(folder.glob(f"{args.only}.printed.txt")):
        name = printed.name.removesuffix(".printed.txt")
        path = folder / f"{name}.{'tiff' if args.tiff else 'pdf'}"
        if not path.exists():
            continue
        truth = printed.read_text(encoding="utf-8")
        before, clock = cpu(), time.monotonic()
        quality = models.quality if models else None
        recorded = args.keep / name if args.keep else None
        scan = ocr.read(path, settings=ocr.OcrSettings(jobs=args.jobs, recorded=recorded), quality=quality)
        row: dict[str, Any] = {
            "id": name, "pages": len(scan.pages), "words": len(truth.split()),
            "cpu": round(cpu() - before, 2), "wall": round(time.monotonic() - clock, 2),
            "errors": errors(truth.split(), scan.text.split()), "signs": signs(truth, scan.text),
            "notes": [note.code for note in scan.notes],
        }  # fmt: skip
        if models:
            from pipeline.quality import assess
            from pipeline.repair import repair

            text = repair(scan, models.repair, assess(scan, models.quality)).text
            row |= {
                "repaired_errors": errors(printed_words := words_printed(truth, text.split()), text.split()),
                "repaired_folded_errors": folded_errors(text, " ".join(printed_words)),
                "repaired_signs": signs(truth, text),
            }
            clean = next(args.gold.rglob(f"{name}.clean.txt"), None) if args.gold else None
            if clean:
                corrected = words_printed(clean.read_text(encoding="utf-8"), text.split())
                row["mended"] = mended(printed_words, corrected, text.split())
        if args.bare:
            seconds, text = bare(folder / f"{name}.tiff")
            row |= {"bare_cpu": round(seconds, 2), "bare_errors": errors(truth.split(), text.split())}
        print(json.dumps(row, ensure_ascii=False), flush=True)
        rows.append(row)
    return rows


def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums as rates."""
    words, pages = sum(row["words"] for row in rows), sum(row["pages"] for row in rows)
    made: dict[str, Any] = {"documents": len(rows), "pages": pages, "words": words}
    for key in ("errors", "repaired_errors", "repaired_folded_errors", "bare_errors"):
        if all(key in row for row in rows):
            made[key.replace("errors", "wer")] = round(sum(row[key] for row in rows) / max(1, words), 5)
    if any("mended" in row for row in rows):
        made["mended"] = sum(row.get("mended", 0) for row in rows)
    for key in ("signs", "repaired_signs"):
        if all(key in row for row in rows):
            made[key] = [sum(row[key][1] for row in rows), sum(row[key][0] for row in rows)]
    for key in ("cpu", "bare_cpu", "wall"):
        if all(key in row for row in rows):
            made[f"{key}_per_page"] = round(sum(row[key] for row in rows) / max(1, pages), 3)
    if "bare_cpu_per_page" in made:
        made["cpu_ratio"] = round(made["cpu_per_page"] / made["bare_cpu_per_page"], 3)
    return made


def main() -> None:
    """Score a folder and print the sums last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tiff", action="store_true", help="read ID.tiff instead of ID.pdf")
    parser.add_argument("--bare", action="store_true", help="compare with bare Tesseract on ID.tiff")
    parser.add_argument("--repair", action="store_true", help="score the repaired text as well")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only", default="*")
    parser.add_argument("--keep", type=Path, help="record the OCR here, one folder a document")
    parser.add_argument("--gold", type=Path, help="texts with ID.clean.txt, corrected by hand")
    parser.add_argument("--json", type=Path, help="write rows and sums here")
    args = parser.parse_args()
    rows = score(args.folder, args)
    if args.json and args.json.exists():
        new = {row["id"] for row in rows}
        rows = [row for row in json.loads(args.json.read_text())["rows"] if row["id"] not in new] + rows
    sums = total(rows)
    print("TOTAL", json.dumps(sums, ensure_ascii=False))
    if args.json:
        args.json.write_text(json.dumps({"total": sums, "rows": rows}, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
