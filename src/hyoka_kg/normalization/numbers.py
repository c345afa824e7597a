"""Printed numbers (1,234.5, ▲30) and the scale words that multiply them."""

from __future__ import annotations

import re
from decimal import Context, Decimal

# More digits than any paper or database prints, and few enough that arithmetic on them is exact.
DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})"
SIGNS = "▲△\u2212\uff0d+-"
NUMBER = rf"[{SIGNS[:-1]}\-]?{DIGITS}(?:\.[0-9]{{1,18}})?"
SCALES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "兆": 10**12}
_EXACT = Context(prec=64)
_DIGITS_WITHOUT_COMMA = re.compile(r"[0-9]{4}")


def number_text(printed: str) -> str:
    """Return a printed number in plain digits, its decimals as printed.

    >>> number_text("▲1,030.50")
    '-1030.50'
    """
    digits = printed.lstrip(SIGNS).replace(",", "")
    return digits if printed[0] in "+0123456789" else f"-{digits}"


def scaled(number: str, factor: int) -> Decimal:
    """Return a number in plain digits times a whole factor, without rounding.

    >>> scaled("37.7", 1000)
    Decimal('37700.0')
    """
    return _EXACT.multiply(Decimal(number), factor)


def plain(number: Decimal) -> str:
    """Return a decimal without exponent and without closing zeros.

    >>> plain(scaled("1.80", 1_000_000))
    '1800000'
    """
    return format(number.normalize(_EXACT), "f") if number else "0"


def lacks_thousands_separator(printed: str) -> bool:
    """Return whether a printed number has four digits or more in a row.

    >>> lacks_thousands_separator("9403"), lacks_thousands_separator("9,403.1234")
    (True, False)
    """
    return bool(_DIGITS_WITHOUT_COMMA.search(printed.partition(".")[0]))
