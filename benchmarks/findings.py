"""Spoil clean synthetic forms on purpose, fifty times a family of rules, and count how many the rules find.

Each family has one way to spoil a form: a total, a rate, a formula, a statement of the next year. The clean twins of
all forms are judged by the same rules and must give nothing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hyoka_kg.model import Cell, Document, ValueStatus
from hyoka_kg.pipeline.linting import form_document, judge_forms
from hyoka_kg.pipeline.reading import read_form
from hyoka_kg.synthesis import Kind, Request, Route, synthesize

LEAST_SHARE = 0.95
_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})*")
_FORMS = 12
Spoil = Callable[[Document, Random], Document | None]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of rules: its name, the rule that must find what was spoilt, and how a form is spoilt."""

    name: str
    rule: str
    spoil: Spoil
    next_year: bool = False


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of a family: how many forms were spoilt and found, and findings of the rule in the clean twins."""

    family: Family
    spoilt: int
    found: int
    clean: int


def clean_forms(seed: int, count: int = _FORMS) -> list[Document]:
    """Return synthetic review sheets of FY2018, read back from their text."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        synthesize(Request(seed, count, 2018, 2018, Kind.REVIEW_SHEET, Route.TEXT, 0), out)
        return [form_document(read_form(path)) for path in sorted(out.glob("documents/*.txt"))]


def measure(families: Sequence[Family], seed: int, times: int, count: int = _FORMS) -> Iterator[Caught]:
    """Yield what became of each family; a form that its own rule finds fault with before is no clean twin."""
    forms = clean_forms(seed, count)
    for family in families:
        twins = [twin for number, form in enumerate(forms) for twin in _twins(form, family, f"clean-{number}")]
        dirty = _found(twins, family.rule)
        clean = [form for number, form in enumerate(forms) if f"clean-{number}" not in dirty]
        spoilt = list(_spoil(clean, family, Random(f"{seed} {family.name}"), times))  # noqa: S311 no secret
        found = _found([document for pair in spoilt for document in pair], family.rule)
        kept = [twin for n, form in enumerate(clean) for twin in _twins(form, family, f"kept-{n}")]
        yield Caught(family, len(spoilt), len(found), len(_found(kept, family.rule)))


def _twins(form: Document, family: Family, name: str) -> list[Document]:
    return [_named(form, name), _later(_named(form, name))] if family.next_year else [_named(form, name)]


def _spoil(forms: Sequence[Document], family: Family, chance: Random, times: int) -> Iterator[list[Document]]:
    made = 0
    for _ in range(times * 20):
        if made == times or not forms:
            return
        spoilt = family.spoil(chance.choice(forms), chance)
        if spoilt is not None:
            own = _named(spoilt, f"spoilt-{made}")
            original = next(form for form in forms if form.head.source_sha256 == spoilt.head.source_sha256)
            yield [_named(original, f"spoilt-{made}"), _later(own)] if family.next_year else [own]
            made += 1


def _found(documents: Sequence[Document], rule: str) -> set[str]:
    return {one.ministry or one.finding.focus.split("/doc/")[1].split("/")[0] for one in judge_forms(documents, [rule])}


def _named(document: Document, name: str) -> Document:
    path = f"{name}/review-sheet/fy{document.head.sheet_fiscal_year}/0001"
    return replace(document, head=replace(document.head, id=name, ministry=name, iri_path=path))


def _later(document: Document) -> Document:
    year = document.head.sheet_fiscal_year + 1
    path = f"{document.head.ministry}/review-sheet/fy{year}/0001"
    head = replace(document.head, id=f"{document.head.id}-later", sheet_fiscal_year=year, iri_path=path)
    return replace(document, head=head)


def _change(document: Document, cell: Cell, printed: str) -> Document:
    cells = tuple(replace(one, printed=printed) if one is cell else one for one in document.cells)
    return replace(document, cells=cells)


def _cells(document: Document, field: str, least: int = 1) -> list[Cell]:
    """Return the cells of a field whose first number is not below a bound."""
    reported = (cell for cell in document.cells if cell.field == field and cell.status is ValueStatus.REPORTED)
    return [cell for cell in reported if _DIGITS.search(cell.printed) and _number(cell) >= least]


def _number(cell: Cell) -> int:
    match = _DIGITS.search(cell.printed)
    return int(match[0].replace(",", "")) if match else 0


def _with_number(cell: Cell, number: int) -> str:
    return _DIGITS.sub(f"{number:,}", cell.printed, count=1)


def _one(cells: Sequence[Cell], chance: Random) -> Cell | None:
    return chance.choice(cells) if cells else None


def _spoil_number(
    field: str, least: int, spoil: Callable[[int, Random], int], subject: str = "", *, over: bool = False
) -> Spoil:
    """Return what changes the number of one cell of a field; `over` takes only years that are over."""

    def spoiler(document: Document, chance: Random) -> Document | None:
        last = document.head.sheet_fiscal_year - 1 if over else document.head.sheet_fiscal_year + 9
        cells = [one for one in _cells(document, field, least) if one.subject.startswith(subject)]
        cell = _one([one for one in cells if (one.fiscal_year or 0) <= last], chance)
        return None if cell is None else _change(document, cell, _with_number(cell, spoil(_number(cell), chance)))

    return spoiler


def _above_budget(document: Document, chance: Random) -> Document | None:
    budgets = {cell.fiscal_year: _number(cell) for cell in _cells(document, "current")}
    cell = _one([one for one in _cells(document, "executed") if one.fiscal_year in budgets], chance)
    more = budgets[cell.fiscal_year] + chance.randint(3, 500) if cell else 0
    return None if cell is None else _change(document, cell, _with_number(cell, more))


def _without_separator(document: Document, chance: Random) -> Document | None:
    money = (cell for cell in document.cells if cell.field in _MONEY)
    cell = _one([one for one in money if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", one.printed)], chance)
    return None if cell is None else _change(document, cell, cell.printed.replace(",", ""))


def _doubled(number: int, chance: Random) -> int:
    return number * 2 + chance.randint(5, 99)


def _moved(number: int, chance: Random) -> int:
    return number + chance.randint(7, 90)


def _slipped(number: int, _chance: Random) -> int:
    return number * 1000


def _swapped(number: int, chance: Random) -> int:
    digits = str(number)
    places = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1] and (n or digits[1] != "0")]
    if not places:
        return number * 1000
    place = chance.choice(places)
    return int(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])


_MONEY = {"initial", "current", "executed", "requested"}
FAMILIES = (
    Family("a total that its parts do not make", "BUD-09", _spoil_number("current", 10, _doubled, over=True)),
    Family("execution above the budget", "BUD-01", _above_budget),
    Family("a rate that is not its quotient", "RATE-01", _spoil_number("execution_rate", 1, _moved)),
    Family("an achievement that is not its quotient", "IND-10", _spoil_number("achievement_rate", 1, _moved)),
    Family("a unit cost that is not its formula", "UC-01", _spoil_number("amount", 1, _doubled, "unit-cost/")),
    Family("a separator left out", "BUD-06", _without_separator),
    Family("digits swapped a year later", "X-01", _spoil_number("executed", 100, _swapped, over=True), next_year=True),
    Family("thousandfold a year later", "X-01", _spoil_number("executed", 2, _slipped, over=True), next_year=True),
)


def main() -> None:
    """Print the table; end with 1 where a family is caught too seldom or a clean twin is accused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=50)
    options = parser.parse_args()
    print("| what is spoilt | rule | spoilt | found | in clean twins |\n| --- | --- | ---: | ---: | ---: |")
    failed = False
    for one in measure(FAMILIES, options.seed, options.times):
        print(f"| {one.family.name} | {one.family.rule} | {one.spoilt} | {one.found} | {one.clean} |", flush=True)
        failed |= one.clean > 0 or one.spoilt == 0 or one.found < LEAST_SHARE * one.spoilt
    sys.exit(failed)


if __name__ == "__main__":
    main()
