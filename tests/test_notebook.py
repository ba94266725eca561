"""The tour of the tables runs from top to bottom, also where a run found nothing."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "notebooks" / "explore.ipynb"


@pytest.fixture
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


@pytest.mark.parametrize("run", ["sample", "empty"])
def test_the_notebook_runs(notebook, tmp_path, run):
    (tmp_path / "notebooks").mkdir()
    if run == "sample":
        shutil.copytree(ROOT / "data", tmp_path / "data")
    else:
        (tmp_path / "data" / "out").mkdir(parents=True)
        (tmp_path / "data" / "out" / "records.jsonl").touch()
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path / "notebooks")}})
    client.execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    # Every cell shows something, except the printing of records that are not there.
    assert all(cell.outputs for cell in (code if run == "sample" else code[:-1]))


def test_no_outputs_are_committed(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)
