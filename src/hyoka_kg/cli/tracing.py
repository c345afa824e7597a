"""The command that prints the trace of a project, a clause or an indicator as a tree."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from hyoka_kg.cli.options import JsonOption, StoreOption, open_store
from hyoka_kg.cli.output import print_json
from hyoka_kg.pipeline import TraceNode, trace

_SHOWN_RECEIPTS = 2
_WIDTH = 160


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("trace")(trace_command)


def trace_command(
    what: Annotated[str, typer.Argument(help="A project, a clause of a strategy version, or an indicator.")],
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only what documents issued up to this day state."),
    ] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what leads from a project to clauses, or back, with receipts. 事業・指標から戦略の箇所へ、また逆にたどる。

    Examples: hyoka trace juki-net-security · hyoka trace it-nation-declaration/2015-06-30/c2 --as-of 2018-03-31
    """
    root = trace(open_store(store), what, as_of.date() if as_of else None)
    if as_json:
        print_json(root.as_json())
        return
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(_tree(root))


def _tree(node: TraceNode) -> Tree:
    tree = Tree(_line(node))
    for child in node.children:
        tree.add(_tree(child))
    return tree


def _line(node: TraceNode) -> Text:
    line = Text(f"{node.kind} ", style="dim").append(node.label, style="bold")
    if node.links:
        line.append(f"  [{', '.join(node.links)}]", style="cyan")
    for receipt in node.receipts[:_SHOWN_RECEIPTS]:
        line.append(f"  ← {receipt}", style="dim")
    if len(node.receipts) > _SHOWN_RECEIPTS:
        line.append(f"  … {len(node.receipts) - _SHOWN_RECEIPTS} more (--json)", style="dim")
    return line
