"""The readers of the national corpora: what they state, what they report, what stops them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_kg.config import data_dir
from hyoka_kg.errors import LayoutError
from hyoka_kg.model import Node, Reading, SheetPart
from hyoka_kg.normalization.corporate_numbers import is_corporate_number
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.sources.cas_rs_csv import RsTable, read_rs_table
from hyoka_kg.sources.cas_rs_csv.tables import TABLES
from hyoka_kg.sources.contracts import load_groups
from hyoka_kg.sources.judgit_json import JudgitFile, objects_at, read_judgit
from hyoka_kg.sources.judgit_json.records import iter_records, years_within
from hyoka_kg.sources.lookups import Lookups, read_lookups

SHA = "0123456789abcdef" * 4
# Bits of a member of a zip: locked with a password, and its name in UTF-8.
LOCKED = 0x801


@pytest.fixture(scope="module")
def lookups() -> Lookups:
    return read_lookups(data_dir())


def read(path: Path, lookups: Lookups, main: Path | None = None) -> tuple[list[SheetPart], Reading]:
    reading = Reading()
    return list(
        read_judgit(JudgitFile(path, SHA, JudgitFile(main, "") if main else None), (0, 1), lookups, reading)
    ), reading


def by_path(part: SheetPart) -> dict[str, Node]:
    return {node.path: node for node in part.nodes}


def fields(node: Node) -> dict[str, str]:
    return dict(node.values)


def test_a_json_sheet_states_money_with_receipts(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    parts, reading = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    [part] = parts
    nodes = by_path(part)
    assert part.key.path == "mic/review-sheet/fy2018/0101"
    initial = nodes["entry/1/budget/initial/2017"]
    assert fields(initial) == {"phase": "initial", "fiscal_year": "2017", "amount": "10000000"}
    assert initial.place == "0123456789abcdef/1#/budget/1/initial"
    assert fields(nodes["entry/1/budget/carried-out/2017"])["amount"] == "-1500000"
    assert fields(nodes["entry/1/budget/requested/2019"])["amount"] == "12250000"
    assert "entry/1/budget/executed/2018" not in nodes
    assert [issue.rule for issue in reading.issues] == ["corporate-number-invalid"]


def test_a_zero_amount_may_be_a_blank(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    stated = fields(by_path(part)["entry/1/budget/supplementary/2017"])
    assert stated == {"phase": "supplementary", "fiscal_year": "2017", "status": "ambiguous-zero"}


def test_binary_fractions_are_rounded_to_the_yen(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    money = [corpora.budget(2018, initial=114.69999999999999)]
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet(予算=money)]), lookups)
    assert fields(by_path(part)["entry/1/budget/initial/2018"])["amount"] == "114700000"


def test_only_checked_corporate_numbers_name_a_payee(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    payments = [fields(node) for node in part.nodes if node.kind == "payment"]
    assert [p.get("corporate_number") for p in payments] == ["2000012020001", None, None]
    assert [p["payee"] for p in payments] == ["株式会社ためし", "個人", "株式会社誤り"]
    assert [node.path for node in part.nodes if node.kind == "block"] == ["block/A", "block/b"]


def test_indicators_keep_scale_unit_and_real_zeros(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    nodes = by_path(part)
    assert fields(nodes["entry/1/indicator/outcome-1/obs/goal/2020"])["value"] == "5000"
    actual = fields(nodes["entry/1/indicator/outcome-1/obs/actual/2017"])
    assert (actual["value"], actual["unit"]) == ("2500", "person")
    assert fields(nodes["entry/1/indicator/outcome-1/obs/target/2017"])["status"] == "zero"
    assert "entry/1/indicator/output-1/obs/expected/2017" not in nodes


def test_predecessors_of_fy2018_are_read_as_of_fy2017(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    claim = fields(by_path(part)["predecessor/1/link"])
    assert claim["link_from"] == "mic/fy2017/0100"
    assert claim["relation"] == "renumbered"


def test_a_number_of_another_ministry_is_kept_apart(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    record = corpora.sheet(2021, ministry="国土交通省", 事業番号="2021-経産-20-0437")
    del record["定量的な目標が設定できない理由"]
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [record]), lookups)
    assert part.key.number == "meti-20-0437"


def test_the_names_of_officials_are_not_stated(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = read(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()]), lookups)
    assert "名字名前" not in json.dumps(part.nodes, ensure_ascii=False)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"予算 ": []}, "unknown: 予算 "),
        ({"公開年度": "2018"}, "names no publication year"),
        ({"支出先": None}, "list is expected"),
    ],
)
def test_a_changed_object_stops(
    tmp_path: Path, corpora: ModuleType, lookups: Lookups, change: dict[str, object], message: str
) -> None:
    path = corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet(**change)])
    with pytest.raises(LayoutError, match=message):
        read(path, lookups)


def test_a_line_cut_in_half_stops_with_its_number(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    path = corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet(), corpora.sheet(number="0102")])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(LayoutError, match="line 2: the last line is cut off"):
        read(path, lookups)


@pytest.mark.parametrize("packing", ["folder", "zip"])
def test_folders_and_archives_read_as_lines_do(
    tmp_path: Path, corpora: ModuleType, lookups: Lookups, packing: str
) -> None:
    texts = {f"{n}.json": json.dumps(corpora.sheet(number=f"010{n}")) for n in (1, 2)}
    path = tmp_path / packing
    if packing == "folder":
        path.mkdir()
        for name, text in texts.items():
            (path / name).write_text(text)
    else:
        path = path.with_suffix(".zip")
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, text)
    parts, _ = read(path, lookups)
    assert [part.key.number for part in parts] == ["0101", "0102"]


def table(folder: Path, corpora: ModuleType, lookups: Lookups, name: str) -> tuple[list[SheetPart], Reading]:
    path = corpora.write_rs(folder, name, corpora.rs_tables()[name])
    source = RsTable.of(path, hashlib.sha256(path.read_bytes()).hexdigest())
    assert source is not None
    reading = Reading()
    return list(read_rs_table(source, lookups, reading)), reading


def test_all_fifteen_tables_are_stated(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    rows = corpora.rs_tables()
    assert len(rows) == len(TABLES) == len(load_groups("hyoka_kg.sources.cas_rs_csv", "2024")) == 15
    for name in rows:
        parts, _ = table(tmp_path, corpora, lookups, name)
        assert parts[0].nodes, name
        assert parts[0].key.path == "digital/review-sheet/fy2024/rs-901"


def test_the_aggregate_row_states_the_budget(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], reading = table(tmp_path, corpora, lookups, "2-1")
    nodes = by_path(part)
    assert fields(nodes["entry/1/budget/executed/2023"])["amount"] == "2700123"
    assert fields(nodes["entry/1/budget/supplementary/2023"]) == {
        "phase": "supplementary", "fiscal_year": "2023", "amount": "0", "status": "zero"
    }  # fmt: skip
    assert fields(nodes["entry/1/budget/executed/2024"])["status"] == "not-yet"
    assert fields(nodes["entry/1/budget/requested/2025"])["amount"] == "2788000"
    assert nodes["entry/1/budget/executed/2023"].place.endswith("#row=2")
    assert [(issue.rule, issue.text) for issue in reading.issues] == [
        ("account-sum-differs", "executed 2023: 2700000 2700123")
    ]


def test_effects_read_values_and_texts_by_year(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = table(tmp_path, corpora, lookups, "3-1")
    nodes = by_path(part)
    assert fields(nodes["entry/1/indicator/outcome-2/obs/actual/2023"])["value"] == "81.5"
    target = fields(nodes["entry/1/indicator/outcome-2/obs/target/2023"])
    assert target["as_printed"] == "精査中"
    assert "value" not in target
    assert fields(nodes["entry/1/indicator/outcome-2/citation/1"])["citation_kind"] == "kpi-defined-in"


def test_the_three_lists_of_a_row_are_independent(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    [part], _ = table(tmp_path, corpora, lookups, "1-3")
    citations = [fields(node)["as_printed"] for node in part.nodes if node.kind == "citation"]
    assert citations == ["ためし計画（令和6年6月21日閣議決定）", "別の計画"]
    assert [fields(node) for node in part.nodes if node.kind == "same"] == [{"law": "egov/342AC0000000081"}]


def test_a_category_that_is_not_listed_is_reported(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    _, reading = table(tmp_path, corpora, lookups, "1-2")
    assert [(issue.rule, issue.text) for issue in reading.issues] == [("unknown-main-expense-category", "知らない経費")]


def test_a_renamed_column_stops_with_the_difference(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    path = corpora.write_rs(tmp_path, "1-5", corpora.rs_tables()["1-5"])
    corpora.rewrite_rs(path, "番号（関連事業）", "番号(関連事業)")
    source = RsTable.of(path, SHA)
    assert source is not None
    with pytest.raises(LayoutError, match=r"missing: 番号（関連事業）; unknown: 番号\(関連事業\) \(U\+0028 U\+0029\)"):
        list(read_rs_table(source, lookups, Reading()))


def test_columns_in_another_order_stop_with_the_first_place(
    tmp_path: Path, corpora: ModuleType, lookups: Lookups
) -> None:
    path = corpora.write_rs(tmp_path, "1-5", corpora.rs_tables()["1-5"])
    corpora.rewrite_rs(path, "シート種別,事業年度", "事業年度,シート種別")
    source = RsTable.of(path, SHA)
    assert source is not None
    with pytest.raises(LayoutError, match="order: column 1 is '事業年度' where 'シート種別' is expected"):
        list(read_rs_table(source, lookups, Reading()))


def test_a_corrupted_zip_stops(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    path = corpora.write_rs(tmp_path, "6-1", corpora.rs_tables()["6-1"])
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    source = RsTable.of(path, SHA)
    assert source is not None
    with pytest.raises(LayoutError, match="cannot be read to its end"):
        list(read_rs_table(source, lookups, Reading()))


def test_a_member_that_cannot_be_unpacked_stops_with_its_name(
    tmp_path: Path, corpora: ModuleType, lookups: Lookups
) -> None:
    path = corpora.write_rs(tmp_path, "6-1", corpora.rs_tables()["6-1"])
    source, content = RsTable.of(path, SHA), path.read_bytes()
    assert source is not None
    list(read_rs_table(source, lookups, Reading()))
    path.write_bytes(corpora.with_header(content, flags=LOCKED))
    with pytest.raises(LayoutError, match=r"6-1_RS_2024_ためし\.csv is locked with a password.*パスワード付き"):
        list(read_rs_table(source, lookups, Reading()))
    path.write_bytes(corpora.with_header(content, method=99))
    with pytest.raises(LayoutError, match=r"packed by method 99.*圧縮方式"):
        list(read_rs_table(source, lookups, Reading()))


def test_a_locked_archive_of_json_stops_with_the_member(tmp_path: Path, corpora: ModuleType) -> None:
    path = _repository(corpora, tmp_path / "judgit-data.zip")
    within = years_within(path)[0]
    count = len(list(iter_records(path, within)))
    assert count
    path.write_bytes(corpora.with_header(path.read_bytes(), flags=LOCKED))
    with pytest.raises(LayoutError, match=r"\.json is locked with a password"):
        list(iter_records(path, within))


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_one_first_digit_of_nine_makes_a_corporate_number(base: int) -> None:
    valid = [digit for digit in range(10) if is_corporate_number(f"{digit}{base:012}")]
    assert len(valid) <= 1
    assert 0 not in valid


def _repository(corpora: ModuleType, path: Path) -> Path:
    """Write two years as the archive of the public repository holds them: an object a file, without its path."""
    younger = corpora.sheet(2023, ministry="デジタル庁", 事業番号="2023-デジ-22-0001-1", 主要施策=None)
    del younger["定量的な目標が設定できない理由"]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data-986dc766ace2/README.md", "# LOD")
        for record in (corpora.sheet(2018), corpora.sheet(2018, number="0102"), younger):
            name = f"data-986dc766ace2/{record.pop('_path')}"
            archive.writestr(name, json.dumps(record, ensure_ascii=False, indent=2))
    return path


def test_the_archive_of_the_repository_is_read_by_year(tmp_path: Path, corpora: ModuleType, lookups: Lookups) -> None:
    path = _repository(corpora, tmp_path / "judgit-data.zip")
    assert years_within(path) == ("data-986dc766ace2/data/2018/", "data-986dc766ace2/data/2023/")
    keys = {}
    for year in years_within(path):
        source = JudgitFile(path, SHA, within=year)
        parts = list(read_judgit(source, (0, 1), lookups, Reading()))
        keys[source.shape] = [(part.key.path, part.nodes[0].place) for part in parts]
    assert keys == {
        "base": [("mic/review-sheet/fy2018/0101", f"{SHA[:16]}/1"), ("mic/review-sheet/fy2018/0102", f"{SHA[:16]}/2")],
        "fy2021": [("digital/review-sheet/fy2023/22-0001-1", f"{SHA[:16]}/3")],
    }
    assert years_within(corpora.write_ndjson(tmp_path / "a.ndjson", [corpora.sheet()])) == ()


def test_an_object_of_the_archive_is_read_again_by_the_contract_of_its_year(
    tmp_path: Path, corpora: ModuleType
) -> None:
    path = _repository(corpora, tmp_path / "judgit-data.zip")
    found = objects_at(JudgitFile(path, SHA, within=years_within(path)[-1]), [1, 3])
    assert {row: "no_quantity_reason" in record for row, record in found.items()} == {1: True, 3: False}


def test_a_plan_divides_the_archive_of_the_repository_by_year(tmp_path: Path, corpora: ModuleType) -> None:
    _repository(corpora, tmp_path / "judgit-data.zip")
    plan = plan_corpus(tmp_path, data_dir())
    assert list(plan.files) == ["judgit-data.zip"]
    assert [(task.source.year, task.part) for task in plan.tasks] == [
        (year, part) for year in (2018, 2023) for part in range(6)
    ]
    assert len({task.name for task in plan.tasks}) == 12


def test_a_damaged_archive_is_told(tmp_path: Path, corpora: ModuleType) -> None:
    path = _repository(corpora, tmp_path / "judgit-data.zip")
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(LayoutError, match="Fetch the file again"):
        plan_corpus(tmp_path, data_dir())
