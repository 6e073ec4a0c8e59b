"""Process the samples and show the result: what ``make run`` does.

python scripts/run_samples.py OUT.jsonl
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def main() -> int:
    """Extract every sample that can be read on this machine, validate, show a summary of each."""
    out = Path(sys.argv[1])
    scans = shutil.which("tesseract") is not None
    inputs, skipped = [], []
    for meta in sorted(SAMPLES.glob("*/sample.json")):
        path = meta.parent / json.loads(meta.read_text("utf-8"))["input"]
        (inputs if scans or path.suffix == ".txt" else skipped).append(path)
    begun = time.perf_counter()
    code = _attsats("extract", *map(str, inputs), "-o", str(out))
    took = time.perf_counter() - begun
    code = code or _attsats("validate", str(out)) or _attsats("summary", str(out))
    cases = out.with_name("cases.jsonl")
    code = code or _attsats("link", str(out), "-o", str(cases))
    print(f"\n{len(inputs)} samples in {took:.1f} s. Records: {out}  Cases: {cases}")
    if skipped:
        print(f"Not read, because Tesseract is not installed: {', '.join(p.parent.name for p in skipped)}.")
        print("'.venv/bin/attsats doctor' says what to type.")
    page = "attsats show samples/seed-motion-huddinge/seed-motion-huddinge.txt --html out/motion.html"
    print(f"See one marked up in a browser: .venv/bin/{page}")
    return code


def _attsats(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pipeline.cli", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
