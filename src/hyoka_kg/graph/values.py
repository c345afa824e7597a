"""State the normalised value of each cell beside its literal, in a graph of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hyoka_kg.errors import ValueTextError
from hyoka_kg.graph.context import DocumentContext
from hyoka_kg.graph.documents import cell_node
from hyoka_kg.graph.forms import meaning_of_field, meaning_of_subject
from hyoka_kg.graph.iris import mint_concept, mint_fiscal_year
from hyoka_kg.graph.reading import Parsed, read_value
from hyoka_kg.graph.terms import Triple, decimal, iri, string, term
from hyoka_kg.model import Cell, Document, Registry, ValueStatus
from hyoka_kg.normalization.amounts import MONEY_UNITS

YEN = iri("http://publications.europa.eu/resource/authority/currency/JPY")
_WITH_VALUE = (ValueStatus.REPORTED, ValueStatus.ZERO)
_YEN_ID = "jpy"
_NUMBERS = (
    ("canonical", "sdmx-measure:obsValue"),
    ("canonical_low", "hyoka:lowerBound"),
    ("canonical_high", "hyoka:upperBound"),
)
_PAYMENT = "hyoka:Payment"
_AMOUNT_BEARERS = {"hyoka:FlowBlock", "hyoka:ExpenseBreakdown", _PAYMENT}


def state_values(document: Document, context: DocumentContext, units: Mapping[str, str]) -> Iterator[Triple]:
    """Yield the normalised values of a document; `units` maps printed unit symbols to unit ids.

    Raises:
        ValueTextError: A literal marked as reported cannot be read by the value grammar.
    """
    for cell in document.cells:
        meaning = meaning_of_field(cell.subject, cell.field)
        if cell.status in _WITH_VALUE and meaning.kind:
            node = cell_node(cell, meaning, context)
            yield from _STATE_KIND[meaning.kind](cell, node, context, units)


def rank_indicators(document: Document) -> frozenset[str]:
    """Return the indicators of a document whose values are ranks (位): a smaller number is better."""
    return frozenset(
        cell.subject
        for cell in document.cells
        if _is_observation(cell) and read_value("indicator_value", cell, _unit_context(cell)).get("rank")
    )


def compound_indicators(document: Document) -> frozenset[str]:
    """Return the indicators that have components, such as a state and a rate in one cell."""
    return frozenset(
        cell.subject.partition("/component/")[0] for cell in document.cells if "/component/" in cell.subject
    )


def observed_values(document: Document) -> frozenset[tuple[str, str, int | None]]:
    """Return subject, field and fiscal year of the observations that bear a number."""
    return frozenset(
        cell.key
        for cell in document.cells
        if _is_observation(cell) and "canonical" in read_value("indicator_value", cell, _unit_context(cell))
    )


def units_by_symbol(registry: Registry) -> dict[str, str]:
    """Return unit ids by every symbol that the registry lists for them."""
    return {symbol: row["unit_id"] for row in registry["units"] for symbol in row["symbols"].split()}


def _is_observation(cell: Cell) -> bool:
    return cell.status in _WITH_VALUE and meaning_of_field(cell.subject, cell.field).kind == "indicator_value"


def _unit_context(cell: Cell) -> dict[str, object]:
    return {"unit": cell.unit} if cell.unit else {}


def _state_money(cell: Cell, node: str, context: DocumentContext, _units: Mapping[str, str]) -> Iterator[Triple]:
    parsed = read_value("amount", cell, _unit_context(cell))
    if "yen" not in parsed:
        raise ValueTextError(
            f"{cell.locator} ({cell.subject} {cell.field}): '{cell.text}' is marked {cell.status} but bears no "
            "amount in a known unit. Correct the status, or give the unit of the heading in column unit."
        )
    yen = Decimal(str(parsed["yen"]))
    yield node, term("obeu-measure:amount"), decimal(yen)
    yield node, term("obeu-attribute:currency"), YEN
    yield node, term("hyoka:roundingUnit"), decimal(_rounding_unit(parsed))
    yield from _state_issues(node, parsed)
    classes = meaning_of_subject(cell.subject).classes
    if _AMOUNT_BEARERS.intersection(classes):
        yield context.node(cell.subject), term("obeu-measure:amount"), decimal(yen)
    if _PAYMENT in classes and cell.fiscal_year:
        yield context.node(cell.subject), term("hyoka:fiscalYear"), mint_fiscal_year(cell.fiscal_year)


def _rounding_unit(parsed: Parsed) -> Decimal:
    """Return the yen of one unit in the last printed digit: 1.8百万円 is known to 100,000 yen."""
    exponent = Decimal(str(parsed["value"])).as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    return MONEY_UNITS[str(parsed["unit"])] * Decimal(1).scaleb(min(digits, 0))


def _state_indicator(cell: Cell, node: str, context: DocumentContext, units: Mapping[str, str]) -> Iterator[Triple]:
    parsed = read_value("indicator_value", cell, _unit_context(cell))
    yield from _state_issues(node, parsed)
    if cell.subject in context.compound:
        # The numbers of a compound indicator belong to its components; the whole is a state.
        yield node, term("hyoka:comparator"), mint_concept("comparator", "state")
        return
    comparator = _comparator(cell, parsed, context)
    if comparator:
        yield node, term("hyoka:comparator"), mint_concept("comparator", comparator)
    factor = MONEY_UNITS.get(str(parsed.get("unit")), 1)
    for value, name in _NUMBERS:
        if value in parsed:
            # Money is stated in yen, whatever unit is printed: 12百万円 is 12,000,000, as 千件 is a thousand 件.
            yield node, term(name), decimal(Decimal(str(parsed[value])) * factor)
    unit = _YEN_ID if str(parsed.get("unit")) in MONEY_UNITS else units.get(str(parsed.get("unit")))
    if unit:
        yield node, term("hyoka:unit"), mint_concept("unit", unit)
    if "relative_to" in parsed:
        yield from _state_reference(cell, node, int(str(parsed["relative_to"])), context)


def _comparator(cell: Cell, parsed: Parsed, context: DocumentContext) -> str:
    if parsed.get("qualitative"):
        return "state"
    if "canonical_low" in parsed:
        return "range"
    comparator = str(parsed.get("comparator") or "")
    if comparator == "ge" and cell.subject in context.ranks:
        return "rank-at-least"
    return "approx" if parsed.get("approx") and comparator == "eq" else comparator


def _state_reference(cell: Cell, node: str, year: int, context: DocumentContext) -> Iterator[Triple]:
    """Yield the observation that a relative target (平成26年度値以上) points at: an actual, else a baseline."""
    for role in ("actual", "baseline"):
        if (cell.subject, role, year) in context.observed:
            yield node, term("hyoka:referenceObservation"), context.observation(cell.subject, role, year)
            return


def _state_percent(cell: Cell, node: str, _context: DocumentContext, _units: Mapping[str, str]) -> Iterator[Triple]:
    parsed = read_value("indicator_value", cell, _unit_context(cell))
    if "canonical" in parsed:
        yield node, term("hyoka:executionRate"), decimal(Decimal(str(parsed["canonical"])))


def _state_formula(cell: Cell, _node: str, context: DocumentContext, _units: Mapping[str, str]) -> Iterator[Triple]:
    parsed = read_value("ratio", cell)
    unit_cost = context.unit_cost(cell.subject, cell.fiscal_year)
    yield unit_cost, term("hyoka:formulaAsPrinted"), string(cell.text)
    yield unit_cost, term("hyoka:numerator"), decimal(Decimal(str(parsed["numerator"])))
    yield unit_cost, term("hyoka:denominator"), decimal(Decimal(str(parsed["denominator"])))


def _state_issues(node: str, parsed: Parsed) -> Iterator[Triple]:
    issues = parsed.get("issues")
    for issue in issues if isinstance(issues, list) else ():
        yield node, term("hyoka:readingIssue"), string(str(issue))


_STATE_KIND = {
    "money": _state_money,
    "indicator_value": _state_indicator,
    "percent": _state_percent,
    "ratio": _state_formula,
}
