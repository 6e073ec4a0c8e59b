"""Let Tesseract read the samples' scans and keep its answers, so that the tests need no engine.

    python samples/record_ocr.py [ID ...]

Writes ``recorded/page-001.tsv`` and so on beside each scan. A sample whose input is the text that a wrong
reading left (``motion-vetlanda-eng``) is read with that language, as plain text, into ``ID.txt``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from pipeline import ocr  # noqa: E402  (the checkout's own package, wherever this is started)

WRONG_LANGUAGE = {"motion-vetlanda-eng": "eng"}


def main(names: list[str]) -> int:
    """Record the named samples, or all that are read from a scan."""
    for path in sorted(HERE.glob("*/sample.json")):
        about, folder = json.loads(path.read_text(encoding="utf-8")), path.parent
        if names and folder.name not in names:
            continue
        if folder.name in WRONG_LANGUAGE:
            command = ["tesseract", str(folder / about["scan"]), "-", "-l", WRONG_LANGUAGE[folder.name]]
            answer = subprocess.run(command, capture_output=True, check=True).stdout
            (folder / about["input"]).write_bytes(answer.rstrip(b"\f"))
        elif about.get("scan") == about["input"] and not about["style"].get("layer"):
            shutil.rmtree(folder / "recorded", ignore_errors=True)
            scan = ocr.read(folder / about["scan"], settings=ocr.OcrSettings(recorded=folder / "recorded"))
            print(folder.name, len(scan.pages), "pages", len(scan.words), "words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
