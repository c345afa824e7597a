"""The commands of `hyoka`; each calls one step and prints what it returns."""

from __future__ import annotations

import sys

import typer

from hyoka_kg.cli import (
    asking,
    assisting,
    building,
    corpora,
    drafting,
    fetching,
    measuring,
    parsing,
    publishing,
    reading,
    reviewing,
    searching,
    serving,
    synthesizing,
    tracing,
)
from hyoka_kg.errors import HyokaError

app = typer.Typer(name="hyoka", no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def describe_program() -> None:
    """評価KG: 事前分析表と行政事業レビューシートを一つの知識グラフにし、出典つきで答える。

    Japanese policy-evaluation papers as one knowledge graph, every answer with its receipt.

    Start here: hyoka build, then hyoka query tr01, then hyoka serve. Exit codes: 0 done, 1 failed, 2 the call or query
    is wrong, 3 an input is wrong, 4 the graph breaks a rule, 5 the store cannot be used.
    """


building.register(app)
asking.register(app)
corpora.register(app)
tracing.register(app)
fetching.register(app)
parsing.register(app)
reading.register(app)
searching.register(app)
reviewing.register(app)
synthesizing.register(app)
measuring.register(app)
serving.register(app)
drafting.register(app)
publishing.register(app)
assisting.register(app)


def main() -> None:
    """Run the command line; a failure prints its message and ends with its exit code."""
    try:
        app()
    except HyokaError as error:
        typer.echo(f"hyoka: {error}", err=True)
        sys.exit(error.exit_code)
