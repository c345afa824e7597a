"""Bind typed parameters: each value becomes one RDF term in the VALUES block that awaits it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from hyoka_kg.errors import QueryError
from hyoka_kg.query.catalogue import CannedQuery, Parameter
from hyoka_kg.vocabulary import PREFIXES, expand

# SPARQL 1.1, section 19.8: comments, strings and IRIs are tokens of their own; nothing inside them is bound.
_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n]*|<[^<>"{}|^`\\\x00-\x20]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<block>VALUES\s+\?(?P<name>\w+)\s*\{(?P<data>(?:[^{}<>"]|<[^<>]*>|"(?:[^"\\\n]|\\.)*")*)\})""",
    re.IGNORECASE,
)
# RFC 3987 through SPARQL's IRIREF: no spaces, angle brackets, quotes, braces, |, ^, ` or backslash; nor control
# characters, nor those that turn the direction of writing (section 4.1), which hide where a name leads.
_IRI = re.compile(
    r"""[A-Za-z][A-Za-z0-9+.-]*:[^<>"{}|^`\\\x00-\x20\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*"""
)
# SPARQL 1.1, section 19.2: some engines decode \\u before they read strings, even behind an escaped backslash, which
# would turn the text \\u0022 into a quote. A spelt-out letter u reads the same in every order of decoding.
_LETTER_U = re.compile(r"\\\\(?P<letter>[uU])|\\.")
_XSD = PREFIXES["xsd"]
_UNBOUND = "UNDEF"
_LONGEST = 2000
_SHOWN = 60


def bind(query: CannedQuery, values: Mapping[str, str | Sequence[str]]) -> str:
    """Return the query's text with the given values in place of its defaults.

    Args:
        query: The query.
        values: A value by parameter, or several values, which take their turns.

    Raises:
        QueryError: A parameter is unknown, missing, or its value is not of its type.
    """
    known = {parameter.name: parameter for parameter in query.params}
    unknown = [name for name in values if name not in known]
    if unknown:
        takes = ", ".join(known) or "no parameters"
        raise QueryError(f"{query.id} has no parameter '{show_value(unknown[0])}'. It takes: {takes}.")
    terms = {name: _terms_of(known[name], value) for name, value in values.items()}
    if terms.keys() & set(query.one_of):
        terms = dict.fromkeys(query.one_of, _UNBOUND) | terms

    def fill(match: re.Match[str]) -> str:
        name = match["name"]
        if match["skip"] is not None or name not in terms:
            return match[0]
        return f"VALUES ?{name} {{ {terms[name]} }}"

    return _TOKEN.sub(fill, query.text)


def bind_each(query: CannedQuery, name: str, values: Sequence[str]) -> str:
    """Return the query's text with several values in one VALUES block, so that one answer tells of all of them.

    Raises:
        QueryError: There is no such parameter, or a value is not of its type.
    """
    parameter = next((one for one in query.params if one.name == name), None)
    if parameter is None:
        raise QueryError(f"{query.id} has no parameter '{show_value(name)}'.")
    terms = " ".join(term_of(parameter, value) for value in values)
    return _TOKEN.sub(lambda match: f"VALUES ?{name} {{ {terms} }}" if match["name"] == name else match[0], query.text)


def _terms_of(parameter: Parameter, values: str | Sequence[str]) -> str:
    return " ".join(term_of(parameter, value) for value in ([values] if isinstance(values, str) else values))


def term_of(parameter: Parameter, value: str) -> str:
    """Return a value as one SPARQL term.

    Raises:
        QueryError: The value is not of the parameter's type, or longer than any value may be.
    """
    if len(value) > _LONGEST:
        raise QueryError(
            f"The value of '{parameter.name}' has {len(value):,} characters: '{show_value(value)}'. "
            f"A value has at most {_LONGEST:,}."
        )
    try:
        return _LETTER_U.sub(_spell_out, str(_TERMS[parameter.type](value)))
    except (ValueError, InvalidOperation, KeyError) as error:
        raise QueryError(
            f"'{show_value(value)}' is not a value for '{parameter.name}' ({parameter.type}{_example(parameter)}). "
            f"{parameter.description_en}"
        ) from error


def _spell_out(match: re.Match[str]) -> str:
    return rf"\\\U{ord(match['letter']):08X}" if match["letter"] else match[0]


def show_value(value: str) -> str:
    r"""Return a value as a message may show it: short, and without characters that cannot be seen or sent.

    >>> show_value("a\u202eb")
    'a\\u202eb'
    """
    seen = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value[:_SHOWN])
    return f"{seen} …" if len(value) > _SHOWN else seen


def _example(parameter: Parameter) -> str:
    return f", for example {parameter.default}" if parameter.default else ""


def _iri(value: str) -> ox.NamedNode:
    text = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    prefix = text.partition(":")[0]
    if prefix in PREFIXES and not text.startswith(f"{prefix}://"):
        text = expand(text)
    if _IRI.fullmatch(text) is None:
        raise ValueError(value)
    return ox.NamedNode(text)


def _integer(value: str) -> ox.Literal:
    if re.fullmatch(r"[+-]?[0-9]{1,18}", value) is None:
        raise ValueError(value)
    return ox.Literal(value, datatype=ox.NamedNode(f"{_XSD}integer"))


def _decimal(value: str) -> ox.Literal:
    if re.fullmatch(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?", value) is None:
        raise ValueError(value)
    return ox.Literal(f"{Decimal(value):f}", datatype=ox.NamedNode(f"{_XSD}decimal"))


def _date(value: str) -> ox.Literal:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        raise ValueError(value)
    return ox.Literal(date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))


_TERMS: dict[str, Callable[[str], ox.NamedNode | ox.Literal]] = {
    "iri": _iri,
    "string": ox.Literal,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
}
