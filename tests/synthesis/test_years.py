"""Projects over the years as public objects: the truth fits the sheets, and the same seed gives the same bytes."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hyoka_kg.model import Reading, SheetPart
from hyoka_kg.sources.judgit_json import JudgitFile, read_judgit
from hyoka_kg.sources.lookups import Lookups, read_lookups
from hyoka_kg.sources.ministries import read_ministries
from hyoka_kg.synthesis import Request, Route, synthesize
from hyoka_kg.synthesis.ancestry import Ancestry
from hyoka_kg.synthesis.ministry import MinistryYear, ministry_years

YEARS = range(2015, 2024)
PROJECTS = 300
Truth = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("years") / "government"
    synthesize(Request(5, PROJECTS, YEARS[0], YEARS[-1], route=Route.JUDGIT), folder)
    return folder


@pytest.fixture(scope="module")
def truth(folder: Path) -> Truth:
    with (folder / "identity.csv").open(encoding="utf-8", newline="") as file:
        return {row["sheet"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def parts(folder: Path, root: Path) -> dict[str, SheetPart]:
    """Return every sheet as the reader of the public objects reads it."""
    lookups: Lookups = replace(read_lookups(root / "data"), ministries=read_ministries(folder / "national"))
    found: dict[str, SheetPart] = {}
    for path in sorted((folder / "judgit").iterdir()):
        reading = Reading()
        for part in read_judgit(JudgitFile(path, "0" * 64), (0, 1), lookups, reading):
            found[f"{part.key.ministry}/{part.key.fiscal_year}/{part.key.number}"] = part
        assert {issue.rule for issue in reading.issues} <= {"carried-out-positive"}
    return found


def _money(part: SheetPart, phase: str) -> dict[int, int | None]:
    nodes = (dict(node.values) for node in part.nodes if node.kind == "budget")
    return {
        int(node["fiscal_year"]): int(node["amount"]) if "amount" in node else None
        for node in nodes
        if node["phase"] == phase
    }


def test_the_reader_reads_every_sheet_under_its_true_key(parts: dict[str, SheetPart], truth: Truth) -> None:
    assert parts.keys() == truth.keys()
    assert len(truth) == PROJECTS * len(YEARS)


def test_the_truth_is_closed(truth: Truth) -> None:
    """Every predecessor is a sheet of the year before; who continues has one, of its own project."""
    for sheet, row in truth.items():
        former = row["predecessors"].split(";") if row["predecessors"] else []
        assert all(one in truth and int(one.split("/")[1]) == int(sheet.split("/")[1]) - 1 for one in former)
        same = [one for one in former if truth[one]["project"] == row["project"]]
        assert (row["relation"] == "continues") == (len(former) == len(same) == 1)
        assert row["relation"] != "merged" or len(former) == 2


def test_what_happens_is_as_often_as_the_rates_say(truth: Truth) -> None:
    events = Counter(event for row in truth.values() for event in row["events"].split(";"))
    later = sum(row["predecessors"] != "" for row in truth.values())
    assert 0.85 < events["renumbered"] / later < 0.95
    assert 0.015 < (events["merged"] + events["split"]) / later < 0.05
    assert 0.03 < events["renamed"] / later < 0.08
    assert 0.001 < events["transferred"] / later < 0.01
    assert events["same-name-twin"] >= PROJECTS * 0.02


def test_the_same_number_names_another_project(truth: Truth) -> None:
    kept = changed = 0
    for sheet, row in truth.items():
        ministry, year, number = sheet.split("/")
        before = truth.get(f"{ministry}/{int(year) - 1}/{number}")
        if ministry == "kaku" and before is not None and "new" not in number:
            kept += before["project"] == row["project"]
            changed += before["project"] != row["project"]
    assert changed / (kept + changed) > 0.8


def test_consecutive_sheets_print_the_same_years_alike(parts: dict[str, SheetPart], truth: Truth) -> None:
    told = Counter[bool]()
    for sheet, row in truth.items():
        if row["relation"] != "continues":
            continue
        before, now = parts[row["predecessors"]], parts[sheet]
        initial, former = _money(now, "initial"), _money(before, "initial")
        shared = initial.keys() & former.keys()
        silent = not any(former[year] for year in shared)
        assert silent or all(initial[year] == former[year] for year in shared if former[year] and initial[year])
        executed, old = _money(now, "executed"), _money(before, "executed")
        told.update(executed[year] == old[year] for year in executed.keys() & old.keys() if executed[year])
    assert 0.02 < told[False] / sum(told.values()) < 0.12


def test_parts_add_up_to_the_whole() -> None:
    years = list(ministry_years(5, 200, 2015, 2019))
    ancestry = Ancestry(5, 2015)
    for year in years:
        ancestry.learn(year)
    seen = Counter(kind for year in years for kind in _add_up(year, ancestry))
    assert seen["split"] >= 3
    assert seen["merged"] >= 3


def _add_up(year: MinistryYear, ancestry: Ancestry) -> list[str]:
    heirs: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for one in year.projects:
        if ancestry.births[one.id].fiscal_year == year.fiscal_year and one.predecessors:
            heirs[one.predecessors].append(one.id)
    for parents, children in heirs.items():
        before = year.fiscal_year - 1
        old = [ancestry.budget(one, before) for one in parents]
        new = [ancestry.budget(one, before) for one in children]
        assert sum(one.executed for one in old if one) == sum(one.executed for one in new if one)
        assert sum(one.initial for one in old if one) == sum(one.initial for one in new if one)
    return ["merged" if len(parents) > 1 else "split" for parents in heirs]


def test_former_sheets_are_listed_in_two_years_and_sometimes_wrongly(folder: Path, truth: Truth) -> None:
    key = "関連する過去のレビューシート"
    listed = {path.stem[-4:]: [one[key] for one in _objects(path)] for path in (folder / "judgit").iterdir()}
    assert {year for year, sheets in listed.items() if any(sheets)} == {"2018", "2019"}
    assert Counter(row["listed"].split(":")[0] for row in truth.values()).keys() == {"", "wrong", "related"}


def _objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@settings(max_examples=5)
@given(seed=st.integers(0, 10_000), projects=st.integers(1, 25), span=st.integers(0, 4))
def test_the_same_seed_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, seed: int, projects: int, span: int
) -> None:
    request = Request(seed, projects, 2017, 2017 + span, route=Route.JUDGIT)
    folders = [tmp_path_factory.mktemp("seed") / "out" for _ in range(2)]
    for one in folders:
        synthesize(request, one)
    assert _hashes(folders[0]) == _hashes(folders[1])


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_truth_tells_which_mergers_and_splits_are_given_away(truth: Truth, parts: dict[str, SheetPart]) -> None:
    made = [row for row in truth.values() if row["relation"] in ("merged", "split")]
    assert {row["evident"] for row in truth.values() if row not in made} == {""}
    assert {row["evident"] for row in made} == {"stated", "figures", ""}
    for row in made:
        year = int(row["sheet"].split("/")[1])
        formers = row["predecessors"].split(";")
        if row["evident"] == "stated":
            listed = {dict(node.values)["link_from"] for node in parts[row["sheet"]].nodes if node.kind == "link"}
            named = {f"{m}/fy{y}/{n}" for m, y, n in (former.split("/") for former in formers)}
            assert named <= listed
        before = {y: yen for y, yen in _money(parts[row["sheet"]], "initial").items() if y < year and yen}
        if row["evident"] == "figures":
            assert len(before) >= 2
        if row["evident"] == "figures" and row["relation"] == "merged":
            sums = {y: sum(_money(parts[one], "initial").get(y) or 0 for one in formers) for y in before}
            assert before == sums
