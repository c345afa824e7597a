"""The command `hyoka fetch`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from hyoka_kg.cli.app import app
from hyoka_kg.errors import HyokaError


@pytest.fixture
def data(bench: Any, tmp_path: Path, tools: Any) -> Path:
    """Return a data folder whose one source is the loopback server, with a good file and a missing one."""
    entry = dict.fromkeys(
        ("title_ja", "title_en", "publisher_ja", "publisher_en", "licence_ja", "licence_en", "attribution"), "試し"
    )
    entry |= {"page": "https://example.org/", "licence_url": "https://example.org/licence", "changes": "in-place"}
    entry |= {"hosts": ["127.0.0.1"], "max_megabytes": 1, "pause_seconds": 0, "years": [2024, 2025]}
    entry |= {"address": f"{bench.server.base}/{{year}}/{{name}}", "files": [{"name": "t_{year}.zip"}]}
    folder = tmp_path / "data"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "downloads.yml").write_text(yaml.safe_dump({"trial": entry}), encoding="utf-8")
    bench.serve(lambda handler: handler.answer(200, tools.zipped()), name="2024/t_2024.zip")
    bench.serve(lambda handler: handler.answer(404), name="2025/t_2025.zip")
    return folder


def call(*arguments: str, **env: str) -> Result:
    return CliRunner().invoke(app, ["fetch", *arguments], env=env)


def test_the_sources_are_listed_with_their_licences() -> None:
    told = call().output
    assert "cas_rs_csv: 行政事業レビューシート" in told
    assert "30 file(s), FY 2024 2025; https://rssystem.go.jp/download-csv" in told
    assert "公共データ利用規約（第1.0版） / Public Data License 1.0" in told
    assert "judgit_json" in told
    assert [source["id"] for source in json.loads(call("--json").stdout)] == ["cas_rs_csv", "judgit_json"]


def test_the_files_of_a_choice_are_shown() -> None:
    told = call("cas_rs_csv", "--year", "2024", "--only", "5-1", "--list").stdout
    assert told.splitlines()[0] == "5-1_RS_2024_支出先_支出情報.zip"
    assert told.splitlines()[1].startswith("  https://rssystem.go.jp/files/2024/rs/5-1_RS_2024_%E6%94%AF")
    assert len(json.loads(call("cas_rs_csv", "--list", "--json").stdout)) == 30


def test_files_are_fetched_into_the_archive_of_the_settings(data: Path, tmp_path: Path, tools: Any) -> None:
    archive = tmp_path / "kept"
    result = call("trial", "--year", "2024", "--data", str(data), "--json", HYOKA_ARCHIVE=str(archive))
    assert result.exit_code == 0
    [one] = json.loads(result.stdout)
    assert (one["status"], one["sha256"]) == ("fetched", tools.sha256(tools.zipped()))
    assert Path(one["path"]) == archive / "trial" / "t_2024.zip"
    assert f"hyoka build --corpus {archive}" in result.stderr


def test_a_file_that_fails_ends_with_three_and_leaves_the_others(data: Path, tmp_path: Path) -> None:
    result = call("trial", "--data", str(data), "--archive", str(tmp_path / "kept"))
    assert result.exit_code == 3
    assert "fetched: t_2024.zip" in result.stderr
    assert "failed: t_2025.zip" in result.stderr
    assert "HTTP 404 Not Found" in result.stderr
    assert "応答は HTTP 404 Not Found でした" in result.stderr
    assert "failed 1" in result.stderr
    assert sorted(path.name for path in (tmp_path / "kept").rglob("*.zip")) == ["t_2024.zip"]


def test_a_run_that_ends_early_tells_what_is_left(bench: Any, data: Path, tmp_path: Path) -> None:
    bench.serve(lambda handler: handler.answer(503, Retry_After="86400"), name="2024/t_2024.zip")
    result = call("trial", "--data", str(data), "--archive", str(tmp_path / "kept"))
    assert result.exit_code == 3
    assert "asks to come back in 86400 s" in result.stderr
    assert "failed 1, not asked for 1" in result.stderr
    assert "hyoka build" not in result.stderr


def test_a_limit_of_the_call_replaces_that_of_the_source(bench: Any, data: Path, tmp_path: Path) -> None:
    bench.serve(lambda handler: handler.answer(200, b"PK", Content_Length="1500000"), name="2024/t_2024.zip")
    arguments = ("trial", "--year", "2024", "--data", str(data), "--archive", str(tmp_path / "kept"))
    assert "more than the limit of 1,000,000" in call(*arguments).stderr
    bench.serve(lambda handler: handler.answer(200, b"PK" * 750_000), name="2024/t_2024.zip")
    assert "do not begin as a zip does" in call(*arguments, "--max-mb", "2").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rs",), "There is no source 'rs' to fetch. Known: cas_rs_csv, judgit_json"),
        (("cas_rs_csv", "--year", "2020"), "no file is left by --year and --only. Years: 2024, 2025"),
        (("cas_rs_csv", "--from", "nowhere"), "nowhere is not a folder"),
    ],
)
def test_a_wrong_call_says_what_to_do_next(arguments: tuple[str, ...], told: str) -> None:
    result = call(*arguments)
    assert isinstance(result.exception, HyokaError)
    assert result.exception.exit_code == 3
    assert told in str(result.exception)
