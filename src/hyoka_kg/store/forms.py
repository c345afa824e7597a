"""Tell a SPARQL query's form from its first keyword, past prologue and comments."""

from __future__ import annotations

import re

from hyoka_kg.errors import QueryError
from hyoka_kg.store.interface import QueryForm

# SPARQL 1.1, section 19.8: BaseDecl, PrefixDecl, comments; IRIs cannot hold spaces or angle brackets.
_PROLOGUE = re.compile(r"(?:\s+|#[^\n\r]*|BASE\s*<[^<>\s]*>|PREFIX\s+[^\s:<>]*\s*:\s*<[^<>\s]*>)*", re.IGNORECASE)
_FORM = re.compile(r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_FORMS: dict[str, QueryForm] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "construct",
    "DESCRIBE": "describe",
}


def query_form(query: str) -> QueryForm:
    r"""Return the form of a query.

    >>> query_form("PREFIX a: <http://a/> # SELECT\nASK {}")
    'ask'

    Raises:
        QueryError: No query keyword follows the prologue.
    """
    match = _FORM.match(query, keyword_start(query))
    if match is None:
        raise QueryError("This is not a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE must follow the prefixes.")
    return _FORMS[match.group(1).upper()]


def keyword_start(query: str) -> int:
    """Return where the query's keyword begins, past prologue and comments."""
    start = _PROLOGUE.match(query)
    return start.end() if start else 0
