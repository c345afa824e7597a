"""Commands about what the papers contradict, miss, move and hide: findings, lint, diff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from jinja2 import Environment

from hyoka_kg.cli.options import JsonOption, StoreOption, open_store, store_folder
from hyoka_kg.cli.output import TableFormat, print_json, print_table, say
from hyoka_kg.cli.sarif import sarif_log
from hyoka_kg.errors import QueryError
from hyoka_kg.model import Placed, Severity
from hyoka_kg.pipeline.differing import Change, Fact, diff_builds, diff_documents
from hyoka_kg.pipeline.findings import asked_findings, count_of, family_of, stored_findings
from hyoka_kg.pipeline.judgements import judged_rules
from hyoka_kg.pipeline.judging import Bounds, judge_store
from hyoka_kg.pipeline.linting import LintResult, lint
from hyoka_kg.pipeline.rulebook import COUNT_COLUMNS, counts_table, rule_page
from hyoka_kg.store.judgements import Wanted
from hyoka_kg.validation import fill
from hyoka_kg.vocabulary import compact

_COLUMNS = (
    "rule", "severity", "focus", "message_ja", "message_en", "document", "page", "line", "column", "ministry", "fy",
    "project",
)  # fmt: skip
# For people: a table of all columns leaves none of them wide enough to be read.
_SHOWN_COLUMNS = ("rule", "severity", "document", "page", "line", "finding", "focus")
_SHOWN = 200
_ASKED = ("rule", "findings", "seconds", "mebibytes", "cut")
# What stands in the column of the corpus until a person names it.
_CORPUS = "this store"
# Kinds of facts whose values are numbers; a start year is one that is printed without separators.
_NUMBERS = ("amount", "indicator")
_JUDGED = Path("tests/integrity/judged")
_EXIT_BY_SEVERITY = {Severity.VIOLATION: 4, Severity.WARNING: 1}


class FindingFormat(StrEnum):
    """How findings are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"
    COUNTS = "counts"


FindingFormatOption = Annotated[FindingFormat, typer.Option("--format", help="How to print the findings.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("findings")(findings_command)
    app.command("judge")(judge_command)
    app.command("lint")(lint_command)
    app.command("diff")(diff_command)
    app.command("rules")(rules_command)


def findings_command(
    rule: Annotated[list[str] | None, typer.Option(help="Only these rules, such as BUD-01.")] = None,
    severity: Annotated[list[str] | None, typer.Option(help="Only Violation, Warning or Info.")] = None,
    ministry: Annotated[str, typer.Option(help="Only papers of this ministry, such as mic.")] = "",
    project: Annotated[str, typer.Option(help="Only this project, such as juki-net-security.")] = "",
    fy: Annotated[str, typer.Option(help="Only papers of this fiscal year, such as 2017.")] = "",
    run: Annotated[bool, typer.Option("--run", help="Ask the rules now, in place of what is kept.")] = False,
    style: FindingFormatOption = FindingFormat.TABLE,
    store: StoreOption = None,
) -> None:
    """List what the rules found, with message and receipt. 所見の一覧。

    A build of papers judges its graph and keeps the findings; one over the national corpora does not: hyoka judge does.
    Example: hyoka findings --severity Warning --format csv
    """
    wanted = Wanted(rule or (), severity or (), ministry, project, fy)
    opened = open_store(store)
    found = asked_findings(opened, wanted, lambda step: say(f"- {step}")) if run else stored_findings(opened, wanted)
    _print(list(found), style)


def judge_command(
    rule: Annotated[list[str] | None, typer.Option(help="Only these rules, such as BUD-01.")] = None,
    seconds: Annotated[int, typer.Option(min=1, help="What one rule may take before it is cut.")] = 600,
    mebibytes: Annotated[int, typer.Option(min=256, help="How much memory one rule may take.")] = 3072,
    store: StoreOption = None,
) -> None:
    """Ask every rule of a store, each with a bound, and keep the findings beside its graph. 規則をすべて問う。

    Each rule runs in a process of its own. Afterwards `hyoka findings`, the picture and the explorer read what is kept.
    Example: hyoka judge --seconds 600
    """
    asked = []
    for one in judge_store(
        store_folder(store), Wanted(rule or ()), Bounds(seconds, mebibytes), lambda step: say(f"- {step}")
    ):
        asked.append(one)
        say(f"  {one.findings:,} finding(s), {one.seconds} s, {one.mebibytes:,} MiB{one.cut and f', cut: {one.cut}'}")
    rows = [(one.rule, str(one.findings), str(one.seconds), str(one.mebibytes), one.cut) for one in asked]
    print_table(_ASKED, rows, TableFormat.TABLE)
    if any(one.cut for one in asked):
        raise typer.Exit(1)


def lint_command(
    file: Annotated[Path, typer.Argument(help="A form as text, PDF or workbook (.xlsx).")],
    form: Annotated[str | None, typer.Option("--as", help="Profile to read it by, such as review/2018.")] = None,
    style: FindingFormatOption = FindingFormat.TABLE,
) -> None:
    """Check one form before it is published: line and column, rule, basis, what settles it. 公表前に様式を点検する。

    Ends with 0 where nothing or only Info is found, 1 on a Warning. What could not be read is told, not judged.
    Example: hyoka lint sheet.txt
    """
    result = lint(file, form)
    for note in result.notes:
        say(note)
    if style is FindingFormat.TABLE:
        _print_lint(file, result)
    else:
        _print(result.findings, style, str(file))
    worst = max((_EXIT_BY_SEVERITY.get(one.finding.severity, 0) for one in result.findings), default=0)
    if worst:
        raise typer.Exit(worst)


def rules_command(
    judged: Annotated[Path, typer.Option(help="Folder of the findings judged by hand, a file a rule.")] = _JUDGED,
    store: StoreOption = None,
) -> None:
    """Write the page of the rules in Markdown, with examples of the store and what was judged. 規則の頁を書く。

    Example: hyoka rules > docs/reference/rules.md
    """
    typer.echo(rule_page(stored_findings(open_store(store), Wanted()), judged_rules(judged)), nl=False)


def diff_command(
    before: Annotated[str, typer.Argument(help="The earlier document, or the folder of the earlier store.")],
    after: Annotated[str, typer.Argument(help="The later document, or the folder of the later store.")],
    project: Annotated[str, typer.Option(help="Only this project; two stores need it.")] = "",
    as_json: JsonOption = False,
    store: StoreOption = None,
) -> None:
    """Say in plain sentences what changed about a project, between documents or between builds. 変わったことを述べる。

    Amounts that may be one amount rounded twice are no change between documents.
    Example: hyoka diff mic-ex-ante-fy2017-08 mic-review-sheet-fy2018-0036
    """
    if Path(before).is_dir() and Path(after).is_dir():
        if not project:
            raise QueryError("Two stores are compared project by project. Name one: --project juki-net-security")
        found = diff_builds(open_store(Path(before)), open_store(Path(after)), project)
    else:
        found = diff_documents(open_store(store), before, after, project)
    if as_json:
        print_json([_told(change) for change in found])
        return
    for change in found:
        for language in ("ja", "en"):
            typer.echo(sentence_of(change, language))
    typer.echo(f"{len(found)} change(s)")


def _told(change: Change) -> dict[str, str]:
    sides = {"before": change.before, "after": change.after}
    units = {f"unit_{side}": fact.unit_ja for side, fact in sides.items()}
    return asdict(change.key) | {side: fact.value for side, fact in sides.items()} | units


def sentence_of(change: Change, language: str) -> str:
    """Return a change as a sentence in `ja` or `en`."""
    words = _words()
    sides = {"before": change.before, "after": change.after}
    is_number = change.key.kind in _NUMBERS
    shown = {side: _grouped(fact, language) if is_number else fact.value for side, fact in sides.items()}
    values = asdict(change.key) | shown
    where = {"project": change.key.project, "document": change.key.document and f" ({change.key.document})"}
    sentence = fill(words["where"][language], where) + fill(words[change.key.kind][change.manner][language], values)
    return " ".join(sentence.split())


def _grouped(fact: Fact, language: str) -> str:
    """Return numbers with separators of thousands, as papers print them, and units; several are divided by `;`."""
    gap = "" if language == "ja" else " "
    return "; ".join(f"{Decimal(value):,}{gap if unit else ''}{unit}" for value, unit in fact.parts(language) if value)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("changes.yml").read_text(encoding="utf-8"))
    return words


def _print(found: Sequence[Placed], style: FindingFormat, artifact: str = "") -> None:
    counts = counts_table(count_of(found), _CORPUS)
    printers: dict[FindingFormat, Callable[[], None]] = {
        FindingFormat.SARIF: lambda: print_json(sarif_log(found, artifact)),
        FindingFormat.HTML: lambda: typer.echo(_html(found)),
        FindingFormat.COUNTS: lambda: print_table(COUNT_COLUMNS, counts, TableFormat.CSV),
    }
    if style is FindingFormat.TABLE:
        _print_for_people(found)
        return
    rows = [_row(one) for one in found]
    printers.get(style, lambda: print_table(_COLUMNS, rows, TableFormat(style.value)))()


def _print_for_people(found: Sequence[Placed]) -> None:
    rows = [_shown(one) for one in found[:_SHOWN]]
    print_table(_SHOWN_COLUMNS, rows, TableFormat.TABLE)
    if len(found) > _SHOWN:
        ways = "--rule, --severity, --ministry, --project, --fy, --format csv"
        say(f"{len(found):,} findings; the first {_SHOWN} are shown. Narrow them or write all to a file: {ways}")


def _shown(one: Placed) -> tuple[str, ...]:
    finding = one.finding
    message = f"{finding.message_ja}\n{finding.message_en}"
    return finding.rule, str(finding.severity), one.document, one.page, one.line, message, compact(finding.focus)


def _row(one: Placed) -> tuple[str, ...]:
    finding = one.finding
    told = finding.rule, str(finding.severity), compact(finding.focus), finding.message_ja, finding.message_en
    return (*told, one.document, one.page, one.line, one.column, one.ministry, one.fy, one.project)


def _print_lint(file: Path, result: LintResult) -> None:
    for one in result.findings:
        cell = result.cells.get(one.line, "")
        place = ":".join(part for part in (str(file), *((cell,) if cell else (one.line, one.column))) if part)
        family = family_of(one.finding.rule)
        typer.secho(f"{place}: {one.finding.severity} {one.finding.rule}", bold=True)
        typer.echo(f"  {one.finding.message_ja}\n  {one.finding.message_en}")
        for name in ("basis_ja", "basis_en", "settle_ja", "settle_en") if family else ():
            typer.echo(f"    {family[name]}")
    typer.echo(f"{len(result.findings)} finding(s)")


def _html(found: Sequence[Placed]) -> str:
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in found:
        groups[one.finding.rule].append(one)
    text = files(__package__).joinpath("findings.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
    rows = [(rule, family_of(rule), ones) for rule, ones in sorted(groups.items())]
    return template.render(groups=rows, total=len(found))
