"""Make the service over the data of a W3C test: the suites' runners import `make` from here."""

from __future__ import annotations

import atexit
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyoxigraph as ox
from fastapi import FastAPI

from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.service.private import create_private_app
from hyoka_kg.store import StorePlace
from hyoka_kg.store.drafts import Draft

TOKEN = "w3c"  # noqa: S105 - it opens the draft of a test
_MEMORY = Path("/dev/shm")  # noqa: S108 - hundreds of small stores: spare the disk
_made: list[tuple[FastAPI, Path]] = []


def make(nquads: bytes) -> Any:
    """Return the app over some N-Quads; one app, whose workers are told of each new graph, does for all tests."""
    folder = Path(mkdtemp(prefix="hyoka-w3c-", dir=_MEMORY if _MEMORY.is_dir() else None))
    store = ox.Store(str(folder / "oxigraph"))
    store.load(nquads, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    (folder / "DONE").write_text("{}")
    place = StorePlace(str(folder), union=False)
    app = _made[0][0] if _made else create_app(place, Settings(workers=1, client_seconds=0))
    app.state.engine._place, app.state.engine._current = place, None
    if _made:
        shutil.rmtree(_made.pop()[1])
    _made.append((app, folder))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _without_lifespan(app)


def make_private(nquads: bytes) -> Any:
    """Return the private app over a draft of some N-Quads; each is dropped when the next is made."""
    folder = Path(mkdtemp(prefix="hyoka-w3c-", dir=_MEMORY if _MEMORY.is_dir() else None))
    (folder / "builds" / "one").mkdir(parents=True)
    store = ox.Store(str(folder / "builds" / "one" / "oxigraph"))
    store.load(nquads, format=ox.RdfFormat.N_QUADS)
    store.flush()
    del store
    (folder / "builds" / "one" / "DONE").write_text("{}")
    (folder / "CURRENT").write_text("one")
    draft = Draft(folder)
    draft.begin()
    app = create_private_app(draft, Settings(union_default_graph=False), TOKEN)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(app.state.desk.close)
    return app


def _without_lifespan(app: Any) -> Any:
    async def over_folder(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
        while scope["type"] == "lifespan":
            event = (await receive())["type"]
            await send({"type": f"{event}.complete"})
            if event.endswith("shutdown"):
                return

    return over_folder
