"""Every rule is asked within its bounds, and what it finds is kept beside the graph for all who read findings."""

from __future__ import annotations

import csv
import io
import shutil
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hyoka_kg.cli.app import app
from hyoka_kg.errors import QueryError
from hyoka_kg.figures import draw_picture
from hyoka_kg.model import Finding, Placed, Severity
from hyoka_kg.pipeline.findings import asked_findings, stored_findings
from hyoka_kg.pipeline.judging import Bounds, judge_store
from hyoka_kg.service.explorer.describing import answer_thing
from hyoka_kg.service.explorer.visit import Visit
from hyoka_kg.service.spool import SpoolLimits
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.judgements import Asked, Judgements, Wanted, keep_findings, note_asked
from hyoka_kg.vocabulary import BASE

RULES = ("BUD-02", "X-01")


@pytest.fixture(scope="module")
def own_store(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the built sample: what is kept beside it must not meet other tests."""
    return Path(shutil.copytree(store_folder, tmp_path_factory.mktemp("judged") / "store"))


@pytest.fixture(scope="module")
def judged(own_store: Path) -> list[Asked]:
    return list(judge_store(own_store, Wanted(RULES), Bounds(600, 3072), lambda _step: None))


def _ask(store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(store)])


def test_each_rule_ends_with_its_count_and_what_it_took(judged: list[Asked]) -> None:
    assert [(one.rule, one.findings, one.cut) for one in judged] == [("BUD-02", 5, ""), ("X-01", 21, "")]
    assert all(one.mebibytes > 0 for one in judged)


def test_what_is_kept_is_what_the_rules_give(judged: list[Asked], own_store: Path) -> None:
    store = EmbeddedStore.open(own_store)
    assert store.judgements is not None
    assert [one.rule for one in store.judgements.asked()] == [one.rule for one in judged]
    kept = list(stored_findings(store, Wanted(("X-01",))))
    assert sorted(kept, key=repr) == sorted(asked_findings(store, Wanted(("X-01",))), key=repr)
    assert {one.ministry for one in kept} == {"mic"}


def test_kept_findings_are_chosen_by_rule_year_and_project(judged: list[Asked], own_store: Path) -> None:
    del judged
    answer = _ask(own_store, "findings", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(answer.stdout, newline="")))
    assert len(rows) == 26
    chosen = _ask(own_store, "findings", "--format", "csv", "--rule", "X-01", "--fy", "2017", "--ministry", "mic")
    assert list(csv.DictReader(io.StringIO(chosen.stdout, newline=""))) == [
        row for row in rows if (row["rule"], row["fy"], row["ministry"]) == ("X-01", "2017", "mic")
    ]
    name = next(row["project"] for row in rows if row["project"])
    own = _ask(own_store, "findings", "--format", "csv", "--project", name.removeprefix("mic/"))
    assert list(csv.DictReader(io.StringIO(own.stdout, newline=""))) == [row for row in rows if row["project"] == name]


def test_kept_findings_stand_on_the_page_of_what_they_are_about(
    judged: list[Asked], own_store: Path, tmp_path: Path
) -> None:
    del judged
    store = EmbeddedStore.open(own_store)
    assert store.judgements is not None
    name = next(one.project for one in stored_findings(store, Wanted()) if one.project)
    project, paper = f"{BASE}id/project/{name}", f"{BASE}id/doc/mic/ex-ante/fy2017/08"
    for thing, belongs in (
        (project, lambda one: one.project == name),
        (paper, lambda one: one.document == "mic-ex-ante-fy2017-08"),
        (f"{paper}/entry/2", lambda one: f"{one.finding.focus}/".startswith(f"{paper}/entry/2/")),
    ):
        expected = sorted(one.finding.message_ja for one in stored_findings(store, Wanted()) if belongs(one))
        assert sorted(row["message_ja"] for row in store.judgements.about(thing).as_text()) == expected
        assert expected or thing not in {project, paper}
    limits, path = SpoolLimits(str(tmp_path), 1 << 20), f"project/{name}"
    page = answer_thing(store, path=path, visit=Visit("", f"/doc/{path}", "en"), limits=limits, packed=False)
    # The graph has a query for the other tables; none of it gives what is kept beside it.
    assert "table=project_entries&amp;format=rq" in page.body.decode()
    assert "table=findings_of&amp;format=rq" not in page.body.decode()
    visit = Visit("", f"/doc/{path}", "en", (("table", "findings_of"), ("format", "csv")))
    table = answer_thing(store, path=path, visit=visit, limits=limits, packed=False)
    told = [row["message_en"] for row in csv.DictReader(io.StringIO(table.body.decode("utf-8-sig"), newline=""))]
    assert told == [row["message_en"] for row in store.judgements.about(project).as_text()]
    shown = " ".join(unescape(page.body.decode()).split())
    # A long message is folded after its beginning.
    assert [message for message in told[:25] if message[:60] not in shown] == []


def test_the_picture_counts_what_is_kept(judged: list[Asked], own_store: Path) -> None:
    figure = draw_picture(EmbeddedStore.open(own_store), "findings")
    assert sum(int(row["n"]) for row in figure.table) == sum(one.findings for one in judged)
    assert {row["rule"] for row in figure.table} == set(RULES)


def test_a_rule_that_takes_too_long_is_cut_and_keeps_nothing(tmp_path: Path, store_folder: Path) -> None:
    file = tmp_path / "findings.sqlite"
    finding = Finding("BUD-02", Severity.WARNING, "https://w3id.org/hyoka/id/x", (("a", "1"),), "一。", "One.")
    placed = Placed(finding, "d", "mic", "2017", "mic/x", "", "", "")
    assert keep_findings(file, "BUD-02", [placed, placed]) == 1
    assert list(Judgements(file).find(Wanted())) == [placed]
    note_asked(file, Asked("BUD-02", 0, 600.0, 0, "time"))
    assert list(Judgements(file).find(Wanted())) == []
    assert [one.cut for one in Judgements(file).asked()] == ["time"]
    # No rule ends within no time at all.
    store = Path(shutil.copytree(store_folder, tmp_path / "store"))
    [cut] = judge_store(store, Wanted(("BUD-02",)), Bounds(0, 3072), lambda _step: None)
    assert (cut.findings, cut.cut) == (0, "time")
    assert list(stored_findings(EmbeddedStore.open(store), Wanted())) == []


def test_an_unknown_rule_is_refused(own_store: Path) -> None:
    with pytest.raises(QueryError, match="BUD-99"):
        list(judge_store(own_store, Wanted(("BUD-99",)), Bounds(600, 3072), lambda _step: None))
    assert isinstance(_ask(own_store, "judge", "--rule", "BUD-99").exception, QueryError)
