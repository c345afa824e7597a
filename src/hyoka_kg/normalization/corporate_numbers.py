"""Corporate numbers (法人番号): thirteen digits whose first one checks the other twelve."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{13}")
PLACEHOLDER = "9" * 13


def is_corporate_number(text: str) -> bool:
    """Return whether a text is a corporate number that one body bears.

    The check digit is 9 - (Σ Pn·Qn mod 9) over the twelve digits from the right, Qn being 1 and 2 in turn
    (行政手続における特定の個人を識別するための番号の利用等に関する法律施行規則, rule on 検査用数字).
    `9999999999999` stands for persons without one and is none.

    >>> is_corporate_number("2000012020001"), is_corporate_number("2000012020002")
    (True, False)
    >>> is_corporate_number(PLACEHOLDER)
    False
    """
    if text == PLACEHOLDER or _NUMBER.fullmatch(text) is None:
        return False
    weighted = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(text[1:])))
    return int(text[0]) == 9 - weighted % 9
