"""The columns of the tables that the project keeps, and of those of a dump, each with its meaning in both languages."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from hyoka_kg.config import data_dir
from hyoka_kg.query import CannedQuery, load_catalogue

_FILE = "dictionary.csv"
_DUMPED = "dump/tables"


def told() -> dict[str, Any]:
    """Return the tables by folder, each with its columns in order."""
    folders: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows():
        folder, _, table = row["table"].rpartition("/")
        folders[folder][table].append(row)
    return {"folders": folders}


def rows() -> list[dict[str, str]]:
    """Return the lines of the dictionary: table, column, type, meaning_ja, meaning_en."""
    with (data_dir() / _FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed_columns() -> dict[str, list[str]]:
    """Return the columns of every table as the files head them, by the name that the dictionary gives the table."""
    kept = {_name(path): _header(path) for path in sorted(data_dir().rglob("*.csv")) if _is_kept(path)}
    return kept | {name: list(types) for name, types in dumped_types().items()}


def dumped_types() -> dict[str, dict[str, str]]:
    """Return the type of each column of each table of a dump, by the name that the dictionary gives the table."""
    return {f"{_DUMPED}/{query.id}": _types(query) for query in load_catalogue("tables")}


def _types(query: CannedQuery) -> dict[str, str]:
    types = query.header.get("types") or {}
    return {name: types.get(name, "string") for name in query.columns}


def _is_kept(path: Path) -> bool:
    return path.relative_to(data_dir()).parts[0] in {"registry", "national", "documents"}


def _name(path: Path) -> str:
    """Return the name of a table; the transcribed documents share theirs, since they share their columns."""
    *_, document, table = path.relative_to(data_dir()).with_suffix("").parts
    if document in {"registry", "national"}:
        return f"{document}/{table}"
    if document.startswith("judgit-"):
        return f"documents/excerpt/{table}"
    return "documents/transcription/texts" if table == "texts" else "documents/transcription/cells"


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))
