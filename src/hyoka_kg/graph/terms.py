"""RDF terms as canonical N-Triples text: quick to make, stable to sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from hyoka_kg.vocabulary import expand

Triple = tuple[str, str, str]

# Canonical N-Triples (RDF 1.2 N-Triples, section 4): short escapes where they exist, else \uXXXX for controls.
_SHORT_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_ESCAPES = str.maketrans(
    {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | _SHORT_ESCAPES,
)


def iri(text: str) -> str:
    """Return an IRI as a term."""
    return f"<{text}>"


@cache
def term(name: str) -> str:
    """Return the term of a prefixed name.

    >>> term("rdf:type")
    '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    """
    return iri(expand(name))


def string(text: str) -> str:
    r"""Return a plain string literal.

    >>> string('a "b"')
    '"a \\"b\\""'
    """
    return f'"{text.translate(_ESCAPES)}"'


def text(value: str, language: str = "ja") -> str:
    """Return a language-tagged literal."""
    return f"{string(value)}@{language}"


def typed(value: str, datatype: str) -> str:
    """Return a typed literal; `datatype` is a prefixed name."""
    return f"{string(value)}^^{term(datatype)}"


def integer(value: int) -> str:
    """Return an xsd:integer literal."""
    return typed(str(value), "xsd:integer")


def decimal(value: Decimal) -> str:
    """Return an xsd:decimal literal without exponent.

    >>> decimal(Decimal("4E+6"))
    '"4000000"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return typed(digits, "xsd:decimal")


def boolean(value: bool) -> str:
    """Return an xsd:boolean literal."""
    return typed("true" if value else "false", "xsd:boolean")


def day(value: date) -> str:
    """Return an xsd:date literal."""
    return typed(value.isoformat(), "xsd:date")


def nquads(triples: Iterable[Triple], graph: str) -> Iterator[str]:
    """Yield one N-Quads line a triple, in the graph with the given IRI."""
    tail = f" {iri(graph)} .\n"
    for subject, predicate, value in triples:
        yield f"{subject} {predicate} {value}{tail}"
