"""The page about Python: its blocks run one after the other, against a real server where they ask one."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

import hyoka_kg as hk
from hyoka_kg.config import Settings
from hyoka_kg.errors import QueryError
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-from-python.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SHOWN = "http://127.0.0.1:8890"

pytestmark = pytest.mark.network


@pytest.fixture(scope="module")
def served(store_folder: Path) -> Iterator[str]:
    """Serve the sample on a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app = create_app(StorePlace(str(store_folder)), Settings(workers=1))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
        app.state.engine.close()


def test_the_blocks_of_the_page_run(
    served: str, store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(hk, "sample", lambda: hk.open(store_folder), raising=False)
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 12
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block.replace(_SHOWN, served), PAGE.name, "exec"), names)  # noqa: S102 - our own page
    printed = capsys.readouterr().out
    assert "mic-ex-ante-fy2017-08 11 1377" in printed
    assert "There is no canned query 'tr1'. Did you mean" in printed
    assert (tmp_path / "numbers.svg").is_file()


def test_a_server_answers_as_the_folder_does(served: str, store_folder: Path) -> None:
    server, folder = hk.open(f"{served}/sparql"), hk.open(store_folder)
    assert server.trace("juki-net-security").as_json() == folder.trace("juki-net-security").as_json()
    assert server.receipt("56.9時間") == folder.receipt("56.9時間")
    assert server.project("juki-net-security").lineage() == folder.project("juki-net-security").lineage()
    assert server.ask("ASK { ?s a <https://w3id.org/hyoka/def#Project> }")


def test_a_server_is_neither_searched_nor_copied(served: str) -> None:
    server = hk.open(f"{served}/sparql")
    with pytest.raises(QueryError, match="index of its texts"):
        server.search("住民基本台帳")
    with pytest.raises(QueryError, match="not copied whole"):
        server.to_rdflib()
