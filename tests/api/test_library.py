"""The library: every documented example runs, answers equal the command line's, and importing costs nothing."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import FunctionType

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

import hyoka_kg as hk
import hyoka_kg.api
from hyoka_kg.api.values import Value, python_value
from hyoka_kg.cli.app import app
from hyoka_kg.errors import MissingPackageError, QueryError, StoreError
from hyoka_kg.pipeline.samples import sample_store
from hyoka_kg.store import Rows

_MODULES = [
    "hyoka_kg",
    "hyoka_kg.errors",
    *(f"hyoka_kg.api.{module.name}" for module in pkgutil.iter_modules(hyoka_kg.api.__path__)),
]
_XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture
def samples_at(store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the sample that the library would build be the one that is built already."""
    monkeypatch.setattr("hyoka_kg.pipeline.samples.build", lambda store, progress: store.symlink_to(store_folder))
    monkeypatch.setenv("HYOKA_SAMPLES", str(tmp_path))
    return tmp_path


def test_the_examples_of_the_docstrings_run(
    kg: hk.KnowledgeGraph, samples_at: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(samples_at)
    (samples_at / "store").symlink_to(store_folder)
    names = {"hk": hk, "kg": kg, "folder": "store"}
    tried = 0
    for module in map(importlib.import_module, _MODULES):
        failed, attempted = doctest.testmod(module, extraglobs=names)
        assert failed == 0, module.__name__
        tried += attempted
    assert tried >= 40


def _told(owner: type) -> Iterator[tuple[str, str]]:
    """Yield the public methods and properties of a class with their docstrings."""
    for name, member in vars(owner).items():
        if not name.startswith("_") and isinstance(member, FunctionType | property):
            yield f"{owner.__name__}.{name}", inspect.getdoc(member) or ""


def test_every_public_name_is_told_with_an_example() -> None:
    public = [getattr(hk, name) for name in hk.__all__ if name != "__version__"]
    told = {thing.__name__: inspect.getdoc(thing) or "" for thing in public}
    for owner in filter(inspect.isclass, public):
        told |= dict(_told(owner))
    assert [name for name, text in told.items() if ">>>" not in text] == []
    assert len(told) > 30


def test_importing_the_package_imports_no_other() -> None:
    code = "import sys; before = set(sys.modules); import hyoka_kg; print(*sorted(set(sys.modules) - before))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.partition(".")[0] for name in run.stdout.split()}
    assert imported - sys.stdlib_module_names == {"hyoka_kg"}
    assert "hyoka_kg.errors" not in run.stdout.split()


def test_the_names_of_the_package_are_those_of_its_stub() -> None:
    stub = (Path(hyoka_kg.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    assert all(f"{name}" in stub for name in hk.__all__)
    assert stub.count(" as ") == len(hk.__all__) - 1
    assert set(hk.__all__) <= set(dir(hk))
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        hk.opne  # noqa: B018 - asking is enough


def test_an_answer_equals_what_the_command_prints(kg: hk.KnowledgeGraph, store_folder: Path, tmp_path: Path) -> None:
    answer = kg.query("tr01", project="mic/juki-net-security")
    arguments = ["query", "tr01", "-p", "project=juki-net-security", "--format", "csv", "--store", str(store_folder)]
    printed = CliRunner().invoke(app, arguments)
    assert len(answer) == 46
    assert answer.to_csv(tmp_path / "answer.csv") == printed.stdout
    assert (tmp_path / "answer.csv").read_bytes().decode() == printed.stdout


def test_frames_hold_the_same_money(kg: hk.KnowledgeGraph) -> None:
    answer = kg.project("juki-net-security").money()
    exact = sum(value for value in answer.column("amount_mjpy") if isinstance(value, Decimal))
    assert exact > 0
    assert answer.to_pandas()["amount_mjpy"].sum() == pytest.approx(float(exact))
    assert answer.to_polars()["amount_mjpy"].sum() == pytest.approx(float(exact))
    assert answer.to_polars().shape == answer.to_pandas().shape == (len(answer), 7)
    # No page is printed for a sheet of the public objects: missing, not zero.
    missing = answer.column("page").count(None)
    assert missing > 0
    assert answer.to_pandas()["page"].isna().sum() == answer.to_polars()["page"].null_count() == missing


def test_a_frame_of_no_rows_keeps_its_columns() -> None:
    empty = hk.Answer(Rows(("fy", "amount"), []))
    assert list(empty.to_pandas().columns) == empty.to_polars().columns == ["fy", "amount"]
    assert empty.rows == []


def test_a_column_of_several_kinds_is_kept() -> None:
    mixed = hk.Answer(Rows(("value",), [(ox.Literal(1),), (ox.Literal("one"),), (None,)]))
    assert mixed.to_pandas()["value"].tolist() == [1, "one", None]
    assert mixed.to_polars()["value"].to_list() == ["1", "one", None]


@pytest.mark.parametrize(("package", "method"), [("pandas", "to_pandas"), ("polars", "to_polars")])
def test_a_missing_package_tells_its_extra(
    kg: hk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, package: str, method: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackageError, match=rf"pip install 'hyoka-kg\[{package}\]'"):
        getattr(kg.queries(), method)()


def test_oxrdflib_is_an_extra_too(kg: hk.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxrdflib", None)
    with pytest.raises(MissingPackageError, match="oxrdflib"):
        kg.to_oxrdflib()


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("7", "integer", 7),
        ("0.10", "decimal", Decimal("0.10")),
        ("1", "boolean", True),
        ("false", "boolean", False),
        ("2017-08-31", "date", date(2017, 8, 31)),
        ("2017-08-31Z", "date", "2017-08-31Z"),
        ("seven", "integer", "seven"),
        ("2017", "gYear", "2017"),
    ],
)
def test_a_value_is_of_its_datatype_or_stays_text(text: str, datatype: str, value: Value) -> None:
    read = python_value(ox.Literal(text, datatype=ox.NamedNode(_XSD + datatype)))
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    "what", ["no-such-project", "hyk:project/mic/none", "https://example.org/thing", "hyk:org/mic"]
)
def test_what_is_no_project_is_refused(kg: hk.KnowledgeGraph, what: str) -> None:
    with pytest.raises(QueryError):
        kg.project(what)


def test_each_form_of_query_has_its_method(kg: hk.KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match=r"ask\(\)"):
        kg.sparql("ASK { ?s ?p ?o }")
    with pytest.raises(QueryError, match="ASK is needed"):
        kg.ask("SELECT * { ?s ?p ?o }")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        kg.construct("ASK { ?s ?p ?o }")
    assert not kg.ask("ASK { ?s <https://example.org/none> ?o }")


def test_a_parameter_that_is_none_keeps_its_default(kg: hk.KnowledgeGraph) -> None:
    assert kg.query("cq11", project=None).rows == kg.query("cq11", project="juki-net-security").rows
    with pytest.raises(QueryError, match="planet"):
        kg.query("cq11", planet="earth")


def test_opening_what_is_not_there_tells_both_ways(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"hyoka build --store .*hyoka_kg\.sample\(\)"):
        hk.open(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []


def test_opening_nothing_asks_the_environment(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_STORE", str(store_folder))
    assert hk.open().address == str(store_folder)
    monkeypatch.setenv("HYOKA_SPARQL_URL", "https://example.org/sparql")
    assert hk.open().address == "https://example.org/sparql"


def test_the_sample_is_built_once(samples_at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hk.sample()
    monkeypatch.setattr("hyoka_kg.pipeline.samples.build", None)
    assert hk.sample().address == first.address
    assert Path(first.address).parent == samples_at
    # Built of other content, it has another name, and is built anew.
    monkeypatch.setattr("hyoka_kg.pipeline.samples.__version__", "99.0")
    with pytest.raises(TypeError):
        sample_store(samples_at)


def test_a_notebook_shows_rows_as_a_table(kg: hk.KnowledgeGraph) -> None:
    page = kg.query("cq10", ministry="mic", number="0036")._repr_html_()
    assert page.count("<tr>") == 12
    assert "11 rows" in page
