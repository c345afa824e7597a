"""Write the fictitious government over the years: public objects a year, and the truth about every sheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from hyoka_kg.synthesis.ancestry import Ancestry, ministries
from hyoka_kg.synthesis.evident import evident_by
from hyoka_kg.synthesis.ministry import MinistryYear, Project, ministry_years
from hyoka_kg.synthesis.public_records import Writer
from hyoka_kg.synthesis.request import Request

IDENTITY_COLUMNS = ("sheet", "project", "predecessors", "relation", "events", "listed", "evident")
_MINISTRY_COLUMNS = (
    "org_id", "name_ja", "name_en", "aliases", "abbreviations", "established", "corporate_number_nta",
)  # fmt: skip
_CHANGE_COLUMNS = ("from", "to", "date", "kind", "note_ja", "note_en")
_EVENTS = {"merged": "merged", "split": "split"}


def write_public_records(request: Request, folder: Path, progress: Callable[[str], None]) -> int:
    """Write the objects of each year, the ministries and the truth; return the number of sheets.

    A year is written while it is made, so that memory does not grow with the years.
    """
    ancestry = Ancestry(request.seed, request.first)
    _write_ministries(folder / "national")
    (folder / "judgit").mkdir()
    sheets = 0
    with (folder / "identity.csv").open("w", encoding="utf-8", newline="") as file:
        truth = csv.writer(file, lineterminator="\n")
        truth.writerow(IDENTITY_COLUMNS)
        for year in ministry_years(request.seed, request.projects, request.first, request.last):
            progress(f"FY{year.fiscal_year}")
            ancestry.learn(year)
            writer = Writer(request.seed, year, ancestry)
            path = folder / "judgit" / f"judgit_{year.fiscal_year}.ndjson"
            with path.open("w", encoding="utf-8", newline="") as lines:
                for project in year.projects:
                    truth.writerow(_write_sheet(lines, writer, project))
            sheets += len(year.projects)
    return sheets


def _write_sheet(lines: TextIO, writer: Writer, project: Project) -> tuple[str, int, str, str, str, str, str]:
    listed = writer.listed(project)
    lines.write(json.dumps(writer.record(project, listed), ensure_ascii=False) + "\n")
    year = writer.year
    former = [_key_before(writer, one) for one in project.predecessors]
    home, events = writer.key(project, year.fiscal_year).split("/")[0], list(project.events)
    if former and all(one.split("/")[0] != home for one in former):
        events.append("transferred")
    told = ";".join(f"{one.kind}:{_key_before(writer, one.project)}" for one in listed if one.kind != "stated")
    relation = _relation(project)
    stated = [one.project for one in listed if one.kind == "stated"]
    is_made = relation in _EVENTS.values()
    evident = evident_by(project, year, writer.ancestry, stated) if is_made else ""
    return (
        writer.key(project, year.fiscal_year), project.id, ";".join(former), relation, ";".join(events), told, evident,
    )  # fmt: skip


def _key_before(writer: Writer, project: int) -> str:
    year: MinistryYear = writer.year
    return writer.key(year.before[project], year.fiscal_year - 1)


def _relation(project: Project) -> str:
    """Return how a sheet relates to those before it: `merged`, `split`, `continues`, or nothing where it is first."""
    told = [_EVENTS[event] for event in project.events if event in _EVENTS]
    return told[0] if told else "continues" if project.predecessors else ""


def _write_ministries(folder: Path) -> None:
    folder.mkdir()
    rows = [(one.slug, one.name, one.name_en, "", one.abbreviation, "", "") for one in ministries()]
    for name, columns, lines in (
        ("ministries.csv", _MINISTRY_COLUMNS, rows),
        ("ministry_changes.csv", _CHANGE_COLUMNS, []),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([columns, *lines])
