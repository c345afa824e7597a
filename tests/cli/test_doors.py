"""Each command at its door: what it prints in words and as JSON, what it writes, and how it ends where it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hyoka_kg.cli import drafting, serving
from hyoka_kg.cli.app import app
from hyoka_kg.store import current_build

PROJECT = "mic/juki-net-security"
Ask = Callable[..., Result]


@pytest.fixture
def ask(store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return what runs a command on the built sample and tells how it ended."""
    monkeypatch.setenv("HYOKA_STORE", str(store_folder))

    def call(*arguments: object, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == code, (result.output, result.exception)
        return result

    return call


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a paper of a fictitious ministry in every format."""
    folder = tmp_path_factory.mktemp("papers") / "made"
    arguments = ["synthesize", "--seed", "7", "--out", folder, "--projects", "1", "--years", "2017-2017", "--as", "all"]
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["documents"] == len(list(folder.rglob("*.txt")))
    return folder


def formats_of(papers: Path) -> list[Path]:
    """Return a review sheet as a text, a page and a workbook."""
    text = next(path for path in sorted(papers.rglob("*.txt")) if "review" in str(path))
    return [text, *(next(iter(sorted(papers.rglob(f"{text.stem}.{ending}")))) for ending in ("pdf", "xlsx"))]


def test_a_form_is_read_into_claims_and_what_is_left(ask: Ask, papers: Path) -> None:
    text, _, book = formats_of(papers)
    told = json.loads(ask("read", text, "--json").stdout)
    assert told["form"].startswith("review")
    claim = told["claims"][0]
    assert {"subject", "field", "spans", "state"} <= set(claim)
    printed = ask("read", book)
    assert "residue:" in printed.stderr
    assert len(printed.stdout.splitlines()) > 50
    assert ask("read", text, "--residue").stdout.splitlines()[0].split()[:1] != []


def test_a_text_that_is_no_form_is_refused_or_gives_nothing(ask: Ask, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("拝啓\n", encoding="utf-8")
    assert "nothing read here" in ask("read", other).stderr
    told = ask("compare", other, other, code=1)
    assert "not one document in several formats" in str(told.exception)


def test_formats_of_one_paper_are_compared_cell_by_cell(ask: Ask, papers: Path) -> None:
    told = json.loads(CliRunner().invoke(app, ["compare", *map(str, formats_of(papers)), "--json"]).stdout)
    assert len(told["routes"]) == 3
    assert told["cells"] > 100
    assert len(told["differences"]) == sum(told["counts"].values())
    text = formats_of(papers)[0]
    assert ask("compare", text, text).stderr.endswith("alike; no difference\n")


def test_a_transcription_is_compared_with_the_reading_it_came_from(ask: Ask, papers: Path, tmp_path: Path) -> None:
    text, folder = formats_of(papers)[0], tmp_path / "mic-review-sheet-fy2017-0001"
    made = ask("transcribe", text, "-o", folder, "--ministry", "mic")
    assert (folder / "review.yml").is_file()
    assert "open fields" in made.stderr
    told = json.loads(ask("compare", text, folder, "--json").stdout)
    assert told["wrong"] == []
    assert ask("compare", text, folder).stdout.startswith("| all cells |")
    two = ask("compare", text, folder, folder, code=1)
    assert "Name one folder" in str(two.exception)
    alone = ask("compare", text, code=1)
    assert "No transcription has the SHA-256" in str(alone.exception)


def test_readings_are_measured_by_their_truth(ask: Ask, papers: Path) -> None:
    table = ask("measure", papers).stdout
    assert table.startswith("| route | boxes |")
    totals = json.loads(ask("measure", papers, "--json").stdout)
    assert all(counts.get("wrong", 0) == 0 < counts["right"] for counts in totals.values())


def test_things_are_searched_page_by_page(ask: Ask) -> None:
    first = ask("search", "住民基本台帳", "--kind", "project", "--format", "json")
    assert [row["thing"] for row in json.loads(first.stdout)] == [f"hyk:project/{PROJECT}"]
    assert "1 of 1 things" in first.stderr
    assert json.loads(ask("search", "住民基本台帳", "--kind", "project", "--page", 2, "--format", "json").stdout) == []


def test_a_picture_is_told_in_words_as_rows_or_drawn(ask: Ask, tmp_path: Path) -> None:
    assert "電子政府・電子自治体の推進" in ask("picture", "trace", PROJECT).stdout
    told = json.loads(ask("picture", "trace", PROJECT, "--json", "--lang", "en").stdout)
    assert told["alt"]
    assert told["rows"]
    file = tmp_path / "trace.svg"
    assert str(file) in ask("picture", "trace", PROJECT, "-o", file).stderr
    assert file.read_text(encoding="utf-8").startswith("<svg")
    assert "--lang is ja or en" in str(ask("picture", "trace", PROJECT, "--lang", "fr", code=1).exception)


def test_notebooks_are_copied_and_none_is_replaced(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "notebooks"
    listed = ask("notebooks", folder).stdout.split()
    assert sorted(map(str, folder.glob("*.ipynb"))) == sorted(listed)
    assert len(listed) >= 1
    first = Path(listed[0])
    first.write_text("mine", encoding="utf-8")
    CliRunner().invoke(app, ["notebooks", str(folder)])
    assert first.read_text(encoding="utf-8") == "mine"


def test_a_graph_in_another_place_is_published_only_to_an_address(ask: Ask, tmp_path: Path) -> None:
    good = "http://127.0.0.1:9/sparql"
    told = ask("publish", "--to", "127.0.0.1", "--graph-store", good, code=1)
    assert "'127.0.0.1' is not the address of a server" in str(told.exception)
    bulk = ask("publish", "--to", good, "--graph-store", good, "--virtuoso", "127.0.0.1:1111", code=1)
    assert "name a folder that the server may read (--folder)" in str(bulk.exception)
    silent = ask("publish", "--to", good, "--graph-store", good, code=1)
    assert f"The server {good} does not answer" in str(silent.exception)


class Served:
    """Stands for the server: it remembers what it was to serve, and stops at once."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def run(self, served: object, **settings: object) -> None:
        self.asked.append({"app": served, **settings})


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    served = Served()
    for module in (serving, drafting):
        monkeypatch.setattr(module.uvicorn, "run", served.run)
    return served


def test_the_sample_is_served_at_the_address_that_is_told(ask: Ask, served: Served, store_folder: Path) -> None:
    told = ask("serve", "--port", 8899, "--log")
    assert "http://127.0.0.1:8899/" in told.stderr
    assert (served.asked[0]["host"], served.asked[0]["port"]) == ("127.0.0.1", 8899)
    ask("serve", "--store", "sparql:http://127.0.0.1:9/sparql", "--host", "0.0.0.0")  # noqa: S104 - never listened on
    assert served.asked[1]["host"] == "0.0.0.0"  # noqa: S104 - never listened on
    assert current_build(store_folder).is_dir()


def test_a_server_of_the_settings_is_served_unless_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_SPARQL_URL", "http://127.0.0.1:9/sparql")
    settings = serving.Settings.from_environment()
    assert serving.place_of(None, settings).is_remote
    assert serving.place_of("folder", settings).address == "folder"


def test_a_draft_is_opened_taken_up_and_thrown_away(ask: Ask, served: Served, store_folder: Path) -> None:
    name = current_build(store_folder).parent.name
    first = ask("draft", "--port", 8898)
    assert f"draft of {name}: http://127.0.0.1:8898/" in first.stderr
    mark = store_folder / "draft" / "mark"
    mark.write_text("")
    ask("draft")
    assert mark.exists()
    ask("draft", "--discard")
    assert not mark.exists()
    assert [one["port"] for one in served.asked][:1] == [8898]


def test_a_draft_keeps_the_token_of_the_settings_to_itself(
    ask: Ask, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYOKA_DRAFT_TOKEN", "not-to-be-shown")
    told = ask("draft").stderr
    assert "as in HYOKA_DRAFT_TOKEN" in told
    assert "not-to-be-shown" not in told
    assert len(served.asked) == 1


@pytest.mark.parametrize("arguments", [("coverage",), ("coverage", "--drops"), ("prove", "--corpus", ".")])
def test_a_store_without_corpora_says_how_to_have_them(ask: Ask, arguments: tuple[str, ...]) -> None:
    told = ask(*arguments, code=1)
    assert "holds no national corpora. Build them: hyoka build --corpus" in str(told.exception)


def test_a_query_is_answered_in_its_own_form(ask: Ask, tmp_path: Path) -> None:
    question, made = tmp_path / "ask.rq", tmp_path / "made.rq"
    question.write_text("ASK { ?s ?p ?o }", encoding="utf-8")
    made.write_text("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1", encoding="utf-8")
    assert json.loads(ask("query", question).stdout)["boolean"] is True
    assert ask("query", made).stdout.rstrip().endswith(".")


def test_a_build_tells_what_is_in_it_and_a_new_one_serves(ask: Ask, tmp_path: Path, store_folder: Path) -> None:
    told = ask("build", "--store", tmp_path / "store")
    assert "built in" in told.stderr
    assert "Violation: 0 (none)" in told.stdout
    assert current_build(tmp_path / "store").parent.name == current_build(store_folder).parent.name
    (current_build(tmp_path / "store").parent / "DONE").unlink()
    assert "half-written or damaged" in ask("doctor", "--store", tmp_path / "store", code=5).stderr
