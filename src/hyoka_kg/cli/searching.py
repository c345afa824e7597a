"""The command that finds things by words."""

from __future__ import annotations

from typing import Annotated

import typer

from hyoka_kg.cli.options import StoreOption, open_store
from hyoka_kg.cli.output import TableFormat, print_table, say
from hyoka_kg.query import search
from hyoka_kg.vocabulary import compact


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("search")(search_command)


def search_command(
    words: Annotated[list[str], typer.Argument(help="Words; a thing is found where one of its texts holds them all.")],
    kind: Annotated[str, typer.Option(help="Only things of a kind: project, document, indicator …")] = "",
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    size: Annotated[int, typer.Option(min=1, max=1000, help="Things on a page.")] = 20,
    style: Annotated[TableFormat, typer.Option("--format", help="How to print the rows.")] = TableFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """Find things by words in their names and printed texts. 名称や原文の語句でものを探す。

    Full and half width, case, hiragana and katakana, spaces and dashes do not count; 平成29年度 finds 2017年度 too.

    Example: hyoka search 住民基本台帳 --kind project
    """
    result = search(open_store(store), " ".join(words), kind, start=(page - 1) * size, count=size)
    rows = result.as_rows()
    table = [
        [compact(row[name]) if name == "thing" else row[name] for name in rows.variables] for row in rows.as_text()
    ]
    print_table(rows.variables, table, style)
    say(f"{len(table)} of {result.total} things")
