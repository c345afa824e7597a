"""A contradiction between documents is told with the cause that their other statements show."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from hyoka_kg.model import Finding
from hyoka_kg.pipeline.explaining import explain
from hyoka_kg.query import load_catalogue
from hyoka_kg.store import EmbeddedStore
from hyoka_kg.validation import IntegrityRule, findings_of

INTEGRITY = Path(__file__).resolve().parents[1] / "integrity"
_BEFORE = """@base <https://w3id.org/hyoka/id/> .
<doc/mic/review-sheet/fy2018/0036/entry/1/budget/current/2014>
    <https://w3id.org/hyoka/def#budgetSubject> <project/mic/cms> ;
    <https://w3id.org/hyoka/def#budgetPhase> <https://w3id.org/hyoka/scheme/budget-phase/current> ;
    <https://w3id.org/hyoka/def#fiscalYear> <fy/2014> ;
    <https://w3id.org/hyoka/def#statedIn> <doc/mic/review-sheet/fy2018/0036> ;
    <http://data.openbudgets.eu/ontology/dsd/measure/amount> 50000000.0 .
<fy/2014> <http://www.w3.org/2004/02/skos/core#notation> 2014 .
<https://w3id.org/hyoka/scheme/budget-phase/current> <http://www.w3.org/2004/02/skos/core#notation> "current" .
"""


def _explained(rule: str, *turtle: str) -> list[Finding]:
    store = pyoxigraph.Store()
    for text in turtle:
        store.load(text.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    opened = EmbeddedStore(store)
    query = load_catalogue("integrity")[rule.lower()]
    header = IntegrityRule.from_header(query.name, query.header)
    return [explain(opened, header, one) for one in findings_of(header, opened.select(query.text).as_text())]


def _bad(rule: str) -> str:
    return (INTEGRITY / rule / "bad.ttl").read_text(encoding="utf-8")


def test_two_years_added_up_are_told() -> None:
    [finding] = _explained("X-01", _bad("X-01").replace("amount 8000000.0", "amount 55000000.0"), _BEFORE)
    assert dict(finding.values)["cause"] == "years-added"
    assert "55 = 5 + 50 (FY2014)" in finding.message_ja
    assert "55 = 5 + 50 (FY2014)" in finding.message_en


def test_swapped_digits_of_an_indicator_are_told() -> None:
    text = _bad("X-07").replace("120.0", "1230.0").replace("210.0", "1320.0")
    notation = "<http://www.w3.org/2004/02/skos/core#notation>"
    found = _explained("X-07", text, f'<https://w3id.org/hyoka/scheme/value-role/actual> {notation} "actual" .')
    [finding] = [one for one in found if "1230" in one.message_en]
    assert dict(finding.values)["cause"] == "digits-swapped"


def test_a_difference_without_a_shown_cause_is_told_as_it_is() -> None:
    [finding] = _explained("X-01", _bad("X-01"))
    assert "cause" not in dict(finding.values)
    assert finding.message_en.endswith("8 in mic-review-sheet-fy2018-0036.")


def test_a_total_tells_which_sums_were_tried() -> None:
    phase = "<https://w3id.org/hyoka/scheme/budget-phase/current>"
    notation = f'{phase} <http://www.w3.org/2004/02/skos/core#notation> "current" .'
    [finding] = _explained("BUD-02", _bad("BUD-02"), notation)
    assert dict(finding.values)["cause"] == "parts-tried"
    assert finding.message_ja.endswith("試した合計はいずれも合いません（百万円: current 100 (2)）。")
    assert finding.message_en.endswith("None of the sums tried comes out (million yen: current 100 (2)).")
    larger = _bad("BUD-02").replace("60000000.0", "6000000000.0").replace("120000000.0", "6000000000.0")
    [finding] = _explained("BUD-02", larger.replace("40000000.0", "340000000.0"), notation)
    assert dict(finding.values)["cause"] == "parts-left-out"
    assert "6,000 ≈ 6,340 − 340 (entry 2)" in finding.message_en
