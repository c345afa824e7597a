"""The JSON-LD context of the graph: its prefixes, and each property of the ontology with the type of its values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hyoka_kg.query import run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.vocabulary import PREFIXES, compact

_OBJECTS = "ObjectProperty"


def write_context(store: GraphStore, path: Path) -> None:
    """Write the context as a JSON-LD 1.1 document."""
    terms: dict[str, Any] = {}
    for row in run_maintenance(store, "terms").as_text():
        name = compact(row["term"])
        terms.setdefault(name.partition(":")[2], _term(name, row["kind"], row["range"]))
    context = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES, **dict(sorted(terms.items()))}
    path.write_text(json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _term(name: str, kind: str, values: str) -> dict[str, str]:
    if kind.endswith(_OBJECTS):
        return {"@id": name, "@type": "@id"}
    # Texts keep their language, which a type would take from them.
    typed = values.startswith(PREFIXES["xsd"]) and not values.endswith("#string")
    return {"@id": name, "@type": compact(values)} if typed else {"@id": name}
