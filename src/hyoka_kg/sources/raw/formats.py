"""What a workbook prints for what it stores: number formats with digits, commas, per cent, texts and sections."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from hyoka_kg.normalization import printed_date

_GENERAL = {"", "general", "@"}
_SIGNIFICANT = 15
_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_PLACES = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PADDING = re.compile(r"_.|\*.")
_TEXTS = re.compile(r'"([^"]*)"|\\(.)')


def print_value(value: object, number_format: str) -> str:
    """Return what a cell shows.

    Args:
        value: What is stored.
        number_format: Format of the cell, as the workbook writes it.

    >>> print_value(36, "0000"), print_value(2.99, "0"), print_value(0.4, "0%"), print_value(-30, '#,##0;"x"#,##0')
    ('0036', '3', '40%', 'x30')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return printed_date(value.year, value.month, value.day)
    if isinstance(value, int | float):
        return _print_number(exact(value), number_format)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def exact(value: float) -> Decimal:
    """Return a stored number to the fifteen digits that a workbook keeps.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    number = Decimal(f"{value:.{_SIGNIFICANT}g}")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _print_number(number: Decimal, number_format: str) -> str:
    sections = _SECTION.split(_BRACKETS.sub("", number_format))
    if sections[0].strip().lower() in _GENERAL:
        return format(number, "f")
    section, value = _choose(sections, number)
    places = _PLACES.search(_without_texts(section))
    if places is None:
        return _texts(section)
    digits = _digits(value * 100 if "%" in _without_texts(section) else value, places[0])
    return _around(section, digits)


def _choose(sections: list[str], number: Decimal) -> tuple[str, Decimal]:
    if number == 0 and len(sections) > 2:
        return sections[2], number
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    return sections[0], number


def _digits(number: Decimal, places: str) -> str:
    whole, _, decimals = places.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    text = format(abs(rounded), ",f" if "," in whole else "f")
    body, _, tail = text.partition(".")
    least = whole.replace(",", "").count("0")
    tail = tail[: decimals.count("0")] + tail[decimals.count("0") :].rstrip("0")
    sign = "-" if rounded < 0 else ""
    return sign + body.rjust(least, "0") + (f".{tail}" if tail else "")


def _without_texts(section: str) -> str:
    return _TEXTS.sub("", _PADDING.sub("", section))


def _around(section: str, digits: str) -> str:
    """Return the digits with the texts of the section before and behind them."""
    held = _TEXTS.sub(lambda match: match[1] or match[2] or "", _PADDING.sub("", section))
    plain = _PLACES.sub("\0", held, count=1)
    return plain.replace("\0", digits).strip()


def _texts(section: str) -> str:
    return "".join(first or second for first, second in _TEXTS.findall(section))
