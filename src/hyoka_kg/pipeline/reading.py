"""Read one file: find out what it is, choose the profile that its title names, and let the reader of the form read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hyoka_kg.config import data_dir
from hyoka_kg.errors import LayoutError
from hyoka_kg.model import FormReading, Grid, ReadingIssue, TextLayer
from hyoka_kg.normalization import fold
from hyoka_kg.sources.ex_ante.reader import read_ex_ante
from hyoka_kg.sources.ex_ante.strategies import Edition, editions_of
from hyoka_kg.sources.grid.reader import read_grid
from hyoka_kg.sources.profiles import Profile, find_year, load_profiles, titled_year
from hyoka_kg.sources.raw.opening import open_source
from hyoka_kg.sources.reading.headings import check_money_units, check_year_lines
from hyoka_kg.sources.registry import read_registry
from hyoka_kg.sources.review_sheet.reader import read_review_sheet


def read_form(path: Path, form: str | None = None, data: Path | None = None) -> FormReading:
    """Return what a file tells by its form.

    Args:
        path: A text, a PDF or a workbook (.xlsx).
        form: Profile to read it by, such as `ex-ante/2017`; else the title of the sheet tells.
        data: Folder with `registry/`; its editions of cabinet plans guard the table of strategies.

    Returns:
        The reading; one without form and claims where the file is none of the known forms.

    Raises:
        AcquisitionError: The file cannot be opened as text, PDF or workbook.
        LayoutError: The profile is unknown, or the form lacks labels on which its reading depends.
    """
    return read_source(open_source(path), form, data)


def read_source(source: TextLayer | Grid, form: str | None = None, data: Path | None = None) -> FormReading:
    """Return what a text layer or the cells of a document tell by their form.

    Args:
        source: The lines or cells.
        form: Profile to read them by; else the title of the sheet tells.
        data: Folder with `registry/`.

    Returns:
        The reading; one without form and claims where the document is none of the known forms.

    Raises:
        LayoutError: The profile is unknown, the form lacks labels on which its reading depends, or a heading gives
            another unit of money than the profile.
    """
    texts = list(_texts(source))
    profile, issues = _choose(texts, form)
    if profile is None:
        return _nothing(source)
    _check_headings(source, texts, profile)
    if isinstance(source, Grid):
        reading = read_grid(source, profile, _editions(data))
    elif profile.form == "ex-ante":
        reading = read_ex_ante(source, profile, _editions(data))
    else:
        reading = read_review_sheet(source, profile)
    return _with_issues(reading, issues)


def _texts(source: TextLayer | Grid) -> Iterable[str]:
    if isinstance(source, TextLayer):
        return source.texts
    return ("".join(cell.text.split("\n")) for page in source.pages for cell in page)


def _check_headings(source: TextLayer | Grid, texts: Sequence[str], profile: Profile) -> None:
    check_money_units(_headings(source), profile)
    # Cells have columns, whose years are read and checked one by one.
    year = find_year(texts, profile) if isinstance(source, TextLayer) else None
    if year is not None:
        check_year_lines(_headings(source), profile, year)


def _headings(source: TextLayer | Grid) -> Iterable[tuple[str, str]]:
    if isinstance(source, TextLayer):
        return ((f"line {line.number}", line.text) for block in source.blocks for line in block.lines)
    return ((cell.place, cell.text) for page in source.pages for cell in page)


def _choose(texts: Sequence[str], form: str | None) -> tuple[Profile | None, tuple[ReadingIssue, ...]]:
    profiles = load_profiles()
    if form is not None:
        return _named(form, profiles), ()
    for profile in profiles:
        year = find_year(texts, profile)
        if year is not None:
            best, issues = _nearest(profile.form, year, profiles)
            return best, (*_title_issues(texts, best, year), *issues)
    return None, ()


def _named(form: str, profiles: Sequence[Profile]) -> Profile:
    found = next((profile for profile in profiles if profile.name == form), None)
    if found is None:
        known = ", ".join(profile.name for profile in profiles)
        raise LayoutError(f"There is no profile '{form}'. Known are {known}. A new one is a YAML in sources/profiles.")
    return found


def _nearest(form: str, year: int, profiles: Sequence[Profile]) -> tuple[Profile, tuple[ReadingIssue, ...]]:
    same = [profile for profile in profiles if profile.form == form]
    best = min(same, key=lambda profile: (abs(profile.fiscal_year - year), -profile.fiscal_year))
    if best.fiscal_year == year:
        return best, ()
    detail = f"FY{year} → FY{best.fiscal_year}"
    return best, (ReadingIssue("profile_of_another_year", "title", detail),)


def _title_issues(texts: Sequence[str], profile: Profile, year: int) -> tuple[ReadingIssue, ...]:
    if titled_year(texts, profile) is not None:
        return ()
    return (ReadingIssue("title_missing", "title", f"FY{year}"),)


def _editions(data: Path | None) -> tuple[Edition, ...]:
    registry = read_registry((data or data_dir()) / "registry")
    return editions_of(dict(row.values) for row in registry["strategy_versions"])


def _nothing(source: TextLayer | Grid) -> FormReading:
    is_text = isinstance(source, TextLayer)
    pages = source.page_count if isinstance(source, TextLayer) else len(source.pages)
    route = "text" if is_text else source.route if isinstance(source, Grid) else ""
    titles = ", ".join(sorted({fold(word) for profile in load_profiles() for word in profile.content["identify"]}))
    detail = titles
    return FormReading("", route, source.sha256, None, pages, issues=(ReadingIssue("unknown_form", "file", detail),))


def _with_issues(reading: FormReading, issues: tuple[ReadingIssue, ...]) -> FormReading:
    return replace(reading, issues=issues + reading.issues)
