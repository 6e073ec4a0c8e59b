"""Run the notebooks and keep them with their results: what to do when the pipeline gives other figures.

python scripts/run_notebooks.py [NOTEBOOK...]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
KEPT = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def main() -> int:
    """Run each, and write it when it has run to its end."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    for path in map(Path, sys.argv[1:] or sorted(map(str, FOLDER.glob("*.ipynb")))):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": FOLDER}})
        client.execute()
        notebook.metadata = nbformat.from_dict(KEPT)
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)  # when it ran: no result
        nbformat.write(notebook, path)
        print(f"ran {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
