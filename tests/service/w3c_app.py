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
from hyoka_kg.store import CurrentPlace, StorePlace

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
    app.state.engine._place = CurrentPlace(place)
    if _made:
        shutil.rmtree(_made.pop()[1])
    _made.append((app, folder))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

    async def over_folder(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
        while scope["type"] == "lifespan":
            event = (await receive())["type"]
            await send({"type": f"{event}.complete"})
            if event.endswith("shutdown"):
                return

    return over_folder
