"""The addresses of the service as its own OpenAPI description tells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hyoka_kg.config import Settings
from hyoka_kg.query import load_catalogue
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace


def told() -> dict[str, Any]:
    """Return the operations by tag; those of the canned queries stand on the pages of the queries."""
    # The description needs no graph: nothing is opened before the first request.
    document = create_app(StorePlace(str(Path())), Settings(workers=1)).openapi()
    queries = {query.id for query in load_catalogue()}
    operations = [
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if path.removeprefix("/queries/").partition(".")[0] not in queries
    ]
    return {"title": document["info"]["title"], "operations": sorted(operations, key=lambda each: each["path"])}


def _operation(path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", ()),
        "responses": {
            status: {"description": answer.get("description", ""), "media": list(answer.get("content", ()))}
            for status, answer in operation.get("responses", {}).items()
        },
    }
