"""Fill the boxes of a review sheet that tell results: outcomes, outputs, unit cost, policy, reform programme."""

from __future__ import annotations

from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.facts import Fact
from hyoka_kg.synthesis.indicators import Indicator, true_actual, true_indicator
from hyoka_kg.synthesis.ministry import Project
from hyoka_kg.synthesis.printing import year_label
from hyoka_kg.synthesis.words import words

_ENTRY = "entry/1"
_POLICY_INDICATOR = "policy/indicator/1"


def fill_results(cells: Cells, seed: int, project: Project) -> None:
    """Add outcomes, outputs, unit cost, policy and reform programme of a project."""
    outcomes = [f"outcome-{i}" for i in range(1, 2 + happens(cells.chance, 0.3))]
    for role in outcomes:
        _fill_outcome(cells, seed, project, role)
    _fill_output(cells, seed, project, "output-1")
    cells.sheet.lists["", "outcomes"] = [f"{_ENTRY}/indicator/{role}" for role in outcomes]
    cells.sheet.lists["", "outputs"] = [f"{_ENTRY}/indicator/output-1"]
    _fill_unit_cost(cells)
    if cells.sheet.fiscal_year >= 2016:
        _fill_policy(cells, seed, project)
    if cells.sheet.fiscal_year >= 2017:
        _fill_reform(cells)


def _fill_outcome(cells: Cells, seed: int, project: Project, role: str) -> None:
    subject, sheet = f"{_ENTRY}/indicator/{role}", cells.sheet
    known = true_indicator(seed, str(project.id), role, sheet.fiscal_year)
    cells.prose(subject, "outcome-goal", 1)
    cells.text(subject, "name", known.name)
    cells.text(subject, "unit", known.unit)
    sheet.place(subject, "unit_again", known.unit)
    for year in range(sheet.fiscal_year - 3, sheet.fiscal_year):
        target, actual = known.target(year), true_actual(seed, str(project.id), role, known, year)
        _number(cells, subject, "actual", year, actual, known)
        _number(cells, subject, "target", year, target, known)
        cells.number(
            subject,
            "achievement_rate",
            year,
            actual / target * 100 if target else 0,
            unit=words()["percent"],
            decimals=1,
        )
    fact = _number(cells, subject, "goal", known.goal_year, known.goal, known)
    sheet.place(subject, "goal", fact, key="any")
    _label_year(cells, subject, "goal_year", known.goal_year)
    if known.moved:
        sheet.plant("goalposts_moved", fact, "the sheet of the year before told another goal or year")
    sheet.place(
        subject,
        "interim_goal",
        cells.missing(subject, "interim_goal", kind="indicator_value", unit=known.unit),
        key="any",
    )
    if sheet.fiscal_year >= 2018:
        cells.prose(subject, "data_source", 1)


def _number(cells: Cells, subject: str, field: str, year: int, number: float, known: Indicator) -> Fact:
    return cells.number(subject, field, year, number, unit=known.unit, decimals=known.decimals, scale=known.scale)


def _label_year(cells: Cells, subject: str, field: str, fiscal_year: int) -> None:
    """Put a year into a heading: the number alone, since the form prints 年度."""
    cells.fiscal_year(subject, field, fiscal_year, year_label(fiscal_year, cells.sheet.fiscal_year))


def _fill_output(cells: Cells, seed: int, project: Project, role: str) -> None:
    subject, fiscal_year = f"{_ENTRY}/indicator/{role}", cells.sheet.fiscal_year
    known = true_indicator(seed, str(project.id), role, fiscal_year)
    cells.text(subject, "name", known.name)
    cells.text(subject, "unit", known.unit)
    cells.sheet.place(subject, "unit_again", known.unit)
    for year in range(fiscal_year - 3, fiscal_year + 2):
        _number(cells, subject, "expected", year, known.target(year), known)
        if year < fiscal_year:
            _number(cells, subject, "actual", year, true_actual(seed, str(project.id), role, known, year), known)
        else:
            cells.missing(subject, "actual", year=year, kind="indicator_value", unit=known.unit)


def _fill_unit_cost(cells: Cells) -> None:
    subject, chance, fiscal_year, w = "unit-cost/1", cells.chance, cells.sheet.fiscal_year, words()
    cells.prose(subject, "unit-cost-basis", 1)
    cells.text(subject, "unit", w["thousand"])
    cells.text(subject, "formula_label", w["thousand_per"].format(unit=chance.choice(w["output_units"])))
    for year in range(fiscal_year - 3, fiscal_year):
        above, below = chance.randint(200, 9000), chance.randint(10, 90)
        cells.number(subject, "amount", year, above / below, unit=w["thousand"], decimals=1, kind="money", scale=1000)
        cells.text(subject, "formula", f"{above:,}/{below}", value=f"{above}/{below}", year=year)
    cells.missing(subject, "amount", year=fiscal_year, kind="money", unit=w["thousand"])
    cells.missing(subject, "formula", year=fiscal_year, kind="ratio")


def _fill_policy(cells: Cells, seed: int, project: Project) -> None:
    w, subject, fiscal_year = words(), _POLICY_INDICATOR, cells.sheet.fiscal_year
    i = (project.policy - 1) % len(w["policy_fields"])
    cells.text("policy", "field", w["policy_field"].format(roman=w["roman"][i], name=w["policy_fields"][i]))
    cells.text("policy", "name", w["policy_names"][i])
    cells.prose("policy", "relation", 2)
    years = range(fiscal_year - 3, fiscal_year)
    is_bare = happens(cells.chance, 0.5)
    goal = _policy_without_indicator(cells, years) if is_bare else _policy_with_indicator(cells, seed, project, years)
    cells.sheet.place(subject, "goal", goal, key="any")
    cells.sheet.place(
        subject, "interim_goal", cells.missing(subject, "interim_goal", kind="indicator_value"), key="any"
    )


def _policy_without_indicator(cells: Cells, years: range) -> Fact:
    subject = _POLICY_INDICATOR
    for field in ("name", "unit"):
        cells.missing(subject, field)
    for field in ("actual", "target"):
        for year in years:
            cells.missing(subject, field, year=year, kind="indicator_value")
    return cells.missing(subject, "goal", kind="indicator_value")


def _policy_with_indicator(cells: Cells, seed: int, project: Project, years: range) -> Fact:
    subject, policy, role = _POLICY_INDICATOR, f"policy-{project.policy}", "outcome-1"
    known = true_indicator(seed, policy, role, cells.sheet.fiscal_year)
    cells.text(subject, "name", known.name)
    cells.text(subject, "unit", known.unit)
    for year in years:
        _number(cells, subject, "target", year, known.target(year), known)
        _number(cells, subject, "actual", year, true_actual(seed, policy, role, known, year), known)
    goal = _number(cells, subject, "goal", known.goal_year, known.goal, known)
    _label_year(cells, subject, "goal_year", known.goal_year)
    return goal


def _fill_reform(cells: Cells) -> None:
    fiscal_year = cells.sheet.fiscal_year
    for field in ("reform_item", "area", "relation_to_reform"):
        cells.missing("reform", field)
    scopes = []
    for i, level in enumerate(words()["levels"], 1):
        subject = f"reform/kpi/{i}"
        scopes.append(subject)
        cells.sheet.place(subject, "level", level)
        for field in ("name", "unit"):
            cells.missing(subject, field)
        for field in ("actual", "target", "achievement_rate"):
            for year in (fiscal_year - 1, fiscal_year):
                cells.missing(subject, field, year=year, kind="indicator_value")
        for field in ("baseline", "interim_goal", "goal"):
            cells.sheet.place(subject, field, cells.missing(subject, field, kind="indicator_value"), key="any")
    cells.sheet.lists["", "kpis"] = scopes
