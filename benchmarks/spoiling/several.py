"""Families about several papers: two years, two forms of one year, two entries of one sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random

from hyoka_kg.model import Cell, Document
from hyoka_kg.synthesis import Kind
from spoiling.cells import by_year, cell_like, cells_of, changed, mapped, number, numbered, one, words
from spoiling.measuring import Dress, Family, Papers, Spoil, later

_OUTCOME = "entry/1/indicator/outcome-1"
_LEAST_DIGITS = 100
Pick = Callable[[Document], list[Cell]]
Turn = Callable[[Cell, Random], Cell | None]


def two_years(form: Document) -> Papers:
    """Return a form, and the same told again a year later."""
    return (form, later(form))


def same_year(form: Document) -> Papers:
    """Return a form, and the same told again in the same year."""
    return (form, form)


def in_last(pick: Pick, turn: Turn) -> Spoil:
    """Return what turns one of some cells of the last paper."""

    def spoil(papers: Papers, chance: Random) -> Papers | None:
        cell = one(pick(papers[-1]), chance)
        new = cell and turn(cell, chance)
        return None if new is None else (*papers[:-1], changed(papers[-1], new))

    return spoil


def _executed(form: Document) -> list[Cell]:
    return [cell for cell in cells_of(form, "executed", "entry") if number(cell) >= _LEAST_DIGITS]


def _swapped(cell: Cell, chance: Random) -> Cell | None:
    digits = str(round(number(cell)))
    places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
    if not places:
        return None
    n = chance.choice(places)
    return numbered(cell, int(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]))


def _thousandfold(cell: Cell, _chance: Random) -> Cell:
    return numbered(cell, number(cell) * 1000)


def _other_number(cell: Cell, chance: Random) -> Cell:
    return numbered(cell, number(cell) + chance.randint(3, 90), 1 if "." in cell.printed else 0)


def _said(key: str) -> Turn:
    return lambda cell, _chance: replace(cell, printed=words()[key])


def _of_single_names(form: Document, cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells of indicators whose name the form prints once: the others are left alone by the rules."""
    names = {cell.subject: cell.printed for cell in cells_of(form, "name")}
    printed = Counter(names.values())
    return [cell for cell in cells if printed[names.get(cell.subject, "")] == 1]


def _goals(form: Document) -> list[Cell]:
    return _of_single_names(form, (cell for cell in cells_of(form, "goal", _OUTCOME) if number(cell)))


def _actuals(form: Document) -> list[Cell]:
    return _of_single_names(form, (cell for cell in cells_of(form, "actual", "entry") if number(cell)))


def _policies(form: Document) -> list[Cell]:
    return [cell for cell in cells_of(form, "name", "policy") if cell.subject == "policy"]


def _names(form: Document) -> list[Cell]:
    return cells_of(form, "name", "entry/1")[:1]


def _pushed(papers: Papers, chance: Random) -> Papers | None:
    goal = one(_goals(papers[1]), chance)
    if goal is None or goal.fiscal_year is None:
        return None
    year = goal.fiscal_year + chance.randint(2, 6)
    moved = mapped(papers[1], lambda cell: replace(cell, fiscal_year=year) if cell is goal else cell)
    return (papers[0], moved)


def missed(form: Document) -> Papers | None:
    """Return two years in which the last actual value of an outcome is below its target."""
    target, actual = by_year(form, "target", _OUTCOME), by_year(form, "actual", _OUTCOME)
    year = form.head.sheet_fiscal_year - 1
    if year not in target or year not in actual:
        return None
    return two_years(changed(form, numbered(actual[year], number(target[year]) * 0.6, 1)))


def _replaced(papers: Papers, chance: Random) -> Papers | None:
    def change(cell: Cell) -> Cell:
        if cell.subject != _OUTCOME:
            return cell
        if cell.field == "name":
            return replace(cell, printed=words()["other_indicator"])
        return numbered(cell, chance.randint(10_000, 90_000)) if number(cell) else cell

    return (papers[0], mapped(papers[1], change))


def named_apart(form: Document) -> Papers:
    """Return two years of an ex-ante sheet each of whose indicators has a name of its own."""
    names = cells_of(form, "name", "indicator")
    return two_years(changed(form, *(replace(cell, printed=f"{cell.printed}{n}") for n, cell in enumerate(names))))


def _baselines(form: Document) -> list[Cell]:
    return [cell for cell in cells_of(form, "baseline", "indicator") if number(cell)]


def _units(form: Document) -> list[Cell]:
    found = (cell for cell in cells_of(form, "unit", "entry") if "/indicator/" in cell.subject)
    return _of_single_names(form, found)


def _numbers_exchanged(papers: Papers, chance: Random) -> Papers | None:
    numbers = cells_of(papers[1], "review_number", "entry")
    if len(numbers) < 2:
        return None
    one_, two = chance.sample(numbers, 2)
    swapped = changed(papers[1], replace(one_, printed=two.printed), replace(two, printed=one_.printed))
    return (papers[0], swapped)


def numbered_through(form: Document) -> Papers:
    """Return an ex-ante sheet whose entries have numbers in a row."""
    numbers = cells_of(form, "review_number", "entry")
    return (changed(form, *(replace(cell, printed=f"{n:04d}") for n, cell in enumerate(numbers, 1))),)


def _gap(papers: Papers, chance: Random) -> Papers | None:
    cell = one(cells_of(papers[0], "review_number", "entry"), chance)
    return cell and (changed(papers[0], replace(cell, printed=f"{int(cell.printed) + chance.randint(100, 900):04d}")),)


def _shared_name(papers: Papers, chance: Random) -> Papers | None:
    names = [cell for cell in cells_of(papers[0], "name", "entry") if cell.subject.count("/") == 1]
    if len(names) < 2:
        return None
    one_, two = chance.sample(names, 2)
    return (changed(papers[0], replace(one_, printed=two.printed)),) if one_.printed != two.printed else None


def _starts(form: Document) -> list[Cell]:
    return cells_of(form, "start_fiscal_year", "entry")


def started(form: Document) -> Papers:
    """Return two years of an ex-ante sheet whose entries started in one known year."""
    return two_years(changed(form, *(replace(cell, printed=words()["start_year"]) for cell in _starts(form))))


def flowing(form: Document) -> Papers | None:
    """Return a form whose block A names a use that its breakdown has, and whose flow covers its unit costs."""
    items = cells_of(form, "item", "expense/A")
    if not items:
        return None
    uses = cell_like(items[0], "block/A", "uses", None, words()["travel"])
    return (changed(form, uses, replace(items[0], printed=words()["travel"])),)


def _use_not_told(papers: Papers, chance: Random) -> Papers | None:
    form, items = papers[0], cells_of(papers[0], "item", "expense/A")
    told = [replace(cell, printed=words()["travel"]) for cell in items]
    chance.random()
    return (changed(form, *told, replace(cells_of(form, "uses", "block/A")[0], printed=words()["travel_and_fees"])),)


def cheap(form: Document) -> Papers:
    """Return a form whose unit costs are next to nothing: its flow of funds is larger."""
    return (changed(form, *(numbered(cell, 0.1, 1) for cell in cells_of(form, "amount", "unit-cost"))),)


def _cost_above_flow(papers: Papers, chance: Random) -> Papers | None:
    costs = cells_of(papers[0], "amount", "unit-cost", papers[0].head.sheet_fiscal_year - 1)
    cell = one(costs, chance)
    return cell and (changed(papers[0], numbered(cell, (number(cell) + 1) * 100_000, 1)),)


def _yearly(name: str, rule: str, pick: Pick, turn: Turn, dress: Dress = two_years) -> Family:
    return Family(name, rule, in_last(pick, turn), dress)


FAMILIES = (
    _yearly("digits swapped a year later", "X-01", _executed, _swapped),
    _yearly("thousandfold a year later", "X-01", _executed, _thousandfold),
    Family("another start year", "X-02", in_last(_starts, _said("other_start_year")), started, Kind.EX_ANTE),
    _yearly("another name of the policy", "X-03", _policies, _said("other_policy")),
    Family("a unit cost above the flow", "X-05", _cost_above_flow, cheap),
    Family("a use that the breakdown lacks", "X-06", _use_not_told, flowing),
    _yearly("another actual value", "X-07", _actuals, _other_number),
    _yearly("another name in the same year", "X-08", _names, _said("other_name"), same_year),
    _yearly("another goal", "GOAL-01", _goals, _other_number),
    Family("a goal put off", "GOAL-02", _pushed, two_years),
    Family("an indicator replaced after a miss", "GOAL-03", _replaced, missed),
    Family("another baseline", "GOAL-04", in_last(_baselines, _other_number), named_apart, Kind.EX_ANTE),
    _yearly("another unit", "NORM-07", _units, _said("other_unit")),
    Family("numbers exchanged", "ID-02", _numbers_exchanged, two_years, Kind.EX_ANTE),
    Family("two entries of one name", "ID-03", _shared_name, kind=Kind.EX_ANTE),
    Family("a gap in the numbers", "ID-04", _gap, numbered_through, Kind.EX_ANTE),
)
