"""One door to the value grammar: a kind and a literal in, a JSON object out, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from hyoka_kg.errors import ValueTextError
from hyoka_kg.normalization.amounts import parse_amount, parse_budget_cell, parse_executed
from hyoka_kg.normalization.citations.reading import parse_citations
from hyoka_kg.normalization.clauses import parse_clause
from hyoka_kg.normalization.dates import parse_date, parse_date_revisions
from hyoka_kg.normalization.facts import Facts
from hyoka_kg.normalization.fiscal_years import parse_fiscal_year
from hyoka_kg.normalization.forms import parse_form_id
from hyoka_kg.normalization.indicator_values import parse_indicator_value
from hyoka_kg.normalization.laws import parse_law
from hyoka_kg.normalization.marks import parse_mark
from hyoka_kg.normalization.missing import parse_missing
from hyoka_kg.normalization.project_numbers import parse_project_number
from hyoka_kg.normalization.ratios import parse_ratio
from hyoka_kg.normalization.references import parse_indicator_refs
from hyoka_kg.normalization.titles import parse_means_title


class Reading(Protocol):
    """What every parser returns: a result that knows its JSON object."""

    def as_facts(self) -> Facts:
        """Return the JSON object of the result."""


_WITHOUT_CONTEXT: dict[str, Callable[[str], Reading]] = {
    "missing": parse_missing,
    "ratio": parse_ratio,
    "project_number": parse_project_number,
    "indicator_refs": parse_indicator_refs,
    "mark": parse_mark,
    "form_id": parse_form_id,
    "clause": parse_clause,
    "citation": parse_citations,
    "law": parse_law,
}
_WITH_UNIT: dict[str, Callable[[str, str | None], Reading]] = {
    "amount": parse_amount,
    "executed": parse_executed,
    "budget_cell": parse_budget_cell,
}
_WITH_YEAR: dict[str, Callable[[str, int | None], Reading]] = {
    "fiscal_year": parse_fiscal_year,
    "date": parse_date,
    "date_revisions": parse_date_revisions,
    "means_title": parse_means_title,
}
_WITH_BOTH: dict[str, Callable[[str, str | None, int | None], Reading]] = {"indicator_value": parse_indicator_value}
# The longest cell of the national corpora has about 5,000 characters; whatever a pattern costs stays bounded so.
MOST_CHARACTERS = 10_000
KINDS = frozenset({*_WITHOUT_CONTEXT, *_WITH_UNIT, *_WITH_YEAR, *_WITH_BOTH})


def parse_value(kind: str, string: str, context: Mapping[str, object] | None = None) -> dict[str, object]:
    """Return what the value grammar reads in a literal, as a JSON object.

    Args:
        kind: What the cell holds, one of `KINDS`.
        string: The literal as printed; line wraps are line breaks or ⏎.
        context: What the document tells: `unit` of a heading, `fiscal_year` of the document.

    >>> parse_value("amount", "9403百万円")["issues"]
    ['no_thousands_separator']
    >>> parse_value("ratio", "47")
    {'unparsed': '47', 'reason': 'not a number over a number'}
    """
    try:
        return _read(kind, string, context or {}).as_facts()
    except ValueTextError as error:
        return {"unparsed": string, "reason": str(error)}


def _read(kind: str, string: str, context: Mapping[str, object]) -> Reading:
    if len(string) > MOST_CHARACTERS:
        raise ValueTextError(f"{len(string):,} characters are no value of a form; the most are {MOST_CHARACTERS:,}")
    unit, year = _unit(context), _fiscal_year(context)
    if kind in _WITHOUT_CONTEXT:
        return _WITHOUT_CONTEXT[kind](string)
    if kind in _WITH_UNIT:
        return _WITH_UNIT[kind](string, unit)
    if kind in _WITH_YEAR:
        return _WITH_YEAR[kind](string, year)
    if kind in _WITH_BOTH:
        return _WITH_BOTH[kind](string, unit, year)
    raise ValueTextError(f"'{kind}' is no kind of value; the kinds are {', '.join(sorted(KINDS))}")


def _unit(context: Mapping[str, object]) -> str | None:
    unit = context.get("unit")
    return unit if isinstance(unit, str) else None


def _fiscal_year(context: Mapping[str, object]) -> int | None:
    year = context.get("fiscal_year")
    return year if isinstance(year, int) else None
