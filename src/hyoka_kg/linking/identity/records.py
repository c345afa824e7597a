"""Write and read what identity found: a row a sheet with its project, and a row a link with its evidence."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hyoka_kg.linking.identity.links import Link, LinkStatus
from hyoka_kg.model import SheetKey

_PROJECTS = ("ministry", "fiscal_year", "number", "project")
_LEVEL = 6
_LINKS = ("earlier", "later", "relation", "method", "status", "evidence")


def write_projects(path: Path, projects: Mapping[SheetKey, str]) -> None:
    """Write the project of each sheet, in the order given."""
    with _writing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_PROJECTS)
        writer.writerows((key.ministry, key.fiscal_year, key.number, name) for key, name in projects.items())


def read_projects(path: Path) -> dict[SheetKey, str]:
    """Return the project of each sheet, in the order written; none where there is no file."""
    if not path.is_file():
        return {}
    return {SheetKey(row["ministry"], int(row["fiscal_year"]), row["number"]): row["project"] for row in _rows(path)}


def write_links(path: Path, links: Iterable[Link]) -> None:
    """Write the links in the order given; the file appears when it is whole."""
    partial = path.with_name(f"{path.name}.partial")
    with _writing(partial) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_LINKS)
        for link in links:
            ends = (sheet_text(link.earlier), sheet_text(link.later))
            writer.writerow((*ends, link.relation, link.method, link.status, " ".join(link.evidence)))
    partial.replace(path)


def read_links(path: Path) -> Iterator[Link]:
    """Yield the links in the order written."""
    for row in _rows(path):
        yield Link(
            earlier=parse_sheet(row["earlier"]),
            later=parse_sheet(row["later"]),
            relation=row["relation"],
            method=row["method"],
            evidence=tuple(row["evidence"].split()),
            status=LinkStatus(row["status"]),
        )


def sheet_text(key: SheetKey) -> str:
    """Return a sheet as a person writes it: `mic/fy2018/0036`."""
    return f"{key.ministry}/fy{key.fiscal_year}/{key.number}"


def parse_sheet(text: str) -> SheetKey:
    """Return the sheet of a text such as `mic/fy2018/0036`.

    Raises:
        ValueError: The text is no such thing.
    """
    ministry, year, number = text.split("/")
    return SheetKey(ministry, int(year.removeprefix("fy")), number)


@contextmanager
def _writing(path: Path) -> Iterator[io.TextIOWrapper]:
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
    ):
        yield text


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
