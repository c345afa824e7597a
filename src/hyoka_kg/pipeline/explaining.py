"""Ask what stands around two statements that differ, and tell a probable cause where the arithmetic shows one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hyoka_kg.model import Finding
from hyoka_kg.query import run_maintenance
from hyoka_kg.store import GraphStore
from hyoka_kg.validation import (
    Difference,
    IntegrityRule,
    Part,
    Telling,
    explain_total,
    probable_cause,
    total_of,
    with_cause,
)

_MILLION_YEN = Decimal(1_000_000)
_MONEY = "amounts_around"
_PARTS = "parts_of_total"


def explain(store: GraphStore, rule: IntegrityRule, finding: Finding) -> Finding:
    """Return a finding with its probable cause, where its rule has a context and a cause can be shown.

    The finding names its two statements: its focus, and the value `cell`. A total is its focus alone.
    """
    if rule.context == _PARTS:
        return _explain_total(store, finding)
    cell = dict(finding.values).get("cell", "")
    if not rule.context or not cell:
        return finding
    rows = run_maintenance(store, rule.context, focus=finding.focus, cell=cell).as_text()
    around = tuple(_telling(row) for row in rows)
    own, other = _stated(around, "own", finding.focus), _stated(around, "other", cell)
    if own is None or other is None:
        return finding
    step = _MILLION_YEN if rule.context == _MONEY else _last_digit(own.value, other.value)
    cause = probable_cause(Difference(own, other, around, step))
    return finding if cause is None else with_cause(finding, cause)


def _explain_total(store: GraphStore, finding: Finding) -> Finding:
    rows = run_maintenance(store, _PARTS, focus=finding.focus).as_text()
    total = total_of([_part(row) for row in rows])
    return finding if total is None else with_cause(finding, explain_total(total))


def _part(row: Mapping[str, str]) -> Part:
    """Return an amount; the last parts of the IRI of an entry name it, such as `entry 9`."""
    name = " ".join(row["part"].rsplit("/", 2)[1:])
    return Part(name, row["kind"], Decimal(row["value"]), Decimal(row["rounding"]))


def _telling(row: Mapping[str, str]) -> Telling:
    return Telling(row["side"], row["kind"], int(row["year"]), Decimal(row["value"]))


def _stated(around: tuple[Telling, ...], side: str, cell: str) -> Telling | None:
    """Return what a cell tells; the last parts of its IRI are the kind and the fiscal year."""
    kind, _, year = cell.rpartition("/obs/")[2].rpartition("/budget/")[2].partition("/")
    found = [one for one in around if (one.side, one.kind, str(one.year)) == (side, kind, year)]
    return found[0] if len(found) == 1 else None


def _last_digit(*values: Decimal) -> Decimal:
    """Return one step of the finest last digit of some values, at most one."""
    exponents = [value.normalize().as_tuple().exponent for value in values]
    return Decimal(1).scaleb(min(0, *(exponent for exponent in exponents if isinstance(exponent, int))))
