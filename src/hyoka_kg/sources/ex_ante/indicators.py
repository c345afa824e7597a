"""The table of measurement indicators (測定指標) of an ex-ante sheet, from text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from hyoka_kg.model import Block, Stretch
from hyoka_kg.normalization import ANGLES, SENTENCE_END, key_form, parse_value
from hyoka_kg.sources.ex_ante.families import Row, is_actual_row, place_family, place_row, runs_of, unit_of
from hyoka_kg.sources.ex_ante.measures import CellKind, Measure, MeasureCell, cells_of, measures_of
from hyoka_kg.sources.ex_ante.steps import place_steps
from hyoka_kg.sources.profiles import Profile
from hyoka_kg.sources.reading.echo import pair_by_echo
from hyoka_kg.sources.reading.ledger import Ledger
from hyoka_kg.sources.reading.tokens import Token


def read_indicators(blocks: Sequence[Block], profile: Profile, years: Sequence[int], year: int, ledger: Ledger) -> None:
    """Claim every measurement indicator, as far as the text decides its cells.

    Args:
        blocks: The blocks of the sheet.
        profile: What the form prints.
        years: Fiscal years of the columns of targets and actuals.
        year: Fiscal year of the sheet.
        ledger: Where claims go.
    """
    for _, group in groupby(blocks, key=lambda block: block.page):
        cells = cells_of(group, profile)
        measures = measures_of(cells, profile)
        rows = [place_row(measure, years, year) for measure in measures]
        for measure, row in zip(measures, rows, strict=True):
            place_steps(measure, row, _loose_values(rows, cells), years)
        _place_families(measures, rows, cells, years, profile, year)
        for measure, row in zip(measures, rows, strict=True):
            _claim(measure, row, profile, years, ledger)
        _claim_rationales(measures, cells, ledger)


def _loose_values(rows: Sequence[Row], cells: Sequence[MeasureCell]) -> list[Token]:
    """Return the values that no row holds yet and that no dash of years to come follows."""
    placed = {id(one.token) for row in rows for one in row.placed}
    runs = [run for run in runs_of(cells) if not is_actual_row(run)]
    return [token for run in runs for token in run if id(token) not in placed and unit_of(token)]


def _place_families(
    measures: list[Measure],
    rows: list[Row],
    cells: list[MeasureCell],
    years: Sequence[int],
    profile: Profile,
    year: int,
) -> None:
    by_unit = _loose_runs_by_unit(rows, cells)
    owners = Counter(measure.family for measure in measures)
    for measure, row in zip(measures, rows, strict=True):
        if measure.family and owners[measure.family] == 1:
            place_family(row, by_unit.get(measure.family, []), years, year)
    homeless = [(one, row) for one, row in zip(measures, rows, strict=True) if one.family is None and not row.placed]
    unclaimed = [unit for unit in by_unit if unit not in owners]
    for unit in unclaimed:
        fits = [row for one, row in homeless if _may_count_in(one, unit, profile)]
        rivals = [other for other in unclaimed if other.endswith("%") == unit.endswith("%")]
        if len(fits) == len(rivals) == 1:
            place_family(fits[0], by_unit[unit], years, year)


def _loose_runs_by_unit(rows: list[Row], cells: list[MeasureCell]) -> dict[str, list[list[Token]]]:
    placed = {id(one.token) for row in rows for one in row.placed}
    by_unit: dict[str, list[list[Token]]] = {}
    for run in runs_of(cells):
        units = {unit for token in run if (unit := unit_of(token))}
        if len(units) == 1 and not any(id(token) in placed for token in run):
            by_unit.setdefault(units.pop(), []).append(run)
    return by_unit


def _may_count_in(measure: Measure, unit: str, profile: Profile) -> bool:
    """Return whether the name of an indicator fits a unit: a rate is told in per cent, and nothing else is."""
    is_rate = measure.name.text.strip().endswith(profile.words("rate_endings"))
    return is_rate == unit.endswith("%")


def _claim(measure: Measure, row: Row, profile: Profile, years: Sequence[int], ledger: Ledger) -> None:
    if measure.mark is None or measure.n is None:
        ledger.issue("mark_missing", f"line {measure.name.pieces[0]}", measure.name.text)
        return
    subject, rule = f"indicator/{measure.n}", measure.mark_rule
    is_key = bool(parse_value("mark", measure.mark.text).get("circled"))
    ledger.claim(subject, "mark", measure.mark, rule)
    ledger.claim(subject, "is_key", measure.mark, rule, value=str(is_key).lower())
    ledger.claim(subject, "name", measure.name, rule)
    kind = profile.vocabulary("indicator_kind").get(key_form(measure.kind.text.strip(ANGLES)), "")
    ledger.claim(subject, "kind", measure.kind, rule, value=kind)
    if measure.reform:
        ledger.claim(subject, "reform_item", measure.reform, rule)
    if measure.kpi:
        ledger.claim(subject, "is_ap_kpi", measure.kpi, rule, value="true")
    for one in row.placed:
        ledger.claim(subject, one.field, one.token.stretch, one.rule or rule, fiscal_year=one.year)
    _open_gaps(subject, row, years, measure.name.page, ledger)


def _claim_rationales(measures: list[Measure], cells: list[MeasureCell], ledger: Ledger) -> None:
    """Give each indicator the reasons that repeat its name; a column of reasons may stand anywhere on the page."""
    told = [measure for measure in measures if measure.n is not None]
    wide = [_whole_sentences(cell.stretch) for cell in cells if cell.kind is CellKind.WIDE]
    for at, place in pair_by_echo([measure.name.text for measure in told], [text.text for text in wide]):
        ledger.claim(f"indicator/{told[at].n}", "rationale", wide[place], "name_echo", is_passage=True)


def _whole_sentences(text: Stretch) -> Stretch:
    """Return a text up to its last full stop in the last line: words behind it are of another column."""
    last = text.parts[-1].text.rstrip()
    end = last.rfind(SENTENCE_END) + 1
    return text.cut(0, len(text.text) - len(text.parts[-1].text) + end) if 0 < end < len(last) else text


def _open_gaps(subject: str, row: Row, years: Sequence[int], page: int, ledger: Ledger) -> None:
    for name in ("baseline", "goal"):
        if not row.get(name):
            ledger.open(subject, name, page)
    for name in ("target", "actual"):
        for year in years:
            if not row.get(name, year):
                ledger.open(subject, name, page, year=year)
