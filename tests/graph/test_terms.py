"""Terms are canonical N-Triples: what is written comes back, and the engine writes the same bytes."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.errors import ModelError
from hyoka_kg.graph.iris import mint, mint_finding, mint_span
from hyoka_kg.graph.terms import decimal, nquads, string, text
from hyoka_kg.model import SpanPiece

GRAPH = "http://example.org/g"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def parsed(value: str) -> ox.Quad:
    lines = "".join(nquads([("<http://example.org/s>", "<http://example.org/p>", value)], GRAPH))
    (quad,) = ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    return quad


@given(TEXTS)
def test_any_string_comes_back_and_is_written_as_the_engine_writes_it(value: str) -> None:
    assert parsed(string(value)).object == ox.Literal(value)
    assert str(ox.Literal(value)) == string(value)
    assert parsed(text(value)).object == ox.Literal(value, language="ja")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_any_decimal_comes_back_equal_and_without_exponent(value: Decimal) -> None:
    literal = parsed(decimal(value)).object
    assert isinstance(literal, ox.Literal)
    assert Decimal(literal.value) == value
    assert "E" not in literal.value.upper()


@pytest.mark.parametrize("path", ["住基ネット", "a b", "", "a//b", "a/", "%E4%BA%8B", "a<b", "a\nb"])
def test_names_never_become_iris(path: str) -> None:
    with pytest.raises(ModelError, match="cannot be the path of an IRI"):
        mint("project", path)


def test_spans_follow_rfc_5147_for_whole_lines() -> None:
    sha256 = "c36d41541a1174f0ffcd0cb69bbfc9d3"
    whole = mint_span(sha256, SpanPiece(913, 913))
    part = mint_span(sha256, SpanPiece(149, 149, 0, 1))
    assert whole == "<https://w3id.org/hyoka/id/source/c36d41541a1174f0#line=912,913>"
    assert part == "<https://w3id.org/hyoka/id/source/c36d41541a1174f0#line=148,149;char=0,1>"


def test_a_finding_has_the_same_iri_in_every_run_and_another_for_other_values() -> None:
    first = mint_finding("BUD-01", "http://example.org/x", "executed=779")
    assert first == mint_finding("BUD-01", "http://example.org/x", "executed=779")
    assert first != mint_finding("BUD-01", "http://example.org/x", "executed=780")
    assert first.startswith("<https://w3id.org/hyoka/id/finding/BUD-01/")
