"""The house stands as drawn: layers, and no label, query or environment in the wrong room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

SRC = Path(__file__).resolve().parents[2] / "src" / "hyoka_kg"
MODULES = sorted(SRC.rglob("*.py"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b[^\"]*(\{|WHERE)", re.DOTALL)
_MAX_LINES = 300
_MAX_FUNCTION = 60


def strings_outside_docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


def offenders(pattern: re.Pattern[str], rooms_allowed: set[str]) -> list[str]:
    return [
        f"{path.relative_to(SRC)}:{node.lineno}: {node.value!r}"
        for path in MODULES
        if path.relative_to(SRC).parts[0] not in rooms_allowed
        for node in strings_outside_docstrings(ast.parse(path.read_text(encoding="utf-8")))
        if pattern.search(str(node.value))
    ]


def test_the_search_finds_planted_offenders() -> None:
    tree = ast.parse('"""執行額"""\nA = "執行額"\nB = "SELECT * WHERE {}"')
    found = [str(node.value) for node in strings_outside_docstrings(tree)]
    assert found == ["執行額", "SELECT * WHERE {}"]
    assert _CJK.search(found[0])
    assert _SPARQL.search(found[1])


def test_no_printed_label_stands_in_code() -> None:
    assert offenders(_CJK, {"normalization"}) == []


def test_no_sparql_stands_in_code() -> None:
    assert offenders(_SPARQL, set()) == []


def test_the_environment_is_read_in_config_only() -> None:
    readers = {path.relative_to(SRC).parts[0] for path in MODULES if "os.environ" in path.read_text(encoding="utf-8")}
    assert readers == {"config"}


def test_print_stands_nowhere() -> None:
    calls = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert calls == []


def test_rooms_import_downwards_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SRC.parents[1])
    assert lint_imports(config_filename="pyproject.toml") == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= _MAX_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < _MAX_FUNCTION, f"{node.name} is long"


def test_there_is_no_room_for_leftovers() -> None:
    names = {path.name for path in SRC.rglob("*") if path.is_dir()} | {path.stem for path in MODULES}
    assert names.isdisjoint({"utils", "helpers", "common", "misc", "tools", "scripts"})
