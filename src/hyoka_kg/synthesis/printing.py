"""Print values as ministries do: eras, widths, brackets and commas; the value is known before it is printed.

This is the reverse of the value grammar, written apart from it: a truth made by the reader would prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from hyoka_kg.synthesis.chance import happens
from hyoka_kg.synthesis.words import rates, words

_WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789,.%()"}
_ERA_CHANGE = 2019


@dataclass(frozen=True, slots=True)
class Printed:
    """A literal with the names of what was planted in it."""

    text: str
    defects: tuple[str, ...] = ()


def widen(text: str) -> str:
    """Return the text with digits and signs in full width."""
    return text.translate(_WIDE)


def print_fiscal_year(fiscal_year: int, *, sheet: int, full: bool = True) -> str:
    """Print a fiscal year as a sheet of a year does: before 2019 the Heisei era had no end."""
    era, number = _era(fiscal_year, sheet)
    label = words()["first_year"] if number == 1 else str(number)
    return f"{era if full or number == 1 else ''}{label}{words()['year_suffix']}"


def print_heading_year(fiscal_year: int, sheet: int) -> str:
    """Print the heading of a column: bare Heisei numbers before 2019, eras in full after."""
    return print_fiscal_year(fiscal_year, sheet=sheet, full=sheet >= _ERA_CHANGE)


def year_label(fiscal_year: int, sheet: int) -> str:
    """Return the number of a fiscal year within its era."""
    return str(_era(fiscal_year, sheet)[1])


def print_date(day: date, chance: Random) -> str:
    """Print a day in its era; some digits in full width."""
    era, number = _era(day.year, day.year)
    w = words()
    month, date_ = str(day.month), str(day.day)
    month = widen(month) if happens(chance, 0.5) and len(month) == 1 else month
    label = w["first_year"] if number == 1 else str(number)
    return f"{era}{label}{w['year']}{month}{w['month']}{date_}{w['day']}"


def _era(fiscal_year: int, sheet: int) -> tuple[str, int]:
    for first, name in words()["eras"]:
        if fiscal_year >= first and not (first == _ERA_CHANGE and sheet < _ERA_CHANGE):
            return name, fiscal_year - first + 1
    raise ValueError(f"no era holds {fiscal_year}")


def print_number(number: int | float, chance: Random, *, decimals: int = 0) -> Printed:
    """Print a number; now and then in full width or without its thousands separator."""
    text, defects = f"{number:,.{decimals}f}", []
    share = rates("printing")
    if "," in text and happens(chance, share["no_thousands_separator"]):
        text, defects = text.replace(",", ""), ["no_thousands_separator"]
    if happens(chance, share["wide_digits"]):
        text, defects = widen(text), [*defects, "wide_digits"]
    return Printed(text, tuple(defects))


def print_amount(million: int, chance: Random, *, unit: str, executed: bool) -> Printed:
    """Print an amount with its unit; an executed one in brackets, now and then of two widths."""
    number = print_number(million, chance)
    text, defects = number.text + unit, number.defects
    if not executed:
        return Printed(text, defects)
    opening, closing = words()["brackets"]
    if happens(chance, rates("printing")["mixed_width_bracket"]):
        return Printed(f"({text}{closing}", (*defects, "mixed_width_bracket"))
    return Printed(f"({text})" if happens(chance, 0.3) else f"{opening}{text}{closing}", defects)
