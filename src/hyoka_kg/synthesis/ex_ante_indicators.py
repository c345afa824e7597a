"""Fill the objectives, means and indicators of an ex-ante analysis sheet, with targets as these sheets print them."""

from __future__ import annotations

from hyoka_kg.model import ValueStatus
from hyoka_kg.synthesis.cells import Cells
from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.facts import Fact
from hyoka_kg.synthesis.indicators import Indicator, true_actual, true_indicator
from hyoka_kg.synthesis.printing import print_fiscal_year, print_heading_year, print_number
from hyoka_kg.synthesis.words import rates, words


def fill_indicators(cells: Cells, seed: int, policy: int) -> int:
    """Add objectives, their means and the means' indicators; return how many indicators there are."""
    means = indicators = 0
    objectives = []
    for i, name in enumerate(words()["objective_names"][: cells.chance.randint(1, 3)], 1):
        objectives.append(f"objective/{i}")
        cells.text(objectives[-1], "name", name)
        scopes = []
        for _ in range(cells.chance.randint(1, 3)):
            means += 1
            scopes.append(f"means/{means}")
            cells.text(scopes[-1], "name", words()["means_names"][(means - 1) % len(words()["means_names"])])
            _state(cells, scopes[-1], "objective", str(i))
            count = cells.chance.choice([1, 1, 2])
            subjects = [f"indicator/{indicators + n}" for n in range(1, count + 1)]
            indicators += count
            for subject in subjects:
                _fill_indicator(cells, seed, policy, subject)
                _state(cells, subject, "means", str(means))
            cells.sheet.lists[scopes[-1], "indicators"] = subjects
        cells.sheet.lists[objectives[-1], "means"] = scopes
    cells.sheet.lists["", "objectives"] = objectives
    return indicators


def _state(cells: Cells, subject: str, field: str, value: str) -> None:
    cells.sheet.structure.append(Fact(subject, field, None, "", value=value))


def _fill_indicator(cells: Cells, seed: int, policy: int, subject: str) -> None:
    w, chance, sheet = words(), cells.chance, cells.sheet
    number = int(subject.rpartition("/")[2])
    outcome = happens(chance, 0.3)
    owner, role = f"policy-{policy}", f"outcome-{number}"
    known = true_indicator(seed, owner, role, sheet.fiscal_year)
    _fill_mark(cells, subject, number)
    name = cells.text(subject, "name", known.name)
    kind = cells.text(
        subject,
        "kind",
        w["indicator_kinds"]["outcome" if outcome else "output"],
        value="outcome" if outcome else "output",
    )
    sheet.place(subject, "indicator_title", name, "\n", kind)
    _fill_years(cells, subject, known)
    if happens(chance, 0.15):
        _fill_qualitative(cells, subject, known)
    else:
        _fill_values(cells, subject, known)
        actual = true_actual(seed, owner, role, known, sheet.fiscal_year - 1)
        value(cells, subject, "actual", sheet.fiscal_year - 1, actual, known, "")
    for year in (sheet.fiscal_year, sheet.fiscal_year + 1):
        cells.missing(subject, "actual", year=year, kind="indicator_value")
    cells.prose(subject, "rationale", chance.randint(2, 5))


def _fill_mark(cells: Cells, subject: str, number: int) -> None:
    circled = happens(cells.chance, 0.4)
    mark = words()["circled"][number - 1] if circled else str(number)
    key = Fact(subject, "is_key", None, mark, value="true" if circled else "false")
    cells.sheet.add(Fact(subject, "mark", None, mark, value=str(number), inside=((0, key),)))


def _fill_years(cells: Cells, subject: str, known: Indicator) -> None:
    sheet = cells.sheet.fiscal_year
    for field, year in (("baseline_year", sheet - 2), ("goal_year", known.goal_year)):
        cells.fiscal_year(subject, field, year, print_heading_year(year, sheet))


def _fill_values(cells: Cells, subject: str, known: Indicator) -> None:
    sheet = cells.sheet.fiscal_year
    fact = value(cells, subject, "baseline", sheet - 2, known.baseline, known, "")
    cells.sheet.place(subject, "baseline", fact, key="any")
    fact = value(cells, subject, "goal", known.goal_year, known.goal, known, known.comparator)
    cells.sheet.place(subject, "goal", fact, key="any")
    if known.moved:
        cells.sheet.plant("goalposts_moved", fact, "the sheet of the year before told another goal or year")
    for year in (sheet - 1, sheet, sheet + 1):
        if year <= known.goal_year:
            value(cells, subject, "target", year, known.target(year), known, known.comparator)
        else:
            cells.missing(subject, "target", year=year, kind="indicator_value")


def value(cells: Cells, subject: str, field: str, year: int, number: float, known: Indicator, comparator: str) -> Fact:
    """Add a value that carries its unit, now and then without it: `1,200人以上`, `約1,000団体`, `40.1 時間`."""
    w, chance, share = words(), cells.chance, rates("printing")
    printed = print_number(number, chance, decimals=known.decimals)
    about = w["approximately"] if not known.decimals and happens(chance, 0.05) else ""
    gap = " " if happens(chance, share["space_before_unit"]) else ""
    bare = happens(chance, share["unit_left_out"])
    text = about + printed.text + ("" if bare else gap + known.unit) + comparator
    scale = 1 if bare else known.scale
    canonical = f"{round(number, known.decimals) * scale:.{0 if scale > 1 else known.decimals}f}"
    fact = cells.sheet.add(
        Fact(
            subject,
            field,
            year,
            text,
            "indicator_value",
            canonical,
            "" if bare else known.unit,
            w["comparators"][comparator],
            defects=(*printed.defects, *(["unit_left_out"] if bare else [])),
        )
    )
    for kind in fact.defects:
        cells.sheet.plant(kind, fact)
    return fact


def _fill_qualitative(cells: Cells, subject: str, known: Indicator) -> None:
    """Add targets in words, or targets that refer to the value of another year."""
    sheet, w, chance = cells.sheet, words(), cells.chance
    before = print_fiscal_year(sheet.fiscal_year - 1, sheet=sheet.fiscal_year)
    words_ = chance.choice([*w["qualitative_targets"], w["value_of"].format(year=before)])
    for field, year in (("baseline", sheet.fiscal_year - 2), ("goal", known.goal_year)):
        fact = _qualitative(cells, subject, field, year, chance.choice(w["qualitative_targets"]))
        sheet.place(subject, field, fact, key="any")
    for year in (sheet.fiscal_year - 1, sheet.fiscal_year, sheet.fiscal_year + 1):
        _qualitative(cells, subject, "target", year, words_)
    _qualitative(cells, subject, "actual", sheet.fiscal_year - 1, chance.choice(w["qualitative_targets"]))


def _qualitative(cells: Cells, subject: str, field: str, year: int, text: str) -> Fact:
    return cells.sheet.add(
        Fact(subject, field, year, text, "indicator_value", text, comparator="", status=ValueStatus.REPORTED)
    )
