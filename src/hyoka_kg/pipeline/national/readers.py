"""How each kind of source file of the national corpora is read: the one place that names them all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hyoka_kg.model import Reading, SheetPart
from hyoka_kg.sources.cas_rs_csv import RsTable, check_header, read_rs_table, rows_at
from hyoka_kg.sources.judgit_json import JudgitFile, objects_at, read_judgit
from hyoka_kg.sources.lookups import Lookups

Source = JudgitFile | RsTable
# The other tables hold nothing that tells one project from another.
_IDENTIFYING_TABLES = frozenset({"1-1", "1-2", "1-5", "2-1", "3-1", "5-1", "5-3", "6-1"})
_RECORD_PARTS = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """What a build asks of one kind of source file.

    Attributes:
        name_of: Its name where receipts are counted, such as the number of a table.
        year_of: The fiscal year of publication of its sheets.
        parts: Into how many tasks a file is divided.
        check: Holds a file against its contract before anything is stated.
        read: Yields what a part of a file says; the part is given as (which, of how many).
        identifies: Whether a file tells one project from another.
        identifying: Yields what a file says that does.
        records_at: The records at the given places, by our field names, every value untouched.
    """

    name_of: Callable[[Any], str]
    year_of: Callable[[Any], int]
    parts: int
    check: Callable[[Any], None]
    read: Callable[[Any, tuple[int, int], Lookups, Reading], Iterator[SheetPart]]
    identifies: Callable[[Any], bool]
    identifying: Callable[[Any, Lookups], Iterator[SheetPart]]
    records_at: Callable[[Any, Collection[int]], Mapping[int, Any]]


def reader_of(source: Source) -> Reader:
    """Return how a source file is read."""
    return _READERS[type(source)]


def _named_sheets(source: JudgitFile, lookups: Lookups) -> Iterator[SheetPart]:
    # A part without a name only adds texts of an older commit to a sheet of the newer set.
    return (part for part in read_judgit(source, (0, 1), lookups, Reading()) if part.name)


_READERS: Mapping[type, Reader] = {
    RsTable: Reader(
        name_of=lambda table: table.table,
        year_of=lambda table: table.fiscal_year,
        parts=1,
        check=check_header,
        read=lambda table, _part, lookups, reading: read_rs_table(table, lookups, reading),
        identifies=lambda table: table.table in _IDENTIFYING_TABLES,
        identifying=lambda table, lookups: read_rs_table(table, lookups, Reading()),
        records_at=rows_at,
    ),
    JudgitFile: Reader(
        name_of=lambda _file: "judgit",
        year_of=lambda file: file.year,
        parts=_RECORD_PARTS,
        # Each object is held against the contract when it is read: a header there is none.
        check=lambda _file: None,
        read=read_judgit,
        identifies=lambda _file: True,
        identifying=_named_sheets,
        records_at=objects_at,
    ),
}
