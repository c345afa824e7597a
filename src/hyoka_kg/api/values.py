"""Values of RDF terms as Python has them: numbers, dates and booleans by datatype, all else as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pyoxigraph as ox

from hyoka_kg.store import Term
from hyoka_kg.store.rows import term_text
from hyoka_kg.vocabulary import PREFIXES

Value = str | int | float | bool | Decimal | date | datetime | None
_READERS: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "nonNegativeInteger": int,
    "positiveInteger": int,
    "int": int,
    "long": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
    "date": date.fromisoformat,
    "dateTime": datetime.fromisoformat,
}


def python_value(term: Term | None) -> Value:
    """Return the value of a term: a number, boolean or date of that type; an IRI or a text as `str`; unbound as None.

    Amounts stay exact: `xsd:decimal` is a `Decimal`. A lexical form outside its datatype stays the text that it is.

    >>> python_value(ox.Literal("0.10", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    Decimal('0.10')
    >>> python_value(ox.NamedNode("https://w3id.org/hyoka/id/project/mic/juki-net-security"))
    'https://w3id.org/hyoka/id/project/mic/juki-net-security'
    >>> python_value(None) is None
    True
    """
    if term is None:
        return None
    text = term_text(term)
    if not isinstance(term, ox.Literal):
        return text
    reader = _READERS.get(term.datatype.value.removeprefix(PREFIXES["xsd"]), str)
    try:
        return reader(text)
    except (ValueError, ArithmeticError):
        return text
