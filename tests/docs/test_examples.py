"""What the pages tell a reader to type works: tutorials run from end to end, options exist, Python examples run."""

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

import hyoka_kg
from hyoka_kg.cli.app import app
from hyoka_kg.config import Settings
from hyoka_kg.service import create_app
from hyoka_kg.store import StorePlace

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
RECIPES = [DOCS / "how-to" / f"add-a-{what}.md" for what in ("year", "form", "source", "term", "query", "rule")]
# Pages of which every command runs, in order.
FOLLOWED = [DOCS / "tutorial" / "first-answer.md", DOCS / "ja" / "tutorial.md", DOCS / "ja" / "asking.md"]
COMMANDS = typer.main.get_command(app).commands
_BLOCK = re.compile(
    r"^```(?P<language>\w+)\n(?P<text>.*?)^```\n\n?(?:```text\n(?P<printed>.*?)```|(?P<table>(?:\|[^\n]*\n)+))?",
    re.DOTALL | re.MULTILINE,
)
_CALL = re.compile(r"(?:^|[\s`])(?:\.venv/bin/)?hyoka ([a-z]+)((?:[ \t][^\n`#]*)?)")
_OPTION = re.compile(r"(?<=\s)(--[a-z-]+|-[a-z])(?=[\s=]|$)")


# One has a test of its own (tests/api), with a server; the other needs a dump on the disk.
_ELSEWHERE = {"use-from-python.md", "use-a-dump.md"}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _blocks(page: Path, language: str) -> list[re.Match[str]]:
    return [block for block in _BLOCK.finditer(page.read_text(encoding="utf-8")) if block["language"] == language]


PYTHON = [page for page in PAGES if page.name not in _ELSEWHERE and _blocks(page, "python")]


@pytest.mark.parametrize("page", FOLLOWED, ids=_name)
def test_every_command_of_a_tutorial_runs_and_prints_what_is_shown(page: Path, store_folder: Path) -> None:
    blocks = _blocks(page, "sh")
    assert len(blocks) >= 3
    for block in blocks:
        printed = "".join(_typed(line, store_folder) for line in block["text"].splitlines())
        for shown in filter(None, (block["printed"], block["table"])):
            assert printed == shown


def _typed(line: str, store_folder: Path) -> str:
    program, *arguments = shlex.split(line)
    if program == "make":
        assert re.search(rf"^{arguments[0]}:.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        return ""
    if program == "curl":
        with TestClient(create_app(StorePlace(str(store_folder)), Settings(workers=1))) as client:
            answer = client.get(arguments[-1].removeprefix("http://127.0.0.1:8890"))
        assert answer.status_code == 200
        assert len(answer.text) > len("[]")
        return answer.text
    assert program == ".venv/bin/hyoka"
    if arguments[0] == "serve":
        return ""
    result = CliRunner().invoke(app, arguments, env={"HYOKA_STORE": str(store_folder)})
    assert result.exit_code == 0, (line, result.output)
    if "csv" in arguments:
        assert len(list(csv.reader(io.StringIO(result.stdout, newline="")))) > 1, line
    return result.stdout


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_and_options_exist(page: Path) -> None:
    unknown = []
    for name, rest in _CALL.findall(page.read_text(encoding="utf-8")):
        if name not in COMMANDS:
            unknown.append(name)
            continue
        known = {option for each in COMMANDS[name].params for option in (*each.opts, *each.secondary_opts)} | {"--help"}
        unknown += [f"{name} {option}" for option in _OPTION.findall(rest) if option not in known]
    assert unknown == []


def test_an_option_that_is_gone_would_be_found() -> None:
    assert _CALL.findall("- `hyoka query cq01 --colour` and .venv/bin/hyoka nothing") == [
        ("query", " cq01 --colour"),
        ("nothing", ""),
    ]
    assert _OPTION.findall(" cq01 --colour -p a=b --format=csv") == ["--colour", "-p", "--format"]


@pytest.mark.parametrize("page", PYTHON, ids=_name)
def test_python_examples_run(page: Path, store_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYOKA_STORE", str(store_folder))
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(hyoka_kg, "sample", lambda: hyoka_kg.open(store_folder), raising=False)
    scope: dict[str, object] = {}
    for block in _blocks(page, "python"):
        exec(compile(block["text"], _name(page), "exec"), scope)  # noqa: S102 - our own page


@pytest.mark.parametrize("page", RECIPES, ids=_name)
def test_a_recipe_has_at_most_ten_steps_and_ends_with_its_proof(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    steps = re.findall(r"^(\d+)\. (.+)$", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    assert 4 <= len(steps) <= 10
    assert steps[-1][1].startswith("Prove it")
    assert "    ```sh\n" in text.partition("Prove it")[2]


@pytest.mark.parametrize("page", RECIPES, ids=_name)
def test_the_files_that_a_recipe_names_exist(page: Path) -> None:
    named = re.findall(r"`((?:src|tests|queries|ontology|data)/[\w./-]+\.\w+)`", page.read_text(encoding="utf-8"))
    # The examples of what is to be made, and what only an archive has.
    made = re.compile(r"BUD-15|review-sheet-2024|cq21|data/archive")
    assert [name for name in named if not made.search(name) and not (ROOT / name).exists()] == []
