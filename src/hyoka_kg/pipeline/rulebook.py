"""Write the page of the rules: what each looks for, on what it rests, what settles it, and how often it is found."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment

from hyoka_kg.config import queries_dir
from hyoka_kg.model import Placed
from hyoka_kg.pipeline.findings import family_of
from hyoka_kg.pipeline.judgements import Judged
from hyoka_kg.query import CannedQuery, load_catalogue

COUNT_COLUMNS = ("corpus", "rule", "fy", "findings")
Counts = Mapping[str, Mapping[str, Mapping[str, int]]]


def rule_page(examples: Iterable[Placed], judged: Mapping[str, Judged]) -> str:
    """Return the page in Markdown, a section a rule in the order of their ids.

    Args:
        examples: Findings of the sample; the shortest of each rule is shown with its receipt.
        judged: What was judged by hand, by rule.
    """
    shown: dict[str, Placed] = {}
    for one in sorted(examples, key=lambda placed: (len(placed.finding.message_ja), placed.finding)):
        shown.setdefault(one.finding.rule, one)
    counts = _counts()
    rules = sorted(load_catalogue("integrity"), key=lambda query: str(query.header["rule"]))
    sections = [_section(query, shown, counts) | {"judged": judged.get(str(query.header["rule"]))} for query in rules]
    text = files(__package__).joinpath("rulebook.md.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True).from_string(text)  # noqa: S701 Markdown
    tables = {corpus: _by_year(years) for corpus, years in sorted(counts.items())}
    return template.render(sections=sections, corpora=sorted(counts), tables=tables) + "\n"


def counts_table(found: Mapping[tuple[str, str], int], corpus: str) -> Sequence[tuple[str, ...]]:
    """Return the rows of the table of counts: corpus, rule, fiscal year of the document, findings."""
    return [(corpus, rule, fy, str(number)) for (rule, fy), number in found.items()]


def _by_year(counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, object]:
    """Return the table of one corpus: its years, the numbers of each rule with their sum, and the sums of all rules."""
    years = sorted({fy for row in counts.values() for fy in row})
    lines = {rule: [row.get(fy, 0) for fy in years] for rule, row in sorted(counts.items())}
    sums = [sum(column) for column in zip(*lines.values(), strict=True)]
    return {
        "years": years,
        "rules": {rule: [*row, sum(row)] for rule, row in lines.items()},
        "sums": [*sums, sum(sums)],
    }


def _section(query: CannedQuery, shown: Mapping[str, Placed], counts: Counts) -> dict[str, object]:
    rule = str(query.header["rule"])
    return {
        "rule": rule,
        "file": f"queries/integrity/{query.name}.rq",
        "query": query,
        "family": family_of(rule),
        "severity": query.header["severity"],
        "alarms": list(_alarms(query)),
        "example": shown.get(rule),
        "counts": [(corpus, sum(years[rule].values())) for corpus, years in sorted(counts.items()) if rule in years],
    }


def _alarms(query: CannedQuery) -> Iterator[str]:
    for name in ("false_alarms_ja", "false_alarms_en"):
        if name in query.header:
            yield str(query.header[name])


@cache
def _counts() -> Counts:
    counts: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    text = (queries_dir() / "integrity" / "counts.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(io.StringIO(text)):
        counts[row["corpus"]][row["rule"]][row["fy"]] = int(row["findings"])
    return counts
