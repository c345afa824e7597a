"""Two builds are compared document by document, also where one puts an entry under another project."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hyoka_kg.cli.findings import sentence_of
from hyoka_kg.errors import QueryError
from hyoka_kg.pipeline.differing import Change, Fact, FactKey, diff_builds
from hyoka_kg.store import EmbeddedStore

_TURTLE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hyoka: <https://w3id.org/hyoka/def#> .
@prefix id: <https://w3id.org/hyoka/id/> .
<https://w3id.org/hyoka/id/project/{project}> a hyoka:Project ; dcterms:identifier "{project}" .
<https://w3id.org/hyoka/id/doc/sheet> a hyoka:ReviewSheet , hyoka:EvaluationDocument ;
    dcterms:identifier "sheet-fy2017-0001" .
<https://w3id.org/hyoka/id/doc/sheet/entry/1> a hyoka:ProjectEntry ;
    hyoka:entryOf <https://w3id.org/hyoka/id/project/{project}> ;
    hyoka:statedIn <https://w3id.org/hyoka/id/doc/sheet> ;
    hyoka:nameAsPrinted "{name}" .
"""


def _build(project: str, name: str) -> EmbeddedStore:
    store = ox.Store()
    text = _TURTLE.replace("{project}", project).replace("{name}", name)
    store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://w3id.org/hyoka/graph/doc/sheet"))
    return EmbeddedStore(store)


def _key(project: str, kind: str) -> FactKey:
    return FactKey(project, "sheet-fy2017-0001", kind, "", "", "")


_INDICATOR = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hyoka: <https://w3id.org/hyoka/def#> .
@prefix sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/hyoka/id/doc/sheet/entry/1/indicator/1> a hyoka:Indicator ;
    dcterms:isPartOf <https://w3id.org/hyoka/id/doc/sheet/entry/1> ; skos:notation "利用" {printed} .
<https://w3id.org/hyoka/id/doc/sheet/entry/1/indicator/1/obs/actual/2016>
    hyoka:ofIndicator <https://w3id.org/hyoka/id/doc/sheet/entry/1/indicator/1> ;
    hyoka:valueRole [ skos:prefLabel "実績値"@ja , "actual value"@en ] ;
    hyoka:fiscalYear [ skos:notation "2016" ] ; sdmx-measure:obsValue {value} {unit} .
"""
_PERSON = '; hyoka:unit [ skos:prefLabel "人"@ja , "person"@en ]'


def _telling(value: int, printed: str, unit: str = "") -> EmbeddedStore:
    built = _build("mic/a", "name")
    said = f'; hyoka:unitAsPrinted "{printed}"' if printed else ""
    text = _INDICATOR.replace("{value}", str(value)).replace("{printed}", said).replace("{unit}", unit)
    built.engine.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://w3id.org/hyoka/graph/doc/sheet"))
    return built


@pytest.mark.parametrize(
    ("printed", "unit", "told"),
    [
        ("千人", _PERSON, ("人", "person")),
        ("施設", "", ("施設", "施設")),
        # Whether a value under an unknown unit with a scale was multiplied out is not known: no unit is told.
        ("千頭", "", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_a_value_of_an_indicator_is_told_with_its_unit(printed: str, unit: str, told: tuple[str, str]) -> None:
    [change] = diff_builds(_telling(1200, printed, unit), _telling(1350, printed, unit), "mic/a")
    assert (change.before, change.after) == (Fact("1200", *told), Fact("1350", *told))
    gap = " " if told[1] else ""
    assert f"が1,200{told[0]}から1,350{told[0]}に変わりました。" in sentence_of(change, "ja")
    assert f"changed from 1,200{gap}{told[1]} to 1,350{gap}{told[1]}." in sentence_of(change, "en")


def test_an_entry_that_moved_to_another_project_is_told_and_what_it_tells_is_compared() -> None:
    before, after = _build("mic/a", "old name"), _build("mic/b", "new name")
    assert diff_builds(before, after, "mic/a") == [
        Change(_key("mic/a", "name"), Fact("old name"), Fact("new name")),
        Change(_key("mic/a", "project"), Fact("mic/a"), Fact("mic/b")),
    ]
    assert diff_builds(before, after, "mic/b") == [
        Change(_key("mic/b", "name"), Fact("old name"), Fact("new name")),
        Change(_key("mic/b", "project"), Fact("mic/a"), Fact("mic/b")),
    ]


def test_equal_builds_differ_in_nothing_and_an_unknown_project_is_refused() -> None:
    assert diff_builds(_build("mic/a", "name"), _build("mic/a", "name"), "mic/a") == []
    with pytest.raises(QueryError, match="mic/c"):
        diff_builds(_build("mic/a", "name"), _build("mic/b", "name"), "mic/c")
