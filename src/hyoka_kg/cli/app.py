"""The commands of `hyoka`; each calls one step and prints what it returns.

A command's module is imported when the command is called, since what one needs (a reader of PDF, a SHACL engine, a
web framework) would slow all others down. The list of commands imports every module.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from hyoka_kg.errors import HyokaError

# The module of each command, in the order of the list.
_MODULES = {
    "build": "building",
    "check": "building",
    "validate": "building",
    "export": "building",
    "dump": "dumping",
    "exchange": "exchanging",
    "notebooks": "copying",
    "info": "building",
    "doctor": "building",
    "query": "asking",
    "queries": "asking",
    "findings": "findings",
    "judge": "findings",
    "lint": "findings",
    "diff": "findings",
    "rules": "findings",
    "receipt": "asking",
    "describe": "asking",
    "coverage": "corpora",
    "prove": "corpora",
    "trace": "tracing",
    "identify": "identifying",
    "lineage": "identifying",
    "fetch": "fetching",
    "parse": "parsing",
    "read": "reading",
    "transcribe": "reading",
    "compare": "comparing",
    "search": "searching",
    "picture": "drawing",
    "review": "reviewing",
    "synthesize": "synthesizing",
    "measure": "measuring",
    "serve": "serving",
    "draft": "drafting",
    "publish": "publishing",
    "mcp": "assisting",
}


class _Imported(Mapping[str, Any]):
    """The commands by name, each imported when it is asked for."""

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)

    def __getitem__(self, name: str) -> Any:
        module = typer.Typer(callback=describe_program)
        import_module(f"hyoka_kg.cli.{_MODULES[name]}").register(module)
        return get_group(module).commands[name]


class _Commands(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Imported()  # type: ignore[assignment]  # it is only read


app = typer.Typer(name="hyoka", cls=_Commands, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def describe_program() -> None:
    """評価KG: 事前分析表と行政事業レビューシートを一つの知識グラフにし、出典つきで答える。

    Japanese policy-evaluation papers as one knowledge graph, every answer with its receipt.

    Start here: hyoka build, then hyoka query tr01, then hyoka serve. Exit codes: 0 done, 1 failed, 2 the call or query
    is wrong, 3 an input is wrong, 4 the graph breaks a rule, 5 the store cannot be used.
    """


def main() -> None:
    """Run the command line; a failure prints its message and ends with its exit code."""
    try:
        app()
    except HyokaError as error:
        typer.echo(f"hyoka: {error}", err=True)
        sys.exit(error.exit_code)
