"""Families about indicators: targets, rates of achievement, units, behaviour over the years."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from hyoka_kg.model import Cell, Document
from hyoka_kg.synthesis import Kind
from spoiling.cells import (
    by_year,
    cell_like,
    cells_of,
    changed,
    dashed,
    mapped,
    number,
    numbered,
    one,
    subjects,
    without,
    words,
)
from spoiling.measuring import Family, Papers

_OUTCOME = "entry/1/indicator/outcome-1"
_OUTPUT = "entry/1/indicator/output-1"
_VALUES = {"actual", "target", "goal", "expected"}
Give = Callable[[int, float], float]


def told_in(unit: str, name: str = "") -> Callable[[Document], Papers | None]:
    """Return what makes a form of one indicator, an outcome with a unit, a name, and values that mean nothing."""

    def dress(form: Document) -> Papers | None:
        years = sorted(by_year(form, "actual", _OUTCOME))
        if len(years) < 3:
            return None

        def change(cell: Cell) -> Cell | None:
            if cell.subject != _OUTCOME:
                return None if "/indicator/" in cell.subject else cell
            if cell.field in _VALUES:
                value = 40 + 7 * ((cell.fiscal_year or 0) % 3) + len(cell.field.strip("a"))
                return replace(cell, printed=str(value), unit=unit)
            named = {"name": name or cell.printed, "unit": unit}
            return replace(cell, printed=named[cell.field]) if cell.field in named else cell

        return (mapped(form, change),)

    return dress


def _series(form: Document, field: str, give: Give, decimals: int = 0) -> Iterable[Cell]:
    for place, cell in enumerate(by_year(form, field, _OUTCOME).values()):
        yield numbered(cell, give(place, number(cell)), decimals)


def _at_ceiling(papers: Papers, chance: Random) -> Papers:
    chance.random()
    return (changed(papers[0], *_series(papers[0], "actual", lambda _place, _value: 100)),)


def _as_planned(papers: Papers, chance: Random) -> Papers:
    given = {year: chance.randint(3, 900) for year in by_year(papers[0], "actual", _OUTCOME)}
    cells = [
        numbered(cell, given[year])
        for field in ("actual", "target")
        for year, cell in by_year(papers[0], field, _OUTCOME).items()
        if year in given
    ]
    return (changed(papers[0], *cells),)


def _decaying(papers: Papers, chance: Random) -> Papers:
    target, step = chance.randint(600, 900), chance.randint(3, 90)
    actual = _series(papers[0], "actual", lambda place, _value: target - step * (place + 1))
    return (changed(papers[0], *_series(papers[0], "target", lambda _place, _value: target), *actual),)


def _named_like_output(papers: Papers, chance: Random) -> Papers | None:
    outputs = one(cells_of(papers[0], "name", _OUTPUT), chance)
    names = [cell for cell in cells_of(papers[0], "name", "entry/1/indicator") if "/outcome-" in cell.subject]
    name = one(names, chance)
    return name and outputs and (changed(papers[0], replace(name, printed=outputs.printed)),)


def _counting_participants(papers: Papers, chance: Random) -> Papers | None:
    names = [cell for cell in cells_of(papers[0], "name", "entry/1/indicator") if "/outcome-" in cell.subject]
    name = one(names, chance)
    if name is None:
        return None
    # Their share, in per cent, would be no count.
    units = [replace(cell, printed=words()["people"]) for cell in cells_of(papers[0], "unit", name.subject)]
    return (changed(papers[0], replace(name, printed=words()["participants"]), *units),)


def both_kinds(form: Document) -> Papers | None:
    """Return a form that has an outcome and an output, or None."""
    kinds = {kind for kind in ("outcome", "output") if cells_of(form, "name", f"entry/1/indicator/{kind}-1")}
    return (form,) if len(kinds) > 1 else None


def _without_outputs(papers: Papers, chance: Random) -> Papers | None:
    kind = chance.choice(["outcome", "output"])
    return (without(papers[0], lambda cell: f"/indicator/{kind}-" in cell.subject),)


def _activity_in_money(papers: Papers, chance: Random) -> Papers | None:
    goals = [cell for cell in cells_of(papers[0], "goal", "entry") if "/output-" in cell.subject]
    cell = one(goals, chance)
    return cell and (changed(papers[0], replace(cell, printed=f"{number(cell):,.0f}{words()['money']}")),)


def _measured(form: Document) -> list[str]:
    """Return the measurement indicators of an ex-ante sheet with target and actual value of FY2016."""
    done = subjects(cells_of(form, "actual", "indicator", 2016))
    aimed = {cell.subject for cell in cells_of(form, "target", "indicator", 2016) if number(cell)}
    return [subject for subject in done if subject in aimed and "/component/" not in subject]


def reached(form: Document) -> Papers | None:
    """Return an ex-ante sheet in which every measurement indicator reached its target, which is a number or more."""
    found = _measured(form)
    aims = [replace(cell, printed=f"80.0{words()['percent']}{words()['at_least']}") for cell in _aims(form, found)]
    done = [replace(cell, printed=f"85.0{words()['percent']}") for cell in _done(form, found)]
    return (changed(form, *aims, *done),) if found else None


def _aims(form: Document, found: list[str]) -> list[Cell]:
    return [cell for cell in cells_of(form, "target", "indicator", 2016) if cell.subject in found]


def _done(form: Document, found: list[str]) -> list[Cell]:
    return [cell for cell in cells_of(form, "actual", "indicator", 2016) if cell.subject in found]


def _missed(papers: Papers, chance: Random) -> Papers | None:
    cell = one(_done(papers[0], _measured(papers[0])), chance)
    return cell and (changed(papers[0], numbered(cell, chance.uniform(5, 78), 1)),)


def aimed_at_former_year(form: Document) -> Papers | None:
    """Return an ex-ante sheet with goals of no less than the value of FY2016, which is above the baseline."""
    found = [subject for subject in _measured(form) if cells_of(form, "baseline", subject)]
    cells = [replace(cell, printed=f"85.0{words()['percent']}") for cell in _done(form, found)]
    for subject in found:
        goals, starts = cells_of(form, "goal", subject), cells_of(form, "baseline", subject)
        cells += [replace(cell, printed=words()["value_of"]) for cell in goals]
        cells += [replace(cell, printed=f"80.0{words()['percent']}") for cell in starts]
    return (changed(form, *cells),) if found else None


def _fallen_below_baseline(papers: Papers, chance: Random) -> Papers | None:
    form = papers[0]
    cell = one([cell for cell in _done(form, _measured(form)) if cells_of(form, "baseline", cell.subject)], chance)
    return cell and (changed(form, numbered(cell, chance.uniform(5, 78), 1)),)


def presently(form: Document) -> Papers | None:
    """Return an ex-ante sheet with a project indicator whose name tells a present value below its goal."""
    names = [cell for cell in cells_of(form, "name", "entry") if "/outcome-" in cell.subject]
    if not names:
        return None
    goals = cells_of(form, "goal", names[0].subject)
    goal = [replace(cell, printed=f"7,000{words()['people']}{words()['at_least']}") for cell in goals]
    return (changed(form, replace(names[0], printed=words()["present"].format(number="6,000")), *goal),)


def _beyond(papers: Papers, chance: Random) -> Papers | None:
    form = papers[0]
    prefix = words()["present"].partition("{")[0]
    cell = one([cell for cell in cells_of(form, "name", "entry") if cell.printed.startswith(prefix)], chance)
    more = f"{chance.randint(7001, 20000):,}"
    return cell and (changed(form, replace(cell, printed=words()["present"].format(number=more))),)


def _shown_rounded(papers: Papers, chance: Random) -> Papers | None:
    """Print a rate that was made of an actual value before it was rounded."""
    form, rates = papers[0], cells_of(papers[0], "achievement_rate", _OUTCOME)
    rate = one(rates, chance)
    if rate is None or rate.fiscal_year is None:
        return None
    year, hidden = rate.fiscal_year, chance.randint(20, 90) / 10
    hidden += 0.3 if hidden == int(hidden) else 0
    target = by_year(form, "target", _OUTCOME)[year]
    actual = by_year(form, "actual", _OUTCOME)[year]
    told = replace(rate, printed=f"{hidden * 100 / 9:.1f}")
    return (changed(form, numbered(target, 9), numbered(actual, round(hidden)), told),)


def _impossible_rate(papers: Papers, chance: Random) -> Papers | None:
    rates = [cell for cell in cells_of(papers[0], "achievement_rate", _OUTCOME) if number(cell)]
    rate = one(rates, chance)
    return rate and (changed(papers[0], numbered(rate, number(rate) * chance.uniform(1.4, 3) + 30, 1)),)


def all_cited(form: Document) -> Papers:
    """Return an ex-ante sheet whose first entry relates to every indicator, and the others to the first."""
    marks = [subject.rpartition("/")[2] for subject in subjects(cells_of(form, "mark", "indicator"))]
    cells = [cell for cell in form.cells if cell.field == "related_indicators"]
    first = cell_like(cells[0], cells[0].subject, "related_indicators", None, ",".join(marks))
    rest = [cell_like(cell, cell.subject, cell.field, None, marks[0]) for cell in cells[1:]]
    return (changed(form, first, *rest),)


def _one_uncited(papers: Papers, chance: Random) -> Papers | None:
    cell = cells_of(papers[0], "related_indicators", "entry")[0]
    marks = cell.printed.split(",")
    if len(marks) < 2:
        return None
    marks.remove(chance.choice(marks[1:]))
    return (changed(papers[0], replace(cell, printed=",".join(marks))),)


def _declared_none(papers: Papers, chance: Random) -> Papers | None:
    cell = one(cells_of(papers[0], "related_indicators", "entry"), chance)
    return cell and (changed(papers[0], dashed(cell)),)


def _unit_blank(papers: Papers, chance: Random) -> Papers | None:
    found = [subject for subject in subjects(cells_of(papers[0], "unit", "entry")) if "/indicator/" in subject]
    subject = chance.choice(found)

    def change(cell: Cell) -> Cell | None:
        if cell.subject != subject:
            return cell
        return None if cell.field == "unit" else replace(cell, unit="")

    return (mapped(papers[0], change),)


FAMILIES = (
    Family("at the ceiling for three years", "BEH-01", _at_ceiling, told_in(words()["percent"])),
    Family("the actual value is the target each year", "BEH-02", _as_planned, told_in(words()["people"])),
    Family("falling below a target that stays", "BEH-03", _decaying, told_in(words()["people"], words()["rate"])),
    Family("an output named as outcome", "BEH-04", _named_like_output),
    Family("an outcome that counts participants", "BEH-05", _counting_participants),
    Family("an indicator that no entry cites", "IND-01", _one_uncited, all_cited, Kind.EX_ANTE),
    Family("a target that is missed", "IND-03", _missed, reached, Kind.EX_ANTE),
    Family("no indicator of a kind", "IND-04", _without_outputs, both_kinds),
    Family("an activity target in money", "IND-06", _activity_in_money, kind=Kind.EX_ANTE),
    Family("a present value beyond the goal", "IND-08", _beyond, presently, Kind.EX_ANTE),
    Family("an actual value shown rounded", "IND-10", _shown_rounded),
    Family("a goal below the baseline", "IND-11", _fallen_below_baseline, aimed_at_former_year, Kind.EX_ANTE),
    Family("an entry that relates to none", "IND-12", _declared_none, all_cited, Kind.EX_ANTE),
    Family("a rate that no rounding explains", "IND-13", _impossible_rate),
    Family("no unit", "NORM-06", _unit_blank),
)
