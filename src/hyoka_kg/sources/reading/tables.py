"""What the tables of one form must fulfil among each other.

`items_differ`: the items of the budget add up to the budget itself, the expenses of a block to its amount.
`policy_sum_differs`: the projects of a policy add up to its budget. `row_missing`: numbered rows have no gap.
`corporate_number_invalid`: the check digit of a corporate number (法人番号) is right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hyoka_kg.model import CellKey, Claim, ReadingIssue
from hyoka_kg.normalization import parse_value
from hyoka_kg.normalization.corporate_numbers import PLACEHOLDER, is_corporate_number
from hyoka_kg.normalization.folding import compact
from hyoka_kg.sources.reading.arithmetic import half_step
from hyoka_kg.sources.reading.reporting import issue_at

_ROW = re.compile(r"(?P<list>entry|indicator|check|payment/[A-Z]+)/(?P<place>[0-9]+)")
_BLOCK = re.compile(r"block/(?P<letter>[A-Z]+)")
_ENTRY = re.compile(r"entry/[0-9]+")
_POLICY = "policy"
_MONEY = ("current", "executed")
# Totals are whole millions, items have a decimal: half a unit may be lost at each.
_UNIT_STEP = Decimal("0.5")
_DIGITS = re.compile(r"[0-9]{10,}")


def check_tables(
    claims: Sequence[Claim], told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]
) -> Iterator[ReadingIssue]:
    """Yield the rules between tables that the claims of one form break.

    Args:
        claims: All claims; an open one shows that its row is there.
        told: Claims that print something, by key.
        numbers: The numbers that they print.
    """
    yield from _items(told, numbers)
    yield from _blocks(told, numbers)
    yield from _policy_sums(told, numbers)
    yield from _gaps(claims)
    yield from _corporate_numbers(told)


def _items(told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for key, total in numbers.items():
        if key[:2] != ("budget-item/total", "amount"):
            continue
        for name in ("initial", "requested"):
            budget = numbers.get(("entry/1", name, key[2]))
            if budget is not None and abs(budget - total) > _UNIT_STEP + half_step(total):
                yield issue_at("items_differ", told[key], f"{total} ≠ {name} {budget}")


def _blocks(told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for key, amount in numbers.items():
        match = _BLOCK.fullmatch(key[0])
        total_key = (f"expense/{match['letter']}/total" if match else "", "amount", key[2])
        total = numbers.get(total_key)
        if key[1] != "amount" or total is None:
            continue
        unit = parse_value("amount", told[key].printed).get("unit")
        same_unit = unit in (None, told[total_key].unit)
        if same_unit and abs(amount - total) > _UNIT_STEP + half_step(total):
            yield issue_at("items_differ", told[total_key], f"{total} ≠ {amount}")


def _policy_sums(told: Mapping[CellKey, Claim], numbers: Mapping[CellKey, Decimal]) -> Iterator[ReadingIssue]:
    for key, total in numbers.items():
        if key[0] != _POLICY or key[1] not in _MONEY:
            continue
        parts = [one for one in told if _ENTRY.fullmatch(one[0]) and one[1:] == key[1:]]
        entries = {one[0] for one in told if _ENTRY.fullmatch(one[0])}
        if len(parts) < len(entries):
            continue
        added = sum((numbers.get(one, Decimal(0)) for one in parts), Decimal(0))
        if abs(added - total) > _UNIT_STEP * (len(parts) + 1):
            yield issue_at("policy_sum_differs", told[key], f"{added} ({len(parts)}) ≠ {total}")


def _gaps(claims: Sequence[Claim]) -> Iterator[ReadingIssue]:
    rows: dict[str, dict[int, Claim]] = defaultdict(dict)
    for claim in claims:
        match = _ROW.fullmatch(claim.subject)
        if match:
            places, place = rows[match["list"]], int(match["place"])
            places[place] = claim if claim.place else places.get(place, claim)
    for name, told in rows.items():
        missing = sorted(set(range(1, max(told) + 1)) - set(told))
        if missing:
            claim = told[min(place for place in told if place > missing[0])]
            yield issue_at("row_missing", claim, f"{name} {', '.join(map(str, missing))} / {max(told)}")


def _corporate_numbers(told: Mapping[CellKey, Claim]) -> Iterator[ReadingIssue]:
    for (_, name, _), claim in told.items():
        digits = compact(claim.printed)
        is_told = name == "corporate_number" and _DIGITS.fullmatch(digits) and digits != PLACEHOLDER
        if is_told and not is_corporate_number(digits):
            yield issue_at("corporate_number_invalid", claim, claim.printed)
