"""Answers as data frames of pandas and Polars, each an extra of the installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hyoka_kg.api.values import Value
from hyoka_kg.errors import MissingPackageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Columns = Mapping[str, Sequence[Value]]
# A column of one kind gets the frame's own type, which has a place for what is missing; a mixed one stays as it is.
_PANDAS = {bool: "boolean", int: "Int64", float: "Float64", str: "string"}


def as_pandas(columns: Columns) -> pd.DataFrame:
    """Return columns as a `pandas.DataFrame`; what is missing is `pandas.NA`, decimals are floats.

    Raises:
        MissingPackageError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingPackageError.of("pandas", "pandas") from error
    return pd.DataFrame({name: _series(pd, _measured(values)) for name, values in columns.items()})


def as_polars(columns: Columns) -> pl.DataFrame:
    """Return columns as a `polars.DataFrame`; what is missing is null, decimals are floats.

    Raises:
        MissingPackageError: Polars is not installed.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingPackageError.of("polars", "polars") from error
    return pl.DataFrame([_polars_series(pl, name, _measured(values)) for name, values in columns.items()])


def _measured(values: Sequence[Value]) -> list[Value]:
    """Return values with decimals as floats: no frame reckons well with columns of exact decimals."""
    measured: list[Value] = [float(value) if isinstance(value, Decimal) else value for value in values]
    if any(type(value) is float for value in measured):
        return [float(value) if type(value) is int else value for value in measured]
    return measured


def _kind(values: Sequence[Value]) -> type | None:
    """Return the one type that the values have, or None where they have several; of no values, `str`."""
    kinds = {type(value) for value in values if value is not None} or {str}
    return kinds.pop() if len(kinds) == 1 else None


def _series(pd: Any, values: list[Value]) -> Any:
    return pd.Series(values, dtype=_PANDAS.get(_kind(values) or object, "object"))


def _polars_series(pl: Any, name: str, values: list[Value]) -> Any:
    if _kind(values) is None:
        values = [None if value is None else str(value) for value in values]
    return pl.Series(name, values, dtype=pl.String if _kind(values) is str else None)
