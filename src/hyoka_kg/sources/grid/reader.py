"""Read a form from cells: the tables of its kind, then labels and residue; claims carry the place of their cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Claim, FormReading, Grid, ReadingIssue
from hyoka_kg.sources.ex_ante.strategies import Edition
from hyoka_kg.sources.grid import ex_ante, ex_ante_entries, ex_ante_head, review_sheet
from hyoka_kg.sources.grid.sheet import Sheet, lay_out
from hyoka_kg.sources.grid.writing import Writer
from hyoka_kg.sources.messages import told
from hyoka_kg.sources.profiles import Profile, find_year
from hyoka_kg.sources.reading.constraints import check_claims
from hyoka_kg.sources.reading.ledger import Ledger, residue_of


def read_grid(grid: Grid, profile: Profile, editions: Sequence[Edition] = ()) -> FormReading:
    """Return what the cells of a form tell.

    Args:
        grid: The cells.
        profile: What the form prints.
        editions: Editions of cabinet plans that the registry knows.

    Raises:
        LayoutError: The title with its year, or a label on which the tables depend, is missing.
    """
    sheet = lay_out(grid, profile)
    year = find_year([block.stretch.text for block in sheet.blocks], profile)
    if year is None:
        raise LayoutError(
            "The title of the form, with its fiscal year, was not found. Without it no column has a year."
        )
    _check_labels(sheet, profile)
    writer = Writer(sheet, profile, year, Ledger())
    if profile.form == "ex-ante":
        ex_ante_head.read_head(sheet, writer, editions)
        ex_ante.read_indicators(sheet, writer, year)
        ex_ante_entries.read_entries(sheet, writer, year)
        ex_ante_entries.read_policy_money(sheet, writer, year)
    else:
        review_sheet.read_sheet(sheet, writer)
    return _reading(grid, sheet, writer)


def _check_labels(sheet: Sheet, profile: Profile) -> None:
    missing = [key for key in profile.content["required"] if key not in sheet.labels]
    if missing:
        wanted = "; ".join(f"{key}: {profile.content['labels'][key][0]}" for key in missing)
        raise LayoutError(told("labels_gone", profile=profile.name, wanted=wanted))


def _reading(grid: Grid, sheet: Sheet, writer: Writer) -> FormReading:
    for cell in sheet.cells:
        if cell.key:
            writer.label(cell)
    claims = tuple(_with_cell(claim, sheet) for claim in writer.ledger.settle())
    residue = residue_of(sheet.blocks, writer.ledger.used, "no_label")
    return FormReading(
        form=writer.profile.name,
        route=grid.route,
        sha256=grid.sha256,
        fiscal_year=writer.year,
        pages=len(grid.pages),
        lines=sheet.line_count,
        claims=claims,
        residue=tuple(replace(one, place=_cell_place(one.place, sheet)) for one in residue),
        issues=(
            *(ReadingIssue(code, grid.route, detail) for code, detail in grid.issues),
            *writer.ledger.issues,
            *check_claims(claims, writer.profile, writer.year),
        ),
    )


def _with_cell(claim: Claim, sheet: Sheet) -> Claim:
    if not claim.pieces:
        return claim
    cell = sheet.by_line[claim.pieces[0].start_line].cell
    issues = claim.issues
    if cell.stored is not None and not claim.is_passage:
        issues = (*issues, f"printed_vs_stored:{cell.stored}")
    return replace(claim, cell=cell.place, fragment=cell.fragment, issues=issues)


def _cell_place(place: str, sheet: Sheet) -> str:
    return sheet.by_line[int(place.partition(":")[0])].cell.place
