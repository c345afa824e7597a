"""Commands that ask the graph: query, queries, receipt, describe."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from hyoka_kg.cli.options import JsonOption, SourceOption, StoreOption, open_store, source_texts
from hyoka_kg.cli.output import TableFormat, print_json, print_rows, print_table
from hyoka_kg.errors import QueryError
from hyoka_kg.pipeline import Receipt, find_receipts
from hyoka_kg.query import CannedQuery, load_catalogue, load_query, run_canned, run_maintenance
from hyoka_kg.vocabulary import compact

FormatOption = Annotated[TableFormat, typer.Option("--format", help="How to print the rows.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("query")(query_command)
    app.command("queries")(queries_command)
    app.command("receipt")(receipt_command)
    app.command("describe")(describe_command)


def query_command(
    name: Annotated[str, typer.Argument(help="A canned query (tr01, cq12 …) or a .rq file.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", help="name=value; may be repeated.", metavar="NAME=VALUE"),
    ] = None,
    style: FormatOption = TableFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """Ask a canned query or a query file. 定型の問いを尋ねる。

    Example: hyoka query cq11 -p project=juki-net-security
    """
    query = _named_or_file(name)
    opened = open_store(store)
    if opened.query_form(query.text) == "select":
        print_rows(run_canned(opened, query, _values(parameter)), style)
    elif opened.query_form(query.text) == "ask":
        opened.write(query.text, "application/sparql-results+json", typer.get_binary_stream("stdout"))
    else:
        opened.write(query.text, "text/turtle", typer.get_binary_stream("stdout"))


def queries_command(style: FormatOption = TableFormat.TABLE) -> None:
    """List the canned queries with their questions and parameters. 定型の問いの一覧。"""
    rows = [[query.id, query.summary, query.summary_en, _usage(query)] for query in load_catalogue()]
    print_table(("id", "question_ja", "question_en", "parameters"), rows, style)


def receipt_command(
    what: Annotated[str, typer.Argument(help="IRI of a statement, or a text as printed.")],
    source: SourceOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where a value is printed: paper, page, line, words; the lines around it with --source. 出典を示す。

    Example: hyoka receipt "(２百万円)" --source paper.txt
    """
    receipts = find_receipts(open_store(store), what, source_texts(source))
    if as_json:
        print_json([asdict(receipt) for receipt in receipts])
        return
    for receipt in receipts:
        _print_receipt(receipt)


def describe_command(
    what: Annotated[str, typer.Argument(help="IRI or prefixed name, such as hyk:project/mic/juki-net-security.")],
    style: FormatOption = TableFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """Show everything that is said of a thing, and in which graph. あるものの記述を示す。"""
    rows = run_maintenance(open_store(store), "describe", thing=what.strip().strip("<>"))
    if not rows.rows:
        raise QueryError(
            f"Nothing is said of '{what}'. Look for its IRI with a canned query, such as hyoka query tr01."
        )
    texts = [[compact(row[name]) for name in rows.variables] for row in rows.as_text()]
    print_table(rows.variables, texts, style)


def _named_or_file(name: str) -> CannedQuery:
    if name.endswith(".rq"):
        return load_query(Path(name))
    return load_catalogue()[name]


def _values(parameters: list[str] | None) -> dict[str, str]:
    values: dict[str, str] = {}
    for parameter in parameters or ():
        name, separator, value = parameter.partition("=")
        if not separator:
            raise QueryError(f"'{parameter}' is not NAME=VALUE. Example: -p project=juki-net-security")
        values[name] = value
    return values


def _usage(query: CannedQuery) -> str:
    return " ".join(f"{p.name}={p.default or ''}" for p in query.params)


def _print_receipt(receipt: Receipt) -> None:
    place = f"page {receipt.page}, line {receipt.line_from}"
    if receipt.line_to != receipt.line_from:
        place += f"-{receipt.line_to}"
    typer.secho(f"{receipt.document}, {place} (confidence {receipt.confidence or '-'})", bold=True)
    typer.echo(f"  {compact(receipt.cell)}")
    if receipt.as_printed:
        typer.echo(f"  as printed: {receipt.as_printed}")
    for number, text, start, end in receipt.lines:
        typer.echo(f"  {number:>5} | {_mark(text, start, end)}")
    if not receipt.lines:
        typer.echo(f"  quote: {receipt.quote or 'kept with the document only'} (lines around it: --source FILE)")


def _mark(text: str, start: int, end: int) -> str:
    if start < 0:
        return text
    marked = typer.style(text[start:end], reverse=True) if sys.stdout.isatty() else f"\u3010{text[start:end]}\u3011"
    return f"{text[:start]}{marked}{text[end:]}"
