"""Write the tables of `queries/tables` as Parquet, a part of the graph at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hyoka_kg.errors import MissingPackageError
from hyoka_kg.query import CannedQuery, bind_each, load_catalogue, run_maintenance
from hyoka_kg.store import EmbeddedStore, Term
from hyoka_kg.store.judgements import Judgements, Wanted
from hyoka_kg.store.rows import term_text
from hyoka_kg.vocabulary import expand

_TABLES, _FINDINGS = "tables", "findings"
# Things that are asked of at a time: few enough that the engine looks up row by row, and keeps little in memory.
_PART = 500
_ROWS_IN_GROUP = 100_000
_READERS: Mapping[str, Callable[[str], Any]] = {
    "string": str,
    "int": int,
    "decimal": Decimal,
    "double": float,
    "date": date.fromisoformat,
}


def write_tables(store: EmbeddedStore, folder: Path, progress: Callable[[str], None]) -> dict[str, int]:
    """Write a Parquet file for each query of `queries/tables`, and return how many rows each has.

    Raises:
        MissingPackageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingPackageError.of("pyarrow", "dump") from error
    folder.mkdir()
    rows = {}
    for query in load_catalogue(_TABLES):
        progress(f"writing table {query.id}")
        schema = _schema(pa, query)
        with pq.ParquetWriter(folder / f"{query.id}.parquet", schema, compression="zstd") as writer:
            told = _kept(store.judgements) if query.id == _FINDINGS and store.judgements else _rows(store, query)
            rows[query.id] = sum(_write(pa, writer, schema, group) for group in _groups(told))
    return rows


def _schema(pa: Any, query: CannedQuery) -> Any:
    kinds = {
        "string": pa.string(),
        "int": pa.int32(),
        # Yen: exact, and room for the sum of all budgets.
        "decimal": pa.decimal128(24, 4),
        "double": pa.float64(),
        "date": pa.date32(),
    }
    types = query.header.get("types") or {}
    described = {b"summary_ja": query.summary.encode(), b"summary_en": query.summary_en.encode()}
    return pa.schema([(name, kinds[types.get(name, "string")]) for name in query.columns], metadata=described)


def _rows(store: EmbeddedStore, query: CannedQuery) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table, a part of what it is anchored in at a time."""
    types = query.header.get("types") or {}
    readers = [_READERS[types.get(name, "string")] for name in query.columns]
    anchor = expand(f"hyoka:{query.header['anchor']}")
    things = sorted(row["thing"] for row in run_maintenance(store, "things_of_class", **{"class": anchor}).as_text())
    for start in range(0, len(things), _PART):
        for row in store.rows(bind_each(query, query.params[0].name, things[start : start + _PART])):
            yield tuple(_value(reader, term) for reader, term in zip(readers, row, strict=True))


def _kept(findings: Judgements) -> Iterator[tuple[Any, ...]]:
    """Yield the findings kept beside a graph, which are those that its pages show; none of them is a node of it."""
    for placed in findings.find(Wanted()):
        one = placed.finding
        severity, document = str(one.severity).lower(), placed.document or None
        yield one.rule, severity, one.message_ja, one.message_en, one.focus, document, None


def _value(reader: Callable[[str], Any], term: Term | None) -> Any:
    # What an empty string stands for is not told; so neither is the value.
    text = term_text(term)
    return reader(text) if text else None


def _groups(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    group: list[tuple[Any, ...]] = []
    for row in rows:
        group.append(row)
        if len(group) == _ROWS_IN_GROUP:
            yield group
            group = []
    if group:
        yield group


def _write(pa: Any, writer: Any, schema: Any, group: list[tuple[Any, ...]]) -> int:
    columns = [pa.array(values, kind) for values, kind in zip(zip(*group, strict=True), schema.types, strict=True)]
    writer.write_table(pa.table(columns, schema=schema))
    return len(group)
