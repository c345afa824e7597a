"""The documents cannot rot: commands exist, are described, and links lead somewhere."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path

import pytest
import typer
from starlette.testclient import TestClient
from typer.testing import CliRunner

from hyoka_kg.cli.app import app
from hyoka_kg.config import Settings
from hyoka_kg.query import load_catalogue
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_WRITTEN = re.compile(
    r"(^|/)(reference/)?(cli|http-api|ontology|schemes|shapes|data-dictionary|queries/(index|[a-z]{2}\d\d))\.md$"
    r"|(^|/)glossary\.md$|^(\.\./)?adr/index\.md$"
)
READMES = ("README.md", "README.ja.md")
COMMANDS = sorted(typer.main.get_command(app).commands)


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_in_the_readme_and_no_other(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `hyoka ([a-z]+)` \|", readme, re.MULTILINE)) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_both_languages(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    # The first paragraph alone: an example further below may be Japanese where its sentence is missing.
    summary = typer.main.get_command(app).commands[command].help.partition("\n\n")[0]
    assert re.search(r"[A-Z][a-z].*\.\s.*[\u3040-\u30ff\u4e00-\u9fff].*。\Z", summary, re.DOTALL), summary


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [target for target in targets if target and "://" not in target]
    missing = [target for target in local if not (page.parent / target).exists()]
    # Reference pages that the site writes; its own test follows links to them.
    assert [target for target in missing if not _WRITTEN.search(target)] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_queries_that_exist(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b((?:cq|tr)\d\d)\b", readme))
    assert named
    assert named <= {query.id for query in load_catalogue()}


def test_the_readme_counts_the_queries() -> None:
    (count,) = re.findall(r"There are (\d+) questions ready", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert int(count) == len(load_catalogue())


def test_no_placeholder_is_left() -> None:
    assert [page.name for page in PAGES if "@@" in page.read_text(encoding="utf-8")] == []


# A shell block that asks, and the answer below it: a table, or a block of text.
_ASKED = re.compile(
    r"```sh\n\.venv/bin/hyoka (?P<arguments>[^\n]+)\n```\n\n(?:```text\n(?P<text>.*?)```|(?P<table>\|.*?)\n\n)",
    re.DOTALL,
)


def _asked(name: str) -> list[tuple[str, str]]:
    readme = (ROOT / name).read_text(encoding="utf-8")
    return [(match["arguments"], match["text"] or f"{match['table']}\n") for match in _ASKED.finditer(readme)]


def test_both_show_the_same_answers_for_three_questions() -> None:
    english, japanese = map(_asked, READMES)
    assert len(english) == 3
    assert english == japanese


@pytest.mark.parametrize(("arguments", "shown"), _asked(READMES[0]), ids=lambda text: text[:24])
def test_the_readme_shows_what_the_command_prints(arguments: str, shown: str, store_folder: Path) -> None:
    result = CliRunner().invoke(app, shlex.split(arguments), env={"HYOKA_STORE": str(store_folder)})
    assert result.exit_code == 0
    if "--format csv" not in arguments:
        assert result.stdout == shown
        return
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    header, _, *lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines()]
    assert lines
    printed = [[row[name] for name in header] for row in rows]
    assert [line for line in lines if line not in printed] == []


@pytest.mark.parametrize("name", READMES)
def test_the_url_of_the_readme_answers(name: str, store_folder: Path) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    (path,) = re.findall(r"curl -s 'http://127\.0\.0\.1:8890(/[^']+)'", readme)
    with TestClient(create_app(StorePlace(str(store_folder)), Settings(workers=1))) as client:
        assert len(client.get(path).text.splitlines()) == 47
