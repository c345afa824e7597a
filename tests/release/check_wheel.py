"""The wheel in an empty environment, in an empty folder: what a user does first. Run by `make wheel-check`."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import hyoka_kg as hk
kg = hk.open("data/build/store")
print(len(kg.query("tr01", project="juki-net-security")), kg.receipt("56.9時間")[0].page)
print(kg.picture("numbers", "juki-net-security").save("numbers.svg"))
try:
    kg.queries().to_polars()
except hk.HyokaError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, outside any checkout, beside an environment that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("outside")
    assert ROOT not in folder.parents
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    install = ["-m", "pip", "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run([str(folder / "env/bin/python"), *install], check=True, env=_environment())
    (folder / "home").mkdir()
    return folder / "home"


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("HYOKA_", "PYTHON"))}


def _run(home: Path, *arguments: str) -> str:
    program = str(home.parent / "env" / "bin" / arguments[0])
    run = subprocess.run(
        [program, *arguments[1:]], cwd=home, env=_environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[str]:
    """`hyoka serve` where nothing was built: it builds the sample, says so, and serves it."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    command = [str(home.parent / "env/bin/hyoka"), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=home, env=_environment(), stderr=subprocess.PIPE, text=True) as server:
        url = f"http://127.0.0.1:{port}"
        while not _answers(f"{url}/health"):
            assert server.poll() is None, server.stderr and server.stderr.read()
            time.sleep(0.5)
        yield url
        server.terminate()


def _answers(url: str) -> bool:
    try:
        return bool(urlopen(url, timeout=5).status == 200)  # noqa: S310 - our own server
    except (URLError, OSError):
        return False


def _read(url: str) -> str:
    return str(urlopen(url, timeout=60).read().decode())  # noqa: S310 - our own server


def test_the_service_answers_from_the_wheel(served: str) -> None:
    rows = list(csv.DictReader(io.StringIO(_read(f"{served}/queries/tr01.csv?project=mic/juki-net-security"))))
    assert len(rows) == 46
    page = _read(f"{served}/")
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert styles
    assert all(_answers(urljoin(served, style)) for style in styles)
    assert "juki-net-security" in _read(f"{served}/search?q=%E4%BD%8F%E6%B0%91%E5%9F%BA%E6%9C%AC%E5%8F%B0%E5%B8%B3")


@pytest.mark.usefixtures("served")
def test_the_commands_answer_from_the_wheel(home: Path) -> None:
    answer = _run(home, "hyoka", "query", "tr01", "-p", "project=juki-net-security", "--format", "csv")
    assert len(answer.splitlines()) == 47
    assert "mic-ex-ante-fy2017-08, page 1, line 57" in _run(home, "hyoka", "receipt", "56.9時間")
    assert "site-packages" in _run(home, "hyoka", "doctor")
    assert "ontology 0." in _run(home, "hyoka", "info")
    assert _run(home, "hyoka", "findings", "--format", "json").startswith("[")


@pytest.mark.usefixtures("served")
def test_the_library_answers_from_the_wheel(home: Path) -> None:
    counts, picture, advice = _run(home, "python", "-c", _PROGRAM).splitlines()
    assert counts == "46 1"
    assert (home / picture).read_text(encoding="utf-8").startswith("<svg")
    assert "pip install 'hyoka-kg[polars]'" in advice


@pytest.mark.usefixtures("served")
def test_the_notebooks_come_out_of_the_wheel_and_run(home: Path) -> None:
    copied = _run(home, "hyoka", "notebooks").splitlines()
    assert len(copied) == 6
    for name in copied:
        cells = json.loads((home / name).read_text(encoding="utf-8"))["cells"]
        program = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        # The kernel is an extra; the cells are plain Python.
        _run(home, "python", "-c", program)
