"""Targets and actuals go out as IATI and as a Data Cube, and come back the same; what has no place is told by name."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from defusedxml import ElementTree
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.pipeline.exchange import LeftOut, StatedValue, cells_of, read_values, write_cube, write_iati
from hyoka_kg.store import EmbeddedStore

_QB = rdflib.Namespace("http://purl.org/linked-data/cube#")
_HYOKA = rdflib.Namespace("https://w3id.org/hyoka/def#")
_VALUE = rdflib.URIRef("http://purl.org/linked-data/sdmx/2009/measure#obsValue")
_PERIOD = rdflib.URIRef("http://purl.org/linked-data/sdmx/2009/dimension#refPeriod")
# The order of elements in the schema of IATI 2.03, as far as they are written here.
_ORDER = {
    "iati-activity": [
        "iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status",
        "activity-date", "recipient-country", "result",
    ],
    "result": ["title", "indicator"],
    "indicator": ["title", "description", "reference", "baseline", "period"],
    "period": ["period-start", "period-end", "target", "actual"],
    "baseline": ["comment"],
    "target": ["comment"],
    "actual": ["comment"],
}  # fmt: skip
_NEEDED = {"result": {"type"}, "indicator": {"measure"}, "baseline": {"year", "value"}, "target": {"value"}}


@pytest.fixture(scope="module")
def store(store_folder: Path) -> EmbeddedStore:
    return EmbeddedStore.open(store_folder)


@pytest.fixture(scope="module")
def values(store: EmbeddedStore) -> list[StatedValue]:
    return read_values(store, cells_of(store))


@pytest.fixture(scope="module")
def iati(values: list[StatedValue]) -> tuple[Any, list[LeftOut]]:
    output = io.BytesIO()
    left_out = write_iati(values, output)
    return ElementTree.fromstring(output.getvalue()), left_out


def _read_back(root: Any) -> set[tuple[str, ...]]:
    """Return indicator, year, role, number, comparator and statement of all that an IATI file tells."""
    found = set()
    for indicator in root.iter("indicator"):
        name = indicator.find("reference").get("code")
        places = [(one, one.get("year")) for one in indicator.findall("baseline")]
        for period in indicator.findall("period"):
            year = period.find("period-start").get("iso-date")[:4]
            assert period.find("period-end").get("iso-date") == f"{int(year) + 1}-03-31"
            places += [(one, year) for role in ("target", "actual") for one in period.findall(role)]
        for place, year in places:
            comparator, cell = place.findtext("comment/narrative").split(" ")
            compared = "" if comparator == "-" else comparator
            found.add((name, year, place.tag, place.get("value"), compared, cell))
    return found


def _as_stated(value: StatedValue) -> tuple[str, ...]:
    return (value.indicator, value.fy, value.role, value.value, value.comparator, value.cell)


def test_iati_gives_back_every_value_that_it_can_say(
    values: list[StatedValue], iati: tuple[Any, list[LeftOut]]
) -> None:
    root, left_out = iati
    missing = {one.cell for one in left_out}
    assert _read_back(root) == {_as_stated(value) for value in values if value.cell not in missing}
    assert len(_read_back(root)) + len(left_out) == len(values) == 1152


def test_every_pair_of_target_and_actual_comes_back(values: list[StatedValue], iati: tuple[Any, list[LeftOut]]) -> None:
    def pairs(told: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
        targets = {(t[0], t[1]): t for t in told if t[2] == "target"}
        return {(*targets[a[0], a[1]], *a) for a in told if a[2] == "actual" and (a[0], a[1]) in targets}

    stated = pairs({_as_stated(value) for value in values if value.value and value.fy})
    assert len(stated) > 100
    assert pairs(_read_back(iati[0])) == stated


def test_what_iati_cannot_say_is_told_by_name(iati: tuple[Any, list[LeftOut]]) -> None:
    assert Counter(one.reason for one in iati[1]) == {
        "role-expected-has-no-place": 270,
        "role-goal-has-no-place": 95,
        "no-number-dash": 39,
        "no-number-reported": 24,
        "no-number-not-printed": 9,
        "role-achievement-rate-has-no-place": 7,
        "role-interim-goal-has-no-place": 4,
        "role-reference-has-no-place": 1,
    }


def test_a_value_without_a_year_is_left_out_and_one_with_a_year_is_not(values: list[StatedValue]) -> None:
    target = next(value for value in values if value.role == "target" and value.value and value.fy)
    assert write_iati([target], io.BytesIO()) == []
    assert write_iati([replace(target, fy="")], io.BytesIO()) == [LeftOut(target.cell, "no-fiscal-year")]


def test_the_file_keeps_the_rules_of_the_standard(iati: tuple[Any, list[LeftOut]]) -> None:
    root, _ = iati
    assert root.tag == "iati-activities"
    assert root.get("version") == "2.03"
    identifiers = [one.text for one in root.iter("iati-identifier")]
    assert len(identifiers) == len(set(identifiers)) > 10
    for activity in root:
        identifier = activity.findtext("iati-identifier")
        assert not set("/&|?") & set(identifier)
        assert identifier.startswith(activity.find("reporting-org").get("ref"))
    for element in root.iter():
        order = _ORDER.get(element.tag)
        if order:
            places = [order.index(child.tag) for child in element]
            assert places == sorted(places), element.tag
        assert _NEEDED.get(element.tag, set()) <= set(element.keys())
    assert all(one.text for one in root.iter("narrative"))


def test_the_cube_gives_back_everything(store: EmbeddedStore, values: list[StatedValue]) -> None:
    output = io.BytesIO()
    write_cube(store, cells_of(store), output)
    graph = rdflib.Graph().parse(data=output.getvalue(), format="turtle")
    observations = set(graph.subjects(rdflib.RDF.type, _QB.Observation))
    assert len(observations) == len(values)
    told = {
        (
            str(graph.value(one, rdflib.DCTERMS.source)),
            str(graph.value(one, _HYOKA.ofIndicator)),
            str(graph.value(one, _HYOKA.valueRole)).rpartition("/")[2],
            str(graph.value(one, _PERIOD) or "").rpartition("/")[2],
            str(graph.value(one, _VALUE) if graph.value(one, _VALUE) is not None else ""),
        )
        for one in observations
    }
    expected = {(value.cell, value.indicator, value.role, value.fy, value.value) for value in values}
    assert {row[:4] for row in told} == {row[:4] for row in expected}
    assert {(row[0], float(row[4] or "nan")) for row in told if row[4]} == {
        (row[0], float(row[4])) for row in expected if row[4]
    }


def test_the_cube_is_well_formed(store: EmbeddedStore) -> None:
    output = io.BytesIO()
    write_cube(store, cells_of(store), output)
    graph = rdflib.Graph().parse(data=output.getvalue(), format="turtle")
    # IC-1 and IC-2 of the RDF Data Cube: one data set an observation, one structure a data set.
    (dataset,) = graph.subjects(rdflib.RDF.type, _QB.DataSet)
    assert len(list(graph.objects(dataset, _QB.structure))) == 1
    assert {str(one) for one in graph.objects(None, _QB.dataSet)} == {str(dataset)}
    # IC-11 and IC-12: every observation has every dimension, and no two the same.
    dimensions = sorted(graph.objects(None, _QB.dimension))
    assert len(dimensions) == 3
    keys = [
        tuple(graph.value(one, dimension) for dimension in dimensions)
        for one in graph.subjects(rdflib.RDF.type, _QB.Observation)
    ]
    assert all(None not in key for key in keys)
    assert len(keys) == len(set(keys))


def test_the_command_tells_what_was_left_out(store_folder: Path, tmp_path: Path) -> None:
    arguments = ["exchange", "iati", "-o", str(tmp_path / "results.xml"), "--store", str(store_folder)]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0
    assert "written: 703 of 1,152 values" in told.stderr
    assert "left out: role-goal-has-no-place 95" in told.stderr
    assert (tmp_path / "results.xml").read_bytes().startswith(b"<?xml")


def test_a_ministry_tells_its_own_values_and_all_of_them(store: EmbeddedStore, values: list[StatedValue]) -> None:
    told = {code: cells_of(store, code) for code in {value.ministry for value in values}}
    assert set(told) == {"mic", "cas"}
    assert all(told.values())
    assert {cell: code for code, cells in told.items() for cell in cells} == {one.cell: one.ministry for one in values}
    assert cells_of(store, "総務省") == told["mic"]
    assert {one.ministry for one in read_values(store, told["cas"])} == {"cas"}


def test_a_ministry_that_there_is_not_is_refused(store_folder: Path, tmp_path: Path) -> None:
    arguments = ["exchange", "datacube", "--ministry", "nowhere", "--store", str(store_folder)]
    told = CliRunner().invoke(app, [*arguments, "-o", str(tmp_path / "cube.ttl")])
    assert "No ministry has the identifier or name 'nowhere'" in str(told.exception)
    assert not (tmp_path / "cube.ttl").exists()


def test_the_parts_of_a_cube_are_one_file(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    cells, whole, parts = cells_of(store, "cas"), io.BytesIO(), io.BytesIO()
    write_cube(store, cells, whole)
    monkeypatch.setattr("hyoka_kg.pipeline.exchange.values._PART", 3)
    write_cube(store, cells, parts)
    first, second = (rdflib.Graph().parse(data=one.getvalue(), format="turtle") for one in (whole, parts))
    assert len(cells) == 4
    assert set(first) == set(second)
