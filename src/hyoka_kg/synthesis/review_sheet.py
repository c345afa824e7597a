"""Fill the review sheet (行政事業レビューシート) of one fictitious project and year."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hyoka_kg.model import ValueStatus
from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.chance import happens, stream
from hyoka_kg.synthesis.facts import Fact, Sheet
from hyoka_kg.synthesis.ministry import MinistryYear, Project
from hyoka_kg.synthesis.money import Budget, told_execution, true_budget
from hyoka_kg.synthesis.numbering import History, document_id, print_project_number
from hyoka_kg.synthesis.printing import print_fiscal_year, widen
from hyoka_kg.synthesis.review_checks import fill_checks
from hyoka_kg.synthesis.review_flow import fill_flow
from hyoka_kg.synthesis.review_results import fill_results
from hyoka_kg.synthesis.words import rates, words

_ENTRY = "entry/1"
_FIRST_PREDECESSOR = 2010


@dataclass(frozen=True, slots=True)
class Cited:
    """A number of an earlier year that a sheet cites, and whose it truly is; the project is None for a dash."""

    fiscal_year: int
    number: str
    project: int | None
    planted: str = ""


def review_sheet(seed: int, year: MinistryYear, project: Project, history: History) -> Sheet:
    """Return the sheet of a project with all of its cells and planted defects."""
    w, fiscal_year = words(), year.fiscal_year
    printed = print_fiscal_year(fiscal_year, sheet=fiscal_year)
    number = print_project_number(project, fiscal_year)
    title = w["titles"]["review-sheet"].format(year=widen(printed))
    sheet = Sheet(document_id(project, fiscal_year), "review-sheet", fiscal_year, number, title)
    chance = stream(seed, "review-sheet", project.id, fiscal_year)
    cells = Cells(sheet, chance, w["dash_review"])
    _fill_head(cells, project)
    _fill_budget(cells, seed, project)
    fill_results(cells, seed, project)
    fill_checks(cells)
    _fill_predecessors(cells, cited_numbers(seed, year, project, history))
    fill_flow(cells, told_execution(seed, project.id, fiscal_year, fiscal_year - 1))
    return sheet


def _fill_head(cells: Cells, project: Project) -> None:
    w, chance, sheet = words(), cells.chance, cells.sheet
    cells.text("document", "title", sheet.title)
    cells.text(_ENTRY, "ministry", w["ministry"]["name"], value=w["ministry"]["slug"])
    _add_number(cells, project)
    cells.text(_ENTRY, "name", project.name)
    bureau, divisions = chance.choice(w["bureaus"])
    cells.text("document/unit/1", "name", bureau)
    cells.text("document/unit/2", "name", chance.choice(divisions))
    cells.text("document/post/1", "title", chance.choice(w["posts"]))
    start = print_fiscal_year(project.start_fiscal_year, sheet=sheet.fiscal_year)
    start = widen(start) if happens(chance, 0.3) else start
    cells.fiscal_year(_ENTRY, "start_fiscal_year", project.start_fiscal_year, start)
    _fill_end(cells)
    cells.text(_ENTRY, "accounting_category", chance.choice(w["accounting"]))
    cells.text(_ENTRY, "implementation_method", chance.choice(w["methods"]))
    if sheet.fiscal_year >= 2016:
        cells.text(_ENTRY, "main_expense_category", chance.choice(w["expense_categories"]))
    _fill_laws(cells)
    cells.prose(_ENTRY, "purpose", chance.randint(2, 4))
    cells.prose(_ENTRY, "overview", chance.randint(2, 5))
    for field, pool in (
        ("major_policy_tag", w["policy_tags"]),
        ("related_plans", ["-", *(p["title"] for p in w["plans"])]),
    ):
        chosen = chance.choice(pool)
        _ = cells.missing(_ENTRY, field) if chosen == w["dash_review"] else cells.text(_ENTRY, field, chosen)


def _add_number(cells: Cells, project: Project) -> None:
    number = cells.sheet.number
    stored = float(project.number) if number.isdecimal() else None
    cells.sheet.add(
        Fact(_ENTRY, "review_number", None, number, "project_number", number, stored=stored, number_format="0000")
    )


def _fill_end(cells: Cells) -> None:
    year = cells.sheet.fiscal_year + cells.chance.randint(0, 5)
    if happens(cells.chance, 0.6):
        cells.text(_ENTRY, "end", words()["no_end"], value="none-planned")
    else:
        cells.fiscal_year(_ENTRY, "end", year, print_fiscal_year(year, sheet=cells.sheet.fiscal_year))


def _fill_laws(cells: Cells) -> None:
    w, chance = words(), cells.chance
    laws: list[str | Fact] = []
    for i in range(1, chance.choice([1, 1, 2, 3]) + 1):
        article = chance.choice([w["article"], w["article"], w["article_branch"]])
        printed = chance.choice(w["laws"]) + article.format(n=chance.randint(1, 60), m=chance.randint(2, 9))
        laws += ["\n"] * bool(laws) + [cells.text(f"{_ENTRY}/law/{i}", "name", printed)]
    cells.sheet.place("", "laws", *laws)


def _fill_budget(cells: Cells, seed: int, project: Project) -> None:
    fiscal_year = cells.sheet.fiscal_year
    for offset in (-3, -2, -1, 0):
        year = fiscal_year + offset
        budget = true_budget(seed, project.id, year)
        cells.money(_ENTRY, "initial", year, budget.initial)
        for field in ("supplementary", "carried_in", "carried_out", "reserve"):
            cells.money(_ENTRY, field.replace("_", "-"), year, getattr(budget, field))
        total = _print_total(cells, year, budget.current)
        if offset < 0:
            _fill_execution(cells, seed, project, budget, total, year)
    requested = true_budget(seed, project.id, fiscal_year + 1).initial
    cells.money(_ENTRY, "requested", fiscal_year + 1, requested)
    cells.money(_ENTRY, "current", fiscal_year + 1, requested)
    _fill_budget_items(cells, true_budget(seed, project.id, fiscal_year).initial, requested)


def _print_total(cells: Cells, year: int, total: int) -> int:
    wrong = total > 20 and happens(cells.chance, rates("values")["total_mismatch"])
    printed = total + cells.chance.choice([-9, 9]) if wrong else total
    fact = cells.money(_ENTRY, "current", year, printed)
    if wrong and fact.status is not ValueStatus.NOT_PRINTED:
        cells.sheet.plant("total_mismatch", fact, f"sum of the parts: {total}")
    return printed


def _fill_execution(cells: Cells, seed: int, project: Project, budget: Budget, total: int, year: int) -> None:
    told = told_execution(seed, project.id, cells.sheet.fiscal_year, year)
    before = (
        told_execution(seed, project.id, cells.sheet.fiscal_year - 1, year)
        if year < cells.sheet.fiscal_year - 1
        else told
    )
    fact = cells.money(_ENTRY, "executed", year, told)
    if told != before:
        cells.sheet.plant("restated_execution", fact, f"the sheet of the year before told {before}")
    if told > total:
        cells.sheet.plant("executed_above_budget", fact, f"budget {total}")
    cells.percent(_ENTRY, "execution_rate", year, told / total if total else 0)
    if cells.sheet.fiscal_year >= 2017:
        cells.percent(_ENTRY, "execution_rate_of_initial", year, told / (budget.initial + (budget.supplementary or 0)))


def _fill_budget_items(cells: Cells, now: int, requested: int) -> None:
    names = cells.chance.sample(words()["budget_items"], cells.chance.randint(2, 5))
    subjects, years = [], (cells.sheet.fiscal_year, cells.sheet.fiscal_year + 1)
    parts = [_split(cells.chance, total, len(names)) for total in (now, requested)]
    for i, name in enumerate(names, 1):
        subjects.append(f"budget-item/{i}")
        cells.text(subjects[-1], "name", name)
        for year, amounts in zip(years, parts, strict=True):
            cells.money(subjects[-1], "amount", year, amounts[i - 1], decimals=1)
    cells.text("budget-item/total", "name", words()["total"])
    for year, total in zip(years, (now, requested), strict=True):
        cells.money("budget-item/total", "amount", year, total)
    cells.sheet.lists["", "budget_items"] = subjects


def _split(chance: Random, total: int, count: int) -> list[float]:
    """Split a total into parts of one decimal that add up to it."""
    cuts = sorted(chance.randint(0, total * 10) for _ in range(count - 1))
    return [(b - a) / 10 for a, b in zip([0, *cuts], [*cuts, total * 10], strict=True)]


def cited_numbers(seed: int, year: MinistryYear, project: Project, history: History) -> list[Cited]:
    """Return the numbers of earlier years that a sheet cites: seldom a wrong one, seldom none."""
    chance, share = stream(seed, "cites", project.id, year.fiscal_year), rates("identity")
    wrong, missing = happens(chance, share["wrong_predecessor"]), happens(chance, share["predecessor_missing"])
    cited = []
    for standing in (one for one in history[project.id] if one.fiscal_year < year.fiscal_year):
        last = standing.fiscal_year == year.fiscal_year - 1
        if last and missing:
            cited.append(Cited(standing.fiscal_year, "", None, "predecessor_missing"))
        elif last and wrong:
            other = chance.choice(sorted(year.before))
            number = print_project_number(year.before[other], standing.fiscal_year)
            cited.append(
                Cited(standing.fiscal_year, number, other, "" if other == standing.project else "wrong_predecessor")
            )
        else:
            cited.append(Cited(standing.fiscal_year, standing.number, standing.project))
    return cited


def _fill_predecessors(cells: Cells, cited: list[Cited]) -> None:
    scopes = []
    for year in range(_FIRST_PREDECESSOR, cells.sheet.fiscal_year):
        side = ("left", "right")[(year - _FIRST_PREDECESSOR) % 2]
        if side == "left":
            scopes.append(f"predecessor-pair/{year}")
        parts = _predecessors(cells, year, [one for one in cited if one.fiscal_year == year])
        cells.sheet.place(scopes[-1], side, *parts)
        cells.sheet.place(scopes[-1], f"{side}_year", print_fiscal_year(year, sheet=cells.sheet.fiscal_year))
    cells.sheet.lists["", "predecessor_pairs"] = scopes


def _predecessors(cells: Cells, year: int, cited: list[Cited]) -> list[str | Fact]:
    named = [one for one in cited if one.number]
    if not named:
        fact = cells.missing(f"predecessor/{year}", "review_number", year=year, kind="project_number")
        for one in cited:
            cells.sheet.plant(one.planted, fact)
        return [fact]
    parts: list[str | Fact] = []
    for i, one in enumerate(named, 1):
        subject = f"predecessor/{year}" if i == 1 else f"predecessor/{year}-{i}"
        fact = Fact(subject, "review_number", year, one.number, "project_number", one.number)
        parts += [words()["comma"]] * (i > 1) + [cells.sheet.add(fact)]
        if one.planted:
            cells.sheet.plant(one.planted, fact, f"the number of project {one.project}")
    return parts
