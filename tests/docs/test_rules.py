"""The page of the rules is in step: every rule has its section, and the page is what the command writes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from hyoka_kg.pipeline.findings import family_of, integrity_rules, stored_findings
from hyoka_kg.pipeline.judgements import judged_rules
from hyoka_kg.pipeline.rulebook import COUNT_COLUMNS, rule_page
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.store.judgements import Wanted

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "rules.md"
RULES = [rule.rule for rule, _ in integrity_rules()]
# No sentence of a paper is committed: what is printed here is a name, a number or a heading.
_LONGEST_MESSAGE = 400
_JUDGING = re.compile("無駄|不正|浪費|wasteful|fraud|misconduct")


def test_the_page_is_what_the_command_writes(store_folder: Path) -> None:
    judged = judged_rules(ROOT / "tests" / "integrity" / "judged")
    page = rule_page(stored_findings(EmbeddedStore.open(store_folder), Wanted()), judged)
    assert PAGE.read_text(encoding="utf-8") == page, "Write it again: hyoka rules > docs/reference/rules.md"


def test_every_rule_has_a_section_with_basis_and_settlement() -> None:
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == RULES
    assert len(RULES) == 68
    for section in sections:
        assert "根拠 · " in section
        assert "Basis · " in section
        assert "What settles it · " in section
        assert "Example: " in section
        assert re.search("^- What · .", section, re.MULTILINE)
        assert " Why · " in section
        assert "false alarm · " in section
        assert "- 件数 · Findings" in section
        assert max(map(len, section.splitlines())) < 2 * _LONGEST_MESSAGE


def test_every_family_says_its_basis_in_both_languages() -> None:
    for rule in RULES:
        assert set(family_of(rule)) == {"why_ja", "why_en", "basis_ja", "basis_en", "settle_ja", "settle_en"}


def test_no_rule_judges_the_merits_of_a_project() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "queries" / "integrity").iterdir()]
    assert [text for text in texts if _JUDGING.search(text)] == []


def test_counts_name_known_rules() -> None:
    with (ROOT / "queries" / "integrity" / "counts.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == COUNT_COLUMNS
    assert rows
    assert {row[1] for row in rows} <= set(RULES)
