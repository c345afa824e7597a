"""The words and rates of the fictitious ministry, read once from the tables beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent


@cache
def words() -> dict[str, Any]:
    """Return every word that the ministry prints."""
    return _read("words.yml")


@cache
def rates(group: str) -> dict[str, float]:
    """Return how often each thing of a group happens, as shares."""
    return dict(_read("rates.yml")[group])


@cache
def layout(kind: str) -> dict[str, Any]:
    """Return the boxes of a form."""
    return _read(f"layouts/{kind}.yml")


def _read(name: str) -> dict[str, Any]:
    record: dict[str, Any] = yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
    return record
