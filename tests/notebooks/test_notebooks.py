"""Every notebook runs from top to bottom on the sample, and the copy that readers see is whole and small."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hyoka_kg.cli.app import app

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
NATIONAL = "06_national"
nbformat: Any = pytest.importorskip("nbformat", reason="comes with the extra 'notebook'")
nbclient: Any = pytest.importorskip("nbclient", reason="comes with the extra 'notebook'")
pytest.importorskip("ipykernel", reason="comes with the extra 'notebook'")

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Register a kernel of this very interpreter, for this test only."""
    folder = tmp_path / "jupyter" / "kernels" / "hyoka-test"
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "hyoka-kg test", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return "hyoka-test"


def _outputs(notebook: Any) -> list[tuple[str, ...]]:
    """Return what each code cell shows: text as it is, pictures by their words."""
    return [
        tuple(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_there_are_the_notebooks() -> None:
    names = ["01_trace", "02_numbers", "03_indicators", "04_money", "05_strategy", NATIONAL]
    assert [path.stem for path in NOTEBOOKS] == names


def test_the_command_copies_them_and_replaces_none(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    done = CliRunner().invoke(app, ["notebooks", str(folder)])
    assert done.stdout.splitlines() == [str(folder / path.name) for path in NOTEBOOKS]
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == [path.read_bytes() for path in NOTEBOOKS]
    (folder / "01_trace.ipynb").unlink()
    (folder / "02_numbers.ipynb").write_text("mine")
    refused = CliRunner().invoke(app, ["notebooks", str(folder)])
    assert "02_numbers.ipynb" in str(refused.exception)
    assert not (folder / "01_trace.ipynb").exists()
    assert (folder / "02_numbers.ipynb").read_text() == "mine"


@each_notebook
def test_a_notebook_runs_and_shows_what_the_committed_copy_shows(
    path: Path, kernel: str, sample_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYOKA_STORE", str(sample_store))
    committed, notebook = nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name=kernel, resources=resources).execute()
    assert _outputs(notebook) == _outputs(committed)


@each_notebook
def test_the_committed_copy_is_executed_small_and_of_no_machine(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    # The national view draws nothing of the sample; it says that the corpora are absent.
    has_picture = any("image/png" in output.get("data", {}) for output in outputs)
    assert has_picture or (path.stem == NATIONAL and "全国の表は、このグラフに入っていません" in outputs[0]["text"])
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert path.stat().st_size < 600_000
    text = path.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert str(Path.cwd()) not in text


@each_notebook
def test_a_notebook_opens_with_a_question_in_both_languages(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0].source
    assert "か" in first.splitlines()[0]
    assert "In English:" in first
