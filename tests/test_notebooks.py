"""The notebooks run from start to end, as they are kept, and are kept with their results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
NEEDED = ("nbclient", "nbformat", "ipykernel", "matplotlib", "pandas", "pyarrow")


def needed() -> None:
    for name in NEEDED:
        pytest.importorskip(name, reason=f"{name} is not installed: the notebooks need attsats[research] and Jupyter")


def read(path: Path) -> Any:
    import nbformat

    return nbformat.read(path, as_version=4)


def test_there_are_three() -> None:
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needed()
    from nbclient import NotebookClient

    root = HERE.parent
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = read(path)
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(HERE)}}).execute()
    kinds = [output["output_type"] for cell in notebook.cells for output in cell.get("outputs", [])]
    assert "error" not in kinds


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_with_its_results(path: Path) -> None:
    needed()
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert any("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
    told = str(notebook.metadata) + "".join(str(cell.get("outputs", "")) for cell in code)
    assert str(Path(__file__).resolve().parent.parent) not in told
    assert "/home/" not in told
