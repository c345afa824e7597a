"""Commands about projects over the years: find which sheets are one project, show its lineage, tell why."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
import yaml

from hyoka_kg.cli.options import JsonOption, StoreOption, open_store, store_folder
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.config import data_dir
from hyoka_kg.errors import QueryError
from hyoka_kg.figures import lineage_figure
from hyoka_kg.linking.identity.records import sheet_text
from hyoka_kg.pipeline.lineage import River, RiverLink, RiverSheet, lineage_of
from hyoka_kg.pipeline.national.identity import identify, issue
from hyoka_kg.pipeline.national.planning import plan_corpus
from hyoka_kg.pipeline.sheet_pairs import Explanation, explain_pair

_MILLION = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("identify")(identify_command)
    app.command("lineage")(lineage_command)


def identify_command(
    corpus: Annotated[Path, typer.Option("--corpus", help="Folder of the national corpora.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find which sheets of the corpora are one project, and tell what changed. 年度をまたぐ事業の同一性を判定する。

    Example: hyoka identify --corpus downloads
    """
    plan, folder = plan_corpus(corpus, data_dir()), store_folder(store)
    identity = identify(plan, data_dir(), folder, say)
    issue(identity, plan)
    changes = [change._asdict() | {"sheet": sheet_text(change.sheet)} for change in identity.changes]
    if as_json:
        print_json({"counts": identity.counts, "changes": changes})
        return
    print_table(("what", "count"), [(name, f"{count:,}") for name, count in identity.counts.items()], TableFormat.TABLE)
    if changes:
        columns = ("kind", "project", "successor", "sheet", "reason")
        print_table(columns, [[change[name] for name in columns] for change in changes], TableFormat.TABLE)
    say(_words()["changed"].format(count=len(changes)))


def lineage_command(
    project: Annotated[str, typer.Argument(help="A project, or one of its sheets such as mic/fy2018/0036.")],
    other: Annotated[str, typer.Argument(help="With --why: the other sheet.")] = "",
    why: Annotated[bool, typer.Option("--why", help="Tell why two sheets are one project, or why not.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write the lineage as a picture to this file.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a project year by year, with the evidence between its sheets. 事業の系譜を根拠とともに示す。

    Examples: hyoka lineage juki-net-security · hyoka lineage --why mic/fy2018/0034 mic/fy2019/0034
    """
    if why:
        _explain(store_folder(store), project, other, as_json=as_json)
        return
    river = lineage_of(open_store(store), project)
    if svg is not None:
        lineage_figure(river.project, _bands(river), [_row(link) for link in river.links]).save(svg)
        say(_words()["written"].format(path=svg))
    if as_json:
        print_json(river.as_json())
    elif svg is None:
        _print_river(river)


def _print_river(river: River) -> None:
    typer.echo(river.project)
    shown: set[RiverLink] = set()
    for place, sheet in enumerate(river.sheets):
        former = {one.text for one in river.sheets[:place]}
        for link in river.links:
            if link.later == sheet.text and link.earlier in former:
                shown.add(link)
                typer.echo(_between(link))
        typer.echo(f"● FY{sheet.fiscal_year}  {sheet.text:<28}  {_money(sheet)}  {sheet.name or '―'}")
    rest = [link for link in river.links if link not in shown]
    if rest:
        typer.echo(f"\n{_words()['others']}")
        for link in rest:
            typer.echo(f"  {link.earlier} → {link.later}\n{_between(link)}")


def _between(link: RiverLink) -> str:
    measured = f", right {Decimal(link.precision):.1%} of {link.judged}" if link.precision else ""
    return f"│  {link.relation} [{link.status}, {link.method}, {link.confidence}{measured}] {link.evidence}"


def _money(sheet: RiverSheet) -> str:
    initial, executed = (_millions(amount) for amount in (sheet.initial_jpy, sheet.executed_jpy))
    return _words()["money"].format(initial=initial, executed=executed)


def _millions(amount: Decimal | None) -> str:
    """Return an amount in millions of yen, or a dash where no paper states it."""
    return "―" if amount is None else f"{amount / _MILLION:,.1f}M"


def _bands(river: River) -> list[dict[str, str]]:
    return [{"sheet": sheet.text, "name": sheet.name or "―", "money": _money(sheet)} for sheet in river.sheets]


def _row(link: RiverLink) -> dict[str, str]:
    names = ("earlier", "later", "relation", "status", "evidence")
    return {name: getattr(link, name) for name in names}


def _explain(store: Path, one: str, other: str, *, as_json: bool) -> None:
    if not other:
        raise QueryError("--why needs two sheets: hyoka lineage --why mic/fy2018/0034 mic/fy2019/0034")
    explanation = explain_pair(store, one, other)
    if as_json:
        print_json(explanation.as_json())
    else:
        _print_explanation(explanation)


def _print_explanation(told: Explanation) -> None:
    verdict = _words()["one" if told.is_one_project else "two"]
    typer.echo(f"{told.earlier} and {told.later}: {verdict}")
    for sheet, project in zip((told.earlier, told.later), told.projects, strict=True):
        typer.echo(f"  {sheet}: {project or '―'}")
    typer.echo(_words()["evidence"].format(codes=" ".join(told.evidence) or "―"))
    print_table(("fact", "class"), [(name, str(value)) for name, value in told.facts.items()], TableFormat.TABLE)
    typer.echo(_words()["satisfied"].format(rules=", ".join(told.satisfied) or "―"))
    for name, lacks in told.lacking:
        typer.echo(_words()["lacking"].format(rule=name, facts=", ".join(lacks)))
    for link in told.links:
        ends = f"{sheet_text(link.earlier)} → {sheet_text(link.later)}"
        typer.echo(f"  {ends}: {link.relation} [{link.status}, {link.method}] {' '.join(link.evidence)}")


@cache
def _words() -> dict[str, str]:
    words: dict[str, str] = yaml.safe_load(files("hyoka_kg.cli").joinpath("lineage.yml").read_text(encoding="utf-8"))
    return words
