"""The form of a query is told past prefixes, comments and misleading words."""

from __future__ import annotations

import pytest

from hyoka_kg.errors import QueryError
from hyoka_kg.store.forms import query_form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"),
        ("select?x{}", "select"),
        ("# ASK\nBASE <http://a/> PREFIX : <http://ASK/>PREFIX b:<http://b#> construct {} {}", "construct"),
        ("PREFIX ask: <http://a/>\r\nDESCRIBE ask:b", "describe"),
        ("\tASK{}", "ask"),
    ],
)
def test_the_form_is_found(text: str, form: str) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize("text", ["", "# only a comment", "INSERT DATA {}", "SELECTED", "PREFIX a <x> ASK {}"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="not a SPARQL query"):
        query_form(text)
