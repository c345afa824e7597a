"""Sheets of our own, as identity sees them: every name and number is made up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hyoka_kg.linking.identity.digests import SheetDigest
from hyoka_kg.model import SheetKey
from hyoka_kg.normalization.folding import bare_form

MILLION = 1_000_000
Make = Callable[..., SheetDigest]


def told(year: int, amounts: dict[int, tuple[int, int | None]]) -> tuple[tuple[str, int, int], ...]:
    """Return initial and executed amounts in millions as a sheet of a year prints them: nothing executed yet."""
    figures = []
    for about, (initial, executed) in sorted(amounts.items()):
        if year - 3 <= about <= year:
            figures.append(("initial", about, initial * MILLION))
            if executed is not None and about < year:
                figures.append(("executed", about, executed * MILLION))
    return tuple(figures)


@pytest.fixture(scope="session")
def make() -> Make:
    """Return what makes a digest of a ministry, year and number."""

    def build(
        key: str, name: str = "", money: dict[int, tuple[int, int | None]] | None = None, **more: Any
    ) -> SheetDigest:
        ministry, year, number = key.split("/")
        sheet = SheetKey(ministry, int(year), number)
        fields: dict[str, Any] = {"name": name, "form": bare_form(name), "figures": told(int(year), money or {})}
        fields |= {"start": 2010, "bureau": "ためし局", "division": "ためし課"} | more
        fields["stated"] = tuple(
            SheetKey(one, int(about), other)
            for one, about, other in (text.split("/") for text in fields.get("stated", ()))
        )
        return SheetDigest(sheet, **fields)

    return build
