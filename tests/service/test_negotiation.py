"""Content negotiation after RFC 9110, and the `format` parameter that wins over it."""

from __future__ import annotations

import pytest

from hyoka_kg.service.negotiation import GRAPH_OFFERS, RESULT_OFFERS, choose_media_type
from hyoka_kg.service.refusals import Refusal

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV, TURTLE = "text/csv", "text/tab-separated-values", "text/turtle"
NOTHING = "406"

RESULTS = [
    (None, JSON),
    ("", JSON),
    ("*/*", JSON),
    ("application/json", JSON),
    ("text/xml", XML),
    ("application/xml", XML),
    ("text/csv", CSV),
    ("TEXT/CSV", CSV),
    ("text/csv; charset=utf-8", CSV),
    ("text/tab-separated-values", TSV),
    ("text/*", CSV),
    ("application/*", JSON),
    ("text/csv;q=0.5, application/sparql-results+xml;q=0.7", XML),
    ("text/csv;q=0.9, */*;q=0.8", CSV),
    ("text/html, */*;q=0.1", JSON),
    (f"{JSON};q=0, */*", XML),
    ("text/csv;q=0, text/*", TSV),
    ("application/json;q=0, application/sparql-results+json", JSON),
    ("*/*;q=0, text/csv", CSV),
    ("text/csv;q=0.001", CSV),
    ("text/csv;q=2, text/tab-separated-values;q=0.1", TSV),
    ("nonsense, text/csv", CSV),
    ("application/sparql-results+json,application/json,text/javascript,application/javascript", JSON),
    (f"{JSON};q=1.0, {XML};q=0.7", JSON),
    ("text/html", NOTHING),
    ("text/turtle", NOTHING),
    ("text/csv;q=0", NOTHING),
    ("*/*;q=0", NOTHING),
    ("image/*", NOTHING),
]


@pytest.mark.parametrize(("accept", "expected"), RESULTS)
def test_accept_chooses_the_format_of_rows(accept: str | None, expected: str) -> None:
    if expected == NOTHING:
        with pytest.raises(Refusal, match="text/csv") as refused:
            choose_media_type(RESULT_OFFERS, accept)
        assert refused.value.status == 406
    else:
        assert choose_media_type(RESULT_OFFERS, accept) == expected


GRAPHS = [
    (None, TURTLE),
    ("*/*", TURTLE),
    ("application/turtle,text/turtle", TURTLE),
    ("application/n-triples,*/*;q=0.9", "application/n-triples"),
    ("application/ld+json", "application/ld+json"),
    ("application/json", "application/ld+json"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/trig", "application/trig"),
    ("application/n-quads;q=0.9, text/turtle;q=0.5", "application/n-quads"),
]


@pytest.mark.parametrize(("accept", "expected"), GRAPHS)
def test_accept_chooses_the_format_of_graphs(accept: str | None, expected: str) -> None:
    assert choose_media_type(GRAPH_OFFERS, accept) == expected


NAMED = [
    (("csv",), "*/*", CSV),
    (("json", "json", "json"), None, JSON),
    (("text/csv",), None, CSV),
    (("application/sparql-results xml",), None, XML),
    (("tsv", "text/tab-separated-values"), None, TSV),
    (("CSV",), "text/html", CSV),
    (("unheard-of",), "text/csv", CSV),
    (("",), "text/csv", CSV),
]


@pytest.mark.parametrize(("formats", "accept", "expected"), NAMED)
def test_a_format_parameter_wins_over_accept(formats: tuple[str, ...], accept: str | None, expected: str) -> None:
    assert choose_media_type(RESULT_OFFERS, accept, formats) == expected


def test_a_known_format_of_the_other_kind_is_refused() -> None:
    with pytest.raises(Refusal, match="format=csv"):
        choose_media_type(GRAPH_OFFERS, "*/*", ("csv",))


def test_sparqlwrapper_asks_for_json_ld_twice() -> None:
    formats = ("json-ld", "application/ld+json,application/x-json+ld")
    assert choose_media_type(GRAPH_OFFERS, None, formats) == "application/ld+json"
