"""Links that no paper states are off by default; on request they stand in a graph of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hyoka_kg.config import queries_dir
from hyoka_kg.pipeline import read_report
from hyoka_kg.query import load_catalogue, load_query
from hyoka_kg.store.writing import StoreWriter


def _graph(*facts: str) -> list[str]:
    base = {
        "def": "https://w3id.org/hyoka/def#",
        "id": "https://w3id.org/hyoka/id/",
        "s": "https://w3id.org/hyoka/scheme/",
    }
    lines = []
    for fact in facts:
        terms = []
        for word in fact.split(" ", 2):
            name, colon, local = word.partition(":")
            terms.append(f"<{base[name]}{local}>" if colon and name in base else word)
        lines.append(f"{' '.join(terms)} <https://w3id.org/hyoka/graph/test> .\n")
    return lines


_GIVEN = (
    "id:e <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> def:ProjectEntry",
    "id:e def:underPolicy id:p",
    "id:e def:statedIn id:d",
    "id:p def:citesStrategy id:c",
    "id:c def:statedIn id:d",
    "id:c def:citationKind s:link-kind/stated-by-policy",
    "id:c def:citedVersion id:v",
    "id:c def:citedClause id:v/c1",
    "id:h <http://purl.org/dc/terms/references> id:v/c1",
    "id:h def:statedIn id:d",
    "id:h def:box s:form-box/heading",
    'id:h def:asPrinted "見出し"',
    "id:h <http://www.w3.org/ns/prov#wasDerivedFrom> id:span",
)


@pytest.mark.parametrize(("left_out", "links"), [(None, 9), ("id:h def:asPrinted", 0), ("id:e def:underPolicy", 0)])
def test_a_clause_reaches_the_project_through_the_policy_with_its_quote(left_out: str | None, links: int) -> None:
    writer = StoreWriter.in_memory()
    writer.load(_graph(*(fact for fact in _GIVEN if left_out is None or not fact.startswith(left_out))))
    rule = load_query(queries_dir() / "rules" / "inferred" / "clause_through_policy.rq")
    assert len(list(writer.construct(rule.text))) == links


def test_nothing_inferred_is_built_unasked(store_folder: Path) -> None:
    assert len(load_catalogue("rules/inferred").queries) == 1
    assert not [name for name in read_report(store_folder).graphs if "/inferred" in name]
