"""Two builds are compared document by document, also where one puts an entry under another project."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hyoka_kg.errors import QueryError
from hyoka_kg.pipeline.differing import Change, FactKey, diff_builds
from hyoka_kg.store import EmbeddedStore

_TURTLE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hyoka: <https://w3id.org/hyoka/def#> .
@prefix id: <https://w3id.org/hyoka/id/> .
<https://w3id.org/hyoka/id/project/{project}> a hyoka:Project ; dcterms:identifier "{project}" .
<https://w3id.org/hyoka/id/doc/sheet> a hyoka:ReviewSheet , hyoka:EvaluationDocument ;
    dcterms:identifier "sheet-fy2017-0001" .
<https://w3id.org/hyoka/id/doc/sheet/entry/1> a hyoka:ProjectEntry ;
    hyoka:entryOf <https://w3id.org/hyoka/id/project/{project}> ;
    hyoka:statedIn <https://w3id.org/hyoka/id/doc/sheet> ;
    hyoka:nameAsPrinted "{name}" .
"""


def _build(project: str, name: str) -> EmbeddedStore:
    store = ox.Store()
    text = _TURTLE.replace("{project}", project).replace("{name}", name)
    store.load(text, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("https://w3id.org/hyoka/graph/doc/sheet"))
    return EmbeddedStore(store)


def _key(project: str, kind: str) -> FactKey:
    return FactKey(project, "sheet-fy2017-0001", kind, "", "", "")


def test_an_entry_that_moved_to_another_project_is_told_and_what_it_tells_is_compared() -> None:
    before, after = _build("mic/a", "old name"), _build("mic/b", "new name")
    assert diff_builds(before, after, "mic/a") == [
        Change(_key("mic/a", "name"), "old name", "new name"),
        Change(_key("mic/a", "project"), "mic/a", "mic/b"),
    ]
    assert diff_builds(before, after, "mic/b") == [
        Change(_key("mic/b", "name"), "old name", "new name"),
        Change(_key("mic/b", "project"), "mic/a", "mic/b"),
    ]


def test_equal_builds_differ_in_nothing_and_an_unknown_project_is_refused() -> None:
    assert diff_builds(_build("mic/a", "name"), _build("mic/a", "name"), "mic/a") == []
    with pytest.raises(QueryError, match="mic/c"):
        diff_builds(_build("mic/a", "name"), _build("mic/b", "name"), "mic/c")
