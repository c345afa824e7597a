"""Read the registry's tables and hold them to `tables.yml`: columns, keys and references."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from hyoka_kg.errors import LayoutError, ModelError
from hyoka_kg.model import Registry, Row
from hyoka_kg.sources.tables import read_table


def read_registry(folder: Path) -> Registry:
    """Return all registry tables.

    Raises:
        LayoutError: A table is absent or its columns differ.
        ModelError: A key occurs twice, or a reference names nothing.
    """
    contracts = _contracts()
    unknown = sorted(path.stem for path in folder.glob("*.csv") if path.stem not in contracts)
    if unknown:
        raise LayoutError(f"{folder}: unknown table(s) {', '.join(unknown)}. Known: {', '.join(contracts)}.")
    registry = Registry(
        {name: tuple(read_table(folder / f"{name}.csv", spec["columns"])) for name, spec in contracts.items()}
    )
    for name, spec in contracts.items():
        _check_keys(registry[name], spec["key"])
        _check_references(registry, name, spec.get("references", {}))
    return registry


def _contracts() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("tables.yml").read_text(encoding="utf-8")
    contracts: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return contracts


def _check_keys(rows: tuple[Row, ...], key: list[str]) -> None:
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        identity = tuple(row[column] for column in key)
        if identity in seen:
            raise ModelError(
                f"{row.locator}: {' '.join(identity)} stands already at {seen[identity].locator}. "
                f"{' + '.join(key)} must identify one row."
            )
        seen[identity] = row


def _check_references(registry: Registry, table: str, references: Mapping[str, str]) -> None:
    for column, target in references.items():
        other, _, other_column = target.partition(".")
        known = {row[other_column] for row in registry[other]}
        for row in registry[table]:
            if row[column] and row[column] not in known:
                raise ModelError(
                    f"{row.locator}, column {column}: '{row[column]}' is in no row of {other}.csv. "
                    f"Correct it, or add it there first."
                )
