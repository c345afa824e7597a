"""Where ontology, queries, data and notebooks are: in a checkout or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from hyoka_kg.errors import LayoutError

_PACKAGE = Path(__file__).resolve().parents[1]


def ontology_dir() -> Path:
    """Return the folder of the ontology, its schemes and shapes."""
    return _resource("ontology")


def queries_dir() -> Path:
    """Return the folder of the competency, integrity and rule queries."""
    return _resource("queries")


def data_dir() -> Path:
    """Return the folder that holds `registry/` and `documents/`."""
    return _resource("data")


def notebooks_dir() -> Path:
    """Return the folder of the notebooks."""
    return _resource("notebooks")


def _resource(name: str) -> Path:
    checkout = _PACKAGE.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    installed = _PACKAGE / "_resources" / name
    if installed.is_dir():
        return installed
    raise LayoutError(
        f"The folder '{name}' of hyoka-kg is neither beside the package nor inside it. "
        "Install the package again, or run from a complete checkout."
    )
