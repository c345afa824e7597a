"""Small corpora of our own, in the shape of the public ones; every name and number in them is made up."""

from __future__ import annotations

import csv
import io
import json
import lzma
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hyoka_kg.sources.contracts import load_groups

RS_FILE = {"1-2": "基本情報_事業概要等", "2-1": "予算・執行_サマリ", "5-1": "支出先_支出情報"}


def budget(year: int, *, initial: float = 10.0, executed: float | None = 9.5) -> dict[str, Any]:
    """Return the money of one year; a blank has become 0.0, as in the source."""
    row: dict[str, Any] = {"年度": year, "当初予算": initial, "補正予算": 0.0, "前年度から繰越し": 0.0}
    row |= {"翌年度へ繰越し": -1.5, "予備費等": 0.0, "予算計": initial - 1.5}
    return row if executed is None else row | {"執行額": executed}


def sheet(year: int = 2018, number: str = "0101", ministry: str = "総務省", **changes: Any) -> dict[str, Any]:
    """Return one review sheet as a JSON object of the years without plans and unit costs."""
    record: dict[str, Any] = {
        "_path": f"data/{year}/{ministry}/{number}.json",
        "ID": 1,
        "事業ID": 1,
        "公開年度": year,
        "事業名": "ためしの事業",
        "開始年度": 2010,
        "終了年度": None,
        "府省庁": ministry,
        "事業番号1": None,
        "事業番号2": number,
        "事業番号3": None,
        "事業番号4": None,
        "事業番号5": None,
        "事業番号": number,
        "担当部局庁": "ためし局",
        "担当課室": None,
        "作成責任者": "課長 名字名前",
        "会計区分": ["一般会計"],
        "事業目的": "ためすこと。",
        "事業概要": "ためす。\n二行目。",
        "実施方法": ["直接実施", "委託・請負"],
        "主要施策": ["その他"],
        "予算": [budget(year - 2), budget(year - 1), budget(year, executed=None), {"年度": year + 1, "要求額": 12.25}],
        "支出先": [
            payment("A", "株式会社ためし", "2000012020001", 3.5),
            payment("A", "個人", "9999999999999", 0.25),
            payment("b", "株式会社誤り", "2000012020002", 0.0),
        ],
        "アウトカム": [
            {
                "成果目標": "よくする",
                "成果指標": "よくなった数",
                "単位": "千人",
                "目標値": "5",
                "目標最終年度": year + 2,
                "成果実績": [{"年度": year - 1, "成果実績": 2.5, "目標値": 0.0}],
            }
        ],
        "定量的な目標が設定できない理由": None,
        "アウトプット": [
            {"活動指標": "回数", "単位": "回", "活動実績": [{"年度": year - 1, "活動実績": 3, "当初見込み": None}]}
        ],
        "url": "https://example.org/sheet.pdf",
        "関連する過去のレビューシート": [
            {"府省庁": ministry, "事業番号1": None, "事業番号2": "0100", "事業番号3": "0", "年度": 2010}
        ],
    }
    return record | changes


def payment(block: str, payee: str, number: str | None, amount: float) -> dict[str, Any]:
    """Return one payee row."""
    row = {"年度": 2017, "グループ": block, "番号": 1, "支出先名": payee, "法人番号": number}
    return row | {"業務概要": "ためす仕事", "支出額": amount}


def write_ndjson(path: Path, sheets: Iterable[Mapping[str, Any]]) -> Path:
    """Write sheets as lines of JSON, compressed where the name says so."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in sheets).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text) if path.name.endswith(".xz") else text)
    return path


def rs_row(table: str, rs_id: str = "000901", **fields: str) -> dict[str, str]:
    """Return one row of an RS table by our field names; what is not given is empty."""
    group = load_groups("hyoka_kg.sources.cas_rs_csv", "2024")[table]
    row = {column.field: "" for column in group.columns.values()}
    common = {
        "sheet_kind": "レビューシート",
        "year": "2024",
        "rs_id": rs_id,
        "name": "庁の独自の仕組み",
        "ministry": "デジタル庁",
    }
    return row | common | fields


def write_rs(folder: Path, table: str, rows: Iterable[Mapping[str, str]], title: str = "ためし") -> Path:
    """Write an RS table as a zip with one CSV file: UTF-8 with BOM, CRLF."""
    group = load_groups("hyoka_kg.sources.cas_rs_csv", "2024")[table]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(group.labels)
    writer.writerows([row[column.field] for column in group.columns.values()] for row in rows)
    name = f"{table}_RS_2024_{title}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}.csv"), buffer.getvalue().encode("utf-8-sig"))
    return path


def rewrite_rs(path: Path, old: str, new: str, row: int = 1) -> None:
    """Change the first text of its kind in a row of a table; the header is row 1."""
    with zipfile.ZipFile(path) as archive:
        [name] = archive.namelist()
        lines = archive.read(name).decode("utf-8-sig").splitlines(keepends=True)
    assert old in lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "".join(lines).encode("utf-8-sig"))


def with_header(archive: bytes, *, flags: int | None = None, method: int | None = None) -> bytes:
    """Return a zip whose members bear other flags (1: locked with a password) or another method of packing."""
    changed = bytearray(archive)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            for value, offset in ((flags, 0), (method, 2)):
                if value is not None:
                    changed[at + place + offset : at + place + offset + 2] = value.to_bytes(2, "little")
            at = changed.find(sign, at + 4)
    return bytes(changed)


def rs_tables() -> dict[str, list[dict[str, str]]]:
    """Return the rows of all fifteen tables for one sheet, and a second sheet in the budget table."""
    money = {
        "supplementary": "0",
        "carried-in": "0",
        "reserve": "-5000",
        "carried-out": "100",
        "requested": "2788000.0",
    }
    total = {"budget_year": "2023", "initial": "2786000", "current": "2781000", "executed": "2700123", **money}
    account = {"account_initial": "2786000", "account_reserve_1": "-5000", "account_current": "2781000"}
    this_year = {"budget_year": "2024", "initial": "1000", "current": "995000", "executed": "0", **money}
    return {
        "1-1": [rs_row("1-1", bureau="ためし局", division="ためし課")],
        "1-2": [
            rs_row(
                "1-2",
                purpose="ためす。",
                start_year="2021",
                no_end="TRUE",
                direct="1",
                main_expense_category="エネルギー対策費",
            ),
            rs_row("1-2", rs_id="902", name="二つ目", end_year="2025", main_expense_category="知らない経費"),
        ],
        "1-3": [
            rs_row(
                "1-3",
                policy_number="1",
                policy="ためしの政策",
                measure="ためしの施策",
                law_number_in_list="1",
                law_name="ためし法",
                law_id="342AC0000000081",
                plan_number="1",
                plan_name="ためし計画（令和6年6月21日閣議決定）",
            ),
            rs_row("1-3", plan_number="2", plan_name="別の計画"),
        ],
        "1-4": [rs_row("1-4", number="1", rate="'定額")],
        "1-5": [rs_row("1-5", number="1", related_id="0902", relation="統合元")],
        "2-1": [
            rs_row("2-1", **total),
            rs_row("2-1", budget_year="2023", account_class="一般会計", account_executed="2700000", **account),
            rs_row("2-1", **this_year),
        ],
        "2-2": [
            rs_row("2-2", budget_year="2023", kind="当初予算", chapter="ためし費", item="諸謝金", amount="1107000")
        ],
        "3-1": [
            rs_row(
                "3-1",
                number="2",
                kind="アウトカム",
                indicator="割合",
                unit="％",
                value_kind="実績値",
                plan_name="ためし計画",
                **{"2023": "81.5"},
            ),
            rs_row(
                "3-1",
                number="2",
                kind="アウトカム",
                indicator="割合",
                unit="％",
                value_kind="目標値",
                plan_name="ためし計画",
                **{"2023": "精査中"},
            ),
        ],
        "3-2": [
            rs_row(
                "3-2",
                from_number="1",
                from_kind="アクティビティ",
                from_text="ためす",
                to_number="1",
                to_kind="アウトプット",
                to_text="回数",
            ),
            rs_row(
                "3-2",
                from_number="1",
                from_kind="アウトプット",
                from_text="回数",
                to_number="2",
                to_kind="アウトカム",
                to_text="割合",
            ),
        ],
        "4-1": [
            rs_row(
                "4-1",
                inspection="よい。",
                external_category="書面点検",
                team_category="現状通り",
                follow_up_category="縮減",
            )
        ],
        "5-1": [
            rs_row("5-1", block="A", block_name="株式会社ためし", block_amount="5000"),
            rs_row("5-1", block="A", payee="株式会社ためし", corporate_number="2000012020001", payee_amount="5000"),
            rs_row(
                "5-1", block="A", payee="株式会社ためし", corporate_number="2000012020001", work="仕事", amount="5000"
            ),
        ],
        "5-2": [rs_row("5-2", block="A", block_name="株式会社ためし")],
        "5-3": [rs_row("5-3", block="A", payee="株式会社ためし", item="雑役務費", amount="3000")],
        "5-4": [rs_row("5-4", block="A", payee="株式会社ためし", work="長い契約", amount="9000")],
        "6-1": [rs_row("6-1", remarks="備考です。")],
    }


def write_corpus(folder: Path) -> Path:
    """Write a corpus of two years of JSON sheets and all fifteen tables."""
    write_ndjson(
        folder / "judgit" / "judgit_2018.ndjson.xz", [sheet(), sheet(number="新30-0001"), sheet(number="0036")]
    )
    write_ndjson(
        folder / "judgit" / "judgit_2019.ndjson", [sheet(2019, number="0101", **{"関連する過去のレビューシート": []})]
    )
    for table, rows in rs_tables().items():
        write_rs(folder / "rs", table, rows)
    return folder
