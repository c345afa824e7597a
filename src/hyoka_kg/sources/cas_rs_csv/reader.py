"""Read a table of the RSシステム row by row, hold its header to the contract, and hand it on sheet by sheet."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Issue, Reading, SheetKey, SheetPart
from hyoka_kg.sources.archives import check_members
from hyoka_kg.sources.cas_rs_csv.rows import RsRow, SheetRows
from hyoka_kg.sources.cas_rs_csv.tables import TABLES
from hyoka_kg.sources.contracts import Group, load_groups
from hyoka_kg.sources.lookups import Lookups

_FILE = re.compile(r"(?P<table>[1-6]-[1-5])_RS_(?P<year>20[0-9]{2})_.+\.zip")
_ID = re.compile(r"[0-9]{1,6}")
_NAMED_BY = "1-2"


@dataclass(frozen=True, slots=True)
class RsTable:
    """One official zip with one CSV table.

    Attributes:
        path: Where it is.
        sha256: SHA-256 of its bytes, in hexadecimal.
        table: Number of the table, `1-1` to `6-1`.
        fiscal_year: Publication year of its sheets.
    """

    path: Path
    sha256: str
    table: str
    fiscal_year: int

    @classmethod
    def of(cls, path: Path, sha256: str) -> RsTable | None:
        """Return the table that a file name announces, or None."""
        match = _FILE.fullmatch(path.name)
        return None if match is None else cls(path, sha256, match["table"], int(match["year"]))


def check_header(source: RsTable) -> None:
    """Hold the header of a table against the contract, without reading its rows.

    Raises:
        LayoutError: The zip is damaged, the contract has no such year, or the header is another.
    """
    next(_lines(source, load_groups(__package__, str(source.fiscal_year))[source.table]))


def read_rs_table(source: RsTable, lookups: Lookups, reading: Reading) -> Iterator[SheetPart]:
    """Yield what a table says, one part a sheet.

    Raises:
        LayoutError: The zip is damaged, the header is not that of the contract, or a row is not whole.
    """
    group = load_groups(__package__, str(source.fiscal_year))[source.table]
    seen: set[tuple[str, str]] = set()
    for identity, rows in groupby(_rows(source, group, lookups, reading), key=lambda row: (row["year"], row["rs_id"])):
        if identity in seen:
            raise LayoutError(
                f"{source.path}: the rows of project {identity[1]} are not together. Sort the table by it."
            )
        seen.add(identity)
        part = _part(source, list(rows), lookups, reading)
        if part is not None:
            yield part


def rows_at(source: RsTable, numbers: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the rows of a table at the given numbers, by our field names, every cell untouched.

    Raises:
        LayoutError: The zip is damaged, or its header is not that of the contract.
    """
    group, wanted = load_groups(__package__, str(source.fiscal_year))[source.table], frozenset(numbers)
    names = tuple(column.field for column in group.columns.values())
    return {n: dict(zip(names, values, strict=True)) for n, values in _csv(source, group) if n in wanted}


def _part(source: RsTable, rows: list[RsRow], lookups: Lookups, reading: Reading) -> SheetPart | None:
    first = rows[0]
    ministry = lookups.ministries.by_name.get(first["ministry"])
    rs_id = first["rs_id"].lstrip("0")
    if ministry is None or not _ID.fullmatch(rs_id) or not first["year"].isdecimal():
        text = f"{first['ministry']} {first['year']} {first['rs_id']}"
        reading.issues.append(Issue("sheet-without-number", ministry or "", source.fiscal_year, first.place, text))
        return None
    key = SheetKey(ministry, int(first["year"]), f"rs-{rs_id}")
    nodes = list(TABLES[source.table](SheetRows(key, rows, lookups, reading.issues)))
    return SheetPart(key, rs_id, "", first["name"] if source.table == _NAMED_BY else "", nodes)


def _rows(source: RsTable, group: Group, lookups: Lookups, reading: Reading) -> Iterator[RsRow]:
    names = tuple(column.field for column in group.columns.values())
    sha16 = source.sha256[:16]
    fields = [f"rs-{source.table}.{name}" for name in names]
    for number, values in _csv(source, group):
        row = RsRow(dict(zip(names, values, strict=True)), f"{sha16}#row={number}")
        _count(fields, values, lookups.ministries.by_name.get(row["ministry"], ""), source.fiscal_year, reading)
        yield row


def _count(fields: list[str], values: list[str], ministry: str, year: int, reading: Reading) -> None:
    for name, value in zip(fields, values, strict=True):
        reading.seen[name, year, ministry] += 1
        if value:
            reading.filled[name, year, ministry] += 1


def _csv(source: RsTable, group: Group) -> Iterator[tuple[int, list[str]]]:
    return islice(_lines(source, group), 1, None)


def _lines(source: RsTable, group: Group) -> Iterator[tuple[int, list[str]]]:
    """Yield header and rows with their numbers; the header is row 1 (RFC 7111, section 2.1)."""
    try:
        with zipfile.ZipFile(source.path) as archive, archive.open(_member(archive, source)) as raw:
            lines = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            reader = csv.reader(lines, strict=True)
            header = next(reader, [])
            group.check(header, f"{source.path}, row 1", ordered=True)
            yield 1, header
            for number, values in enumerate(reader, 2):
                if len(values) != len(group.columns):
                    raise LayoutError(
                        f"{source.path}, row {number}: {len(values)} cells where the header names "
                        f"{len(group.columns)}. Fetch the file again."
                    )
                yield number, values
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, csv.Error, UnicodeDecodeError) as error:
        raise LayoutError(f"{source.path}: cannot be read to its end ({error}). Fetch the file again.") from error


def _member(archive: zipfile.ZipFile, source: RsTable) -> zipfile.ZipInfo:
    members = [info for info in archive.infolist() if info.filename.endswith(".csv")]
    if len(members) != 1:
        raise LayoutError(f"{source.path}: one CSV file is expected inside, {len(members)} found.")
    check_members(source.path, members)
    return members[0]
