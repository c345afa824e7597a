"""Fill the means of achievement (達成手段) of an ex-ante analysis sheet: one row a project."""

from __future__ import annotations

from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.facts import Fact
from hyoka_kg.synthesis.indicators import Indicator, true_indicator
from hyoka_kg.synthesis.ministry import Project
from hyoka_kg.synthesis.money import Budget, told_execution, true_budget
from hyoka_kg.synthesis.numbering import document_id, print_project_number
from hyoka_kg.synthesis.printing import print_amount, print_fiscal_year, print_number
from hyoka_kg.synthesis.words import rates, words

_MILLION = 1_000_000
_OFFSETS = (-2, -1, 0)


def fill_entries(cells: Cells, seed: int, projects: list[Project], indicators: int) -> None:
    """Add one entry a project, and the sums of the policy."""
    totals = {offset: [0, 0] for offset in _OFFSETS}
    subjects = [f"entry/{i}" for i in range(1, len(projects) + 1)]
    for subject, project in zip(subjects, projects, strict=True):
        _fill_title(cells, subject, project)
        _fill_budgets(cells, seed, subject, project, totals)
        _fill_references(cells, subject, indicators)
        _fill_body(cells, seed, subject, project)
    cells.sheet.lists["", "entries"] = subjects
    for offset, (current, executed) in totals.items():
        _add_budget(cells, "policy", f"policy_budget_{offset}", "", offset, current, executed if offset else None)


def _fill_title(cells: Cells, subject: str, project: Project) -> None:
    w, fiscal_year = words(), cells.sheet.fiscal_year
    number = cells.sheet.add(
        Fact(
            subject,
            "number",
            None,
            w["means_number"].format(n=subject.rpartition("/")[2]),
            value=subject.rpartition("/")[2],
        )
    )
    name = cells.sheet.add(Fact(subject, "name", None, project.name, value=project.name))
    start = cells.fiscal_year(
        subject,
        "start_fiscal_year",
        project.start_fiscal_year,
        print_fiscal_year(project.start_fiscal_year, sheet=fiscal_year),
    )
    cells.sheet.place(subject, "entry_title", number, " ", name, w["open"], start, w["close"])
    printed = print_project_number(project, fiscal_year)
    stored = float(project.number) if printed.isdecimal() else None
    cells.sheet.add(
        Fact(subject, "review_number", None, printed, "project_number", printed, stored=stored, number_format="0000")
    )


def _fill_budgets(cells: Cells, seed: int, subject: str, project: Project, totals: dict[int, list[int]]) -> None:
    for offset in _OFFSETS:
        year = cells.sheet.fiscal_year + offset
        budget: Budget = true_budget(seed, project.id, year)
        executed = told_execution(seed, project.id, cells.sheet.fiscal_year, year) if offset else None
        totals[offset][0] += budget.current
        totals[offset][1] += executed or 0
        fact = _add_budget(
            cells, subject, f"budget_{offset}", subject, offset, _contradict(cells, budget.current), executed
        )
        if int(fact.value) != budget.current * _MILLION and "unit_one_character_short" not in fact.defects:
            detail = f"{document_id(project, cells.sheet.fiscal_year)} tells {budget.current}"
            cells.sheet.plant("contradiction", fact, detail)


def _contradict(cells: Cells, current: int) -> int:
    """Return another budget than the review sheet tells, in a few cases."""
    if current < 50 or not happens(cells.chance, rates("values")["contradiction"]):
        return current
    return current + cells.chance.choice([-1, 1]) * max(1, current // 20)


def _add_budget(
    cells: Cells, subject: str, name: str, scope: str, offset: int, current: int, executed: int | None
) -> Fact:
    """Add 予算額（執行額） of a year; return the budget."""
    year = cells.sheet.fiscal_year + offset
    fact = _amount(cells, subject, "current", year, current, executed=False)
    parts: list[str | Fact] = [fact]
    if executed is not None:
        parts += ["\n", _amount(cells, subject, "executed", year, executed, executed=True)]
    cells.sheet.place(scope, name, *parts)
    return fact


def _amount(cells: Cells, subject: str, field: str, year: int, million: int, *, executed: bool) -> Fact:
    w, short = words(), happens(cells.chance, rates("values")["unit_one_character_short"])
    unit = w["ten_thousand"] if short else w["million"]
    printed = print_amount(million, cells.chance, unit=unit, executed=executed)
    value = million * (10_000 if short else _MILLION)
    defects = (*printed.defects, *(["unit_one_character_short"] if short else []))
    fact = cells.sheet.add(Fact(subject, field, year, printed.text, "money", str(value), unit, defects=defects))
    for kind in defects:
        cells.sheet.plant(kind, fact, f"truly {million * _MILLION} yen" if kind.startswith("unit") else "")
    return fact


def _fill_references(cells: Cells, subject: str, indicators: int) -> None:
    chance = cells.chance
    if happens(chance, 0.4):
        cells.missing(subject, "related_indicators", kind="indicator_refs")
        return
    numbers = sorted(chance.sample(range(1, indicators + 1), min(indicators, chance.choice([1, 1, 2]))))
    wrong = happens(chance, rates("values")["wrong_indicator_reference"])
    told = [indicators + 1] if wrong else numbers
    printed = ",".join(map(str, told))
    fact = cells.sheet.add(Fact(subject, "related_indicators", None, printed, "indicator_refs", printed))
    if wrong:
        cells.sheet.plant("wrong_indicator_reference", fact, f"truly {','.join(map(str, numbers))}")


def _fill_body(cells: Cells, seed: int, subject: str, project: Project) -> None:
    w = words()
    parts: list[str | Fact] = [cells.prose(subject, "overview", cells.chance.randint(1, 4)), "\n"]
    for heading, roles in (("outcome_heading", ["outcome-1", "outcome-2"]), ("output_heading", ["output-1"])):
        parts += [w[heading], "\n"]
        for role in roles[: cells.chance.randint(1, len(roles))]:
            known = true_indicator(seed, str(project.id), role, cells.sheet.fiscal_year)
            parts += [_statement(cells, f"{subject}/indicator/{role}", known), "\n"]
    parts += [w["contribution_heading"], "\n", cells.prose(subject, "contribution", cells.chance.randint(1, 2))]
    cells.sheet.place(subject, "entry_body", *parts)


def _statement(cells: Cells, subject: str, known: Indicator) -> Fact:
    """Add `・name：goal（year）`, whose name and goal are facts of their own."""
    w, sheet = words(), cells.sheet
    number = print_number(known.goal, cells.chance, decimals=known.decimals)
    goal = number.text + known.unit + known.comparator
    whole = w["statement"].format(
        name=known.name, goal=goal, year=print_fiscal_year(known.goal_year, sheet=sheet.fiscal_year)
    )
    canonical = f"{known.goal * known.scale:.{0 if known.scale > 1 else known.decimals}f}"
    name_fact = Fact(subject, "name", None, known.name, value=known.name)
    goal_fact = Fact(
        subject, "goal", known.goal_year, goal, "indicator_value", canonical, known.unit,
        w["comparators"][known.comparator], defects=number.defects,
    )  # fmt: skip
    for kind in number.defects:
        sheet.plant(kind, goal_fact)
    inside = ((len(w["bullet"]), name_fact), (len(w["bullet"]) + len(known.name) + 1, goal_fact))
    return sheet.add(Fact(subject, "statement", None, whole, value=whole, inside=inside))
